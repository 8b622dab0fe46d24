import fc from "fast-check";
import { expect, it, test } from "vitest";
import { geonamesPostcodes, packPostcodes, packTowns, sizeOf } from "./packing/rules.ts";
import { placeOfPostcode, plainCode, townsIn, unpackPostcodes, unpackTowns } from "./rules.ts";

const point = fc.record({ latitude: fc.integer({ min: -9000, max: 9000 }).map((n) => n / 100), longitude: fc.integer({ min: -18_000, max: 18_000 }).map((n) => n / 100) });
const text = fc.string({ minLength: 1, unit: "grapheme" }).filter((s) => !s.includes("\n"));

test("what is packed comes out the same: codes", () => {
  const row = fc.tuple(fc.stringMatching(/^[A-Z0-9]{1,8}$/), text, point).map(([code, region, at]) => ({ code, region, ...at }));
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: ({ code }) => code }), (rows) => {
      const table = unpackPostcodes(packPostcodes(rows));
      expect(table.codes).toEqual(rows.map(({ code }) => code).sort());
      for (const { code, region, latitude, longitude } of rows) expect(placeOfPostcode(table, "XX", code)).toEqual({ at: { latitude: latitude || 0, longitude: longitude || 0 }, region });
    }),
  );
});

test("what is packed comes out the same: towns", () => {
  const row = fc.tuple(text, fc.constantFrom("TX", "NM", ""), point, fc.nat(15)).map(([name, region, at, size]) => ({ name, region, size, ...at }));
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const towns = unpackTowns(packTowns(rows, (region) => region), "US");
      const flat = (all: readonly { name: string; region: string; size: number }[]) => all.map(({ name, region, size }) => JSON.stringify([name, region, size])).sort();
      expect(flat(towns)).toEqual(flat(rows));
    }),
  );
});

it("reads a code in any way it is written", () => expect(["78701 ", "sw1a-1aa", "H0H 0H0"].map(plainCode)).toEqual(["78701", "SW1A1AA", "H0H0H0"]));

it("refuses lines that are no rows, and never throws", () => {
  fc.assert(fc.property(fc.string(), (anything) => void geonamesPostcodes(anything)));
  expect(geonamesPostcodes("US\t1\ta\tb\tTX\tc\td\te\tf\t91\t0\t1")).toEqual({ countries: new Map(), refused: 1 });
});

it("never throws at what is typed for a town", () => {
  const towns = unpackTowns(packTowns([{ name: "Austin", region: "TX", size: 10, latitude: 30.27, longitude: -97.74 }], () => "Texas"), "US");
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (typed) => void townsIn(towns, typed)));
  expect(townsIn(towns, "AUSTIN, texas")[0]?.region).toBe("TX");
});

it("packed bytes that end too early are no endless loop", () => expect(() => unpackPostcodes(packPostcodes([{ code: "1", region: "a", latitude: 1, longitude: 1 }]).slice(0, -1))).toThrow(/too early/));

it.each([[0, 0], [999, 0], [1000, 1], [1_000_000, 10], [40_000_000, 15]])("%i people are size %i", (people, size) => expect(sizeOf(people)).toBe(size));
