import { sql } from "kysely";
import { audit } from "../../../platform/audit/audit.ts";
import { seal } from "../../../platform/crypto/seal.ts";
import type { Tx } from "../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { Notify } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import type { ConversationId, DeskScope, MemberId } from "../../../platform/http/scope.ts";
import { minutesBetween, type Instant } from "../../../platform/time/time.ts";
import { supervisorsNow } from "../../accounts/queries.ts";
import { networkNow } from "../../network/queries.ts";
import { lockConversation } from "../entries/commands.ts";
import { markEnded } from "../commands.ts";
import { topics } from "../events.ts";
import { isHolding } from "../queries.ts";
import { boundTo, dueAnew, wasHard } from "../rules.ts";
import type { CallBackOutcome } from "../types.ts";
import type { Closure, Debriefing } from "./forms.ts";
import { closingOf, heldAtItsEnd } from "./queries.ts";
import { followUpDue, followUpIsNext } from "./rules.ts";
import { say } from "./words.ts";

export type Closed = { readonly closed: true; readonly hard: boolean };
export type NotClosed = { readonly refused: "noAnswerYet" | "concernOpen" | "notYours" | "closedBySomeone" | "noContact" };

/**
 * Ends the conversation and notes how it ended, in one act. The parent may have ended it first: then only the note is added.
 * Refused while a concern is open. The same hand a second time changes nothing and gets the same answer.
 */
export async function closeConversation(house: House, scope: DeskScope, closure: Closure): Promise<Closed | NotClosed> {
  const id = scope.conversationId;
  const { memberId } = scope.member;
  return inTransaction(house, async (act) => {
    const { tx, now, tell } = act;
    await lockConversation(tx, id);
    const closing = await closingOf(tx, scope);
    if (closing.closedBy) return closing.closedBy === memberId ? { closed: true, hard: await isHard(tx, scope, now) } : { refused: "closedBySomeone" };
    if (!((await isHolding(tx, memberId, id)) || (await heldAtItsEnd(tx, memberId, id)))) return { refused: "notYours" };
    if (closing.openConcern) return { refused: "concernOpen" };
    if (closing.unanswered) return { refused: "noAnswerYet" };
    if (closure.followUpOn && !closing.contact) return { refused: "noContact" };
    const hard = await isHard(tx, scope, now);
    await markEnded(tx, scope, now);
    await tx
      .insertInto("closures")
      .values({ conversation_id: id, member_id: memberId, outcome: closure.outcome, reasons: closure.reasons, follow_up_on: closure.followUpOn ?? null, at: now })
      .execute();
    if (closure.followUpOn) await promiseFollowUp(act, scope, closure.followUpOn);
    await audit(tx, { memberId, act: "closed_conversation", subjectKind: "conversation", subjectId: id });
    tell(topics.conversation(id), topics.queue, topics.board);
    return { closed: true, hard };
  });
}

/** The follow-up is a promise like any other. One that is open and due before it stands as it is; the follow-up comes after that (`keepFollowUp`). */
async function promiseFollowUp(act: Act, { conversationId, member }: DeskScope, on: Temporal.PlainDate): Promise<void> {
  const open = await act.tx.selectFrom("call_backs").select("due_at").where("conversation_id", "=", conversationId).where("done_at", "is", null).executeTakeFirst();
  const dueAt = await followUpAt(act.tx, on);
  if (dueAnew(open?.due_at, dueAt).equals(dueAt)) await promiseBy(act, conversationId, member.memberId, dueAt);
}

const followUpAt = async (tx: Tx, on: Temporal.PlainDate): Promise<Instant> => followUpDue(on, (await networkNow(tx))?.zone ?? "UTC");

async function promiseBy({ tx, now, addJob }: Act, conversationId: ConversationId, owner: MemberId, dueAt: Instant): Promise<void> {
  await tx.updateTable("call_backs").set({ promised_at: now, due_at: dueAt, owner_id: owner, done_at: null, outcome: null }).where("conversation_id", "=", conversationId).execute();
  await addJob("remind-of-call-back", { conversationId }, { runAt: dueAt.subtract({ hours: 12 }), key: `call-back-${conversationId}` });
}

/** Once an earlier promise has ended, the follow-up that was planned for a later day is the next: of whoever planned it. */
export async function keepFollowUp(act: Act, conversationId: ConversationId, ended: { readonly dueAt: Instant; readonly outcome: CallBackOutcome }): Promise<void> {
  const closure = await act.tx.selectFrom("closures").select(["member_id", "follow_up_on"]).where("conversation_id", "=", conversationId).executeTakeFirst();
  if (!closure?.follow_up_on) return;
  const dueAt = await followUpAt(act.tx, closure.follow_up_on);
  if (followUpIsNext(ended, dueAt, act.now)) await promiseBy(act, conversationId, closure.member_id as MemberId, dueAt);
}

async function isHard(tx: Tx, { conversationId, member }: DeskScope, now: Instant): Promise<boolean> {
  const row = await tx
    .selectFrom("conversations as c")
    .select(["c.risk", "c.stage", "c.opened_at", "c.ended_at"])
    .select(sql<boolean>`exists (select 1 from concerns n where n.conversation_id = c.id)`.as("concern"))
    .select(sql<Instant | null>`(select min(k.taken_at) from claims k where k.conversation_id = c.id and k.member_id = ${member.memberId})`.as("since"))
    .where("c.id", "=", conversationId)
    .executeTakeFirstOrThrow();
  return wasHard({ risk: row.risk, concern: row.concern, stage: row.stage ?? undefined, minutes: minutesBetween(row.since ?? row.opened_at, row.ended_at ?? now) });
}

/** Keeps the volunteer's own debrief, sealed with her key. One a conversation: the same again changes nothing. */
export async function keepDebrief(house: House, scope: DeskScope, { how, words, wantsTalk }: Debriefing): Promise<void> {
  const { memberId } = scope.member;
  await inTransaction(house, async ({ tx, now, tell, addJob }) => {
    const own = await tx.selectFrom("members").select("wrapped_key").where("id", "=", memberId).forUpdate().executeTakeFirstOrThrow();
    const before = await tx.selectFrom("debriefs").select("id").where("conversation_id", "=", scope.conversationId).where("member_id", "=", memberId).executeTakeFirst();
    if (before) return;
    const sealed = words.trim() === "" ? null : seal(house.keys.openDataKey(own.wrapped_key, memberId), words, boundTo(memberId, "debrief"));
    const wish = wantsTalk === "yes";
    const { id } = await tx
      .insertInto("debriefs")
      .values({ conversation_id: scope.conversationId, member_id: memberId, how, words_sealed: sealed, wants_talk: wish, at: now })
      .returning("id")
      .executeTakeFirstOrThrow();
    if (!wish) return;
    await addJob("tell-of-debrief", { debriefId: id });
    tell(topics.board);
  });
}

/** Tells every supervisor that a volunteer wants to talk; names nobody outside the board. */
export async function tellOfDebrief(house: House, debriefId: string, notify: Notify): Promise<void> {
  const wish = await house.db.selectFrom("debriefs").select("member_id").where("id", "=", debriefId).where("wants_talk", "=", true).where("answered_at", "is", null).executeTakeFirst();
  if (!wish) return;
  const ids = (await supervisorsNow(house.db, house.now())).map(({ id }) => id).filter((id) => id !== wish.member_id);
  const words = (language: "en" | "es") => ({ title: say(language)("callTitle"), body: say(language)("callBody") });
  if (ids.length > 0) await notify(ids, { en: words("en"), es: words("es"), path: "/board" });
}
