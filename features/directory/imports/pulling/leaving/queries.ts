import { sql, type RawBuilder } from "kysely";
import type { Reader } from "../../../../../platform/db/database.ts";
import type { StaffScope } from "../../../../../platform/http/scope.ts";
import type { ServiceId, SourceId } from "../../../types.ts";

/** The services `s` of a source that are shown, and of which nobody else says anything: neither one of ours nor the owner. */
const onlyFromIt = (sourceId: SourceId): RawBuilder<boolean> => sql`s.source_id = ${sourceId}::uuid and s.merged_into is null and s.status in ('active', 'temporarily closed')
  and not exists (select from listing_claims c where c.service_id = s.id and c.superseded_at is null and c.method not in ('import', 'seed'))`;

/** What came only from a source: what goes with it, and the crisis lines, which never go. */
export async function idsOnlyFrom(db: Reader, sourceId: SourceId): Promise<{ readonly going: readonly ServiceId[]; readonly lines: readonly ServiceId[] }> {
  const { rows } = await sql<{ id: ServiceId; line: boolean }>`select s.id, s.kind = 'crisis_line' as line from services s where ${onlyFromIt(sourceId)} order by s.id`.execute(db);
  return { going: rows.filter(({ line }) => !line).map(({ id }) => id), lines: rows.filter(({ line }) => line).map(({ id }) => id) };
}

/** What would come of taking a source away: how many entries go, how many crisis lines stay unchecked, and how many stay since somebody else speaks for them. */
export async function leavingOf(db: Reader, _scope: StaffScope, sourceId: SourceId): Promise<{ readonly going: number; readonly lines: number; readonly staying: number }> {
  const { rows } = await sql<{ going: number; lines: number; all: number }>`
    select (count(*) filter (where ${onlyFromIt(sourceId)} and s.kind <> 'crisis_line'))::int as going, (count(*) filter (where ${onlyFromIt(sourceId)} and s.kind = 'crisis_line'))::int as lines, count(*)::int as all
    from services s where s.source_id = ${sourceId}::uuid and s.merged_into is null and s.status in ('active', 'temporarily closed')`.execute(db);
  const { going, lines, all } = rows[0] ?? { going: 0, lines: 0, all: 0 };
  return { going, lines, staying: all - going - lines };
}
