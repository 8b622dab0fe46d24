import { keyOf, readForm, typedText, type Problems, type Typed } from "../../../platform/http/form.ts";
import { isId } from "../../../platform/http/ids.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { zoneFor } from "../../network/queries.ts";
import { careCardFor } from "../../safety/queries.ts";
import { memberWho } from "../gates.ts";
import { hide, muteWord, showAgain } from "../hiding/commands.ts";
import { hiddenBy } from "../hiding/queries.ts";
import { HiddenPage } from "../hiding/views/hidden.tsx";
import { topicOfPost } from "../posts/queries.ts";
import { topicFor } from "../topics/queries.ts";
import type { Post, PostId } from "../types.ts";
import type { CommunityKey } from "../words.ts";
import { report } from "./commands.ts";
import { hideForm, reportForm, showAgainForm, wordForm } from "./forms.ts";
import { reportsOf } from "./queries.ts";
import { ReportPage, ReportsPage } from "./views/report.tsx";

const idOf = (c: Door): PostId | undefined => (isId(c.req.param("post")) ? (c.req.param("post") as PostId) : undefined);

/** Telling a moderator of a post, and hiding what she does not want to see. */
export function reportRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;

  /** A post of somebody else's that she can read. */
  const others = async (c: Door, scope: MemberScope): Promise<Post | undefined> => {
    const id = idOf(c);
    const topic = id && (await topicOfPost(house.db, id));
    const shown = topic && (await topicFor(house.db, house.keys, scope, topic));
    return shown?.posts.find((post) => post.id === id && !post.own && post.state === "shown");
  };
  const page = (c: Door, post: Post, problems: Problems = {}, typed?: Typed) => {
    const visit = visitOf(c);
    return show(c, <ReportPage {...{ visit, assets, post, problems, typed }} formKey={keyOf(typed)} care={careCardFor(visit.language, visit.country)} />, Object.keys(problems).length > 0 ? 422 : 200);
  };

  room.get("/community/posts/:post/report", memberWho("report"), async (c, scope) => {
    const post = await others(c, scope);
    return post ? page(c, post) : c.notFound();
  });

  room.post("/community/posts/:post/report", memberWho("report"), async (c, scope) => {
    const post = await others(c, scope);
    if (!post) return c.notFound();
    const form = await readForm(c, reportForm);
    if (!form.ok) return page(c, post, form.problems, form.typed);
    const kept = await report(house, scope, post.id, form.value);
    if (!kept) return c.notFound();
    if ("refused" in kept) return page(c, post, { reason: kept.refused }, form.typed);
    handOn(c, "said", form.value.reason === "worried" ? "saidWorried" : "saidReported");
    return c.redirect("/community/reports", 303);
  });

  room.get("/community/reports", memberWho("report"), async (c, scope) => {
    const visit = visitOf(c);
    const [reports, zone] = await Promise.all([reportsOf(house.db, scope), zoneFor(house.db, visit)]);
    return show(c, <ReportsPage {...{ visit, assets, reports, zone }} said={handedOnce(c, "said") as CommunityKey | undefined} />);
  });
  hidingRoutes(room);
}

function hidingRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;

  const page = async (c: Door, scope: MemberScope, problem?: string, typed?: string) => {
    const visit = visitOf(c);
    const [hidden, zone] = await Promise.all([hiddenBy(house.db, house.keys, scope), zoneFor(house.db, visit)]);
    return show(c, <HiddenPage {...{ visit, assets, hidden, zone, problem, typed }} said={handedOnce(c, "said") as CommunityKey | undefined} />, problem ? 422 : 200);
  };

  room.post("/community/posts/:post/hide", memberWho("hide"), async (c, scope) => {
    const id = idOf(c);
    const form = await readForm(c, hideForm);
    if (!id || !form.ok || !(await hide(house, scope, id, form.value.what))) return c.notFound();
    handOn(c, "said", form.value.what === "topic" ? "saidTopicHidden" : "saidHidden");
    return c.redirect("/community/hidden", 303);
  });

  room.get("/community/hidden", memberWho("hide"), (c, scope) => page(c, scope));

  room.post("/community/hidden/show", memberWho("hide"), async (c, scope) => {
    const form = await readForm(c, showAgainForm);
    if (!form.ok) return c.notFound();
    await showAgain(house, scope, form.value);
    return c.redirect("/community/hidden", 303);
  });

  room.post("/community/hidden/words", memberWho("hide"), async (c, scope) => {
    const form = await readForm(c, wordForm);
    if (!form.ok) return page(c, scope, form.problems["word"] ?? "wordMissing", typedText(form.typed, "word"));
    const refused = await muteWord(house, scope, form.value.word);
    return refused ? page(c, scope, refused.refused, form.value.word) : c.redirect("/community/hidden", 303);
  });
}
