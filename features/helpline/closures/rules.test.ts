import { expect, test } from "vitest";
import { followUpDue, followUpProblem } from "./rules.ts";

const today = Temporal.PlainDate.from("2026-11-24");

test.each([
  [undefined, "followUpMissing"],
  ["2026-11-23", "followUpPast"],
  ["2026-11-24", "followUpPast"],
  ["2026-11-25", undefined],
  ["2027-02-22", undefined],
  ["2027-02-23", "followUpFar"],
] as const)("a follow-up on %s from 24 November: %s", (on, problem) => {
  expect(followUpProblem(on === undefined ? undefined : Temporal.PlainDate.from(on), today)).toBe(problem);
});

test("a follow-up is due at eight in the evening of its day where the network is, on the nights when clocks change too", () => {
  expect(followUpDue(Temporal.PlainDate.from("2026-11-01"), "America/Los_Angeles").toString()).toBe("2026-11-02T04:00:00Z");
  expect(followUpDue(Temporal.PlainDate.from("2027-03-14"), "America/Los_Angeles").toString()).toBe("2027-03-15T03:00:00Z");
});
