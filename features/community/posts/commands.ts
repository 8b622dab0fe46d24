import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { seal } from "../../../platform/crypto/seal.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, MemberScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { isBefore, type Instant } from "../../../platform/time/time.ts";
import { dataKeyOf } from "../../accounts/queries.ts";
import { dropDraft } from "../drafts/commands.ts";
import { watchForSilence } from "../answering/commands.ts";
import { authorMark, openCase, pageNeeded } from "../../safety/events.ts";
import { readingOf, standingOfMember } from "../../safety/queries.ts";
import { topicOf } from "../events.ts";
import { aliasFor, markIn } from "../names/rules.ts";
import { heldReasonsOf, isOpenTo, mayChange, mayWithdraw, versionDays, wholeText, writeRefusal, type WriteRefusal } from "../rules.ts";
import { outcomeOf } from "../reports/rules.ts";
import type { ReportReason } from "../reports/types.ts";
import { spaceFor } from "../spaces/queries.ts";
import type { ContentNote, Decision, HeldReason, PostId, PostState, Space, SpaceId, TopicId, WarmKind } from "../types.ts";
import { acceptedOf, authorBound, unnamedBound } from "./queries.ts";

export type Written = { readonly words: string; readonly language: Language; /** Sent twice, it is one post. */ readonly key: string; /** Under an alias of this topic alone. */ readonly unnamed: boolean; /** Pictures come with it, as soon as its words are kept. */ readonly picture?: boolean };
export type NewTopic = Written & { readonly title: string; readonly note: ContentNote | undefined };
export type Kept = { readonly topicId: TopicId; readonly postId: PostId; readonly state: PostState; /** It waits for pictures of hers, which can come now. */ readonly picture: boolean };
export type NotKept = { readonly refused: WriteRefusal | "tooFast" };
/** Was that more than anybody writes who thinks of who reads it? Asked once for each post; of one that was sent before, never. */
export type Pace = () => Promise<boolean>;
const noHaste: Pace = () => Promise.resolve(false);

/** Opens a topic with its first post. Held, it is its author's alone until somebody read it. */
export const openTopic = (house: House, scope: MemberScope, spaceId: SpaceId, topic: NewTopic, tooFast = noHaste): Promise<Kept | NotKept> =>
  inTransaction(house, async (act) => {
    const before = await sentBefore(act, scope, topic.key);
    if (before) return before;
    if (await tooFast()) return { refused: "tooFast" };
    const space = await spaceFor(act.tx, scope, act.now, spaceId);
    const refused = space ? (writeRefusal(space, act.now) ?? (await stopped(house, act, scope))) : "topicGone";
    if (!space || refused) return { refused: refused ?? "topicGone" };
    const topicId = randomUUID() as string as TopicId;
    await act.tx.insertInto("topics").values({ id: topicId, space_id: spaceId, title: topic.title, language: topic.language, note: topic.note ?? null, made_at: act.now, last_at: act.now }).execute();
    const kept = await write(house, act, scope.member.memberId, space, { ...topic, topicId, opening: true, quotes: undefined, note: topic.note ?? null, judged: wholeText({ opening: true, words: topic.words, pictures: [] }, topic.title) });
    await act.tx.insertInto("follows").values({ topic_id: topicId, member_id: scope.member.memberId, at: act.now }).execute();
    await dropDraft(act, scope, spaceId);
    return kept;
  });

/** Answers in a topic; `quotes` is one of its posts. */
export const reply = (house: House, scope: MemberScope, topicId: TopicId, written: Written, quotes?: PostId, tooFast = noHaste): Promise<Kept | NotKept> =>
  inTransaction(house, async (act) => {
    const before = await sentBefore(act, scope, written.key);
    if (before) return before;
    if (await tooFast()) return { refused: "tooFast" };
    const topic = await act.tx.selectFrom("topics").select(["space_id", "note"]).where("id", "=", topicId).where("shown_at", "is not", null).executeTakeFirst();
    const space = topic && (await spaceFor(act.tx, scope, act.now, topic.space_id as SpaceId));
    const refused = space ? (writeRefusal(space, act.now) ?? (await stopped(house, act, scope))) : "topicGone";
    if (!topic || !space || refused) return { refused: refused ?? "topicGone" };
    const quoted = quotes && (await act.tx.selectFrom("posts").select("id").where("id", "=", quotes).where("topic_id", "=", topicId).where("state", "=", "shown").executeTakeFirst());
    await dropDraft(act, scope, topicId);
    return write(house, act, scope.member.memberId, space, { ...written, topicId, opening: false, quotes: quoted?.id as PostId | undefined, note: topic.note, judged: written.words });
  });

