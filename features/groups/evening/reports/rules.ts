import type { Report } from "./types.ts";

type Written = Pick<Report, "kind" | "by" | "wantsTalk" | "readAt">;
/** `second`: she is one of those who read what facilitators write for a second reader. */
type Reader = { readonly id: string; readonly second: boolean };

/** Does it wait for a second reader? An incident does; a debrief where its writer wants to talk. */
export const isWaiting = ({ kind, wantsTalk, readAt }: Written): boolean => readAt === undefined && (kind === "incident" || wantsTalk);

/** May she read it? A debrief is its writer's own, for as long as it is kept; what waits for a second reader is for those who are one. */
export const mayReadReport = (report: Written, { id, second }: Reader): boolean => (report.kind === "debrief" && report.by === id) || (second && isWaiting(report));

/** May she say that she has read it? Never who wrote it. */
export const mayAnswerReport = (report: Written, reader: Reader): boolean => reader.second && isWaiting(report) && report.by !== reader.id;
