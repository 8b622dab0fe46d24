import { expect, it, test } from "vitest";
import type { AreaId } from "../../types.ts";
import type { Part } from "../types.ts";
import { judgePrefixes, partId, prefixesIn } from "./rules.ts";

it.each([
  ["931, 934", ["931", "934"]],
  [" 934;931\n931 ", ["931", "934"]],
  ["93, 931, 9", ["9"]],
  ["sw1a, ec1-n", ["EC1N", "SW1A"]],
  [" , ;", []],
])("'%s' says how codes begin: %o", (typed, prefixes) => expect(prefixesIn(typed)).toEqual(prefixes));

it.each([
  ["Central Coast", "US-CA/central-coast"],
  ["Côte Nord!", "US-CA/cote-nord"],
  ["南部", "US-CA/931-934"],
])("a part called '%s' has the address %s", (en, id) => expect(partId("US-CA" as AreaId, { en, es: en }, ["931", "934"])).toBe(id));

const coast: Part = { id: "US-CA/coast" as AreaId, parent: "US-CA" as AreaId, called: { en: "Coast", es: "Costa" }, prefixes: ["931", "934"] };

test("no two parts share a postal code, and each beginning is one of a code that there is", () => {
  const judged = (...prefixes: string[]) => judgePrefixes(prefixes, [coast], (prefix) => prefix.startsWith("9"));
  expect(judged("900", "935")).toBeUndefined();
  for (const prefix of ["931", "9310", "93", "9"]) expect(judged("900", prefix), prefix).toEqual({ refused: "partOverlaps", prefix, of: coast });
  expect(judged("900", "100")).toEqual({ refused: "partUnknownCode", prefix: "100" });
});
