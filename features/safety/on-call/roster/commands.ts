import { audit } from "../../../../platform/audit/audit.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { MemberId, StaffScope } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { topics } from "../../events.ts";
import { callableNow, shiftsBetween } from "../queries.ts";
import { mayGive } from "../rules.ts";
import type { Fallback, Rank, Refusal, ShiftId } from "../types.ts";

export type NewShift = { readonly memberId: MemberId; readonly rank: Rank; readonly from: Instant; readonly until: Instant };

/** Gives somebody a shift. Refused for one who cannot be called, who has one at that time, or where the times make none. */
export async function giveShift(house: House, { member }: StaffScope, { memberId, rank, from, until }: NewShift): Promise<Refusal | undefined> {
  return inTransaction(house, async ({ tx, now, tell }) => {
    await tx.selectFrom("members").select("id").where("id", "=", memberId).forUpdate().execute();
    if (!(await callableNow(tx, now)).some(({ id }) => id === memberId)) return { refused: "cannotBeOnCall" as const };
    const refused = mayGive({ from, until }, (await shiftsBetween(tx, from, until)).filter((shift) => shift.memberId === memberId));
    if (refused) return refused;
    const { id } = await tx.insertInto("on_call_shifts").values({ member_id: memberId, rank, from_at: from, until_at: until, given_by: member.memberId, given_at: now }).returning("id").executeTakeFirstOrThrow();
    await audit(tx, { memberId: member.memberId, act: "gave_on_call_shift", subjectKind: "on_call", subjectId: id });
    tell(topics.pages);
    return undefined;
  });
}

/** Ends a shift now, or takes back one to come. */
export async function endShift(house: House, { member: { memberId } }: StaffScope, id: ShiftId): Promise<void> {
  await inTransaction(house, async ({ tx, now, tell }) => {
    const { numUpdatedRows } = await tx.updateTable("on_call_shifts").set({ ended_by: memberId, ended_at: now }).where("id", "=", id).where("ended_at", "is", null).executeTakeFirst();
    if (numUpdatedRows > 0n) await audit(tx, { memberId, act: "ended_on_call_shift", subjectKind: "on_call", subjectId: id });
    tell(topics.pages);
  });
}

/** Writes down what is said and done where nobody is reached. What was said before stays with the pages that it was said on. */
export async function writeFallback(house: House, { member: { memberId } }: StaffScope, { en, es }: Fallback): Promise<void> {
  await inTransaction(house, async ({ tx, now }) => {
    const { id } = await tx.insertInto("fallbacks").values({ en, es, written_by: memberId, written_at: now }).returning("id").executeTakeFirstOrThrow();
    await audit(tx, { memberId, act: "wrote_fallback", subjectKind: "on_call", subjectId: id });
  });
}
