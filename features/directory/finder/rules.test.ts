import { describe, expect, it } from "vitest";
import { cardAt } from "./in-words/rules.ts";
import { askFor, fold, foundBy, inOrder, matches, metresBetween, roundPoint, scan, wordsOf, type Findable } from "./rules.ts";

const day = 24 * 3600 * 1000;
const anywhere = { facets: [], accepting: false, near: undefined, within: undefined, country: undefined };
const houston = { latitude: 29.76, longitude: -95.37 };
const austin = { latitude: 30.27, longitude: -97.74 };

const card = { name: "Círculo de Mamás", languages: ["es", "en"], terms: ["s_group", "p_babies"], source: "the provider", city: "Houston" } as const;
const listing = (more: Partial<Findable> = {}): Findable => ({
  id: "a",
  tokens: new Set(foundBy("group", card).tokens),
  country: "US",
  at: houston,
  accepting: "yes",
  acceptingUntil: 10 * day,
  verifiedAt: 0,
  freshUntil: 60 * day,
  sinksAt: 90 * day,
  hiddenAt: 120 * day,
  ...more,
});

describe("words", () => {
  it.each([["Mamás", "mama"], ["groups", "group"], ["doctores", "doctor"], ["nurses", "nurs"], ["nurse", "nurs"], ["class", "class"], ["988", "988"], ["n", "n"]])("%s is found as %s", (word, folded) => expect(fold(word)).toBe(folded));

  it("are what stands between anything else, once each", () => expect(wordsOf("Peer-support, peer support! (Houston)")).toEqual(["peer", "support", "houston"]));

  it("are never empty: a mark that stands alone is no word, and a database refuses it", () => expect(wordsOf("\u{11127} \u0301 a")).toEqual(["a"]));

  it("of other scripts stay words", () => expect(wordsOf("دعم الأمهات")).toHaveLength(2));

  it("a facet is never found by typing it", () => expect(matches(listing(), askFor("l_es", anywhere), 0)).toBe(false));
});

describe("a search", () => {
  const finds = (typed: string, rest: Partial<Parameters<typeof askFor>[1]> = {}, now = 0) => matches(listing(), askFor(typed, { ...anywhere, ...rest }), now);

  it("needs every word, in either language, the last perhaps half typed", () => {
    expect([finds("circulo mam"), finds("support gro"), finds("grupo "), finds("circ mamas"), finds("circulo papas ")]).toEqual([true, true, true, false, false]);
  });

  it("needs one of each group of facets", () => {
    expect(finds("", { facets: [["l_es"], ["p_babies", "p_captions"]] })).toBe(true);
    expect(finds("", { facets: [["l_es"], ["p_captions"]] })).toBe(false);
  });

  it("that asks for room finds only who confirmed it in the last two weeks", () => {
    expect(finds("", { accepting: true }, 9 * day)).toBe(true);
    expect(finds("", { accepting: true }, 10 * day)).toBe(false);
  });

  it("stays within its radius and its country", () => {
    expect(finds("", { near: austin, within: 200_000 })).toBe(false);
    expect(finds("", { near: austin, within: 250_000 })).toBe(true);
    expect(finds("", { country: "MX" })).toBe(false);
  });

  it("never shows what is hidden", () => expect(finds("", {}, 120 * day)).toBe(false));
});

describe("what was said of its languages, cost, insurance or for whom it is", () => {
  const said = { ...card, terms: ["i_medicaid", "w_dads"], until: { i: 2 * day, l: 3 * day, w: 4 * day } } as const;
  const its = listing({ tokens: new Set(foundBy("group", said).tokens), fading: foundBy("group", said).fading, until: said.until });
  const finds = (typed: string, facets: string[][], now: number) => matches(its, askFor(typed, { ...anywhere, facets }), now);

  it("finds it no more from the moment on which it is over, by the facet, its words and their beginning", () => {
    for (const [typed, facets] of [["", [["i_medicaid"]]], ["medicaid ", []], ["medica", []]] as const) expect([finds(typed, facets as unknown as string[][], 2 * day - 1), finds(typed, facets as unknown as string[][], 2 * day)], typed).toEqual([true, false]);
    expect([finds("", [["l_es"]], 3 * day - 1), finds("", [["l_es"]], 3 * day)]).toEqual([true, false]);
    expect(finds("", [["l_es", "w_dads"]], 3 * day)).toBe(true);
  });

  it("leaves the words of its own texts, and what it is", () => expect(finds("mamas houston circulo ", [["k_group"]], 9 * day)).toBe(true));

  it("is on its card no more", () => {
    const at = (now: number) => cardAt({ ...said, street: "12 Lantern Street", until: { ...said.until, a: day } }, now);
    expect([at(0).terms, at(2 * day).terms, at(4 * day).terms]).toEqual([["i_medicaid", "w_dads"], ["w_dads"], []]);
    expect([at(0).street, at(day).street, at(0).languages, at(3 * day).languages]).toEqual(["12 Lantern Street", undefined, ["es", "en"], []]);
  });
});

it("those that can be trusted come first, then the nearest, then those without a place", () => {
  const rows = [listing({ id: "far", at: austin }), listing({ id: "sunk", sinksAt: 0 }), listing({ id: "online", at: undefined }), listing({ id: "near" })];
  expect(scan(rows, askFor("", { ...anywhere, near: houston }), day).map(({ listing }) => listing.id)).toEqual(["near", "far", "online", "sunk"]);
  expect(inOrder([], 0)).toEqual([]);
});

it("a searcher's point is rounded to about a kilometre", () => {
  expect(roundPoint({ latitude: 29.760427, longitude: -95.369803 })).toEqual(houston);
  expect(metresBetween(houston, austin) / 1000).toBeCloseTo(235.4, 1);
});
