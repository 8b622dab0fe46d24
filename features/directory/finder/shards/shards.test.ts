import { existsSync, readFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../../cast/test-house.ts";
import { isHidden } from "../../claims/now/rules.ts";
import { confirmListing, directoryApp, makeListing } from "../../factory.ts";
import { summaryOf } from "../../listing/rules.ts";
import { terms } from "../../taxonomy/rules.ts";
import { kinds, type Card } from "../../types.ts";
import { anywhereIn, foundBy, isAnywhere } from "../rules.ts";
import type { PocketListing } from "../types.ts";
import { packShard, unpackShard, type Shard } from "./rules.ts";

const minute = 60_000;

describe("what goes into a shard comes out of it", () => {
  const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
  const moment = fc.integer({ min: 1, max: 30_000_000 }).map((minutes) => minutes * minute);
  const words = fc.string({ minLength: 1, maxLength: 20 });
  const without = <T extends object>(card: T) => Object.fromEntries(Object.entries(card).filter(([, value]) => value !== undefined)) as T;
  const long = fc.constantFrom("+12135550101", "+18005550102").map((dial) => ({ kind: "e164" as const, dial, shown: "(213) 555-0101", country: "US" }));
  const dial = fc.oneof(long, fc.constantFrom("US", "MX").map((country) => ({ kind: "short" as const, dial: "988", shown: "988", country })));
  const aCard = fc
    .record({ name: words, organization: maybe(words), summary: maybe(words), phone: maybe(dial), text: maybe(dial), url: maybe(words), street: maybe(words), city: maybe(words), region: maybe(words), postalCode: maybe(words), languages: fc.uniqueArray(fc.constantFrom("en", "es", "hmn")), terms: fc.uniqueArray(fc.constantFrom(...terms)), checkedHow: maybe(fc.constantFrom("call" as const, "owner_link" as const)), closedForNow: maybe(fc.constant(true as const)), until: fc.record({ l: moment, c: moment, i: moment, w: moment, a: fc.constant(0) }, { requiredKeys: [] }) })
    .map((card) => ({ ...without(card), source: "" }) as Card);
  const degrees = (most: number) => fc.integer({ min: -most * 10_000, max: most * 10_000 }).map((steps) => steps / 10_000);
  const aListing = fc
    .record({ id: fc.uuid(), kind: fc.constantFrom(...kinds), card: aCard, at: maybe(fc.record({ latitude: degrees(90), longitude: degrees(180) })), accepting: maybe(fc.constantFrom("yes" as const, "no" as const, "waitlist" as const)), acceptingUntil: maybe(moment), verifiedAt: maybe(moment), freshUntil: moment, sinksAt: moment, hiddenAt: fc.oneof(moment, fc.constant(Infinity)), inDoubt: fc.boolean() })
    .map((row): PocketListing => ({ ...row, country: "US", fading: foundBy(row.kind, row.card).fading, until: row.card.until, tokens: new Set([...foundBy(row.kind, row.card).tokens, ...(isAnywhere(row.card, row.at) ? [anywhereIn("US-TX")] : [])]) }));

  test("all that a card shows, each clock to the minute, each place to ten metres", () => {
    fc.assert(
      fc.property(fc.array(aListing, { maxLength: 8 }), (listings) => {
        const out = unpackShard(JSON.parse(JSON.stringify(packShard(listings, "US-TX"))) as Shard);
        const near = ({ at, ...rest }: PocketListing) => ({ ...rest, at: at && { latitude: Math.round(at.latitude * 10_000) || 0, longitude: Math.round(at.longitude * 10_000) || 0 } });
        expect(out.map(near)).toEqual(listings.map(near));
      }),
    );
  });

  test("never says anything for longer than it may", () => {
    fc.assert(
      fc.property(aListing, fc.integer({ min: 0, max: minute - 1 }), (listing, extra) => {
        const odd = { ...listing, acceptingUntil: (listing.acceptingUntil ?? minute) + extra, hiddenAt: listing.hiddenAt + extra };
        const [out] = unpackShard(packShard([odd], "US-TX"));
        expect(out?.acceptingUntil).toBeLessThanOrEqual(odd.acceptingUntil);
        expect(isHidden(out as PocketListing, odd.hiddenAt)).toBe(isHidden(odd, odd.hiddenAt));
      }),
    );
  });
});

test("a copy that a phone kept from before endings were told is still read", () => {
  const { until: _, ...old } = packShard([], "US-TX");
  expect(unpackShard(old)).toEqual([]);
});

describe("a shard as it is served", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
    await makeListing(house, { name: "Circle in Austin", region: "TX", at: { latitude: 30.27, longitude: -97.74 } });
    await makeListing(house, { name: "Circle by video", at: undefined });
  });
  beforeEach(() => house.passTime({ seconds: 3 }));
  const get = (path: string, headers: Record<string, string> = {}) => directoryAppOf().request(path, { headers });
  let app: ReturnType<typeof directoryApp> | undefined;
  const directoryAppOf = () => (app ??= directoryApp(house));
  const namesAt = async (path: string) => unpackShard((await (await get(path)).json()) as Shard).map(({ card }) => card.name);

  it("holds its own area and nothing else", async () => {
    expect(await namesAt("/find/shards/us-tx.json")).toEqual(["Circle in Austin"]);
    expect(await namesAt("/find/shards/us.json")).toContain("Circle by video");
    expect(await namesAt("/find/shards/us.json")).not.toContain("Circle in Austin");
    expect(await namesAt("/find/shards/us-ny.json")).toEqual([]);
  });

  it.each(["us-xx", "qq", "us-tx.json", "..%2f", "US-TX", "us_tx"])("is not there for %s", async (area) => expect((await get(`/find/shards/${area}.json`)).status).toBe(404));

  it("is the same until a listing of its area changes, and then another", async () => {
    const first = await get("/find/shards/us-tx.json");
    const etag = first.headers.get("etag") ?? "";
    house.passTime({ seconds: 3 });
    expect((await get("/find/shards/us-tx.json", { "if-none-match": etag })).status).toBe(304);
    const { id } = await house.db.selectFrom("services").select("id").where("name", "=", "Circle in Austin").executeTakeFirstOrThrow();
    house.passTime({ hours: 1 });
    await confirmListing(house, id as Parameters<typeof confirmListing>[1]);
    const second = await get("/find/shards/us-tx.json", { "if-none-match": etag });
    expect([second.status, second.headers.get("etag") === etag]).toEqual([200, false]);
  });

  it("may be kept for minutes by whoever asks, in the smallest form that it takes", async () => {
    const answer = await get("/find/shards/us-tx.json", { "accept-encoding": "gzip, br" });
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
    expect(answer.headers.get("content-encoding")).toBe("br");
    expect(JSON.parse(brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString()).v).toBe(1);
  });

  it("places and maps come as files that never change under their name", async () => {
    const page = await (await get("/find", { "accept-language": "en-US" })).text();
    const [path = ""] = /\/find\/places\/us-postcodes-[0-9a-f]{10}/.exec(page) ?? [];
    const answer = await get(path, { "accept-encoding": "br" });
    expect([answer.status, answer.headers.get("cache-control"), (await answer.arrayBuffer()).byteLength < 100_000]).toEqual([200, "public, max-age=31536000, immutable", true]);
    expect((await get(path.replace(/.$/, (last) => (last === "0" ? "1" : "0")))).status).toBe(404);
    expect((await get("/find/maps/us-tx.json")).status).toBe(200);
    expect((await get("/find/maps/us-qq.json")).status).toBe(404);
  });
});

