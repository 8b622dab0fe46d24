import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { topics } from "../../events.ts";
import type { Settled } from "../../types.ts";
import { expose } from "../care/commands.ts";
import { findOrMake, release } from "../commands.ts";

/**
 * Its room did what was to be done: that is written down, whatever waited is answered, and it leaves the desk. What the room asked for after
 * that moment waits on. The job that opens the case may come after this one, and then opens nothing (`openCaseOf`).
 */
export async function settleCaseOf(house: House, { subjectKind, subjectId, how, by, at }: Settled & { readonly at: Instant }): Promise<void> {
  await inTransaction(house, async ({ tx, now, tell }) => {
    const found = await findOrMake(house, tx, { subjectKind, subjectId, priority: 3 }, now);
    const made = await tx
      .insertInto("case_settlements")
      .values({ case_id: found.id, member_id: by ?? null, how, at })
      .onConflict((twin) => twin.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!made) return;
    tell(topics.desk);
    if (!found.waiting_since || (found.asked_at && Temporal.Instant.compare(found.asked_at, at) > 0)) return;
    if (by) await expose(tx, { member: { memberId: by as MemberId } }, { readFor: made.id, priority: found.priority, at: now });
    await tx.updateTable("case_reasons").set({ answered_at: now }).where("case_id", "=", found.id).where("answered_at", "is", null).execute();
    await tx.updateTable("cases").set({ waiting_since: null }).where("id", "=", found.id).execute();
    await release(tx, found.id, now, found.priority);
  });
}
