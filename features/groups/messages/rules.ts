import { isBefore, minutesBetween, type Instant } from "../../../platform/time/time.ts";

/** Short enough to be read with a child on the arm. */
export const longestMessage = 500;
/** So many to one meeting in an hour: each may ring a phone at every seat. */
export const mostAnHour = 3;

export type MessageRefusal = "over" | "isOut" | "tooMany";

/** May its seats be written to now? `written`: when that was done before. */
export function refusalToWrite({ ends, cancelled, closed, written }: { readonly ends: Instant; readonly cancelled: boolean; readonly closed: boolean; readonly written: readonly Instant[] }, now: Instant): MessageRefusal | undefined {
  if (cancelled) return "isOut";
  if (closed || !isBefore(now, ends)) return "over";
  return written.filter((at) => minutesBetween(at, now) < 60).length >= mostAnHour ? "tooMany" : undefined;
}
