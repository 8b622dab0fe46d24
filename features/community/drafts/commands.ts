import { seal } from "../../../platform/crypto/seal.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { spaceFor } from "../spaces/queries.ts";
import { isOpenTo } from "../rules.ts";
import type { SpaceId } from "../types.ts";
import { draftBound } from "./queries.ts";
import { draftDays, isEmpty, mostDrafts, placeId } from "./rules.ts";
import type { Place, Said } from "./types.ts";

/** `keptAt` is undefined where there is nothing to keep: it is empty, or was sent. */
type KeptDraft = { readonly keptAt: Instant | undefined } | { readonly refused: "topicGone" | "draftsMany" };

/** Keeps what she typed here in place of what she typed before. `key`: of its form; where that was sent meanwhile, nothing is kept. */
export const keepDraft = (house: House, scope: MemberScope, place: Place, said: Said, key: string | undefined): Promise<KeptDraft> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const [me, id] = [scope.member.memberId, placeId(place)];
    // Sending waits for this row, too: a draft comes before what is sent, or finds that it was.
    const { wrapped_key } = await tx.selectFrom("members").select("wrapped_key").where("id", "=", me).forNoKeyUpdate().executeTakeFirstOrThrow();
    const sent = key && (await tx.selectFrom("posts").select("id").where("sent_key", "=", key).executeTakeFirst());
    if (sent) return { keptAt: undefined };
    if (!(await isOpen(act, scope, place))) return { refused: "topicGone" };
    if (isEmpty(said)) {
      await dropDraft(act, scope, id);
      return { keptAt: undefined };
    }
    const others = await tx.selectFrom("drafts").select("place_id").where("member_id", "=", me).where("place_id", "<>", id).execute();
    if (others.length >= mostDrafts) return { refused: "draftsMany" };
    const kept = { said_sealed: seal(house.keys.openDataKey(wrapped_key, me), JSON.stringify(said), draftBound(me, id)), kept_at: now };
    const where = "spaceId" in place ? { space_id: place.spaceId } : { topic_id: place.topicId };
    await tx.insertInto("drafts").values({ member_id: me, ...where, ...kept }).onConflict((already) => already.columns(["member_id", "place_id"]).doUpdateSet(kept)).execute();
    return { keptAt: now };
  });

async function isOpen({ tx, now }: Act, scope: MemberScope, place: Place): Promise<boolean> {
  const topic = "topicId" in place ? await tx.selectFrom("topics").select("space_id").where("id", "=", place.topicId).where("shown_at", "is not", null).executeTakeFirst() : undefined;
  const spaceId = "spaceId" in place ? place.spaceId : topic?.space_id;
  const space = spaceId && (await spaceFor(tx, scope, now, spaceId as SpaceId));
  return space ? isOpenTo(space) : false;
}

/** It was sent, or she threw it away; `place`: of the space or the topic. */
export const dropDraft = async ({ tx }: Act, { member }: MemberScope, place: string): Promise<void> => void (await tx.deleteFrom("drafts").where("member_id", "=", member.memberId).where("place_id", "=", place).execute());

/** She throws it away. */
export const throwAway = (house: House, scope: MemberScope, place: string): Promise<void> => inTransaction(house, (act) => dropDraft(act, scope, place));

/** What was not sent in thirty days goes. */
export async function forgetDrafts({ db, now }: Pick<House, "db" | "now">): Promise<void> {
  await db.deleteFrom("drafts").where("kept_at", "<", now().subtract({ hours: draftDays * 24 })).execute();
}
