import { isBefore, secondsBetween, type Instant } from "../../platform/time/time.ts";
import {
  worksheetAreas,
  type CallBackOutcome,
  type ConcernStep,
  type ConversationId,
  type EntryKind,
  type MemberId,
  type Place,
  type Refusal,
  type ReleaseReason,
  type Worksheet,
} from "./types.ts";

/** A conversation in which nobody has written for this long, and which nobody is promised an answer in, has ended. */
export const silentDays = 7;
/** A volunteer who took a conversation has this long to write the first words. */
export const answerWithinSeconds = 60;
/** A desk that shows no sign of life for this long is gone. */
export const goneAfterSeconds = 120;
/** A paged supervisor has this long to say "I have it"; then the next is paged. */
export const acknowledgeWithinSeconds = 60;
/** We write or call back within this time, at the latest. */
export const callBackWithinHours = 24;
/** A call-back may be given up after this many tries on which nobody was reached. */
export const triesBeforeGivingUp = 3;
/** The longest message, in characters: about four pages. */
export const longestMessage = 8000;

/** Sent again for this long, an opening form brings another key to its conversation, if the first one never arrived. */
const openingAgainSeconds = 600;

/** May the answer that carried her key be lost? Not once her page was shown to her. */
export const mayHaveLostHerKey = ({ openedAt, shown }: { openedAt: Instant; shown: boolean }, now: Instant): boolean => !shown && secondsBetween(openedAt, now) < openingAgainSeconds;

type SealedPart = "nickname" | "contact" | "handover" | "worksheet" | "debrief" | `entry/${EntryKind}`;

/**
 * What a sealed text is bound to: whose it is (a conversation, or the member of a debrief) and what. A private note that was put in the
 * place of a message does not open.
 */
export const boundTo = (id: ConversationId | MemberId, part: SealedPart): string => `${id}/${part}`;

/** Danger first, then those whom we left, then those who are new; within a place, who waited longest. */
export function placeInQueue({ risk, returned }: { risk: boolean; returned: boolean }): Place {
  return risk ? 0 : returned ? 1 : 2;
}

type Shift = { readonly endsAt: Instant; readonly seenAt: Instant; readonly cap: number };

/** On duty: the shift is not over and the desk gave a sign of life. */
export function isOnDuty(shift: Shift | undefined, now: Instant): shift is Shift {
  return shift !== undefined && isBefore(now, shift.endsAt) && secondsBetween(shift.seenAt, now) < goneAfterSeconds;
}

/** May this volunteer take one more? */
export function mayTake(shift: Shift | undefined, held: number, now: Instant): Refusal | undefined {
  if (!isOnDuty(shift, now)) return { refused: "notOnDuty" };
  return held >= shift.cap ? { refused: "capReached" } : undefined;
}

/** Why a claim no longer counts, so that its parent goes back to the front of the queue; undefined while it does. */
export function whyReturned(claim: { takenAt: Instant; answeredAt: Instant | undefined }, shift: Shift | undefined, now: Instant): ReleaseReason | undefined {
  if (shift === undefined || !isBefore(now, shift.endsAt)) return "shift_ended";
  if (secondsBetween(shift.seenAt, now) >= goneAfterSeconds) return "connection_gone";
  if (claim.answeredAt === undefined && secondsBetween(claim.takenAt, now) >= answerWithinSeconds) return "unanswered";
  return undefined;
}

/** Why a shift is over; undefined while it goes on. */
export function whyShiftEnds(shift: Shift, now: Instant): "time_over" | "connection_gone" | undefined {
  if (!isBefore(now, shift.endsAt)) return "time_over";
  return secondsBetween(shift.seenAt, now) >= goneAfterSeconds ? "connection_gone" : undefined;
}

export type WaitPromise =
  | { readonly kind: "free" }
  | { readonly kind: "wait"; readonly minutes: number }
  | { readonly kind: "closed"; readonly opensAt: Instant | undefined };

/** How long one conversation lasts, for an honest guess of the wait (New Mexico crisis line 2013: 19.1 minutes a clinical call). */
const usualMinutes = 20;

