import { describe, expect, it } from "vitest";
import { say as sayTerm } from "../../taxonomy/words.ts";
import type { Card } from "../../types.ts";
import type { PocketListing } from "../types.ts";
import { say, sentences } from "../words.ts";
import { awayText, dayOf, howText, markText, mayDial, moreTerms, roomOf, smsTo, telTo, whatText, type Speech } from "./rules.ts";

const english: Speech = { language: "en", t: say("en"), term: sayTerm("en") };
const spanish: Speech = { language: "es", t: say("es"), term: sayTerm("es") };
const day = 86_400_000;
const may3 = 1_777_824_000_000;
const card: Card = { name: "Circle", languages: ["en", "ht"], terms: ["w_dads", "w_loss", "w_nicu", "w_partners", "s_group", "t_video", "c_free", "p_babies"], source: "", checkedHow: "call" };
const listing = (more: Partial<PocketListing> = {}): PocketListing => ({ id: "1", kind: "group", card, tokens: new Set(), country: "US", at: undefined, accepting: "yes", acceptingUntil: may3 + 14 * day, verifiedAt: may3, freshUntil: may3 + 60 * day, sinksAt: may3 + 90 * day, hiddenAt: may3 + 120 * day, inDoubt: false, ...more });
const at = (days: number) => ({ now: may3 + days * day, zone: "America/Chicago" });

describe("how sure we are, in words", () => {
  it.each([
    ["a call", {}, 5, "Checked by phone on May 3"],
    ["its owner", { card: { ...card, checkedHow: "owner_text" as const } }, 5, "They confirmed it on May 3"],
    ["its own page", { card: { ...card, checkedHow: "web_page" as const } }, 5, "Checked on their own page on May 3"],
    ["nobody", { verifiedAt: undefined }, 5, "Nobody has checked this yet"],
    ["nobody since its time ended", {}, 60, "Not checked since May 3"],
    ["nobody since another year", {}, 300, "Not checked since May 3, 2026"],
    ["people who could not reach it", { inDoubt: true }, 5, "Two people could not reach this"],
  ])("%s", (_who, more, days, words) => expect(markText(listing(more), at(days), english)).toBe(words));

  it("the day is hers, not the server's", () => {
    expect(dayOf(may3, "Pacific/Kiritimati", "en", may3)).toBe("May 4");
    expect(markText(listing(), at(5), spanish)).toBe("Revisado por teléfono el 3 de mayo");
  });
});

describe("whether they have room", () => {
  it("is said for as long as the answer lasts, and then that we do not know", () => {
    expect(roomOf(listing(), at(13.9), english)).toEqual({ says: "yes", words: "Has room now" });
    expect(roomOf(listing(), at(14), english)).toEqual({ says: "unknown", words: "We do not know if they have room" });
    expect(roomOf(listing({ accepting: "no" }), at(1), spanish)?.words).toBe("Lleno por ahora");
  });

  it("names the wait while that is known, and never beside an unknown", () => {
    const waiting = listing({ accepting: "waitlist", card: { ...card, waitDays: 20, waitUntil: may3 + 14 * day } });
    expect(roomOf(waiting, at(1), english)?.words).toBe("Has a waiting list. Wait: about 20 days");
    expect(roomOf({ ...waiting, acceptingUntil: may3 + 99 * day }, at(20), english)?.words).toBe("Has a waiting list");
    expect(roomOf(waiting, at(20), english)?.words).toBe("We do not know if they have room");
  });

  it("is not asked of a line", () => expect(roomOf(listing({ kind: "warmline" }), at(1), english)).toBeUndefined());
});

it.each([
  [400, "US", "less than 1 mile"],
  [1700, "US", "about 1 mile"],
  [40_000, "US", "about 25 miles"],
  [400, "MX", "less than 1 km"],
  [1700, "MX", "about 2 km"],
])("%i metres in %s: %s", (metres, country, words) => expect(awayText(metres, country, english)).toBe(words));

it("says what it is, how, and keeps the rest for who wants more", () => {
  expect(whatText(listing(), english)).toBe("Support group · Fathers · After a loss · A baby in intensive care");
  expect(howText(listing(), english)).toBe("Video · Free · English, Haitian Creole");
  expect(howText(listing(), spanish)).toBe("Video · Gratis · Criollo haitiano, Inglés");
  expect(moreTerms(listing(), english)).toEqual(["Partners", "Support group", "Babies welcome"]);
});

describe("a number", () => {
  const short = { kind: "short", dial: "988", shown: "988", country: "US" } as const;
  const long = { kind: "e164", dial: "+12135550101", shown: "(213) 555-0101", country: "US" } as const;

  it("that is a short code is offered in its own country alone", () => expect([mayDial(short, "US"), mayDial(short, "MX"), mayDial(long, "MX"), mayDial(undefined, "US")]).toEqual([true, false, true, false]));

  it("is dialled as the standard says, with its extension where that is digits", () => {
    expect([telTo(short), telTo(long), telTo(long, "12"), telTo(long, "ask for Ana"), smsTo(long)]).toEqual(["tel:988", "tel:+12135550101", "tel:+12135550101;ext=12", "tel:+12135550101", "sms:+12135550101"]);
  });
});

it("the sentences that a phone fills in by itself have no plurals in them", () => {
  for (const dictionary of Object.values(sentences)) for (const [key, sentence] of Object.entries(dictionary)) if (key.startsWith("card")) expect(sentence, key).not.toMatch(/plural|select/);
});
