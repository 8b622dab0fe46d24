import fc from "fast-check";
import googlePhones from "google-libphonenumber";
import { getCountries } from "libphonenumber-js/max";
import { describe, expect, it, test } from "vitest";
import { countries, helpFor } from "../../safety/rules.ts";
import refused from "./data/refused-numbers.json" with { type: "json" };
import shortCodes from "./data/short-codes.json" with { type: "json" };
import { dialOf, numberParts, refusedNumber } from "./rules.ts";

describe("a number as it is dialled", () => {
  it.each([
    ["(305) 555-0134", "US", "+13055550134", "305-555-0134"],
    ["3055550134", "US", "+13055550134", "305-555-0134"],
    ["1.305.555.0134", "US", "+13055550134", "305-555-0134"],
    ["Phone: 305-555-0134 (main)", "US", "+13055550134", "305-555-0134"],
    ["305‑555‑0134", "US", "+13055550134", "305-555-0134"],
    ["305-555-0134 x12", "US", "+13055550134", "305-555-0134"],
    ["305-555-0134, ext. 12", "US", "+13055550134", "305-555-0134"],
    ["1-833-TLC-MAMA", "US", "+18338526262", "833-852-6262"],
    ["1-833-TLC-MAMA (1-833-852-6262)", "US", "+18338526262", "833-852-6262"],
    ["1-800-GOODHELPER", "US", "+18004663435", "800-466-3435"],
    ["1300 MH CALL", "AU", "+611300642255", "1300 642 255"],
    ["0808 1961 776", "GB", "+448081961776", "0808 196 1776"],
    ["+44 808 196 1776", "US", "+448081961776", "+44 808 196 1776"],
    ["800 911 2000", "MX", "+528009112000", "800 911 2000"],
    ["+52 800 911 2000", undefined, "+528009112000", "+52 800 911 2000"],
  ])("%s in %s is %s", (text, country, dial, shown) => {
    expect(dialOf(text, country)).toMatchObject({ kind: "e164", dial, shown });
  });

  it.each([
    ["988", "US", "988"],
    ["9-8-8", "CA", "988"],
    ["741741 (text)", "US", "741741"],
    ["116 123", "GB", "116123"],
    ["+44116123", "GB", "116123"],
    ["+4485258", "GB", "85258"],
    ["3114", "FR", "3114"],
    ["1737", "NZ", "1737"],
    ["024", "ES", "024"],
    ["13 11 14", "AU", "131114"],
    ["14416", "IN", "14416"],
    ["188", "BR", "188"],
    ["1553", "PH", "1553"],
    ["113", "NL", "113"],
    ["988", "PR", "988"],
    ["211", "US", "211"],
  ])("%s in %s stays the short code %s", (text, country, dial) => {
    expect(dialOf(text, country)).toMatchObject({ kind: "short", dial, country });
  });

  it.each([
    ["988", "GB"],
    ["116123", "US"],
    ["3114", "US"],
    ["988", undefined],
    ["3055550134", undefined],
    ["555-0134", "US"],
    ["305-555-013", "US"],
    ["999999999999999", "US"],
    ["call us", "US"],
    ["", "US"],
    ["305-555-0134 or 305-555-0135 or write to us", "XX"],
  ])("%j in %s can not be dialled", (text, country) => {
    expect(dialOf(text, country)).toBeUndefined();
  });

  it("knows the country of a number by itself, and that a toll-free one is the listing's own", () => {
    expect(dialOf("787-555-0134", "US")?.country).toBe("PR");
    expect(dialOf("416-555-0134", "US")?.country).toBe("CA");
    expect(dialOf("1-833-852-6262", "CA")?.country).toBe("CA");
    expect(dialOf("1-833-852-6262", "PR")?.country).toBe("PR");
  });

  it.each([
    ["305-555-0134 x12", "305-555-0134", "12"],
    ["305-555-0134x12", "305-555-0134", "12"],
    ["305-555-0134 Ext: 1200", "305-555-0134", "1200"],
    ["305-555-0134;ext=7", "305-555-0134", "7"],
    ["305-555-0134 #3", "305-555-0134", "3"],
    ["305-555-0134 extensión 9", "305-555-0134", "9"],
    ["305-555-0134", "305-555-0134", undefined],
  ])("%s has its extension apart", (text, number, extension) => {
    expect(numberParts(text)).toEqual({ number, extension });
  });
});

