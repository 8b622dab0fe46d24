import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import type { Points } from "../types.ts";
import { oddsOf, packed } from "./rules.ts";

const point = fc.integer({ min: -127, max: 127 });
const points: fc.Arbitrary<Points> = fc.tuple(point, point, point, point);

test("a packed table gives back each phrase's points, and nothing for a phrase that it was not given", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), points), fc.array(fc.string({ unit: "grapheme" })), (rows, others) => {
      const all = new Map(Object.entries(rows));
      const pointsOf = packed(all, all.size);
      for (const phrase of [...all.keys(), ...others, "constructor", "__proto__"]) assert.deepEqual(pointsOf(phrase), all.get(phrase));
    }),
  );
});

test("many phrases of one kind do not drown the few of another", () => {
  const letters = Array.from({ length: 100 }, () => ({ kind: "letters" as const, points: [0, 0, 0, 1] as const }));
  const { urgent, ordinary } = oddsOf([...letters, { kind: "groups", points: [30, 0, 0, 0] }]);
  assert.ok(urgent > ordinary);
});
