import { sql, type RawBuilder } from "kysely";
import type { Tx } from "../../../../platform/db/database.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { groupTerms, providerTerms } from "../facets/rules.ts";
import { taxonomyId } from "../../taxonomy/queries.ts";
import { tableNames, tableOf, tables, type Table, type TableName } from "../tables/rules.ts";
import type { Noun } from "../../hsds/forms.ts";
import type { NoteReason, RowReason } from "../types.ts";
import { takeDials } from "./dials/commands.ts";
import { closeGone } from "./gone/commands.ts";
import { holdWhatIsKept, keptLinks } from "./kept/commands.ts";

export type Settling = {
  readonly sourceId: string;
  readonly now: Instant;
  /** Nothing of this source is here yet. */
  readonly fresh: boolean;
  /** What it says of kinds and zones is our own. */
  readonly verbatim: boolean;
};

export type Settled = { readonly written: number; readonly conflicts: number; readonly noted: readonly { readonly file: number; readonly reason: NoteReason; readonly count: number }[]; readonly gone: readonly { readonly table: TableName; readonly count: number }[] };

export const t = (name: string): RawBuilder<unknown> => sql.raw(`"${name}"`);
export const stageOf = (name: TableName): RawBuilder<unknown> => sql.raw(`stage_${name}`);
export const all = tableNames.map((name) => [name, tables[name]] as const);

/** Terms are shared: a list that another source brought is the same list. */
const isShared = (name: TableName): boolean => name === "taxonomies" || name === "taxonomy_terms";

/** Rows after which the planner is told of them: it knows nothing of what this transaction writes, and would read all of a table for each of its rows. */
export const many = 1_000;

/** Statements that count what they change. */
export async function count(tx: Tx, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(tx)).numAffectedRows ?? 0);
}

/**
 * Brings what was staged into the directory: refuses what hangs nowhere, leaves what is known as it is, and writes the rest.
 * Every row of a file ends with one fate in `stage_rows` or `stage_counts`. Set by set, so that a million rows are as many statements as ten.
 */
export async function settle(tx: Tx, settling: Settling): Promise<Settled> {
  await sql`create temporary table stage_counts (at_file int, fate text, n int) on commit drop`.execute(tx);
  await sql`create temporary table stage_touched (service_id uuid) on commit drop`.execute(tx);
  await takeWhatIsSaid(tx, settling);
  await findOrganizations(tx);
  for (const [name] of all) {
    await refuseTwice(tx, name);
    await refuseHeld(tx, name, settling);
  }
  const kept = settling.fresh ? 0 : await keptLinks(tx, settling.sourceId);
  const held = kept > 0 ? await holdWhatIsKept(tx, settling) : 0;
  const noted = (await takeDials(tx)).map((one) => ({ ...one, reason: "numberAsText" as NoteReason }));
  for (const [name, table] of all) noted.push(...(await refuseLost(tx, name, table, settling)));
  await kindsByTerms(tx);
  const gone: Settled["gone"][number][] = settling.fresh ? [] : await letGo(tx, settling, kept > 0);
  const over = await closeGone(tx, settling, kept > 0);
  if (over.gone > 0) gone.push({ table: "services", count: over.gone });
  await settleSaid(tx);
  const conflicts = held + over.conflicts;
  let written = gone.reduce((sum, { count: some }) => sum + some, 0) + over.closed - over.gone + conflicts;
  if (!settling.fresh) await sql`create temporary table stage_given on commit drop as select id as service_id from stage_services`.execute(tx);
  for (const [name, table] of all) {
    const some = await write(tx, name, table, settling);
    if (some >= many) await sql`analyze ${t(name)}`.execute(tx);
    written += some;
  }
  written += await writeGuesses(tx, settling, kept > 0);
  return { written, conflicts, noted, gone };
}

/** What other rows say of a record becomes part of it, and of its digest. */
async function takeWhatIsSaid(tx: Tx, _settling: Settling): Promise<void> {
  const { rows } = await sql<{ about: TableName }>`select distinct about from stage_said`.execute(tx);
  if (rows.length === 0) return;
  for (const { about } of rows)
    await sql`update ${stageOf(about)} s set digest = substring(sha256(s.digest || x.said) for 16) from (select id, convert_to(string_agg(what || '=' || value, E'\n' order by what, value), 'UTF8') as said from stage_said where about = ${about} group by id) x where x.id = s.id`.execute(tx);
  const saying = (what: string) => sql`(select id, string_agg(value, E'\n' order by at_line) as value from stage_said where what = ${what} group by id) x where x.id = s.id`;
  await sql`update stage_services s set eligibility_description = concat_ws(E'\n', s.eligibility_description, x.value) from ${saying("eligibility")}`.execute(tx);
  await sql`update stage_services s set kind = x.value from ${saying("kind")} and x.value in ('crisis_line', 'warmline', 'group', 'provider', 'resource')`.execute(tx);
  for (const name of ["locations", "schedules"] as const)
    await sql`update ${stageOf(name)} s set zone = x.value from (select id, min(value) as value from stage_said where what = 'time_zone' and value <> '' group by id) x where x.id = s.id`.execute(tx);
}

