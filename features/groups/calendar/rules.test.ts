import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { weekdays, type Plan, type Rhythm } from "../types.ts";
import { meetingsOf, ruleOf, startOf } from "./rules.ts";

const date = (text: string) => Temporal.PlainDate.from(text);
const time = (text: string) => Temporal.PlainTime.from(text);
const weekly: Rhythm = { every: "weeks", weeks: 1, days: ["TU"] };
const plan = (more: Partial<Plan> = {}): Plan => ({ rhythm: weekly, starts: date("2026-11-24"), at: time("19:00"), zone: "America/Los_Angeles", minutes: 90, ...more });
const between = (some: Plan, from: string, to: string) => meetingsOf(some, Temporal.Instant.from(`${from}T00:00Z`), Temporal.Instant.from(`${to}T00:00Z`));
const days = (some: Plan, from: string, to: string) => between(some, from, to).map(({ day }) => day.toString());

describe("a group meets", () => {
  it("every week on its days", () => expect(days(plan({ rhythm: { every: "weeks", weeks: 1, days: ["TU", "TH"] } }), "2026-11-24", "2026-12-08")).toEqual(["2026-11-24", "2026-11-26", "2026-12-01", "2026-12-03"]));
  it("every second week, counted from the week in which it began", () => expect(days(plan({ rhythm: { every: "weeks", weeks: 2, days: ["MO", "SU"] } }), "2026-11-20", "2026-12-23")).toEqual(["2026-11-29", "2026-12-07", "2026-12-13", "2026-12-21"]));
  it("on a day of the month, and not in a month that lacks it", () => expect(days(plan({ rhythm: { every: "month", day: 31 } }), "2026-11-24", "2027-04-05")).toEqual(["2026-12-31", "2027-01-31", "2027-03-31"]));
  it("on the third Tuesday", () => expect(days(plan({ rhythm: { every: "month", nth: 3, weekday: "TU" } }), "2026-11-24", "2027-02-20")).toEqual(["2026-12-15", "2027-01-19", "2027-02-16"]));
  it("on the last Friday", () => expect(days(plan({ rhythm: { every: "month", nth: -1, weekday: "FR" } }), "2026-11-24", "2027-02-01")).toEqual(["2026-11-27", "2026-12-25", "2027-01-29"]));
  it("once", () => expect(days(plan({ rhythm: { every: "once" } }), "2026-11-01", "2027-11-01")).toEqual(["2026-11-24"]));
  it("to its last day, and on it", () => expect(days(plan({ until: date("2026-12-08") }), "2026-11-24", "2027-02-01")).toEqual(["2026-11-24", "2026-12-01", "2026-12-08"]));
  it("so many times, the skipped ones counted", () => expect(days(plan({ count: 3, skipped: new Set(["2026-12-01"]) }), "2026-11-24", "2027-02-01")).toEqual(["2026-11-24", "2026-12-08"]));
  it("elsewhere when it was moved, under the name of its own day", () => {
    const moved = plan({ moved: new Map([["2026-12-01", { on: date("2026-12-03"), at: time("10:30") }]]) });
    expect(between(moved, "2026-12-01", "2026-12-08").map((each) => [each.day.toString(), each.starts.toString(), each.moved])).toEqual([["2026-12-01", "2026-12-03T18:30:00Z", true]]);
    expect(days(moved, "2026-12-01", "2026-12-03"), "not where it was").toEqual([]);
  });
  it("from far away, when it was moved there", () => {
    const moved = plan({ moved: new Map([["2026-12-01", { on: date("2027-03-01"), at: time("19:00") }]]) });
    expect(days(moved, "2027-03-01", "2027-03-04")).toEqual(["2026-12-01", "2027-03-02"]);
  });
  it("never by a move of a day that its rule does not give", () => expect(days(plan({ moved: new Map([["2026-12-02", { on: date("2026-12-03"), at: time("19:00") }]]) }), "2026-12-03", "2026-12-06")).toEqual([]));
});

describe("the night on which the clocks change", () => {
  const nightly = (zone: string, at: string) => plan({ zone, at: time(at), starts: date("2026-01-01"), rhythm: { every: "weeks", weeks: 1, days: weekdays } });
  it("an hour that does not exist is later by what the clocks skip, and says so", () =>
    expect(between(nightly("America/New_York", "02:30"), "2026-03-07", "2026-03-10").map(({ starts, shifted }) => [starts.toZonedDateTimeISO("America/New_York").toPlainDateTime().toString(), shifted])).toEqual([["2026-03-07T02:30:00", false], ["2026-03-08T03:30:00", true], ["2026-03-09T02:30:00", false]]));
  it("an hour that comes twice is the first of both", () => expect(startOf(date("2026-11-01"), time("01:30"), "America/New_York")).toEqual({ starts: Temporal.Instant.from("2026-11-01T05:30:00Z"), shifted: false }));
  it("half an hour is skipped on Lord Howe", () => expect(startOf(date("2026-10-04"), time("02:15"), "Australia/Lord_Howe")).toEqual({ starts: Temporal.Instant.from("2026-10-03T15:45:00Z"), shifted: true }));
});

