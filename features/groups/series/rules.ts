import type { MemberId } from "../../../platform/http/scope.ts";
import { isBefore, minutesBetween, type Instant } from "../../../platform/time/time.ts";
import { meetingsOf, startOf } from "../calendar/rules.ts";
import { weekdays, type Plan, type Planned, type Rhythm, type Series, type Weekday } from "../types.ts";
import type { Answer, Cover, Facilitator, Kept, Lack, OnTheClock, Standing } from "./types.ts";

/** Who leads a meeting: the facilitators of its group without those who can't, and whoever covers. */
export function leadersOf(facilitators: readonly MemberId[], covers: readonly Cover[]): MemberId[] {
  const said = (kind: Cover["kind"]) => covers.filter((one) => one.kind === kind).map(({ memberId }) => memberId);
  const absent = new Set(said("absent"));
  return [...new Set([...facilitators.filter((id) => !absent.has(id)), ...said("covers")])];
}

/** A group is led by two, always. */
export const leadersNeeded = 2;

export function standingOf({ series: { approvedAt, endedAt, proposedAt }, answers }: Pick<Kept, "series" | "answers">): Standing {
  if (endedAt) return "ended";
  if (approvedAt) return "meets";
  return answers.some(({ at }: Answer) => !isBefore(at, proposedAt)) ? "back" : "waits";
}

/** What is missing before a coordinator can say yes: two who hold the role now and are trained, and a meeting to come. */
export function lacksOf({ facilitators, plan }: Pick<Series, "facilitators" | "plan">, staff: readonly Facilitator[], now: Instant): Lack[] {
  const of = new Map(staff.map((one) => [one.id, one]));
  return [
    ...(facilitators.length < leadersNeeded ? [{ lacks: "second" } as const] : []),
    ...facilitators.flatMap(({ id, name }): Lack[] => {
      const one = of.get(id);
      if (!one) return [{ lacks: "role", name }];
      return one.trainedOn ? [] : [{ lacks: "training", name }];
    }),
    ...(nextOf(plan, now, 1).length === 0 ? [{ lacks: "meetings" } as const] : []),
  ];
}

/** How many seats a room has that bears so many people: those who lead sit in it too. */
export const seatsIn = (bears: number): number => bears - leadersNeeded;

/** A room too small for the group's seats: the last to come would find out at its door. */
export const roomLacks = ({ seats }: Pick<Series, "seats">, bears: number): Lack[] => (seats > seatsIn(bears) ? [{ lacks: "room", most: seatsIn(bears) }] : []);

/** So far ahead meetings are looked for: a group whose plan has none within two years has none. */
const lookAhead = { weeks: 10, times: 11 };

/** The next meetings of a plan, `many` at most; those that have begun are not among them. */
export function nextOf(plan: Plan, now: Instant, many: number): Planned[] {
  const first = startOf(plan.starts, new Temporal.PlainTime(), plan.zone).starts;
  let from = isBefore(first, now) ? now : first;
  const found: Planned[] = [];
  for (let times = 0; times < lookAhead.times && found.length < many; times += 1) {
    const to = from.add({ hours: lookAhead.weeks * 7 * 24 });
    found.push(...meetingsOf(plan, from, to));
    from = to;
  }
  return found.filter(({ starts }) => isBefore(now, starts)).slice(0, many);
}

/** Does this wall time exist on that day, and once? */
export function onTheClock(on: Temporal.PlainDate, at: Temporal.PlainTime, zone: string): OnTheClock {
  const wall = on.toPlainDateTime(at);
  const [earlier, later] = (["earlier", "later"] as const).map((disambiguation) => wall.toZonedDateTime(zone, { disambiguation }));
  if (!earlier || !later || earlier.equals(later)) return "once";
  return earlier.toPlainDateTime().equals(wall) ? "twice" : "skipped";
}

/** The day and the wall time at which a meeting stands in its plan. */
export const wallOf = (plan: Plan, day: Temporal.PlainDate): { readonly on: Temporal.PlainDate; readonly at: Temporal.PlainTime } => plan.moved?.get(day.toString()) ?? { on: day, at: plan.at };

/** The meetings of the coming year whose hour does not exist that night, or comes twice. */
export function oddNights(plan: Plan, now: Instant): { readonly day: Temporal.PlainDate; readonly starts: Instant; readonly clock: Exclude<OnTheClock, "once"> }[] {
  const first = startOf(plan.starts, new Temporal.PlainTime(), plan.zone).starts;
  const from = isBefore(first, now) ? now : first;
  return meetingsOf(plan, from, from.add({ hours: 366 * 24 })).flatMap(({ day, starts }) => {
    const { on, at } = wallOf(plan, day);
    const clock = onTheClock(on, at, plan.zone);
    return clock === "once" ? [] : [{ day, starts, clock }];
  });
}

