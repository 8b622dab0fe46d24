import { sql, type RawBuilder } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { inMs } from "../claims/rules.ts";
import type { Accepting, AreaId, Card, Kind, Listing, ListingId, Point, ServiceId } from "../types.ts";
import { places, townsNamed } from "../places/queries.ts";
import { areasAround, groupOf, spotOfPlace, spotOfTowns, triesAnywhere, triesNear, withRoom, type Try } from "./asks/rules.ts";
import { isPossible, metresBetween, onEarth, rounding, searchOf, straight, tokensOf, type Ask, type Findable, type Found } from "./rules.ts";
import type { Answer, Group, PocketListing, Spot, Wish } from "./types.ts";

export type FoundListing = Found<Listing>;

/** A listing as searching needs it. `tokens`: of a row; without them it is found by what its card says. */
export const findableOf = (listing: Listing, tokens: Iterable<string> = tokensOf(listing.kind, listing.card)): Findable => ({
  ...inMs(listing),
  id: listing.id,
  tokens: new Set(tokens),
  country: listing.country,
  at: listing.at,
  accepting: listing.accepting,
  acceptingUntil: listing.acceptingUntil?.epochMilliseconds,
});

/** A listing as the search page and her phone hold it. */
export const pocketOf = (listing: Listing): PocketListing => ({ ...findableOf(listing), kind: listing.kind, card: listing.card, inDoubt: listing.inDoubtSince !== undefined });

const columns = ["id", "service_id", "kind", "card", "area_id", "country", "latitude", "longitude", "accepting", "accepting_until", "verified_at", "fresh_until", "sinks_at", "hidden_at", "in_doubt_since"] as const;

type Row = {
  readonly id: string;
  readonly service_id: string;
  readonly kind: string;
  readonly card: unknown;
  readonly area_id: string | null;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly accepting: string | null;
  readonly accepting_until: Instant | null;
  readonly verified_at: Instant | null;
  readonly fresh_until: Instant;
  readonly sinks_at: Instant;
  readonly hidden_at: Instant | null;
  readonly in_doubt_since: Instant | null;
  /** Metres straight through the earth; null where it has no place, or none was asked for. */
  readonly line?: number | null;
};

const pointOf = ({ latitude, longitude }: Row): Point | undefined => (latitude === null || longitude === null ? undefined : { latitude, longitude });

const listingOf = (row: Row): Listing => ({
  id: row.id as ListingId,
  serviceId: row.service_id as ServiceId,
  kind: row.kind as Kind,
  card: row.card as Card,
  area: (row.area_id as AreaId | null) ?? undefined,
  country: row.country ?? undefined,
  at: pointOf(row),
  accepting: (row.accepting as Accepting | null) ?? undefined,
  acceptingUntil: row.accepting_until ?? undefined,
  verifiedAt: row.verified_at ?? undefined,
  freshUntil: row.fresh_until,
  sinksAt: row.sinks_at,
  hiddenAt: row.hidden_at ?? undefined,
  inDoubtSince: row.in_doubt_since ?? undefined,
});

const cube = (numbers: readonly number[]) => sql`cube(${sql.val(numbers)}::float8[])`;

/** `rules.ts: matches`, as conditions on `listings`, except whether it is sunk. */
function conditionsOf({ facets, words, begun, country, accepting, near, within }: Ask, now: Instant): RawBuilder<unknown>[] {
  const search = searchOf({ facets, words, begun });
  return [
    sql`(hidden_at is null or hidden_at > ${now})`,
    ...(search.tsquery === "" ? [] : [sql`search @@ ${search.tsquery}::tsquery`]),
    ...(search.beginning === undefined ? [] : [sql`exists (select from unnest(tokens) as token where starts_with(token, ${search.beginning}) and substr(token, 2, 1) <> '_')`]),
    ...(country === undefined ? [] : [sql`country = ${country}`]),
    ...(accepting ? [sql`accepting = 'yes' and accepting_until > ${now}`] : []),
    ...(near && within !== undefined ? [sql`earth_point <@ cube_enlarge(${cube(onEarth(near))}, ${straight(within) + rounding}, 3)`] : []),
  ];
}

/**
 * The first `limit` of what is asked for: what `scan` would give over all rows, in the same order, to the millisecond of `now`.
 * Those that can be trusted are asked for first, and those below them only if there are too few, so that each is one walk from the nearest on.
 */
export async function findListings(db: Reader, ask: Ask, now: Instant, limit = 20): Promise<FoundListing[]> {
  if (!isPossible(ask)) return [];
  const conditions = conditionsOf(ask, now);
  const trusted = await nearest(db, ask, [...conditions, sql`sinks_at > ${now}`], limit);
  if (trusted.length >= limit) return trusted;
  return [...trusted, ...(await nearest(db, ask, [...conditions, sql`sinks_at <= ${now}`], limit - trusted.length))];
}

/**
 * The nearest `limit` that meet the conditions, then by id. PostgreSQL's last digits of a distance differ from ours, so a few more are asked for,
 * and, where those are as far as the last one that is wanted (two hundred services at one address), many more.
 */
