import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { audit } from "../../../platform/audit/audit.ts";
import { seal } from "../../../platform/crypto/seal.ts";
import type { Tx } from "../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, ModeratorScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { networkNow } from "../../network/queries.ts";
import { tellDecided, topics } from "../events.ts";
import type { CaseId, CaseReason, Decision, DecisionId, DeskRole, OpenCase, Priority, RuleId, SubjectKind } from "../types.ts";
import { expose } from "./care/commands.ts";
import { loadOfMember } from "./care/queries.ts";
import { mayTakeMore } from "./care/rules.ts";
import { endPairing, pairWith } from "./pairing/commands.ts";
import { boundTo, caseAtHand, isOnDeskOf, type CaseAtHand, type Written } from "./queries.ts";
import { closes, gravest, holderOf, mayClaim, mayDecide, signalDays } from "./rules.ts";
import type { Refusal } from "./types.ts";

/** Puts something on the desk, or one more reason on what is there. The same again changes nothing, nor what its room had settled by then (`askedAt`). */
export async function openCaseOf(house: House, asked: OpenCase & { readonly openingKey?: string | undefined; readonly askedAt?: Instant | undefined }): Promise<void> {
  await inTransaction(house, async (act) => {
    const { tx, now } = act;
    const before = asked.openingKey === undefined ? undefined : await tx.selectFrom("case_reasons").select("id").where("opening_key", "=", asked.openingKey).executeTakeFirst();
    if (before) return;
    const found = await findOrMake(house, tx, asked, now);
    if (found.wrapped_key === null) return;
    if (asked.askedAt) {
      if (await tx.selectFrom("case_settlements").select("id").where("case_id", "=", found.id).where("at", ">=", asked.askedAt).executeTakeFirst()) return;
      await tx.updateTable("cases").set({ asked_at: sql<Instant>`greatest(asked_at, ${asked.askedAt})` }).where("id", "=", found.id).execute();
    }
    act.tell(topics.desk);
    await addReason(tx, found, { reason: asked.reason, priority: asked.priority, why: asked.why, reportId: asked.reportId, openingKey: asked.openingKey, at: now });
    await pairWhoHasIt(house, act, found.id);
  });
}

/** It became most urgent while somebody has it: a second is asked to sit with her from then on. */
async function pairWhoHasIt(house: House, act: Act, id: string): Promise<void> {
  const { tx, now } = act;
  const claim = await tx.selectFrom("case_claims").select(["member_id", "seen_at"]).where("case_id", "=", id).where("released_at", "is", null).executeTakeFirst();
  const holder = holderOf(claim && { memberId: claim.member_id as MemberId, seenAt: claim.seen_at }, now);
  if (holder !== undefined) await pairWith(house, act, await tx.selectFrom("cases").select(["id", "subject_kind", "priority"]).where("id", "=", id).executeTakeFirstOrThrow(), holder);
}

/** The one case of this subject, held until this act is over. */
export async function findOrMake(house: House, tx: Tx, { subjectKind, subjectId, priority, authorId, authorMark }: Omit<OpenCase, "reason" | "why">, now: Instant): Promise<CaseWaiting & { wrapped_key: Buffer | null; asked_at: Instant | null }> {
  const id = randomUUID();
  await tx
    .insertInto("cases")
    .values({ id, subject_kind: subjectKind, subject_id: subjectId, author_member: authorId ?? null, author_mark: authorMark === undefined ? null : Buffer.from(authorMark, "hex"), priority, opened_at: now, wrapped_key: house.keys.makeDataKey(id).wrapped })
    .onConflict((twin) => twin.columns(["subject_kind", "subject_id"]).doNothing())
    .execute();
  return tx.selectFrom("cases").select(["id", "priority", "waiting_since", "wrapped_key", "asked_at"]).where("subject_kind", "=", subjectKind).where("subject_id", "=", subjectId).forUpdate().executeTakeFirstOrThrow();
}

