import { sql } from "kysely";
import type { Tx } from "../../../../../platform/db/database.ts";
import type { Instant } from "../../../../../platform/time/time.ts";

/** A description that is shared by chance is shorter. */
const leastLetters = 40;
/** Two names that are at least so alike (pg_trgm) are taken for the same. */
const alike = 0.5;

/**
 * Proposes to a person what may be one service told twice. Answers how many new pairs there are.
 *
 * Within one source: the same name and the same words, whatever the place or number. A source tells its own records apart, so the same name at the
 * same address, or with the same number, is mostly another program of the same house; only the same words as well are the same service again.
 * Across sources each writes in its own words: there the same number, or the same address, and a name alike are enough.
 * Each of a group is proposed beside the first of it, so that a service told twelve times is eleven decisions and not sixty-six.
 */
export async function proposeDoubles(tx: Tx, sourceId: string, now: Instant): Promise<number> {
  const folded = (column: string) => sql.raw(`lower(regexp_replace(btrim(${column}), '\\s+', ' ', 'g'))`);
  await sql`
    create temporary table stage_doubles on commit drop as
    with own as (
      select v.id, md5(${folded("v.name")} || chr(1) || ${folded("v.description")}) as words from services v
      where v.source_id = ${sourceId}::uuid and v.merged_into is null and length(v.description) >= ${leastLetters}
    ), grouped as (
      select id, first_value(id) over (partition by words order by id) as first from own
    )
    select first as a, id as b, 'same_words' as why from grouped where id <> first`.execute(tx);
  const elsewhere = sql`s.source_id is distinct from ${sourceId}::uuid and s.merged_into is null and s.status <> 'defunct'`;
  const { rows } = await sql<{ others: boolean }>`select exists (select from services s where ${elsewhere}) as others`.execute(tx);
  if (rows[0]?.others) {
    const mine = sql`select v.id, v.name from services v join stage_now x on x.service_id = v.id where v.source_id = ${sourceId}::uuid and v.merged_into is null`;
    await sql`insert into stage_doubles
      select distinct least(v.id, s.id), greatest(v.id, s.id), 'same_phone_and_name' from (${mine}) v join phones p on p.service_id = v.id and p.dial is not null join phones q on q.dial = p.dial and q.service_id is not null and q.service_id <> v.id
        join services s on s.id = q.service_id where ${elsewhere} and similarity(v.name, s.name) >= ${alike}`.execute(tx);
    const place = (address: string) => sql.raw(`lower(${address}.address_1) || '|' || left(${address}.postal_code, 5)`);
    await sql`insert into stage_doubles
      select distinct least(v.id, s.id), greatest(v.id, s.id), 'same_place_and_name' from (${mine}) v join services_at_locations at on at.service_id = v.id join addresses d on d.location_id = at.location_id and d.address_1 <> '' and d.postal_code <> ''
        join addresses e on ${place("e")} = ${place("d")} join services_at_locations other on other.location_id = e.location_id join services s on s.id = other.service_id where ${elsewhere} and s.id <> v.id and similarity(v.name, s.name) >= ${alike}`.execute(tx);
  }
  const made = await sql`
    insert into listing_duplicates (service_a, service_b, why, found_at)
    select distinct on (least(a, b), greatest(a, b)) least(a, b), greatest(a, b), why, ${now}::timestamptz from stage_doubles order by least(a, b), greatest(a, b), why
    on conflict (service_a, service_b) do nothing`.execute(tx);
  return Number(made.numAffectedRows ?? 0);
}