async function nearest(db: Reader, { near, within = Infinity }: Ask, conditions: readonly RawBuilder<unknown>[], limit: number): Promise<FoundListing[]> {
  const line = near ? sql`earth_point <-> ${cube(onEarth(near))}` : undefined;
  for (let most = limit + 12; ; most *= 8) {
    const { rows } = await sql<Row>`/* planned anew */
      select ${sql.join(columns.map((column) => sql.ref(column)))}, ${line ?? sql`null::float8`} as line
      from listings
      where ${sql.join(conditions, sql` and `)}
      order by ${line ? sql`${line}, id` : sql`id`}
      limit ${most}`.execute(db);
    const [edge, last] = [rows[limit - 1]?.line, rows[most - 1]?.line];
    if (typeof edge === "number" && typeof last === "number" && last - edge <= rounding) continue;
    const found = rows.map((row) => ({ listing: listingOf(row), metres: near && row.latitude !== null && row.longitude !== null ? metresBetween(near, { latitude: row.latitude, longitude: row.longitude }) : undefined }));
    return found.filter(({ metres = Infinity }) => within === Infinity || metres <= within).sort(byDistance).slice(0, limit);
  }
}

const byDistance = (a: FoundListing, b: FoundListing): number => (a.metres ?? Infinity) - (b.metres ?? Infinity) || (a.listing.id < b.listing.id ? -1 : 1);

/** All rows of an area and of those inside it, hidden ones too: whoever shows them asks the clock. */
export async function listingsIn(db: Reader, area: AreaId): Promise<Listing[]> {
  const { rows } = await sql<Row>`
    with recursive inside as (select id from areas where id = ${area} union all select areas.id from areas join inside on areas.parent = inside.id)
    select ${sql.join(columns.map((column) => sql.ref(column)))} from listings where area_id in (select id from inside) order by kind, id`.execute(db);
  return rows.map(listingOf);
}

/** Of one area and these kinds, those that can be trusted most; how many there are in all. For a page that shows a few. */
export async function bestIn(db: Reader, area: AreaId, kinds: readonly Kind[], now: Instant, limit: number): Promise<{ readonly listings: readonly Listing[]; readonly count: number }> {
  const here = sql`from listings where area_id = ${area} and kind in (${sql.join(kinds)}) and (hidden_at is null or hidden_at > ${now})`;
  const { rows } = await sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} ${here} order by sinks_at <= ${now}, fresh_until desc, id limit ${limit}`.execute(db);
  const counted = await sql<{ count: number }>`select count(*) ${here}`.execute(db);
  return { listings: rows.map(listingOf), count: counted.rows[0]?.count ?? 0 };
}

/** Changes whenever the rows of a shard do; undefined for an area that we do not know. */
export async function shardMark(db: Reader, area: AreaId): Promise<string | undefined> {
  const { rows } = await sql<{ mark: string }>`select (select concat(count(*), ' ', max(changed_at)) from listings where area_id = ${area}) as mark from areas where id = ${area}`.execute(db);
  return rows[0]?.mark;
}

/** What a phone keeps of one area, and not of those inside it; hidden ones too, since the phone asks the clock itself. */
export async function listingsOfShard(db: Reader, area: AreaId): Promise<Listing[]> {
  const { rows } = await sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} from listings where area_id = ${area} order by kind, id`.execute(db);
  return rows.map(listingOf);
}

/** What is found for a wish, near the place that she named and from anywhere in her country. */
export async function answerTo(db: Reader, wish: Wish, country: string, now: Instant): Promise<Answer> {
  const spot = spotOf(wish.place, country);
  const first = async (tries: readonly Try[]): Promise<Group> => {
    for (const one of tries) {
      const found = (await findListings(db, one.ask, now, one.limit)).map(({ listing, metres }) => ({ listing: pocketOf(listing), metres }));
      if (found.length > 0 || one === tries.at(-1)) return groupOf(one, found);
    }
    return { found: [], farther: false, looser: false };
  };
  const anywhere = await first(triesAnywhere(wish, areasAround(spot, country), country));
  return {
    wish,
    spot,
    placeUnknown: wish.place.trim() !== "" && spot === undefined,
    near: spot && (await first(triesNear(wish, spot.at, country))),
    anywhere: { ...anywhere, found: withRoom(wish, anywhere.found, now.epochMilliseconds) },
  };
}

/** Where a ZIP or the name of a town lies, and which other towns of that name there are. */
function spotOf(typed: string, country: string): Spot | undefined {
  const code = /\d/.test(typed) ? places().placeOfPostcode(country, typed) : undefined;
  return code ? spotOfPlace(code, typed, country) : spotOfTowns(townsNamed(typed, country));
}

/** One row by its own id; undefined for one that cannot be found at all (closed, merged). */
export async function listingById(db: Reader, id: string): Promise<Listing | undefined> {
  const { rows } = await sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} from listings where id = ${id}`.execute(db);
  return rows[0] && listingOf(rows[0]);
}