type CaseWaiting = { readonly id: string; readonly priority: number; readonly waiting_since: Instant | null };
type NewReason = { readonly reason: CaseReason; readonly priority: Priority; readonly why: readonly string[]; readonly reportId?: string | undefined; readonly openingKey?: string | undefined; readonly at: Instant };

/** One more reason for a case to wait. The same report is none; where another reason that stands already has become graver, or more matched, that counts. */
export async function addReason(tx: Tx, { id, priority, waiting_since }: CaseWaiting, { reason, why, reportId, openingKey, at, ...rest }: NewReason): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("case_reasons")
    .values({ case_id: id, reason, priority: rest.priority, why: [...why], report_id: reportId ?? null, opening_key: openingKey ?? null, at })
    .onConflict((twin) => twin.doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows) {
    if (reportId !== undefined) return;
    const standing = await tx
      .updateTable("case_reasons")
      .set({ priority: sql<number>`least(priority, ${rest.priority})`, why: sql<string[]>`array(select distinct unnest(why || ${[...why]}::text[]) order by 1)` })
      .where("case_id", "=", id)
      .where("reason", "=", reason)
      .where("report_id", "is", null)
      .where("answered_at", "is", null)
      .executeTakeFirst();
    if (standing.numUpdatedRows === 0n) return;
  }
  await tx
    .updateTable("cases")
    .set(waiting_since ? { priority: gravest([priority as Priority, rest.priority]) } : { priority: rest.priority, waiting_since: at })
    .where("id", "=", id)
    .execute();
}

export type InCase = Act & CaseAtHand & Pick<House, "keys"> & {
  /** Seals words with the case's own key; null where there are none, or the key is gone. */
  readonly sealed: (words: string | undefined, what: Written) => Buffer | null;
};

/** One act on one case: nobody else changes it meanwhile. Undefined: there is no such case for her. */
export async function inCase<T>(house: House, scope: ModeratorScope, id: CaseId, work: (at: InCase) => Promise<T>): Promise<T | undefined> {
  return inTransaction(house, async (act) => {
    await act.tx.selectFrom("cases").select("id").where("id", "=", id).forUpdate().execute();
    const atHand = await caseAtHand(act.tx, house.keys, id, scope.member.memberId);
    if (!atHand || atHand.state.herOwn || !isOnDeskOf(scope, atHand.state.kind)) return undefined;
    act.tell(topics.desk);
    const { wrapped_key } = atHand.row;
    const sealed = (words: string | undefined, what: Written) => (words && wrapped_key ? seal(house.keys.openDataKey(wrapped_key, id), words, boundTo(id, what)) : null);
    return work({ ...act, ...atHand, keys: house.keys, sealed });
  });
}

/** The name under which members meet her. */
export const roleOf = ({ member }: ModeratorScope): DeskRole => (member.roles.has("moderator") ? "moderator" : "supervisor");

/** Takes it, or gives a sign that she still has it. */
export const claimCase = (house: House, scope: ModeratorScope, id: CaseId): Promise<Refusal | "taken" | undefined> =>
  inCase(house, scope, id, async (at) => {
    const { memberId } = scope.member;
    const refused = mayClaim(at.state, memberId, at.now) ?? (await restsFirst(at, scope));
    if (refused) return refused;
    await hold(at, scope);
    await audit(at.tx, { memberId, act: "took_case", subjectKind: "case", subjectId: id });
    return "taken";
  });

/** After too much nothing new is hers but what cannot wait; what she has already she may bring to its end. */
async function restsFirst({ tx, now, row, state }: InCase, { member: { memberId } }: ModeratorScope): Promise<Refusal | undefined> {
  if (holderOf(state.claim, now) === memberId) return undefined;
  return mayTakeMore(await loadOfMember(tx, memberId, now), row.priority as Priority) ? undefined : { refused: "restFirst" };
}

