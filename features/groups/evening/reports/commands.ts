import { randomUUID } from "node:crypto";
import { audit } from "../../../../platform/audit/audit.ts";
import { seal } from "../../../../platform/crypto/seal.ts";
import { inTransaction, type Act } from "../../../../platform/db/transaction.ts";
import type { EveningScope, SeatScope, StaffScope } from "../../../../platform/http/scope.ts";
import { openCaseInRoom, pageNeeded, settleCase } from "../../../safety/events.ts";
import type { SessionId } from "../../types.ts";
import type { EveningHouse } from "../commands.ts";
import { readerOf, reportSealedFor, reportsFor } from "./queries.ts";
import { mayAnswerReport } from "./rules.ts";
import type { Report, ReportKind } from "./types.ts";

/** What this person may read. That she opened the words of another is written down. */
export async function openReports(house: EveningHouse, scope: EveningScope): Promise<Report[]> {
  const { memberId } = scope.member;
  const reports = await reportsFor(house.db, house.keys, scope);
  await inTransaction(house, async ({ tx }) => {
    for (const { id, kind, by } of reports) if (by !== memberId) await audit(tx, { memberId, act: `opened_${kind}`, subjectKind: "group", subjectId: id });
  });
  return reports;
}

/** A second person has read it, or talks with who wrote it; never the one who did. False where that is so. */
export const answerReport = (house: EveningHouse, scope: StaffScope, report: string): Promise<boolean> =>
  inTransaction(house, async ({ tx, now, addJob }) => {
    const { memberId } = scope.member;
    const row = await tx.selectFrom("evening_reports").select(["kind", "member_id", "wants_talk", "read_at"]).where("id", "=", report).forUpdate().executeTakeFirst();
    const written = row && { kind: row.kind as ReportKind, by: (row.member_id ?? undefined) as Report["by"], wantsTalk: row.wants_talk, readAt: row.read_at ?? undefined };
    if (!written || !mayAnswerReport(written, readerOf(scope))) return false;
    await tx.updateTable("evening_reports").set({ read_by: memberId, read_at: now }).where("id", "=", report).execute();
    await audit(tx, { memberId, act: written.kind === "incident" ? "read_incident" : "answered_debrief", subjectKind: "group", subjectId: report });
    if (written.kind === "incident") await settleCase({ addJob, now }, { subjectKind: "group", subjectId: report, how: "read", by: memberId });
    return true;
  });

type Words = { readonly words: string; /** Somebody may be in danger now. */ readonly danger?: boolean };

/** What was hard, or what happened. Coordinators are told of what a second person reads; what happened is on the safety desk, too. */
export const writeReport = (house: EveningHouse, { member }: StaffScope, id: SessionId, { kind, wantsTalk = false, ...said }: Words & { readonly kind: ReportKind; readonly wantsTalk?: boolean }): Promise<void> =>
  inTransaction(house, async (act) => {
    const report = randomUUID();
    await keepReport(house, act, id, report, { member_id: member.memberId, kind, wants_talk: wantsTalk }, said);
    await audit(act.tx, { memberId: member.memberId, act: `wrote_${kind}`, subjectKind: "group", subjectId: id });
    if (kind === "incident") await bringToSafetyDesk(act, report, "who_leads", said);
    if (kind === "incident" || wantsTalk) await act.addJob("tell-of-incident", {}, { key: `tell-of-incident ${report}` });
  });

/** What worried somebody who had a seat. Her browser made the key: the same again is the same note. Who leads does not read it, a coordinator does. */
export const tellWorry = (house: EveningHouse, { seatId, sessionId }: SeatScope, { key, ...said }: Words & { readonly key: string }): Promise<void> =>
  inTransaction(house, async (act) => {
    if (!(await keepReport(house, act, sessionId as SessionId, key, { seat_id: seatId, by_seat: true, kind: "incident" }, said))) return;
    await bringToSafetyDesk(act, key, "who_came", said);
    await act.addJob("tell-of-incident", {}, { key: `tell-of-incident ${key}` });
  });

type Author = { readonly member_id?: string; readonly seat_id?: string; readonly by_seat?: boolean; readonly kind: ReportKind; readonly wants_talk?: boolean };

/** Sealed under a key of its own. False: it is there already. */
async function keepReport(house: EveningHouse, { tx, now }: Act, id: SessionId, report: string, author: Author, { words, danger = false }: Words): Promise<boolean> {
  const { key, wrapped } = house.keys.makeDataKey(reportSealedFor(report));
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("evening_reports")
    .values({ id: report, session_id: id, ...author, danger, body_sealed: seal(key, words, reportSealedFor(report)), wrapped_key: wrapped, written_at: now })
    .onConflict((twin) => twin.column("id").doNothing())
    .executeTakeFirst();
  return Boolean(numInsertedOrUpdatedRows);
}

/** A case for the note, never with its words; where somebody may be in danger now the people on call are asked, too. */
async function bringToSafetyDesk(act: Act, report: string, from: "who_leads" | "who_came", { danger = false }: Words): Promise<void> {
  await openCaseInRoom(act, { subjectKind: "group", subjectId: report, reason: "report", priority: danger ? 0 : 1, why: danger ? ["danger", from] : [from] });
  if (danger) await act.addJob(...pageNeeded({ subjectKind: "room", subjectId: report, reason: "worried", path: "/evenings/reports" }));
}
