import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isId } from "../../../platform/http/ids.ts";
import { keyOf, readTyped, typedText, type Problems, type Typed } from "../../../platform/http/form.ts";
import { limitsOf } from "../../../platform/http/limits.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { show, showPicture } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { readUpload } from "../../../platform/http/upload.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { memberWho, readerWho } from "../gates.ts";
import { mayChange } from "../rules.ts";
import { spaceOfPost } from "../spaces/queries.ts";
import { ownPost } from "../topics/queries.ts";
import type { PictureId, PostId } from "../types.ts";
import type { CommunityKey } from "../words.ts";
import { addPicture, removePicture } from "./commands.ts";
import { pictureForm } from "./forms.ts";
import { pictureFor } from "./queries.ts";
import { PicturesPage } from "./views/pictures.tsx";

/** Of one file, in megabytes: what a phone's camera makes. */
const mostMb = 12;
type Again = { readonly problems: Problems; readonly typed: Typed };

/** Pictures of a post: added one by one once its words are kept, taken away, and shown. */
export function pictureRoutes(room: Room): void {
  const { house } = room;
  const limits = limitsOf(house);

  const page = async (c: Door, scope: MemberScope, id: string | undefined, again?: Again, status = 422) => {
    const post = isId(id) ? await ownPost(house.db, house.keys, scope, id as PostId) : undefined;
    const space = post && (await spaceOfPost(house.db, scope, house.now(), post.id));
    if (!post || !space?.pictures || !mayChange(post, house.now())) return c.notFound();
    const said = handedOnce(c, "said") as CommunityKey | undefined;
    return show(c, <PicturesPage visit={visitOf(c)} assets={house.assets} {...{ post, said, mostMb }} {...again} formKey={keyOf(again?.typed)} />, again ? status : 200);
  };

  room.get("/community/posts/:post/pictures", memberWho("changeOwn"), (c, scope) => page(c, scope, c.req.param("post")));

  room.postFile("/community/pictures", memberWho("changeOwn"), async (c, scope) => {
    const path = join(house.environment.DATA_DIR, "uploads", randomUUID(), "incoming");
    try {
      const { typed, file, tooBig } = await readUpload(c, path, mostMb * 1_000_000);
      const form = readTyped(typed, pictureForm);
      if (!form.ok || !file) return await page(c, scope, typedText(typed, "post"), { problems: { ...(file ? {} : { picture: tooBig ? "pictureTooBig" : "pictureMissing" }), ...(form.ok ? {} : form.problems) }, typed }, tooBig ? 413 : 422);
      const { post, shows, key } = form.value;
      const kept = await addPicture(house, scope, post as PostId, { bytes: await readFile(path), shows, key }, () => limits.tooManyPosts(`pictures of ${scope.member.memberId}`));
      if (!kept) return c.notFound();
      if ("refused" in kept) return await page(c, scope, post, { problems: { picture: kept.refused }, typed });
      handOn(c, "said", "saidPicture");
      return c.redirect(`/community/posts/${post}/pictures`, 303);
    } finally {
      await rm(join(path, ".."), { recursive: true, force: true });
    }
  });

  room.post("/community/posts/:post/pictures/:picture/remove", memberWho("changeOwn"), async (c, scope) => {
    const [post, picture] = [c.req.param("post"), c.req.param("picture")];
    const gone = isId(post) && isId(picture) ? await removePicture(house, scope, post as PostId, picture as PictureId) : undefined;
    if (!gone) return c.notFound();
    handOn(c, "said", "saidPictureGone");
    return c.redirect(`/community/posts/${post}/pictures`, 303);
  });

  room.get("/community/pictures/:picture", readerWho("readTopics"), async (c, scope) => {
    const id = c.req.param("picture");
    const bytes = isId(id) ? await pictureFor(house.db, house.keys, scope, id as PictureId) : undefined;
    return bytes ? showPicture(c, bytes) : c.notFound();
  });
}
