import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Phone } from "../types.ts";
import { escaped, folded, vcardOf, type ToKeep } from "./rules.ts";

const phone = (more: Partial<Phone> = {}): Phone => ({ number: "(213) 555-0101", extension: undefined, type: "voice", description: undefined, dial: { kind: "e164", dial: "+12135550101", shown: "(213) 555-0101", country: "US" }, ...more });
const circle: ToKeep = { uid: "15a068e1-cd07-4ab8-818e-45f77f2daad9", name: "Circle of Lanterns", organization: "Lantern; Street, Network", phones: [phone({ extension: "12" }), phone({ type: "text" })], email: "hello@lantern.example", url: "https://lantern.example/a b", address: { address_1: "12 Lantern Street", address_2: "Suite 4", city: "Los Angeles", state_province: "CA", postal_code: "90012", country: "US" }, at: { latitude: 34.06, longitude: -118.24 }, notes: ["Monday 10:00", "Checked by phone on May 3"] };

test("a listing as an address book keeps it", () => {
  expect(vcardOf(circle).split("\r\n")).toEqual([
    "BEGIN:VCARD",
    "VERSION:4.0",
    "KIND:org",
    "UID:urn:uuid:15a068e1-cd07-4ab8-818e-45f77f2daad9",
    "FN:Circle of Lanterns",
    "ORG:Lantern\\; Street\\, Network",
    "TEL;VALUE=uri;TYPE=voice:tel:+12135550101;ext=12",
    "TEL;VALUE=uri;TYPE=text:tel:+12135550101",
    "EMAIL:hello@lantern.example",
    "URL:https://lantern.example/a%20b",
    "ADR;TYPE=work:;Suite 4;12 Lantern Street;Los Angeles;CA;90012;US",
    "GEO:geo:34.06,-118.24",
    "NOTE:Monday 10:00\\nChecked by phone on May 3",
    "END:VCARD",
    "",
  ]);
});

it("a number that nobody can dial stays as it is written", () => expect(vcardOf({ ...circle, phones: [phone({ number: "call, then ask", dial: undefined })] })).toContain("TEL;VALUE=text;TYPE=voice:call\\, then ask"));

it("a web address that is encoded stays as it is, and one that is none is left out", () => {
  expect(vcardOf({ ...circle, url: "https://lantern.example/caf%C3%A9?q=a%20b" })).toContain("URL:https://lantern.example/caf%C3%A9?q=a%20b\r\n");
  expect(vcardOf({ ...circle, url: "https://" })).not.toContain("URL:");
});

it("says which number is a textphone", () => expect(vcardOf({ ...circle, phones: [phone({ type: "textphone" })] })).toContain("TYPE=textphone:"));

describe("whatever a source wrote", () => {
  const wild = fc.string({ unit: "binary", maxLength: 300 });

  it("can't end a line, begin another, or be lost", () => {
    fc.assert(
      fc.property(wild, wild, wild, (name, city, note) => {
        const card = vcardOf({ ...circle, name, notes: [note], address: { ...circle.address!, city } });
        const lines = card.replaceAll("\r\n ", "").split("\r\n");
        expect(lines.map((line) => line.split(/[:;]/)[0])).toEqual(["BEGIN", "VERSION", "KIND", "UID", "FN", "ORG", "TEL", "TEL", "EMAIL", "URL", "ADR", "GEO", "NOTE", "END", ""]);
        const read = (value = "") => value.replace(/\\(\\|,|;|n)/g, (_, one: string) => (one === "n" ? "\n" : one));
        // eslint-disable-next-line no-control-regex
        const kept = name.replace(/\r\n|\r|\n/g, "\n").replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, "");
        expect(read(lines[4]?.slice("FN:".length))).toBe(kept.replace(/\r/g, "\n"));
      }),
    );
  });

  it("is folded at 75 octets and never inside a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }).filter((text) => !/[\r\n]/.test(text)), (text) => {
        const out = folded(text);
        for (const line of out.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(out.replaceAll("\r\n ", "")).toBe(text);
        expect(Buffer.from(out).toString()).toBe(out);
      }),
    );
  });
});

it("escapes what has a meaning in a card", () => expect(escaped("a\\b,c;d\r\ne\u0007")).toBe("a\\\\b\\,c\\;d\\ne"));
