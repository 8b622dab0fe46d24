import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { MemberId } from "../../../platform/http/scope.ts";
import { weekdays, type Plan, type Series } from "../types.ts";
import { everies, everyOf, lacksOf, leadersOf, moveProblem, nextOf, oddNights, onTheClock, rhythmFrom, roomLacks, standingOf, startsProblem, untilOf, weekdayOf, type Every } from "./rules.ts";
import type { Cover } from "./types.ts";

const date = (text: string) => Temporal.PlainDate.from(text);
const time = (text: string) => Temporal.PlainTime.from(text);
const instant = (text: string) => Temporal.Instant.from(text);
const id = (name: string) => name as MemberId;
const plan = (more: Partial<Plan> = {}): Plan => ({ rhythm: { every: "weeks", weeks: 1, days: ["TU"] }, starts: date("2026-11-24"), at: time("19:00"), zone: "America/Los_Angeles", minutes: 90, ...more });
const now = instant("2026-11-24T11:00:00Z");

describe("who leads a meeting", () => {
  const [noor, tomas, ana] = [id("noor"), id("tomas"), id("ana")];
  const absent = (memberId: MemberId): Cover => ({ memberId, kind: "absent" });
  const covers = (memberId: MemberId): Cover => ({ memberId, kind: "covers" });
  it.each([
    ["the pair of its group", [noor, tomas], [], [noor, tomas]],
    ["without who can't", [noor, tomas], [absent(noor)], [tomas]],
    ["and with who covers", [noor, tomas], [absent(noor), covers(ana)], [tomas, ana]],
    ["nobody twice, when who covered became one of the pair", [noor, ana], [covers(ana)], [noor, ana]],
    ["nobody", [], [absent(noor)], []],
  ] as const)("%s", (_is, pair, said, leaders) => expect(leadersOf(pair, said)).toEqual(leaders));

  test("is never who can't, never anybody else, and nobody twice", () => {
    const people = fc.constantFrom(..."abcdef".split("").map(id));
    const said = fc.uniqueArray(fc.record({ memberId: people, kind: fc.constantFrom("covers" as const, "absent" as const) }), { selector: (one) => one.memberId });
    fc.assert(
      fc.property(fc.uniqueArray(people), said, (pair, all) => {
        const leaders = leadersOf(pair, all);
        expect(new Set(leaders).size).toBe(leaders.length);
        for (const one of leaders) {
          expect(all).not.toContainEqual(absent(one));
          expect(pair.includes(one) || all.some((each) => each.memberId === one && each.kind === "covers")).toBe(true);
        }
        for (const one of all) expect(leaders.includes(one.memberId)).toBe(one.kind === "covers");
      }),
    );
  });
});

describe("a proposal", () => {
  const at = (minutes: number) => now.add({ minutes });
  const series = (more: Partial<Series>) => ({ proposedAt: at(0), approvedAt: undefined, endedAt: undefined, ...more }) as Series;
  const answer = (minutes: number) => [{ said: "…", by: "Lucía", at: at(minutes) }];
  it.each([
    ["waits", series({}), []],
    ["back", series({}), answer(5)],
    ["back", series({}), answer(0)],
    ["waits", series({ proposedAt: at(9) }), answer(5)],
    ["meets", series({ approvedAt: at(9) }), answer(5)],
    ["ended", series({ approvedAt: at(9), endedAt: at(10) }), []],
    ["ended", series({ endedAt: at(10) }), answer(5)],
  ] as const)("%s", (standing, of, answers) => expect(standingOf({ series: of, answers })).toBe(standing));

  const [noor, tomas] = [{ id: id("noor"), name: "Noor" }, { id: id("tomas"), name: "Tomás" }];
  const trained = { trainedOn: date("2026-09-01") };
  it.each([
    ["nothing", [noor, tomas], [{ ...noor, ...trained }, { ...tomas, ...trained }], plan(), []],
    ["a second", [noor], [{ ...noor, ...trained }], plan(), [{ lacks: "second" }]],
    ["training", [noor, tomas], [{ ...noor, ...trained }, { ...tomas, trainedOn: undefined }], plan(), [{ lacks: "training", name: "Tomás" }]],
    ["a role that ended", [noor, tomas], [{ ...noor, ...trained }], plan(), [{ lacks: "role", name: "Tomás" }]],
    ["a meeting to come", [noor, tomas], [{ ...noor, ...trained }, { ...tomas, ...trained }], plan({ until: date("2026-11-20") }), [{ lacks: "meetings" }]],
  ] as const)("lacks %s", (_what, facilitators, staff, of, lacks) => expect(lacksOf({ facilitators, plan: of }, staff, now)).toEqual(lacks));
});

test("a room bears the two who lead beside the seats", () => {
  expect(roomLacks({ seats: 6 }, 8)).toEqual([]);
  expect(roomLacks({ seats: 7 }, 8)).toEqual([{ lacks: "room", most: 6 }]);
  expect(roomLacks({ seats: 16 }, 18)).toEqual([]);
});

