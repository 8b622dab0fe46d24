import { sql } from "kysely";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { plainPicture } from "../../../platform/pictures/plain.ts";
import { topicOf } from "../events.ts";
import { herOwn, readAnew, type Pace } from "../posts/commands.ts";
import { mayChange, mostPictures } from "../rules.ts";
import { spaceFor } from "../spaces/queries.ts";
import type { PictureId, PostId } from "../types.ts";
import type { NoPicture, PictureKept } from "./types.ts";

export type NewPicture = { readonly bytes: Uint8Array; readonly shows: string; /** Sent twice, it is one. */ readonly key: string };

/** Puts a picture to a post of hers, made anew from its pixels alone. The post waits from now on until a person has looked at it. Undefined: it is not hers. */
export async function addPicture(house: House, scope: MemberScope, id: PostId, { bytes, shows, key }: NewPicture, tooFast: Pace): Promise<PictureKept | NoPicture | undefined> {
  const before = await house.db.selectFrom("post_pictures").select("id").where("sent_key", "=", key).executeTakeFirst();
  if (before) return { pictureId: before.id as PictureId };
  if (await tooFast()) return { refused: "tooFast" };
  const made = await plainPicture(bytes);
  if ("refused" in made) return made;
  return inTransaction(house, async (act) => {
    const post = await herOwn(house, act, scope, id);
    const space = post && (await spaceFor(act.tx, scope, act.now, post.spaceId));
    if (!post || !space) return undefined;
    if (!space.pictures) return { refused: "picturesNotHere" };
    if (!mayChange(post, act.now)) return { refused: "tooLate" };
    // Her own post is locked: one hand that sends twice at one moment waits for itself here.
    const twice = await act.tx.selectFrom("post_pictures").select("id").where("sent_key", "=", key).executeTakeFirst();
    if (twice) return { pictureId: twice.id as PictureId };
    if (post.pictures >= mostPictures) return { refused: "picturesMost" };
    const { width, height } = made;
    const row = await act.tx.insertInto("post_pictures").values({ post_id: id, shows, bytes: Buffer.from(made.bytes), width, height, added_at: act.now, sent_key: key }).returning("id").executeTakeFirstOrThrow();
    await act.tx.updateTable("posts").set({ pictures: sql`pictures + 1` }).where("id", "=", id).execute();
    await readAnew(house, act, scope, space, post, "picture");
    return { pictureId: row.id as PictureId };
  });
}

/** Takes a picture of hers away, at once for everybody. A post that was to be changed is read anew. Undefined: there is none of hers. */
export const removePicture = (house: House, scope: MemberScope, id: PostId, picture: PictureId): Promise<true | undefined> =>
  inTransaction(house, async (act) => {
    const post = await herOwn(house, act, scope, id);
    const space = post && (await spaceFor(act.tx, scope, act.now, post.spaceId));
    if (!post || !space) return undefined;
    const gone = await act.tx.updateTable("post_pictures").set({ gone_at: act.now }).where("id", "=", picture).where("post_id", "=", id).where("gone_at", "is", null).returning("id").executeTakeFirst();
    if (!gone) return undefined;
    await act.tx.updateTable("posts").set({ pictures: sql`pictures - 1` }).where("id", "=", id).execute();
    act.tell(topicOf(post.topicId));
    if (post.state === "held" || post.state === "asked") await readAnew(house, act, scope, space, post);
    return true;
  });
