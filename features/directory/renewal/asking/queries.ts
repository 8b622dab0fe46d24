import { sql } from "kysely";
import { NIL } from "uuid";
import { unseal, type Keys } from "../../../../platform/crypto/seal.ts";
import type { Reader } from "../../../../platform/db/database.ts";
import { addressPrint } from "../../../../platform/delivery/stops.ts";
import { isLanguage, type Language } from "../../../../platform/i18n/words.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Kind, ServiceId } from "../../types.ts";
import { sealedFor } from "../rules.ts";
import type { OwnerAddress, Way } from "../types.ts";
import { daysBetween, mostUnanswered, standingOf } from "./rules.ts";
import type { Candidate, Owner, OwnerNow } from "./types.ts";

/** Of a service `s` and its organization `o`: the letter box that stands on the listing, and how its owner took to being asked. */
const letterBox = sql`coalesce(nullif(s.email, ''), nullif(o.email, ''))`;
const spoken = sql`array(select lg.code from languages lg where lg.service_id = s.id and lg.code is not null)`;
const asks = sql`
  select count(*) filter (where answered_at is null and asked_at > coalesce((select max(verified_at) from listing_claims where service_id = s.id and field = 'contact'), '-infinity'))::int as unanswered, max(asked_at) as asked_at
  from owner_asks where service_id = s.id`;

/** Nobody is asked about a listing whose confirmation ended longer ago than this: it waits for a call. */
const lateDays = 60;
/** Nor before this many days before the end: the widest that `rules.ts` looks ahead. */
const earlyDays = 14;

/** `after`: those with greater ids. `only`: those of this one address that an owner gave. */
type Which = { readonly after?: string; readonly only?: Buffer; readonly limit?: number };

/**
 * A page of listings of which something ends soon and whose owner can be written to, in the order of their ids.
 * Only what a person once confirmed: a stranger's letter box out of somebody's file is for a coordinator to write to first.
 */
export async function candidates(db: Reader, keys: Keys, now: Instant, ways: readonly Way[], { after = NIL, only, limit = 500 }: Which = {}): Promise<Candidate[]> {
  const { rows } = await sql<Row>`
    with ending as (
      select service_id,
        min(expires_at) filter (where field in ('about', 'contact')) as stands_until,
        min(expires_at) filter (where field in ('accepting', 'wait') and verified_role = 'owner') as room_until
      from listing_claims
      where superseded_at is null and expires_at between ${now.subtract({ hours: lateDays * 24 })} and ${now.add({ hours: earlyDays * 24 })} and service_id > ${after}
      group by service_id
    )
    select s.id, s.kind, e.stands_until, e.room_until, ${letterBox} as email,
      (select l.card->>'zone' from listings l where l.service_id = s.id order by l.id limit 1) as zone,
      ${spoken} as languages,
      a.unanswered, a.asked_at, c.id as contact_id, c.way, c.sealed, c.wrapped_key, c.language
    from ending e
    join services s on s.id = e.service_id and s.merged_into is null and s.status in ('active', 'temporarily closed')
    left join organizations o on o.id = s.organization_id
    left join lateral (
      select * from owner_contacts where service_id = s.id and way = any(${sql.val(ways)}::text[]) and fingerprint = coalesce(${only ?? null}::bytea, fingerprint) order by way desc limit 1
    ) c on true
    cross join lateral (${asks}) a
    where (e.stands_until is not null or e.room_until is not null)
      and (c.id is not null or (${only === undefined && ways.includes("email")} and ${letterBox} is not null))
    order by s.id limit ${limit}`.execute(db);
  return rows.map((row) => ({
    serviceId: row.id,
    kind: row.kind,
    standsUntil: row.stands_until ?? undefined,
    roomUntil: row.room_until ?? undefined,
    zone: row.zone ?? undefined,
    unanswered: row.unanswered,
    askedAt: row.asked_at ?? undefined,
    to: addressOf(row, keys),
  }));
}

/** How the owners of these listings can be written to, whatever ends when and whoever first knew of them: for a coordinator, who decides. */
export async function ownersOf(db: Reader, keys: Keys, ids: readonly ServiceId[]): Promise<readonly Owner[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Omit<Row, "kind" | "stands_until" | "room_until" | "zone">>`
    select s.id, ${letterBox} as email, ${spoken} as languages, a.unanswered, a.asked_at, c.id as contact_id, c.way, c.sealed, c.wrapped_key, c.language
    from services s
    left join organizations o on o.id = s.organization_id
    left join lateral (select * from owner_contacts where service_id = s.id order by way limit 1) c on true
    cross join lateral (${asks}) a
    where s.id = any(${sql.val(ids)}::uuid[]) and s.merged_into is null and s.status in ('active', 'temporarily closed')
    order by s.id`.execute(db);
  return rows.map((row) => ({ serviceId: row.id, to: row.contact_id || row.email ? addressOf(row, keys) : undefined, unanswered: row.unanswered, askedAt: row.asked_at ?? undefined }));
}

