import { sql, type RawBuilder } from "kysely";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import type { Keys } from "../../../platform/crypto/seal.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { notHiddenFrom, notMutedBy } from "../hiding/queries.ts";
import { markIn } from "../names/rules.ts";
import { picturesWith } from "../pictures/queries.ts";
import { topicOfPost } from "../posts/queries.ts";
import type { ReaderScope } from "../gates.ts";
import type { ContentNote, HeldReason, Picture, Post, PostId, PostState, SpaceId, Topic, TopicId, WarmKind } from "../types.ts";
import type { After, TopicLine, TopicShown } from "./types.ts";

export const topicsOnPage = 20;
/** So much of a first post stands in a list. */
const beginning = 160;

type TopicRow = { id: string; space_id: string; title: string; language: string; note: string | null; made_at: Instant; shown_at: Instant | null; last_at: Instant; replies: number };

const topicOf = (row: TopicRow): Topic => ({
  id: row.id as TopicId,
  spaceId: row.space_id as SpaceId,
  title: row.title,
  language: row.language as Language,
  note: (row.note ?? undefined) as ContentNote | undefined,
  madeAt: row.made_at,
  shownAt: row.shown_at ?? undefined,
  lastAt: row.last_at,
  replies: row.replies,
});

/** Of topics `t` with a note: those that she reads unfolded. Who keeps the community reads all. */
const unfolded = (scope: ReaderScope) => (scope.as === "moderator" ? sql`true` : sql`t.note = any (array(select unnest(unfolds) from handles where member_id = ${scope.member.memberId}))`);

/** A page of a space's topics, the last moved first; one more than a page has, where there is another page. */
export async function topicsIn(db: Reader, scope: ReaderScope, spaceId: SpaceId, after?: After): Promise<TopicLine[]> {
  const { rows } = await sql<{ id: TopicId; title: string; note: ContentNote | null; last_at: Instant; replies: number; by: string | null; begins: string | null }>`
    select t.id, t.title, t.note, t.last_at, t.replies, coalesce(p.alias, h.handle) as by, case when t.note is null or ${unfolded(scope)} then coalesce(left(p.words, ${beginning}), '') end as begins
    from topics t
    left join posts p on p.topic_id = t.id and p.opening and p.state = 'shown'
    left join handles h on h.member_id = p.author_id
    where t.space_id = ${spaceId} and t.shown_at is not null and ${notMutedBy(scope.member.memberId)} and (p.id is null or ${notHiddenFrom(scope.member.memberId)})
      and (${after?.at ?? null}::timestamptz is null or (t.last_at, t.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by t.last_at desc, t.id desc
    limit ${topicsOnPage + 1}`.execute(within(db, scope));
  return rows.map(({ id, title, note, last_at, replies, by, begins }) => ({ id, title, note: note ?? undefined, lastAt: last_at, replies, by: by ?? undefined, begins: begins ?? undefined }));
}

type PostRow = {
  id: string; topic_id: string; seq: number; opening: boolean; by: string | null; own: boolean; unnamed: boolean; words: string; pictures: number; language: string; state: string; held_for: string[];
  written_at: Instant; edited_at: Instant | null; shown_number: number | null; quoted_id: string | null; quoted_by: string | null; quoted_words: string | null; warm: string[]; hers: string[];
};

const postOf = (row: PostRow, pictures: ReadonlyMap<string, readonly Picture[]>): Post => ({
  id: row.id as PostId,
  topicId: row.topic_id as TopicId,
  seq: Number(row.seq),
  opening: row.opening,
  by: row.by ?? undefined,
  own: row.own,
  unnamed: row.unnamed,
  words: row.words,
  pictures: pictures.get(row.id) ?? [],
  language: row.language as Language,
  state: row.state as PostState,
  heldFor: row.held_for as HeldReason[],
  quotes: row.quoted_id === null ? undefined : { id: row.quoted_id as PostId, by: row.quoted_by ?? undefined, words: row.quoted_words ?? "" },
  writtenAt: row.written_at,
  editedAt: row.edited_at ?? undefined,
  shownNumber: row.shown_number ?? 0,
  warm: new Set(row.warm as WarmKind[]),
  hers: new Set(row.hers as WarmKind[]),
});

