import { sql } from "kysely";
import type { Reader } from "../../../../platform/db/database.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Claim, Field, Kind } from "../../types.ts";
import { hiddenFields } from "../parts/rules.ts";
import type { Roots, Stated } from "../parts/types.ts";

/** Most statements of one service that are told as its history; the current ones are always among them. */
const mostStatements = 50;

export const anyOf = (column: string, ids: readonly string[]) => sql<boolean>`${sql.ref(column)} = any(${sql.val(ids)}::uuid[])`;

/** Can be found now, by one of its places at least. */
export const isShown = (serviceColumn: string, now: Instant) =>
  sql<boolean>`exists (select from listings as shown where shown.service_id = ${sql.ref(serviceColumn)} and (shown.hidden_at is null or shown.hidden_at > ${now}))`;

/**
 * When what is shown of a service (`service` names its row) last changed: a word of it, its listings, or an end that came by itself.
 * Beside it, `asks/queries.ts: modifiedSince` finds the services by the same moments.
 */
export const modifiedAt = (service: string, now: Instant) => sql<Instant>`greatest(
  ${sql.ref(`${service}.edited_at`)},
  (select max(greatest(changed_at, case when hidden_at <= ${now} then hidden_at end)) from listings where service_id = ${sql.ref(`${service}.id`)}),
  (select max(case when expires_at + (expires_at - verified_at) <= ${now} then expires_at + (expires_at - verified_at) when expires_at <= ${now} then expires_at end)
    from listing_claims where service_id = ${sql.ref(`${service}.id`)} and superseded_at is null))`;

/** What is known of how far services can be shown. */
export type Standing = {
  readonly kindOf: (serviceId: string) => Kind;
  readonly claimsOf: (serviceId: string) => readonly Stated[];
  /** Of a service; of a service at a location: its service's; of a location: what all services there hide. */
  readonly hides: (id: string, field: Field) => boolean;
};

/** `history`: what was stated before is told too. */
export async function standingOf(db: Reader, { services, places, locations }: Roots, now: Instant, history: boolean): Promise<Standing> {
  const there = locations.length + places.length === 0 ? [] : await db
    .selectFrom("services_at_locations as at")
    .select(["at.id", "at.service_id", "at.location_id"])
    .where((eb) => eb.or([anyOf("at.location_id", locations), anyOf("at.id", places)]))
    .where(isShown("at.service_id", now))
    .execute();
  const ids = [...new Set([...services, ...there.map(({ service_id }) => service_id)])];
  const kinds = new Map((await db.selectFrom("services").select(["id", "kind"]).where(anyOf("id", ids)).execute()).map(({ id, kind }) => [id, kind as Kind]));
  const claims = grouped(await claimsOf(db, ids, history), ({ serviceId }) => serviceId);
  const kindOf = (id: string) => kinds.get(id) ?? "resource";
  const hidden = new Map(ids.map((id) => [id, hiddenFields(kindOf(id), claims(id).filter(({ supersededAt }) => !supersededAt), now)]));
  const byLocation = grouped(there, ({ location_id }) => location_id);
  const byPlace = new Map(there.map(({ id, service_id }) => [id, service_id]));
  const hides = (id: string, field: Field): boolean => {
    const own = hidden.get(byPlace.get(id) ?? id);
    if (own) return own.has(field);
    const here = byLocation(id);
    return here.length > 0 && here.every(({ service_id }) => hidden.get(service_id)?.has(field));
  };
  return { kindOf, claimsOf: claims, hides };
}

async function claimsOf(db: Reader, ids: readonly string[], history: boolean): Promise<(Stated & { serviceId: string })[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; service_id: string; field: string; value: string; source: string; method: string; stated_at: Instant; verified_at: Instant | null; verified_role: string | null; expires_at: Instant | null; superseded_at: Instant | null }>`
    select id, service_id, field, value, source, method, stated_at, verified_at, verified_role, expires_at, superseded_at
    from (select *, row_number() over (partition by service_id order by stated_at desc, id) as place from listing_claims where service_id = any(${sql.val(ids)}::uuid[]) ${history ? sql`` : sql`and superseded_at is null`}) as one
    where place <= ${mostStatements} or superseded_at is null
    order by service_id, stated_at, id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    serviceId: row.service_id,
    field: row.field as Field,
    value: row.value,
    source: row.source,
    method: row.method as Claim["method"],
    statedAt: row.stated_at,
    verifiedAt: row.verified_at ?? undefined,
    verifiedRole: (row.verified_role as Claim["verifiedRole"] | null) ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    supersededAt: row.superseded_at ?? undefined,
  }));
}

/** Rows under their keys; none under any other. */
export function grouped<T>(rows: readonly T[], by: (row: T) => string): (key: string) => readonly T[] {
  const groups = Map.groupBy(rows, by);
  return (key) => groups.get(key) ?? [];
}
