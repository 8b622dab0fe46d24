import { seal } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { markIn } from "../names/rules.ts";
import { spaceFor } from "../spaces/queries.ts";
import { isOpenTo } from "../rules.ts";
import type { PostId, SpaceId, TopicId } from "../types.ts";
import { wordBound, wordsOf } from "./queries.ts";
import { mostWords } from "./rules.ts";
import type { Hidden, Hide } from "./types.ts";

/** Hides who wrote this post, or its topic. Under an alias nobody is hidden beyond that topic. False: there is nothing of anybody else's. */
export const hide = (house: House, scope: MemberScope, id: PostId, what: Hide): Promise<boolean> =>
  inTransaction(house, async ({ tx, now }) => {
    const me = scope.member.memberId;
    const post = await tx.selectFrom("posts").select(["topic_id", "space_id", "author_id", "author_mark", "alias"]).where("id", "=", id).where("state", "=", "shown").executeTakeFirst();
    const space = post && (await spaceFor(tx, scope, now, post.space_id as SpaceId));
    if (!post || !space || !isOpenTo(space) || post.author_id === me || post.author_mark?.equals(markIn(house.keys, post.topic_id as TopicId, me))) return false;
    if (what === "topic") await tx.insertInto("muted_topics").values({ member_id: me, topic_id: post.topic_id, at: now }).onConflict((already) => already.doNothing()).execute();
    else if (post.author_id) await tx.insertInto("hidden_members").values({ member_id: me, hidden_id: post.author_id, kind: what, at: now }).onConflict((already) => already.columns(["member_id", "hidden_id"]).doUpdateSet({ kind: what, at: now })).execute();
    else if (post.author_mark && post.alias) await tx.insertInto("hidden_aliases").values({ member_id: me, topic_id: post.topic_id, mark: post.author_mark, alias: post.alias, at: now }).onConflict((already) => already.doNothing()).execute();
    return true;
  });

/** Shows again what she hid. */
export const showAgain = (house: House, { member }: MemberScope, { kind, id }: Pick<Hidden, "kind" | "id">): Promise<void> =>
  inTransaction(house, async ({ tx }) => {
    const me = member.memberId;
    const [topic = "", mark = ""] = id.split(" ");
    if (kind === "word") await tx.deleteFrom("muted_words").where("member_id", "=", me).where("id", "=", id).execute();
    else if (kind === "topic") await tx.deleteFrom("muted_topics").where("member_id", "=", me).where("topic_id", "=", id).execute();
    else if (kind === "alias") await tx.deleteFrom("hidden_aliases").where("member_id", "=", me).where("topic_id", "=", topic).where("mark", "=", Buffer.from(mark, "hex")).execute();
    else await tx.deleteFrom("hidden_members").where("member_id", "=", me).where("hidden_id", "=", id).execute();
  });

/** A word that she does not want to meet, sealed with her own key; said twice, it is there once. Refused where there are many already. */
export const muteWord = (house: House, scope: MemberScope, word: string): Promise<{ readonly refused: "wordsMany" } | undefined> =>
  inTransaction(house, async ({ tx, now }) => {
    const me = scope.member.memberId;
    const { wrapped_key } = await tx.selectFrom("members").select("wrapped_key").where("id", "=", me).forUpdate().executeTakeFirstOrThrow();
    const words = [...(await wordsOf(tx, house.keys, scope)).values()];
    if (words.includes(word)) return undefined;
    if (words.length >= mostWords) return { refused: "wordsMany" };
    await tx.insertInto("muted_words").values({ member_id: me, word_sealed: seal(house.keys.openDataKey(wrapped_key, me), word, wordBound(me)), at: now }).execute();
    return undefined;
  });
