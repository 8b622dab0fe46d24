import { expect, it } from "vitest";
import { countryName, languageName } from "./names.ts";

it("countries and languages are named in the reader's language", () => {
  expect([countryName("US", "en"), countryName("US", "es")]).toEqual(["United States", "Estados Unidos"]);
  expect([languageName("es", "en"), languageName("es", "es"), languageName("so", "es")]).toEqual(["Spanish", "español", "somalí"]);
});

it("languages that the runtime can't name in Spanish have a Spanish name all the same", () => {
  expect([languageName("ht", "es"), languageName("hmn", "es")]).toEqual(["criollo haitiano", "hmong"]);
});

it("what is no code is said as it was given", () => expect(languageName("not a code!", "en")).toBe("not a code!"));
