import { sql, type RawBuilder } from "kysely";
import { audit } from "../../../../platform/audit/audit.ts";
import type { Tx } from "../../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { state } from "../../claims/commands.ts";
import { topics } from "../../events.ts";
import { tables, type TableName } from "../../imports/tables/rules.ts";
import { relist } from "../../listing/commands.ts";
import type { Field, ServiceId } from "../../types.ts";
import { sharing } from "../queries.ts";
import type { Keep } from "./forms.ts";
import type { Values } from "./types.ts";

/**
 * A person decides whose word on a field stands. Ours: the source's waits no more. Theirs: it is written as the source has it, and the field
 * follows the source again, confirmed by nobody. Refused where it was decided before.
 */
export const decideConflict = (house: House, { member }: StaffScope, serviceId: ServiceId, field: Field, keep: Keep): Promise<{ readonly refused: "conflictGone" } | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now, tell } = act;
    const service = await tx.selectFrom("services").select("id").where("id", "=", serviceId).where("merged_into", "is", null).forUpdate().executeTakeFirst();
    const open = await tx
      .updateTable("listing_conflicts")
      .set({ decided_at: now, decided_by: member.memberId, decision: keep })
      .where("service_id", "=", service?.id ?? serviceId)
      .where("field", "=", field)
      .where("decided_at", "is", null)
      .returning(["record_table", "record_id", "theirs", "digest", "source_id", "found_at"])
      .execute();
    if (!service || open.length === 0) return { refused: "conflictGone" };
    await audit(tx, { memberId: member.memberId, act: `conflict_${keep}`, subjectKind: "listing", subjectId: serviceId, reason: field });
    if (keep === "theirs") await takeTheirs(act, serviceId, field, open);
    tell(topics.tending);
    return undefined;
  });

type Open = { readonly record_table: string; readonly record_id: string; readonly theirs: unknown; readonly digest: Buffer; readonly source_id: string; readonly found_at: Instant };

async function takeTheirs(act: Act, serviceId: ServiceId, field: Field, open: readonly Open[]): Promise<void> {
  const { tx, now } = act;
  const inOrder = Object.keys(tables);
  // The latest word of each record, parents before what hangs on them.
  const latest = new Map([...open].sort((a, b) => Temporal.Instant.compare(a.found_at, b.found_at)).map((one) => [one.record_id, one]));
  for (const one of [...latest.values()].sort((a, b) => inOrder.indexOf(a.record_table) - inOrder.indexOf(b.record_table))) await write(tx, one, now);
  const [first] = open;
  const { name } = await tx.selectFrom("directory_sources").select("name").where("id", "=", first?.source_id ?? "").executeTakeFirstOrThrow();
  await tx.updateTable("services").set({ edited_at: now }).where("id", "=", serviceId).execute();
  await state(act, serviceId, [{ field, value: "as shown" }], { source: name, method: "import" });
  const organizations = open.flatMap(({ record_table, record_id, theirs }) => (record_table === "organizations" ? [record_id] : String((theirs as Values)["organization_id"] ?? "") || []));
  const locations = await tx.selectFrom("services_at_locations").select("location_id").where("service_id", "=", serviceId).execute();
  await relist(act, await sharing(tx, serviceId, { organizations, locations: locations.map(({ location_id }) => location_id) }));
}

/** Of a service or an organization the columns that were held back; of anything else the whole row, if what it hangs on is still there. */
async function write(tx: Tx, { record_table, record_id, theirs, digest, source_id }: Open, now: Instant): Promise<void> {
  const name = record_table as TableName;
  const { columns, more, edited, links } = tables[name];
  const here = sql.table(name);
  const values = sql`jsonb_populate_record(null::${here}, ${JSON.stringify(theirs)}::jsonb) x`;
  const edit = edited ? sql`, edited_at = ${now}` : sql``;
  if (name === "services" || name === "organizations") {
    const held = Object.keys(columns).filter((column) => Object.hasOwn(theirs as Values, column));
    await sql`update ${here} r set ${sql.join(held.map((column) => sql`${sql.ref(column)} = ${valueOf(name, column)}`))} ${edit} from ${values} where r.id = ${record_id}`.execute(tx);
    return;
  }
  const all = [...Object.keys(columns), ...(more ? ["more"] : [])];
  const stands = Object.entries(links).map(([column, of]) => sql`(x.${sql.ref(column)} is null or exists (select from ${sql.table(of)} p where p.id = x.${sql.ref(column)}))`);
  // One place of a service is one row, whoever wrote it.
  if (name === "services_at_locations") stands.push(sql`not exists (select from services_at_locations p where p.service_id = x.service_id and p.location_id = x.location_id and p.id <> ${record_id}::uuid)`);
  await sql`
    insert into ${here} (id, source_id, digest, ${sql.join(all.map((column) => sql.ref(column)))} ${edited ? sql`, edited_at` : sql``})
    select ${record_id}::uuid, ${source_id}::uuid, ${digest}, ${sql.join(all.map((column) => valueOf(name, column)))} ${edited ? sql`, ${now}::timestamptz` : sql``} from ${values} where ${sql.join([sql`true`, ...stands], sql` and `)}
    on conflict (id) do update set ${sql.join([...all, "digest"].map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))} ${edit}`.execute(tx);
}

/** What the standard leaves out and the table needs. */
function valueOf(name: TableName, column: string): RawBuilder<unknown> {
  const value = sql`x.${sql.ref(column)}`;
  if (column === "more") return sql`coalesce(${value}, '{}')`;
  if (name === "locations" && column === "location_type") return sql`coalesce(${value}, 'physical')`;
  return name === "organizations" && column === "description" ? sql`coalesce(${value}, '')` : value;
}
