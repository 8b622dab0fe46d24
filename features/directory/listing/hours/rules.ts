import type { Instant } from "../../../../platform/time/time.ts";
import type { Hours } from "../types.ts";

type Day = Temporal.PlainDate;

const codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof codes)[number];
/** A weekday of each week, or the `nth` of a month (-1: the last). */
type ByDay = { readonly weekday: Weekday; readonly nth: number | undefined };

/** Reads a BYDAY of RFC 5545 ("MO,WE", "2TU", "-1FR"); parts that are none are left out. */
export function daysOf(byday: string): readonly ByDay[] {
  return byday
    .toUpperCase()
    .split(",")
    .flatMap((part) => {
      const [, nth, code] = /^\s*([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)\s*$/.exec(part) ?? [];
      return code ? [{ weekday: code as Weekday, nth: nth === undefined ? undefined : Number(nth) }] : [];
    });
}

const weekdayOf = (day: Day): Weekday => codes[day.dayOfWeek - 1] as Weekday;

/** Which of its kind in the month a day is, from the front and from the back: the second Tuesday, the last but one. */
const nthOf = (day: Day): readonly [number, number] => [Math.ceil(day.day / 7), -Math.ceil((day.daysInMonth - day.day + 1) / 7)];

const monday = (day: Day): Day => day.subtract({ days: day.dayOfWeek - 1 });

/** Every second week, counted from the week of its first day. */
function isItsTurn({ interval, dtstart }: Hours, day: Day, monthly: boolean): boolean {
  if (interval <= 1 || !dtstart) return true;
  const between = monthly ? (day.year - dtstart.year) * 12 + day.month - dtstart.month : monday(dtstart).until(monday(day)).days / 7;
  return between % interval === 0;
}

const before = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) < 0;
const monthDaysOf = ({ bymonthday }: Hours): readonly number[] => (bymonthday ?? "").split(",").map(Number).filter((day) => Number.isInteger(day) && day !== 0 && Math.abs(day) <= 31);

/** Neither open nor asked for: the day of a holiday, say. */
const isClosed = ({ opensAt, closesAt, from, to, byday, bymonthday, description }: Hours): boolean => !opensAt && !closesAt && !description && from !== undefined && to !== undefined && !byday && !bymonthday;

/** On which days, as far as it is said. Without days of its own a rule is held on the weekday (or the day of the month) of its first day (RFC 5545, 3.3.10), and a span of dates without any on each of them. */
type Days = { readonly are: "weekly"; readonly days: readonly ByDay[] } | { readonly are: "monthly"; readonly days: readonly number[] } | { readonly are: "dated" } | { readonly are: "unknown" };

function whenHeld(hours: Hours): Days {
  const { freq, byday, bymonthday, dtstart, from, to } = hours;
  const [days, monthDays] = [daysOf(byday ?? ""), monthDaysOf(hours)];
  if (monthDays.length > 0) return { are: "monthly", days: monthDays };
  if (days.length > 0) return { are: "weekly", days };
  if (byday?.trim() || bymonthday?.trim()) return { are: "unknown" };
  if (isClosed(hours) || (!dtstart && from && to)) return { are: "dated" };
  if (dtstart && freq === "MONTHLY") return { are: "monthly", days: [dtstart.day] };
  return dtstart ? { are: "weekly", days: [{ weekday: weekdayOf(dtstart), nth: undefined }] } : { are: "unknown" };
}

/** Is this span held on this day of the calendar? */
export function isOn(hours: Hours, day: Day): boolean {
  if (hours.from && before(day, hours.from)) return false;
  if (hours.to && before(hours.to, day)) return false;
  const held = whenHeld(hours);
  if (held.are === "dated") return true;
  if (held.are === "unknown") return false;
  if (held.are === "monthly") return held.days.some((one) => one === day.day || one + day.daysInMonth + 1 === day.day) && isItsTurn(hours, day, true);
  const found = held.days.find(({ weekday, nth }) => weekday === weekdayOf(day) && (nth === undefined || nthOf(day).includes(nth)));
  return found !== undefined && isItsTurn(hours, day, found.nth !== undefined);
}

