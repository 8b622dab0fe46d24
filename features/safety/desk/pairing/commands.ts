import type { Tx } from "../../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../../platform/db/transaction.ts";
import type { Call, Reach } from "../../../../platform/delivery/notify.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { MemberId, ModeratorScope } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { topics } from "../../events.ts";
import type { Priority, SubjectKind } from "../../types.ts";
import { expose } from "../care/commands.ts";
import { holderOf, takenInRoom } from "../rules.ts";
import { say } from "../words.ts";
import { askedFor, candidatesFor } from "./queries.ts";
import { nextToAsk, wantsTwo } from "./rules.ts";

type Case = { readonly id: string; readonly subject_kind: string; readonly priority: number };

/** She has it: where it is most urgent, a second is asked to sit with her. Nobody is asked twice, however often she says so. */
export async function pairWith(house: Pick<House, "keys">, act: Act, { id, priority }: Case, withMember: MemberId): Promise<void> {
  if (!wantsTwo(priority as Priority)) return;
  const open = await act.tx.selectFrom("case_pairings").select(["id", "with_member"]).where("case_id", "=", id).where("ended_at", "is", null).executeTakeFirst();
  if (open?.with_member === withMember) return askNext(house, act, open.id);
  if (open) await endPairing(act.tx, id, act.now);
  const { id: pairingId } = await act.tx.insertInto("case_pairings").values({ case_id: id, with_member: withMember, asked_at: act.now }).returning("id").executeTakeFirstOrThrow();
  await askNext(house, act, pairingId);
}

/** It is answered, or in other hands. Where it was brought to its end (`priority`), she who sat with it has read it to its end, too. */
export async function endPairing(tx: Tx, caseId: string, now: Instant, priority?: number): Promise<void> {
  const ended = await tx.updateTable("case_pairings").set({ ended_at: now }).where("case_id", "=", caseId).where("ended_at", "is", null).returning(["id", "joined_by"]).executeTakeFirst();
  if (ended?.joined_by && priority !== undefined) await expose(tx, { member: { memberId: ended.joined_by as MemberId } }, { readFor: ended.id, priority, at: now });
}

const nextKey = (pairingId: string): string => `ask-next-to-sit-${pairingId}`;

/** Asks the next one, if it is time; and sets the time to look again. */
async function askNext({ keys }: Pick<House, "keys">, { tx, now, addJob, tell }: Act, pairingId: string): Promise<void> {
  const pairing = await tx
    .selectFrom("case_pairings as p")
    .innerJoin("cases as c", "c.id", "p.case_id")
    .select(["p.case_id", "p.with_member", "p.joined_by", "c.subject_kind", "c.author_member", "c.author_mark"])
    .where("p.id", "=", pairingId)
    .where("p.ended_at", "is", null)
    .where("c.waiting_since", "is not", null)
    .forUpdate("p")
    .executeTakeFirst();
  if (!pairing || !(await stillHas(tx, pairing, now))) return;
  const next = nextToAsk(pairing.joined_by !== null, await askedFor(tx, pairingId), await candidatesFor(tx, keys, pairing, pairing.with_member, now), now);
  tell(topics.desk);
  if (!next) return;
  if ("waitUntil" in next) return addJob("ask-next-to-sit", { pairingId }, { runAt: next.waitUntil, key: nextKey(pairingId) });
  await tx
    .insertInto("case_pairing_calls")
    .values({ pairing_id: pairingId, case_id: pairing.case_id, member_id: next.ask, asked_at: now })
    .execute();
  await addJob("call-to-sit", { pairingId, memberId: next.ask }, { maxAttempts: 6 });
  const again = nextToAsk(false, await askedFor(tx, pairingId), [], now);
  if (again && "waitUntil" in again) await addJob("ask-next-to-sit", { pairingId }, { runAt: again.waitUntil, key: nextKey(pairingId) });
}

