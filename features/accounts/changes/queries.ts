import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { unseen } from "../queries.ts";
import type { Change, Notice } from "./types.ts";

/** What she is to be told in this session, the oldest first. */
export async function noticesFor(db: Reader, { member }: StaffScope): Promise<Notice[]> {
  const { rows } = await sql<{ change: Change; at: Instant }>`
    select n.change, n.at from change_notices n join member_sessions s on s.id = ${member.sessionId} and s.member_id = n.member_id
    where n.member_id = ${member.memberId} and ${unseen} order by n.at, n.id
  `.execute(db);
  return rows;
}