export type Span = { readonly opens: Instant; readonly closes: Instant };

const midnight = Temporal.PlainTime.from("00:00");
const lastMinute = Temporal.PlainTime.from("23:59");

/**
 * The moment that a wall time of a day means. Where clocks jump over it, the moment of the jump's length later; where they pass it twice, the first
 * (RFC 5545, 3.3.5). A closing time in the doubled hour means its second passing: until the clock says so for the last time.
 */
function momentOf(day: Day, time: Temporal.PlainTime, zone: string, end: boolean): Instant {
  const later = day.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: "later" });
  return (end ? later : day.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: "compatible" })).toInstant();
}

/** One day's span: a closing time at or before the opening is of the next day, and 23:59 means midnight. Undefined where its times are not known. */
function spanOn({ opensAt, closesAt }: Hours, day: Day, zone: string): Span | undefined {
  if (!opensAt || !closesAt) return undefined;
  const wholeNight = closesAt.equals(lastMinute);
  const nextDay = wholeNight || Temporal.PlainTime.compare(closesAt, opensAt) <= 0;
  const closes = momentOf(nextDay ? day.add({ days: 1 }) : day, wholeNight ? midnight : closesAt, zone, true);
  const opens = momentOf(day, opensAt, zone, false);
  return Temporal.Instant.compare(opens, closes) < 0 ? { opens, closes } : undefined;
}

/** When it is open, but on no day that is said to be closed, in the `days` from the day before `now` on, in order; spans that touch or overlap are one. `zone`: of hours that name none. */
export function spansAround(all: readonly Hours[], zone: string | undefined, now: Instant, days = 9): readonly Span[] {
  const closed = all.filter(isClosed);
  const spans = all.flatMap((hours) => {
    const own = hours.zone ?? zone;
    if (!own) return [];
    const first = now.toZonedDateTimeISO(own).toPlainDate().subtract({ days: 1 });
    return Array.from({ length: days }, (_, offset) => first.add({ days: offset })).flatMap((day) => (isOn(hours, day) && !closed.some((one) => isOn(one, day)) ? (spanOn(hours, day, own) ?? []) : []));
  });
  const joined: { opens: Instant; closes: Instant }[] = [];
  for (const span of spans.sort((a, b) => Temporal.Instant.compare(a.opens, b.opens))) {
    const last = joined.at(-1);
    if (!last || Temporal.Instant.compare(span.opens, last.closes) > 0) joined.push({ ...span });
    else if (Temporal.Instant.compare(span.closes, last.closes) > 0) last.closes = span.closes;
  }
  return joined;
}

export type OpenState = { readonly is: "always" } | { readonly is: "open"; readonly until: Instant } | { readonly is: "closed"; readonly opensAt: Instant | undefined } | { readonly is: "unknown" };

/** Open now, until when; or closed, and when it opens within a week. `unknown` where no hours with a zone are known, or of some nobody said on which days. */
export function openState(all: readonly Hours[], zone: string | undefined, now: Instant): OpenState {
  const known = all.some(({ opensAt, closesAt, zone: own }) => opensAt && closesAt && (own ?? zone));
  if (!known) return { is: "unknown" };
  const spans = spansAround(all, zone, now);
  const at = spans.find(({ opens, closes }) => Temporal.Instant.compare(opens, now) <= 0 && Temporal.Instant.compare(now, closes) < 0);
  if (at) return Temporal.Instant.compare(at.closes, now.add({ hours: 24 * 6 })) > 0 ? { is: "always" } : { is: "open", until: at.closes };
  if (all.some((hours) => hours.opensAt && hours.closesAt && whenHeld(hours).are === "unknown")) return { is: "unknown" };
  return { is: "closed", opensAt: spans.find(({ opens }) => Temporal.Instant.compare(opens, now) > 0)?.opens };
}

