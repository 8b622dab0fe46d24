import { randomUUID } from "node:crypto";
import { seal } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import { openCase } from "../../safety/events.ts";
import { markIn } from "../names/rules.ts";
import { authorForDesk } from "../posts/queries.ts";
import type { PostId, TopicId } from "../types.ts";
import { reportsADay, urgencyOf } from "./rules.ts";
import type { Outcome, ReportReason } from "./types.ts";

export type NewReport = { readonly key: string; readonly reason: ReportReason; readonly words: string };

export const reportBound = (id: string): string => `report ${id}`;

/** Shows a post to a moderator. Sent twice, it is one report. Undefined: there is no such post of anybody else's. */
export const report = (house: House, { member }: MemberScope, id: PostId, { key, reason, words }: NewReport): Promise<{ readonly reported: true } | { readonly refused: "reportsMany" } | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const me = member.memberId;
    const post = await tx.selectFrom("posts").select(["id", "topic_id", "author_id", "author_mark", "author_sealed", "wrapped_key"]).where("id", "=", id).where("state", "=", "shown").executeTakeFirst();
    if (!post || post.author_id === me || post.author_mark?.equals(markIn(house.keys, post.topic_id as TopicId, me))) return undefined;
    // One hand that reports many at one moment waits for itself.
    await tx.selectFrom("members").select("id").where("id", "=", me).forUpdate().execute();
    const lately = await tx.selectFrom("post_reports").select(["sent_key", "outcome", "reported_at"]).where("reporter_id", "=", me).orderBy("reported_at", "desc").limit(50).execute();
    if (lately.some(({ sent_key }) => sent_key === key)) return { reported: true };
    const today = lately.filter(({ reported_at }) => Temporal.Instant.compare(reported_at, now.subtract({ hours: 24 })) > 0);
    if (reason !== "worried" && today.length >= reportsADay) return { refused: "reportsMany" };
    const reportId = randomUUID();
    const sealed = words === "" ? undefined : house.keys.makeDataKey(reportBound(reportId));
    await tx
      .insertInto("post_reports")
      .values({ id: reportId, post_id: id, reporter_id: me, reason, sent_key: key, reported_at: now, ...(sealed ? { words_sealed: seal(sealed.key, words, reportBound(reportId)), wrapped_key: sealed.wrapped } : {}) })
      .execute();
    const priority = urgencyOf(reason, lately.map(({ outcome }) => (outcome ?? undefined) as Outcome | undefined));
    await openCase(act, { subjectKind: "post", subjectId: id, reason: "report", priority, why: [reason], reportId, ...authorForDesk(house.keys, post) });
    return { reported: true };
  });
