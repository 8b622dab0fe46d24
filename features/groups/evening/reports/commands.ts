import { randomUUID } from "node:crypto";
import { audit } from "../../../../platform/audit/audit.ts";
import { seal } from "../../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import type { SessionId } from "../../types.ts";
import type { EveningHouse } from "../commands.ts";
import { readerOf, reportSealedFor, reportsFor } from "./queries.ts";
import { mayAnswerReport } from "./rules.ts";
import type { Report, ReportKind } from "./types.ts";

/** What this person may read. That she opened the words of another is written down. */
export const openReports = (house: EveningHouse, scope: StaffScope): Promise<Report[]> =>
  inTransaction(house, async ({ tx }) => {
    const reports = await reportsFor(tx, house.keys, scope);
    for (const { id, kind, by } of reports) if (by !== scope.member.memberId) await audit(tx, { memberId: scope.member.memberId, act: `opened_${kind}`, subjectKind: "group", subjectId: id });
    return reports;
  });

/** A second person has read it, or talks with who wrote it; never the one who did. False where that is so. */
export const answerReport = (house: EveningHouse, scope: StaffScope, report: string): Promise<boolean> =>
  inTransaction(house, async ({ tx, now }) => {
    const { memberId } = scope.member;
    const row = await tx.selectFrom("evening_reports").select(["kind", "member_id", "wants_talk", "read_at"]).where("id", "=", report).forUpdate().executeTakeFirst();
    const written = row && { kind: row.kind as ReportKind, by: (row.member_id ?? undefined) as Report["by"], wantsTalk: row.wants_talk, readAt: row.read_at ?? undefined };
    if (!written || !mayAnswerReport(written, readerOf(scope))) return false;
    await tx.updateTable("evening_reports").set({ read_by: memberId, read_at: now }).where("id", "=", report).execute();
    await audit(tx, { memberId, act: written.kind === "incident" ? "read_incident" : "answered_debrief", subjectKind: "group", subjectId: report });
    return true;
  });

/** What was hard, or what happened. Coordinators are told of what a second person reads. */
export const writeReport = (house: EveningHouse, { member }: StaffScope, id: SessionId, { kind, words, wantsTalk = false }: { readonly kind: ReportKind; readonly words: string; readonly wantsTalk?: boolean }): Promise<void> =>
  inTransaction(house, async ({ tx, now, addJob }) => {
    const report = randomUUID();
    const { key, wrapped } = house.keys.makeDataKey(reportSealedFor(report));
    await tx.insertInto("evening_reports").values({ id: report, session_id: id, member_id: member.memberId, kind, wants_talk: wantsTalk, body_sealed: seal(key, words, reportSealedFor(report)), wrapped_key: wrapped, written_at: now }).execute();
    await audit(tx, { memberId: member.memberId, act: `wrote_${kind}`, subjectKind: "group", subjectId: id });
    if (kind === "incident" || wantsTalk) await addJob("tell-of-incident", {}, { key: `tell-of-incident ${report}` });
  });
