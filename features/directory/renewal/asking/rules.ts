import { isBefore, isZone, type Instant } from "../../../../platform/time/time.ts";
import type { Candidate, Owner, Standing } from "./types.ts";

/** Days before the end of what a listing stands on, and before the end of an answer about room, when its owner is asked. */
const standsDays = 7;
const roomDays = 3;
/** No address is written to more than once in so many days, whatever its listings. */
export const daysBetween = 7;
/** After so many without an answer nobody writes any more, and the listing waits for a call. */
export const mostUnanswered = 3;
/** Kept so long: a link after its end, that somebody was asked, a text's number at the provider. */
export const linkKeptDays = 180;
export const askKeptDays = 400;
export const textKeptDays = 30;
/** Listings in one letter. */
export const mostInALetter = 12;

const days = (count: number): Temporal.DurationLike => ({ hours: count * 24 });
const endsWithin = (end: Instant | undefined, count: number, now: Instant): boolean => end !== undefined && isBefore(end, now.add(days(count)));

/** Does something of it end so soon that its owner is asked now? */
export const isDue = ({ standsUntil, roomUntil }: Candidate, now: Instant): boolean => endsWithin(standsUntil, standsDays, now) || endsWithin(roomUntil, roomDays, now);

/** Would it be due before the next letter may go? Then it goes along with this one. */
export const isSoonDue = ({ standsUntil, roomUntil }: Candidate, now: Instant): boolean => endsWithin(standsUntil, standsDays + daysBetween, now) || endsWithin(roomUntil, roomDays + daysBetween, now);

/** Has this owner been asked often enough, or too lately? */
export function mayBeAsked({ unanswered, askedAt }: Pick<Candidate, "unanswered" | "askedAt">, now: Instant): boolean {
  return unanswered < mostUnanswered && (askedAt === undefined || !isBefore(now, askedAt.add(days(daysBetween))));
}

/** From when on an address may be written to again that was written to last at `lastAt`. */
export const openAgain = (lastAt: Instant): Instant => lastAt.add(days(daysBetween));

/** May a coordinator have this owner asked? `stopped`: she asked for no more. `lastAt`: when her address was last written to, for any listing. */
export function standingOf(owner: Owner, stopped: boolean, lastAt: Instant | undefined, now: Instant): Standing {
  if (!owner.to) return "noAddress";
  if (stopped) return "stopped";
  if (owner.unanswered >= mostUnanswered) return "silent";
  return mayBeAsked(owner, now) && (lastAt === undefined || !isBefore(now, openAgain(lastAt))) ? "open" : "lately";
}

/** Nine to twelve where the listing is; `otherwise` where that is not known. */
export function isMorning(zone: string | undefined, otherwise: string, now: Instant): boolean {
  const { hour } = now.toZonedDateTimeISO(zone && isZone(zone) ? zone : otherwise);
  return hour >= 9 && hour < 12;
}

/**
 * Which of one address's listings are asked about now, the earliest end first; none: nothing goes there today.
 * A letter takes along what would be due before the next one; a text asks for one listing alone.
 */
export function chosen(candidates: readonly Candidate[], otherwise: string, now: Instant): readonly Candidate[] {
  const open = candidates.filter((one) => mayBeAsked(one, now) && isMorning(one.zone, otherwise, now));
  if (!open.some((one) => isDue(one, now))) return [];
  const soon = open.filter((one) => isSoonDue(one, now)).sort(byEnd);
  const [first] = soon.filter((one) => isDue(one, now));
  return first?.to.way === "text" ? [first] : soon.slice(0, mostInALetter);
}

/** Of the listings of a number that has just answered: which it is asked about next, at whatever hour, since she has her phone in her hand. */
export const nextDue = (candidates: readonly Candidate[], now: Instant): Candidate | undefined => candidates.filter((one) => mayBeAsked(one, now) && isSoonDue(one, now)).sort(byEnd)[0];

const endOf = ({ standsUntil, roomUntil }: Candidate): number => Math.min(...[standsUntil, roomUntil].map((end) => end?.epochMilliseconds ?? Infinity));
const byEnd = (a: Candidate, b: Candidate): number => endOf(a) - endOf(b);
