import { audit } from "../../../../platform/audit/audit.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { MemberId, StaffScope } from "../../../../platform/http/scope.ts";
import { facilitatorsNow } from "../queries.ts";

/** Writes down on which day a facilitator was trained. The same day twice is once. Refused for who does not hold the role now. */
export const recordTraining = (house: House, { member }: StaffScope, of: MemberId, on: Temporal.PlainDate): Promise<{ readonly refused: "notAFacilitator" | "dayAhead" } | undefined> =>
  inTransaction(house, async ({ tx, now }) => {
    if (!(await facilitatorsNow(tx, now)).some(({ id }) => id === of)) return { refused: "notAFacilitator" };
    if (Temporal.PlainDate.compare(on, now.toZonedDateTimeISO(member.zone).toPlainDate()) > 0) return { refused: "dayAhead" };
    const made = await tx
      .insertInto("facilitator_trainings")
      .values({ member_id: of, trained_on: on, recorded_by: member.memberId, recorded_at: now })
      .onConflict((conflict) => conflict.columns(["member_id", "trained_on"]).doNothing())
      .returning("member_id")
      .executeTakeFirst();
    if (made) await audit(tx, { memberId: member.memberId, act: "recorded_facilitator_training", subjectKind: "member", subjectId: of });
    return undefined;
  });
