import type { Instant } from "../../../platform/time/time.ts";
import type { SeatId } from "../types.ts";

/** A seat as the rules see it: who has one, who is offered one, who waits. Nobody's name. */
export type Seat = {
  readonly id: SeatId;
  readonly askedAt: Instant;
  /** Which of the session's seats it is; undefined for who waits. */
  readonly place: number | undefined;
  readonly heldAt: Instant | undefined;
  readonly offeredUntil: Instant | undefined;
  readonly offersMissed: number;
  /** She has no seat, is here now, and would take one that is left. */
  readonly standby: boolean;
  /** She is in the lobby, or was. */
  readonly here: boolean;
  /** How often this hand came to this group in the last month. */
  readonly cameLately: number;
};

/** What is to be done with one seat. */
export type Step =
  | { readonly seat: SeatId; readonly to: "held"; readonly place: number }
  | { readonly seat: SeatId; readonly to: "offered"; readonly place: number; readonly until: Instant }
  | { readonly seat: SeatId; readonly to: "missed_offer" }
  | { readonly seat: SeatId; readonly to: "no_show" };

/** How her seat stands, for her own page. */
export type SeatState = "held" | "offered" | "waiting" | "given_back" | "no_show" | "removed" | "session_cancelled";

export const leavings = ["lighter", "same", "heavier", "talk"] as const;
export type Leaving = (typeof leavings)[number];
