import { audit } from "../../../../platform/audit/audit.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { ModeratorScope } from "../../../../platform/http/scope.ts";
import type { CaseId, Decision } from "../../types.ts";
import { expose } from "../care/commands.ts";
import { hold, inCase } from "../commands.ts";
import { mayAskForOpinion, mayGiveOpinion } from "../rules.ts";
import type { Refusal } from "../types.ts";

/** Asks any colleague: the case waits until one has answered, or she takes the question back. */
export const askForOpinion = (house: House, scope: ModeratorScope, id: CaseId, question: string): Promise<Refusal | "asked" | undefined> =>
  inCase(house, scope, id, async (at) => {
    const { memberId } = scope.member;
    const refused = mayAskForOpinion(at.state, memberId, at.now);
    if (refused) return refused;
    await hold(at, scope);
    await at.tx.insertInto("case_opinions").values({ case_id: id, asked_by: memberId, asked_at: at.now, question_sealed: at.sealed(question, "question") }).execute();
    await audit(at.tx, { memberId, act: "asked_opinion", subjectKind: "case", subjectId: id });
    return "asked";
  });

/** Nobody answers in time: she decides alone after all. */
export const takeBackQuestion = (house: House, scope: ModeratorScope, id: CaseId): Promise<"takenBack" | undefined> =>
  inCase<"takenBack">(house, scope, id, async ({ tx, now }) => {
    await tx.updateTable("case_opinions").set({ taken_back_at: now }).where("case_id", "=", id).where("asked_by", "=", scope.member.memberId).where("given_at", "is", null).where("taken_back_at", "is", null).execute();
    return "takenBack";
  });

/** Says what she would do. It decides nothing. */
export const giveOpinion = (house: House, scope: ModeratorScope, id: CaseId, { would, words }: { would: Decision; words: string }): Promise<Refusal | "given" | undefined> =>
  inCase(house, scope, id, async ({ tx, now, row, state, sealed }) => {
    const { memberId } = scope.member;
    const refused = mayGiveOpinion(state, memberId);
    if (refused) return refused;
    const open = await tx.updateTable("case_opinions").set({ given_by: memberId, given_at: now, would, words_sealed: sealed(words, "opinion") }).where("case_id", "=", id).where("given_at", "is", null).where("taken_back_at", "is", null).returning("id").executeTakeFirstOrThrow();
    await expose(tx, scope, { readFor: open.id, priority: row.priority, at: now });
    await audit(tx, { memberId, act: "gave_opinion", subjectKind: "case", subjectId: id, reason: `desk_${would}` });
    return "given";
  });
