import { expect, test } from "vitest";
import { ofUseUntil, remindersDue, stillTrue } from "./rules.ts";

const starts = Temporal.Instant.from("2026-12-02T03:00:00Z");
const ends = starts.add({ minutes: 90 });
const seat = { state: "held", askedAt: starts.subtract({ hours: 24 * 20 }), starts, ends, cancelled: false, shifted: false, zone: "America/Los_Angeles", came: true, nextDay: true } as const;

test.each([
  [25 * 60, []],
  [24 * 60, ["day_before"]],
  [60, ["hour_before"]],
  [4, []],
])("%i minutes before she is reminded: %j", (minutes, due) => expect(remindersDue(seat, starts.subtract({ minutes }))).toEqual(due));

test("who has just asked is not reminded, nor who gave her seat back, nor of what is cancelled", () => {
  const now = starts.subtract({ minutes: 60 });
  expect(remindersDue({ ...seat, askedAt: now.subtract({ minutes: 10 }) }, now)).toEqual([]);
  expect(remindersDue({ ...seat, state: "given_back" }, now)).toEqual([]);
  expect(remindersDue({ ...seat, cancelled: true }, now)).toEqual([]);
});

test("of a night on which the clocks change she hears a week before", () => {
  expect(remindersDue({ ...seat, shifted: true }, starts.subtract({ hours: 24 * 7 }))).toEqual(["shifted"]);
  expect(remindersDue({ ...seat, shifted: true }, starts.subtract({ hours: 24 * 7 + 1 }))).toEqual([]);
});

test("on the next day, when people are awake, who agreed and came is asked how she is", () => {
  expect(remindersDue(seat, Temporal.Instant.from("2026-12-02T18:00:00Z"))).toEqual(["next_day"]);
  expect(remindersDue(seat, Temporal.Instant.from("2026-12-02T16:59:00Z"))).toEqual([]);
  expect(remindersDue({ ...seat, came: false }, Temporal.Instant.from("2026-12-02T18:00:00Z"))).toEqual([]);
  expect(remindersDue({ ...seat, nextDay: false }, Temporal.Instant.from("2026-12-02T18:00:00Z"))).toEqual([]);
});

test("an offer that has ended is not told of", () => {
  const facts = { state: "offered", starts, ends: starts.add({ minutes: 90 }), offeredUntil: starts.subtract({ hours: 1 }) } as const;
  expect([stillTrue("offered", facts, starts.subtract({ hours: 2 })), stillTrue("offered", facts, starts.subtract({ hours: 1 })), stillTrue("offered", { ...facts, state: "held" }, starts.subtract({ hours: 2 }))]).toEqual([true, false, false]);
});

test("that something was written to all seats is told to who has one or waits, until the meeting ends", () => {
  const facts = { starts, ends: starts.add({ minutes: 90 }), offeredUntil: undefined };
  for (const state of ["held", "offered", "waiting"] as const) expect(stillTrue("message", { ...facts, state }, starts.add({ minutes: 89 })), state).toBe(true);
  for (const state of ["given_back", "no_show", "removed", "session_cancelled"] as const) expect(stillTrue("message", { ...facts, state }, starts.subtract({ hours: 1 })), state).toBe(false);
  expect(stillTrue("message", { ...facts, state: "held" }, facts.ends)).toBe(false);
});

test("that a meeting takes place after all is told to who has a seat, an offer or a wait of it again, until it begins", () => {
  const facts = { starts, ends, offeredUntil: undefined };
  for (const state of ["held", "offered", "waiting"] as const) expect(stillTrue("back", { ...facts, state }, starts.subtract({ minutes: 1 })), state).toBe(true);
  expect([stillTrue("back", { ...facts, state: "session_cancelled" }, starts.subtract({ hours: 1 })), stillTrue("back", { ...facts, state: "held" }, starts)]).toEqual([false, false]);
});

test("a device that is off need not hear of an offer that has ended, nor of a meeting that has begun", () => {
  const facts = { starts, ends: starts.add({ minutes: 90 }), offeredUntil: starts.subtract({ hours: 3 }) };
  expect(ofUseUntil("offered", facts)).toEqual(facts.offeredUntil);
  expect(ofUseUntil("back", facts)).toEqual(facts.offeredUntil);
  expect(ofUseUntil("hour_before", facts)).toEqual(starts);
  expect(ofUseUntil("message", facts)).toEqual(facts.ends);
});
