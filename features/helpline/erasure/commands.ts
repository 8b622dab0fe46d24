import { sql } from "kysely";
import { letAuditGo } from "../../../platform/audit/chain.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { ConversationId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { forgetOrigins } from "../blocks/commands.ts";
import { releaseClaim } from "../entries/commands.ts";
import { topics } from "../events.ts";
import { silentDays } from "../rules.ts";

/** Deletes for good: the key, the words, the contact, the links. The counts that say nothing of her stay. */
export async function eraseConversation(house: House, id: ConversationId, by: "parent" | "retention"): Promise<void> {
  await inTransaction(house, async ({ tx, now, tell, addJob }) => {
    await releaseClaim(tx, id, "erased", now);
    await tx
      .updateTable("conversations")
      .set({
        wrapped_key: null,
        nickname_sealed: null,
        zone: null,
        waiting_since: null,
        ended_at: sql<Instant>`coalesce(ended_at, ${now})`,
        ended_by: sql<string>`coalesce(ended_by, 'parent')`,
        erased_at: now,
        erased_by: by,
      })
      .where("id", "=", id)
      .where("erased_at", "is", null)
      .execute();
    await tx.deleteFrom("conversation_keys").where("conversation_id", "=", id).execute();
    await tx.deleteFrom("conversation_origins").where("conversation_id", "=", id).execute();
    await tx.deleteFrom("entries").where("conversation_id", "=", id).execute();
    await tx.deleteFrom("handovers").where("conversation_id", "=", id).execute();
    await tx.updateTable("concerns").set({ worksheet_sealed: null }).where("conversation_id", "=", id).execute();
    await tx
      .updateTable("call_backs")
      .set({ contact_sealed: null, safe_way: null, best_time: null, done_at: sql<Instant>`coalesce(done_at, ${now})`, outcome: sql<string>`coalesce(outcome, 'withdrawn')` })
      .where("conversation_id", "=", id)
      .execute();
    // What retention ends, it ends again after a restore.
    if (by === "parent") await addJob("note-conversation-erased", { id });
    tell(topics.conversation(id), topics.queue, topics.board);
  });
}

/** Those of them that an older backup brought back are erased again. */
export async function eraseAgain(house: House, ids: readonly string[]): Promise<number> {
  const back = await house.db.selectFrom("conversations").select("id").where("id", "=", sql<string>`any(${ids}::uuid[])`).where("erased_at", "is", null).execute();
  for (const { id } of back) await eraseConversation(house, id as ConversationId, "parent");
  return back.length;
}

/** Destroys the key of every conversation, and the contact of every kept promise, whose days are over (network settings). */
export async function eraseWhatIsDue(house: House): Promise<void> {
  const now = house.now();
  await forgetOrigins(house, now);
  const network = await house.db.selectFrom("network").select(["conversation_days", "contact_days", "audit_days"]).executeTakeFirst();
  if (!network) return;
  await endTheSilent(house, now.subtract({ hours: 24 * silentDays }));
  const due = await house.db
    .selectFrom("conversations as c")
    .select("c.id")
    .where("c.ended_at", "<", now.subtract({ hours: 24 * network.conversation_days }))
    .where("c.erased_at", "is", null)
    .where((or) => or.not(or.exists(or.selectFrom("call_backs as b").select("b.id").whereRef("b.conversation_id", "=", "c.id").where("b.done_at", "is", null))))
    .limit(500)
    .execute();
  for (const { id } of due) await eraseConversation(house, id as ConversationId, "retention");
  await house.db
    .updateTable("call_backs")
    .set({ contact_sealed: null, safe_way: null })
    .where("done_at", "<", now.subtract({ hours: 24 * network.contact_days }))
    .where("contact_sealed", "is not", null)
    .execute();
  // By whole days, so that once a day is written down that some went.
  await letAuditGo(house.db, now.toZonedDateTimeISO("UTC").startOfDay().toInstant().subtract({ hours: 24 * network.audit_days }));
}

async function endTheSilent(house: House, before: Instant): Promise<void> {
  const silent = await house.db
    .selectFrom("conversations as c")
    .select("c.id")
    .where("c.ended_at", "is", null)
    .where("c.parent_seen_at", "<", before)
    .where((or) => or.not(or.exists(or.selectFrom("entries as e").select("e.seq").whereRef("e.conversation_id", "=", "c.id").where("e.at", ">=", before))))
    .where((or) => or.not(or.exists(or.selectFrom("call_backs as b").select("b.id").whereRef("b.conversation_id", "=", "c.id").where("b.done_at", "is", null))))
    .limit(500)
    .execute();
  for (const { id } of silent)
    await inTransaction(house, async ({ tx, now, tell }) => {
      await releaseClaim(tx, id as ConversationId, "ended", now);
      const { numUpdatedRows } = await tx.updateTable("conversations").set({ ended_at: now, ended_by: "nobody_came", waiting_since: null }).where("id", "=", id).where("ended_at", "is", null).executeTakeFirst();
      if (numUpdatedRows > 0n) tell(topics.conversation(id as ConversationId), topics.queue, topics.board);
    });
}
