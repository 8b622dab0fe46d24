import { audit, type AuditEntry } from "../../../../platform/audit/audit.ts";
import { inTransaction, type Act } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { topics } from "../../events.ts";
import { may, type SafetyAct } from "../../policy.ts";
import { lockPage, stepKey } from "../commands.ts";
import { mayAgree, mayClose } from "../rules.ts";
import type { Answer, Answered, DisclosureId, DisclosureReason, Outcome, PageId, Question, Refusal } from "../types.ts";
import { disclosuresOf, standingTo } from "./queries.ts";

/** `not_there`: no such page for her. `over`: it was closed before, and nothing is changed. */
export type Done = Refusal | "done" | "not_there" | "over";

type Held = Act & { readonly page: NonNullable<Awaited<ReturnType<typeof lockPage>>>; /** Writes down that she did it. */ readonly note: (act: AuditEntry["act"], reason?: string) => Promise<void> };

/** An act on an open page by somebody whom the policy lets do it. */
function onOpenPage(house: House, scope: StaffScope, pageId: PageId, what: SafetyAct, work: (held: Held) => Promise<Done>): Promise<Done> {
  const { memberId, roles } = scope.member;
  return inTransaction(house, async (act) => {
    const page = await lockPage(act.tx, pageId);
    const standing = page ? await standingTo(act.tx, scope, pageId) : undefined;
    if (!page || !standing || !may(what, roles, standing)) return "not_there";
    if (page.closed_at) return "over";
    act.tell(topics.pages);
    const note: Held["note"] = (name, reason) => audit(act.tx, { memberId, act: name, subjectKind: "page", subjectId: pageId, ...(reason ? { reason } : {}) });
    return work({ ...act, page, note });
  });
}

/** "I have it." The first who says so has it, and nobody is asked any more; who comes second changes nothing. */
export const acknowledgePage = (house: House, scope: StaffScope, pageId: PageId): Promise<Done> =>
  onOpenPage(house, scope, pageId, "seePage", async ({ tx, now, page, note }) => {
    if (page.acknowledged_at) return "done";
    await tx.updateTable("pages").set({ acknowledged_by: scope.member.memberId, acknowledged_at: now }).where("id", "=", pageId).execute();
    await note("acknowledged_page");
    return "done";
  });

/** Whoever has it cannot go on: nobody has it any more, and the ladder goes on at its next step, at once where that is due. */
export const giveBackPage = (house: House, scope: StaffScope, pageId: PageId): Promise<Done> =>
  onOpenPage(house, scope, pageId, "closePage", async ({ tx, page, note, addJob }) => {
    if (!page.acknowledged_at) return "done";
    await tx.updateTable("pages").set({ acknowledged_by: null, acknowledged_at: null }).where("id", "=", pageId).execute();
    await note("gave_page_back");
    await addJob("take-page-step", { pageId }, { key: stepKey(pageId) });
    return "done";
  });

/** Closes a page with the whole checklist and how it ended. A refusal leaves it open. */
export const closePage = (house: House, scope: StaffScope, pageId: PageId, { answered, outcome }: { answered: Answered; outcome: Outcome }): Promise<Done> =>
  onOpenPage(house, scope, pageId, "closePage", async ({ tx, now, page, note }) => {
    const refused = mayClose({ acknowledged: page.acknowledged_at !== null, answered, outcome, disclosures: await disclosuresOf(tx, pageId) });
    if (refused) return refused;
    for (const [question, answer] of Object.entries(answered) as [Question, Answer][]) await tx.insertInto("page_answers").values({ page_id: pageId, question, answer }).execute();
    await tx.updateTable("pages").set({ closed_by: scope.member.memberId, closed_at: now, outcome }).where("id", "=", pageId).execute();
    await note("closed_page", `page_${outcome}`);
    return "done";
  });

/** The first of two says that help from outside must be asked for. The same a second time is the same. The program contacts nobody. */
export const askForDisclosure = (house: House, scope: StaffScope, pageId: PageId, reason: DisclosureReason): Promise<Done> =>
  onOpenPage(house, scope, pageId, "askForDisclosure", async ({ tx, now, note }) => {
    const made = await tx
      .insertInto("disclosures")
      .values({ page_id: pageId, reason, asked_by: scope.member.memberId, asked_at: now })
      .onConflict((twin) => twin.columns(["page_id", "reason"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (made) await note("asked_for_disclosure", reason);
    return "done";
  });

/** The second of two agrees; never who asked. The first who agrees is the second of the two. */
export const agreeToDisclosure = (house: House, scope: StaffScope, pageId: PageId, id: DisclosureId): Promise<Done> =>
  onOpenPage(house, scope, pageId, "agreeToDisclosure", async ({ tx, now, note }) => {
    const disclosure = (await disclosuresOf(tx, pageId)).find((one) => one.id === id);
    if (!disclosure) return "not_there";
    if (disclosure.agreedBy) return "done";
    const refused = mayAgree(disclosure, scope.member.memberId);
    if (refused) return refused;
    await tx.updateTable("disclosures").set({ agreed_by: scope.member.memberId, agreed_at: now }).where("id", "=", id).execute();
    await note("agreed_to_disclosure", disclosure.reason);
    return "done";
  });
