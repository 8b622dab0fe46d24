import fc from "fast-check";
import { expect, test } from "vitest";
import { codeBits, readSixWords, sixWords } from "./six-words.ts";
import { newToken } from "./seal.ts";

test("six words read back in either language, however they were typed", () => {
  fc.assert(
    fc.property(fc.constantFrom("en" as const, "es" as const), fc.constantFrom(" ", ", ", "\n", " - "), (language, between) => {
      const token = newToken();
      const typed = sixWords(token, language).normalize("NFD").replaceAll(/\p{M}/gu, "").toUpperCase().replaceAll(" ", between);
      expect(readSixWords(typed)).toContain(codeBits(token));
    }),
  );
});

test("five words, a wrong word, or a whole page are no code", () => {
  const words = sixWords(newToken(), "en").split(" ");
  expect(readSixWords(words.slice(1).join(" "))).toEqual([]);
  expect(readSixWords([...words.slice(1), "qqq"].join(" "))).toEqual([]);
  expect(readSixWords("a ".repeat(100_000))).toEqual([]);
});
