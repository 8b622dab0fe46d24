import { sql } from "kysely";
import type { Tx } from "../../../../../platform/db/database.ts";
import type { Settling } from "../commands.ts";

/**
 * Services that their source says it shows no more are closed here too, and found no longer; one that a person here stands for stays, and what the source
 * says waits for a decision. Each that the source named so is accounted for. Answers how many were closed, how many of them in no row of the reading (`gone`), and how many wait.
 */
export async function closeGone(tx: Tx, { sourceId, now }: Settling, kept: boolean): Promise<{ readonly closed: number; readonly gone: number; readonly conflicts: number }> {
  const spared = kept ? sql`exists (select from stage_kept k where k.link_id = r.id and k.field = 'about')` : sql`false`;
  const theirs = sql`jsonb_build_object('status', g.status)`;
  const held = await sql`
    insert into listing_conflicts (service_id, field, source_id, record_table, record_id, theirs, digest, found_at)
    select r.id, 'about', ${sourceId}::uuid, 'services', r.id, ${theirs}, decode(md5(${theirs}::text), 'hex'), ${now}::timestamptz from stage_gone g join services r on r.id = g.id and r.source_id = ${sourceId}::uuid and r.status <> g.status where ${spared} on conflict do nothing`.execute(tx);
  // Without its digest, so that it opens again when the source gives it again as it was.
  const { rows } = await sql<{ closed: number; gone: number }>`
    with done as (update services r set status = g.status, digest = null, edited_at = ${now} from stage_gone g where r.id = g.id and r.source_id = ${sourceId}::uuid and r.status <> g.status and not ${spared} returning r.id, g.at_file, g.at_line, g.key, g.weight),
      touched as (insert into stage_touched select id from done),
      told as (insert into stage_rows select at_file, at_line, key, weight, 'merged', 'changed', '', 'services', id from done where weight > 0)
    select count(*)::int as closed, count(*) filter (where weight = 0)::int as gone from done`.execute(tx);
  await sql`insert into stage_counts select at_file, 'unchanged', sum(weight) from stage_gone g where weight > 0 and not exists (select from stage_rows x where x.id = g.id and x.fate = 'merged' and x.at_line = g.at_line and x.at_file = g.at_file) group by at_file`.execute(tx);
  return { closed: rows[0]?.closed ?? 0, gone: rows[0]?.gone ?? 0, conflicts: Number(held.numAffectedRows ?? 0) };
}
