import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Hours } from "../listing/types.ts";
import { fieldOf, schedulesOf, weekdays, weekOf, type Weekday } from "./rules.ts";
import type { DayHours } from "./types.ts";

const at = (time: string) => Temporal.PlainTime.from(time);
const plain = { zone: undefined, bymonthday: undefined, interval: 1, dtstart: undefined, from: undefined, to: undefined };
const span = (byday: string | undefined, from = "09:00", to = "17:00", description?: string): Hours => ({ byday, opensAt: at(from), closesAt: at(to), description, ...plain });

describe("hours fit a plain week", () => {
  it.each([
    ["no hours at all", [], []],
    ["days beside each other", [span("MO,TU"), span("FR", "10:00", "12:00")], ["MO", "TU", "FR"]],
    ["words beside them", [span("MO"), { ...plain, byday: undefined, opensAt: undefined, closesAt: undefined, description: "by appointment" }], ["MO"]],
  ] as const)("with %s", (_, hours, open) => expect(weekdays.filter((day) => weekOf(hours)?.[day])).toEqual(open));

  it.each([
    ["two spans on a day", [span("MO"), span("MO", "18:00", "20:00")]],
    ["a day of the month", [span("2TU")]],
    ["every second week", [{ ...span("TU"), interval: 2 }]],
    ["no day and no words", [span(undefined)]],
  ])("not with %s", (_, hours) => expect(weekOf(hours)).toBeUndefined());
});

test("a week that is written and read again is the same week", () => {
  const time = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minutes) => Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 }));
  const day = fc.option(fc.record({ opensAt: time, closesAt: time }), { nil: undefined });
  fc.assert(
    fc.property(fc.tuple(day, day, day, day, day, day, day), (days) => {
      const week = Object.fromEntries(weekdays.map((name, index) => [name, days[index]])) as Record<Weekday, DayHours>;
      const read = weekOf(schedulesOf(week).map((one) => ({ ...plain, ...one, description: undefined })));
      expect(JSON.stringify(read)).toBe(JSON.stringify(week));
    }),
    { numRuns: 200 },
  );
});

test("each term belongs to one field", () => expect(["c_free", "i_medicaid", "p_babies", "w_dads", "t_video", "s_group"].map(fieldOf)).toEqual(["cost", "insurance", "who", "who", "who", "about"]));
