import { RRuleTemporal } from "rrule-temporal";
import type { Instant } from "../../../platform/time/time.ts";
import type { Plan, Planned, Rhythm, Session, SessionId } from "../types.ts";

/** The rule in the words of RFC 5545; undefined for what meets once. UNTIL is wall time, as the rule is read without a zone. */
export function ruleOf({ rhythm, until, count }: Pick<Plan, "rhythm" | "until" | "count">): string | undefined {
  const pattern = patternOf(rhythm);
  return pattern && [pattern, ...(count === undefined ? [] : [`COUNT=${count}`]), ...(until && count === undefined ? [`UNTIL=${basic(until)}T235959Z`] : [])].join(";");
}

function patternOf(rhythm: Rhythm): string | undefined {
  if (rhythm.every === "once") return undefined;
  if (rhythm.every === "weeks") return `FREQ=WEEKLY;INTERVAL=${rhythm.weeks};BYDAY=${rhythm.days.join()};WKST=MO`;
  return "day" in rhythm ? `FREQ=MONTHLY;BYMONTHDAY=${rhythm.day}` : `FREQ=MONTHLY;BYDAY=${rhythm.nth}${rhythm.weekday}`;
}

const basic = (date: Temporal.PlainDate): string => date.toString().replaceAll("-", "");

/**
 * The days that the rule gives, from `from` to `to`, both in. A rule is read as wall time without a zone: RFC 5545 (3.3.10) drops what falls
 * into an hour that the clocks skip, and a group must not vanish for that. The clocks come in with `startOf`.
 */
function daysOf(plan: Plan, from: Temporal.PlainDate, to: Temporal.PlainDate): Temporal.PlainDate[] {
  const { starts, until } = plan;
  const rule = ruleOf(plan);
  const last = until && Temporal.PlainDate.compare(until, to) < 0 ? until : to;
  if (Temporal.PlainDate.compare(last, starts) < 0 || Temporal.PlainDate.compare(last, from) < 0) return [];
  if (!rule) return Temporal.PlainDate.compare(from, starts) <= 0 ? [starts] : [];
  const noon = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: "UTC", plainTime: "12:00" });
  const all = new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:${basic(starts)}T120000\nRRULE:${rule}`, cache: false });
  return all.between(noon(from), noon(last), true).map((each) => each.toPlainDate());
}

/** When a wall time is, in a zone. Twice that night: the first of both. Not at all: later by what the clocks skip (as RFC 5545 3.3.5 reads a DATE-TIME). */
export function startOf(on: Temporal.PlainDate, at: Temporal.PlainTime, zone: string): { readonly starts: Instant; readonly shifted: boolean } {
  const zoned = on.toZonedDateTime({ timeZone: zone, plainTime: at });
  // Part by part: this is asked for each meeting of each group every night. The day, since a zone has skipped a whole one (Samoa, 2011).
  return { starts: zoned.toInstant(), shifted: zoned.minute !== at.minute || zoned.hour !== at.hour || zoned.day !== on.day };
}

/** The meetings that begin at `from` or later and before `to`, in the order in which they begin. What is skipped is not among them; what is moved stands where it was moved to. */
export function meetingsOf(plan: Plan, from: Instant, to: Instant): Planned[] {
  const { zone, minutes, skipped, moved } = plan;
  const dateOf = (at: Instant, days: number) => at.toZonedDateTimeISO(zone).toPlainDate().add({ days });
  const [first, end] = [from.epochMilliseconds, to.epochMilliseconds];
  const inWindow = ({ starts: { epochMilliseconds } }: Planned) => epochMilliseconds >= first && epochMilliseconds < end;
  const planned = (day: Temporal.PlainDate): Planned => {
    const place = moved?.size ? moved.get(day.toString()) : undefined;
    const { starts, shifted } = startOf(place?.on ?? day, place?.at ?? plan.at, zone);
    return { day, starts, ends: starts.add({ minutes }), shifted, moved: place !== undefined };
  };
  const days = daysOf(plan, dateOf(from, -1), dateOf(to, 1));
  if (!skipped?.size && !moved?.size) return days.map(planned).filter(inWindow);
  const byName = new Map(days.map((day) => [day.toString(), day]));
  // What was moved into this time may have its own day far away.
  for (const day of moved?.keys() ?? []) if (isDayOf(plan, Temporal.PlainDate.from(day))) byName.set(day, Temporal.PlainDate.from(day));
  return [...byName].filter(([name]) => !skipped?.has(name)).map(([, day]) => planned(day)).filter(inWindow).sort((a, b) => Temporal.Instant.compare(a.starts, b.starts));
}

/** Does its rule give it this day? */
export const isDayOf = (plan: Plan, day: Temporal.PlainDate): boolean => daysOf(plan, day, day).length === 1;

/** So many weeks ahead meetings are written down, and seats can be saved. */
export const writtenAhead = 8;

export type Changes = { readonly made: readonly Planned[]; readonly changed: readonly { readonly id: SessionId; readonly to: Planned }[]; readonly gone: readonly SessionId[] };

/**
 * What is to be written until `to` so that the meetings stand where the plan has them. What has begun stays as it was, and what was cancelled stays so:
 * a plan that comes back to that day is another decision.
 */
export function changesOf(planned: readonly Planned[], standing: readonly Session[], now: Instant, to: Instant): Changes {
  const [byDay, wanted] = [new Map(standing.map((one) => [one.day.toString(), one])), new Map(planned.map((one) => [one.day.toString(), one]))];
  const open = standing.filter(({ starts, cancelledAt }) => Temporal.Instant.compare(now, starts) < 0 && cancelledAt === undefined);
  const differs = (one: Session, to: Planned) => !one.starts.equals(to.starts) || !one.ends.equals(to.ends);
  return {
    made: planned.filter(({ day, starts }) => !byDay.has(day.toString()) && Temporal.Instant.compare(starts, to) < 0),
    changed: open.flatMap((one) => {
      const to = wanted.get(one.day.toString());
      return to && differs(one, to) ? [{ id: one.id, to }] : [];
    }),
    gone: open.filter(({ day }) => !wanted.has(day.toString())).map(({ id }) => id),
  };
}
