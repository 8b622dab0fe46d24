import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { hashToken, newToken, seal, type DataKey } from "../../platform/crypto/seal.ts";
import type { Reader, Tx } from "../../platform/db/database.ts";
import { inTransaction, isDuplicate, type Act } from "../../platform/db/transaction.ts";
import type { House } from "../../platform/http/house.ts";
import { parentScope, type ConversationId, type DeskScope, type MemberId, type ParentScope } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";
import { topics } from "./events.ts";
import { queueFacts } from "./queries.ts";
import { callBackDue, mayHaveLostHerKey, ownerOfPromise, placeInQueue } from "./rules.ts";
import { codeBits } from "../../platform/crypto/six-words.ts";
import type { About, EntryKind, Refusal, ReleaseReason, Stage } from "./types.ts";

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
          nickname_sealed: opening.nickname ? seal(key, opening.nickname, id) : null,
          zone: opening.zone ?? null,
          risk: opening.inDanger,
          opened_at: now,
          waiting_since: now,
          place: placeInQueue({ risk: opening.inDanger, returned: false }),
          parent_seen_at: now,
        })
        .execute();
      await tx.insertInto("conversation_keys").values(keyRow(house, token, id)).execute();
      if (opening.words) await addEntry(tx, id, { kind: "message", author: "parent", body: seal(key, opening.words, id), key: opening.openingKey, at: now });
      if (opening.inDanger) await raiseFromParent(tx, id, now, addJob);
      const promised = open.places === 0;
      if (promised) await promiseToWrite({ tx, now, addJob }, id);
      else await addJob("call-volunteers", { conversationId: id });
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

const remindLater = (addJob: Act["addJob"], conversationId: ConversationId, now: Instant) =>
  addJob("remind-of-call-back", { conversationId }, { runAt: now.add({ hours: 12 }), key: `call-back-${conversationId}` });