/** A moderator paused her, or asked her to leave: she reads, and writes nothing until it is over. Who left in this moment writes nothing after it. */
async function stopped(house: Pick<House, "keys">, { tx, now }: Act, { member }: MemberScope): Promise<WriteRefusal | undefined> {
  const { left_at } = await tx.selectFrom("members").select("left_at").where("id", "=", member.memberId).executeTakeFirstOrThrow();
  if (left_at) return "topicGone";
  const { pausedUntil, left } = await standingOfMember(tx, house.keys, member.memberId, now);
  return left ? "askedToLeave" : pausedUntil ? "youPaused" : undefined;
}

/** What this key brought before. One hand that sends twice at one moment waits for itself, and one that leaves for what it sends. */
async function sentBefore({ tx }: Act, { member }: MemberScope, key: string): Promise<Kept | undefined> {
  await tx.selectFrom("members").select("id").where("id", "=", member.memberId).forNoKeyUpdate().execute();
  const row = await tx.selectFrom("posts").select(["id", "topic_id", "state", "held_for"]).where("sent_key", "=", key).executeTakeFirst();
  return row && { topicId: row.topic_id as TopicId, postId: row.id as PostId, state: row.state as PostState, picture: row.state === "held" && row.held_for.includes("picture") };
}

type ToWrite = Written & { readonly topicId: TopicId; readonly opening: boolean; readonly quotes: PostId | undefined; /** What its topic says that it speaks of. */ readonly note: string | null; /** All that is looked at before it is shown. */ readonly judged: string };

async function write(house: House, act: Act, member: MemberId, space: Space, { topicId, opening, quotes, words, language, key, unnamed, picture, note, judged }: ToWrite): Promise<Kept> {
  const { tx, now, tell } = act;
  const postId = randomUUID() as string as PostId;
  const heldFor = [...(await reasonsToHold(house, act, member, space, judged)), ...(picture && space.pictures ? ["picture" as const] : [])];
  const state = heldFor.length > 0 ? "held" : "shown";
  const author = unnamed ? await withoutName(house, act, member, { postId, topicId, language }) : { author_id: member };
  await tx
    .insertInto("posts")
    .values({ id: postId, topic_id: topicId, space_id: space.id, opening, quotes: quotes ?? null, words, language, state, held_for: heldFor, sent_key: key, written_at: now, ...author })
    .execute();
  if (state === "shown") await nowShown(act, { id: postId, topicId, opening });
  else await askToRead(house, act, { id: postId, note }, heldFor, { member, unnamed });
  await lookedAt(house, act, { id: postId, opening, note, words: judged }, { member, unnamed });
  tell(topicOf(topicId));
  return { topicId, postId, state, picture: heldFor.includes("picture") };
}

/** Why what she writes or changes waits. What a moderator decided of her holds for a change as well: nothing of hers is shown unread until it is over. */
async function reasonsToHold(house: Pick<House, "keys">, { tx, now }: Act, member: MemberId, space: Space, text: string): Promise<HeldReason[]> {
  const { heldUntil, pausedUntil, left } = await standingOfMember(tx, house.keys, member, now);
  return [...heldReasonsOf(space.mode, await acceptedOf(tx, house.keys, member), text), ...(heldUntil || pausedUntil || left ? ["moderator" as const] : [])];
}

/** Under an alias: who it was is sealed beside the post, and once more in a list that only she can open. */
async function withoutName(house: House, { tx }: Act, member: MemberId, { postId, topicId, language }: { postId: PostId; topicId: TopicId; language: Language }) {
  const mark = markIn(house.keys, topicId, member);
  const aliases = await tx.selectFrom("posts").select(["alias", "author_mark"]).where("topic_id", "=", topicId).where("alias", "is not", null).execute();
  const alias = aliases.find(({ author_mark }) => author_mark?.equals(mark))?.alias ?? aliasFor(mark, language, new Set(aliases.flatMap(({ alias: one }) => one ?? [])));
  const { key, wrapped } = house.keys.makeDataKey(authorBound(postId));
  await tx.insertInto("unnamed_posts").values({ member_id: member, post_sealed: seal(await dataKeyOf(tx, house.keys, member), postId, unnamedBound(member)) }).execute();
  return { author_mark: mark, author_sealed: seal(key, member, authorBound(postId)), wrapped_key: wrapped, alias };
}