/**
 * In exports of agencies, sites and programs, all three have one kind of id, and a service often names its site as its organization.
 * The site is a service too, and its organization the right one. A place belongs to the organization of what is offered there.
 */
async function findOrganizations(tx: Tx): Promise<void> {
  const lost = sql`s.organization_id is not null and not exists (select from stage_organizations o where o.id = s.organization_id) and not exists (select from organizations o where o.id = s.organization_id)`;
  for (let depth = 0; depth < 4; depth++) {
    const found = await count(tx, sql`update stage_services s set organization_id = site.organization_id from stage_services site where s.organization_key is not null and site.key = s.organization_key and site.id <> s.id and site.organization_id is distinct from s.organization_id and ${lost}`);
    if (found === 0) break;
  }
  await sql`
    with place as (select at.location_id, min(s.organization_id::text)::uuid as organization_id from stage_services_at_locations at join stage_services s on s.id = at.service_id group by at.location_id)
    update stage_locations s set organization_id = place.organization_id from place where place.location_id = s.id and ${lost}`.execute(tx);
}

/** The first of one id stands; what says it once more is refused, or came along and says nothing new. */
async function refuseTwice(tx: Tx, name: TableName): Promise<void> {
  const stage = stageOf(name);
  await sql`
    with twice as (select id from ${stage} group by id having count(*) > 1),
      ranked as (select ctid as at, row_number() over (partition by id order by at_file, at_line) as nth from ${stage} where id in (select id from twice)),
      gone as (delete from ${stage} where ctid = any(array(select at from ranked where nth > 1)) returning at_file, at_line, key, weight)
    insert into stage_rows select at_file, at_line, key, weight, 'refused', ${"idTwice" satisfies RowReason}, '', ${name} from gone where weight > 0`.execute(tx);
}

/** A record that came from elsewhere stays with whom it came from. */
async function refuseHeld(tx: Tx, name: TableName, { sourceId }: Settling): Promise<void> {
  const gone = sql`delete from ${stageOf(name)} s using ${t(name)} r where r.id = s.id and r.source_id is distinct from ${sourceId}::uuid returning s.at_file, s.at_line, s.key, s.weight, s.id, r.source_id as holder`;
  if (isShared(name)) await sql`with gone as (${gone}) insert into stage_counts select at_file, 'unchanged', sum(weight) from gone group by 1`.execute(tx);
  else await sql`with gone as (${gone}) insert into stage_rows select at_file, at_line, key, weight, 'refused', ${"heldByOther" satisfies RowReason}, coalesce(d.name, ''), ${name}, gone.id from gone left join directory_sources d on d.id = gone.holder where weight > 0`.execute(tx);
}