/** It is hers from now, and where it is most urgent a second is asked to sit with her. A claim of somebody who gave no sign for too long ends with this. */
export async function hold(at: InCase, { member: { memberId } }: ModeratorScope): Promise<void> {
  const { tx, now, row, state } = at;
  if (state.claim?.memberId !== memberId) {
    await release(tx, row.id, now);
    await tx.insertInto("case_claims").values({ case_id: row.id, member_id: memberId, taken_at: now, seen_at: now }).execute();
  } else await tx.updateTable("case_claims").set({ seen_at: now }).where("case_id", "=", row.id).where("released_at", "is", null).execute();
  await pairWith(at, at, row, memberId);
}

/** Nobody has it any more, nor sits with who had it. `priority`: it was brought to its end, and was as grave as this. */
export async function release(tx: Tx, caseId: string, now: Instant, priority?: number): Promise<void> {
  await endPairing(tx, caseId, now, priority);
  await tx.updateTable("case_claims").set({ released_at: now }).where("case_id", "=", caseId).where("released_at", "is", null).execute();
}

/** Gives it back. What another has by now stays hers. */
export const releaseCase = (house: House, scope: ModeratorScope, id: CaseId): Promise<"released" | undefined> =>
  inCase<"released">(house, scope, id, async ({ tx, now, state }) => {
    if (state.claim?.memberId === scope.member.memberId) await release(tx, id, now);
    return "released";
  });

const lookAgainMinutes = 30;

/** She has it open: others see so, her claim goes on, and once in half an hour it is written down. */
export async function noteLook(house: House, scope: ModeratorScope, id: CaseId): Promise<void> {
  const { memberId } = scope.member;
  await inTransaction(house, async ({ tx, now }) => {
    const before = await tx.selectFrom("case_views").select("seen_at").where("case_id", "=", id).where("member_id", "=", memberId).forUpdate().executeTakeFirst();
    await tx.insertInto("case_views").values({ case_id: id, member_id: memberId, seen_at: now }).onConflict((twin) => twin.columns(["case_id", "member_id"]).doUpdateSet({ seen_at: now })).execute();
    await tx.updateTable("case_claims").set({ seen_at: now }).where("case_id", "=", id).where("member_id", "=", memberId).where("released_at", "is", null).execute();
    if (!before || Temporal.Instant.compare(before.seen_at, now.subtract({ minutes: lookAgainMinutes })) < 0) await audit(tx, { memberId, act: "opened_case", subjectKind: "case", subjectId: id });
  });
}

export type Deciding = { readonly decision: Decision; readonly rule?: RuleId | undefined; readonly note?: string | undefined };

/** Decides: the row, what waited answered, and the feature that it belongs to told, all or nothing. */
export const decideCase = (house: House, scope: ModeratorScope, id: CaseId, deciding: Deciding): Promise<Refusal | DecisionId | undefined> =>
  inCase(house, scope, id, async (at) => mayDecide(at.state, scope.member.memberId, deciding, at.now) ?? (await restsFirst(at, scope)) ?? writeDecision(at, scope, deciding));

