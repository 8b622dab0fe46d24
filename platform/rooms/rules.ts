import { isBefore, type Instant } from "../time/time.ts";
import type { Refusal, SeatAsked } from "./provider.ts";

/** May this token's browser come in at `now`? Undefined: yes. A window's first instant is in, its last is out. */
export function doorOf({ from, until }: Pick<SeatAsked, "from" | "until">, now: Instant): Refusal | undefined {
  if (isBefore(now, from)) return { refused: "early" };
  return isBefore(now, until) ? undefined : { refused: "late" };
}
