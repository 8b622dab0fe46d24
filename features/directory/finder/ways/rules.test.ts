import { describe, expect, it } from "vitest";
import { askFor } from "../rules.ts";
import { nothingKnown, wayOf, type Shares } from "./rules.ts";

const shares: Shares = { rows: 100_000, of: new Map(Object.entries({ circl: 0.35, mother: 0.1, l_en: 0.8, l_es: 0.3, i_medicaid: 0.2, a_yes: 0.25 })), least: 0.005 };
const austin = { latitude: 30.27, longitude: -97.74 };
const way = (typed: string, facets: readonly (readonly string[])[] = [], { placed = true, whole = true, accepting = false } = {}, known = shares) =>
  wayOf(askFor(typed, { facets, accepting, near: placed ? austin : undefined, within: undefined, country: undefined, whole }), 20, known);

describe("a search is asked for", () => {
  it("from the nearest on, where much around her matches", () => expect(way("circle", [["l_en"]])).toEqual({ by: "nearest", asked: "'circl' & ('l_en')" }));

  it("from the nearest on, where everything matches", () => expect(way("")).toEqual({ by: "nearest", asked: "" }));

  it("by a rare word alone, with the rest looked up in the few rows that have it", () => expect(way("lactancia", [["l_en"], ["i_medicaid"]])).toEqual({ by: "words", asked: "'lactancia'", checked: "('i_medicaid') & ('l_en')" }));

  it("by all that strikes out more rows than it costs to read", () => expect(way("mother", [["l_en"], ["i_medicaid"]], { placed: false })).toEqual({ by: "words", asked: "'mother' & ('i_medicaid')", checked: "('l_en')" }));

  it("by words, where she named no place", () => expect(way("circle", [], { placed: false }).by).toBe("words"));

  it("with the answer that they have room among the rest", () => expect(way("mother", [], { accepting: true, placed: false })).toEqual({ by: "words", asked: "'mother' & ('a_yes')", checked: "" }));

  it("by a beginning as by all words that begin so", () => expect(way("circ", [], { whole: false })).toEqual({ by: "nearest", asked: "'circ':*" }));

  it("by a rare beginning, as only a row itself says whether it has one", () => expect(way("lact", [["l_en"]], { whole: false })).toEqual({ by: "words", asked: "'lact':*", checked: "('l_en')" }));

  it("by words, where nothing has been counted yet", () => expect(way("circle", [["l_en"]], {}, nothingKnown)).toMatchObject({ by: "words" }));
});