/** How a form says a rhythm: the rest of it is in the first day. */
export const everies = ["week", "second", "month_day", "month_weekday", "month_last", "once"] as const;
export type Every = (typeof everies)[number];

export const weekdayOf = (day: Temporal.PlainDate): Weekday => weekdays[day.dayOfWeek - 1] ?? "MO";

/** A first day on a fifth Friday means the last Friday: not every month has five. */
export function rhythmFrom(every: Every, starts: Temporal.PlainDate, days: readonly Weekday[]): Rhythm {
  const weekday = weekdayOf(starts);
  const nth = ([1, 2, 3, 4, -1] as const)[Math.ceil(starts.day / 7) - 1] ?? -1;
  const chosen = weekdays.filter((day) => (days.length > 0 ? days.includes(day) : day === weekday));
  switch (every) {
    case "week":
      return { every: "weeks", weeks: 1, days: chosen };
    case "second":
      return { every: "weeks", weeks: 2, days: chosen };
    case "month_day":
      return { every: "month", day: starts.day };
    case "month_weekday":
      return { every: "month", nth, weekday };
    case "month_last":
      return { every: "month", nth: -1, weekday };
    case "once":
      return { every: "once" };
  }
}

/** The way back, for a form that is filled in already; undefined for a rhythm that the form can't say. */
export function everyOf(rhythm: Rhythm): Every | undefined {
  if (rhythm.every === "once") return "once";
  if (rhythm.every === "weeks") return ({ 1: "week", 2: "second" } as const)[rhythm.weeks];
  if ("day" in rhythm) return "month_day";
  return rhythm.nth === -1 ? "month_last" : "month_weekday";
}

/** A plan that begins in the past or further away than a year is a slip of the pen. `before`: what stood there already may stay. */
export function startsProblem(plan: Plan, now: Instant, before?: Temporal.PlainDate): "dayPast" | "dayFar" | "noMeeting" | undefined {
  const today = now.toZonedDateTimeISO(plan.zone).toPlainDate();
  const kept = before !== undefined && plan.starts.equals(before);
  if (!kept && Temporal.PlainDate.compare(plan.starts, today) < 0) return "dayPast";
  if (Temporal.PlainDate.compare(plan.starts, today.add({ years: 1 })) > 0) return "dayFar";
  return nextOf(plan, now, 1).length === 0 ? "noMeeting" : undefined;
}

/** So far from its own day a meeting can be moved; further away it is another one. */
export const movedAtMost = { weeks: 4 } as const;

export type MoveProblem = "moveFar" | "movePast" | "moveTwice";

/** May a meeting of this day be moved there? Two of one group do not begin at one hour. */
export function moveProblem(plan: Plan, day: Temporal.PlainDate, to: { readonly on: Temporal.PlainDate; readonly at: Temporal.PlainTime }, now: Instant): MoveProblem | undefined {
  const { starts } = startOf(to.on, to.at, plan.zone);
  if (!isBefore(now, starts)) return "movePast";
  if (Math.abs(day.until(to.on).days) > movedAtMost.weeks * 7) return "moveFar";
  const there = meetingsOf(plan, starts.subtract({ hours: 5 }), starts.add({ minutes: plan.minutes }));
  const meets = there.some((one) => !one.day.equals(day) && isBefore(starts, one.ends) && isBefore(one.starts, starts.add({ minutes: plan.minutes })));
  return meets ? "moveTwice" : undefined;
}

/** How long until then, as people say it. */
export type Until = { readonly until: "begun" } | { readonly until: "minutes"; readonly minutes: number } | { readonly until: "hours"; readonly hours: number; readonly minutes: number } | { readonly until: "days"; readonly days: number };

export function untilOf(now: Instant, starts: Instant): Until {
  const minutes = Math.ceil(minutesBetween(now, starts));
  if (minutes <= 0) return { until: "begun" };
  if (minutes < 60) return { until: "minutes", minutes };
  if (minutes < 24 * 60) return { until: "hours", hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  return { until: "days", days: Math.round(minutes / (24 * 60)) };
}

/** What the address of a group's own room, and its key, are bound to. */
export const roomBound = (id: string): string => `series/${id}`;