/** The same, with whether each may be asked at `now`. */
export async function ownersNow(db: Reader, keys: Keys, ids: readonly ServiceId[], now: Instant): Promise<readonly OwnerNow[]> {
  const owners = await ownersOf(db, keys, ids);
  const print = ({ to }: Owner) => (to ? [addressPrint(keys, to.address)] : []);
  const prints = owners.flatMap(print);
  if (prints.length === 0) return owners.map((owner) => ({ ...owner, standing: "noAddress", lastAt: undefined }));
  const written = await db.selectFrom("owner_asks").select((eb) => ["fingerprint", eb.fn.max("asked_at").as("at")]).where("fingerprint", "in", prints).groupBy("fingerprint").execute();
  const stops = await db.selectFrom("stopped_addresses").select("fingerprint").where("fingerprint", "in", prints).execute();
  return owners.map((owner) => {
    const [own] = print(owner);
    const lastAt = written.find(({ fingerprint }) => own?.equals(fingerprint))?.at;
    return { ...owner, lastAt, standing: standingOf(owner, stops.some(({ fingerprint }) => own?.equals(fingerprint)), lastAt, now) };
  });
}

/** What she gave herself; else the listing's own letter box, in Spanish where they speak Spanish alone. */
function addressOf({ contact_id, way, sealed, wrapped_key, language, email, languages }: Pick<Row, "contact_id" | "way" | "sealed" | "wrapped_key" | "language" | "email" | "languages">, keys: Keys): OwnerAddress {
  if (contact_id && way && sealed && wrapped_key) {
    const address = unseal(keys.openDataKey(wrapped_key, sealedFor(contact_id)), sealed, sealedFor(contact_id));
    return { way, address, language: isLanguage(language) ? language : "en" };
  }
  return { way: "email", address: email ?? "", language: letterLanguage(languages) };
}

const letterLanguage = (codes: readonly string[]): Language => (codes.includes("es") && !codes.includes("en") ? "es" : "en");

/** When this address was last written to, for any listing. */
export async function lastWrittenTo(db: Reader, fingerprint: Buffer): Promise<Instant | undefined> {
  return (await db.selectFrom("owner_asks").select("asked_at").where("fingerprint", "=", fingerprint).orderBy("asked_at", "desc").executeTakeFirst())?.asked_at;
}

/** Listings whose owners were asked three times without an answer, for the call queue; the longest silent first. */
export async function silentOwners(db: Reader, now: Instant): Promise<readonly { serviceId: ServiceId; askedAt: Instant }[]> {
  const { rows } = await sql<{ service_id: ServiceId; asked_at: Instant }>`
    select a.service_id, max(a.asked_at) as asked_at from owner_asks a
    where a.answered_at is null and a.asked_at > coalesce((select max(verified_at) from listing_claims c where c.service_id = a.service_id and c.field = 'contact'), '-infinity')
    group by a.service_id
    having count(*) >= ${mostUnanswered} and max(a.asked_at) <= ${now.subtract({ hours: daysBetween * 24 })}
    order by 2`.execute(db);
  return rows.map(({ service_id, asked_at }) => ({ serviceId: service_id, askedAt: asked_at }));
}

/** The listing that an answer of this number means: the last that it was asked about, an unanswered one first, unless that is too long ago to be meant. */
export async function lastAskedAbout(db: Reader, fingerprint: Buffer, since: Instant): Promise<{ serviceId: ServiceId; name: string; language: Language } | undefined> {
  const row = await db
    .selectFrom("owner_asks as a")
    .innerJoin("services as s", "s.id", "a.service_id")
    .leftJoin("owner_contacts as c", (join) => join.onRef("c.service_id", "=", "a.service_id").on("c.way", "=", "text"))
    .select(["a.service_id", "s.name", "c.language"])
    .where("a.fingerprint", "=", fingerprint)
    .where("a.way", "=", "text")
    .where("a.asked_at", ">", since)
    .orderBy(sql`a.answered_at is null`, "desc")
    .orderBy("a.asked_at", "desc")
    .orderBy("a.id")
    .executeTakeFirst();
  return row && { serviceId: row.service_id as ServiceId, name: row.name, language: isLanguage(row.language) ? row.language : "en" };
}

type Row = {
  readonly id: ServiceId;
  readonly kind: Kind;
  readonly stands_until: Instant | null;
  readonly room_until: Instant | null;
  readonly email: string | null;
  readonly zone: string | null;
  readonly languages: readonly string[];
  readonly unanswered: number;
  readonly asked_at: Instant | null;
  readonly contact_id: string | null;
  readonly way: Way | null;
  readonly sealed: Buffer | null;
  readonly wrapped_key: Buffer | null;
  readonly language: string | null;
};
