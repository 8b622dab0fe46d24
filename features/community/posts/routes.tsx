import { isId } from "../../../platform/http/ids.ts";
import { readForm, typedText } from "../../../platform/http/form.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { handOn } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { zoneFor } from "../../network/queries.ts";
import { decisionsOn } from "../../safety/queries.ts";
import { memberWho } from "../gates.ts";
import { mayChange } from "../rules.ts";
import { changeForm, warmForm } from "../topics/forms.ts";
import { ownPost } from "../topics/queries.ts";
import type { Post, PostId } from "../types.ts";
import { changePost, warm, withdrawPost } from "./commands.ts";
import { ChangePost, OwnPost, WithdrawPost } from "./views/change.tsx";

const idOf = (c: Door): PostId | undefined => (isId(c.req.param("post")) ? (c.req.param("post") as PostId) : undefined);

/** What can be done with one post. */
export function postRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;

  /** A post of hers, in its true state. */
  const own = async (c: Door, scope: MemberScope): Promise<Post | undefined> => {
    const id = idOf(c);
    return id && ownPost(house.db, house.keys, scope, id);
  };

  room.get("/community/posts/:post", memberWho("changeOwn"), async (c, scope) => {
    const post = await own(c, scope);
    if (!post) return c.notFound();
    const visit = visitOf(c);
    const [decided, zone] = await Promise.all([decisionsOn(house.db, house.keys, "post", post.id, house.now()), zoneFor(house.db, visit)]);
    return show(c, <OwnPost {...{ visit, assets, post, decided, zone }} />);
  });

  room.get("/community/posts/:post/change", memberWho("changeOwn"), async (c, scope) => {
    const post = await own(c, scope);
    if (!post) return c.notFound();
    return mayChange(post, house.now()) ? show(c, <ChangePost visit={visitOf(c)} assets={assets} post={post} />) : c.redirect(`/community/topics/${post.topicId}`, 303);
  });

  room.post("/community/posts/:post/change", memberWho("changeOwn"), async (c, scope) => {
    const post = await own(c, scope);
    if (!post) return c.notFound();
    const form = await readForm(c, changeForm);
    const again = (problem: string) => show(c, <ChangePost visit={visitOf(c)} assets={assets} post={post} problem={problem} typed={typedText(form.typed, "words")} />, 422);
    if (!form.ok) return again(form.problems["words"] ?? "wordsMissing");
    const changed = await changePost(house, scope, post.id, form.value.words);
    if (!changed) return c.notFound();
    if ("refused" in changed) return again(changed.refused);
    handOn(c, "said", changed.state === "held" ? "saidHeld" : "saidChanged");
    return c.redirect(`/community/topics/${changed.topicId}`, 303);
  });

  room.get("/community/posts/:post/withdraw", memberWho("changeOwn"), async (c, scope) => {
    const post = await own(c, scope);
    return post ? show(c, <WithdrawPost visit={visitOf(c)} assets={assets} post={post} />) : c.notFound();
  });

  room.post("/community/posts/:post/withdraw", memberWho("changeOwn"), async (c, scope) => {
    const id = idOf(c);
    const withdrawn = id && (await withdrawPost(house, scope, id));
    if (!withdrawn) return c.notFound();
    handOn(c, "said", "saidWithdrawn");
    return c.redirect("/community/mine", 303);
  });

  room.post("/community/posts/:post/warm", memberWho("warm"), async (c, scope) => {
    const id = idOf(c);
    const form = await readForm(c, warmForm);
    const topic = id && form.ok ? await warm(house, scope, id, form.value.kind, form.value.does === "yes") : undefined;
    return topic ? c.redirect(`/community/topics/${topic}#post-${id}`, 303) : c.notFound();
  });
}
