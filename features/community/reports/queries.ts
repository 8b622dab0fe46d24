import type { Reader } from "../../../platform/db/database.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import type { TopicId } from "../types.ts";
import type { Outcome, OwnReport, ReportReason } from "./types.ts";

/** What she reported, and what came of it, the last first. Asked by the house: a post that was taken out is open to her no more, and what came of her report is. */
export async function reportsOf(db: Reader, scope: MemberScope): Promise<OwnReport[]> {
  const rows = await db
    .selectFrom("post_reports as r")
    .innerJoin("posts as p", "p.id", "r.post_id")
    .innerJoin("topics as t", "t.id", "p.topic_id")
    .select(["r.id", "p.topic_id", "t.title", "r.reason", "r.reported_at", "r.outcome"])
    .where("r.reporter_id", "=", scope.member.memberId)
    .orderBy("r.reported_at", "desc")
    .limit(50)
    .execute();
  return rows.map((row) => ({ id: row.id, topicId: row.topic_id as TopicId, title: row.title, reason: row.reason as ReportReason, at: row.reported_at, outcome: (row.outcome ?? undefined) as Outcome | undefined }));
}