type Shown = { readonly id: PostId; readonly topicId: TopicId; readonly opening: boolean };

/** Others read it from now on, its topic with it, and the topic moves to the front. */
async function nowShown(act: Act, { id, topicId, opening }: Shown): Promise<void> {
  const { tx, now } = act;
  // The topic first: whoever shows another post in it waits, so that numbers are seen in their order.
  const { last_shown } = await tx
    .updateTable("topics")
    .set({ shown_at: sql`coalesce(shown_at, ${now})`, last_at: now, last_shown: sql`last_shown + 1`, ...(opening ? {} : { replies: sql`replies + 1` }) })
    .where("id", "=", topicId)
    .returning("last_shown")
    .executeTakeFirstOrThrow();
  await tx.updateTable("posts").set({ shown_at: sql`coalesce(shown_at, ${now})`, shown_number: last_shown }).where("id", "=", id).execute();
  if (opening) await watchForSilence(act, topicId, now);
}

/** Others read it no more. A topic is theirs as long as anything in it is; where its last answer is gone it stands in silence again. */
async function noLongerShown(act: Act, { topicId, opening }: Shown): Promise<void> {
  const { tx, now } = act;
  // Two that go at one moment wait for each other, so that the later sees what the sooner left.
  await tx.selectFrom("topics").select("id").where("id", "=", topicId).forUpdate().execute();
  const topic = tx.updateTable("topics").where("id", "=", topicId);
  if (!opening) await topic.set({ replies: sql`replies - 1` }).execute();
  await topic.set({ shown_at: null }).where("replies", "=", 0).where(({ not, exists, selectFrom }) => not(exists(selectFrom("posts").select("id").where("topic_id", "=", topicId).where("state", "=", "shown")))).execute();
  if (opening) return;
  const silent = await tx.selectFrom("topics").select("id").where("id", "=", topicId).where("replies", "=", 0).where("shown_at", "is not", null).executeTakeFirst();
  if (silent) await watchForSilence(act, topicId, now);
}

type Noted = { readonly id: PostId; readonly note: string | null };

/** What its topic says that it speaks of, so that a moderator who leaves that to others is spared it. */
const noted = (note: string | null): string[] => (note === null ? [] : [`note_${note}`]);

const askToRead = (house: Pick<House, "keys">, act: Act, { id, note }: Noted, heldFor: readonly HeldReason[], { member, unnamed }: { readonly member: MemberId; readonly unnamed: boolean }) =>
  openCase(act, { subjectKind: "post", subjectId: id, reason: "held", priority: 3, why: [...heldFor, ...noted(note)], ...(unnamed ? { authorMark: authorMark(house.keys, member).toString("hex") } : { authorId: member }) });

/**
 * What the words may speak of orders who reads it, and how soon; where a life may be in danger the people on call are asked. It hides nothing, and is kept on
 * nobody: her own page reads the words anew, and tells her the same.
 */
async function lookedAt(house: Pick<House, "keys">, act: Act, { id, opening, note, words }: Noted & { readonly opening: boolean; readonly words: string }, { member, unnamed }: { readonly member: MemberId; readonly unnamed: boolean }): Promise<void> {
  const { priority, signals } = readingOf(words);
  if (priority === "P3") return;
  const author = unnamed ? { authorMark: authorMark(house.keys, member).toString("hex") } : { authorId: member };
  await openCase(act, { subjectKind: "post", subjectId: id, reason: "signal", priority: urgencyOf[priority], why: [...new Set(signals.map(({ kind }) => kind)), ...noted(note)], ...author });
  const [now] = signals.filter(({ level }) => level === "now");
  if (now && now.kind !== "frighteningThoughts") await act.addJob(...pageNeeded({ subjectKind: opening ? "post" : "reply", subjectId: id, reason: now.kind, path: "/safety" }));
}

