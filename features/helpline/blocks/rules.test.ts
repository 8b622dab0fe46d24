import fc from "fast-check";
import { expect, test } from "vitest";
import { blockEnds, blockHours, isInForce, originIsKept, originKeptHours } from "./rules.ts";

const madeAt = Temporal.Instant.from("2026-11-24T11:00:00Z");

test("a block is in force from its first moment until its end, and not a second longer", () => {
  fc.assert(
    fc.property(fc.constantFrom(...blockHours), fc.integer({ min: 0, max: 48 * 3600 }), (hours, seconds) => {
      const block = { expiresAt: blockEnds(madeAt, hours), liftedAt: undefined };
      expect(isInForce(block, madeAt.add({ seconds }))).toBe(seconds < hours * 3600);
    }),
  );
});

test("a block that was lifted is in force no more", () => {
  expect(isInForce({ expiresAt: blockEnds(madeAt, 24), liftedAt: madeAt }, madeAt)).toBe(false);
});

test("where a conversation was opened from is kept for a day", () => {
  expect(originIsKept(madeAt, madeAt.add({ hours: originKeptHours }).subtract({ seconds: 1 }))).toBe(true);
  expect(originIsKept(madeAt, madeAt.add({ hours: originKeptHours }))).toBe(false);
});
