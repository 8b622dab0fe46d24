import { readFileSync } from "node:fs";
import { globSync } from "node:fs";
import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { chooseLanguage, guessCountry, words } from "./words.ts";

const dictionary = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;

/** The names of what a sentence takes; those used as tags are of the markup and not ours. */
function names(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    const within = "options" in element ? Object.values(element.options).flatMap(({ value }) => names(value)) : [];
    return ["value" in element ? element.value : "", ...within];
  });
}

describe.each(globSync("{features,platform}/**/*words/en.json"))("%s and its Spanish twin", (path) => {
  const [english, spanish] = [dictionary(path), dictionary(path.replace(/en\.json$/, "es.json"))];

  test("say the same things", () => {
    expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
  });

  test("take the same values in every sentence", () => {
    for (const [key, sentence] of Object.entries(english)) {
      const [here, there] = [sentence, spanish[key] ?? ""].map((one) => [...new Set(names(parse(one, { ignoreTag: true })))].sort());
      expect(there, key).toEqual(here);
    }
  });

  test("never shout, and never say perinatal to a parent", () => {
    for (const sentence of [...Object.values(english), ...Object.values(spanish)]) {
      expect(sentence).not.toMatch(/[!¡]/);
      expect(sentence).not.toMatch(/perinatal|mama warrior|committed suicide|passed away/i);
    }
  });
});

test("her own choice of language goes before her browser's, and her browser's before English", () => {
  expect(chooseLanguage("es", "en-US")).toBe("es");
  expect(chooseLanguage(undefined, "fr-CA,es-MX;q=0.8,en;q=0.5")).toBe("es");
  expect(chooseLanguage("klingon", "fr")).toBe("en");
});

test("a country is guessed from the browser's languages alone", () => {
  expect(guessCountry("es-MX,es;q=0.9")).toBe("MX");
  expect(guessCountry("zh-Hant-TW")).toBe("TW");
  expect(guessCountry("en")).toBeUndefined();
  expect(guessCountry(undefined)).toBeUndefined();
});

test("a time that ends with a point ends its sentence, too", () => {
  const say = words({ en: { at: "Here since {time}." }, es: { at: "Aquí desde: {time}. ¿Sí…?" } });
  expect([say("en")("at", { time: "1:37 PM" }), say("es")("at", { time: "1:37 p.m." })]).toEqual(["Here since 1:37 PM.", "Aquí desde: 1:37 p.m. ¿Sí…?"]);
});

test("a sentence with a number is said in its language's plural", () => {
  const say = words({ en: { n: "{n, plural, one {# hour} other {# hours}}" }, es: { n: "{n, plural, one {# hora} other {# horas}}" } });
  expect([say("en")("n", { n: 1 }), say("es")("n", { n: 2 })]).toEqual(["1 hour", "2 horas"]);
});
