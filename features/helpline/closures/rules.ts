import { isBefore, type Instant } from "../../../platform/time/time.ts";
import type { CallBackOutcome } from "../types.ts";

/** A follow-up is kept by the evening of its day, at this hour in the network's zone. */
const followUpByHour = 20;
/** Nobody plans a follow-up further ahead than this. */
export const furthestFollowUpDays = 90;

export type FollowUpProblem = "followUpMissing" | "followUpPast" | "followUpFar";

/** Is this a day on which a follow-up can be promised? `today` is the network's. */
export function followUpProblem(on: Temporal.PlainDate | undefined, today: Temporal.PlainDate): FollowUpProblem | undefined {
  if (!on) return "followUpMissing";
  if (Temporal.PlainDate.compare(on, today) <= 0) return "followUpPast";
  return today.until(on).days > furthestFollowUpDays ? "followUpFar" : undefined;
}

/** A promise ends that was due before the follow-up of a later day: is that day the next promise? */
export const followUpIsNext = (ended: { readonly dueAt: Instant; readonly outcome: CallBackOutcome }, followUpDueAt: Instant, now: Instant): boolean =>
  (ended.outcome === "reached" || ended.outcome === "three_tries") && isBefore(ended.dueAt, followUpDueAt) && isBefore(now, followUpDueAt);

/** The latest instant at which the follow-up of that day is kept. */
export const followUpDue = (on: Temporal.PlainDate, zone: string): Instant => on.toZonedDateTime({ timeZone: zone, plainTime: { hour: followUpByHour } }).toInstant();
