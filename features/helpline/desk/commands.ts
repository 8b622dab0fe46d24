import { sql } from "kysely";
import { audit } from "../../../platform/audit/audit.ts";
import { seal } from "../../../platform/crypto/seal.ts";
import { within, type Tx } from "../../../platform/db/database.ts";
import { inTransaction, isDuplicate, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import { deskScope, type ConversationId, type DeskScope, type MemberId, type StaffScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { addEntry, dataKeyOf, lockConversation, releaseClaim } from "../entries/commands.ts";
import { onDutyButGone } from "./queries.ts";
import { findNewOwners, promiseToWrite } from "../promises/commands.ts";
import { topics } from "../events.ts";
import { answerWithinSeconds, boundTo, isOnDuty, mayTake, placeInQueue, whyReturned, whyShiftEnds } from "../rules.ts";
import type { Refusal, ReleaseReason } from "../types.ts";

/** Goes on duty for `hours`; already on duty, it changes her languages, cap and end. */
export async function goOnDuty(house: House, scope: StaffScope, shift: { languages: readonly Language[]; cap: number; hours: number }): Promise<void> {
  const memberId = scope.member.memberId;
  await inTransaction(house, async ({ tx, now, tell }) => {
    const facts = { languages: [...shift.languages], cap: shift.cap, ends_at: now.add({ minutes: Math.round(shift.hours * 60) }), seen_at: now };
    await tx
      .insertInto("shifts")
      .values({ member_id: memberId, started_at: now, ...facts })
      .onConflict((conflict) => conflict.column("member_id").where("ended_at", "is", null).doUpdateSet(facts))
      .execute();
    await audit(tx, { memberId, act: "went_on_duty", subjectKind: "member", subjectId: memberId });
    tell(topics.queue, topics.board);
  });
}

/** Goes off duty; whoever she holds goes back to the front of the queue with a note. */
export async function goOffDuty(house: House, scope: StaffScope): Promise<void> {
  await inTransaction(house, (act) => endShift(act, scope.member.memberId, "went_off", "shift_ended"));
}

async function endShift(act: Act, memberId: MemberId, why: "went_off" | "time_over" | "connection_gone" | "signed_out", release: ReleaseReason): Promise<void> {
  const { tx, now, tell } = act;
  const { numUpdatedRows } = await tx.updateTable("shifts").set({ ended_at: now, end_reason: why }).where("member_id", "=", memberId).where("ended_at", "is", null).executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const held = await tx.selectFrom("claims").select("conversation_id").where("member_id", "=", memberId).where("released_at", "is", null).execute();
  for (const { conversation_id } of held) await returnToQueue(act, conversation_id as ConversationId, release);
  await audit(tx, { memberId, act: "went_off_duty", subjectKind: "member", subjectId: memberId, reason: why });
  tell(topics.queue, topics.board);
}

/** Asks again with the shift's row in hand: she may have come back, or made it longer, since the sweep looked. */
async function endShiftIfOver(act: Act, memberId: MemberId): Promise<void> {
  const row = await act.tx.selectFrom("shifts").select(["ends_at", "seen_at", "cap"]).where("member_id", "=", memberId).where("ended_at", "is", null).forUpdate().executeTakeFirst();
  const why = row && whyShiftEnds({ endsAt: row.ends_at, seenAt: row.seen_at, cap: row.cap }, act.now);
  if (why) await endShift(act, memberId, why, why === "time_over" ? "shift_ended" : "connection_gone");
}

/** Her desk is alive: at most one write a quarter of a minute. */
export async function signOfLife(house: House, memberId: MemberId): Promise<void> {
  const now = house.now();
  await house.db
    .updateTable("shifts")
    .set({ seen_at: now })
    .where("member_id", "=", memberId)
    .where("ended_at", "is", null)
    .where("seen_at", "<", now.subtract({ seconds: 15 }))
    .execute();
}

/** Back to the front of the queue, with a note of why. Does nothing when nobody holds it any more. */
export async function returnToQueue({ tx, now, tell, addJob }: Act, id: ConversationId, reason: ReleaseReason): Promise<void> {
  const memberId = await releaseClaim(tx, id, reason, now);
  if (!memberId) return;
  const { numUpdatedRows } = await tx
    .updateTable("conversations")
    .set({ waiting_since: now, place: sql<number>`case when risk then 0 else ${placeInQueue({ risk: false, returned: true })}::int end` })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await addEntry(tx, id, { kind: "returned", author: "house", memberId, detail: reason, at: now });
  await addJob("call-volunteers", { conversationId: id }, { key: `call-volunteers-${id}` });
  tell(topics.conversation(id), topics.queue, topics.board);
}

/** Takes a waiting conversation: one atomic claim. The unique index decides a race; who comes second is told so. */
export async function takeConversation(house: House, scope: StaffScope, id: ConversationId): Promise<DeskScope | Refusal> {
  const memberId = scope.member.memberId;
  try {
    return await inTransaction(house, async ({ tx, now, tell, addJob }) => {
      const refusal = await refuseToTake(tx, memberId, now);
      if (refusal) return refusal;
      const { numUpdatedRows } = await tx.updateTable("conversations").set({ waiting_since: null }).where("id", "=", id).where("waiting_since", "is not", null).executeTakeFirst();
      if (numUpdatedRows === 0n) return { refused: "alreadyTaken" };
      const { id: claimId } = await tx.insertInto("claims").values({ conversation_id: id, member_id: memberId, taken_at: now }).returning("id").executeTakeFirstOrThrow();
      await tx.updateTable("handovers").set({ accepted_at: now }).where("conversation_id", "=", id).where("accepted_at", "is", null).execute();
      await addEntry(tx, id, { kind: "joined", author: "staff", memberId, at: now });
      await audit(tx, { memberId, act: "took", subjectKind: "conversation", subjectId: id });
      await addJob("return-unanswered", { claimId }, { runAt: now.add({ seconds: answerWithinSeconds }) });
      tell(topics.conversation(id), topics.queue, topics.board);
      return deskScope(scope.member, id, true);
    });
  } catch (error) {
    if (isDuplicate(error, "one_claim_a_conversation")) return { refused: "alreadyTaken" };
    throw error;
  }
}

type OpenShift = { endsAt: Instant; seenAt: Instant; cap: number };

async function shiftOf(tx: Tx, memberId: MemberId): Promise<OpenShift | undefined> {
  const row = await tx.selectFrom("shifts").select(["ends_at", "seen_at", "cap"]).where("member_id", "=", memberId).where("ended_at", "is", null).executeTakeFirst();
  return row && { endsAt: row.ends_at, seenAt: row.seen_at, cap: row.cap };
}

/** May this member take one more now? Her shift's row is locked, so that two takes at one moment count her cap right. */
async function refuseToTake(tx: Tx, memberId: MemberId, now: Instant): Promise<Refusal | undefined> {
  await tx.selectFrom("shifts").select("id").where("member_id", "=", memberId).where("ended_at", "is", null).forUpdate().execute();
  const { held } = await tx
    .selectFrom("claims")
    .select(sql<number>`count(*)::int`.as("held"))
    .where("member_id", "=", memberId)
    .where("released_at", "is", null)
    .executeTakeFirstOrThrow();
  return mayTake(await shiftOf(tx, memberId), held, now);
}

/** Sixty seconds after a claim: not a word written, so back to the front she goes. */
export async function returnIfUnanswered(house: House, claimId: string): Promise<void> {
  await inTransaction(house, async (act) => {
    const of = await act.tx.selectFrom("claims").select("conversation_id").where("id", "=", claimId).executeTakeFirst();
    if (!of) return;
    const id = of.conversation_id as ConversationId;
    await lockConversation(act.tx, id);
    const claim = await act.tx.selectFrom("claims").select(["member_id", "taken_at", "answered_at"]).where("id", "=", claimId).where("released_at", "is", null).executeTakeFirst();
    if (!claim) return;
    const why = whyReturned({ takenAt: claim.taken_at, answeredAt: claim.answered_at ?? undefined }, await shiftOf(act.tx, claim.member_id as MemberId), act.now);
    if (why) await returnToQueue(act, id, why);
  });
}

/**
 * Every quarter of a minute: ends the shifts whose time is over or whose desk is gone, returns what is held by nobody on duty,
 * and gives everyone who waits while nobody is on duty a promise with an owner.
 */
export async function sweepTheLine(house: House): Promise<void> {
  const now = house.now();
  const shifts = await house.db.selectFrom("shifts").select(["member_id", "ends_at", "seen_at", "cap"]).where("ended_at", "is", null).execute();
  for (const shift of shifts) {
    const why = whyShiftEnds({ endsAt: shift.ends_at, seenAt: shift.seen_at, cap: shift.cap }, now);
    if (why) await inTransaction(house, (act) => endShiftIfOver(act, shift.member_id as MemberId));
  }
  for (const memberId of await onDutyButGone(house.db, now)) await inTransaction(house, (act) => endShift(act, memberId, "signed_out", "shift_ended"));
  const held = await house.db.selectFrom("claims").select("id").where("released_at", "is", null).where("taken_at", "<=", now.subtract({ seconds: answerWithinSeconds })).execute();
  for (const { id } of held) await returnIfUnanswered(house, id);
  const open = await house.db.selectFrom("shifts").select(["ends_at", "seen_at", "cap", "languages"]).where("ended_at", "is", null).execute();
  const answered = new Set(open.filter((shift) => isOnDuty({ endsAt: shift.ends_at, seenAt: shift.seen_at, cap: shift.cap }, now)).flatMap(({ languages }) => languages));
  const waiting = await house.db
    .selectFrom("conversations as c")
    .leftJoin("call_backs as b", (join) => join.onRef("b.conversation_id", "=", "c.id").on("b.done_at", "is", null))
    .select(["c.id", "c.language"])
    .where("c.waiting_since", "is not", null)
    .where("b.id", "is", null)
    .execute();
  for (const { id, language } of waiting) {
    if (answered.has(language)) continue;
    await inTransaction(house, async (act) => {
      await lockConversation(act.tx, id as ConversationId);
      await promiseToWrite(act, id as ConversationId);
      act.tell(topics.conversation(id as ConversationId), topics.board);
    });
  }
  await findNewOwners(house);
}

/** Gives the conversation to a named volunteer on duty, or to the queue. The note for the next one must be written. */
export async function handOver(house: House, scope: DeskScope, to: MemberId | undefined, note: string): Promise<Refusal | undefined> {
  const id = scope.conversationId;
  const from = scope.member.memberId;
  if (note.trim() === "") return { refused: "noteMissing" };
  if (to === from) return { refused: "nobodyToHandTo" };
  return inTransaction(house, async ({ tx, now, tell, addJob }) => {
    const key = await dataKeyOf(house, tx, id);
    if (!key) return { refused: "conversationEnded" };
    if (to && (await refuseToTake(tx, to, now))) return { refused: "nobodyToHandTo" };
    await lockConversation(tx, id);
    const holder = await tx.selectFrom("claims").select("member_id").where("conversation_id", "=", id).where("released_at", "is", null).executeTakeFirst();
    if (holder?.member_id !== from) return { refused: "notYours" };
    await releaseClaim(tx, id, "handed_over", now);
    await tx
      .insertInto("handovers")
      .values({ conversation_id: id, from_member: from, to_member: to ?? null, note_sealed: seal(key, note, boundTo(id, "handover")), made_at: now, accepted_at: to ? now : null })
      .execute();
    await addEntry(tx, id, { kind: "note", author: "staff", memberId: from, body: seal(key, note, boundTo(id, "entry/note")), detail: "handover", at: now });
    await addEntry(tx, id, { kind: "handed_over", author: "staff", memberId: from, detail: to ? "to_volunteer" : "to_queue", at: now });
    if (to) {
      const { id: claimId } = await tx.insertInto("claims").values({ conversation_id: id, member_id: to, taken_at: now }).returning("id").executeTakeFirstOrThrow();
      await addEntry(tx, id, { kind: "joined", author: "staff", memberId: to, at: now });
      await addJob("return-unanswered", { claimId }, { runAt: now.add({ seconds: answerWithinSeconds }) });
      await addJob("tell-of-handover", { memberId: to });
    } else {
      await tx
        .updateTable("conversations")
        .set({ waiting_since: now, place: sql<number>`case when risk then 0 else 1 end` })
        .where("id", "=", id)
        .execute();
      await addJob("call-volunteers", { conversationId: id }, { key: `call-volunteers-${id}` });
    }
    await audit(tx, { memberId: from, act: "handed_over", subjectKind: "conversation", subjectId: id });
    tell(topics.conversation(id), topics.queue, topics.board);
    return undefined;
  });
}

/** A private note of the desk; the parent never sees it. */
export async function writeNote(house: House, scope: DeskScope, words: string, key: string): Promise<void> {
  const id = scope.conversationId;
  try {
    await inTransaction({ ...house, db: within(house.db, scope) }, async ({ tx, now, tell }) => {
      const dataKey = await dataKeyOf(house, tx, id);
      if (!dataKey) return;
      await addEntry(tx, id, { kind: "note", author: "staff", memberId: scope.member.memberId, body: seal(dataKey, words, boundTo(id, "entry/note")), key, at: now });
      tell(topics.conversation(id));
    });
  } catch (error) {
    if (!isDuplicate(error, "entries_conversation_id_idempotency_key_key")) throw error;
  }
}

/** Asks a supervisor in; everyone who supervises is told, the first to come joins. */
export async function inviteSupervisor(house: House, scope: DeskScope): Promise<void> {
  const id = scope.conversationId;
  await inTransaction(house, async ({ tx, now, tell, addJob }) => {
    await lockConversation(tx, id);
    const open = await tx.selectFrom("invitations_in").select("id").where("conversation_id", "=", id).where("left_at", "is", null).executeTakeFirst();
    if (open) return;
    await tx.insertInto("invitations_in").values({ conversation_id: id, invited_by: scope.member.memberId, invited_at: now }).execute();
    await addEntry(tx, id, { kind: "invited", author: "staff", memberId: scope.member.memberId, at: now });
    await addJob("tell-supervisors", { conversationId: id });
    tell(topics.conversation(id), topics.board, topics.queue);
  });
}

/** A supervisor comes into a conversation, asked or by herself; the parent sees that she is there. */
export async function joinConversation(house: House, scope: DeskScope): Promise<void> {
  const id = scope.conversationId;
  const memberId = scope.member.memberId;
  await inTransaction(house, async ({ tx, now, tell }) => {
    await lockConversation(tx, id);
    const ended = await tx.selectFrom("conversations").select("id").where("id", "=", id).where("ended_at", "is not", null).executeTakeFirst();
    const here = await tx.selectFrom("invitations_in").select("id").where("conversation_id", "=", id).where("joined_by", "=", memberId).where("left_at", "is", null).executeTakeFirst();
    if (ended || here) return;
    const asked = await tx
      .updateTable("invitations_in")
      .set({ joined_by: memberId, joined_at: now })
      .where("conversation_id", "=", id)
      .where("left_at", "is", null)
      .where("joined_at", "is", null)
      .executeTakeFirst();
    if (asked.numUpdatedRows === 0n) await tx.insertInto("invitations_in").values({ conversation_id: id, invited_by: memberId, invited_at: now, joined_by: memberId, joined_at: now }).execute();
    await addEntry(tx, id, { kind: "joined", author: "staff", memberId, detail: "supervisor", at: now });
    await audit(tx, { memberId, act: "joined", subjectKind: "conversation", subjectId: id });
    tell(topics.conversation(id), topics.board);
  });
}

/** A supervisor goes again; the volunteer stays. */
export async function leaveConversation(house: House, scope: DeskScope): Promise<void> {
  const id = scope.conversationId;
  const { memberId } = scope.member;
  await inTransaction(house, async ({ tx, now, tell }) => {
    await lockConversation(tx, id);
    const { numUpdatedRows } = await tx.updateTable("invitations_in").set({ left_at: now }).where("conversation_id", "=", id).where("joined_by", "=", memberId).where("left_at", "is", null).executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await audit(tx, { memberId, act: "left", subjectKind: "conversation", subjectId: id });
    tell(topics.conversation(id), topics.board);
  });
}

/** Notes that she was told of a line or resource, and writes it to her in the conversation. */
export async function refer(house: House, scope: DeskScope, line: string, words: string, key: string): Promise<void> {
  const id = scope.conversationId;
  try {
    await inTransaction(house, async ({ tx, now, tell }) => {
      const dataKey = await dataKeyOf(house, tx, id);
      if (!dataKey) return;
      await tx.insertInto("referrals").values({ conversation_id: id, member_id: scope.member.memberId, line, at: now }).execute();
      await addEntry(tx, id, { kind: "referred", author: "staff", memberId: scope.member.memberId, body: seal(dataKey, words, boundTo(id, "entry/referred")), key, at: now });
      await tx.updateTable("claims").set({ answered_at: sql<Instant>`coalesce(answered_at, ${now})` }).where("conversation_id", "=", id).where("member_id", "=", scope.member.memberId).where("released_at", "is", null).execute();
      tell(topics.conversation(id));
    });
  } catch (error) {
    if (!isDuplicate(error, "entries_conversation_id_idempotency_key_key")) throw error;
  }
}
