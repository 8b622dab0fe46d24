import { isId } from "../../../platform/http/ids.ts";
import { keyOf, readForm, typedText, type Problems, type Typed } from "../../../platform/http/form.ts";
import { limitsOf } from "../../../platform/http/limits.ts";
import { stillSignedIn, type Door, type Room } from "../../../platform/http/room.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { actedInPlace, show } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { openStream } from "../../../platform/http/stream.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { cursorOf } from "../../../platform/live/hub.ts";
import { zoneFor } from "../../network/queries.ts";
import { careCardFor } from "../../safety/queries.ts";
import { keepDraft } from "../drafts/commands.ts";
import { draftForm } from "../drafts/forms.ts";
import { draftAt } from "../drafts/queries.ts";
import type { Draft, Place } from "../drafts/types.ts";
import { keptSays } from "../drafts/views/draft.tsx";
import { topicOf } from "../events.ts";
import { follow, markRead } from "../following/commands.ts";
import { followForm } from "../following/forms.ts";
import { followedTo } from "../following/queries.ts";
import { memberWho, readerWho, type ReaderScope } from "../gates.ts";
import { wordsOf } from "../hiding/queries.ts";
import { unfoldsOf } from "../mine/queries.ts";
import { openTopic, reply, type Kept } from "../posts/commands.ts";
import { heardIn } from "../posts/queries.ts";
import { readingNow, spaceFor } from "../spaces/queries.ts";
import { isOpenTo } from "../rules.ts";
import type { PostId, SpaceId, TopicId } from "../types.ts";
import type { CommunityKey } from "../words.ts";
import { newForm, replyForm, topicForm } from "./forms.ts";
import { lensOf, topicRefresh } from "./live.tsx";
import { isOpen, topicFor } from "./queries.ts";
import { lastOf, newSince } from "./rules.ts";
import { NewPostsShown } from "./views/new-posts.tsx";
import { NewTopic } from "./views/new-topic.tsx";
import { TopicPage } from "./views/topic.tsx";

type Again = { readonly problems: Problems; readonly typed: Typed };

/** What she began, as if she had just typed it. */
const typedOf = (draft: Draft | undefined): Typed | undefined => draft && Object.fromEntries(Object.entries(draft.said).map(([name, value]) => [name, value === undefined ? [] : [value]]));

