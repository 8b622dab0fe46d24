import { expect, test } from "vitest";
import { mostWords, sentenceAround, wantedOf } from "./rules.ts";

const said = (words: string, typed: string, language: "en" | "es" = "en") => sentenceAround(words, wantedOf(typed), language).map(({ text, found }) => (found ? `[${text}]` : text)).join("");

test("what is looked for is words, each once, without capitals, accents and marks; eight at most", () => {
  expect(wantedOf("  Bebé, bebe!  NOCHE's ")).toEqual(["bebe", "noche", "s"]);
  expect(wantedOf(" …'\"& | ! ")).toEqual([]);
  expect(wantedOf("a b c d e f g h i j")).toHaveLength(mostWords);
});

test("the sentence in which most of the words stand is shown, with them, accents or none", () => {
  expect(said("I was tired. My twins never sleep, day or night. Does anybody know?", "twin sleep")).toBe("My [twins] never [sleep], day or night.");
  expect(said("Tengo sueño. El bebé no duerme.\nGracias.", "BEBE", "es")).toBe("El [bebé] no duerme.");
  expect(said("She sleeps well. Only asleep is not what I mean.", "sleep")).toBe("She [sleeps] well.");
});

test("where the words stand in the title alone, the first sentence is shown, and of no words nothing", () => {
  expect(said("First this. Then that.", "elsewhere")).toBe("First this.");
  expect(said("", "elsewhere")).toBe("");
});

test("a long sentence begins shortly before the word and ends where there is no more room", () => {
  const long = `${"so it went on ".repeat(40)}until the midwife came ${"and then some more ".repeat(40)}`;
  const shown = said(long, "midwife");
  expect(shown).toMatch(/^… .{0,80}\[midwife\] came .* …$/u);
  expect(shown.length).toBeLessThan(250);
  expect(said("x".repeat(900), "x")).toMatch(/^\[.*…\]$/u);
});