/**
 * What we can honestly say of the wait now. `places`: how many conversations those on duty (in her language) answer at once;
 * `held`: how many they hold; `ahead`: how many wait before her. Minutes are rounded up to fives.
 */
export function waitPromise({ places, held, ahead, opensAt }: { places: number; held: number; ahead: number; opensAt: Instant | undefined }): WaitPromise {
  if (places === 0) return { kind: "closed", opensAt };
  const free = Math.max(0, places - held);
  if (ahead < free) return { kind: "free" };
  const minutes = ((ahead - free + 1) * usualMinutes) / places;
  return { kind: "wait", minutes: Math.max(5, Math.ceil(minutes / 5) * 5) };
}

/** Latest time by which we have written or called back. */
export const callBackDue = (promisedAt: Instant): Instant => promisedAt.add({ hours: callBackWithinHours });

/** When a promise that is made anew is due: an open one may come earlier, and never moves to a later time. */
export const dueAnew = (openDueAt: Instant | undefined, dueAt: Instant): Instant => (openDueAt && isBefore(openDueAt, dueAt) ? openDueAt : dueAt);

/** Whoever holds the fewest open promises becomes the owner of the next; ties go to who is first in the list. */
export function ownerOfPromise(coordinators: readonly { readonly id: MemberId; readonly open: number }[]): MemberId | undefined {
  return coordinators.reduce<{ id: MemberId; open: number } | undefined>((best, one) => (best && best.open <= one.open ? best : one), undefined)?.id;
}

/** A promise closes when she was reached, said no, or was tried three times; not before. */
export function mayCloseCallBack(outcome: CallBackOutcome, tries: readonly { readonly reached: boolean }[]): Refusal | undefined {
  if (outcome === "three_tries" && tries.length < triesBeforeGivingUp) return { refused: "triesMissing" };
  return undefined;
}

/** A concern closes only whole: every area answered, a step chosen, and a supervisor who said "I have it". */
export function mayCloseConcern(concern: { worksheet: Worksheet | undefined; step: ConcernStep | undefined; acknowledged: boolean }): Refusal | undefined {
  const whole = concern.step !== undefined && worksheetAreas.every((area) => concern.worksheet?.answers[area] !== undefined);
  if (!whole) return { refused: "worksheetHalfDone" };
  return concern.acknowledged ? undefined : { refused: "notAcknowledged" };
}

/**
 * Whom to page next for a concern nobody acknowledged. Everyone is asked once before anyone is asked again,
 * those on duty first; the volunteer who raised it is not asked. Undefined: the last page is not 60 s old, or it is acknowledged.
 */
export function nextToPage(
  pages: readonly { readonly memberId: MemberId; readonly pagedAt: Instant; readonly acknowledged: boolean }[],
  supervisors: readonly { readonly id: MemberId; readonly onDuty: boolean }[],
  raisedBy: MemberId | undefined,
  now: Instant,
): MemberId | undefined {
  if (pages.some(({ acknowledged }) => acknowledged)) return undefined;
  const last = pages.reduce<Instant | undefined>((latest, { pagedAt }) => (latest && isBefore(pagedAt, latest) ? latest : pagedAt), undefined);
  if (last && secondsBetween(last, now) < acknowledgeWithinSeconds) return undefined;
  const asked = new Map<MemberId, number>();
  for (const { memberId } of pages) asked.set(memberId, (asked.get(memberId) ?? 0) + 1);
  return supervisors
    .filter(({ id }) => id !== raisedBy)
    .map(({ id, onDuty }) => ({ id, times: asked.get(id) ?? 0, rank: onDuty ? 0 : 1 }))
    .sort((a, b) => a.times - b.times || a.rank - b.rank)[0]?.id;
}

/** A debrief is offered after danger, a concern, or a loss; a long one too. */
export function wasHard({ risk, concern, stage, minutes }: { risk: boolean; concern: boolean; stage: string | undefined; minutes: number }): boolean {
  return risk || concern || stage === "after_loss" || minutes >= 60;
}
