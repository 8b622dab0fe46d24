import { describe, expect, it } from "vitest";
import { areaIn, areasAround, homeOf, metresOf, reaches, spotOfTowns, triesAnywhere, triesNear, usesMiles, usualReach, wordsWanted } from "./rules.ts";

const wish = { need: "", place: "", facets: [], room: false, reach: 25 };
const austin = { latitude: 30.27, longitude: -97.74 };

describe("what is looked for of what she typed", () => {
  it.each([
    ["I need help with anxiety", "anxiety"],
    ["help", ""],
    ["Necesito ayuda con la lactancia, por favor", "lactancia,"],
    ["a group for dads near me", "group dads"],
    ["", ""],
    ["¿Quién me puede ayudar?", ""],
  ])("%j: %j", (typed, wanted) => expect(wordsWanted(typed)).toBe(wanted));
});

describe("near her", () => {
  it("her words within her reach come first, then farther, then without her words", () => {
    const tries = triesNear({ ...wish, need: "sleep" }, austin, "US");
    expect(tries.map(({ ask, farther, looser }) => [ask.words, Math.round((ask.within ?? 0) / 1609.344), farther, looser])).toEqual([
      [["sleep"], 25, false, false],
      [["sleep"], 100, true, false],
      [[], 25, false, true],
    ]);
  });

  it("there is nothing beyond the farthest, and nothing looser than no words", () => expect(triesNear({ ...wish, reach: 100 }, austin, "US")).toHaveLength(1));

  it("of each group of choices one will do, and all groups must be met", () => {
    const [first] = triesNear({ ...wish, facets: ["w_dads", "l_es", "w_loss"], room: true }, austin, "US");
    expect(first?.ask.facets).toEqual([["w_dads", "w_loss"], ["l_es"]]);
    expect(first?.ask.accepting).toBe(true);
  });
});

describe("from anywhere", () => {
  it("is what her country has, and her own region where she named it", () => {
    expect(areasAround(undefined, "US")).toEqual(["US"]);
    expect(areasAround({ area: "US-OR" }, "US")).toEqual(["US", "US-OR"]);
    expect(areasAround({ area: "MX" }, "MX")).toEqual(["MX"]);
    expect(areasAround(undefined, "PR")).toEqual(["US", "US-PR"]);
    expect(areasAround({ area: "US-FL" }, "PR")).toEqual(["US", "US-PR", "US-FL"]);
    expect(triesAnywhere({ ...wish, need: "papas" }, ["US", "US-OR"], "US").map(({ ask }) => ask.facets)).toEqual([
      [["x_us", "x_us-or"]],
      [["x_us", "x_us-or"], ["k_warmline", "k_group", "k_provider", "k_resource"]],
    ]);
  });

  it("asks no line whether it has room", () => expect(triesAnywhere({ ...wish, room: true }, ["US"], "US").every(({ ask }) => !ask.accepting)).toBe(true));
});

it.each(["PR", "GU", "VI", "AS", "MP"])("%s is a region of the United States here", (code) => expect(homeOf(code)).toEqual({ country: "US", area: `US-${code}` }));
it("any other country is its own home", () => expect(["US", "MX"].map(homeOf)).toEqual([{ country: "US", area: "US" }, { country: "MX", area: "MX" }]));

it("counts in miles where people do, in kilometres elsewhere", () => {
  expect([usesMiles("US"), usesMiles("MX")]).toEqual([true, false]);
  expect([metresOf(10, "US"), metresOf(10, "MX")].map(Math.round)).toEqual([16_093, 10_000]);
  expect([usualReach("US"), usualReach("MX")]).toEqual([reaches("US")[1], reaches("MX")[1]]);
});

it("takes the first of several towns and names the others of that name", () => {
  const town = (region: string, name = "Springfield") => ({ name, region, country: "US", at: austin, size: 1 });
  expect(spotOfTowns([town("MO"), town("IL"), town("IL"), town("OR", "Springfield Gardens")])).toEqual({ at: austin, area: "US-MO", label: "Springfield, MO", others: ["Springfield, IL"] });
  expect(spotOfTowns([])).toBeUndefined();
  expect([areaIn("US", ""), areaIn("GB", "England")]).toEqual(["US", "GB"]);
});
