import { audit } from "../../../platform/audit/audit.ts";
import { seal } from "../../../platform/crypto/seal.ts";
import type { Tx } from "../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { Call, Notify } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import type { ConversationId, DeskScope, StaffScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { supervisorsNow } from "../../accounts/queries.ts";
import { caseTaken, openCaseInRoom, settleCase, topics as safetyTopics } from "../../safety/events.ts";
import { onTheDesk } from "../../safety/queries.ts";
import { addEntry, dataKeyOf, lockConversation } from "../entries/commands.ts";
import { topics } from "../events.ts";
import { acknowledgeWithinSeconds, boundTo, isOnDuty, nextToPage, placeInQueue } from "../rules.ts";
import type { ConcernId, ConcernStep, MemberId, Refusal } from "../types.ts";
import type { FilledSheet } from "./forms.ts";
import { openSheet, versionOf } from "./queries.ts";
import { mayAcknowledge, mayClose, sameSheet } from "./rules.ts";
import { say } from "./words.ts";

/** Raises a concern: to the front of the queue, an entry that the parent does not see, a supervisor paged. With one open, or erased, it does nothing. */
export async function raiseConcern(house: House, scope: DeskScope): Promise<void> {
  const id = scope.conversationId;
  const { memberId } = scope.member;
  await inTransaction(house, async ({ tx, now, tell, addJob }) => {
    await lockConversation(tx, id);
    if (!(await dataKeyOf(house, tx, id)) || (await openConcern(tx, id))) return;
    const concern = await tx.insertInto("concerns").values({ conversation_id: id, raised_by: memberId, source: "volunteer", raised_at: now }).returning("id").executeTakeFirstOrThrow();
    await tx
      .updateTable("conversations")
      .set({ risk: true, place: placeInQueue({ risk: true, returned: false }) })
      .where("id", "=", id)
      .execute();
    await addEntry(tx, id, { kind: "raised", author: "staff", memberId, detail: "volunteer", at: now });
    await audit(tx, { memberId, act: "raised_concern", subjectKind: "conversation", subjectId: id });
    await addJob("page-supervisor", { concernId: concern.id }, { key: pageKey(concern.id) });
    await openCaseInRoom({ addJob, now }, { subjectKind: "concern", subjectId: concern.id, reason: "concern", priority: 0, why: ["volunteer"] });
    tell(topics.conversation(id), topics.queue, topics.board);
  });
}

/** The one job that pages for this concern; a second with this key takes its place. */
export const pageKey = (concernId: string): string => `page-supervisor-${concernId}`;

const openConcern = (tx: Tx, conversationId: ConversationId) =>
  tx
    .selectFrom("concerns")
    .select(["id", "worksheet_sealed", "step", "acknowledged_at"])
    .where("conversation_id", "=", conversationId)
    .where("closed_at", "is", null)
    .forUpdate()
    .executeTakeFirst();

type OpenConcern = NonNullable<Awaited<ReturnType<typeof openConcern>>>;
export type NotKept = { readonly refused: "someoneElseSaved" };

/** Keeps the sheet, whole or half done, sealed. Refused when another hand saved since `version`: then nothing is changed. */
export async function saveSheet(house: House, scope: DeskScope, sheet: FilledSheet): Promise<NotKept | undefined> {
  return inTransaction(house, async ({ tx, tell }) => {
    await lockConversation(tx, scope.conversationId);
    const concern = await openConcern(tx, scope.conversationId);
    if (!concern) return undefined;
    tell(topics.board);
    return keepSheet(house, tx, scope, concern, sheet);
  });
}

