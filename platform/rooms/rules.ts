import { isBefore, type Instant } from "../time/time.ts";
import type { Refusal, SeatAsked } from "./provider.ts";

/** May this token's browser come in at `now`? Undefined: yes. A window's first instant is in, its last is out. */
export function doorOf({ from, until }: Pick<SeatAsked, "from" | "until">, now: Instant): Refusal | undefined {
  if (isBefore(now, from)) return { refused: "early" };
  return isBefore(now, until) ? undefined : { refused: "late" };
}

/** What sits in each of a browser's slots; undefined: nobody. */
export type Slots = readonly (string | undefined)[];

/** The pictures that one browser is sent: each keeps its slot, new ones take what is free. */
export function choosePictures(slots: Slots, seats: readonly string[]): Slots {
  const kept = slots.map((seat) => (seat !== undefined && seats.includes(seat) ? seat : undefined));
  const waiting = seats.filter((seat) => !kept.includes(seat));
  return kept.map((seat) => seat ?? waiting.shift());
}
