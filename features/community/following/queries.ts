import { sql } from "kysely";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { Keys } from "../../../platform/crypto/seal.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { notMutedBy } from "../hiding/queries.ts";
import { shownSince } from "../topics/queries.ts";
import type { TopicId } from "../types.ts";
import type { News } from "./types.ts";

const mostNews = 20;

/** Does she follow it, and up to which number has she read it? */
export async function followedTo(db: Reader, scope: MemberScope, id: TopicId): Promise<number | undefined> {
  return (await within(db, scope).selectFrom("follows").select("read_number").where("member_id", "=", scope.member.memberId).where("topic_id", "=", id).executeTakeFirst())?.read_number;
}

/** What is new for her in what she follows, as she may read it: what moved last first. */
export async function newsFor(db: Reader, keys: Keys, scope: MemberScope): Promise<News[]> {
  const me = scope.member.memberId;
  const { rows } = await sql<{ id: string; title: string; read_number: number; last_at: Instant }>`
    select t.id, t.title, t.last_at, f.read_number from follows f join topics t on t.id = f.topic_id
    where f.member_id = ${me} and t.shown_at is not null and t.last_shown > f.read_number and ${notMutedBy(me)}
    order by t.last_at desc limit ${mostNews}`.execute(within(db, scope));
  const counted = await Promise.all(rows.map(async ({ id, title, read_number, last_at }) => ({ id: id as TopicId, title, lastAt: last_at, count: await shownSince(db, keys, scope, id as TopicId, read_number) })));
  return counted.filter(({ count }) => count > 0);
}
