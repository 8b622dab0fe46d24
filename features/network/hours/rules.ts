import type { Instant } from "../../../platform/time/time.ts";
import type { Exception, Span } from "./types.ts";

type Open = { readonly from: Instant; readonly until: Instant };
type Times = { readonly opens: Temporal.PlainTime; readonly closes: Temporal.PlainTime };

/**
 * Are volunteers usually here at this instant? Hours are wall time in `zone`: a span belongs to the day that it begins on,
 * so an exception for a day leaves the night before it alone.
 */
export function isOpen(hours: readonly Span[], exceptions: readonly Exception[], zone: string, at: Instant): boolean {
  const today = at.toZonedDateTimeISO(zone).toPlainDate();
  return [today.subtract({ days: 1 }), today].some((day) => spansOn(hours, exceptions, zone, day).some((open) => holds(open, at)));
}

/** The first instant, `from` or later, at which it is open; undefined when it never is. */
export function nextOpening(hours: readonly Span[], exceptions: readonly Exception[], zone: string, from: Instant): Instant | undefined {
  const today = from.toZonedDateTimeISO(zone).toPlainDate();
  const days = daysToLookAt(hours, exceptions, today.subtract({ days: 1 }));
  for (const day of days) {
    const ahead = spansOn(hours, exceptions, zone, day).filter(({ until }) => Temporal.Instant.compare(until, from) > 0);
    const starts = ahead.map((open) => (holds(open, from) ? from : open.from)).sort(Temporal.Instant.compare);
    if (starts[0]) return starts[0];
  }
  return undefined;
}

/** Days in order: enough weeks that each usual day comes once without an exception, and the exceptions after them. */
function daysToLookAt(hours: readonly Span[], exceptions: readonly Exception[], first: Temporal.PlainDate): Temporal.PlainDate[] {
  // Two weeks more than the exceptions could fill: a span from the skipped hour into the next can vanish on that night.
  const usual = hours.length === 0 ? 2 : 7 * (exceptions.length + 3);
  const days = Array.from({ length: Math.min(usual, 400) }, (_, at) => first.add({ days: at }));
  const last = days.at(-1) ?? first;
  const later = exceptions.map(({ onDay }) => onDay).filter((day) => Temporal.PlainDate.compare(day, last) > 0);
  return [...days, ...later.sort(Temporal.PlainDate.compare)];
}

/** What is open from this day on, by its exception or its weekday. */
function spansOn(hours: readonly Span[], exceptions: readonly Exception[], zone: string, day: Temporal.PlainDate): Open[] {
  const exception = exceptions.find(({ onDay }) => onDay.equals(day));
  const spans: readonly Times[] = exception ? (exception.hours ? [exception.hours] : []) : hours.filter(({ weekday }) => weekday === day.dayOfWeek);
  return spans.map((span) => spanOn(span, zone, day)).filter(({ from, until }) => Temporal.Instant.compare(from, until) < 0);
}

/**
 * A wall time that a change of clocks skips is read with the offset before the change, one that comes twice is the first
 * (RFC 5545, 3.3.5; Temporal's "compatible"): a span inside the skipped hour takes place an hour later.
 */
function spanOn({ opens, closes }: Times, zone: string, day: Temporal.PlainDate): Open {
  const overnight = Temporal.PlainTime.compare(closes, opens) <= 0;
  const at = (date: Temporal.PlainDate, time: Temporal.PlainTime) => date.toPlainDateTime(time).toZonedDateTime(zone).toInstant();
  return { from: at(day, opens), until: at(overnight ? day.add({ days: 1 }) : day, closes) };
}

const holds = ({ from, until }: Open, at: Instant): boolean => Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, until) < 0;
