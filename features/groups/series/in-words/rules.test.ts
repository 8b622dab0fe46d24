import { expect, test } from "vitest";
import type { Rhythm } from "../../types.ts";
import { endInWords, planInWords, rhythmInWords, untilInWords, whenInWords } from "./rules.ts";

const now = Temporal.Instant.from("2026-11-24T18:00:00Z");

test.each<[Rhythm, string, string]>([
  [{ every: "once" }, "Once", "Una sola vez"],
  [{ every: "weeks", weeks: 1, days: ["TU"] }, "Every week: Tuesday", "Cada semana: martes"],
  [{ every: "weeks", weeks: 1, days: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] }, "Every day", "Todos los días"],
  [{ every: "weeks", weeks: 2, days: ["MO", "TH"] }, "Every second week: Monday and Thursday", "Cada dos semanas: lunes y jueves"],
  [{ every: "weeks", weeks: 3, days: ["SU"] }, "Every 3 weeks: Sunday", "Cada 3 semanas: domingo"],
  [{ every: "month", day: 24 }, "On day 24 of every month", "El día 24 de cada mes"],
  [{ every: "month", nth: 3, weekday: "TU" }, "The third Tuesday of every month", "El tercer martes de cada mes"],
  [{ every: "month", nth: -1, weekday: "FR" }, "The last Friday of every month", "El último viernes de cada mes"],
])("%j is said %s", (rhythm, en, es) => expect([rhythmInWords(rhythm, "en"), rhythmInWords(rhythm, "es")]).toEqual([en, es]));

test("a plan is said with its clock's own zone, and its end where it has one", () => {
  const plan = { rhythm: { every: "weeks", weeks: 1, days: ["TU"] }, starts: Temporal.PlainDate.from("2026-11-24"), at: Temporal.PlainTime.from("19:00"), zone: "America/Los_Angeles", minutes: 90 } as const;
  expect(planInWords(plan, "en", now)).toBe("Every week: Tuesday, 7:00 PM, Pacific Time");
  expect([endInWords(plan, "en"), endInWords({ ...plan, count: 6 }, "es"), endInWords({ ...plan, until: Temporal.PlainDate.from("2026-12-29") }, "en")]).toEqual([undefined, "6 reuniones", "to Tuesday, December 29, 2026"]);
});

test("a meeting is said in the reader's zone, named, with how long until then", () => {
  const meeting = { starts: now.add({ minutes: 200 }), ends: now.add({ minutes: 290 }) };
  expect(whenInWords(meeting, "America/New_York", "en")).toBe("Tuesday, November 24 at 4:20 PM to 5:50 PM, Eastern Time");
  expect([untilInWords(now, meeting.starts, "en"), untilInWords(now, now.add({ hours: 2 }), "es"), untilInWords(now, now.add({ hours: 24 }), "es"), untilInWords(now, now, "en")]).toEqual(["in 3 h 20 min", "en 2 h", "en 1 día", "has begun"]);
});
