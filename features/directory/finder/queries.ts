import { sql, type RawBuilder } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { inMs } from "../claims/rules.ts";
import type { Accepting, AreaId, Card, Kind, Listing, ListingId, Point, ServiceId } from "../types.ts";
import { places, townsNamed } from "../places/queries.ts";
import { areasAround, groupOf, homeOf, spotOfPlace, spotOfTowns, triesAnywhere, triesNear, withRoom, type Try } from "./asks/rules.ts";
import { foundBy, isPossible, metresBetween, onEarth, rounding, searchOf, straight, type Ask, type Fading, type Findable, type Found } from "./rules.ts";
import type { Answer, Group, PocketListing, Spot, Wish } from "./types.ts";
import { nothingKnown, wayOf, type Shares } from "./ways/rules.ts";

export type FoundListing = Found<Listing>;

/** A listing as searching needs it. `by`: of a row; without it a listing is found by what its card says. */
export const findableOf = (listing: Listing, by: { readonly tokens: Iterable<string>; readonly fading: Fading } = foundBy(listing.kind, listing.card)): Findable => ({
  ...inMs(listing),
  id: listing.id,
  tokens: new Set(by.tokens),
  country: listing.country,
  at: listing.at,
  accepting: listing.accepting,
  acceptingUntil: listing.acceptingUntil?.epochMilliseconds,
  fading: by.fading,
  until: listing.card.until,
});

/** A listing as the search page and her phone hold it. */
export const pocketOf = (listing: Listing): PocketListing => inPocket(listing, findableOf(listing));
/** The same for a shard, where each phone finds by itself what a listing is found by. */
export const untokened = (listing: Listing): PocketListing => inPocket(listing, findableOf(listing, { tokens: [], fading: {} }));
const inPocket = ({ kind, card, inDoubtSince }: Listing, findable: Findable): PocketListing => ({ ...findable, kind, card, inDoubt: inDoubtSince !== undefined });

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
  /** Below those that can be trusted. */
  readonly sunk?: boolean;
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

const hour = 3_600_000;
const known = new WeakMap<Reader, { readonly at: number; readonly shares: Shares }>();

/** What PostgreSQL has counted of the tokens, read once an hour; it decides how fast something is found and never what. */
async function sharesOf(db: Reader, { epochMilliseconds: at }: Instant): Promise<Shares> {
  const before = known.get(db);
  if (before && Math.abs(at - before.at) < hour) return before.shares;
  const { rows } = await sql<{ tokens: string[]; shares: number[]; rows: number }>`
    select most_common_elems::text::text[] as tokens, most_common_elem_freqs as shares, greatest(reltuples, 0)::int as rows
    from pg_stats join pg_class on oid = 'listing_search'::regclass where schemaname = current_schema() and tablename = 'listing_search' and attname = 'search'`.execute(db);
  const [row] = rows;
  // Behind the shares of the elements stand the least, the greatest, and that of null.
  const shares = row?.tokens ? { rows: row.rows, of: new Map(row.tokens.map((token, at) => [token, row.shares[at] ?? 0])), least: row.shares[row.tokens.length] ?? 0.01 } : nothingKnown;
  known.set(db, { at, shares });
  return shares;
}

/** `rules.ts: matches`, as conditions on `listing_search`: of its words and facets only that what it has of them is not over. */
function conditionsOf(ask: Ask, now: Instant): RawBuilder<unknown>[] {
  const { country, accepting, near, within } = ask;
  const { tsquery, beginning } = searchOf(ask);
  const at = sql`${now.epochMilliseconds}::bigint`;
  return [
    sql`(hidden_at is null or hidden_at > ${now})`,
    ...(beginning === undefined ? [] : [sql`exists (select from unnest(tsvector_to_array(case when fades_at <= ${at} then lasting(id, search, ${at}) else search end)) as token where starts_with(token, ${beginning}) and substr(token, 2, 1) <> '_')`]),
    ...(tsquery === "" ? [] : [sql`(fades_at is null or fades_at > ${at} or ts_match_vq(lasting(id, search, ${at}), ${tsquery}::tsquery))`]),
    ...(country === undefined ? [] : [sql`country = ${country}`]),
    ...(accepting ? [sql`accepting_until > ${now}`] : []),
    ...(near && within !== undefined ? [sql`earth_point <@ cube_enlarge(${cube(onEarth(near))}, ${straight(within) + rounding}, 3) and ${lineFrom(near)} <= ${straight(within) + rounding}`] : []),
  ];
}

/** The first `limit` of what is asked for: what `scan` would give over all rows, in the same order, to the millisecond of `now`. */
export async function findListings(db: Reader, ask: Ask, now: Instant, limit = 20): Promise<FoundListing[]> {
  if (!isPossible(ask)) return [];
  const way = wayOf(ask, limit, await sharesOf(db, now));
  if (way.by === "words") return first(db, ask, byWords(ask, way, now), limit);
  const near = await first(db, ask, fromTheNearest(ask, way, now), limit);
  return near.length < limit ? first(db, ask, byWords(ask, { asked: way.asked, checked: "" }, now), limit) : near;
}

/** A function where PostgreSQL has an operator is never answered by an index. */
const byWords = (ask: Ask, { asked, checked }: { readonly asked: string; readonly checked: string }, now: Instant) => sql`
  select id, sinks_at <= ${now} as sunk, ${lineFrom(ask.near)} as line from listing_search
  where ${sql.join([...conditionsOf(ask, now), ...(asked === "" ? [] : [sql`search @@ ${asked}::tsquery`]), ...(checked === "" ? [] : [sql`ts_match_vq(search, ${checked}::tsquery)`])], sql` and `)}`;

