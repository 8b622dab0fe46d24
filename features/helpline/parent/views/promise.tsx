import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime, dayAndTime, minutesBetween, zoneName, type Instant } from "../../../../platform/time/time.ts";
import type { WaitPromise } from "../../rules.ts";
import { say } from "../words.ts";

type Keys = { free: "promiseFree" | "standingWaitFree"; wait: "promiseWait" | "standingWait"; closed: "promiseClosed" | "standingClosed"; unknown: "promiseClosedUnknown" | "standingClosedUnknown" };
const before: Keys = { free: "promiseFree", wait: "promiseWait", closed: "promiseClosed", unknown: "promiseClosedUnknown" };
const inside: Keys = { free: "standingWaitFree", wait: "standingWait", closed: "standingClosed", unknown: "standingClosedUnknown" };

/**
 * The wait in one honest sentence, in her own clock. `written`: she is in the queue already.
 * An opening on another day of hers carries its day; one that is a minute away or past is no promise, since nobody has come.
 */
export function promiseSentence(language: Language, promise: WaitPromise, zone: string, written: boolean, now: Instant): string {
  const t = say(language);
  const keys = written ? inside : before;
  if (promise.kind === "free") return t(keys.free);
  if (promise.kind === "wait") return t(keys.wait, { minutes: promise.minutes });
  const { opensAt } = promise;
  if (!opensAt || minutesBetween(now, opensAt) <= 1) return t(keys.unknown);
  const [today, openingDay] = [now, opensAt].map((at) => at.toZonedDateTimeISO(zone).toPlainDate().toString());
  const time = (today === openingDay ? clockTime : dayAndTime)(opensAt, zone, language);
  return t(keys.closed, { time, zone: zoneName(zone, language, opensAt) });
}
