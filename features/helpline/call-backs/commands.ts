import { audit } from "../../../platform/audit/audit.ts";
import { unseal } from "../../../platform/crypto/seal.ts";
import type { Tx } from "../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { Call, Notify } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import { deskScope, type ConversationId, type MemberId, type StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { staffNow } from "../../accounts/queries.ts";
import { keepFollowUp } from "../closures/commands.ts";
import { markEnded } from "../commands.ts";
import { dataKeyOf, lockConversation } from "../entries/commands.ts";
import { topics } from "../events.ts";
import { may } from "../policy.ts";
import { boundTo, mayCloseCallBack } from "../rules.ts";
import type { CallBackId } from "../types.ts";
import type { Ending } from "./forms.ts";
import { callBackBy, type CallBack } from "./queries.ts";
import { isSameTry, mayTakeOver, reachBy, reminderAt } from "./rules.ts";
import { say } from "./words.ts";

export type CallBackRefusal = { readonly refused: "notYours" | "ownedByVolunteer" | "alreadyDone" | "contactGone" | "triesMissing" | "notFound" };

/** The one job that reminds of this promise; a second with this key takes its place. */
export const reminderKey = (conversationId: ConversationId): string => `call-back-${conversationId}`;

/** One promise under the lock of its conversation, so that two hands on it take turns. */
async function withPromise<T>(house: House, scope: StaffScope, id: CallBackId, work: (act: Act, promise: CallBack) => Promise<T | CallBackRefusal>): Promise<T | CallBackRefusal> {
  return inTransaction(house, async (act) => {
    const of = await act.tx.selectFrom("call_backs").select("conversation_id").where("id", "=", id).executeTakeFirst();
    if (!of) return { refused: "notFound" };
    await lockConversation(act.tx, of.conversation_id as ConversationId);
    const promise = await callBackBy(act.tx, scope, id, act.now);
    if (!promise) return { refused: "notFound" };
    return promise.doneAt ? { refused: "alreadyDone" } : work(act, promise);
  });
}

/** Whoever owns the promise works on it; supervisors and coordinators may work on any. */
const mayWorkOn = ({ member }: StaffScope, { owner }: CallBack): boolean => may("revealContact", member.roles, owner?.id === member.memberId);

/** Takes the promise over: from now on it is hers to keep. Already hers, nothing changes. */
export function takeCallBack(house: House, scope: StaffScope, id: CallBackId): Promise<CallBackRefusal | undefined> {
  const { memberId } = scope.member;
  return withPromise<undefined>(house, scope, id, async ({ tx, tell }, { owner }) => {
    if (owner?.id === memberId) return undefined;
    if (!mayTakeOver(scope.member, owner)) return { refused: "ownedByVolunteer" };
    await tx.updateTable("call_backs").set({ owner_id: memberId }).where("id", "=", id).execute();
    await audit(tx, { memberId, act: "took_call_back", subjectKind: "call_back", subjectId: id });
    tell(topics.board);
    return undefined;
  });
}

export type Revealed = ReturnType<typeof reachBy> & { readonly contact: string; readonly nickname: string | undefined; readonly safeWay: "text_only" | "may_name_us" | "never_name_us" };

/** Opens the contact for one look. The look is an audit row before anything is shown. */
export function revealContact(house: House, scope: StaffScope, id: CallBackId): Promise<{ readonly revealed: Revealed } | CallBackRefusal> {
  return withPromise<{ readonly revealed: Revealed }>(house, scope, id, async ({ tx }, promise) => {
    if (!mayWorkOn(scope, promise)) return { refused: "notYours" };
    const key = await dataKeyOf(house, tx, promise.conversationId);
    const row = await tx
      .selectFrom("call_backs as b")
      .innerJoin("conversations as c", "c.id", "b.conversation_id")
      .select(["b.contact_sealed", "b.safe_way", "c.nickname_sealed"])
      .where("b.id", "=", id)
      .executeTakeFirst();
    if (!key || !row?.contact_sealed) return { refused: "contactGone" };
    await audit(tx, { memberId: scope.member.memberId, act: "revealed_contact", subjectKind: "call_back", subjectId: id });
    const contact = unseal(key, row.contact_sealed, boundTo(promise.conversationId, "contact"));
    const nickname = row.nickname_sealed ? unseal(key, row.nickname_sealed, boundTo(promise.conversationId, "nickname")) : undefined;
    // Nothing said of safety is read as the most careful way.
    const safeWay = (row.safe_way ?? "never_name_us") as Revealed["safeWay"];
    return { revealed: { ...reachBy(promise.way, safeWay, contact), contact, nickname, safeWay } };
  });
}