describe("numbers that are dead or replaced", () => {
  it.each([
    ["1-833-943-5746", "US", "1-833-852-6262"],
    ["833.943.5746", "US", "1-833-852-6262"],
    ["+1 (833) 943-5746", undefined, "1-833-852-6262"],
    ["1-833-9-HELP4MOMS", "US", "1-833-852-6262"],
    ["1-833-943-5746", "CA", "1-833-852-6262"],
    ["141", "BR", "188"],
    ["1800-202-6868", "SG", undefined],
    ["+65 1800 202 6868", "SG", undefined],
    ["866-903-3787", "US", undefined],
    ["+1 866 903 3787 ext. 2", "US", undefined],
  ])("%s in %s is refused", (text, country, replacedBy) => {
    const found = refusedNumber(text, country);
    expect(found?.why).toBeTruthy();
    expect(found?.replacedBy).toBe(replacedBy);
    expect(dialOf(text, country)).toBeUndefined();
  });

  it("a short code that is dead in one country is another's own", () => {
    expect(refusedNumber("141", "GB")).toBeUndefined();
    expect(refusedNumber("188", "BR")).toBeUndefined();
    expect(refusedNumber("1-833-852-6262", "US")).toBeUndefined();
  });

  test("in whatever way they are written", () => {
    const spaced = fc.array(fc.constantFrom("", " ", "-", "."), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...refused.rows), spaced, ({ number, country }, gaps) => {
        const written = [...number].map((digit, at) => digit + (gaps[at] ?? "")).join("");
        return refusedNumber(written, country) !== undefined && dialOf(written, country) === undefined;
      }),
    );
  });
});

const short = googlePhones.ShortNumberInfo.getInstance();
const phones = googlePhones.PhoneNumberUtil.getInstance();

/** Google's own knowledge of short codes, which reads nothing of ours. */
function oracleKnows(code: string, country: string): boolean {
  const callingCode = phones.getCountryCodeForRegion(country);
  if (!callingCode) return false;
  const number = new googlePhones.PhoneNumber();
  number.setCountryCode(callingCode);
  number.setNationalNumber(Number(code));
  const zeros = /^0*/.exec(code)?.[0].length ?? 0;
  if (zeros > 0) {
    number.setItalianLeadingZero(true);
    number.setNumberOfLeadingZeros(zeros);
  }
  return short.isValidShortNumberForRegion(number, country);
}

const listed = Object.entries(shortCodes.codes).flatMap(([country, codes]) => codes.split(" ").map((code) => ({ country, code })));

describe("short codes", () => {
  it("are each known to Google's ShortNumberInfo, or added with where we have them from", () => {
    expect(listed.length).toBeGreaterThan(3_500);
    expect(listed.filter(({ country, code }) => !oracleKnows(code, country))).toEqual([]);
    expect(shortCodes.added.filter(({ country, code, source }) => oracleKnows(code, country) || !source)).toEqual([]);
  });

  it("never become international numbers, and work in their own country alone", () => {
    for (const { country, code } of [...listed, ...shortCodes.added]) expect(dialOf(code, country), `${code} in ${country}`).toMatchObject({ kind: "short", dial: code, country });
  });

  test("up to six digits are a short code only where the list says so, and have a calling code only where Google says that they are a whole number", () => {
    const here = new Set([...listed, ...shortCodes.added].map(({ country, code }) => `${country} ${code}`));
    const digits = fc.oneof(fc.stringMatching(/^\d{2,6}$/), fc.constantFrom(...listed).map(({ code }) => code));
    fc.assert(
      // Saint Helena's plan (+290) has grown since Google's package was made: the two libraries differ there, and there alone.
      fc.property(fc.constantFrom(...getCountries().filter((country) => country !== "SH" && country !== "TA")), digits, (country, code) => {
        const dial = dialOf(code, country);
        if (dial?.kind === "short") return here.has(`${country} ${code}`) || code === "112" || (country === "AU" && code.startsWith("13"));
        return dial === undefined || (!here.has(`${country} ${code}`) && phones.isValidNumber(phones.parse(code, country)));
      }),
      { numRuns: 2_000 },
    );
  });
});

test("every number of our own help pages can be dialled where it is shown", () => {
  const lost: string[] = [];
  for (const country of countries) {
    const { emergency, crisis, parents } = helpFor(country);
    const shown = [...emergency.ambulance, ...emergency.police, ...emergency.fire, ...[...crisis, ...parents].flatMap(({ phone, text }) => [phone, text?.to])].filter((one) => one !== undefined);
    for (const number of shown) if (!dialOf(number, country)) lost.push(`${number} in ${country}`);
  }
  expect(lost).toEqual([]);
});

test("what can be dialled is dialled the same when it is read again", () => {
  const text = fc.oneof(fc.stringMatching(/^[+0-9 ().x-]{0,20}$/), fc.string());
  fc.assert(
    fc.property(text, fc.constantFrom(...getCountries()), (written, country) => {
      const first = dialOf(written, country);
      if (!first) return true;
      const again = dialOf(first.dial, first.country);
      return again?.dial === first.dial && again.kind === first.kind && (first.kind === "short" ? /^\d{2,6}$/ : /^\+\d{6,15}$/).test(first.dial);
    }),
    { numRuns: 2_000 },
  );
});
