import type { Reader } from "../db/database.ts";
import type { MemberId } from "../http/scope.ts";

export type AuditEntry = {
  readonly memberId: MemberId | undefined;
  /** A verb of ours: "opened", "took", "revealed_contact". */
  readonly act: string;
  readonly subjectKind: "conversation" | "member" | "invitation" | "phrase" | "network" | "call_back" | "concern" | "session" | "block" | "listing" | "import" | "group" | "page" | "on_call" | "space" | "post" | "case" | "breach";
  readonly subjectId: string | undefined;
  readonly reason?: string;
};

/** Writes who did or opened what. Never with anybody's words in it. */
export async function audit(db: Reader, entry: AuditEntry): Promise<void> {
  await db
    .insertInto("audit_entries")
    .values({ member_id: entry.memberId ?? null, act: entry.act, subject_kind: entry.subjectKind, subject_id: entry.subjectId ?? null, reason: entry.reason ?? null })
    .execute();
}
