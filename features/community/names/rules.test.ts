import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signInNameTyped } from "../../accounts/sign-in/rules.ts";
import { aliasFor, handleTyped, nameAt, namesIn, plainHandle, signInNameFrom, soundsLikeUs } from "./rules.ts";

const mark = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anyLanguage = fc.constantFrom("en" as const, "es" as const);

describe("names that are given", () => {
  it("are all different, can all be handles, and none sounds as if we were speaking", () => {
    for (const language of ["en", "es"] as const) {
      const names = Array.from({ length: namesIn(language) }, (_, place) => nameAt(place, language));
      expect(new Set(names.map(plainHandle)).size).toBe(names.length);
      expect(names.filter((name) => handleTyped(name) !== name || soundsLikeUs(name))).toEqual([]);
    }
  });

  it("an alias is the same for one mark and nobody else's in the topic", () =>
    fc.assert(
      fc.property(mark, anyLanguage, fc.array(fc.nat(2000)), (of, which, places) => {
        const taken = new Set(places.map((place) => nameAt(place % namesIn(which), which)));
        const alias = aliasFor(of, which, taken);
        return !taken.has(alias) && alias === aliasFor(of, which, taken);
      }),
    ));

  it("whatever the handle, the name to sign in with is one", () => fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.nat(), (handle, figures) => signInNameTyped(signInNameFrom(handle, figures)) !== undefined)));
});

describe("a handle that is chosen", () => {
  it.each(["Rosa", "Luz de Luna", "mamá 2", "O'Neil", "J.K."])("%s can be one", (text) => expect(handleTyped(text)).toBe(text));
  it.each(["", "a", "  ", "<b>x</b>", "rosa@mail", "x".repeat(40), "a\u202Eb", "👻👻👻"])("%j cannot", (text) => expect(handleTyped(text)).toBeUndefined());
  it.each(["Moderator", "The Moderación", "m o d e r a t o r 1", "Small Hours", "Ádmin"])("%s sounds as if we were speaking", (text) => expect(soundsLikeUs(text)).toBe(true));
});
