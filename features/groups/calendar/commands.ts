import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import { topicOf } from "../events.ts";
import { seriesOf, sessionsOf } from "../queries.ts";
import type { SeriesId } from "../types.ts";
import { changesOf, meetingsOf, writtenAhead } from "./rules.ts";

/**
 * Writes the meetings of a group down for the weeks to come, and brings those that stand there already to where the plan has them now:
 * after a new plan, a skipped or moved day, or a new time-zone database. What others know of is never deleted: it is cancelled.
 */
export async function writeSessions(act: Act, seriesId: SeriesId): Promise<void> {
  const { tx, now, tell, addJob } = act;
  // Two that write one group down at once would each write what the other did.
  await tx.selectFrom("series").select("id").where("id", "=", seriesId).forUpdate().executeTakeFirstOrThrow();
  const [series] = await seriesOf(tx, { ids: [seriesId] });
  if (!series?.approvedAt) return;
  const [from, to] = [now, now.add({ hours: writtenAhead * 7 * 24 })];
  // Twice as far as is written: what was moved beyond is not gone.
  const planned = series.endedAt ? [] : meetingsOf(series.plan, from, to.add({ hours: writtenAhead * 7 * 24 }));
  const standing = await sessionsOf(tx, { from, series: [seriesId] });
  const { made, changed, gone } = changesOf(planned, standing, now, to);
  if (made.length > 0)
    await tx
      .insertInto("group_sessions")
      .values(made.map(({ day, starts, ends, shifted, moved }) => ({ id: randomUUID(), series_id: seriesId, day, starts_at: starts, ends_at: ends, shifted, moved, zones: process.versions.tz ?? "", seats: series.seats, changed_at: now })))
      .onConflict((conflict) => conflict.columns(["series_id", "day"]).doNothing())
      .execute();
  for (const { id, to: { starts, ends, shifted, moved } } of changed) {
    await tx.updateTable("group_sessions").set({ starts_at: starts, ends_at: ends, shifted, moved, zones: process.versions.tz ?? "", changed_at: now, sequence: sql`sequence + 1` }).where("id", "=", id).execute();
    await addJob("tell-seats", { sessionId: id, what: "moved" }, { key: `tell-seats ${id} moved` });
    // The clock has its say of the seats at another time now.
    await addJob("settle-session", { sessionId: id }, { key: `settle-session ${id}` });
    tell(topicOf(id));
  }
  for (const id of gone) {
    await tx.updateTable("group_sessions").set({ cancelled_at: now, cancel_reason: "other", changed_at: now, sequence: sql`sequence + 1` }).where("id", "=", id).execute();
    await addJob("tell-seats", { sessionId: id, what: "cancelled" }, { key: `tell-seats ${id} cancelled` });
    tell(topicOf(id));
  }
}

/** Every group, one transaction each, so that nobody waits for the lock of another group's. */
export async function writeEverySession(house: House): Promise<void> {
  const all = await seriesOf(house.db, { state: "meets" });
  for (const { id } of all) await inTransaction(house, (act) => writeSessions(act, id));
}