const miami = process.env["OPEN_DATA_DIR"] && `${process.env["OPEN_DATA_DIR"]}/real/miami-211/data`;

describe.skipIf(!miami || !existsSync(miami))("a thousand real listings (OPEN_DATA_DIR)", () => {
  const rows = (name: string) => parse<Record<string, string>>(readFileSync(`${miami}/${name}.csv`), { columns: true, relax_quotes: true, bom: true });

  it("weigh 100 KB at most", () => {
    const by = (name: string) => new Map(rows(name).map((row) => [row["location_id"] ?? row["id"], row]));
    const [phones, addresses, locations] = [by("phones"), by("physical_addresses"), by("locations")];
    const listings = rows("services")
      .slice(0, 1000)
      .map(({ id = "", name = "", description = "", url = "" }, index): PocketListing => {
        const [address, phone, place] = [addresses.get(id), phones.get(id)?.["number"] ?? "", locations.get(id)];
        const digits = phone.replace(/\D/g, "");
        const card: Card = { name, summary: summaryOf(description.replaceAll("\\n", " ")), ...(digits.length === 10 ? { phone: { kind: "e164", dial: `+1${digits}`, shown: phone, country: "US" } } : {}), ...(url ? { url } : {}), ...(address ? { street: address["address_1"] ?? "", city: address["city"] ?? "", region: "FL", postalCode: address["postal_code"] ?? "" } : {}), languages: ["en", "es"], terms: ["s_group", "c_free"], source: "", checkedHow: "call" };
        const at = place?.["latitude"] ? { latitude: Number(place["latitude"]), longitude: Number(place["longitude"]) } : undefined;
        const verifiedAt = 1_790_000_000_000 + (index % 90) * 86_400_000;
        const uuid = (n: number) => `${(n * 2_654_435_761).toString(16).padStart(12, "0")}${((n + 7) * 40_503_777).toString(16).padStart(20, "0")}`.slice(-32);
        return { id: uuid(index + 1).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), kind: "resource", card, tokens: new Set(), country: "US", at, accepting: "yes", acceptingUntil: verifiedAt, verifiedAt, freshUntil: verifiedAt, sinksAt: verifiedAt, hiddenAt: verifiedAt, inDoubt: false };
      });
    const bytes = brotliCompressSync(JSON.stringify(packShard(listings, "US-FL")), { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }).byteLength;
    console.log(`a shard of ${listings.length} real listings: ${(bytes / 1000).toFixed(1)} KB`);
    expect(listings).toHaveLength(1000);
    expect(bytes).toBeLessThanOrEqual(100_000);
  });
});
