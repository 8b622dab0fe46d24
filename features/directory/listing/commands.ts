import { setImmediate as breathe } from "node:timers/promises";
import { sql } from "kysely";
import { CopyRows, copyLine } from "../../../platform/db/copy.ts";
import type { Act } from "../../../platform/db/transaction.ts";
import { topics } from "../events.ts";
import { clocksOf } from "../claims/rules.ts";
import { anywhereIn, foundBy, isAnywhere } from "../finder/rules.ts";
import { pointOfPostcode, zoneOf } from "../places/queries.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Accepting, Card, Point, ServiceId } from "../types.ts";
import { partsOf, standingPartsOf, type Parts } from "./queries.ts";
import { areaOf, cardOf, isClosedForNow, placesOf, standingOf, standsOn } from "./rules.ts";
import type { Place, ServiceParts, StandingParts } from "./types.ts";

/** At most so many services are read and written in one go, and so many made ready before others have the processor. */
const [batch, stride] = [500, 10];

/** Makes the rows that can be found of these services anew from what is known of them now. Those merged, closed or gone have none. */
export async function relist(act: Act, serviceIds: readonly ServiceId[]): Promise<void> {
  for (let from = 0; from < serviceIds.length; from += batch) {
    const ids = serviceIds.slice(from, from + batch);
    await write(act, ids, await madeOf(act, ids), { first: false });
  }
  if (serviceIds.length > 0) act.tell(topics.listings);
}

type ToMake = { readonly ids: readonly ServiceId[]; readonly parts: Parts };
type ToWrite = { readonly ids: readonly ServiceId[]; readonly rows: readonly Row[] };

/**
 * The same of very many, as they come. The connection answers one statement at a time and should never wait: while the rows of some are made
 * ready, it writes those before them and reads what the next are made of. `first`: none of them has a row yet.
 */
export async function relistMany(act: Act, some: AsyncIterator<readonly ServiceId[]>, { first }: { readonly first: boolean }): Promise<void> {
  const readNext = async (): Promise<ToMake | undefined> => {
    const { value: ids, done } = await some.next();
    return done === true ? undefined : { ids, parts: await partsOf(act.tx, ids) };
  };
  const writeAndRead = async (made: ToWrite | undefined): Promise<ToMake | undefined> => {
    if (made) await write(act, made.ids, made.rows, { first });
    return readNext();
  };
  let ready: ToWrite | undefined;
  for (let toMake = await readNext(); toMake; ) {
    const { ids, parts } = toMake;
    // Both have ended before either's fault is heard: nothing may be written behind a rollback.
    const [made, next] = await Promise.allSettled([rowsOfAll(parts, act.now), writeAndRead(ready)]);
    ready = { ids, rows: valueOf(made) };
    toMake = valueOf(next);
  }
  if (ready) await write(act, ready.ids, ready.rows, { first });
  act.tell(topics.listings);
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === "rejected") throw settled.reason;
  return settled.value;
}

const madeOf = async ({ tx, now }: Act, ids: readonly ServiceId[]): Promise<readonly Row[]> => rowsOfAll(await partsOf(tx, ids), now);

async function rowsOfAll(parts: Parts, now: Instant): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [nth, service] of parts.services.entries()) {
    rows.push(...rowsOf(service, parts, now));
    if (nth % stride === stride - 1) await breathe();
  }
  return rows;
}

type Row = ReturnType<typeof rowsOf>[number];

/** The columns of `listings`. What is JSON goes as its text. */
const columns = { id: "uuid", service_id: "uuid", kind: "text", card: "text", area_id: "text", country: "text", latitude: "float8", longitude: "float8", tokens: "text[]", fading: "text", accepting: "text", accepting_until: "timestamptz", verified_at: "timestamptz", fresh_until: "timestamptz", sinks_at: "timestamptz", hidden_at: "timestamptz", in_doubt_since: "timestamptz", changed_at: "timestamptz" } as const satisfies Record<keyof Row, string>;
const names = Object.keys(columns) as (keyof Row)[];
const [named, read, typed, anew] = [
  sql.raw(names.join(", ")),
  sql.raw(names.map((name) => (name === "card" || name === "fading" ? `${name}::jsonb` : name)).join(", ")),
  sql.raw(Object.entries(columns).map((column) => column.join(" ")).join(", ")),
  sql.raw(names.filter((name) => name !== "id").map((name) => `${name} = excluded.${name}`).join(", ")),
];

/** Rows of one statement: a service may have thousands of places, and a text has an end. */
const most = 5_000;

