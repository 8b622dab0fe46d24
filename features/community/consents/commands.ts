import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import type { ConsentId } from "./types.ts";

/** A yes to giving something of hers away, in the sentence as she reads it. The same form twice is one yes. */
export const agreeToShare = (house: House, { member }: MemberScope, key: string, wording: string): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    await tx
      .insertInto("consents")
      .values({ id: key, member_id: member.memberId, kind: "share", wording, given_at: now })
      .onConflict((twin) => twin.column("id").doNothing())
      .execute();
  });

/** Taken back from now on; it stays written down that she had said yes. False: there is no such yes of hers. */
export const takeBackSharing = (house: House, { member }: MemberScope, id: ConsentId): Promise<boolean> =>
  inTransaction(house, async ({ tx, now }) => {
    const hers = tx.updateTable("consents").set({ withdrawn_at: now }).where("id", "=", id).where("member_id", "=", member.memberId).where("kind", "=", "share").where("withdrawn_at", "is", null);
    return (await hers.executeTakeFirst()).numUpdatedRows > 0n;
  });
