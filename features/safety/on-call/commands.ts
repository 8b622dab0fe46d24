import { audit } from "../../../platform/audit/audit.ts";
import type { Tx } from "../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { Call, Reach } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import { safePath } from "../../../platform/http/visit.ts";
import { networkNow } from "../../network/queries.ts";
import { topics, type PageNeeded } from "../events.ts";
import { rosterAt, stepsOf } from "./queries.ts";
import { nextStep } from "./rules.ts";
import type { PageId, Step } from "./types.ts";
import { say } from "./words.ts";

/** Asks the people on call for this, in the act of whoever found it: its row, the first step and the calls are one transaction. While a page of the subject is open it is that one, and nobody is asked anew. */
export async function raisePage(act: Act, need: PageNeeded): Promise<PageId> {
  const { tx, now } = act;
  // Whoever closes a page holds its row: one that was closed while we waited leaves no open one behind, and the next turn makes it.
  for (;;) {
    const made = await tx
      .insertInto("pages")
      .values({ subject_kind: need.subjectKind, subject_id: need.subjectId, path: safePath(need.path), reason: need.reason, raised_at: now })
      .onConflict((twin) => twin.columns(["subject_kind", "subject_id"]).where("closed_at", "is", null).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (made) {
      const id = made.id as PageId;
      await audit(tx, { memberId: undefined, act: "raised_page", subjectKind: "page", subjectId: id, reason: need.reason });
      await climb(act, made);
      return id;
    }
    const open = await tx.selectFrom("pages").select("id").where("subject_kind", "=", need.subjectKind).where("subject_id", "=", need.subjectId).where("closed_at", "is", null).forUpdate().executeTakeFirst();
    if (open) return open.id as PageId;
  }
}

/** The one job that takes the next step of a page; a second with this key takes its place. */
export const stepKey = (pageId: PageId): string => `take-page-step-${pageId}`;

/** The page, held until this act is over, so that steps and answers come one after the other. */
export const lockPage = (tx: Tx, pageId: PageId) => tx.selectFrom("pages").selectAll().where("id", "=", pageId).forUpdate().executeTakeFirst();

/** Takes the next step of a page if it is due, and sets the time to look again: the row, its calls and the next look are one transaction. */
export async function takeStep(house: House, pageId: PageId): Promise<void> {
  await inTransaction(house, async (act) => {
    const page = await lockPage(act.tx, pageId);
    if (page) await climb(act, page);
  });
}

/** The next step of a page that this act holds, if it is due; and the job that looks again. */
async function climb(act: Act, page: NonNullable<Awaited<ReturnType<typeof lockPage>>>): Promise<void> {
  const { tx, now, addJob } = act;
  const pageId = page.id as PageId;
  const next = nextStep({ acknowledged: page.acknowledged_at !== null, closed: page.closed_at !== null }, await stepsOf(tx, pageId), await rosterAt(tx, now), now);
  if (!next) return;
  await addJob("take-page-step", { pageId }, { runAt: "take" in next ? next.take.dueAt : next.waitUntil, key: stepKey(pageId) });
  if ("take" in next) await writeStep(act, pageId, next.take);
}

async function writeStep({ tx, addJob, tell }: Act, pageId: PageId, { number: step, asks, members, takenAt, dueAt }: Step): Promise<void> {
  const fallback = asks === "nobody" ? await tx.selectFrom("fallbacks").select("id").orderBy("written_at", "desc").executeTakeFirst() : undefined;
  await tx.insertInto("page_steps").values({ page_id: pageId, step, asks, taken_at: takenAt, due_at: dueAt, fallback_id: fallback?.id ?? null }).execute();
  for (const memberId of members) {
    await tx.insertInto("page_calls").values({ page_id: pageId, step, member_id: memberId }).execute();
    await addJob("call-for-page", { pageId, step, memberId }, { maxAttempts: 6 });
  }
  await audit(tx, { memberId: undefined, act: "took_page_step", subjectKind: "page", subjectId: pageId, reason: `asks_${asks}` });
  tell(topics.pages);
}

const callToPage = (pageId: PageId): Call => {
  const wordsIn = (language: "en" | "es") => ({ title: say(language)("callTitle"), body: say(language)("callBody") });
  return { en: wordsIn("en"), es: wordsIn("es"), path: `/safety/pages/${pageId}`, byText: true };
};

/**
 * Calls one member for one step, unless somebody has it by now. A call that did not leave is tried again by its job; one that left just
 * before a kill may come twice, and is never lost.
 */
export async function callMember(house: House, { pageId, step, memberId }: { pageId: PageId; step: number; memberId: MemberId }, reach: Reach): Promise<void> {
  const call = await house.db
    .selectFrom("page_calls as c")
    .innerJoin("pages as p", "p.id", "c.page_id")
    .select("c.state")
    .where("c.page_id", "=", pageId)
    .where("c.step", "=", step)
    .where("c.member_id", "=", memberId)
    .where("p.acknowledged_at", "is", null)
    .where("p.closed_at", "is", null)
    .executeTakeFirst();
  if (!call || call.state === "sent") return;
  const state = await reach(memberId, callToPage(pageId)).catch(() => "failed" as const);
  await inTransaction(house, async ({ tx, now, tell }) => {
    await tx
      .updateTable("page_calls")
      .set({ state, sent_at: state === "sent" ? now : null })
      .where("page_id", "=", pageId)
      .where("step", "=", step)
      .where("member_id", "=", memberId)
      .execute();
    tell(topics.pages);
  });
  if (state === "failed") throw new Error("A call for the safety desk did not leave.");
}

/** Every open page that nobody has and whose next step is over its time gets its job anew: one that was lost, or gave up, loses no page. */
export async function lookAfterPages(house: House): Promise<void> {
  await inTransaction(house, async ({ tx, now, addJob }) => {
    const late = await tx
      .selectFrom("pages as p")
      .select("p.id")
      .where("p.closed_at", "is", null)
      .where("p.acknowledged_at", "is", null)
      .where((is) => is.not(is.exists(is.selectFrom("page_steps as s").select("s.step").whereRef("s.page_id", "=", "p.id").where("s.due_at", ">", now))))
      .execute();
    for (const { id } of late) await addJob("take-page-step", { pageId: id }, { key: stepKey(id as PageId) });
  });
}

/** Why somebody was needed is kept as long as who opened what, and no longer: the days of the network's log, from the closing on. */
export async function forgetPages({ db, now }: House): Promise<void> {
  const network = await networkNow(db);
  if (network) await db.deleteFrom("pages").where("closed_at", "<", now().subtract({ hours: network.auditDays * 24 })).execute();
}
