import fc from "fast-check";
import { expect, it, test } from "vitest";
import type { Priority } from "../../types.ts";
import { asksHow, hardCap, leftToOthers, loadOf, mayTakeMore, pointsOf, softCap, weekOf } from "./rules.ts";

const now = Temporal.Instant.from("2026-11-27T20:00:00Z");
const read = (priority: Priority, minutesAgo: number) => ({ priority, points: pointsOf[priority], at: now.subtract({ minutes: minutesAgo }) });
const many = fc.array(fc.record({ priority: fc.constantFrom<Priority>(0, 1, 2, 3), ago: fc.integer({ min: 0, max: 30 * 24 * 60 }) }).map(({ priority, ago }) => read(priority, ago)), { maxLength: 40 });

test("what she reads weighs by how grave it is, and a rest lays it down", () => {
  const evening = [read(0, 200), read(0, 100), read(1, 50), read(2, 10)];
  expect(loadOf(evening, [], now)).toEqual({ points: 23, level: "full", restUntil: undefined });
  expect(loadOf(evening, [{ endsAt: now.subtract({ minutes: 60 }) }], now)).toEqual({ points: 7, level: "light", restUntil: undefined });
  expect(loadOf(evening, [{ endsAt: now.add({ minutes: 5 }) }], now)).toMatchObject({ restUntil: now.add({ minutes: 5 }) });
  expect(loadOf([read(0, 9 * 60)], [], now).points).toBe(0);
});

test("after too much only what cannot wait is hers to take", () => {
  fc.assert(
    fc.property(many, fc.constantFrom<Priority>(0, 1, 2, 3), (exposures, priority) => {
      const load = loadOf(exposures, [], now);
      expect(load.level).toBe(load.points >= hardCap ? "tooMuch" : load.points >= softCap ? "full" : "light");
      return mayTakeMore(load, priority) === (priority === 0 || load.points < hardCap);
    }),
  );
});

it("asks how she is once after something heavy, and not after what was light", () => {
  expect(asksHow([read(2, 5), read(3, 1)], undefined, now)).toBe(false);
  expect(asksHow([read(1, 5)], undefined, now)).toBe(true);
  expect(asksHow([read(1, 5)], now.subtract({ minutes: 1 }), now)).toBe(false);
  expect(asksHow([read(0, 5)], now.subtract({ minutes: 10 }), now)).toBe(true);
  expect(asksHow([read(0, 25 * 60)], undefined, now)).toBe(false);
});

it.each([
  [["despair"], 1, ["despair"], true],
  [["frighteningThoughts"], 2, ["thoughts"], true],
  [["new", "note_loss"], 3, ["birth", "loss"], true],
  [["selfHarm"], 0, ["self_harm"], false],
  [["hurts"], 2, ["self_harm"], false],
  [[], 2, ["self_harm"], false],
] as const)("a case of %j at %i is left to others by %j: %s", (whys, priority, topics, left) => {
  expect(leftToOthers(whys, priority, topics)).toBe(left);
});

test("a week counts what she read in seven days, and the seven before", () => {
  fc.assert(
    fc.property(many, (exposures) => {
      const week = weekOf(exposures, 1, now);
      const counted = week.byPriority.reduce((sum, one) => sum + one.read, 0);
      return week.read === counted && week.points === week.byPriority.reduce((sum, { priority, read: times }) => sum + times * pointsOf[priority], 0);
    }),
  );
  expect(weekOf([read(0, 60), read(2, 8 * 24 * 60), read(3, 20 * 24 * 60)], 0, now)).toMatchObject({ read: 1, points: 8, pointsBefore: 2 });
});