/** Rows whose links lead nowhere: refused where they need them, without them where they don't. */
async function refuseLost(tx: Tx, name: TableName, table: Table, settling: Settling): Promise<Settled["noted"]> {
  const stage = stageOf(name);
  const noted: { file: number; reason: NoteReason; count: number }[] = [];
  const lostAt = (column: string, of: TableName) =>
    sql`(s.${t(column)} is not null and not exists (select from ${stageOf(of)} p where p.id = s.${t(column)}) and not exists (select from ${t(of)} p where p.id = s.${t(column)} ${isShared(of) || settling.fresh ? sql`and ${isShared(of)}` : sql`and p.source_id = ${settling.sourceId}::uuid`}))`;
  const refuse = (where: RawBuilder<unknown>, column: string) => sql`
    with gone as (delete from ${stage} s where ${where} returning s.at_file, s.at_line, s.key, s.weight, s.id, s.${t(column)} as link)
    insert into stage_rows select g.at_file, g.at_line, g.key, g.weight, 'refused',
      case when exists (select from stage_rows r where r.id = g.link and r.fate = 'refused') then ${"parentRefused" satisfies RowReason} else ${"parentMissing" satisfies RowReason} end, ${column}, ${name}, g.id from gone g`.execute(tx);
  const leaveOut = async (column: string, of: TableName) => {
    const { rows } = await sql<{ file: number; count: number }>`with left_out as (update ${stage} s set ${t(column)} = null where ${lostAt(column, of)} returning s.at_file) select at_file as file, count(*)::int as count from left_out group by 1`.execute(tx);
    noted.push(...rows.map((row) => ({ ...row, reason: "linkLeftOut" as const })));
  };

  for (const [column, of] of Object.entries(table.links).filter(([column]) => table.needs.includes(column))) await refuse(lostAt(column, of), column);
  if (table.hangsOn.length > 0) {
    const given = (column: string) => sql`s.${t(column)} is not null`;
    const stands = sql.join(table.hangsOn.map((column) => sql`(${given(column)} and not ${lostAt(column, table.links[column]!)})`), sql` or `);
    const byContact = name === "phones" ? sql`and s.more ->> 'contact_id' is null` : sql``;
    for (const column of table.hangsOn) await refuse(sql`${given(column)} and not (${stands}) ${byContact}`, column);
    await sql`with gone as (delete from ${stage} s where ${sql.join(table.hangsOn.map((column) => sql`s.${t(column)} is null`), sql` and `)} ${byContact} returning s.at_file, s.at_line, s.key, s.weight, s.id)
      insert into stage_rows select at_file, at_line, key, weight, 'refused', ${"linkMissing" satisfies RowReason}, ${table.hangsOn[0]}, ${name}, id from gone`.execute(tx);
  }
  for (const [column, of] of Object.entries(table.links).filter(([column]) => !table.needs.includes(column))) await leaveOut(column, of);
  if (name === "organizations" || name === "taxonomy_terms") await refuseCircles(tx, name, name === "organizations" ? "parent_organization_id" : "parent_id");
  if (name === "attributes" || name === "carried") await refuseUnlinked(tx, name, settling, refuse);
  if (name === "phones") await forgetLost(tx, "phones", "contact_id", "contact", settling);
  if (name === "carried") await forgetLost(tx, "services", "program_id", "program", settling);
  return noted;
}

/** Whose parent is its own child has no parents. */
async function refuseCircles(tx: Tx, name: TableName, parent: string): Promise<void> {
  const stage = stageOf(name);
  await sql`
    with recursive up as (select id, ${t(parent)} as above, 1 as steps from ${stage} where ${t(parent)} is not null
      union all select up.id, p.${t(parent)}, steps + 1 from up join ${stage} p on p.id = up.above where p.${t(parent)} is not null and up.above <> up.id and steps < 30),
      gone as (delete from ${stage} where id in (select id from up where above = id) returning at_file, at_line, key, weight, id)
    insert into stage_rows select at_file, at_line, key, weight, 'refused', ${"parentCircle" satisfies RowReason}, ${parent}, ${name}, id from gone`.execute(tx);
  await sql`update ${stage} s set ${t(parent)} = null where s.${t(parent)} in (select id from stage_rows where reason = ${"parentCircle" satisfies RowReason})`.execute(tx);
}

/** Terms and carried records hang on a record of whatever noun they say. */
async function refuseUnlinked(tx: Tx, name: TableName, { sourceId, fresh }: Settling, refuse: (where: RawBuilder<unknown>, column: string) => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{ entity: Noun }>`select distinct link_entity as entity from ${stageOf(name)}`.execute(tx);
  for (const { entity } of rows) {
    const of = tableOf(entity);
    const here = fresh ? sql`true` : sql`not exists (select from ${t(of)} p where p.id = s.link_id and p.source_id = ${sourceId}::uuid)`;
    await refuse(sql`s.link_entity = ${entity} and s.link_id <> s.id and not exists (select from ${stageOf(of)} p where p.id = s.link_id) and ${here}`, "link_id");
  }
}

/** A link among the fields that have no column. */
async function forgetLost(tx: Tx, name: TableName, field: string, noun: Noun, { sourceId }: Settling): Promise<void> {
  await sql`update ${stageOf(name)} s set more = more - ${field} where s.more ->> ${field} is not null
    and not exists (select from stage_carried c where c.id::text = s.more ->> ${field}) and not exists (select from carried c where c.id::text = s.more ->> ${field} and c.noun = ${noun} and c.source_id = ${sourceId}::uuid)`.execute(tx);
}

/** A resource by its name may be a group or a provider by what its source files it under. */
async function kindsByTerms(tx: Tx): Promise<void> {
  const of = (codes: readonly string[]) => sql`exists (select from stage_guesses g where g.service_id = s.id and g.sure and g.code = any(${codes}::text[]))`;
  await sql`update stage_services s set kind = case when ${of(groupTerms)} then 'group' else 'provider' end where s.kind = 'resource' and (${of(groupTerms)} or ${of(providerTerms)})`.execute(tx);
}

