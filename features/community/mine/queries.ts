import { within, type Reader } from "../../../platform/db/database.ts";
import type { Keys } from "../../../platform/crypto/seal.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { ReaderScope } from "../gates.ts";
import { picturesWith } from "../pictures/queries.ts";
import { unnamedOf } from "../posts/queries.ts";
import { contentNotes, type ContentNote, type HeldReason, type Picture, type PostId, type PostState, type TopicId } from "../types.ts";

/** Content notes that she reads unfolded. Who keeps the community reads all. */
export async function unfoldsOf(db: Reader, scope: ReaderScope): Promise<ReadonlySet<ContentNote>> {
  if (scope.as === "moderator") return new Set(contentNotes);
  const row = await within(db, scope).selectFrom("handles").select("unfolds").where("member_id", "=", scope.member.memberId).executeTakeFirst();
  return new Set((row?.unfolds ?? []) as ContentNote[]);
}

export type Mine = { readonly id: PostId; readonly topicId: TopicId; readonly title: string; readonly words: string; readonly pictures: readonly Picture[]; readonly state: PostState; readonly heldFor: readonly HeldReason[]; readonly unnamed: boolean; readonly writtenAt: Instant };

/** Everything that she wrote and did not erase, by her name or without it, the newest first. */
export async function allOf(db: Reader, keys: Keys, { member }: MemberScope): Promise<Mine[]> {
  const unnamed = await unnamedOf(db, keys, member.memberId);
  const rows = await db
    .selectFrom("posts as p")
    .innerJoin("topics as t", "t.id", "p.topic_id")
    .select(["p.id", "p.topic_id", "t.title", "p.words", "p.pictures", "p.state", "p.held_for", "p.alias", "p.written_at"])
    .where(({ or, eb }) => or([eb("p.author_id", "=", member.memberId), ...(unnamed.length > 0 ? [eb("p.id", "in", unnamed)] : [])]))
    .where("p.state", "<>", "erased")
    .orderBy("p.written_at", "desc")
    .execute();
  const pictures = await picturesWith(db, rows);
  return rows.map((row) => ({ id: row.id as PostId, topicId: row.topic_id as TopicId, title: row.title, words: row.words, pictures: pictures.get(row.id) ?? [], state: row.state as PostState, heldFor: row.held_for as HeldReason[], unnamed: row.alias !== null, writtenAt: row.written_at }));
}
