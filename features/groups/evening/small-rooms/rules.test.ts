import fc from "fast-check";
import { expect, test } from "vitest";
import { evenly, splitsOf } from "./rules.ts";

test("everybody is in one small room, and no room has two more than another", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 16 }), fc.integer({ min: 2, max: 4 }), (seats, rooms) => {
      const dealt = evenly(seats, rooms);
      expect(dealt.map(([seat]) => seat)).toEqual(seats);
      const sizes = Array.from({ length: rooms }, (_, at) => dealt.filter(([, room]) => room === at + 1).length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(seats.length);
    }),
  );
});

test("nobody is put into a small room alone by an even split", () => expect([3, 4, 6, 8, 16].map(splitsOf)).toEqual([[], [2], [2, 3], [2, 3, 4], [2, 3, 4]]));
