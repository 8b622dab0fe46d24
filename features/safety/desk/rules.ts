import type { MemberId } from "../../../platform/http/scope.ts";
import { isBefore, type Instant } from "../../../platform/time/time.ts";
import type { Decision, KindInRoom, Priority, RuleId, StrikeKind, SubjectKind } from "../types.ts";
import type { CaseState, Claim, Refusal } from "./types.ts";

/** Without a sign of who took it for this long, a case is anybody's. */
export const claimMinutes = 15;
/** Who has a case open counts as looking at it for this long after her last sign. */
export const viewMinutes = 2;
export const appealDays = 7;
export const mostStrikeDays = 30;
export const longestNote = 2000;
/** What a machine inferred from a text is kept so long after a person answered it. */
export const signalDays = 90;

/** Acted on in its own room: nothing is decided of it here, and no opinion asked; the room says what it did. */
export const actedOnInRoom = (kind: SubjectKind): kind is KindInRoom => kind !== "post";

/** Of a concern the helpline itself knows who has it ("I have it"), and its word is the one that counts. Of all others the desk's claim is the only one. */
export const takenInRoom = (kind: SubjectKind): boolean => kind === "concern";

type Queued = { readonly priority: Priority; readonly waitingSince: Instant };

/** The gravest first; among equals whoever waits longest. */
export const byGravity = (a: Queued, b: Queued): number => a.priority - b.priority || Temporal.Instant.compare(a.waitingSince, b.waitingSince);

/** Of several reasons the gravest counts. */
export const gravest = (priorities: readonly Priority[]): Priority => priorities.reduce<Priority>((least, one) => (one < least ? one : least), 3);

/** Who has it now. A claim ends by itself a quarter of an hour after her last sign. */
export const holderOf = (claim: Claim | undefined, now: Instant): MemberId | undefined => (claim && isBefore(now, claim.seenAt.add({ minutes: claimMinutes })) ? claim.memberId : undefined);

/** May she take it? She who has it already may. */
export function mayClaim(state: CaseState, me: MemberId, now: Instant): Refusal | undefined {
  if (state.herOwn) return { refused: "herOwn" };
  if (!state.waiting) return { refused: "nothingWaits" };
  if (takenInRoom(state.kind)) return { refused: "inItsRoom" };
  const holder = holderOf(state.claim, now);
  return holder !== undefined && holder !== me ? { refused: "someoneHasIt" } : undefined;
}

/**
 * What can be decided now. What was removed can be put back or stays away; a held post cannot be held again.
 * While a colleague is asked, nothing can but to hold it back meanwhile; while an appeal waits, that is answered first.
 */
export function decisionsPossible({ kind, waiting, last, opinionAskedBy, appealWaits }: Pick<CaseState, "kind" | "waiting" | "last" | "opinionAskedBy" | "appealWaits">): readonly Decision[] {
  if (!waiting || appealWaits || actedOnInRoom(kind)) return [];
  const all: readonly Decision[] = last?.decision === "remove" ? ["remove", "put_back"] : last?.decision === "hold" ? ["approve", "ask_to_change", "remove"] : ["approve", "ask_to_change", "remove", "hold"];
  return opinionAskedBy === undefined ? all : all.filter((one) => one === "hold");
}

/** A decision with what it says to the author. Whoever's post it is, and whoever has not got it, does not decide. */
export function mayDecide(state: CaseState, me: MemberId, { decision, rule, note }: { decision: Decision; rule?: RuleId | undefined; note?: string | undefined }, now: Instant): Refusal | undefined {
  const refused = mayClaim(state, me, now);
  if (refused) return refused;
  if (actedOnInRoom(state.kind)) return { refused: "inItsRoom" };
  if (state.appealWaits) return { refused: "appealFirst" };
  if (!decisionsPossible(state).includes(decision)) return { refused: state.opinionAskedBy === undefined ? "notPossible" : "opinionWaits" };
  if (decision === "remove" && rule === undefined) return { refused: "needsRule" };
  if (decision === "ask_to_change" && !note) return { refused: "needsNote" };
  return undefined;
}