const urgencyOf = { P0: 0, P1: 1, P2: 2 } as const;

type Locked = Shown & { readonly state: PostState; readonly words: string; readonly spaceId: SpaceId; readonly writtenAt: Instant; readonly editedAt: Instant | undefined; readonly decidedAt: Instant | undefined; /** How many stand with it. */ readonly pictures: number };
/** A post of hers, by her name or without it. */
export type OwnPost = Locked & { readonly author: MemberId | undefined };

/** A post that this act changes; whoever changes it at the same moment waits. */
async function locked({ tx }: Act, id: PostId): Promise<(Locked & { readonly author: MemberId | undefined; readonly mark: Buffer | undefined }) | undefined> {
  const row = await tx.selectFrom("posts").select(["id", "topic_id", "space_id", "opening", "state", "words", "written_at", "edited_at", "decided_at", "author_id", "author_mark", "pictures"]).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && { id: row.id as PostId, topicId: row.topic_id as TopicId, spaceId: row.space_id as SpaceId, opening: row.opening, state: row.state as PostState, words: row.words, writtenAt: row.written_at, editedAt: row.edited_at ?? undefined, decidedAt: row.decided_at ?? undefined, pictures: row.pictures, author: (row.author_id ?? undefined) as MemberId | undefined, mark: row.author_mark ?? undefined };
}

/** The same, where it is hers who asks, by name or by mark. */
export async function herOwn(house: Pick<House, "keys">, act: Act, { member }: MemberScope, id: PostId): Promise<OwnPost | undefined> {
  const post = await locked(act, id);
  return post && (post.author === member.memberId || post.mark?.equals(markIn(house.keys, post.topicId, member.memberId))) ? post : undefined;
}

const keepVersion = ({ tx, now }: Act, { id, words }: Pick<Locked, "id" | "words">) => tx.insertInto("post_versions").values({ post_id: id, words, until_at: now }).execute();

/** Other words in place of what she wrote; what they were is kept for thirty days. Where posts are read first, it waits again. Undefined: not hers. */
export const changePost = (house: House, scope: MemberScope, id: PostId, words: string): Promise<{ readonly topicId: TopicId; readonly state: PostState } | { readonly refused: "tooLate" } | undefined> =>
  inTransaction(house, async (act) => {
    const post = await herOwn(house, act, scope, id);
    const space = post && (await spaceFor(act.tx, scope, act.now, post.spaceId));
    if (!post || !space) return undefined;
    if (post.words === words) return { topicId: post.topicId, state: post.state };
    if (!mayChange(post, act.now)) return { refused: "tooLate" };
    await keepVersion(act, post);
    await act.tx.updateTable("posts").set({ words }).where("id", "=", id).execute();
    return { topicId: post.topicId, state: await readAnew(house, act, scope, space, { ...post, words }) };
  });

/** After she changed something of it: whether it waits now and why, and who looks at it. `since`: what stands with it was not there before. */
export async function readAnew(house: House, act: Act, { member }: MemberScope, space: Space, post: OwnPost, since?: "picture"): Promise<PostState> {
  const { id, opening, words } = post;
  const { title, note } = await act.tx.selectFrom("topics").select(["title", "note"]).where("id", "=", post.topicId).executeTakeFirstOrThrow();
  const pictures = await act.tx.selectFrom("post_pictures").select("shows").where("post_id", "=", id).where("gone_at", "is", null).orderBy("seq").execute();
  const judged = wholeText({ opening, words, pictures }, title);
  const waitsForPictures = pictures.length > 0 && (since === "picture" || post.state !== "shown");
  const reasons = [...(await reasonsToHold(house, act, member.memberId, space, judged)), ...(waitsForPictures ? ["picture" as const] : [])];
  const heldFor: HeldReason[] = reasons.length > 0 || post.state === "shown" ? reasons : ["moderator"];
  const state = heldFor.length > 0 ? "held" : "shown";
  await act.tx.updateTable("posts").set({ state, held_for: heldFor, edited_at: act.now }).where("id", "=", id).execute();
  const author = { member: member.memberId, unnamed: post.author === undefined };
  if (state === "held") await askToRead(house, act, { id, note }, heldFor, author);
  await lookedAt(house, act, { id, opening, note, words: judged }, author);
  if (post.state === "shown" && state === "held") await noLongerShown(act, post);
  act.tell(topicOf(post.topicId));
  return state;
}

