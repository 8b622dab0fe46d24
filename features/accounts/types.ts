import type { MemberId, SessionId, StaffRole } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";

export type InvitationId = string & { readonly invitationId: unique symbol };
export type HeldRoleId = string & { readonly heldRoleId: unique symbol };

/** How a session began. A recovery code is the way in for who lost everything else. */
export type Way = "passkey" | "passphrase" | "email_link" | "recovery_code" | "invitation" | "setup" | "demo";

/** A role from one instant to another; without `expiresAt` until somebody ends it. */
export type HeldRole = {
  readonly id: HeldRoleId;
  readonly role: StaffRole;
  readonly expiresAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
};

/** Somebody on the staff, with the roles in force. */
export type StaffMember = {
  readonly id: MemberId;
  readonly name: string;
  readonly language: Language;
  readonly zone: string;
  readonly roles: readonly StaffRole[];
};

/** Somebody as the coordinator's list of people shows them. */
export type Person = {
  readonly id: MemberId;
  readonly name: string;
  readonly signInName: string;
  readonly joinedAt: Instant;
  readonly roles: readonly HeldRole[];
};

export type Invitation = {
  readonly id: InvitationId;
  readonly forName: string;
  readonly roles: readonly StaffRole[];
  readonly rolesExpireAt: Instant | undefined;
  readonly expiresAt: Instant;
  readonly acceptedAt: Instant | undefined;
  readonly withdrawnAt: Instant | undefined;
};

/** One device that is signed in. */
export type Session = {
  readonly id: SessionId;
  readonly way: Way;
  /** "Firefox on Android". */
  readonly device: string;
  readonly madeAt: Instant;
  readonly seenAt: Instant;
  /** Others use the device. */
  readonly shared: boolean;
};

export type Passkey = { readonly id: string; readonly name: string; readonly madeAt: Instant; readonly usedAt: Instant | undefined };

/** Somebody with her own way of signing in, as her account page shows it. */
export type Account = {
  readonly memberId: MemberId;
  readonly name: string;
  readonly signInName: string;
  readonly language: Language;
  readonly zone: string;
  readonly email: string | undefined;
  /** For texts when somebody is needed now. `stopped`: that number asked for no more. */
  readonly phone: { readonly number: string; readonly stopped: boolean } | undefined;
  readonly hasPassphrase: boolean;
  readonly hasApp: boolean;
  readonly codesLeft: number;
  readonly passkeys: readonly Passkey[];
  readonly sessions: readonly Session[];
};