async function keepSheet(house: House, tx: Tx, { conversationId, member }: DeskScope, concern: OpenConcern, sheet: FilledSheet): Promise<NotKept | undefined> {
  const row = await tx.selectFrom("conversations").select("wrapped_key").where("id", "=", conversationId).executeTakeFirst();
  if (!row?.wrapped_key) return undefined;
  const before = openSheet(house.keys, row.wrapped_key, concern.worksheet_sealed, conversationId);
  const step = (concern.step ?? undefined) as ConcernStep | undefined;
  if (before && sameSheet({ worksheet: before, step }, sheet)) return undefined;
  if (versionOf(concern.worksheet_sealed) !== sheet.version) return { refused: "someoneElseSaved" };
  const key = house.keys.openDataKey(row.wrapped_key, conversationId);
  await tx
    .updateTable("concerns")
    .set({ worksheet_sealed: seal(key, JSON.stringify(sheet.worksheet), boundTo(conversationId, "worksheet")), step: sheet.step ?? null })
    .where("id", "=", concern.id)
    .execute();
  await audit(tx, { memberId: member.memberId, act: "saved_worksheet", subjectKind: "concern", subjectId: concern.id });
  return undefined;
}

/** Keeps the sheet, then closes the concern if it is whole and acknowledged. A refusal leaves it open with all that was written. */
export async function closeConcern(house: House, scope: DeskScope, sheet: FilledSheet): Promise<NotKept | Refusal | undefined> {
  const id = scope.conversationId;
  return inTransaction(house, async ({ tx, now, tell, addJob }) => {
    await lockConversation(tx, id);
    const concern = await openConcern(tx, id);
    if (!concern) return undefined;
    const erased = (await dataKeyOf(house, tx, id)) === undefined;
    const refused = (await keepSheet(house, tx, scope, concern, sheet)) ?? mayClose({ ...sheet, acknowledged: concern.acknowledged_at !== null, erased });
    if (refused) return refused;
    await tx.updateTable("concerns").set({ closed_by: scope.member.memberId, closed_at: now }).where("id", "=", concern.id).execute();
    await audit(tx, { memberId: scope.member.memberId, act: "closed_concern", subjectKind: "concern", subjectId: concern.id });
    await settleCase({ addJob, now }, { subjectKind: "concern", subjectId: concern.id, how: "closed", by: scope.member.memberId });
    tell(topics.conversation(id), topics.board);
    return undefined;
  });
}

/**
 * Open concerns that have no case come to the safety desk: those that were open before concerns came there, and one whose job was lost. Whoever
 * has one goes on having it. Safe to run twice, and beside the job that the concern itself added.
 */
export async function bringToTheDesk(house: House): Promise<void> {
  const open = await house.db.selectFrom("concerns").select("id").where("closed_at", "is", null).orderBy("raised_at").execute();
  const there = await onTheDesk(house.db, "concern", open.map(({ id }) => id));
  for (const { id } of open) if (!there.has(id)) await inTransaction(house, (act) => openOnTheDesk(act, id));
}

async function openOnTheDesk(act: Act, id: string): Promise<void> {
  const concern = await act.tx.selectFrom("concerns").select(["source", "acknowledged_by"]).where("id", "=", id).where("closed_at", "is", null).forUpdate().executeTakeFirst();
  if (!concern) return;
  await openCaseInRoom(act, { subjectKind: "concern", subjectId: id, reason: "concern", priority: 0, why: [concern.source] });
  if (concern.acknowledged_by) await caseTaken(act, { subjectKind: "concern", subjectId: id, by: concern.acknowledged_by });
}

export type Acknowledged = { readonly conversationId: ConversationId } | { readonly refused: "raisedItYourself" };

