import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { hashToken, newToken, seal, unseal } from "../../platform/crypto/seal.ts";
import { within, type Tx } from "../../platform/db/database.ts";
import { inTransaction, isDuplicate, type Act } from "../../platform/db/transaction.ts";
import type { House } from "../../platform/http/house.ts";
import { parentScope, type ConversationId, type DeskScope, type ParentScope } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";
import { openCaseInRoom } from "../safety/events.ts";
import { topics } from "./events.ts";
import { queueFacts } from "./queries.ts";
import { boundTo, mayHaveLostHerKey, placeInQueue } from "./rules.ts";
import { addEntry, dataKeyOf, releaseClaim } from "./entries/commands.ts";
import { closeWrittenPromise, promiseToWrite } from "./promises/commands.ts";
import { codeBits } from "../../platform/crypto/six-words.ts";
import type { About, Refusal, Stage } from "./types.ts";

export type Opening = {
  /** Made by her browser with the form; the same again is the same conversation. */
  readonly openingKey: string;
  readonly language: Language;
  readonly nickname: string | undefined;
  readonly about: About | undefined;
  readonly stage: Stage | undefined;
  readonly inDanger: boolean;
  readonly words: string | undefined;
  readonly zone: string | undefined;
  /** Her browser and connection as a keyed fingerprint; kept for a day. */
  readonly from?: Buffer | undefined;
};

export type Opened = { readonly scope: ParentScope; readonly token: string | undefined; readonly promised: boolean };

/**
 * Opens a conversation and puts it in the queue. The token is the parent's only key to it: it is returned once and kept as a hash.
 * The same opening key again is the same conversation. It brings another token only while the first answer may have been lost on its way:
 * for ten minutes, and until her page was shown to her once, so that a form left in a shared phone's history opens nothing.
 */
export async function openConversation(house: House, opening: Opening): Promise<Opened> {
  const id = randomUUID() as ConversationId;
  const token = newToken();
  const { key, wrapped } = house.keys.makeDataKey(id);
  try {
    return await inTransaction(house, async ({ tx, now, tell, addJob }) => {
      const open = await queueFacts(tx, opening.language, now);
      await tx
        .insertInto("conversations")
        .values({
          id,
          wrapped_key: wrapped,
          opening_key: opening.openingKey,
          language: opening.language,
          about: opening.about ?? null,
          stage: opening.stage ?? null,
          nickname_sealed: opening.nickname ? seal(key, opening.nickname, boundTo(id, "nickname")) : null,
          zone: opening.zone ?? null,
          risk: opening.inDanger,
          opened_at: now,
          waiting_since: now,
          place: placeInQueue({ risk: opening.inDanger, returned: false }),
          parent_seen_at: now,
        })
        .execute();
      await tx.insertInto("conversation_keys").values(keyRow(house, token, id)).execute();
      if (opening.from) await tx.insertInto("conversation_origins").values({ conversation_id: id, fingerprint: opening.from, seen_at: now }).execute();
      if (opening.words) await addEntry(tx, id, { kind: "message", author: "parent", body: seal(key, opening.words, boundTo(id, "entry/message")), key: opening.openingKey, at: now });
      if (opening.inDanger) await raiseFromParent(tx, id, now, addJob);
      const promised = open.places === 0;
      if (promised) await promiseToWrite({ tx, now, addJob }, id);
      await addJob("call-volunteers", { conversationId: id }, { key: `call-volunteers-${id}` });
      tell(topics.queue, topics.board);
      return { scope: parentScope(id), token, promised };
    });
  } catch (error) {
    if (!isDuplicate(error, "conversations_opening_key_key")) throw error;
    const known = await house.db.selectFrom("conversations").select(["id", "opened_at", "parent_read_seq"]).where("opening_key", "=", opening.openingKey).executeTakeFirstOrThrow();
    const knownId = known.id as ConversationId;
    const mayBeLost = mayHaveLostHerKey({ openedAt: known.opened_at, shown: known.parent_read_seq > 0 }, house.now());
    if (mayBeLost) await house.db.insertInto("conversation_keys").values(keyRow(house, token, knownId)).execute();
    return { scope: parentScope(knownId), token: mayBeLost ? token : undefined, promised: false };
  }
}

const keyRow = (house: House, token: string, id: ConversationId) => ({ link_hash: hashToken(token), code_fingerprint: house.keys.fingerprint("six-words", codeBits(token)), conversation_id: id });

/** Six words open the conversation on this phone too, with a key of its own; undefined when they open nothing. */
export async function reopenByCode(house: House, readings: readonly string[]): Promise<string | undefined> {
  if (readings.length === 0) return undefined;
  const row = await house.db
    .selectFrom("conversation_keys")
    .select("conversation_id")
    .where("code_fingerprint", "in", readings.map((reading) => house.keys.fingerprint("six-words", reading)))
    .executeTakeFirst();
  if (!row) return undefined;
  const token = newToken();
  await house.db.insertInto("conversation_keys").values(keyRow(house, token, row.conversation_id as ConversationId)).execute();
  return token;
}

