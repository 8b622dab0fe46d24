import type { Instant } from "../../platform/time/time.ts";

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
