import { sql } from "kysely";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import type { TopicId } from "../types.ts";

/** Of topics `t`: somebody else wrote in it. What its author adds herself is no answer. */
export const answered = sql<boolean>`exists (
  select from posts o join posts p on p.topic_id = o.topic_id and p.state = 'shown' and not p.opening and (p.author_id is distinct from o.author_id or p.author_mark is distinct from o.author_mark)
  where o.topic_id = t.id and o.opening)`;

/** Topics without an answer that she was asked for, the longest in silence first. */
export async function waitingForHer(db: Reader, scope: MemberScope): Promise<{ readonly id: TopicId; readonly title: string }[]> {
  const rows = await within(db, scope)
    .selectFrom("answer_asks as a")
    .innerJoin("topics as t", "t.id", "a.topic_id")
    .select(["t.id", "t.title"])
    .where("a.member_id", "=", scope.member.memberId)
    .where(({ not }) => not(answered))
    .where("t.shown_at", "is not", null)
    .orderBy("t.shown_at")
    .limit(5)
    .execute();
  return rows.map(({ id, title }) => ({ id: id as TopicId, title }));
}