/** She takes it back; said twice, it is taken back once. Undefined: not hers, or taken out. */
export const withdrawPost = (house: House, scope: MemberScope, id: PostId): Promise<{ readonly topicId: TopicId } | undefined> =>
  inTransaction(house, async (act) => {
    const post = await herOwn(house, act, scope, id);
    if (post?.state === "withdrawn") return { topicId: post.topicId };
    if (!post || !mayWithdraw(post)) return undefined;
    await keepVersion(act, post);
    await act.tx.updateTable("posts").set({ words: "", state: "withdrawn", pictures: 0 }).where("id", "=", id).execute();
    await act.tx.updateTable("post_pictures").set({ gone_at: act.now }).where("post_id", "=", id).where("gone_at", "is", null).execute();
    if (post.state === "shown") await noLongerShown(act, post);
    act.tell(topicOf(post.topicId));
    return { topicId: post.topicId };
  });

/** "Me too", "thank you", "sitting with you": said, or unsaid. To what others wrote, in a space that is open to her. */
export const warm = (house: House, scope: MemberScope, id: PostId, kind: WarmKind, does: boolean): Promise<TopicId | undefined> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    const { member } = scope;
    const post = await tx.selectFrom("posts").select(["topic_id", "space_id", "author_id", "author_mark"]).where("id", "=", id).where("state", "=", "shown").executeTakeFirst();
    const space = post && (await spaceFor(tx, scope, now, post.space_id as SpaceId));
    if (!post || !space || !isOpenTo(space)) return undefined;
    const topicId = post.topic_id as TopicId;
    if (post.author_id === member.memberId || post.author_mark?.equals(markIn(house.keys, topicId, member.memberId))) return topicId;
    if (does) await tx.insertInto("warm_acts").values({ post_id: id, member_id: member.memberId, kind, at: now }).onConflict((already) => already.doNothing()).execute();
    else await tx.deleteFrom("warm_acts").where("post_id", "=", id).where("member_id", "=", member.memberId).where("kind", "=", kind).execute();
    tell(topicOf(topicId));
    return topicId;
  });

const after: Readonly<Record<Decision, PostState>> = { approve: "shown", put_back: "shown", ask_to_change: "asked", remove: "removed", hold: "held" };

/** Carries out what the safety desk decided at `at`. Safe to run twice; what came later stands. What its author took back stays taken back, and what she wrote since is shown by no decision on what was there before. */
export const carryOut = (house: Pick<House, "db" | "bus" | "now">, id: PostId, decision: Decision, at: Instant): Promise<void> =>
  inTransaction(house, async (act) => {
    const post = await locked(act, id);
    if (!post || post.state === "withdrawn" || post.state === "erased" || (post.decidedAt && !isBefore(post.decidedAt, at))) return;
    const state = after[decision];
    if (state === "shown" && post.editedAt && isBefore(at, post.editedAt)) return;
    await act.tx.updateTable("posts").set({ state, decided_at: at, ...(decision === "hold" ? { held_for: ["moderator"] } : {}) }).where("id", "=", id).execute();
    if (state === "shown" && post.state !== "shown") await nowShown(act, post);
    if (state !== "shown" && post.state === "shown") await noLongerShown(act, post);
    await answerReports(act, id, decision);
    act.tell(topicOf(post.topicId));
  });

/** Whoever reported it hears what came of it. */
async function answerReports({ tx, now }: Act, id: PostId, decision: Decision): Promise<void> {
  const open = await tx.selectFrom("post_reports").select(["id", "reason"]).where("post_id", "=", id).where("outcome", "is", null).execute();
  for (const report of open) {
    const outcome = outcomeOf(decision, report.reason as ReportReason);
    if (outcome) await tx.updateTable("post_reports").set({ outcome, outcome_at: now }).where("id", "=", report.id).execute();
  }
}

/** What was changed or taken back, words and pictures, goes once its days are over. */
export async function forgetVersions({ db, now }: Pick<House, "db" | "now">): Promise<void> {
  const over = now().subtract({ hours: versionDays * 24 });
  await db.deleteFrom("post_versions").where("until_at", "<", over).execute();
  await db.deleteFrom("post_pictures").where("gone_at", "<", over).execute();
}