/** Rows as one value: as thousands of parameters they cost more to read than to write. Where none stands yet, as a copy: there is nothing to compare them with. */
async function write({ tx }: Act, ids: readonly ServiceId[], rows: readonly Row[], { first }: { readonly first: boolean }): Promise<void> {
  if (!first) await sql`delete from listings where service_id = any(${sql.val(ids)}::uuid[]) and id <> all(${sql.val(rows.map(({ id }) => id))}::uuid[])`.execute(tx);
  for (let at = 0; at < rows.length; at += most) {
    const some = rows.slice(at, at + most);
    if (first) await sql`copy listings (${named}) from stdin ${new CopyRows(some.map(asLine))}`.execute(tx);
    else await sql`insert into listings (${named}) select ${read} from json_to_recordset(${JSON.stringify(some)}::json) as made (${typed}) on conflict (id) do update set ${anew}`.execute(tx);
  }
}

const asLine = (row: Row): string => copyLine(names.map((name) => row[name]));

/**
 * Where nothing but statements about a service changed: its rows keep their words and places, and say anew who stands for them, until when.
 * A service that has no row, or should have none, is made anew.
 */
export async function restand(act: Act, serviceId: ServiceId): Promise<void> {
  const { tx, now, tell } = act;
  const service = await standingPartsOf(tx, serviceId);
  const { card, ...columns } = service && isListed(service) ? { card: standingOf(service.kind, service.claims), ...clocksIn(service) } : { card: undefined };
  const { numUpdatedRows } = card
    ? await tx
        .updateTable("listings")
        .set({ ...columns, card: sql`(card - ${sql.val(ofStanding)}::text[]) || ${JSON.stringify(card)}::jsonb`, changed_at: now })
        .where("service_id", "=", serviceId)
        .executeTakeFirst()
    : { numUpdatedRows: 0n };
  if (numUpdatedRows === 0n) return relist(act, [serviceId]);
  tell(topics.listings);
}

/** What `standingOf` writes on a card. */
const ofStanding: readonly (keyof Card)[] = ["source", "checkedHow", "acceptingStatedAt", "waitDays", "waitUntil", "until"];

/** Before anybody looked. */
const long = Temporal.Instant.fromEpochMilliseconds(0);

/** The columns of a row that say who stands for it, until when. */
function clocksIn({ kind, status, claims, inDoubtSince, awaySince }: StandingParts) {
  const closed = isClosedForNow({ status });
  const clocks = clocksOf(kind, standsOn(claims), inDoubtSince, awaySince);
  const accepting = claims.find(({ field }) => field === "accepting");
  return {
    accepting: accepting?.verifiedAt && !closed ? (accepting.value as Accepting) : null,
    accepting_until: accepting?.expiresAt ?? null,
    verified_at: clocks.verifiedAt ?? null,
    fresh_until: clocks.freshUntil,
    sinks_at: closed ? long : clocks.sinksAt,
    hidden_at: clocks.hiddenAt ?? null,
    in_doubt_since: inDoubtSince ?? null,
  };
}

const isListed = ({ status, mergedInto }: StandingParts): boolean => mergedInto === undefined && status !== "defunct" && status !== "inactive";

/** One row a place of a service, or one without a place. None of a service that is closed or was merged into another. */
export function rowsOf(service: ServiceParts, { areas }: { readonly areas: ReadonlySet<string> }, now: Instant) {
  if (!isListed(service)) return [];
  const { kind } = service;
  const standing = clocksIn(service);
  return placesOf(service).map(({ id, place }) => {
    const address = place?.address ?? place?.mail;
    const area = areaOf(address?.country, address?.state_province) ?? service.areas[0] ?? areaOf(service.country, undefined);
    const country = area?.slice(0, 2);
    const at = pointOf(place, country);
    const card = cardOf(service, place, place?.zone ?? (at && zoneOf(at)));
    const { tokens, fading } = foundBy(kind, card, service.description);
    return {
      id,
      service_id: service.id,
      kind,
      card: JSON.stringify(card),
      area_id: area && areas.has(area) ? area : null,
      country: country ?? null,
      latitude: at?.latitude ?? null,
      longitude: at?.longitude ?? null,
      tokens: [...tokens, ...(area && isAnywhere(card, at) ? [anywhereIn(area)] : [])],
      fading: JSON.stringify(fading),
      ...standing,
      changed_at: now,
    };
  });
}

/** Its own point; where a source gave none, that of its postal code (or of its letter box), which is good enough to say how far it is. */
function pointOf(place: Place | undefined, country: string | undefined): Point | undefined {
  if (place?.latitude !== undefined && place.longitude !== undefined) return { latitude: place.latitude, longitude: place.longitude };
  const address = place?.address ?? place?.mail;
  return country && address && !place?.virtual ? pointOfPostcode(country, address.postal_code) : undefined;
}