/** Notes one try. The same again within a minute is the same try. */
export function noteTry(house: House, scope: StaffScope, id: CallBackId, reached: boolean): Promise<CallBackRefusal | undefined> {
  const { memberId } = scope.member;
  return withPromise<undefined>(house, scope, id, async ({ tx, now, tell }, promise) => {
    if (!mayWorkOn(scope, promise)) return { refused: "notYours" };
    if (isSameTry(promise.tries.at(-1), { reached, memberId }, now)) return undefined;
    await tx.insertInto("call_back_tries").values({ call_back_id: id, member_id: memberId, reached, at: now }).execute();
    await audit(tx, { memberId, act: reached ? "reached_by_call_back" : "tried_to_call_back", subjectKind: "call_back", subjectId: id });
    tell(topics.board);
    return undefined;
  });
}

/** Closes a promise: they were reached, said no, or were tried three times. Closed already, it stays as it was. */
export async function closeCallBack(house: House, scope: StaffScope, id: CallBackId, outcome: Ending): Promise<CallBackRefusal | undefined> {
  const { memberId } = scope.member;
  const refusal = await withPromise<undefined>(house, scope, id, async (act, promise) => {
    const { tx, now, tell } = act;
    if (!mayWorkOn(scope, promise)) return { refused: "notYours" };
    if (mayCloseCallBack(outcome, promise.tries)) return { refused: "triesMissing" };
    await tx.updateTable("call_backs").set({ done_at: now, outcome }).where("id", "=", id).execute();
    await endIfOnlyWaiting(tx, scope, promise.conversationId, now);
    await keepFollowUp(act, promise.conversationId, { dueAt: promise.dueAt, outcome });
    await audit(tx, { memberId, act: "closed_call_back", subjectKind: "call_back", subjectId: id, reason: outcome });
    tell(topics.conversation(promise.conversationId), topics.board);
    return undefined;
  });
  return refusal?.refused === "alreadyDone" ? undefined : refusal;
}

/** The promise was what she still waited for: nobody is to take the conversation from the queue after the call. Whoever holds it goes on. */
async function endIfOnlyWaiting(tx: Tx, { member }: StaffScope, conversationId: ConversationId, now: Instant): Promise<void> {
  const waits = await tx.selectFrom("conversations").select("id").where("id", "=", conversationId).where("waiting_since", "is not", null).executeTakeFirst();
  if (waits) await markEnded(tx, deskScope(member, conversationId, false), now);
}

/**
 * Reminds of an open promise: its owner 12 h before it is due, every coordinator 4 h before, and once more when it is due.
 * Sets the next look before it tells anybody. A promise that is kept is reminded of no more.
 */
export async function remindOfCallBack(house: House, conversationId: ConversationId, notify: Notify): Promise<void> {
  const due = await inTransaction(house, (act) => chooseReminder(act, conversationId));
  if (due && due.memberIds.length > 0) await notify(due.memberIds, callTo(due.id, due.late));
}

async function chooseReminder({ tx, now, tell, addJob }: Act, conversationId: ConversationId): Promise<{ id: string; late: boolean; memberIds: MemberId[] } | undefined> {
  const promise = await tx.selectFrom("call_backs").select(["id", "due_at", "owner_id"]).where("conversation_id", "=", conversationId).where("done_at", "is", null).executeTakeFirst();
  if (!promise) return undefined;
  const { whom, next } = reminderAt(promise.due_at, now);
  if (next) await addJob("remind-of-call-back", { conversationId }, { runAt: next, key: reminderKey(conversationId) });
  else tell(topics.board);
  if (!whom) return undefined;
  const memberIds = whom === "owner" && promise.owner_id ? [promise.owner_id as MemberId] : await coordinators(tx, now);
  return { id: promise.id, late: next === undefined, memberIds };
}

const coordinators = async (tx: Tx, now: Instant): Promise<MemberId[]> => (await staffNow(tx, now)).filter(({ roles }) => roles.includes("coordinator")).map(({ id }) => id);

function callTo(id: string, late: boolean): Call {
  const words = (language: "en" | "es") => ({ title: say(language)("callTitle"), body: say(language)(late ? "callLate" : "callSoon") });
  return { en: words("en"), es: words("es"), path: `/desk/call-backs/${id}` };
}
