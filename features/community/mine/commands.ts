import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import type { ContentNote } from "../types.ts";

/** Which content notes she wants to read unfolded. */
export const setUnfolds = (house: House, { member }: MemberScope, notes: readonly ContentNote[]): Promise<void> =>
  inTransaction(house, async ({ tx }) => void (await tx.updateTable("handles").set({ unfolds: [...notes] }).where("member_id", "=", member.memberId).execute()));