// An oracle of its own: a zone's clock read minute by minute around each change, with nothing but Intl.
const zones = ["America/New_York", "America/Los_Angeles", "America/Phoenix", "America/St_Johns", "America/Santiago", "America/Nuuk", "America/Mexico_City", "Europe/London", "Europe/Berlin", "Africa/Cairo", "Africa/Casablanca", "Asia/Gaza", "Asia/Kolkata", "Asia/Tehran", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Chatham", "Antarctica/Troll"];
const hours = ["00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "12:00", "23:30"];

function clockOf(zone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  return (ms) => format.format(ms).replace(" ", "T");
}

/** When a zone's clock first reads this wall time or, if it never does, where it would stand had the clocks not been moved yet. */
function whenRead(read: (ms: number) => string, day: string, at: string): number {
  const wall = Date.parse(`${day}T${at}Z`);
  const minute = 60_000;
  for (let ms = wall - 15 * 60 * minute; ms <= wall + 15 * 60 * minute; ms += 15 * minute) if (read(ms) === `${day}T${at}`) return ms;
  // The offset before: of the last quarter of an hour whose clock is still earlier.
  for (let ms = wall + 15 * 60 * minute; ; ms -= 15 * minute) {
    const offset = Date.parse(`${read(ms)}Z`) - ms;
    if (read(ms) < `${day}T${at}`) return wall - offset;
  }
}

test.each(zones)("in %s, every night and every week of two years is where its clock says, at nine hours", (zone) => {
  const read = clockOf(zone);
  for (const at of hours)
    for (const days of [weekdays, ["SU"]] as const) {
      const found = between(plan({ zone, at: time(at), starts: date("2026-01-01"), rhythm: { every: "weeks", weeks: 1, days } }), "2025-12-30", "2028-01-03").filter(({ day }) => day.year < 2028);
      expect(found).toHaveLength(days.length === 7 ? 730 : 104);
      for (const { day, starts } of found) if (starts.epochMilliseconds !== whenRead(read, day.toString(), at)) expect.fail(`${zone} ${day} ${at}: ${starts}`);
    }
});

const aRhythm: fc.Arbitrary<Rhythm> = fc.oneof(
  fc.record({ every: fc.constant("weeks" as const), weeks: fc.integer({ min: 1, max: 8 }), days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }) }),
  fc.record({ every: fc.constant("month" as const), day: fc.integer({ min: 1, max: 31 }) }),
  fc.record({ every: fc.constant("month" as const), nth: fc.constantFrom(1, 2, 3, 4, -1 as const), weekday: fc.constantFrom(...weekdays) }),
);
const aPlan = fc.record({ rhythm: aRhythm, starts: fc.integer({ min: 0, max: 800 }).map((days) => date("2025-06-01").add({ days })), at: fc.integer({ min: 0, max: 95 }).map((quarters) => time("00:00").add({ minutes: 15 * quarters })), zone: fc.constantFrom(...zones) }).map((some): Plan => plan(some));

/** The rule read day by day, by a person with a calendar on the wall. */
function isOnTheWall({ rhythm, starts }: Plan, day: Temporal.PlainDate): boolean {
  if (Temporal.PlainDate.compare(day, starts) < 0) return false;
  const weekday = weekdays[day.dayOfWeek - 1] ?? "MO";
  if (rhythm.every === "weeks") {
    const monday = (some: Temporal.PlainDate) => some.subtract({ days: some.dayOfWeek - 1 });
    return rhythm.days.includes(weekday) && (monday(starts).until(monday(day), { largestUnit: "days" }).days / 7) % rhythm.weeks === 0;
  }
  if (rhythm.every === "once") return day.equals(starts);
  if ("day" in rhythm) return day.day === rhythm.day;
  return weekday === rhythm.weekday && (rhythm.nth === -1 ? day.day + 7 > day.daysInMonth : Math.ceil(day.day / 7) === rhythm.nth);
}

test("every rhythm gives the days that a calendar on the wall gives, none twice, each at its wall time or later by the gap", () => {
  fc.assert(
    fc.property(aPlan, fc.integer({ min: 0, max: 900 }), (some, offset) => {
      const from = date("2025-06-01").add({ days: offset });
      const found = meetingsOf(some, startOf(from, time("00:00"), some.zone).starts, startOf(from.add({ days: 60 }), time("00:00"), some.zone).starts);
      const expected = Array.from({ length: 60 }, (_, at) => from.add({ days: at })).filter((day) => isOnTheWall(some, day));
      expect(found.map(({ day }) => day.toString())).toEqual(expected.map(String));
      for (const { day, starts, shifted } of found) {
        const there = starts.toZonedDateTimeISO(some.zone).toPlainDateTime();
        expect(Temporal.PlainDateTime.compare(there, day.toPlainDateTime(some.at))).toBe(shifted ? 1 : 0);
      }
    }),
    { numRuns: 400 },
  );
});

test("windows side by side hold each meeting once", () => {
  fc.assert(
    fc.property(aPlan, fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 8 }), (some, widths) => {
      let at = Temporal.Instant.from("2026-03-01T00:00Z");
      const first = at;
      const pieces = widths.flatMap((hours) => meetingsOf(some, at, (at = at.add({ hours }))));
      expect(pieces).toEqual(meetingsOf(some, first, at));
    }),
    { numRuns: 200 },
  );
});

it("says its rule in the words of RFC 5545", () => {
  expect(ruleOf(plan({ until: date("2027-01-31") }))).toBe("FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;WKST=MO;UNTIL=20270131T235959Z");
  expect(ruleOf(plan({ rhythm: { every: "month", nth: -1, weekday: "FR" }, count: 4 }))).toBe("FREQ=MONTHLY;BYDAY=-1FR;COUNT=4");
  expect(ruleOf(plan({ rhythm: { every: "once" } }))).toBeUndefined();
});
