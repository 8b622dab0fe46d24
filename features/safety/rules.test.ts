import { countryName } from "../../platform/i18n/names.ts";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languages } from "../../platform/i18n/words.ts";
import { careCard, parentLines, shownLine } from "./in-words/rules.ts";
import { countries, countriesByName, findCountries, helpFor, isCountry, lineOfTheCard, smsHref, telHref } from "./rules.ts";
import type { Help, Line } from "./types.ts";

const digits = (text: string): string => text.replace(/\D/g, "");
const linesOf = (help: Help): readonly Line[] => [...help.crisis, ...help.parents];
const numbersOf = (help: Help): string[] => [...help.emergency.ambulance, ...linesOf(help).flatMap((line) => [line.phone ?? "", line.text?.to ?? "", line.textIn?.es?.to ?? ""]).map(digits)].filter(Boolean);

describe("the numbers of a country", () => {
  it("holds 227 countries, each with at least one emergency number and a name in both languages", () => {
    expect(countries).toHaveLength(227);
    for (const country of countries) {
      expect(helpFor(country).emergency.ambulance.length, country).toBeGreaterThan(0);
      for (const language of languages) expect(countryName(country, language), country).not.toBe(country);
    }
  });

  it("never shows a number that is closed, wrong or for tests", () => {
    const data = ["helplines.json", "emergency-numbers.json"].map((file) => digits(readFileSync(new URL(`data/${file}`, import.meta.url), "utf8").replace(/"/g, " | "))).join(" ");
    for (const gone of ["8339435746", "18002026868", "8669033787"]) expect(data).not.toContain(gone);
    for (const country of countries) {
      const numbers = numbersOf(helpFor(country));
      for (const gone of ["18339435746", "8339435746", "18002026868", "8669033787"]) expect(numbers, country).not.toContain(gone);
      expect(linesOf(helpFor(country)).map(({ phone }) => phone)).not.toContain("141");
    }
  });

  it("shows a line in its own country alone, and where its operator serves others", () => {
    const where = (part: string) => countries.filter((country) => linesOf(helpFor(country)).some(({ name }) => name.includes(part)));
    expect(where("988 Suicide")).toEqual(["AS", "GU", "MP", "PR", "US", "VI"]);
    expect(where("9-8-8")).toEqual(["CA"]);
    expect(where("3114").includes("FR" as never)).toBe(true);
    expect(where("Samaritans").sort()).toEqual(["GB", "IE", "SG"]);
    expect(where("Tele-MANAS")).toEqual(["IN"]);
  });

  it("keeps every short code inside its borders", () => {
    const allowed: Record<string, readonly string[]> = {
      "988": ["US", "CA", "AS", "GU", "MP", "PR", "VI"],
      "741741": ["US"],
      "116123": ["GB", "IE"],
      "85258": ["GB"],
      "50808": ["IE"],
      "131114": ["AU"],
      "139276": ["AU"],
      "1737": ["NZ"],
      "3114": ["FR", "GF", "GP", "MQ", "RE", "YT"],
      "024": ["ES"],
      "113": ["NL"],
      "188": ["BR"],
      "155": ["PY"],
      "14416": ["IN"],
      "31393": ["ZA"],
      "1767": ["SG"],
      "1553": ["PH"],
      "111": ["GB"],
    };
    for (const country of countries)
      for (const line of linesOf(helpFor(country)))
        for (const number of [line.phone, line.text?.to].filter((one) => one !== undefined).map(digits))
          if (number.length <= 6) expect(allowed[number], `${number} in ${country}`).toContain(country);
  });

  it("gives the United States 911, 988 by call and text, and the lines for parents", () => {
    const us = helpFor("US");
    expect(us.emergency).toEqual({ ambulance: ["911"], certain: true, police: [], fire: [] });
    expect(us.crisis[0]).toMatchObject({ phone: "988", text: { to: "988" }, note: "noteUs988" });
    expect(us.parents.map(({ phone }) => phone)).toEqual(expect.arrayContaining(["1-833-852-6262", "1-800-944-4773"]));
    expect(us.crisis.every(({ phone }) => phone !== "1-833-852-6262")).toBe(true);
    expect(shownLine(us.crisis[0]!, "es", us).acts.map(({ href }) => href)).toEqual(["tel:988", "sms:988?body=AYUDA"]);
  });

  it("where sources differ on the ambulance, gives 112 or the fallback and says that it is not certain", () => {
    expect(helpFor("AF").emergency).toEqual({ ambulance: ["112"], certain: false, police: ["119"], fire: ["119"] });
    expect(helpFor("TH").emergency.ambulance).toEqual(["911", "112"]);
    expect(countries.filter((country) => !helpFor(country).emergency.certain)).toHaveLength(41);
    // South Korea: the sources agree on police and fire, and neither names an ambulance.
    expect(helpFor("KR").emergency).toEqual({ ambulance: ["112"], certain: false, police: [], fire: ["119"] });
  });

  it.each([
    ["AU", ["000"]],
    ["GB", ["999"]],
    ["FR", ["112", "15"]],
    ["AR", ["911", "107"]],
    ["ES", ["112"]],
    ["MX", ["911"]],
  ])("dials the ambulance in %s by %j", (country, numbers) => {
    expect(helpFor(country).emergency.ambulance).toEqual(numbers);
  });

  it("of a place it does not know it gives 112, directories and nothing else", () => {
    for (const unknown of [undefined, "XX", "us", "__proto__"]) {
      expect(isCountry(unknown)).toBe(false);
      expect(helpFor(unknown)).toMatchObject({ country: undefined, emergency: { ambulance: ["112"], certain: false }, crisis: [], parents: [] });
      expect(helpFor(unknown).elsewhere.map(({ name }) => name)).toEqual(["Postpartum Support International", "Find A Helpline"]);
    }
  });
});

describe("the emergency card", () => {
  it("names the crisis line and the ambulance of her country, in her language", () => {
    expect(careCard("en", helpFor("US")).title).toBe("Call 988 or 911 now if:");
    expect(careCard("es", helpFor("US")).title).toBe("Llama ya al 988 o al 911 si:");
    expect(careCard("en", helpFor("GB")).title).toBe("Call 116\u00a0123 or 999 now if:");
    expect(careCard("en", helpFor(undefined)).title).toBe("Call 112 now if:");
    expect(careCard("en", helpFor(undefined)).acts).toEqual([{ label: "Call 112", href: "tel:112" }]);
  });

  it("has numbers to tap and no link to read more", () => {
    for (const country of countries)
      for (const language of languages) {
        const { acts, reasons } = careCard(language, helpFor(country));
        expect(acts.every(({ href }) => /^(tel|sms):\d+(\?body=\w+)?$/.test(href)), country).toBe(true);
        expect(reasons).toHaveLength(4);
      }
  });

  it("never leads with a line of one region, of unknown hours or of a lone old mention", () => {
    expect(lineOfTheCard(helpFor("AR"))).toBeUndefined();
    expect(lineOfTheCard(helpFor("PY"))).toBeUndefined();
    expect(lineOfTheCard(helpFor("HK"))).toBeUndefined();
  });
});

describe("a line in words", () => {
  it("says quietly what is not confirmed, and for a crisis line what to do instead", () => {
    const pieta = helpFor("IE").crisis.find(({ name }) => name.startsWith("Pieta"))!;
    expect(shownLine(pieta, "en", helpFor("IE")).aside).toBe("We are still confirming this line. If nobody answers, call 112.");
    const sure = helpFor("IE").crisis[0]!;
    expect(shownLine(sure, "en", helpFor("IE")).aside).toBeUndefined();
  });

  it("tells hours and languages as a reader of each language writes them", () => {
    const panda = helpFor("AU").parents[0]!;
    expect(shownLine(panda, "en", helpFor("AU")).facts.join(" ").replaceAll("\u202f", " ")).toContain("Monday to Friday, 9:00 AM to 7:30 PM; Saturday, 9:00 AM to 4:00 PM (local time). In English.");
    expect(shownLine(panda, "es", helpFor("AU")).facts.join(" ")).toContain("De lunes a viernes, de 9:00");
    const psi = parentLines("en", helpFor("US")).find(({ name }) => name.includes("PSI"))!;
    expect(psi.facts).toContain("We do not know its hours yet.");
  });

  it("gives someone from anywhere a place to look for groups", () => {
    expect(parentLines("en", helpFor("PT")).map(({ site }) => site?.label)).toEqual(["postpartum.net"]);
  });
});

describe("finding a country", () => {
  const all = countriesByName("en");
  const codes = (typed: string) => findCountries(typed, all).map(({ country }) => country);

  it.each([
    ["méxico", ["MX"]],
    ["estados uni", ["US"]],
    ["usa", ["US"]],
    ["england", ["GB"]],
    ["united", ["AE", "GB", "US"]],
    ["cote d ivoire", ["CI"]],
    ["", []],
    ["qqqq", []],
  ])("by %j finds %j", (typed, found) => {
    expect(codes(typed).sort()).toEqual(found);
  });

  it("finds each country by its name in either language", () => {
    for (const country of countries) for (const language of languages) expect(codes(countryName(country, language))).toContain(country);
  });

  it("bears whatever is typed", () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (typed) => findCountries(typed, all).length <= all.length));
  });
});

it("numbers become addresses that a phone dials", () => {
  expect(telHref("0 800 00 3456")).toBe("tel:0800003456");
  expect(telHref("+1 (805) 555-0100")).toBe("tel:+18055550100");
  expect(smsHref({ to: "741741", word: "HOME" })).toBe("sms:741741?body=HOME");
  expect(smsHref({ to: "1-833-852-6262" })).toBe("sms:18338526262");
});
