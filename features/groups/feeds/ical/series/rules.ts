import type { Instant } from "../../../../../platform/time/time.ts";
import { meetingsOf, ruleOf, startOf } from "../../../calendar/rules.ts";
import type { Plan, Session } from "../../../types.ts";

/** One meeting that is said by itself. `session`: as it was written down, once it was. */
export type Single = { readonly day: Temporal.PlainDate; readonly starts: Instant; readonly ends: Instant; readonly session: Session | undefined };

/**
 * A group's meetings as calendars can say them (RFC 5545): a rule, the days that it leaves out, single meetings that stand in the place
 * of what the rule gives that day, and meetings that stand alone.
 */
export type Said = {
  readonly rule: { readonly first: Temporal.PlainDate; readonly rrule: string | undefined; readonly without: readonly Temporal.PlainDate[] } | undefined;
  readonly instead: readonly Single[];
  readonly alone: readonly Single[];
};

/** Does this moment's wall time come twice that night? */
export const isTwice = (at: Instant, zone: string): boolean => {
  const wall = at.toZonedDateTimeISO(zone).toPlainDateTime();
  return !wall.toZonedDateTime(zone, { disambiguation: "later" }).toInstant().equals(wall.toZonedDateTime(zone, { disambiguation: "earlier" }).toInstant());
};

/** Does this span read the same in wall times, whoever counts it? Not in a night on which the clocks change. */
function readsOneWay(starts: Instant, ends: Instant, zone: string): boolean {
  const [from, to] = [starts, ends].map((at) => at.toZonedDateTimeISO(zone).toPlainDateTime());
  return from !== undefined && to !== undefined && !isTwice(starts, zone) && !isTwice(ends, zone) && from.add(starts.until(ends)).equals(to);
}

/** The days of the rule from the first on: to `to`, or all of them where they are counted. Nothing skipped, nothing moved, no clock. */
function ruleDays({ rhythm, starts, minutes, until, count }: Plan, to: Instant): Temporal.PlainDate[] {
  const noon = { rhythm, starts, minutes, at: Temporal.PlainTime.from("12:00"), zone: "UTC", ...(until ? { until } : {}), ...(count === undefined ? {} : { count }) };
  const from = starts.toZonedDateTime("UTC");
  return meetingsOf(noon, from.toInstant(), count === undefined ? to : from.add({ years: 120 }).toInstant()).map(({ day }) => day);
}

/** Where no app could read a count otherwise: the moment of the last meeting. */
function endOf({ until, count, at, zone }: Plan, days: readonly Temporal.PlainDate[]): string {
  const last = days.at(-1);
  const ends = count !== undefined && last ? startOf(last, at, zone).starts : until && startOf(until, Temporal.PlainTime.from("23:59:59"), zone).starts;
  return ends ? `;UNTIL=${ends.toString({ smallestUnit: "second" }).replace(/[-:]/g, "")}` : "";
}

const singleOf = ({ at, zone, minutes, moved }: Plan, day: Temporal.PlainDate, session: Session | undefined): Single => {
  const place = moved?.get(day.toString());
  const starts = session?.starts ?? startOf(place?.on ?? day, place?.at ?? at, zone).starts;
  return { day, starts, ends: session?.ends ?? starts.add({ minutes }), session };
};

/** Is this moment within two days of a change of the zone's clocks? On all other days a wall time reads one way, and nothing more is to be asked. */
function nearChangeOf(zone: string, from: Temporal.PlainDate, to: Temporal.PlainDate): (at: Instant) => boolean {
  const changes: number[] = [];
  const end = to.add({ days: 2 }).toZonedDateTime(zone).epochMilliseconds;
  for (let at = from.subtract({ days: 2 }).toZonedDateTime(zone).getTimeZoneTransition("next"); at && at.epochMilliseconds < end; at = at.getTimeZoneTransition("next")) changes.push(at.epochMilliseconds);
  return ({ epochMilliseconds }) => changes.some((change) => Math.abs(change - epochMilliseconds) < 48 * 3_600_000);
}

type Kind = "ruled" | "left out" | "instead" | "alone";

type Known = { readonly day: Temporal.PlainDate; readonly single: Single; readonly canBeFirst: boolean; readonly kind: Kind };

/** How one day of the rule is said. */
function dayOf(plan: Plan, day: Temporal.PlainDate, session: Session | undefined, isNearChange: (at: Instant) => boolean): Known {
  const { at, zone, minutes, skipped } = plan;
  const { starts, shifted } = startOf(day, at, zone);
  const ends = starts.add({ minutes });
  const single = singleOf(plan, day, session);
  const asRuled = session?.cancelledAt === undefined && single.starts.equals(starts) && single.ends.equals(ends);
  const canBeFirst = !isNearChange(starts) || (!shifted && readsOneWay(starts, ends, zone));
  const kindOf = (): Kind => {
    if (skipped?.has(day.toString()) && !session) return "left out";
    if (!canBeFirst) return !isTwice(starts, zone) ? "alone" : asRuled ? "ruled" : "instead";
    return asRuled ? "ruled" : readsOneWay(single.starts, single.ends, zone) ? "instead" : "alone";
  };
  return { day, single, canBeFirst, kind: kindOf() };
}

/**
 * What was written down stands before what is planned. An hour that the clocks skip is dropped by one app (RFC 5545, 3.3.10) and later in another, and of
 * a meeting across the change they reckon the end in two ways: such a night is left out of the rule and said alone, as a moment, so that every app shows it
 * at the same time. An hour that comes twice stays in the rule, where it is the first of both (3.3.5); apps that leave it out leave out the second.
 * `to`: as far as such nights are looked for.
 */
export function saidOf(plan: Plan, sessions: readonly Session[], to: Instant): Said {
  const written = new Map(sessions.map((one) => [one.day.toString(), one]));
  const days = ruleDays(plan, to);
  const isNearChange = nearChangeOf(plan.zone, plan.starts, days.at(-1) ?? plan.starts);
  const known = days.map((day) => dayOf(plan, day, written.get(day.toString()), isNearChange));
  // From the first day on whose span stands for all; what comes before it stands alone or not at all.
  const found = known.findIndex(({ kind, canBeFirst }) => canBeFirst && (kind === "ruled" || kind === "instead"));
  const at0 = found < 0 ? known.length : found;
  const first = known[at0]?.day;
  const later = known.slice(at0);
  const rrule = ruleOf({ rhythm: plan.rhythm });
  // Of an older plan: what the rule of now does not give.
  const names = new Set(days.map(String));
  const older = sessions.filter(({ day, cancelledAt }) => cancelledAt === undefined && !names.has(day.toString()));
  return {
    rule: first && { first, rrule: rrule && `${rrule}${endOf(plan, days)}`, without: later.flatMap(({ day, kind }) => (kind === "left out" || kind === "alone" ? [day] : [])) },
    instead: later.filter(({ kind }) => kind === "instead").map(({ single }) => single),
    alone: [...known.filter(({ kind }, index) => kind === "alone" || (index < at0 && kind !== "left out")).map(({ single }) => single), ...older.map((session) => singleOf(plan, session.day, session))],
  };
}
