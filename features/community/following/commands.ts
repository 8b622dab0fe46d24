import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { spaceFor } from "../spaces/queries.ts";
import { isOpenTo } from "../rules.ts";
import type { SpaceId, TopicId } from "../types.ts";

/** She follows a topic that is open to her, from what stands in it now; or follows it no more. False: there is none. */
export const follow = (house: House, scope: MemberScope, id: TopicId, does: boolean): Promise<boolean> =>
  inTransaction(house, async ({ tx, now }) => {
    const me = scope.member.memberId;
    if (!does) {
      const { numDeletedRows } = await tx.deleteFrom("follows").where("member_id", "=", me).where("topic_id", "=", id).executeTakeFirst();
      if (numDeletedRows) return true;
    }
    const topic = await tx.selectFrom("topics").select(["space_id", "last_shown"]).where("id", "=", id).where("shown_at", "is not", null).executeTakeFirst();
    const space = topic && (await spaceFor(tx, scope, now, topic.space_id as SpaceId));
    if (!space || !isOpenTo(space)) return false;
    if (does) await tx.insertInto("follows").values({ topic_id: id, member_id: me, at: now, read_number: topic.last_shown }).onConflict((already) => already.doNothing()).execute();
    return true;
  });

/** She has read what she follows up to this number. An older page takes nothing back. */
export const markRead = (house: House, { member }: MemberScope, id: TopicId, number: number): Promise<void> =>
  inTransaction(house, async ({ tx }) => void (await tx.updateTable("follows").set({ read_number: number }).where("member_id", "=", member.memberId).where("topic_id", "=", id).where("read_number", "<", number).execute()));
