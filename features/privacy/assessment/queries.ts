import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { DeskFigures } from "./types.ts";

/** What the desk and the forum counted since then, and how the spaces stand now. */
export async function figuresSince(db: Reader, _scope: StaffScope, since: Instant): Promise<DeskFigures> {
  const { rows } = await sql<Omit<DeskFigures, "medianMinutes"> & { median: number | null }>`
    select (select count(*) from handles)::int as members,
      (select jsonb_build_object('read_first', count(*) filter (where mode = 'read_first'), 'held_for_new', count(*) filter (where mode = 'held_for_new'), 'watch', count(*) filter (where mode = 'watch'), 'pictures', count(*) filter (where pictures)) from spaces where closed_at is null) as spaces,
      (select count(*) from posts where written_at >= ${since})::int as posts,
      (select count(*) from post_reports where reported_at >= ${since})::int as reports,
      (select coalesce(jsonb_object_agg(rule, n), '{}') from (select rule, count(*) as n from case_decisions where decision = 'remove' and at >= ${since} group by rule) r) as removed,
      (select count(*) from case_appeals where made_at >= ${since})::int as appeals,
      (select count(*) from case_appeals where made_at >= ${since} and outcome = 'gave_way')::int as "gaveWay",
      (select count(*) from case_reasons where reason = 'signal' and at >= ${since})::int as signals,
      (select count(*) from pages where raised_at >= ${since})::int as pages,
      (select count(*) from strikes where kind in ('pause', 'leave') and at >= ${since})::int as paused,
      (select percentile_cont(0.5) within group (order by extract(epoch from answered_at - at) / 60) from case_reasons where answered_at is not null and at >= ${since}) as median`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("A count is always answered.");
  const { median, ...counted } = row;
  return { ...counted, medianMinutes: median === null ? undefined : Math.round(Number(median)) };
}
