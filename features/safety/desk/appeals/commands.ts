import { audit } from "../../../../platform/audit/audit.ts";
import { seal } from "../../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { MemberScope, ModeratorScope } from "../../../../platform/http/scope.ts";
import { authorMark } from "../../events.ts";
import type { CaseId, Decision, DecisionId, Priority } from "../../types.ts";
import { expose } from "../care/commands.ts";
import { addReason, close, inCase, roleOf, writeDecision } from "../commands.ts";
import { boundTo } from "../queries.ts";
import { givingWay, mayAppeal, mayDecideAppeal } from "../rules.ts";
import type { Refusal } from "../types.ts";

/** An appeal comes before what is merely new, and after whoever may be in danger. */
const appealPriority: Priority = 2;

/** Its author asks for another look at a decision. Undefined: it is none about her own. The same again changes nothing. */
export async function appealDecision(house: House, { member: { memberId } }: MemberScope, decisionId: DecisionId, words: string): Promise<Refusal | "made" | undefined> {
  return inTransaction(house, async ({ tx, now }) => {
    const about = await tx
      .selectFrom("case_decisions as d")
      .innerJoin("cases as c", "c.id", "d.case_id")
      .select(["c.id", "c.priority", "c.waiting_since", "c.wrapped_key", "d.decision", "d.at"])
      .where("d.id", "=", decisionId)
      .where((is) => is.or([is("c.author_member", "=", memberId), is("c.author_mark", "=", authorMark(house.keys, memberId))]))
      .forUpdate("c")
      .executeTakeFirst();
    if (!about?.wrapped_key) return undefined;
    const newest = await tx.selectFrom("case_decisions").select("id").where("case_id", "=", about.id).orderBy("seq", "desc").limit(1).executeTakeFirst();
    const before = await tx.selectFrom("case_appeals").select("id").where("decision_id", "=", decisionId).executeTakeFirst();
    const refused = mayAppeal({ decision: about.decision as Decision, at: about.at, newest: newest?.id === decisionId, appealed: before !== undefined }, now);
    if (refused) return refused;
    await tx.insertInto("case_appeals").values({ case_id: about.id, decision_id: decisionId, words_sealed: seal(house.keys.openDataKey(about.wrapped_key, about.id), words, boundTo(about.id, "appeal")), made_at: now }).execute();
    await addReason(tx, about, { reason: "appeal", priority: appealPriority, why: [], at: now });
    return "made";
  });
}

export type Answer = { readonly outcome: "stands" | "gave_way"; readonly words: string };

/** Answers an appeal. Giving way decides anew, and lifts the strike that went with the decision. */
export const decideAppeal = (house: House, scope: ModeratorScope, id: CaseId, { outcome, words }: Answer): Promise<Refusal | "answered" | undefined> =>
  inCase(house, scope, id, async (at) => {
    const { memberId } = scope.member;
    const { tx, now, row, state, sealed } = at;
    const refused = mayDecideAppeal(state, memberId, now);
    if (refused) return refused;
    if (!state.last) return { refused: "noAppeal" };
    const answered = await tx.updateTable("case_appeals").set({ decided_by: memberId, by_role: roleOf(scope), decided_at: now, outcome, answer_sealed: sealed(words, "answer") }).where("decision_id", "=", state.last.id).where("decided_at", "is", null).returning("id").executeTakeFirstOrThrow();
    await audit(tx, { memberId, act: "decided_appeal", subjectKind: "case", subjectId: id, reason: `appeal_${outcome}` });
    if (outcome === "gave_way") {
      await tx.updateTable("strikes").set({ lifted_at: now }).where("decision_id", "=", state.last.id).where("lifted_at", "is", null).execute();
      await writeDecision(at, scope, { decision: givingWay(state.last.decision), note: words });
    } else {
      await expose(tx, scope, { readFor: answered.id, priority: row.priority, at: now });
      await close(at, state.last.id);
    }
    return "answered";
  });
