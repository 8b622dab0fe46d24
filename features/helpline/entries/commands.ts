import { sql } from "kysely";
import type { DataKey } from "../../../platform/crypto/seal.ts";
import type { Reader, Tx } from "../../../platform/db/database.ts";
import type { House } from "../../../platform/http/house.ts";
import type { ConversationId, MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { EntryKind, ReleaseReason } from "../types.ts";

type NewEntry = {
  readonly kind: EntryKind;
  readonly author: "parent" | "staff" | "house";
  readonly memberId?: MemberId;
  readonly body?: Buffer;
  readonly detail?: string;
  readonly key?: string;
  readonly at: Instant;
};

/** Adds what happened under the conversation's next number. The row's lock gives every writer her turn, so numbers have no gap. */
export async function addEntry(tx: Tx, conversationId: ConversationId, entry: NewEntry): Promise<number> {
  const { last_seq: seq } = await tx
    .updateTable("conversations")
    .set({ last_seq: sql<number>`last_seq + 1` })
    .where("id", "=", conversationId)
    .returning("last_seq")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("entries")
    .values({
      conversation_id: conversationId,
      seq,
      kind: entry.kind,
      author: entry.author,
      member_id: entry.memberId ?? null,
      body_sealed: entry.body ?? null,
      detail: entry.detail ?? null,
      idempotency_key: entry.key ?? null,
      at: entry.at,
    })
    .execute();
  return seq;
}

/** The key that opens this conversation's words; undefined once it is erased. */
export async function dataKeyOf(house: House, db: Reader, conversationId: ConversationId): Promise<DataKey | undefined> {
  const row = await db.selectFrom("conversations").select("wrapped_key").where("id", "=", conversationId).executeTakeFirst();
  return row?.wrapped_key ? house.keys.openDataKey(row.wrapped_key, conversationId) : undefined;
}

/** Every act on a conversation takes its row first, so that two acts at one moment wait for, and never lock out, each other. */
export async function lockConversation(tx: Tx, conversationId: ConversationId): Promise<void> {
  await tx.selectFrom("conversations").select("id").where("id", "=", conversationId).forUpdate().execute();
}

/** Lets go of whoever holds the conversation; says who it was. */
export async function releaseClaim(tx: Tx, conversationId: ConversationId, reason: ReleaseReason, now: Instant): Promise<MemberId | undefined> {
  await lockConversation(tx, conversationId);
  const released = await tx
    .updateTable("claims")
    .set({ released_at: now, release_reason: reason })
    .where("conversation_id", "=", conversationId)
    .where("released_at", "is", null)
    .returning("member_id")
    .executeTakeFirst();
  return released?.member_id as MemberId | undefined;
}

