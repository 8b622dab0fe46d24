import { audit } from "../../../../platform/audit/audit.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { ModeratorScope } from "../../../../platform/http/scope.ts";
import type { CaseId, RuleId, StrikeKind } from "../../types.ts";
import { inCase, roleOf } from "../commands.ts";
import { endsByItself, mayStrike } from "../rules.ts";
import type { Refusal } from "../types.ts";

export type Striking = { readonly kind: StrikeKind; readonly rule: RuleId; readonly days?: number | undefined; readonly note?: string | undefined };

/** A strike that follows the newest decision. Its author is told what it is, why, and until when. */
export const giveStrike = (house: House, scope: ModeratorScope, id: CaseId, { kind, rule, days, note }: Striking): Promise<Refusal | "given" | undefined> =>
  inCase(house, scope, id, async ({ tx, now, row, state, sealed }) => {
    const { memberId } = scope.member;
    const refused = mayStrike(state, memberId, { kind, days });
    if (refused) return refused;
    if (!state.last || (row.author_member === null && row.author_mark === null)) return { refused: "noDecision" };
    await tx
      .insertInto("strikes")
      .values({
        case_id: id,
        decision_id: state.last.id,
        author_member: row.author_member,
        author_mark: row.author_member === null ? row.author_mark : null,
        kind,
        rule,
        note_sealed: sealed(note, "strike"),
        given_by: memberId,
        by_role: roleOf(scope),
        at: now,
        ends_at: endsByItself(kind) ? now.add({ hours: 24 * (days ?? 1) }) : null,
      })
      .execute();
    await audit(tx, { memberId, act: "gave_strike", subjectKind: "case", subjectId: id, reason: `strike_${kind}` });
    return "given";
  });