/** Nobody is asked to sit with somebody who went away. What is taken in its own room is hers until that room says otherwise. */
async function stillHas(tx: Tx, pairing: { readonly case_id: string; readonly with_member: string; readonly subject_kind: string }, now: Instant): Promise<boolean> {
  if (takenInRoom(pairing.subject_kind as SubjectKind)) return true;
  const claim = await tx.selectFrom("case_claims").select(["member_id", "seen_at"]).where("case_id", "=", pairing.case_id).where("released_at", "is", null).executeTakeFirst();
  return holderOf(claim && { memberId: claim.member_id as MemberId, seenAt: claim.seen_at }, now) === pairing.with_member;
}

/** Five minutes are over: the next one is asked. */
export const askNextToSit = (house: House, pairingId: string): Promise<void> => inTransaction(house, (act) => askNext(house, act, pairingId));

/** A room says that somebody has one of its own. The job that opened the case is older than this one, and is waited for. */
export async function takenInItsRoom(house: House, { subjectKind, subjectId, by }: { readonly subjectKind: SubjectKind; readonly subjectId: string; readonly by: MemberId }): Promise<void> {
  await inTransaction(house, async (act) => {
    const found = await act.tx.selectFrom("cases").select(["id", "subject_kind", "priority", "waiting_since"]).where("subject_kind", "=", subjectKind).where("subject_id", "=", subjectId).forUpdate().executeTakeFirst();
    if (!found) throw new Error("The case that was taken is not on the desk yet.");
    if (found.waiting_since) await pairWith(house, act, found, by);
    act.tell(topics.desk);
  });
}

const callTo = (caseId: string): Call => {
  const wordsIn = (language: "en" | "es") => ({ title: say(language)("sitCallTitle"), body: say(language)("sitCallBody") });
  return { en: wordsIn("en"), es: wordsIn("es"), path: `/safety/cases/${caseId}` };
};

/** Calls whoever is asked, unless somebody sits with her by now. A call that did not leave is tried again by its job. */
export async function callToSit(house: House, { pairingId, memberId }: { readonly pairingId: string; readonly memberId: MemberId }, reach: Reach): Promise<void> {
  const call = await house.db
    .selectFrom("case_pairing_calls as k")
    .innerJoin("case_pairings as p", "p.id", "k.pairing_id")
    .select(["k.state", "k.case_id"])
    .where("k.pairing_id", "=", pairingId)
    .where("k.member_id", "=", memberId)
    .where("k.declined_at", "is", null)
    .where("p.joined_by", "is", null)
    .where("p.ended_at", "is", null)
    .executeTakeFirst();
  if (!call || call.state === "sent") return;
  const state = await reach(memberId, callTo(call.case_id)).catch(() => "failed" as const);
  await house.db.updateTable("case_pairing_calls").set({ state }).where("pairing_id", "=", pairingId).where("member_id", "=", memberId).execute();
  if (state === "failed") throw new Error("A call to sit with somebody did not leave.");
}

/** What the acts of whoever sits with her need: one case, held until the act is over. */
export type Held = Act & { readonly row: Case };

/** The pairing of a case that is open now, held until this act is over. */
export const openPairing = ({ tx, row }: Held) => tx.selectFrom("case_pairings").selectAll().where("case_id", "=", row.id).where("ended_at", "is", null).forUpdate().executeTakeFirst();

/** She can't, or can't go on: the next one is asked at once. */
export async function declines(house: House, at: Held, pairingId: string, memberId: MemberId): Promise<void> {
  await at.tx
    .insertInto("case_pairing_calls")
    .values({ pairing_id: pairingId, case_id: at.row.id, member_id: memberId, asked_at: at.now, declined_at: at.now })
    .onConflict((twin) => twin.columns(["pairing_id", "member_id"]).doUpdateSet({ declined_at: at.now }))
    .execute();
  await askNext(house, at, pairingId);
}

/** She has the desk open. */
export async function showAtDesk({ db, now }: Pick<House, "db" | "now">, { member: { memberId } }: ModeratorScope): Promise<void> {
  const at = now();
  await db
    .insertInto("desk_presence")
    .values({ member_id: memberId, seen_at: at })
    .onConflict((twin) => twin.column("member_id").doUpdateSet({ seen_at: at }).where("desk_presence.seen_at", "<", at.subtract({ minutes: 1 })))
    .execute();
}
