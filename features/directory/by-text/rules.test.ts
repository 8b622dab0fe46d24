import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { segmentsOf } from "../../../platform/i18n/segments.ts";
import { answerOf, dialFor, mostSegments, wishOf } from "./rules.ts";

describe("a text is read as", () => {
  it.each([
    ["HELP 78701 ES", { wants: "search", postcode: "78701", language: "es" }],
    ["help 78701", { wants: "search", postcode: "78701", language: "en" }],
    ["AYUDA 78701", { wants: "search", postcode: "78701", language: "es" }],
    ["Ayuda 78701 english", { wants: "search", postcode: "78701", language: "en" }],
    ["¡Ayuda! 78701.", { wants: "search", postcode: "78701", language: "es" }],
    ["78701", { wants: "search", postcode: "78701", language: "en" }],
    ["78701-1234 es", { wants: "search", postcode: "78701 1234", language: "es" }],
    ["HELP K1A 0B1", { wants: "search", postcode: "k1a 0b1", language: "en" }],
    ["HELP", { wants: "about", language: "en" }],
    ["Info ES", { wants: "about", language: "es" }],
    ["AYUDA", { wants: "about", language: "es" }],
    ["información", { wants: "about", language: "es" }],
    ["STOP", { wants: "stop", language: "en" }],
    ["Stop all.", { wants: "stop", language: "en" }],
    ["ALTO", { wants: "stop", language: "es" }],
    ["START", { wants: "start", language: "en" }],
    ["Empezar", { wants: "start", language: "es" }],
    ["1", { wants: "answer", answer: "right", language: "en" }],
    ["1 yes", { wants: "answer", answer: "right", language: "en" }],
    ["Sí", { wants: "answer", answer: "right", language: "es" }],
    ["2.", { wants: "answer", answer: "full", language: "en" }],
    ["3 cerrado", { wants: "answer", answer: "closed", language: "en" }],
    ["1 or 3?", { wants: "unknown", language: "en" }],
    ["please stop hurting", { wants: "unknown", language: "en" }],
    ["help me please", { wants: "unknown", language: "en" }],
    ["", { wants: "unknown", language: "en" }],
  ] as const)("%s", (text, wish) => expect(wishOf(text)).toEqual(wish));

  it("whatever it is, something", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 500 }), (text) => ["stop", "start", "about", "answer", "search", "unknown"].includes(wishOf(text).wants)));
  });
});

const crisis = "In danger: 988 or 911.";
const row = (name: string) => ({ name, phone: "213-555-0123", checked: "ok Nov 24" });

describe("an answer", () => {
  it("says the crisis line first, then a line each", () => {
    expect(answerOf(crisis, [row("Circle of Mothers"), row("Luna")])).toBe(`${crisis}\n1 Circle of Mothers 213-555-0123 ok Nov 24\n2 Luna 213-555-0123 ok Nov 24`);
  });

  it("shortens long names, and no number", () => {
    const text = answerOf(crisis, ["Postpartum Support International of the Greater Los Angeles Area and Surroundings", "The Second Organisation With A Very Long Name Indeed, Incorporated", "A Third One For All The Families Of The Valley And Beyond"].map(row));
    expect(text.match(/213-555-0123 ok Nov 24/g)).toHaveLength(3);
    expect(text).toMatch(/^1 Postpartum Support International of the Greater.*\. 213-555-0123 ok Nov 24$/m);
    expect(segmentsOf(text)).toBe(2);
  });

  it("leaves the third out where another script leaves no room for it", () => {
    const text = answerOf(crisis, ["دائرة الأمهات في لوس أنجلوس", "مركز الأسرة والطفل", "مجموعة دعم الآباء"].map(row));
    expect(segmentsOf(text)).toBeLessThanOrEqual(mostSegments);
    expect(text.startsWith(crisis)).toBe(true);
    expect(text.match(/213-555-0123 ok Nov 24/g)?.length).toBeGreaterThanOrEqual(2);
  });
});

test("an answer never takes more than two segments, never cuts a number, and never loses the crisis line", () => {
  const name = fc.oneof(fc.string({ maxLength: 150 }), fc.string({ unit: "grapheme", maxLength: 60 }), fc.constant("Círculo de Mamás y Papás de la Ciudad"));
  const rows = fc.array(fc.record({ name, phone: fc.stringMatching(/^\+?[0-9]{3}[0-9 -]{4,14}[0-9]$/), checked: fc.constantFrom("ok Nov 24", "sin confirmar", "último ok 3 ago") }), { maxLength: 6 });
  fc.assert(
    fc.property(rows, fc.option(fc.constant("Text HELP and your ZIP code for help near you."), { nil: undefined }), (some, after) => {
      const text = answerOf(crisis, some, after);
      expect(segmentsOf(text)).toBeLessThanOrEqual(mostSegments);
      expect(text.startsWith(crisis)).toBe(true);
      const lines = text.split(/\n(?=\d )/).slice(1);
      // At least the nearest is named, whatever its name.
      expect(lines.length).toBeGreaterThanOrEqual(Math.min(1, some.length));
      lines.forEach((line, at) => expect(line).toContain(some[at]?.phone ?? "-"));
    }),
    { numRuns: 60 },
  );
});

test("a short code of another country is not given", () => {
  const card = { name: "x", languages: [], terms: [], source: "x", phone: { kind: "short", dial: "3114", shown: "3114", country: "FR" }, text: { kind: "e164", dial: "+33123456789", shown: "01 23 45 67 89", country: "FR" } } as const;
  expect([dialFor(card, "FR")?.dial, dialFor(card, "US")?.dial]).toEqual(["3114", "+33123456789"]);
});
