import { audit } from "../../../../../platform/audit/audit.ts";
import type { House } from "../../../../../platform/http/house.ts";
import type { MemberId, ModeratorScope } from "../../../../../platform/http/scope.ts";
import type { CaseId } from "../../../types.ts";
import { inCase } from "../../commands.ts";
import type { Refusal } from "../../types.ts";
import { declines, openPairing } from "../commands.ts";
import { mayJoin } from "../rules.ts";

/** She sits with whoever has it, from now; whether she was asked or just came. */
export const sitWith = (house: House, scope: ModeratorScope, id: CaseId): Promise<Refusal | "joined" | undefined> =>
  inCase<Refusal | "joined">(house, scope, id, async (at) => {
    const { memberId } = scope.member;
    const pairing = await openPairing(at);
    if (!pairing) return { refused: "nobodyToSitWith" };
    const refused = mayJoin({ withMember: pairing.with_member as MemberId, joinedBy: (pairing.joined_by ?? undefined) as MemberId | undefined }, memberId);
    if (refused) return refused;
    if (pairing.joined_by === memberId) return "joined";
    await at.tx.updateTable("case_pairings").set({ joined_by: memberId, joined_at: at.now }).where("id", "=", pairing.id).execute();
    await audit(at.tx, { memberId, act: "sat_with_case", subjectKind: "case", subjectId: id });
    return "joined";
  });

/** "I can't now", or "I can't go on". */
export const cannotSit = (house: House, scope: ModeratorScope, id: CaseId): Promise<"declined" | undefined> =>
  inCase<"declined">(house, scope, id, async (at) => {
    const { memberId } = scope.member;
    const pairing = await openPairing(at);
    if (!pairing || pairing.with_member === memberId) return "declined";
    if (pairing.joined_by === memberId) {
      await at.tx.updateTable("case_pairings").set({ joined_by: null, joined_at: null }).where("id", "=", pairing.id).execute();
      await audit(at.tx, { memberId, act: "left_case", subjectKind: "case", subjectId: id });
    }
    await declines(house, at, pairing.id, memberId);
    return "declined";
  });