/** Reading a topic, opening one, answering in it; and keeping what is not sent yet. */
export function topicRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;
  const limits = limitsOf(house);
  const refresh = topicRefresh(house);
  const pace = ({ member }: MemberScope) => () => limits.tooManyPosts(member.memberId);

  const space = async (scope: ReaderScope, id: string | undefined) => (isId(id) ? spaceFor(house.db, scope, house.now(), id as SpaceId) : undefined);

  const compose = async (c: Door, scope: MemberScope, again?: Again) => {
    const to = await space(scope, c.req.param("space"));
    if (!to || !isOpenTo(to)) return c.notFound();
    if (to.pause) return c.redirect(`/community/spaces/${to.id}`, 303);
    const visit = visitOf(c);
    const [reading, zone, draft] = await Promise.all([readingNow(house.db, house.now()), zoneFor(house.db, visit), again ? undefined : draftAt(house.db, house.keys, scope, { spaceId: to.id })]);
    return show(c, <NewTopic {...{ visit, assets, reading, zone }} {...again} typed={again?.typed ?? typedOf(draft)} keptAt={draft?.keptAt} space={to} now={house.now()} formKey={keyOf(again?.typed)} care={careCardFor(visit.language, visit.country)} />, again ? 422 : 200);
  };

  /** What she wrote is kept: on to its pictures, where some come with it, or to where it stands. */
  const onwards = (c: Door, { postId, state, picture }: Kept, stands: string) => {
    if (picture) return c.redirect(`/community/posts/${postId}/pictures`, 303);
    handOn(c, "said", state === "held" ? "saidHeld" : "saidShown");
    return c.redirect(stands, 303);
  };

  /** Keeps what stands in a form; `back`: the page that holds it. Its script is told what to say of it. */
  const keep = async (c: Door, scope: MemberScope, place: Place, back: string, showAgain: (again: Again) => Promise<Response>) => {
    const form = await readForm(c, draftForm);
    if (!form.ok) return showAgain(form);
    const kept = (await limits.tooManyActs(`draft ${scope.member.memberId}`)) ? { refused: "draftFast" as const } : await keepDraft(house, scope, place, form.value.said, form.value.key);
    if ("refused" in kept) return showAgain({ problems: { words: kept.refused }, typed: form.typed });
    if (c.req.header("accept") !== "text/plain") return c.redirect(back, 303);
    const visit = visitOf(c);
    return c.text(kept.keptAt ? keptSays(kept.keptAt, { language: visit.language, zone: await zoneFor(house.db, visit), now: house.now() }) : "");
  };

  room.get("/community/spaces/:space/new", memberWho("write"), (c, scope) => compose(c, scope));

  room.post("/community/spaces/:space/topics", memberWho("write"), async (c, scope) => {
    const form = await readForm(c, topicForm);
    if (!form.ok) return compose(c, scope, form);
    const id = c.req.param("space");
    if (!isId(id)) return c.notFound();
    const kept = await openTopic(house, scope, id as SpaceId, { ...form.value, language: form.value.language ?? visitOf(c).language, note: form.value.note }, pace(scope));
    if ("refused" in kept) return compose(c, scope, { problems: { words: kept.refused }, typed: form.typed });
    return onwards(c, kept, `/community/topics/${kept.topicId}`);
  });

  room.post("/community/spaces/:space/draft", memberWho("write"), async (c, scope) => {
    const id = c.req.param("space");
    return isId(id) ? keep(c, scope, { spaceId: id as SpaceId }, `/community/spaces/${id}/new`, (again) => compose(c, scope, again)) : c.notFound();
  });

  /** A topic as she reads it, with what its page needs; undefined where there is none for her. */
  const look = async (c: Door, scope: ReaderScope) => {
    const id = c.req.param("topic");
    const shown = isId(id) ? await topicFor(house.db, house.keys, scope, id as TopicId) : undefined;
    const of = shown && (await space(scope, shown.topic.spaceId));
    if (!shown || !of) return undefined;
    const visit = visitOf(c);
    const [followed, zone, muted, heard] = await Promise.all([scope.as === "member" ? followedTo(house.db, scope, shown.topic.id) : undefined, zoneFor(house.db, visit), scope.as === "member" ? wordsOf(house.db, house.keys, scope) : new Map<string, string>(), heardIn(house.db, visit.language, shown)]);
    if (scope.as === "member" && followed !== undefined && followed < lastOf(shown.posts)) await markRead(house, scope, shown.topic.id, lastOf(shown.posts));
    return { visit, shown, of, follows: followed !== undefined, zone, heard, muted: [...muted.values()], writes: scope.as === "member" && isOpenTo(of), takesPictures: of.pictures && !of.pause, now: house.now(), care: careCardFor(visit.language, visit.country) };
  };

  const page = async (c: Door, scope: ReaderScope, again?: Again) => {
    const looked = await look(c, scope);
    if (!looked) return c.notFound();
    const { shown, of } = looked;
    const [unfolds, reading, draft] = await Promise.all([unfoldsOf(house.db, scope), readingNow(house.db, house.now()), looked.writes && scope.as === "member" && !again ? draftAt(house.db, house.keys, scope, { topicId: shown.topic.id }) : undefined]);
    const typed = again?.typed ?? typedOf(draft);
    const quoted = typedText(again?.typed, "quotes") || (c.req.query("quote") ?? draft?.said.quotes);
    const quoting = shown.posts.find((post) => post.id === quoted && post.state === "shown");
    const said = handedOnce(c, "said") as CommunityKey | undefined;
    return show(c, <TopicPage {...looked} {...{ assets, unfolds, reading, quoting, said, typed }} problems={again?.problems} keptAt={draft?.keptAt} space={of} replyKey={keyOf(again?.typed)} />, again ? 422 : 200);
  };

  room.get("/community/topics/:topic", readerWho("readTopics"), (c, scope) => page(c, scope));

  room.post("/community/topics/:topic/replies", memberWho("write"), async (c, scope) => {
    const id = c.req.param("topic");
    if (!isId(id)) return c.notFound();
    const form = await readForm(c, replyForm);
    if (!form.ok) return page(c, scope, form);
    const kept = await reply(house, scope, id as TopicId, { ...form.value, language: visitOf(c).language }, form.value.quotes as PostId | undefined, pace(scope));
    if ("refused" in kept) return page(c, scope, { problems: { words: kept.refused }, typed: form.typed });
    return onwards(c, kept, `/community/topics/${kept.topicId}#post-${kept.postId}`);
  });

  room.post("/community/topics/:topic/draft", memberWho("write"), async (c, scope) => {
    const id = c.req.param("topic");
    return isId(id) ? keep(c, scope, { topicId: id as TopicId }, `/community/topics/${id}#reply`, (again) => page(c, scope, again)) : c.notFound();
  });

  room.post("/community/topics/:topic/follow", memberWho("readTopics"), async (c, scope) => {
    const id = c.req.param("topic");
    const form = await readForm(c, followForm);
    const done = isId(id) && form.ok && (await follow(house, scope, id as TopicId, form.value.does === "yes"));
    return done ? c.redirect(`/community/topics/${id}#reply`, 303) : c.notFound();
  });

  room.get("/community/topics/:topic/stream", readerWho("readTopics"), async (c, scope) => {
    const id = c.req.param("topic");
    if (!isId(id) || !(await isOpen(house.db, scope, id as TopicId))) return c.notFound();
    const after = cursorOf(c.req.query("after"));
    const seen = cursorOf(c.req.header("last-event-id") ?? c.req.query("after"));
    return openStream(c, house, { key: scope.member.sessionId, lens: lensOf(scope, visitOf(c).language, after), seen, stillAllowed: stillSignedIn(c, house, scope.member) }, [{ topic: topicOf(id as TopicId), refresh, atOnce: true }]);
  });

  // What is new, once she asks for it: by a post, as it changes her page and no address.
  room.post("/community/topics/:topic/new", readerWho("readTopics"), async (c, scope) => {
    const form = await readForm(c, newForm);
    const looked = form.ok ? await look(c, scope) : undefined;
    if (!form.ok || !looked) return c.notFound();
    const { topic, posts } = looked.shown;
    return actedInPlace(c, `/community/topics/${topic.id}`, <NewPostsShown {...looked} id={topic.id} language={looked.visit.language} posts={newSince(posts, form.value.after)} after={lastOf(posts)} />);
  });
}
