import type { Instant } from "../time/time.ts";

/** Who may stand at a door. A visitor has said nothing of herself; a parent holds the key of one conversation; a member has a name of her own in the community. */
export const roles = ["visitor", "parent", "member", "volunteer", "facilitator", "moderator", "supervisor", "coordinator"] as const;
export type Role = (typeof roles)[number];
export const staffRoles = ["volunteer", "facilitator", "moderator", "supervisor", "coordinator"] as const;
export type StaffRole = (typeof staffRoles)[number];
/** What somebody who signs in may hold: a place in the community, or work here. */
export const signedInRoles = ["member", ...staffRoles] as const;
export type SignedInRole = (typeof signedInRoles)[number];

export type MemberId = string & { readonly memberId: unique symbol };
export type SessionId = string & { readonly sessionId: unique symbol };
export type ConversationId = string & { readonly conversationId: unique symbol };

/** A member as her session names her. */
export type SignedIn = {
  readonly memberId: MemberId;
  readonly sessionId: SessionId;
  readonly name: string;
  /** The zone she lives in, for the times on her pages. */
  readonly zone: string;
  readonly roles: ReadonlySet<SignedInRole>;
  /** Where the role asks for a second step, it was taken in this session. */
  readonly twoStep: boolean;
  /** The second step was set up, by app or passkey. */
  readonly hasTwoStep: boolean;
  /** Others use the device that this session is on. */
  readonly shared: boolean;
  /** When she last showed, in this session, that it is she. */
  readonly provedAt: Instant;
  /**
   * What she is to be told before her next page, until she says that she knows: how she signs in has changed by another hand or device,
   * or something went wrong with what is kept of her.
   */
  readonly untold: "change" | "breach" | false;
};

declare const madeByAGate: unique symbol;
type Branded<Shape> = Shape & { readonly [madeByAGate]: true };

/** Who asks. Queries and commands take one, and only a gate makes one. */
export type VisitorScope = Branded<{ readonly as: "visitor" }>;
export type ParentScope = Branded<{ readonly as: "parent"; readonly conversationId: ConversationId }>;
export type StaffScope = Branded<{ readonly as: "staff"; readonly member: SignedIn }>;
/** A member of the community, for what she reads and writes there. */
export type MemberScope = Branded<{ readonly as: "member"; readonly member: SignedIn }>;
/** Who is at the safety desk: she reads what is held, reported or worried about, under the name of her role; each the kinds that her roles act on. */
export type ModeratorScope = Branded<{ readonly as: "moderator"; readonly member: SignedIn }>;
/** A member of staff inside one conversation: she holds it (or was asked in), or her role may read any. */
export type DeskScope = Branded<{ readonly as: "desk"; readonly member: SignedIn; readonly conversationId: ConversationId; readonly holding: boolean }>;
/** Who holds a link in force to a listing of her own. It is one that everybody may see, so nothing of hers stands behind the wall of the tables. */
export type OwnerScope = Branded<{ readonly as: "owner"; readonly serviceId: string; readonly linkHash: Buffer }>;
/** Who holds the key of a seat in a group, or of a place on its waitlist. */
export type SeatScope = Branded<{ readonly as: "seat"; readonly seatId: string; readonly sessionId: string }>;
/** Who works with groups, at one meeting (`leads`: she leads it) or at none. */
export type EveningScope = Branded<{ readonly as: "evening"; readonly member: SignedIn; readonly sessionId: string | undefined; readonly leads: boolean }>;
export type Scope = VisitorScope | ParentScope | StaffScope | DeskScope | MemberScope | ModeratorScope;

/** For gates (and factories of tests) alone. */
export const visitorScope = (): VisitorScope => ({ as: "visitor" }) as VisitorScope;
export const parentScope = (conversationId: ConversationId): ParentScope => ({ as: "parent", conversationId }) as ParentScope;
export const staffScope = (member: SignedIn): StaffScope => ({ as: "staff", member }) as StaffScope;
export const memberScope = (member: SignedIn): MemberScope => ({ as: "member", member }) as MemberScope;
export const moderatorScope = (member: SignedIn): ModeratorScope => ({ as: "moderator", member }) as ModeratorScope;
export const ownerScope = (serviceId: string, linkHash: Buffer): OwnerScope => ({ as: "owner", serviceId, linkHash }) as OwnerScope;
export const seatScope = (seatId: string, sessionId: string): SeatScope => ({ as: "seat", seatId, sessionId }) as SeatScope;
export const deskScope = (member: SignedIn, conversationId: ConversationId, holding: boolean): DeskScope =>
  ({ as: "desk", member, conversationId, holding }) as DeskScope;
export const eveningScope = (member: SignedIn, sessionId: string | undefined, leads: boolean): EveningScope => ({ as: "evening", member, sessionId, leads }) as EveningScope;
