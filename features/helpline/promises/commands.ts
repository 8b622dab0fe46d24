import { sql } from "kysely";
import { seal } from "../../../platform/crypto/seal.ts";
import type { Reader, Tx } from "../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { ConversationId, MemberId, ParentScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { staffNow } from "../../accounts/queries.ts";
import { topics } from "../events.ts";
import { boundTo, callBackDue, dueAnew, ownerOfPromise } from "../rules.ts";
import { addEntry, dataKeyOf, lockConversation } from "../entries/commands.ts";

const remindLater = (addJob: Act["addJob"], conversationId: ConversationId, dueAt: Instant) =>
  addJob("remind-of-call-back", { conversationId }, { runAt: dueAt.subtract({ hours: 12 }), key: `call-back-${conversationId}` });

type Given = { readonly way: "here" | "text" | "call" | "email"; readonly contact_sealed?: Buffer; readonly safe_way?: string; readonly best_time?: string };

/** Makes or renews the one promise of a conversation: due within a day, and never later than it was, with an owner who is told now and reminded later. */
async function promise({ tx, now, addJob }: Pick<Act, "tx" | "now" | "addJob">, conversationId: ConversationId, given: Given): Promise<void> {
  const open = await tx.selectFrom("call_backs").select("due_at").where("conversation_id", "=", conversationId).where("done_at", "is", null).executeTakeFirst();
  const dueAt = dueAnew(open?.due_at, callBackDue(now));
  const facts = { ...given, promised_at: now, due_at: dueAt, owner_id: (await nextOwner(tx, now)) ?? null };
  await tx
    .insertInto("call_backs")
    .values({ conversation_id: conversationId, ...facts })
    .onConflict((conflict) => conflict.column("conversation_id").doUpdateSet({ ...facts, done_at: null, outcome: null }))
    .execute();
  await addJob("tell-of-promise", { conversationId });
  await remindLater(addJob, conversationId, dueAt);
}

/** Promises to write in this conversation within a day, unless a promise is open already. The conversation is locked by the caller. */
export async function promiseToWrite(act: Pick<Act, "tx" | "now" | "addJob">, conversationId: ConversationId): Promise<void> {
  const open = await act.tx.selectFrom("call_backs").select("id").where("conversation_id", "=", conversationId).where("done_at", "is", null).executeTakeFirst();
  if (!open) await promise(act, conversationId, { way: "here" });
}

/** The coordinator with the fewest open promises; any other member of staff where there is none. */
async function nextOwner(db: Reader, now: Instant): Promise<MemberId | undefined> {
  const staff = await staffNow(db, now);
  const coordinators = staff.filter(({ roles }) => roles.includes("coordinator"));
  const { rows } = await sql<{ id: MemberId; open: number }>`select owner_id as id, count(*)::int as open from call_backs where done_at is null and owner_id is not null group by owner_id`.execute(db);
  const open = new Map(rows.map((row) => [row.id, row.open]));
  return ownerOfPromise((coordinators.length > 0 ? coordinators : staff).map(({ id }) => ({ id, open: open.get(id) ?? 0 })));
}

/** A promise whose owner holds no role any more gets another, who is told. */
export async function findNewOwners(house: House): Promise<void> {
  const now = house.now();
  const staff = new Set((await staffNow(house.db, now)).map(({ id }) => id as string));
  const open = await house.db.selectFrom("call_backs").select(["id", "owner_id", "conversation_id"]).where("done_at", "is", null).execute();
  for (const { id, owner_id: owner, conversation_id: conversationId } of open) {
    if (owner !== null && staff.has(owner)) continue;
    await inTransaction(house, async ({ tx, tell, addJob }) => {
      const next = await nextOwner(tx, now);
      if (!next || next === owner) return;
      await tx.updateTable("call_backs").set({ owner_id: next }).where("id", "=", id).where("done_at", "is", null).execute();
      await addJob("tell-of-promise", { conversationId });
      tell(topics.board);
    });
  }
}

/** A promise to write here is kept once she was answered here; a promise to call stands until someone has called. */
export async function closeWrittenPromise(tx: Tx, conversationId: ConversationId, outcome: "talked_here" | "withdrawn", now: Instant): Promise<void> {
  await tx
    .updateTable("call_backs")
    .set({ done_at: now, outcome })
    .where("conversation_id", "=", conversationId)
    .where("way", "=", "here")
    .where("done_at", "is", null)
    .execute();
}

export type ContactGiven = { readonly way: "text" | "call" | "email"; readonly contact: string; readonly safeWay: string; readonly bestTime: string };

/** Keeps where she may be reached, sealed, and promises a call-back within a day. Asked again, it replaces what she gave before. */
export async function leaveContact(house: House, scope: ParentScope, given: ContactGiven): Promise<void> {
  await inTransaction(house, async ({ tx, now, tell, addJob }) => {
    await lockConversation(tx, scope.conversationId);
    const key = await dataKeyOf(house, tx, scope.conversationId);
    if (!key) return;
    await promise({ tx, now, addJob }, scope.conversationId, { way: given.way, contact_sealed: seal(key, given.contact, boundTo(scope.conversationId, "contact")), safe_way: given.safeWay, best_time: given.bestTime });
    await addEntry(tx, scope.conversationId, { kind: "called_back", author: "parent", detail: "asked", at: now });
    tell(topics.conversation(scope.conversationId), topics.board, topics.queue);
  });
}

