import { expect, test } from "vitest";
import { followUpDue, followUpIsNext, followUpProblem } from "./rules.ts";

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

test.each([
  ["reached", -1, 1, true],
  ["three_tries", -1, 1, true],
  ["declined", -1, 1, false],
  ["talked_here", -1, 1, false],
  ["withdrawn", -1, 1, false],
  ["reached", 1, 1, false],
  ["reached", -1, 0, false],
] as const)("after a promise that ended as %s, due %i h from now, the follow-up due in %i h is next: %s", (outcome, dueIn, followUpIn, next) => {
  const now = Temporal.Instant.from("2026-11-24T11:00:00Z");
  expect(followUpIsNext({ dueAt: now.add({ hours: dueIn }), outcome }, now.add({ hours: followUpIn }), now)).toBe(next);
});