async function raiseFromParent(tx: Tx, conversationId: ConversationId, now: Instant, addJob: Act["addJob"]): Promise<void> {
  const { id } = await tx
    .insertInto("concerns")
    .values({ conversation_id: conversationId, source: "parent_said", raised_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  await addEntry(tx, conversationId, { kind: "raised", author: "house", detail: "parent_said", at: now });
  await addJob("page-supervisor", { concernId: id }, { key: `page-supervisor-${id}` });
}

/** Promises to write in this conversation within a day; a coordinator owns the promise until a volunteer takes it, and is reminded of it. */
export async function promiseToWrite({ tx, now, addJob }: Pick<Act, "tx" | "now" | "addJob">, conversationId: ConversationId): Promise<void> {
  await remindLater(addJob, conversationId, now);
  await tx
    .insertInto("call_backs")
    .values({ conversation_id: conversationId, way: "here", promised_at: now, due_at: callBackDue(now), owner_id: (await nextOwner(tx)) ?? null })
    .onConflict((conflict) => conflict.column("conversation_id").doNothing())
    .execute();
}

async function nextOwner(db: Reader): Promise<MemberId | undefined> {
  const rows = await db
    .selectFrom("member_roles as r")
    .innerJoin("members as m", "m.id", "r.member_id")
    .select(["m.id", sql<number>`(select count(*) from call_backs b where b.owner_id = m.id and b.done_at is null)::int`.as("open")])
    .where("r.role", "=", "coordinator")
    .where("r.ended_at", "is", null)
    .where("m.left_at", "is", null)
    .orderBy("r.given_at")
    .execute();
  return ownerOfPromise(rows.map(({ id, open }) => ({ id: id as MemberId, open })));
}

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

export type Sent = { readonly seq: number };

/** The key that opens this conversation's words; undefined once it is erased. */
export async function dataKeyOf(house: House, db: Reader, conversationId: ConversationId): Promise<DataKey | undefined> {
  const row = await db.selectFrom("conversations").select("wrapped_key").where("id", "=", conversationId).executeTakeFirst();
  return row?.wrapped_key ? house.keys.openDataKey(row.wrapped_key, conversationId) : undefined;
}

/**
 * Keeps one message. `key` is made by the sender's browser: a retry returns the number of the message that is already kept.
 * One statement, so that it is one round trip and one commit: it takes the next number, writes the words and, for a volunteer, marks the claim as answered.
 */
export async function sendMessage(house: House, scope: ParentScope | DeskScope, words: string, key: string): Promise<Sent | Refusal> {
  const id = scope.conversationId;
  const dataKey = await dataKeyOf(house, house.db, id);
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
      select ${id}::uuid, last_seq, 'message', ${author}, ${memberId}::uuid, ${seal(dataKey, words, id)}::bytea, ${key}::uuid, ${now}::timestamptz from next
      returning seq`.execute(house.db);
    const sent = rows[0];
    if (!sent) return { refused: "conversationEnded" };
    house.bus.tell([topics.conversation(id)]);
    return sent;
  } catch (error) {
    if (!isDuplicate(error, "entries_conversation_id_idempotency_key_key")) throw error;
    return house.db.selectFrom("entries").select("seq").where("conversation_id", "=", id).where("idempotency_key", "=", key).executeTakeFirstOrThrow();
  }
}

/** Notes how far one side has been shown the conversation, so that the other sees "delivered". Never goes back. */
export async function markShown(house: House, scope: ParentScope | DeskScope, seq: number): Promise<void> {
  const column = scope.as === "parent" ? "parent_read_seq" : "desk_read_seq";
  const { numUpdatedRows } = await house.db
    .updateTable("conversations")
    .set({ [column]: seq, ...(scope.as === "parent" ? { parent_seen_at: house.now() } : {}) })
    .where("id", "=", scope.conversationId)
    .where(column, "<", seq)
    .where("last_seq", ">=", seq)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) house.bus.tell([topics.conversation(scope.conversationId)]);
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

/** A promise to write here is kept once she was answered here; a promise to call stands until someone has called. */
async function closeWrittenPromise(tx: Tx, conversationId: ConversationId, outcome: "talked_here" | "withdrawn", now: Instant): Promise<void> {
  await tx
    .updateTable("call_backs")
    .set({ done_at: now, outcome })
    .where("conversation_id", "=", conversationId)
    .where("way", "=", "here")
    .where("done_at", "is", null)
    .execute();
}

/** What she says of it afterwards, as one of three words of ours. */
export async function sayIfItHelped(house: House, scope: ParentScope, helped: "yes" | "some" | "no"): Promise<void> {
  await inTransaction(house, async ({ tx, now }) => {
    await addEntry(tx, scope.conversationId, { kind: "helped", author: "parent", detail: helped, at: now });
  });
}

export type ContactGiven = { readonly way: "text" | "call" | "email"; readonly contact: string; readonly safeWay: string; readonly bestTime: string };

/** Keeps where she may be reached, sealed, and promises a call-back within a day. Asked again, it replaces what she gave before. */
export async function leaveContact(house: House, scope: ParentScope, given: ContactGiven): Promise<void> {
  await inTransaction(house, async ({ tx, now, tell, addJob }) => {
    await lockConversation(tx, scope.conversationId);
    const key = await dataKeyOf(house, tx, scope.conversationId);
    if (!key) return;
    const contact = { way: given.way, contact_sealed: seal(key, given.contact, scope.conversationId), safe_way: given.safeWay, best_time: given.bestTime };
    await tx
      .insertInto("call_backs")
      .values({ conversation_id: scope.conversationId, ...contact, promised_at: now, due_at: callBackDue(now), owner_id: (await nextOwner(tx)) ?? null })
      .onConflict((conflict) => conflict.column("conversation_id").doUpdateSet({ ...contact, done_at: null, outcome: null, promised_at: now, due_at: callBackDue(now) }))
      .execute();
    await addEntry(tx, scope.conversationId, { kind: "called_back", author: "parent", detail: "asked", at: now });
    await remindLater(addJob, scope.conversationId, now);
    tell(topics.conversation(scope.conversationId), topics.board, topics.queue);
  });
}

/** Deletes for good: the key, the words, the contact, the links. The counts that say nothing of her stay. */
export async function eraseConversation(house: House, id: ConversationId, by: "parent" | "retention"): Promise<void> {
  await inTransaction(house, async ({ tx, now, tell }) => {
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
    await tx.deleteFrom("entries").where("conversation_id", "=", id).execute();
    await tx.deleteFrom("handovers").where("conversation_id", "=", id).execute();
    await tx.updateTable("concerns").set({ worksheet_sealed: null }).where("conversation_id", "=", id).execute();
    await tx
      .updateTable("call_backs")
      .set({ contact_sealed: null, safe_way: null, best_time: null, done_at: sql<Instant>`coalesce(done_at, ${now})`, outcome: sql<string>`coalesce(outcome, 'withdrawn')` })
      .where("conversation_id", "=", id)
      .execute();
    tell(topics.conversation(id), topics.queue, topics.board);
  });
}

/** Destroys the key of every conversation, and the contact of every kept promise, whose days are over (network settings). */
export async function eraseWhatIsDue(house: House): Promise<void> {
  const now = house.now();
  const network = await house.db.selectFrom("network").select(["conversation_days", "contact_days"]).executeTakeFirst();
  if (!network) return;
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
}
