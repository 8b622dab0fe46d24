import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "../../../../../platform/db/database.ts";
import type { Instant } from "../../../../../platform/time/time.ts";
import { many } from "../commands.ts";
import { taxonomyId } from "../../../taxonomy/queries.ts";

/**
 * Writes down what the source states of each service that was touched, field by field: unconfirmed, as of the day on which the source itself
 * last made sure of it, or of today. A statement that is the same as before stays; one of a person or the owner is never superseded.
 * The value is a digest of what is shown, so that a change of it is no confirmed fact.
 */
export async function stateForSource(tx: Tx, { sourceName, now }: { readonly sourceName: string; readonly now: Instant }): Promise<number> {
  const rows = (service: string, text: string, from: string) => sql`(select ${sql.raw(service)} as service_id, md5(string_agg(${sql.raw(text)}, E'\n' order by ${sql.raw(text)})) as value from ${sql.raw(from)} group by 1)`;
  const terms = (letter: string) => sql`string_agg(distinct x.code, ' ' order by x.code) filter (where left(x.code, 1) = ${letter})`;
  await sql`create temporary table stage_now on commit drop as select service_id, row_number() over (order by min(ctid)) as nth from stage_touched where service_id is not null group by 1`.execute(tx);
  await sql`create unique index on stage_now (service_id)`.execute(tx);
  await sql`create unique index on stage_now (nth)`.execute(tx);
  await sql`analyze stage_now`.execute(tx);
  await sql`
    create temporary table stage_claims on commit drop as
    with one as (
      select v.id, v.name, v.alternate_name, v.description, v.status, v.url, v.email, v.eligibility_description, v.application_process, v.fees_description, v.interpretation_services,
        case when v.more ->> 'assured_date' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then least(${now}::timestamptz, (v.more ->> 'assured_date')::date::timestamptz) end as assured
      from services v join stage_now x on x.service_id = v.id
    ), phone as ${rows("service_id", "coalesce(extension, '') || number", "(select coalesce(p.service_id, a.service_id) as service_id, p.number, p.extension from phones p left join services_at_locations a on p.service_id is null and (a.id = p.service_at_location_id or (p.service_at_location_id is null and a.location_id = p.location_id)) where coalesce(p.service_id, a.service_id) in (select service_id from stage_now)) x")},
    opening as ${rows("service_id", "encode(digest, 'hex')", "(select coalesce(p.service_id, a.service_id) as service_id, coalesce(p.digest, ''::bytea) as digest from schedules p left join services_at_locations a on p.service_id is null and (a.id = p.service_at_location_id or (p.service_at_location_id is null and a.location_id = p.location_id)) where coalesce(p.service_id, a.service_id) in (select service_id from stage_now)) x")},
    place as ${rows("at.service_id", "concat_ws('|', l.latitude, l.longitude, d.address_1, d.city, d.postal_code)", "services_at_locations at join locations l on l.id = at.location_id left join addresses d on d.location_id = l.id where at.service_id in (select service_id from stage_now)")},
    spoken as ${rows("service_id", "coalesce(code, name, '')", "(select coalesce(p.service_id, a.service_id) as service_id, p.code, p.name from languages p left join services_at_locations a on p.service_id is null and a.location_id = p.location_id where coalesce(p.service_id, a.service_id) in (select service_id from stage_now)) x")},
    cost as ${rows("service_id", "concat_ws('|', option, amount, amount_description)", "cost_options where service_id in (select service_id from stage_now)")},
    terms as (select a.link_id as service_id, ${terms("w")} as who, ${terms("c")} as cost, ${terms("i")} as insurance from attributes a join taxonomy_terms x on x.id = a.taxonomy_term_id and x.taxonomy_id = ${taxonomyId}::uuid where a.link_id in (select service_id from stage_now) group by 1)
    select one.id as service_id, one.assured, said.field, said.value from one
      left join phone on phone.service_id = one.id left join opening on opening.service_id = one.id left join place on place.service_id = one.id left join spoken on spoken.service_id = one.id left join cost on cost.service_id = one.id
      left join terms on terms.service_id = one.id
      cross join lateral (values
        ('about', md5(concat_ws(chr(1), name, alternate_name, description, status))),
        ('contact', md5(concat_ws(chr(1), url, email, phone.value))),
        ('hours', opening.value),
        ('place', place.value),
        ('languages', case when coalesce(spoken.value, interpretation_services) is not null then md5(concat_ws(chr(1), spoken.value, interpretation_services)) end),
        ('who', case when coalesce(eligibility_description, application_process, terms.who) is not null then md5(concat_ws(chr(1), eligibility_description, application_process, terms.who)) end),
        ('cost', case when coalesce(fees_description, cost.value, terms.cost) is not null then md5(concat_ws(chr(1), fees_description, cost.value, terms.cost)) end),
        ('insurance', terms.insurance),
        ('wait', (select min(s.value) from stage_said s where s.what = 'wait_days' and s.id = one.id and s.value ~ '^[0-9]{1,4}$'))
      ) as said (field, value)
    where said.value is not null`.execute(tx);
  await sql`analyze stage_claims`.execute(tx);
  const same = sql`x.service_id = c.service_id and x.field = c.field`;
  const over = await sql`
    update listing_claims c set superseded_at = ${now} from stage_now n where n.service_id = c.service_id and c.superseded_at is null and c.method in ('import', 'seed')
      and not exists (select from stage_claims x where ${same} and x.value = c.value and (x.assured is null or x.assured <= c.stated_at))`.execute(tx);
  // In the order of the indexes, and with ids that follow one another (RFC 9562, version 7): among millions, ids by chance are written all over the disk.
  const salt = randomBytes(5).toString("hex");
  const nextId = sql`(lpad(to_hex(${now.epochMilliseconds}::bigint), 12, '0') || '7' || ${salt.slice(0, 3)}::text || '8' || lpad(to_hex(row_number() over (order by x.service_id, x.field)), 8, '0') || ${salt.slice(3)}::text)::uuid`;
  const made = await sql`
    insert into listing_claims (id, service_id, field, value, source, method, stated_at)
    select ${nextId}, x.service_id, x.field, x.value, ${sourceName}, 'import', coalesce(x.assured, ${now}::timestamptz) from stage_claims x where not exists (select from listing_claims c where ${same} and c.superseded_at is null)`.execute(tx);
  const written = Number(over.numAffectedRows ?? 0) + Number(made.numAffectedRows ?? 0);
  if (written >= many) await sql`analyze listing_claims`.execute(tx);
  return written;
}