async function raiseFromParent(tx: Tx, conversationId: ConversationId, now: Instant, addJob: Act["addJob"]): Promise<void> {
  const { id } = await tx
    .insertInto("concerns")
    .values({ conversation_id: conversationId, source: "parent_said", raised_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  await addEntry(tx, conversationId, { kind: "raised", author: "house", detail: "parent_said", at: now });
  await addJob("page-supervisor", { concernId: id }, { key: `page-supervisor-${id}` });
  await openCaseInRoom({ addJob, now }, { subjectKind: "concern", subjectId: id, reason: "concern", priority: 0, why: ["parent_said"] });
}

export type Sent = { readonly seq: number };

/**
 * Keeps one message. `key` is made by the sender's browser: a retry returns the number of the message that is already kept.
 * One statement, so that it is one round trip and one commit: it takes the next number, writes the words and, for a volunteer, marks the claim as answered.
 */
export async function sendMessage(house: House, scope: ParentScope | DeskScope, words: string, key: string): Promise<Sent | Refusal> {
  const id = scope.conversationId;
  const db = within(house.db, scope);
  const dataKey = await dataKeyOf(house, db, id);
  if (!dataKey) return { refused: "conversationEnded" };
  const memberId = scope.as === "desk" ? scope.member.memberId : null;
  const now = house.now();
  const author = scope.as === "desk" ? "staff" : "parent";
  try {
    const { rows } = await sql<{ seq: number }>`
      with next as (
        update conversations
        set last_seq = last_seq + 1,
            parent_seen_at = case when ${author} = 'parent' then ${now}::timestamptz else parent_seen_at end
        where id = ${id} and ended_at is null
        returning last_seq),
      answered as (
        update claims set answered_at = coalesce(answered_at, ${now})
        where conversation_id = ${id} and member_id = ${memberId}::uuid and released_at is null and exists (select 1 from next))
      insert into entries (conversation_id, seq, kind, author, member_id, body_sealed, idempotency_key, at)
      select ${id}::uuid, last_seq, 'message', ${author}, ${memberId}::uuid, ${seal(dataKey, words, boundTo(id, "entry/message"))}::bytea, ${key}::uuid, ${now}::timestamptz from next
      returning seq`.execute(db);
    const sent = rows[0];
    if (!sent) return { refused: "conversationEnded" };
    house.bus.tell([topics.conversation(id)]);
    return sent;
  } catch (error) {
    if (!isDuplicate(error, "entries_conversation_id_idempotency_key_key")) throw error;
    const twin = await db.selectFrom("entries").select(["seq", "kind", "author", "body_sealed"]).where("conversation_id", "=", id).where("idempotency_key", "=", key).executeTakeFirstOrThrow();
    const same = twin.kind === "message" && twin.author === author && twin.body_sealed !== null && unseal(dataKey, twin.body_sealed, boundTo(id, "entry/message")) === words;
    return same ? { seq: twin.seq } : { refused: "keyTaken" };
  }
}

/** Notes how far one side has been shown the conversation, so that the other sees "delivered". Never goes back. */
export async function markShown(house: House, scope: ParentScope | DeskScope, seq: number): Promise<void> {
  const column = scope.as === "parent" ? "parent_read_seq" : "desk_read_seq";
  const { numUpdatedRows } = await within(house.db, scope)
    .updateTable("conversations")
    .set({ [column]: seq, ...(scope.as === "parent" ? { parent_seen_at: house.now() } : {}) })
    .where("id", "=", scope.conversationId)
    .where(column, "<", seq)
    .where("last_seq", ">=", seq)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) house.bus.tell([topics.conversation(scope.conversationId)]);
}

/** Ends a conversation for good. Returns false when it had already ended. */
export async function endConversation(house: House, scope: ParentScope | DeskScope): Promise<boolean> {
  return inTransaction(house, async ({ tx, now, tell }) => {
    const ended = await markEnded(tx, scope, now);
    if (ended) tell(topics.conversation(scope.conversationId), topics.queue, topics.board);
    return ended;
  });
}

/** The rows of an ending, for use inside a wider act. */
export async function markEnded(tx: Tx, scope: ParentScope | DeskScope, now: Instant): Promise<boolean> {
  const by = scope.as === "parent" ? "parent" : "volunteer";
  const { numUpdatedRows } = await tx
    .updateTable("conversations")
    .set({ ended_at: now, ended_by: by, waiting_since: null })
    .where("id", "=", scope.conversationId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  const holder = await releaseClaim(tx, scope.conversationId, "ended", now);
  const memberId = scope.as === "desk" ? scope.member.memberId : undefined;
  await addEntry(tx, scope.conversationId, { kind: "ended", author: scope.as === "desk" ? "staff" : "parent", ...(memberId ? { memberId } : {}), detail: by, at: now });
  await tx.updateTable("invitations_in").set({ left_at: now }).where("conversation_id", "=", scope.conversationId).where("left_at", "is", null).execute();
  if (holder || by === "parent") await closeWrittenPromise(tx, scope.conversationId, holder ? "talked_here" : "withdrawn", now);
  return true;
}

/** What she says of it afterwards, as one of three words of ours. */
export async function sayIfItHelped(house: House, scope: ParentScope, helped: "yes" | "some" | "no"): Promise<void> {
  await inTransaction({ ...house, db: within(house.db, scope) }, async ({ tx, now }) => {
    await addEntry(tx, scope.conversationId, { kind: "helped", author: "parent", detail: helped, at: now });
  });
}

