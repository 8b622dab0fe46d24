import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import { within, type Database, type Reader } from "../../../platform/db/database.ts";
import type { MemberId, ModeratorScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { authorMark } from "../../safety/events.ts";
import { askedFor, readingOf } from "../../safety/queries.ts";
import { picturesWith } from "../pictures/queries.ts";
import type { DeskSubject } from "../../safety/types.ts";
import type { ContentNote, PostId, PostState, TopicId } from "../types.ts";
import type { TopicShown } from "../topics/types.ts";
import { wholeText } from "../rules.ts";
import type { HeardOf } from "./types.ts";
import { say } from "../words.ts";

/** Bindings of what is sealed: who wrote a post without her name, and her own list of those. */
export const authorBound = (post: PostId): string => `post ${post} author`;
export const unnamedBound = (member: MemberId): string => `unnamed ${member}`;

type Authored = { readonly id: string; readonly author_id: string | null; readonly author_sealed: Buffer | null; readonly wrapped_key: Buffer | null };

/** Who wrote it, for the program alone: whom to ask for nothing, whose own it is. Undefined where she left. */
export function authorOf(keys: Keys, { id, author_id, author_sealed, wrapped_key }: Authored): MemberId | undefined {
  if (author_id) return author_id as MemberId;
  const bound = authorBound(id as PostId);
  return author_sealed && wrapped_key ? (unseal(keys.openDataKey(wrapped_key, bound), author_sealed, bound) as MemberId) : undefined;
}

/** The same as the safety desk knows her: by her id, or by a mark where she wrote without her name. */
export function authorForDesk(keys: Keys, post: Authored): { readonly authorId: string } | { readonly authorMark: string } | Record<never, never> {
  const author = authorOf(keys, post);
  if (!author) return {};
  return post.author_id ? { authorId: author } : { authorMark: authorMark(keys, author).toString("hex") };
}

/** What was found in her own posts, read anew from their words, and how it stands with the people who were asked. */
export async function heardIn(db: Reader, language: Language, { topic, posts }: TopicShown): Promise<HeardOf> {
  const found = posts.filter(({ own, state }) => own && state !== "withdrawn").map((post) => ({ post, reading: readingOf(wholeText(post, topic.title)) }));
  const heard = found.flatMap(({ post, reading: { priority, signals } }) => (priority === "P3" ? [] : [{ post, priority, words: [...new Set(signals.flatMap(({ words }) => words))].slice(0, mostQuoted) }]));
  const asked = await Promise.all(heard.map(({ post, priority }) => (priority === "P0" ? askedFor(db, language, post.opening ? "post" : "reply", post.id) : undefined)));
  return new Map(heard.map(({ post, ...one }, at) => [post.id, { ...one, asked: asked[at] }]));
}

/** So many of her words are said back to her; more would be a list of what hurts. */
const mostQuoted = 3;

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

/** The handle of who wrote a post without her name. Asked for while a look at it is open, by two people or by one who is reviewed; she sees that it was. */
export async function nameBehindPost(db: Database, keys: Keys, id: string): Promise<string | undefined> {
  const post = await db.selectFrom("posts").select(["id", "author_id", "author_sealed", "wrapped_key"]).where("id", "=", id).executeTakeFirst();
  const author = post && authorOf(keys, post);
  return author && (await db.selectFrom("handles").select("handle").where("member_id", "=", author).executeTakeFirst())?.handle;
}

/** So much of what stands before a post is shown with it. */
const before = 10;

/** A post as the safety desk shows it, with what stands before it in its topic. */
export async function postForDesk(db: Database, scope: ModeratorScope, id: string): Promise<DeskSubject | undefined> {
  const hers = within(db, scope);
  const earlier = (topic: string, seq: number) =>
    hers
      .selectFrom("posts as p")
      .leftJoin("handles as h", "h.member_id", "p.author_id")
      .select((of) => ["p.words", "p.written_at as at", of.fn.coalesce("p.alias", "h.handle").as("by")])
      .where("p.topic_id", "=", topic)
      .where("p.seq", "<", seq)
      .where("p.state", "in", ["shown", "held"])
      .orderBy("p.seq", "desc")
      .limit(before)
      .execute();
  const post = await hers
    .selectFrom("posts as p")
    .innerJoin("topics as t", "t.id", "p.topic_id")
    .innerJoin("spaces as s", "s.id", "p.space_id")
    .leftJoin("handles as h", "h.member_id", "p.author_id")
    .select((of) => ["p.topic_id", "p.seq", "p.id", "p.words", "p.pictures", "p.state", "p.language", "p.opening", "p.written_at", "t.title", "t.note", "s.name_en", "s.name_es", of.fn.coalesce("p.alias", "h.handle").as("by")])
    .where("p.id", "=", id)
    .where("p.state", "!=", "erased")
    .executeTakeFirst();
  if (!post) return undefined;
  const [en, language] = [post.language === "en", post.language as Language];
  const t = say(language);
  return {
    where: en ? post.name_en : post.name_es,
    title: post.opening ? post.title : undefined,
    words: post.words,
    by: post.by ?? t("someoneLeft"),
    state: t(`short_${post.state as PostState}`),
    at: post.written_at,
    language,
    before: (await earlier(post.topic_id, post.seq)).toReversed().map(({ words, at, by }) => ({ words, at, by: by ?? t("someoneLeft") })),
    pictures: (await picturesWith(hers, [post])).get(post.id) ?? [],
    notes: post.note ? [t(`note_${post.note as ContentNote}`)] : [],
  };
}
