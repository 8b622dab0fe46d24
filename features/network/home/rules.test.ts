import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { litWindows, roundedCount } from "./rules.ts";

describe("how many people we say are here", () => {
  it.each([
    [0, undefined],
    [1, undefined],
    [4, undefined],
    [5, 5],
    [9, 5],
    [10, 10],
    [14, 10],
    [15, 15],
    [49, 45],
    [50, 50],
    [59, 50],
    [99, 90],
    [100, 100],
    [149, 100],
    [150, 150],
    [999, 950],
    [1000, 1000],
    [1299, 1200],
  ])("%i people are told as %j", (people, told) => {
    expect(roundedCount(people)).toBe(told);
  });

  it("is never more than are here, more than half of it, and one who comes never lowers it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 100_000 }), (people) => {
        const told = roundedCount(people) ?? 0;
        return told <= people && told > people / 2 && (roundedCount(people + 1) ?? 0) >= told;
      }),
    );
  });

  it("lights no window below five, since a lit window says that someone is there", () => {
    expect([0, 1, 4].map(litWindows)).toEqual([0, 0, 0]);
    expect([5, 17, 100].map(litWindows)).toEqual([5, 15, 60]);
  });
});
