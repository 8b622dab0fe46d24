import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { byImport, makeListing } from "../factory.ts";
import type { AreaId } from "../types.ts";
import { aFindable, answer, aSearch, insertFindables, type Search } from "./factory.ts";
import { findableOf, findListings, listingsOfShard } from "./queries.ts";
import { askFor, scan, type Ask, type Fading } from "./rules.ts";

const seed = 20261126;
const anywhere = { facets: [], accepting: false, near: undefined, within: undefined, country: undefined };
const houston = { latitude: 29.76, longitude: -95.37 };
const austin = { latitude: 30.27, longitude: -97.74 };

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  house.setClock("2026-11-26T03:00:00Z");
  await makeListing(house, { name: "Circle in Houston", at: houston, region: "TX", languages: ["es"], accepting: "yes" });
  await makeListing(house, { name: "Circle in Austin", at: austin, region: "TX", terms: ["w_dads"] });
  await makeListing(house, { name: "Circle by video", at: undefined });
  await makeListing(house, { name: "Circle nobody called", at: houston, region: "TX", by: byImport });
});
beforeEach(() => house.setClock("2026-11-26T03:00:00Z"));

const named = async (ask: Ask, limit?: number) => (await findListings(house.db, ask, house.now(), limit)).map(({ listing }) => listing.card.name);
const find = (typed: string, rest: Partial<Ask> = {}, limit?: number) => named(askFor(typed, { ...anywhere, ...rest }), limit);

describe("the database finds", () => {
  it("the nearest first, then those without a place, then those nobody stands for", async () => {
    expect(await find("circle ", { near: austin })).toEqual(["Circle in Austin", "Circle in Houston", "Circle by video", "Circle nobody called"]);
    expect(await find("circle ", { near: austin }, 1)).toEqual(["Circle in Austin"]);
  });

  it("what answers every word, every group of facets, and has room now", async () => {
    expect(await find("papas circle ")).toEqual(["Circle in Austin"]);
    expect(await find("circ", { facets: [["l_es", "l_fr"]] })).toEqual(["Circle in Houston"]);
    expect(await find("", { accepting: true })).toEqual(["Circle in Houston"]);
    house.passTime({ hours: 14 * 24 });
    expect(await find("", { accepting: true })).toEqual([]);
  });

  it("as far as was asked, with metres on the ground", async () => {
    const [first, ...more] = await findListings(house.db, askFor("houston ", { ...anywhere, near: austin, within: 236_000 }), house.now());
    expect([first?.metres !== undefined && Math.round(first.metres / 100), more.length]).toEqual([2354, 0]);
    expect(await find("houston ", { near: austin, within: 235_000 })).toEqual([]);
  });

  it("nothing by what cannot be answered", async () => {
    expect(await find("", { facets: [[]] })).toEqual([]);
    expect(await find("", { within: 1000 })).toEqual([]);
  });

  it("nothing by the signs of its own language, which are words like others", async () => {
    for (const typed of ["'", "circle & !houston", "a:* | b", "\\", "l_es", "circle' | 'austin"]) expect(await find(typed)).toEqual((await everything(typed)));
    expect(await named({ ...askFor("", anywhere), words: ["it's", "a\\b", "<->", ""] })).toEqual([]);
    expect(await named({ ...askFor("", anywhere), words: ["it's", "a\\b", "!<->:*"] })).toEqual([]);
  });

  it("a word of one letter, though facets begin with it too", async () => expect(await find("l")).toEqual(await everything("l")));

  it("no word that is longer than a word can be, and is not stopped by it", async () => expect(await find("a".repeat(5000))).toEqual([]));
});

/** The plain scan over all rows. */
async function everything(typed: string): Promise<string[]> {
  const rows = await house.db.selectFrom("listings").select(["id", "tokens", "fading"]).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  const all = (await Promise.all(["US", "US-TX"].map((area) => Array.fromAsync(listingsOfShard(house.db, area as AreaId))))).flat(2);
  const names = new Map(all.map(({ id, card }) => [id as string, card.name]));
  const found = scan(all.map((listing) => findableOf(listing, known.get(listing.id) as { tokens: string[]; fading: Fading })), askFor(typed, anywhere), house.now().epochMilliseconds);
  return found.map(({ listing }) => names.get(listing.id) ?? "");
}

test("the database finds what the plain scan finds, in 10,000 searches", async () => {
  const serviceId = await makeListing(house);
  await house.db.deleteFrom("listings").execute();
  const listings = fc.sample(aFindable, { numRuns: 2000, seed });
  await insertFindables(house.db, serviceId, listings);
  await sql`analyze listing_search`.execute(house.db);
  const searches = fc.sample(aSearch, { numRuns: 10_000, seed });
  const wrong: Search[] = [];
  const next = async (): Promise<void> => {
    for (let search; (search = searches.pop()); ) {
      const { ask, now, limit } = search;
      const found = await findListings(house.db, ask, Temporal.Instant.fromEpochMilliseconds(now), limit);
      if (answer(found) !== answer(scan(listings, ask, now, limit))) wrong.push(search);
    }
  };
  await Promise.all(Array.from({ length: 4 }, next));
  expect(wrong).toEqual([]);
}, 300_000);