const fromTheNearest = (ask: Ask, { asked }: { readonly asked: string }, now: Instant) => sql`
  select id, false as sunk, ${lineFrom(ask.near)} as line from listing_search
  where ${sql.join([sql`sinks_at > ${now}`, ...conditionsOf(ask, now), ...(asked === "" ? [] : [sql`strip(search) @@ ${asked}::tsquery`])], sql` and `)}`;

/** Metres straight through the earth. */
const lineFrom = (near: Point | undefined) => (near ? sql`earth_point <-> ${cube(onEarth(near))}` : sql`null::float8`);

/**
 * The first `limit` of these, those that can be trusted before the others, then the nearest, then by id. PostgreSQL's last digits of a distance
 * differ from ours, so one more is asked for, and, where that is as far as the last one that is wanted (two hundred services at one address), many more.
 */
async function first(db: Reader, { near, within = Infinity }: Ask, ids: RawBuilder<unknown>, limit: number): Promise<FoundListing[]> {
  for (let most = limit + 1; ; most *= 8) {
    const { rows } = await sql<Row>`/* planned once */
      select ${sql.join(columns.map((column) => sql.ref(column)))}, sunk, line
      from (select id, sunk, line from (${ids}) as each order by sunk, line, id limit ${most}) as found join listings using (id)
      order by sunk, line, id`.execute(db);
    const reached = rows.map((row) => ({ listing: listingOf(row), sunk: row.sunk, line: row.line, metres: near && row.latitude !== null && row.longitude !== null ? metresBetween(near, { latitude: row.latitude, longitude: row.longitude }) : undefined }));
    const found = reached.filter(({ metres = Infinity }) => within === Infinity || metres <= within).sort((a, b) => Number(a.sunk) - Number(b.sunk) || byDistance(a, b));
    const [edge, last] = [found[limit - 1], reached[most - 1]];
    const isOpen = last && (!edge || (edge.sunk === last.sunk && typeof edge.line === "number" && typeof last.line === "number" && last.line - edge.line <= rounding));
    if (!isOpen) return found.slice(0, limit).map(({ listing, metres }) => ({ listing, metres }));
  }
}

const byDistance = (a: FoundListing, b: FoundListing): number => (a.metres ?? Infinity) - (b.metres ?? Infinity) || (a.listing.id < b.listing.id ? -1 : 1);

/** Of the listings `l` that lie here and are of these kinds, those that can be trusted most; how many there are in all. For a page that shows a few. */
export async function bestIn(db: Reader, isHere: RawBuilder<boolean>, kinds: readonly Kind[], now: Instant, limit: number): Promise<{ readonly listings: readonly Listing[]; readonly count: number }> {
  const here = sql`from listings l where ${isHere} and kind in (${sql.join(kinds)}) and (hidden_at is null or hidden_at > ${now})`;
  const { rows } = await sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} ${here} order by sinks_at <= ${now}, fresh_until desc, id limit ${limit}`.execute(db);
  const counted = await sql<{ count: number }>`select count(*) ${here}`.execute(db);
  return { listings: rows.map(listingOf), count: counted.rows[0]?.count ?? 0 };
}

/** Of a shard's rows: `all` changes whenever they do, `there` when one comes, goes, or is hidden by the very change; `rows` is how many. */
export type ShardMark = { readonly all: string; readonly there: string; readonly rows: number };

/** Undefined for an area that we do not know. */
export async function shardMark(db: Reader, area: AreaId): Promise<ShardMark | undefined> {
  const { rows } = await sql<ShardMark>`
    select concat(rows, ' ', changed, ' ', there) as all, there, rows from areas, lateral
      (select count(*)::int as rows, max(changed_at) as changed, coalesce(bit_xor(uuid_hash_extended(id, (hidden_at is not null and hidden_at <= changed_at)::int)), 0)::text as there from listings where area_id = ${area}) as own
    where areas.id = ${area}`.execute(db);
  return rows[0];
}

const atATime = 1_000;

/** What a phone keeps of one area, and not of those inside it, some after some; hidden ones too, since the phone asks the clock itself. */
export async function* listingsOfShard(db: Reader, area: AreaId): AsyncGenerator<readonly Listing[]> {
  for (let after: Row | undefined; ; ) {
    const behind = after ? sql`and (kind, id) > (${after.kind}, ${after.id}::uuid)` : sql``;
    const { rows } = await sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} from listings where area_id = ${area} ${behind} order by kind, id limit ${atATime}`.execute(db);
    yield rows.map(listingOf);
    after = rows[atATime - 1];
    if (!after) return;
  }
}

/** What is found for a wish, near the place that she named and from anywhere in her country. `from`: where she is, territories by their own codes. */
export async function answerTo(db: Reader, wish: Wish, from: string, now: Instant): Promise<Answer> {
  const { country } = homeOf(from);
  const spot = spotOf(wish.place, country);
  const first = async (tries: readonly Try[]): Promise<Group> => {
    for (const one of tries) {
      const found = (await findListings(db, one.ask, now, one.limit)).map(({ listing, metres }) => ({ listing: pocketOf(listing), metres }));
      if (found.length > 0 || one === tries.at(-1)) return groupOf(one, found);
    }
    return { found: [], farther: false, looser: false };
  };
  const anywhere = await first(triesAnywhere(wish, areasAround(spot, from), country));
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
