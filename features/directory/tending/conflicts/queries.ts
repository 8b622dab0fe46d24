import { sql } from "kysely";
import type { Reader } from "../../../../platform/db/database.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import type { TableName } from "../../imports/tables/rules.ts";
import type { Field, ServiceId } from "../../types.ts";
import type { Conflict, Values } from "./types.ts";

/** What waits for a decision about one listing, field by field; of a record its source's latest word. */
export async function conflictsOf(db: Reader, _scope: StaffScope, serviceId: ServiceId): Promise<readonly Conflict[]> {
  const rows = await db
    .selectFrom("listing_conflicts as c")
    .innerJoin("directory_sources as d", "d.id", "c.source_id")
    .distinctOn(["c.field", "c.record_id"])
    .select(["c.field", "c.record_table", "c.record_id", "c.theirs", "d.name"])
    .where("c.service_id", "=", serviceId)
    .where("c.decided_at", "is", null)
    .orderBy("c.field")
    .orderBy("c.record_id")
    .orderBy("c.found_at", "desc")
    .execute();
  const conflicts = new Map<string, Conflict>();
  for (const { field, record_table, record_id, theirs, name } of rows) {
    const before = conflicts.get(field) ?? { field: field as Field, source: name, differences: [] };
    const difference = { table: record_table as TableName, theirs: theirs as Values, ours: await recordOf(db, record_table, record_id) };
    conflicts.set(field, { ...before, differences: [...before.differences, difference] });
  }
  return [...conflicts.values()];
}

async function recordOf(db: Reader, table: string, id: string): Promise<Values | undefined> {
  const { rows } = await sql<{ values: Values }>`select to_jsonb(r) as values from ${sql.table(table)} r where id = ${id}`.execute(db);
  return rows[0]?.values;
}
