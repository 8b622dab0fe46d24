import type { Instant } from "../../../platform/time/time.ts";
import type { TopicId } from "../types.ts";

/** Why a post is shown to a moderator. `worried` is about who wrote it, and never reaches her as a report. */
export const reportReasons = ["worried", "hurts", "method", "names", "sells", "untrue", "other"] as const;
export type ReportReason = (typeof reportReasons)[number];
export type Outcome = "removed" | "changed" | "left" | "looked_after";

/** A report as who made it sees it. */
export type OwnReport = { readonly id: string; readonly topicId: TopicId; readonly title: string; readonly reason: ReportReason; readonly at: Instant; readonly outcome: Outcome | undefined };
