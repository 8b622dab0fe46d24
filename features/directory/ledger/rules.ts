import type { Instant } from "../../../platform/time/time.ts";
import type { Count, Ledger } from "./types.ts";

/** Whole percent, rounded down: 99.9 is not all. Undefined of none. */
export const percentOf = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : Math.floor((100 * part) / whole));

/** Hours without a count after which the page says that the count is late. It is taken every hour. */
const lateHours = 26;
export const isLate = ({ countedAt }: Pick<Ledger, "countedAt">, now: Instant): boolean => countedAt.until(now).total("hours") > lateHours;

/** Days that the trend shows. */
export const trendDays = 90;

const openCount = ({ shown, verified30, verified90, medianAgeDays, inDoubt, openReports, hiddenExpired, neverConfirmed }: Count) => ({
  shown,
  verified_in_30_days_percent: percentOf(verified30, shown) ?? null,
  verified_in_90_days_percent: percentOf(verified90, shown) ?? null,
  median_age_of_verification_days: medianAgeDays ?? null,
  in_doubt: inDoubt,
  open_reports: openReports,
  hidden_expired: hiddenExpired,
  never_confirmed: neverConfirmed,
});

/** The ledger as anybody's program may read it. */
export const openLedger = (ledger: Ledger) => ({
  day: ledger.day.toString(),
  counted_at: ledger.countedAt.toString(),
  network: openCount(ledger.network),
  areas: ledger.areas.map(({ area, ...count }) => ({ area, ...openCount(count) })),
  verified_in_90_days_percent_by_day: ledger.trend.map(({ day, percent90 }) => ({ day: day.toString(), percent: percent90 ?? null })),
});
