import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { fitNames, plainText, segmentsOf, shortName } from "./segments.ts";

describe("a text travels in", () => {
  // 3GPP TS 23.038 and 23.040: 160 septets or 140 octets alone, 153 and 134 with the header of a part.
  it.each([
    ["a", 160, 1],
    ["a", 161, 2],
    ["a", 306, 2],
    ["a", 307, 3],
    ["€", 80, 1],
    ["€", 81, 2],
    ["á", 70, 1],
    ["á", 71, 2],
    ["á", 134, 2],
    ["á", 135, 3],
    ["ñ", 160, 1],
  ])("%s × %i: %i segments", (sign, count, segments) => expect(segmentsOf(sign.repeat(count))).toBe(segments));
});

describe("the GSM alphabet", () => {
  it.each([
    ["¿Cómo está? Círculo de Mamás", "¿Como esta? Circulo de Mamas"],
    ["Teléfono de la Niñez", "Teléfono de la Niñez"],
    ["“Moms’ circle” – 3…", "\"Moms' circle\" - 3..."],
    ["دعم الأمهات", "دعم الأمهات"],
    ["ã ê ô ç ő", "a e o c o"],
  ])("writes %s as %s", (text, plain) => expect(plainText(text)).toBe(plain));
});

describe("a name", () => {
  it.each([
    ["Postpartum Support International", 20, "Postpartum Support."],
    ["Postpartum Support International", 40, "Postpartum Support International"],
    ["Donaudampfschifffahrt", 10, "Donaudamp."],
    ["Mamás & Bebés de Austin", 9, "Mamás."],
  ])("%s in %i signs is %s", (name, length, short) => expect(shortName(name, length)).toBe(short));
});

test("what fits, fits: never more segments than asked, the rest of the text whole, and no half of a sign", () => {
  const name = fc.oneof(fc.string({ minLength: 1, maxLength: 120 }), fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 3 }), (names) => {
      const text = fitNames(names, (short) => `Crisis: 988\n${short.map((one) => `${one} 213-555-0123`).join("\n")}`, 2);
      if (text === undefined) return;
      expect(segmentsOf(text)).toBeLessThanOrEqual(2);
      expect(text.split("213-555-0123")).toHaveLength(names.length + 1);
      expect(text.isWellFormed()).toBe(names.every((one) => one.isWellFormed()));
    }),
    { numRuns: 80 },
  );
});