/** The same times of several days as one line: ["MO","TU","WE"] is "MO–WE". Runs of three days or more are named by their ends. */
export function runsOf(days: readonly Weekday[]): readonly (readonly Weekday[])[] {
  const runs: Weekday[][] = [];
  for (const day of codes.filter((code) => days.includes(code))) {
    const last = runs.at(-1);
    if (last && codes.indexOf(last.at(-1) as Weekday) === codes.indexOf(day) - 1) last.push(day);
    else runs.push([day]);
  }
  return runs;
}

export type WeekLine = {
  /** Each week on these days; none where it is of certain days of a month. */
  readonly days: readonly Weekday[];
  /** Of a month: the second Tuesday is [2, 'TU']. */
  readonly monthly: readonly (readonly [nth: number, weekday: Weekday])[];
  /** Days of a month: the first and the fifteenth. */
  readonly monthDays: readonly number[];
  /** Each day from the first of its dates to the last: a holiday, a week in summer. */
  readonly dated: boolean;
  /** It begins only then. */
  readonly from: Day | undefined;
  /** It ends then. */
  readonly to: Day | undefined;
  readonly closed: boolean;
  readonly every: number;
  readonly opensAt: Temporal.PlainTime | undefined;
  readonly closesAt: Temporal.PlainTime | undefined;
  readonly zone: string | undefined;
  readonly description: string | undefined;
};

/** Most days ahead that a day of closing is worth saying. */
const soon = 60;

/** Hours as they are listed: those of the same times and dates together; those that are over, and those that say nothing, left out. */
export function weekOf(all: readonly Hours[], zone: string | undefined, today: Day): readonly WeekLine[] {
  const lines = new Map<string, WeekLine>();
  for (const hours of all) {
    if (hours.to && before(hours.to, today)) continue;
    const [held, closed] = [whenHeld(hours), isClosed(hours)];
    if (closed ? hours.from && before(today.add({ days: soon }), hours.from) : !hours.opensAt && !hours.closesAt && !hours.description) continue;
    const days = held.are === "weekly" ? held.days : [];
    const monthDays = held.are === "monthly" ? held.days : [];
    const dated = held.are === "dated";
    const from = hours.from && (dated || before(today, hours.from)) ? hours.from : undefined;
    // A year that has no end in sight is none.
    const to = hours.to && (dated || before(hours.to, today.add({ years: 1 }))) ? hours.to : undefined;
    const line = { monthDays, dated, from, to, closed, every: hours.interval, opensAt: hours.opensAt, closesAt: hours.closesAt, zone: hours.zone ?? zone, description: hours.description };
    const key = JSON.stringify([monthDays, dated, String(from), String(to), closed, line.every, String(line.opensAt), String(line.closesAt), line.zone, line.description]);
    const known = lines.get(key);
    const weekly = days.filter(({ nth }) => nth === undefined).map(({ weekday }) => weekday);
    const monthly = days.flatMap(({ nth, weekday }) => (nth === undefined ? [] : [[nth, weekday] as const]));
    lines.set(key, { ...line, days: codes.filter((code) => weekly.includes(code) || known?.days.includes(code)), monthly: [...(known?.monthly ?? []), ...monthly] });
  }
  const first = ({ days, monthly, dated }: WeekLine): number => (dated ? codes.length + 2 : days[0] ? codes.indexOf(days[0]) : monthly.length > 0 ? codes.length : codes.length + 1);
  return [...lines.values()].sort((a, b) => first(a) - first(b) || String(a.opensAt ?? "").localeCompare(String(b.opensAt ?? "")));
}

export const isAllDay = ({ opensAt, closesAt }: Pick<WeekLine, "opensAt" | "closesAt">): boolean => opensAt !== undefined && closesAt !== undefined && opensAt.equals(midnight) && (closesAt.equals(midnight) || closesAt.equals(lastMinute));

/** The next time that this wall time comes on one of these days, for saying it in another zone. */
export function nextOf(line: WeekLine, time: Temporal.PlainTime, zone: string, now: Instant): Temporal.ZonedDateTime {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const day = Array.from({ length: 7 }, (_, offset) => today.add({ days: offset })).find((one) => line.days.includes(weekdayOf(one))) ?? today;
  return day.toPlainDateTime(time).toZonedDateTime(zone);
}
