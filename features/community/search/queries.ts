import { sql } from "kysely";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { ReaderScope } from "../gates.ts";
import { notHiddenFrom, notMutedBy } from "../hiding/queries.ts";
import type { ContentNote, PostId, SpaceId, TopicId } from "../types.ts";
import type { Found } from "./types.ts";

export const foundOnPage = 20;

type Row = { id: string; topic_id: string; seq: number; title: string; note: string | null; by: string | null; own: boolean; words: string; written_at: Instant };

/** Every wanted word (letters and digits alone, `wantedOf`), or one that it begins. */
const asQuery = (wanted: readonly string[]) => sql`to_tsquery('simple', ${wanted.map((word) => `${word}:*`).join(" & ")})`;

/**
 * What others read in this space in which all of these words stand, the last written first; of a topic's first post its title, too.
 * One more than a page has, where there is another page.
 */
export async function foundIn(db: Reader, scope: ReaderScope, spaceId: SpaceId, wanted: readonly string[], before?: number): Promise<Found[]> {
  const me = scope.member.memberId;
  const { rows } = await sql<Row>`
    select p.id, p.topic_id, p.seq, t.title, t.note, coalesce(p.alias, h.handle) as by, p.author_id is not distinct from ${me} as own, p.words, p.written_at
    from posts p join topics t on t.id = p.topic_id
    left join handles h on h.member_id = p.author_id
    where p.space_id = ${spaceId} and p.state = 'shown' and t.shown_at is not null and (${before ?? null}::bigint is null or p.seq < ${before ?? null})
      and (case when p.opening then t.search || p.search else p.search end) @@ ${asQuery(wanted)} and ${notHiddenFrom(me)} and ${notMutedBy(me)}
    order by p.seq desc
    limit ${foundOnPage + 1}`.execute(within(db, scope));
  return rows.map((row) => ({ id: row.id as PostId, topicId: row.topic_id as TopicId, seq: Number(row.seq), title: row.title, note: (row.note ?? undefined) as ContentNote | undefined, by: row.by ?? undefined, own: row.own, words: row.words, writtenAt: row.written_at }));
}
