import fc from "fast-check";
import type { Database } from "../../../platform/db/database.ts";
import type { Accepting, Point } from "../types.ts";
import type { Ask, Findable, Found } from "./rules.ts";

/*
 * Listings and searches as no street has them: on the date line and at the poles, many at one spot, none at all,
 * words of other scripts, and clocks that end at the very moment of looking.
 */

const start = Temporal.Instant.from("2026-11-26T03:00:00Z").epochMilliseconds;
const day = 24 * 3600 * 1000;
// Whole days, so that many a clock ends just when somebody looks.
const moment = fc.integer({ min: 0, max: 400 }).map((days) => start + days * day);

const round = fc.constantFrom<Point>({ latitude: 0, longitude: 0 }, { latitude: 29.76, longitude: -95.37 }, { latitude: -16.5, longitude: 180 }, { latitude: -16.5, longitude: -180 }, { latitude: 90, longitude: 0 }, { latitude: 90, longitude: 77.7 }, { latitude: -90, longitude: 12 }, { latitude: 90, longitude: -135 });
const grid = fc.record({ latitude: fc.integer({ min: -9, max: 9 }).map((ten) => ten * 10), longitude: fc.integer({ min: -18, max: 18 }).map((ten) => ten * 10) });
const degrees = (most: number) => fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((millionth) => millionth / 1e6);
const anywhere = fc.record({ latitude: degrees(90), longitude: degrees(180) });
const dateLine = fc.record({ latitude: fc.integer({ min: -1700, max: -1600 }).map((hundredth) => hundredth / 100), longitude: fc.constantFrom(179.99, 180, -180, -179.99, 179.5) });
const texas = fc.record({ latitude: fc.integer({ min: 2600, max: 3600 }).map((hundredth) => hundredth / 100), longitude: fc.integer({ min: -10600, max: -9400 }).map((hundredth) => hundredth / 100) });
export const aPoint = fc.oneof(round, grid, anywhere, dateLine, { arbitrary: texas, weight: 4 });

const words = ["circle", "circl", "mother", "mama", "postpartum", "post", "l", "li", "papa", "دعم", "امهات", "母亲", "支援", "እናት", "мама", "ηλιο", "s", "988", "it", "ñandu"];
const facets = ["l_es", "l_en", "l_ar", "i_medicaid", "i_private", "c_free", "w_dads", "k_group", "k_provider", "s_group", "p_babies"];
const some = (all: readonly string[], least: number, most: number) => fc.uniqueArray(fc.constantFrom(...all), { minLength: least, maxLength: most });
const countries = fc.constantFrom("US", "US", "US", "MX", "FJ");

export const aFindable: fc.Arbitrary<Findable> = fc
  .record({
    id: fc.uuid(),
    words: some(words, 0, 7),
    facets: some(facets, 1, 6),
    country: fc.option(countries, { nil: undefined, freq: 9 }),
    at: fc.option(aPoint, { nil: undefined, freq: 9 }),
    accepting: fc.option(fc.constantFrom<Accepting>("yes", "yes", "no", "waitlist"), { nil: undefined }),
    acceptingUntil: fc.option(moment, { nil: undefined, freq: 9 }),
    verifiedAt: fc.option(moment, { nil: undefined }),
    freshUntil: moment,
    sinksAt: moment,
    hiddenAt: fc.option(moment, { nil: Infinity }),
    until: fc.oneof({ arbitrary: fc.constant({}), weight: 3 }, fc.record({ l: moment, c: moment, i: moment, w: moment }, { requiredKeys: [] })),
    falls: fc.array(some(["l", "c", "i", "w"], 0, 2), { minLength: 13, maxLength: 13 }),
  })
  .map(({ words, facets, falls, ...rest }) => {
    const tokens = [...words, ...facets];
    const fading = Object.fromEntries(tokens.flatMap((token, at) => (falls[at]?.length ? [[token, falls[at].join("")] as const] : [])));
    return { ...rest, tokens: new Set(tokens), fading };
  });

const typed = fc.oneof(fc.constantFrom(...words), fc.constantFrom(...words, "nobody").chain((word) => fc.integer({ min: 1, max: word.length }).map((length) => word.slice(0, length))));

export type Search = { readonly ask: Ask; readonly now: number; readonly limit: number };

export const aSearch: fc.Arbitrary<Search> = fc.record({
  now: moment,
  limit: fc.integer({ min: 1, max: 25 }),
  ask: fc
    .record({
      words: fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, some(words, 1, 2)),
      begun: fc.option(typed, { nil: undefined }),
      facets: fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, fc.array(some(facets, 1, 3), { minLength: 1, maxLength: 3 })),
      accepting: fc.boolean(),
      near: fc.option(aPoint, { nil: undefined, freq: 5 }),
      within: fc.option(fc.oneof(fc.integer({ min: 1, max: 500 }).map((km) => km * 1000), fc.constantFrom(1, 0, 20_100_000, 25_000_000)), { nil: undefined, freq: 1 }),
      country: fc.option(countries, { nil: undefined, freq: 1 }),
    })
    .map((ask): Ask => ask),
});

/** Of a search, all that two ways of searching must agree on. */
export const answer = (found: readonly Found<{ readonly id: string }>[]): string => found.map(({ listing, metres }) => `${listing.id} ${metres}`).join();

/** Rows of `listings` that nothing else hangs on. */
export async function insertFindables(db: Database, serviceId: string, findables: readonly Findable[]): Promise<void> {
  const at = (moment: number) => Temporal.Instant.fromEpochMilliseconds(moment);
  await db
    .insertInto("listings")
    .values(
      findables.map((each) => ({
        id: each.id,
        service_id: serviceId,
        kind: "group",
        card: JSON.stringify({ name: "A listing", languages: [], terms: [], source: "", until: each.until ?? {} }),
        fading: JSON.stringify(each.fading ?? {}),
        country: each.country ?? null,
        latitude: each.at?.latitude ?? null,
        longitude: each.at?.longitude ?? null,
        tokens: [...each.tokens],
        accepting: each.accepting ?? null,
        accepting_until: each.acceptingUntil === undefined ? null : at(each.acceptingUntil),
        fresh_until: at(each.freshUntil),
        sinks_at: at(each.sinksAt),
        hidden_at: each.hiddenAt === Infinity ? null : at(each.hiddenAt),
        changed_at: at(start),
      })),
    )
    .execute();
}
