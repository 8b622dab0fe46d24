import { afterEach, describe, expect, it, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { safetyApp } from "../factory.ts";
import { careCardFor, helpFor, helpVersion, parentLinesFor } from "../queries.ts";
import { allLines, asItStands, countries } from "../rules.ts";
import type { LineRow, Standing } from "../types.ts";
import { showLinesAsTheyStand } from "./commands.ts";

const house = await openTestHouse();
const app = safetyApp(house);
const page = async (path: string) => (await app.request(path)).text();
const lineOf = (name: string, country = "US"): LineRow => {
  const line = allLines().find((one) => one.name.startsWith(name) && one.country === country);
  if (!line) throw new Error(`no line ${name}`);
  return line;
};
const crisis = lineOf("988");
const psi = lineOf("Postpartum Support International (PSI)");
const stands = (more: Partial<Standing> = {}): Standing => ({ gone: false, doubted: false, numbers: ["988", "1-800-944-4773", "971-203-7773"], call: "988", ...more });

afterEach(() => showLinesAsTheyStand(new Map()));

describe("a line stands on the help pages", () => {
  it.each([
    ["as our list has it, where nobody changed it", undefined, { phone: "988", text: { to: "988" }, confidence: "high" }],
    ["without a number that was taken away", stands({ numbers: ["988"] }), { phone: "988" }],
    ["with the number that took the old one's place, and no text to the old one", stands({ numbers: ["1-800-273-8255"], call: "1-800-273-8255" }), { phone: "1-800-273-8255" }],
    ["less surely while it is in doubt, and with its number still", stands({ doubted: true }), { phone: "988", confidence: "medium" }],
  ] as const)("%s", (_how, standing, expected) => expect(asItStands(crisis, standing)).toMatchObject(expected));

  it.each([
    ["gone", stands({ gone: true })],
    ["left without any number", stands({ numbers: [], call: undefined })],
  ])("no more when it is %s", (_how, standing) => expect(asItStands(crisis, standing)).toBeUndefined());

  it("however a number is written", () => expect(asItStands(psi, stands({ numbers: ["(800) 944-4773", "+1 971 203 7773"].map((one) => one.replace("(", "1 (")), call: "x" }))).toMatchObject({ phone: "1-800-944-4773" }));

  it("with the text number alone whose number stands", () => expect(asItStands(psi, stands({ numbers: ["1-800-944-4773"], call: "1-800-944-4773" }))).not.toHaveProperty("textIn"));
});

test("what was taken away leaves every page at once: help, home's card, the kept pages, the desk's referrals", async () => {
  const [before, version] = [await page("/offline.js"), helpVersion()];
  expect(await page("/help/us")).toContain("tel:988");
  showLinesAsTheyStand(new Map([[crisis, stands({ gone: true })], [psi, stands({ numbers: [], call: undefined })]]));
  expect(helpVersion()).not.toBe(version);
  for (const path of ["/help/us", "/nothing-here", "/understand"]) expect(await page(path), path).not.toContain("tel:988");
  expect(await page("/offline/pages.json")).not.toContain("988 Suicide");
  expect(await page("/offline.js"), "a phone gets the new pages").not.toBe(before);
  expect(parentLinesFor("en", "US").map(({ name }) => name)).not.toContain(psi.name);
});

test("whatever is taken away, every country's card has a number, and its page says where else to turn", () => {
  showLinesAsTheyStand(new Map(allLines().map((line) => [line, stands({ gone: true })])));
  for (const country of [undefined, ...countries]) {
    expect(careCardFor("en", country).acts.length, country).toBeGreaterThan(0);
    expect(helpFor(country).emergency.ambulance.length).toBeGreaterThan(0);
  }
});
