import { sql, type RawBuilder } from "kysely";
import type { Tx } from "../../../../../platform/db/database.ts";
import type { Field } from "../../../types.ts";
import { tableNames, tables, type TableName } from "../../tables/rules.ts";
import type { RowReason } from "../../types.ts";
import type { Settling } from "../commands.ts";

const q = (name: string): RawBuilder<unknown> => sql.raw(`"${name}"`);

/** What each column of a service or an organization says of a listing. */
const said: Readonly<Record<"services" | "organizations", Partial<Record<Field, readonly string[]>>>> = {
  services: { about: ["name", "alternate_name", "description", "status"], contact: ["url", "email"], who: ["eligibility_description", "application_process"], cost: ["fees_description"], languages: ["interpretation_services"] },
  organizations: { about: ["name", "alternate_name", "description"], contact: ["email", "website"] },
};

/**
 * What one of ours, or the owner, has said since the source did: field by field, with all that such a row may hang on.
 * Answers how many there are.
 */
export async function keptLinks(tx: Tx, sourceId: string): Promise<number> {
  await sql`create temporary table stage_kept on commit drop as
    with kept as (select c.service_id, c.field from listing_claims c join services v on v.id = c.service_id where v.source_id = ${sourceId}::uuid and c.superseded_at is null and c.method not in ('import', 'seed'))
    select k.service_id, k.field, k.service_id as link_id from kept k
    union all select k.service_id, k.field, a.id from kept k join services_at_locations a on a.service_id = k.service_id
    union all select k.service_id, k.field, a.location_id from kept k join services_at_locations a on a.service_id = k.service_id
    union all select k.service_id, k.field, v.organization_id from kept k join services v on v.id = k.service_id where v.organization_id is not null`.execute(tx);
  await sql`analyze stage_kept`.execute(tx);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from stage_kept`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Keeps a person's word: what differs from it waits beside it for a decision. Answers how many new differences there are. */
export async function holdWhatIsKept(tx: Tx, settling: Settling): Promise<number> {
  let found = 0;
  for (const name of ["organizations", "services"] as const) for (const [field, columns] of Object.entries(said[name])) found += await holdColumns(tx, name, field as Field, columns, settling);
  for (const name of tableNames) {
    const { field } = tables[name];
    if (field) found += await holdRows(tx, name, field, settling);
  }
  return found;
}

/** The row comes in, but for the columns that a person has spoken of. */
async function holdColumns(tx: Tx, name: "services" | "organizations", field: Field, columns: readonly string[], { sourceId, now }: Settling): Promise<number> {
  const stage = sql.raw(`stage_${name}`);
  const differs = sql`r.id = s.id and k.link_id = s.id and k.field = ${field} and (${sql.join(columns.map((column) => sql`r.${q(column)} is distinct from s.${q(column)}`), sql` or `)})`;
  const theirs = sql`jsonb_build_object(${sql.join(columns.flatMap((column) => [sql`${column}::text`, sql`s.${q(column)}`]))})`;
  const made = await sql`
    insert into listing_conflicts (service_id, field, source_id, record_table, record_id, theirs, digest, found_at)
    select min(k.service_id::text)::uuid, ${field}, ${sourceId}::uuid, ${name}, s.id, ${theirs}, decode(md5(${theirs}::text), 'hex'), ${now}::timestamptz from ${stage} s, ${q(name)} r, stage_kept k where ${differs} group by ${sql.join([sql`s.id`, ...columns.map((column) => sql`s.${q(column)}`)])}
    on conflict do nothing`.execute(tx);
  await sql`update ${stage} s set ${sql.join(columns.map((column) => sql`${q(column)} = r.${q(column)}`))} from ${q(name)} r, stage_kept k where ${differs}`.execute(tx);
  return Number(made.numAffectedRows ?? 0);
}

/** The whole row waits: a number, a place, hours. What the directory has of it already is no difference. */
async function holdRows(tx: Tx, name: TableName, field: Field, { sourceId, now }: Settling): Promise<number> {
  const stage = sql.raw(`stage_${name}`);
  const hooks = name === "locations" ? ["id"] : [...new Set([...tables[name].hangsOn, ...tables[name].needs])].filter((column) => column in tables[name].columns);
  const kept = (column: string) => sql`s.${q(column)} in (select link_id from stage_kept where field = ${field})`;
  const whole = sql`(${sql.join(hooks.map((column) => sql`coalesce(${kept(column)}, false)`), sql` or `)}) and not exists (select from ${q(name)} r where r.id = s.id and r.digest = s.digest)`;
  const service = sql`(select min(k.service_id::text)::uuid from stage_kept k where k.field = ${field} and k.link_id in (${sql.join(hooks.map((column) => sql`s.${q(column)}`))}))`;
  const made = await sql`
    insert into listing_conflicts (service_id, field, source_id, record_table, record_id, theirs, digest, found_at)
    select ${service}, ${field}, ${sourceId}::uuid, ${name}, s.id, to_jsonb(s) - '{at_file,at_line,key,weight,id,digest}'::text[], s.digest, ${now}::timestamptz from ${stage} s where ${whole}
    on conflict do nothing`.execute(tx);
  await sql`with held as (delete from ${stage} s where ${whole} returning s.at_file, s.at_line, s.key, s.weight, s.id)
    insert into stage_rows select at_file, at_line, key, weight, 'refused', ${"heldForDecision" satisfies RowReason}, ${field}, ${name}, id from held`.execute(tx);
  return Number(made.numAffectedRows ?? 0);
}
