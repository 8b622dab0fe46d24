import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime, dayAndTime, minutesBetween, zoneName, type Instant } from "../../../../platform/time/time.ts";
import type { WaitPromise } from "../../rules.ts";
import { say } from "../words.ts";

const keysOf = {
  before: { free: "promiseFree", wait: "promiseWait", closed: "promiseClosed", unknown: "promiseClosedUnknown" },
  waiting: { free: "standingWaitFree", wait: "standingWait", closed: "standingClosed", unknown: "standingClosedUnknown" },
  beside: { free: "standingWaitFree", wait: "standingWait", closed: "besideClosed", unknown: "besideClosedUnknown" },
} as const;
/** Before she has written; while she waits; while she waits and somebody who was asked in is still with her. */
export type Where = keyof typeof keysOf;

/**
 * The wait in one honest sentence, in her own clock.
 * An opening on another day of hers carries its day; one that is a minute away or past is no promise, since nobody has come.
 */
export function promiseSentence(language: Language, promise: WaitPromise, zone: string, where: Where, now: Instant): string {
  const t = say(language);
  const keys = keysOf[where];
  if (promise.kind === "free") return t(keys.free);
  if (promise.kind === "wait") return t(keys.wait, { minutes: promise.minutes });
  const { opensAt } = promise;
  if (!opensAt || minutesBetween(now, opensAt) <= 1) return t(keys.unknown);
  const [today, openingDay] = [now, opensAt].map((at) => at.toZonedDateTimeISO(zone).toPlainDate().toString());
  const time = (today === openingDay ? clockTime : dayAndTime)(opensAt, zone, language);
  return t(keys.closed, { time, zone: zoneName(zone, language, opensAt) });
}