/** Rows that hang on what the source still gives, and that it gives no more. */
async function letGo(tx: Tx, { sourceId }: Settling, kept: boolean): Promise<Settled["gone"][number][]> {
  const gone: { table: TableName; count: number }[] = [];
  for (const [name, table] of all) {
    if (!table.leaf) continue;
    const hooks = [...table.hangsOn, ...table.needs].filter((column) => table.links[column] && column !== "taxonomy_term_id");
    const given = hooks.length > 0 ? sql.join(hooks.map((column) => sql`exists (select from ${stageOf(table.links[column]!)} p where p.id = r.${t(column)})`), sql` or `) : givenLink();
    const spared = kept && table.field ? sql`and not (${sql.join(hooks.map((column) => sql`coalesce(r.${t(column)} in (select link_id from stage_kept where field = ${table.field}), false)`), sql` or `)})` : sql``;
    const some = sql`delete from ${t(name)} r where r.source_id = ${sourceId}::uuid and r.digest is not null and (${given})
      and not exists (select from ${stageOf(name)} s where s.id = r.id) and not exists (select from stage_rows x where x.id = r.id) ${spared} returning r.*`;
    const { rows } = await sql<{ n: number }>`with gone as (${some}), touched as (insert into stage_touched ${touchedBy(table, "gone")}) select count(*)::int as n from gone`.execute(tx);
    if ((rows[0]?.n ?? 0) > 0) gone.push({ table: name, count: rows[0]?.n ?? 0 });
  }
  return gone;
}

const givenLink = () => sql`exists (select from stage_services p where p.id = r.link_id) or exists (select from stage_organizations p where p.id = r.link_id) or exists (select from stage_locations p where p.id = r.link_id) or exists (select from stage_services_at_locations p where p.id = r.link_id)`;

/** The services that show anything of these rows. */
function touchedBy({ columns }: Table, rows: string): RawBuilder<unknown> {
  const from = sql.raw(rows);
  const ways: RawBuilder<unknown>[] = [];
  if ("service_id" in columns) ways.push(sql`select service_id from ${from} where service_id is not null`);
  if ("service_at_location_id" in columns) ways.push(sql`select a.service_id from ${from} x join services_at_locations a on a.id = x.service_at_location_id`);
  if ("location_id" in columns) ways.push(sql`select a.service_id from ${from} x join services_at_locations a on a.location_id = x.location_id`);
  if ("link_id" in columns) ways.push(sql`select link_id from ${from} where link_entity = 'service'`);
  if ("phone_id" in columns) ways.push(sql`select p.service_id from ${from} x join phones p on p.id = x.phone_id where p.service_id is not null`);
  if ("organization_id" in columns) ways.push(sql`select v.id from ${from} x join services v on v.organization_id = x.organization_id`);
  return ways.length === 0 ? sql`select null::uuid where false` : sql`${sql.join(ways, sql` union all `)}`;
}

/** What hangs on another record fares as it does. */
async function settleSaid(tx: Tx): Promise<void> {
  const { rows } = await sql<{ about: TableName }>`select distinct about from stage_said`.execute(tx);
  for (const { about } of rows)
    await sql`update stage_said x set fate = case when r.id is null then 'taken' when r.digest = s.digest then 'unchanged' else 'merged' end from ${stageOf(about)} s left join ${t(about)} r on r.id = s.id where x.about = ${about} and x.id = s.id`.execute(tx);
  if (rows.length === 0) return;
  await sql`insert into stage_counts select at_file, fate, sum(weight) from stage_said where fate is not null and fate <> 'merged' group by 1, 2`.execute(tx);
  await sql`insert into stage_rows select at_file, at_line, '', weight, coalesce(fate, 'refused'), case when fate is null then ${"parentMissing" satisfies RowReason} else 'changed' end, what from stage_said where fate is null or fate = 'merged'`.execute(tx);
}

