import { sql } from "kysely";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { Keys } from "../../../platform/crypto/seal.ts";
import type { MemberId, ModeratorScope } from "../../../platform/http/scope.ts";
import type { ReaderScope } from "../gates.ts";
import { markIn } from "../names/rules.ts";
import type { Picture, PictureId, TopicId } from "../types.ts";

/** What stands with these posts, by their ids; nothing is asked where none has a picture. */
export async function picturesWith(db: Reader, posts: readonly { readonly id: string; readonly pictures: number }[]): Promise<ReadonlyMap<string, readonly Picture[]>> {
  const ids = posts.filter(({ pictures }) => pictures > 0).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("post_pictures")
    .select(["id", "post_id", "shows", "width", "height", sql<number>`octet_length(bytes)`.as("bytes")])
    .where("post_id", "=", sql<string>`any(${ids}::uuid[])`)
    .where("gone_at", "is", null)
    .orderBy("seq")
    .execute();
  return Map.groupBy(rows.map(({ post_id, id, shows, width, height, bytes }) => ({ post: post_id, id: id as PictureId, shows, width, height, bytes })), ({ post }) => post);
}

const bytesOf = (db: Reader, id: PictureId) => db.selectFrom("post_pictures").select("bytes").where("id", "=", id).where("gone_at", "is", null).executeTakeFirst();

/** A picture as she who asks may see it: it stands with what others read, or it is hers. What she wrote without her name is asked by the house, for her mark alone. */
export async function pictureFor(db: Reader, keys: Keys, scope: ReaderScope, id: PictureId): Promise<Uint8Array | undefined> {
  const open = await bytesOf(within(db, scope), id);
  return (open ?? (scope.as === "member" && (await isBehindHerAlias(db, keys, scope.member.memberId, id)) ? await bytesOf(db, id) : undefined))?.bytes;
}

async function isBehindHerAlias(db: Reader, keys: Keys, memberId: MemberId, id: PictureId): Promise<boolean> {
  const post = await db.selectFrom("post_pictures as i").innerJoin("posts as p", "p.id", "i.post_id").select(["p.topic_id", "p.author_mark"]).where("i.id", "=", id).executeTakeFirst();
  return post?.author_mark?.equals(markIn(keys, post.topic_id as TopicId, memberId)) ?? false;
}

/** A picture of this very post, as the safety desk looks at it. */
export async function pictureForDesk(db: Reader, scope: ModeratorScope, post: string, id: string): Promise<Uint8Array | undefined> {
  return (await within(db, scope).selectFrom("post_pictures").select("bytes").where("id", "=", id).where("post_id", "=", post).where("gone_at", "is", null).executeTakeFirst())?.bytes;
}