/** What was decided, for whoever may. A held case waits on, and stays hers. */
export async function writeDecision(at: InCase, scope: ModeratorScope, { decision, rule, note }: Deciding): Promise<DecisionId> {
  const { tx, now, row, sealed } = at;
  const { memberId } = scope.member;
  const { id } = await tx
    .insertInto("case_decisions")
    .values({ case_id: row.id, decision, rule: rule ?? null, note_sealed: sealed(note, "note"), member_id: memberId, by_role: roleOf(scope), priority: row.priority, at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  await expose(tx, scope, { readFor: id, priority: row.priority, at: now });
  if (closes(decision)) await close(at, id);
  else await hold(at, scope);
  await audit(tx, { memberId, act: "decided_case", subjectKind: "case", subjectId: row.id, reason: `desk_${decision}` });
  await tellDecided(at, { decisionId: id, subjectKind: row.subject_kind as SubjectKind, subjectId: row.subject_id, decision });
  return id as DecisionId;
}

/** Whatever waited is answered by this decision. */
export async function close({ tx, now, row }: InCase, decisionId: string): Promise<void> {
  await tx.updateTable("case_reasons").set({ answered_at: now, decision_id: decisionId }).where("case_id", "=", row.id).where("answered_at", "is", null).execute();
  await tx.updateTable("cases").set({ waiting_since: null }).where("id", "=", row.id).execute();
  await release(tx, row.id, now, row.priority);
}

/** What a machine inferred from somebody's words is kept no longer than it can be asked about. */
export async function forgetSignals({ db, now }: House): Promise<void> {
  await db.updateTable("case_reasons").set({ why: [] }).where("reason", "=", "signal").where("answered_at", "<", now().subtract({ hours: 24 * signalDays })).where(sql<boolean>`why <> '{}'`).execute();
}

/**
 * A case on which nothing waits any more is kept as long as the log of who opened what, from the last thing that was done on it, and then goes with
 * all that hangs on it. It stays while anything of it is still in force or can still be asked about: a pause, a leave, an appeal, a look to review.
 */
export async function forgetCases({ db, now }: House): Promise<void> {
  const network = await networkNow(db);
  if (!network) return;
  const before = now().subtract({ hours: network.auditDays * 24 });
  await sql`delete from cases c where c.waiting_since is null and c.opened_at < ${before}
    and not exists (select from case_claims k where k.case_id = c.id and k.released_at is null)
    and not exists (select from case_reasons r where r.case_id = c.id and (r.answered_at is null or r.answered_at >= ${before}))
    and not exists (select from case_decisions d where d.case_id = c.id and d.at >= ${before})
    and not exists (select from case_settlements t where t.case_id = c.id and t.at >= ${before})
    and not exists (select from case_appeals a where a.case_id = c.id and (a.decided_at is null or a.decided_at >= ${before}))
    and not exists (select from strikes s where s.case_id = c.id and (s.at >= ${before} or s.ends_at >= ${before} or (s.kind = 'leave' and s.lifted_at is null)))
    and not exists (select from looks l where l.case_id = c.id and (coalesce(l.ends_at, l.asked_at) >= ${before} or (l.review_due_at is not null and l.was_right is null)))`.execute(db);
}

/** She left: no case says whose it was, and nothing is asked of her any more. */
export async function forgetAuthor(house: House, memberId: string, mark: Buffer): Promise<void> {
  await inTransaction(house, async ({ tx }) => {
    await tx.deleteFrom("strikes").where(({ or, eb }) => or([eb("author_member", "=", memberId), eb("author_mark", "=", mark)])).execute();
    await tx.updateTable("cases").set({ author_member: null }).where("author_member", "=", memberId).execute();
    await tx.updateTable("cases").set({ author_mark: null }).where("author_mark", "=", mark).execute();
  });
}

/** What it was about is erased: the words on it go, too. That it was decided, and how, stays. */
export async function forgetSubject(house: House, subjectKind: SubjectKind, subjectId: string): Promise<void> {
  await inTransaction(house, async ({ tx, now, tell }) => {
    tell(topics.desk);
    const found = await tx.updateTable("cases").set({ wrapped_key: null, waiting_since: null }).where("subject_kind", "=", subjectKind).where("subject_id", "=", subjectId).returning("id").executeTakeFirst();
    if (!found) return;
    await tx.updateTable("case_reasons").set({ answered_at: now }).where("case_id", "=", found.id).where("answered_at", "is", null).execute();
    await tx.updateTable("case_decisions").set({ note_sealed: null }).where("case_id", "=", found.id).execute();
    await tx.updateTable("case_opinions").set({ question_sealed: null, words_sealed: null }).where("case_id", "=", found.id).execute();
    await tx.updateTable("case_appeals").set({ words_sealed: null, answer_sealed: null }).where("case_id", "=", found.id).execute();
    await tx.updateTable("looks").set({ note_sealed: null }).where("case_id", "=", found.id).execute();
    await tx.updateTable("strikes").set({ note_sealed: null }).where("case_id", "=", found.id).execute();
    await release(tx, found.id, now);
  });
}
