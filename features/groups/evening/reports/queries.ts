import { unseal, type Keys } from "../../../../platform/crypto/seal.ts";
import { within, type Reader } from "../../../../platform/db/database.ts";
import type { EveningScope, MemberId, ModeratorScope, StaffScope } from "../../../../platform/http/scope.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { InItsRoom } from "../../../safety/types.ts";
import { may } from "../../policy.ts";
import { meetingsOf } from "../../queries.ts";
import type { SessionId } from "../../types.ts";
import { say } from "../words.ts";
import { mayReadReport } from "./rules.ts";
import type { Report } from "./types.ts";

/** Whose key a report is sealed with. */
export const reportSealedFor = (report: string): string => `evening report/${report}`;

/** Who reads, as the rules ask. */
export const readerOf = ({ member }: Pick<StaffScope, "member">) => ({ id: member.memberId, second: may("readIncidents", member.roles, false) });

/** What this person may read of what was written after evenings, the oldest first. */
export async function reportsFor(db: Reader, keys: Keys, scope: EveningScope): Promise<Report[]> {
  const rows = await within(db, scope)
    .selectFrom("evening_reports as r")
    .leftJoin("members as m", "m.id", "r.member_id")
    .leftJoin("seats as s", "s.id", "r.seat_id")
    .select(["s.alias", "r.danger", "r.by_seat", "r.id", "r.kind", "r.member_id", "m.name", "r.written_at", "r.session_id", "r.wants_talk", "r.read_at", "r.body_sealed", "r.wrapped_key"])
    .where((eb) => eb.or([eb("r.member_id", "=", scope.member.memberId), eb.and([eb("r.read_at", "is", null), eb.or([eb("r.kind", "=", "incident"), eb("r.wants_talk", "=", true)])])]))
    .orderBy("r.written_at")
    .execute();
  return rows
    .map((row) => ({ row, id: row.id, kind: row.kind as Report["kind"], by: (row.member_id ?? undefined) as MemberId | undefined, name: row.name ?? row.alias ?? "", bySeat: row.by_seat, danger: row.danger, writtenAt: row.written_at, session: row.session_id as SessionId, wantsTalk: row.wants_talk, readAt: row.read_at ?? undefined }))
    .filter((report) => mayReadReport(report, readerOf(scope)))
    .map(({ row, ...report }) => ({ ...report, words: unseal(keys.openDataKey(row.wrapped_key, reportSealedFor(row.id)), row.body_sealed, reportSealedFor(row.id)) }));
}

/** How these notes stand, for the safety desk: of which meeting, and whether a second person has read them. Their words stay here. */
export async function notesForDesk(db: Reader, { member }: ModeratorScope, language: Language, ids: readonly string[]): Promise<ReadonlyMap<string, InItsRoom>> {
  const t = say(language);
  const rows = await db.selectFrom("evening_reports").select(["id", "session_id", "read_at"]).where("id", "in", [...ids]).execute();
  const meetings = await meetingsOf(db, { ids: [...new Set(rows.map(({ session_id }) => session_id as SessionId))] });
  return new Map(
    rows.map(({ id, session_id, read_at }) => {
      const meeting = meetings.find(({ session }) => session.id === session_id);
      const where = meeting ? t("reportOfGroup", { group: meeting.series.kind.name[language], when: dayAndTime(meeting.session.starts, member.zone, language) }) : t("reportsTitle");
      return [id, { path: "/evenings/reports", where, state: t(read_at ? "deskRead" : "deskUnread") }];
    }),
  );
}
