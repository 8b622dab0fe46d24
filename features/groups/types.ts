import type { MemberId } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";

export type SeriesId = string & { readonly seriesId: unique symbol };
export type SessionId = string & { readonly groupSessionId: unique symbol };
export type SeatId = string & { readonly seatId: unique symbol };

/** As RFC 5545 names them; weeks begin on Monday. */
export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof weekdays)[number];

/** How often a group meets. `nth` -1: the last one of the month. */
export type Rhythm =
  | { readonly every: "once" }
  | { readonly every: "weeks"; readonly weeks: number; readonly days: readonly Weekday[] }
  | { readonly every: "month"; readonly day: number }
  | { readonly every: "month"; readonly nth: 1 | 2 | 3 | 4 | -1; readonly weekday: Weekday };

/** When a group meets: wall time of one zone. What time it is elsewhere, and what the clocks do, follows from it. */
export type Plan = {
  readonly rhythm: Rhythm;
  /** The first day; nothing is before it. */
  readonly starts: Temporal.PlainDate;
  readonly at: Temporal.PlainTime;
  readonly zone: string;
  readonly minutes: number;
  /** The last day on which it may still meet. */
  readonly until?: Temporal.PlainDate;
  /** So many meetings, counted before any is skipped. */
  readonly count?: number;
  /** By the day of its rule: a holiday, or another day and time in its place. */
  readonly skipped?: ReadonlySet<string>;
  readonly moved?: ReadonlyMap<string, { readonly on: Temporal.PlainDate; readonly at: Temporal.PlainTime }>;
};

/** One meeting as its plan has it. */
export type Planned = {
  /** The day that its rule gives it, for good: its name in calendars and in the database, wherever it is moved. */
  readonly day: Temporal.PlainDate;
  readonly starts: Instant;
  readonly ends: Instant;
  /** Its hour does not exist that night, as the clocks go forward: it is later by what they skip. */
  readonly shifted: boolean;
  readonly moved: boolean;
};

/** `off`: audio alone, whatever a device sends. `welcome`: whoever likes. `hello`: at the beginning, so that everyone was seen once; never a must. */
export const cameras = ["off", "welcome", "hello"] as const;
export type Camera = (typeof cameras)[number];

/** Where a group's room is. `link`: an organisation's own, whose address only an admitted seat is shown. */
export const rooms = ["embedded", "janus", "livekit", "link"] as const;
export type RoomKind = (typeof rooms)[number];

export type InBoth = Readonly<Record<Language, string>>;

/** Whom a group is for. */
export type GroupKind = { readonly id: string; readonly name: InBoth; readonly who: InBoth; readonly notFor: InBoth | undefined };

/** A group: what it is and when it meets. */
export type Series = {
  readonly id: SeriesId;
  readonly kind: GroupKind;
  readonly language: Language;
  /** What happens in it, in its facilitators' words. */
  readonly about: string | undefined;
  readonly plan: Plan;
  readonly seats: number;
  readonly camera: Camera;
  /** Partners may come too. */
  readonly partners: boolean;
  readonly room: RoomKind;
  readonly facilitators: readonly { readonly id: MemberId; readonly name: string }[];
  readonly proposedAt: Instant;
  readonly approvedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
};

export const cancelReasons = ["facilitator", "holiday", "too_few", "technical", "other"] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** One meeting, written down ahead of time. */
export type Session = {
  readonly id: SessionId;
  readonly seriesId: SeriesId;
  /** The day that its rule gives it. */
  readonly day: Temporal.PlainDate;
  readonly starts: Instant;
  readonly ends: Instant;
  readonly shifted: boolean;
  readonly moved: boolean;
  readonly seats: number;
  /** How often it changed (RFC 5545, 3.8.7.4). */
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly cancelledAt: Instant | undefined;
  readonly cancelReason: CancelReason | undefined;
  readonly openedAt: Instant | undefined;
  readonly closedAt: Instant | undefined;
  /** When its room, an organisation's own, got another address. */
  readonly roomMovedAt: Instant | undefined;
};

/** What others see of a session's seats. `waiting`: who has none and would take one. */
export type SeatCount = { readonly free: number; readonly waiting: number };

/** A session with its group, as lists show it. */
export type Meeting = { readonly series: Series; readonly session: Session; readonly count: SeatCount };