describe("the next meetings of a plan", () => {
  it("are as many as are asked for, none that has begun", () => expect(nextOf(plan(), instant("2026-12-02T03:00:00Z"), 3).map(({ day }) => day.toString())).toEqual(["2026-12-08", "2026-12-15", "2026-12-22"]));
  it("are found where they are far apart", () => expect(nextOf(plan({ rhythm: { every: "month", day: 31 } }), now, 6).map(({ day }) => day.toString())).toEqual(["2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31", "2027-08-31"]));
  it("are fewer where it ends", () => expect(nextOf(plan({ count: 2 }), now, 6)).toHaveLength(2));
});

describe("a wall time", () => {
  it.each([
    ["2027-03-14", "02:30", "America/Los_Angeles", "skipped"],
    ["2027-03-14", "03:00", "America/Los_Angeles", "once"],
    ["2026-11-01", "01:30", "America/Los_Angeles", "twice"],
    ["2026-11-01", "02:00", "America/Los_Angeles", "once"],
    ["2027-03-14", "02:30", "America/Phoenix", "once"],
    ["2026-10-04", "02:15", "Australia/Lord_Howe", "skipped"],
  ] as const)("on %s at %s in %s: %s", (on, at, zone, clock) => expect(onTheClock(date(on), time(at), zone)).toBe(clock));
  it("is odd twice a year for a group of the night, and never for one of the evening", () => {
    const nightly = plan({ rhythm: { every: "weeks", weeks: 1, days: weekdays }, at: time("01:30") });
    expect(oddNights(nightly, now).map(({ day, clock }) => [day.toString(), clock])).toEqual([["2027-11-07", "twice"]]);
    expect(oddNights({ ...nightly, at: time("02:30") }, now).map(({ day, clock }) => [day.toString(), clock])).toEqual([["2027-03-14", "skipped"]]);
    expect(oddNights({ ...nightly, at: time("19:00") }, now)).toEqual([]);
  });
});

describe("a rhythm, said by a form and a first day", () => {
  it.each([
    ["week", "2026-11-24", [], { every: "weeks", weeks: 1, days: ["TU"] }],
    ["week", "2026-11-24", ["TH", "MO"], { every: "weeks", weeks: 1, days: ["MO", "TH"] }],
    ["second", "2026-11-24", [], { every: "weeks", weeks: 2, days: ["TU"] }],
    ["month_day", "2026-11-24", [], { every: "month", day: 24 }],
    ["month_weekday", "2026-11-17", [], { every: "month", nth: 3, weekday: "TU" }],
    ["month_weekday", "2026-12-29", [], { every: "month", nth: -1, weekday: "TU" }],
    ["month_last", "2026-11-24", [], { every: "month", nth: -1, weekday: "TU" }],
    ["once", "2026-11-24", ["MO"], { every: "once" }],
  ] as const)("%s from %s", (every, starts, days, rhythm) => expect(rhythmFrom(every, date(starts), days)).toEqual(rhythm));
  test("stays what it is when the form is filled in again, and its first day is a meeting", () => {
    const day = fc.integer({ min: 0, max: 700 }).map((days) => date("2026-01-01").add({ days }));
    fc.assert(
      fc.property(fc.constantFrom<Every>(...everies), day, (every, starts) => {
        const rhythm = rhythmFrom(every, starts, []);
        expect(rhythmFrom(everyOf(rhythm) ?? "once", starts, [])).toEqual(rhythm);
        const first = nextOf(plan({ rhythm, starts, at: time("12:00") }), instant("2025-12-31T00:00:00Z"), 1)[0];
        if (every !== "month_last") expect(first?.day.toString()).toBe(starts.toString());
        expect(first && weekdayOf(first.day)).toBe(weekdayOf(starts));
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  ["2026-11-23", undefined, "dayPast"],
  ["2026-11-24", undefined, undefined],
  ["2027-11-25", undefined, "dayFar"],
  ["2026-09-01", "2026-09-01", undefined],
  ["2026-09-02", "2026-09-01", "dayPast"],
] as const)("a first day of %s, where %s stood: %s", (starts, before, problem) => expect(startsProblem(plan({ starts: date(starts) }), now, before && date(before))).toBe(problem));
test("a plan without a meeting to come is none", () => expect(startsProblem(plan({ rhythm: { every: "once" }, at: time("01:00") }), now)).toBe("noMeeting"));

test.each([
  ["2026-12-02", "19:00", undefined],
  ["2026-11-23", "19:00", "movePast"],
  ["2027-01-05", "19:00", "moveFar"],
  ["2026-12-08", "18:30", "moveTwice"],
  ["2026-12-08", "20:30", undefined],
  ["2026-12-08", "17:30", undefined],
  ["2026-12-01", "20:00", undefined],
] as const)("a meeting of December 1 moved to %s, %s: %s", (on, at, problem) => expect(moveProblem(plan(), date("2026-12-01"), { on: date(on), at: time(at) }, now)).toBe(problem));

test.each([
  [0, { until: "begun" }],
  [-5, { until: "begun" }],
  [20, { until: "minutes", minutes: 20 }],
  [200, { until: "hours", hours: 3, minutes: 20 }],
  [60, { until: "hours", hours: 1, minutes: 0 }],
  [3 * 24 * 60 - 30, { until: "days", days: 3 }],
] as const)("a meeting in %i minutes", (minutes, until) => expect(untilOf(now, now.add({ minutes }))).toEqual(until));