/** "I have it." The first who says so has it; who comes second changes nothing. Undefined: no such concern. */
export async function acknowledgeConcern(house: House, scope: StaffScope, concernId: ConcernId): Promise<Acknowledged | undefined> {
  const { memberId } = scope.member;
  return inTransaction(house, async ({ tx, now, tell, addJob }) => {
    const concern = await tx.selectFrom("concerns").select(["conversation_id", "raised_by"]).where("id", "=", concernId).executeTakeFirst();
    if (!concern) return undefined;
    const others = await supervisorsNow(tx, now);
    if (!mayAcknowledge(memberId, (concern.raised_by ?? undefined) as MemberId | undefined, others.map(({ id }) => id))) return { refused: "raisedItYourself" };
    const conversationId = concern.conversation_id as ConversationId;
    const { numUpdatedRows } = await tx
      .updateTable("concerns")
      .set({ acknowledged_by: memberId, acknowledged_at: now })
      .where("id", "=", concernId)
      .where("acknowledged_at", "is", null)
      .where("closed_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return { conversationId };
    await tx.updateTable("concern_pages").set({ acknowledged_at: now }).where("concern_id", "=", concernId).where("member_id", "=", memberId).execute();
    await audit(tx, { memberId, act: "acknowledged_concern", subjectKind: "concern", subjectId: concernId });
    await caseTaken({ addJob }, { subjectKind: "concern", subjectId: concernId, by: memberId });
    tell(topics.conversation(conversationId), topics.board, safetyTopics.desk);
    return { conversationId };
  });
}

/** Notes that a member read the sheet. */
export const noteConcernOpened = (house: House, scope: DeskScope, concernId: ConcernId): Promise<void> =>
  audit(house.db, { memberId: scope.member.memberId, act: "opened_concern", subjectKind: "concern", subjectId: concernId });

const callToBoard = (): Call => ({ en: wordsIn("en"), es: wordsIn("es"), path: "/board" });
const wordsIn = (language: Language) => ({ title: say(language)("pageTitle"), body: say(language)("pageBody") });

/**
 * Pages the next supervisor for a concern that nobody acknowledged, and looks again in 60 s, for as long as it is open.
 * The next look is set before the page goes out, so that a page which fails costs a minute and not the chain.
 */
export async function pageNextSupervisor(house: House, concernId: ConcernId, notify: Notify): Promise<void> {
  const memberId = await inTransaction(house, (act) => chooseNext(act, concernId));
  if (!memberId) return;
  try {
    await notify([memberId], callToBoard());
  } catch (error) {
    house.log.error({ concernId, error: error instanceof Error ? error.name : "unknown" }, "a page to a supervisor was not delivered");
  }
}

async function chooseNext({ tx, now, tell, addJob }: Act, concernId: ConcernId): Promise<MemberId | undefined> {
  const concern = await tx
    .selectFrom("concerns as n")
    .innerJoin("conversations as c", "c.id", "n.conversation_id")
    .select("n.raised_by")
    .where("n.id", "=", concernId)
    .where("n.closed_at", "is", null)
    .where("n.acknowledged_at", "is", null)
    .where("c.erased_at", "is", null)
    .forUpdate("n")
    .executeTakeFirst();
  if (!concern) return undefined;
  await addJob("page-supervisor", { concernId }, { runAt: now.add({ seconds: acknowledgeWithinSeconds }), key: pageKey(concernId) });
  const pages = await tx.selectFrom("concern_pages").select(["member_id", "paged_at", "acknowledged_at"]).where("concern_id", "=", concernId).execute();
  const memberId = nextToPage(
    pages.map((page) => ({ memberId: page.member_id as MemberId, pagedAt: page.paged_at, acknowledged: page.acknowledged_at !== null })),
    await whoCanCome(tx, now),
    (concern.raised_by ?? undefined) as MemberId | undefined,
    now,
  );
  if (!memberId) return undefined;
  await tx.insertInto("concern_pages").values({ concern_id: concernId, member_id: memberId, paged_at: now }).execute();
  tell(topics.board);
  return memberId;
}

async function whoCanCome(tx: Tx, now: Instant): Promise<{ id: MemberId; onDuty: boolean }[]> {
  const shifts = await tx.selectFrom("shifts").select(["member_id", "ends_at", "seen_at", "cap"]).where("ended_at", "is", null).execute();
  const onDuty = new Set(shifts.filter((shift) => isOnDuty({ endsAt: shift.ends_at, seenAt: shift.seen_at, cap: shift.cap }, now)).map((shift) => shift.member_id));
  return (await supervisorsNow(tx, now)).map(({ id }) => ({ id, onDuty: onDuty.has(id) }));
}
