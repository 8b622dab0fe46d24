import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { SeatId, Series, Session } from "../types.ts";

export type FeedId = string & { readonly calendarFeedId: unique symbol };

/** A calendar of one person's own seats, that her calendar app reads by an address which nobody can guess. */
export type Feed = {
  readonly id: FeedId;
  readonly seatIds: readonly SeatId[];
  /** Says the groups' names; otherwise each is an "Appointment", since others may see her calendar. */
  readonly plain: boolean;
  readonly language: Language;
  readonly madeAt: Instant;
};

/** What a browser shows to say that a seat is its own: the seat, and the hash of its key. */
export type SeatInHand = { readonly id: SeatId; readonly keyHash: Buffer };

/** A seat that is held, or was until its meeting was cancelled. */
export type SeatSaid = { readonly id: SeatId; readonly heldAt: Instant; readonly session: Session; readonly series: Series };

/** Her calendar, as its page shows it. */
export type CalendarShown = {
  readonly addresses: { readonly https: string; readonly webcal: string };
  /** What is ahead. */
  readonly seats: readonly SeatSaid[];
  /** So many seats of this browser that are not in it. */
  readonly missing: number;
  readonly plain: boolean;
};
