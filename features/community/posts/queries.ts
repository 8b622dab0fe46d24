import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { PostId, TopicId } from "../types.ts";

/** How she is found in one topic who writes there without her name: of her and the topic, under the network's key. It tells nothing elsewhere. */
export const markIn = (keys: Keys, topic: TopicId, member: MemberId): Buffer => keys.fingerprint(`unnamed ${topic}`, member);

/** Bindings of what is sealed: who wrote a post without her name, and her own list of those. */
export const authorBound = (post: PostId): string => `post ${post} author`;
export const unnamedBound = (member: MemberId): string => `unnamed ${member}`;

/** How many posts of hers were shown, by name or without. */
export async function acceptedOf(db: Reader, keys: Keys, member: MemberId): Promise<number> {
  const named = await db.selectFrom("posts").select("id").where("author_id", "=", member).where("shown_at", "is not", null).limit(10).execute();
  const unnamed = await unnamedOf(db, keys, member);
  return unnamed.length === 0 ? named.length : named.length + (await db.selectFrom("posts").select("id").where("id", "in", unnamed).where("shown_at", "is not", null).limit(10).execute()).length;
}

/** What she wrote without her name, from her own sealed list. */
export async function unnamedOf(db: Reader, keys: Keys, member: MemberId): Promise<PostId[]> {
  const rows = await db.selectFrom("unnamed_posts as u").innerJoin("members as m", "m.id", "u.member_id").select(["u.post_sealed", "m.wrapped_key"]).where("u.member_id", "=", member).execute();
  const [first] = rows;
  if (!first) return [];
  const key = keys.openDataKey(first.wrapped_key, member);
  return rows.map(({ post_sealed }) => unseal(key, post_sealed, unnamedBound(member)) as PostId);
}

/** In which topic a post stands. */
export async function topicOfPost(db: Reader, id: PostId): Promise<TopicId | undefined> {
  return (await db.selectFrom("posts").select("topic_id").where("id", "=", id).executeTakeFirst())?.topic_id as TopicId | undefined;
}