async function write(tx: Tx, name: TableName, table: Table, { sourceId, now, fresh, verbatim }: Settling): Promise<number> {
  const stage = stageOf(name);
  const columns = [...Object.keys(table.columns), ...(table.more ? ["more"] : [])];
  let changed = 0;
  if (!fresh) {
    await sql`with same as (delete from ${stage} s using ${t(name)} r where r.id = s.id and r.digest = s.digest returning s.at_file, s.weight) insert into stage_counts select at_file, 'unchanged', sum(weight) from same group by 1`.execute(tx);
    const to = columns.filter((column) => verbatim || !(name === "services" && column === "kind")).map((column) => sql`${t(column)} = ${valueOf(name, column, verbatim)}`);
    const before = await sql<{ n: number }>`
      with done as (update ${t(name)} r set ${sql.join([...to, sql`digest = s.digest`, ...(table.edited ? [sql`edited_at = ${now}`] : [])])} from ${stage} s where r.id = s.id returning s.at_file, s.at_line, s.key, s.weight),
        told as (insert into stage_rows select at_file, at_line, key, weight, 'merged', 'changed', '' from done where weight > 0)
      select count(*)::int as n from done`.execute(tx);
    changed = before.rows[0]?.n ?? 0;
  }
  const missing = fresh ? sql`true` : sql`not exists (select from ${t(name)} r where r.id = s.id)`;
  await sql`insert into stage_counts select at_file, 'taken', sum(weight) from ${stage} s where ${missing} group by 1`.execute(tx);
  const made = await count(
    tx,
    sql`insert into ${t(name)} (id, source_id, digest, ${sql.join(columns.map(t))} ${table.edited ? sql`, edited_at` : sql``})
      select s.id, ${sourceId}::uuid, s.digest, ${sql.join(columns.map((column) => (name === "locations" && column === "location_type" ? sql`coalesce(s.location_type, 'physical')` : sql`s.${t(column)}`)))} ${table.edited ? sql`, ${now}::timestamptz` : sql``} from ${stage} s where ${missing}`,
  );
  if (fresh && name === "services") await sql`insert into stage_touched select id from stage_services`.execute(tx);
  if (!fresh && changed + made > 0) await sql`insert into stage_touched ${touches(name, table)}`.execute(tx);
  return changed + made;
}

function touches(name: TableName, table: Table): RawBuilder<unknown> {
  const stage = `stage_${name}`;
  if (name === "services") return sql`select id from stage_services`;
  if (name === "organizations") return sql`select v.id from stage_organizations s join services v on v.organization_id = s.id`;
  if (name === "locations") return sql`select a.service_id from stage_locations s join services_at_locations a on a.location_id = s.id`;
  return touchedBy(table, stage);
}

/** A zone that a coordinator set stays until the place moves. */
const valueOf = (name: TableName, column: string, verbatim: boolean): RawBuilder<unknown> =>
  name === "locations" && column === "zone" && !verbatim ? sql`case when r.zone is null or r.latitude is distinct from s.latitude or r.longitude is distinct from s.longitude then s.zone else r.zone end` : sql`s.${t(column)}`;

/** Terms of ours that the source's words point to: attributes that say so of themselves, and go when the words do. */
async function writeGuesses(tx: Tx, { sourceId, fresh }: Settling, kept: boolean): Promise<number> {
  const spokenOf = (code: RawBuilder<unknown>, service: RawBuilder<unknown>) =>
    kept ? sql`and not exists (select from stage_kept k where k.link_id = ${service} and k.field = case left(${code}, 1) when 'c' then 'cost' when 'i' then 'insurance' else 'who' end)` : sql``;
  await sql`create temporary table stage_terms on commit drop as
    select g.service_id, x.id as term_id from (select distinct service_id, code from stage_guesses) g join taxonomy_terms x on x.code = g.code and x.taxonomy_id = ${taxonomyId}::uuid where exists (select from services v where v.id = g.service_id and v.source_id = ${sourceId}::uuid) ${spokenOf(sql`g.code`, sql`g.service_id`)}`.execute(tx);
  const gone = fresh
    ? 0
    : await count(
        tx,
        sql`with gone as (delete from attributes a using taxonomy_terms y where y.id = a.taxonomy_term_id and a.source_id = ${sourceId}::uuid and a.link_type = 'guessed' and a.digest is null and a.link_id in (select service_id from stage_given) ${spokenOf(sql`y.code`, sql`a.link_id`)}
            and not exists (select from stage_terms x where x.service_id = a.link_id and x.term_id = a.taxonomy_term_id) returning link_id) insert into stage_touched select link_id from gone`,
      );
  const missing = sql`not exists (select from attributes a where a.link_id = x.service_id and a.taxonomy_term_id = x.term_id)`;
  if (!fresh) await sql`insert into stage_touched select service_id from stage_terms x where ${missing}`.execute(tx);
  const made = await count(tx, sql`insert into attributes (id, link_id, link_entity, taxonomy_term_id, link_type, source_id) select gen_random_uuid(), x.service_id, 'service', x.term_id, 'guessed', ${sourceId}::uuid from stage_terms x where ${missing}`);
  return gone + made;
}