const postColumns = (memberId: string, mark: Buffer) => sql`
  p.id, p.topic_id, p.seq, p.opening, coalesce(p.alias, h.handle) as by, (p.author_id is not distinct from ${memberId} or p.author_mark is not distinct from ${mark}) as own,
  p.alias is not null as unnamed, p.words, p.pictures, p.language, p.state, p.held_for, p.written_at, p.edited_at, p.shown_number, q.id as quoted_id, coalesce(q.alias, qh.handle) as quoted_by, left(q.words, 300) as quoted_words,
  array(select distinct w.kind from warm_acts w where w.post_id = p.id) as warm, array(select w.kind from warm_acts w where w.post_id = p.id and w.member_id = ${memberId}) as hers`;
const postTables = sql`
  posts p left join handles h on h.member_id = p.author_id
  left join posts q on q.id = p.quotes and q.state = 'shown' left join handles qh on qh.member_id = q.author_id`;

/**
 * A topic with what she who asks may read of it: what is shown, and whatever is hers in its true state.
 * What she wrote without her name is found by her mark, which the wall cannot know; so that part is asked by the house, for that mark alone.
 */
export async function topicFor(db: Reader, keys: Keys, scope: ReaderScope, id: TopicId): Promise<TopicShown | undefined> {
  const { memberId } = scope.member;
  const mark = markIn(keys, id, memberId);
  const hers = within(db, scope);
  const [{ rows: open }, { rows: unnamed }] = await Promise.all([
    sql<PostRow>`select ${postColumns(memberId, mark)} from ${postTables} where p.topic_id = ${id} and p.state <> 'erased' and ${notHiddenFrom(memberId)} order by p.seq`.execute(hers),
    sql<PostRow>`select ${postColumns(memberId, mark)} from ${postTables} where p.topic_id = ${id} and p.author_mark = ${mark} and p.state not in ('shown', 'erased')`.execute(db),
  ]);
  const [shown, sealed] = [await picturesWith(hers, open), await picturesWith(db, unnamed)];
  const posts = [...open.map((one) => postOf(one, shown)), ...unnamed.map((one) => postOf(one, sealed))].toSorted((a, b) => a.seq - b.seq);
  const row = (await sql<TopicRow>`select id, space_id, title, language, note, made_at, shown_at, last_at, replies from topics where id = ${id}`.execute(posts.some(({ own }) => own) ? db : hers)).rows[0];
  return row && { topic: topicOf(row), posts };
}

/** One post of hers in its true state, without the rest of its topic. As there, what has her mark is asked by the house. */
export async function ownPost(db: Reader, keys: Keys, scope: MemberScope, id: PostId): Promise<Post | undefined> {
  const { memberId } = scope.member;
  const topic = await topicOfPost(db, id);
  if (!topic) return undefined;
  const mark = markIn(keys, topic, memberId);
  const one = async (by: Reader, hers: RawBuilder<unknown>) => (await sql<PostRow>`select ${postColumns(memberId, mark)} from ${postTables} where p.id = ${id} and p.state <> 'erased' and ${hers}`.execute(by)).rows[0];
  const row = (await one(within(db, scope), sql`p.author_id = ${memberId}`)) ?? (await one(db, sql`p.author_mark = ${mark}`));
  return row && postOf(row, await picturesWith(db, [row]));
}

/** Is there a topic of this id that others read, she among them? */
export const isOpen = async (db: Reader, scope: ReaderScope, id: TopicId): Promise<boolean> => (await within(db, scope).selectFrom("topics").select("id").where("id", "=", id).where("shown_at", "is not", null).executeTakeFirst()) !== undefined;

/** The number of what was shown last in it, to whomever. */
export const lastShownIn = async (db: Reader, id: TopicId): Promise<number> => (await db.selectFrom("topics").select("last_shown").where("id", "=", id).executeTakeFirst())?.last_shown ?? 0;

/** The same of several, for the house itself. */
export const lastNumbers = (db: Reader, ids: readonly TopicId[]): Promise<{ id: string; last_shown: number }[]> => db.selectFrom("topics").select(["id", "last_shown"]).where("id", "=", sql<string>`any(${ids}::uuid[])`).execute();

/** How many posts of others have come to be read by her since that number. */
export async function shownSince(db: Reader, keys: Keys, scope: ReaderScope, id: TopicId, after: number): Promise<number> {
  const { memberId } = scope.member;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from posts p
    where p.topic_id = ${id} and p.state = 'shown' and p.shown_number > ${after}
      and p.author_id is distinct from ${memberId} and p.author_mark is distinct from ${markIn(keys, id, memberId)} and ${notHiddenFrom(memberId)}`.execute(within(db, scope));
  return rows[0]?.count ?? 0;
}
