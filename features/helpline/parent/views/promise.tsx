import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime, zoneName } from "../../../../platform/time/time.ts";
import type { WaitPromise } from "../../rules.ts";
import { say } from "../words.ts";

type Keys = { free: "promiseFree" | "standingWaitFree"; wait: "promiseWait" | "standingWait"; closed: "promiseClosed" | "standingClosed"; unknown: "promiseClosedUnknown" | "standingClosedUnknown" };
const before: Keys = { free: "promiseFree", wait: "promiseWait", closed: "promiseClosed", unknown: "promiseClosedUnknown" };
const inside: Keys = { free: "standingWaitFree", wait: "standingWait", closed: "standingClosed", unknown: "standingClosedUnknown" };

/** The wait in one honest sentence, in her own clock. `written`: she is in the queue already. */
export function promiseSentence(language: Language, promise: WaitPromise, zone: string, written: boolean): string {
  const t = say(language);
  const keys = written ? inside : before;
  if (promise.kind === "free") return t(keys.free);
  if (promise.kind === "wait") return t(keys.wait, { minutes: promise.minutes });
  const { opensAt } = promise;
  return opensAt ? t(keys.closed, { time: clockTime(opensAt, zone, language), zone: zoneName(zone, language, opensAt) }) : t(keys.unknown);
}