/** After these the case is closed; a held one waits on. */
export const closes = (decision: Decision): boolean => decision !== "hold";

/** One colleague is asked at a time. */
export function mayAskForOpinion(state: CaseState, me: MemberId, now: Instant): Refusal | undefined {
  if (actedOnInRoom(state.kind)) return { refused: "inItsRoom" };
  return mayClaim(state, me, now) ?? (state.opinionAskedBy === undefined ? undefined : { refused: "askedAlready" });
}

/** A second opinion is another's. */
export function mayGiveOpinion(state: CaseState, me: MemberId): Refusal | undefined {
  if (state.herOwn) return { refused: "herOwn" };
  if (state.opinionAskedBy === undefined) return { refused: "noQuestion" };
  return state.opinionAskedBy === me ? { refused: "youAsked" } : undefined;
}

/** Only what somebody lost by can be followed by a strike, once. To ask somebody to leave takes two people. */
export function mayStrike(state: CaseState, me: MemberId, { kind, days }: { kind: StrikeKind; days?: number | undefined }): Refusal | undefined {
  if (state.herOwn) return { refused: "herOwn" };
  if (!state.last || !["ask_to_change", "remove", "hold"].includes(state.last.decision)) return { refused: "noDecision" };
  if (state.last.struck) return { refused: "struckAlready" };
  if (state.appealWaits) return { refused: "appealFirst" };
  if (endsByItself(kind) && (days === undefined || days < 1 || days > mostStrikeDays)) return { refused: "needsDays" };
  if (kind === "leave" && !state.opinionsBy.some((id) => id !== me)) return { refused: "needsColleague" };
  return undefined;
}

export const endsByItself = (kind: StrikeKind): boolean => kind === "hold" || kind === "pause";

/** The last moment for an appeal. */
export const appealUntil = (decidedAt: Instant): Instant => decidedAt.add({ hours: 24 * appealDays });

const appealable: readonly Decision[] = ["ask_to_change", "remove"];

type Appealed = { readonly decision: Decision; readonly at: Instant; /** No later decision stands over it. */ readonly newest: boolean; readonly appealed: boolean };

/** One appeal, within 7 days, of the decision that stands. */
export function mayAppeal({ decision, at, newest, appealed }: Appealed, now: Instant): Refusal | undefined {
  if (!appealable.includes(decision) || !newest) return { refused: "notAppealable" };
  if (appealed) return { refused: "appealedAlready" };
  return isBefore(appealUntil(at), now) ? { refused: "appealOver" } : undefined;
}

/** It is answered by somebody else than who decided. */
export function mayDecideAppeal(state: CaseState, me: MemberId, now: Instant): Refusal | undefined {
  if (!state.appealWaits || !state.last) return state.herOwn ? { refused: "herOwn" } : { refused: "noAppeal" };
  return mayClaim(state, me, now) ?? (state.last.by === me ? { refused: "youDecided" } : undefined);
}

/** What comes of an appeal that was given way to. */
export const givingWay = (decision: Decision): Decision => (decision === "remove" ? "put_back" : "approve");

type InForce = { readonly kind: StrikeKind; readonly endsAt: Instant | undefined; readonly liftedAt: Instant | undefined };

/** What is in force for an author at `now`: whether her posts wait to be read first, whether she may write, whether she was asked to leave. */
export function standingUnder(strikes: readonly InForce[], now: Instant): { readonly heldUntil: Instant | undefined; readonly pausedUntil: Instant | undefined; readonly left: boolean } {
  const inForce = strikes.filter(({ liftedAt, endsAt }) => liftedAt === undefined && (endsAt === undefined || isBefore(now, endsAt)));
  const last = (kind: StrikeKind) => inForce.flatMap((one) => (one.kind === kind && one.endsAt ? [one.endsAt] : [])).sort(Temporal.Instant.compare).at(-1);
  return { heldUntil: last("hold"), pausedUntil: last("pause"), left: inForce.some(({ kind }) => kind === "leave") };
}
