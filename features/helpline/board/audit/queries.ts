import { sql, type SqlBool } from "kysely";
import type { Reader } from "../../../../platform/db/database.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import type { AuditRow } from "../types.ts";
import type { AuditFilter } from "./forms.ts";

const aPage = 50;

/** Works nowhere here: what a member of the community does with her own place is nobody's list. */
const inCommunity = (id: string) => sql<SqlBool>`exists (select from member_roles r where r.member_id = ${sql.ref(id)} and r.role = 'member')`;

/** Who of the staff did or opened what, newest first, 50 at a time; `next` is where the older ones go on. Concerns and call-backs of a conversation belong to it. */
export async function auditPage(db: Reader, _scope: StaffScope, { member, conversation, before }: AuditFilter): Promise<{ rows: AuditRow[]; next: number | undefined }> {
  let query = db
    .selectFrom("audit_entries as a")
    .leftJoin("members as m", "m.id", "a.member_id")
    .leftJoin("members as s", (join) => join.onRef(sql`s.id::text`, "=", "a.subject_id").on("a.subject_kind", "=", "member"))
    .leftJoin("concerns as n", (join) => join.onRef(sql`n.id::text`, "=", "a.subject_id").on("a.subject_kind", "=", "concern"))
    .leftJoin("call_backs as b", (join) => join.onRef(sql`b.id::text`, "=", "a.subject_id").on("a.subject_kind", "=", "call_back"))
    .select(sql<string | null>`coalesce(n.conversation_id::text, b.conversation_id::text, case when a.subject_kind = 'conversation' then a.subject_id end)`.as("conversation_id"))
    .select(["a.id", "a.at", "a.act", "a.subject_kind", "a.subject_id", "a.reason", "m.name", "s.name as subject_name"])
    .where(sql<SqlBool>`not ${inCommunity("a.member_id")}`)
    .orderBy("a.id", "desc")
    .limit(aPage + 1);
  if (member) query = query.where((is) => is.or([is("a.member_id", "=", member), is.and([is("a.subject_kind", "=", "member"), is("a.subject_id", "=", member)])]));
  if (conversation) {
    query = query.where(
      sql<SqlBool>`(starts_with(a.subject_id, ${conversation}) and a.subject_kind = 'conversation')
        or starts_with(n.conversation_id::text, ${conversation})
        or starts_with(b.conversation_id::text, ${conversation})`,
    );
  }
  if (before) query = query.where("a.id", "<", before);
  const rows = await query.execute();
  const shown = rows.slice(0, aPage).map((row) => ({
    id: Number(row.id),
    at: row.at,
    name: row.name ?? undefined,
    act: row.act,
    subjectKind: row.subject_kind,
    conversationId: row.conversation_id ?? undefined,
    subjectName: row.subject_name ?? undefined,
    reason: row.reason ?? undefined,
  }));
  return { rows: shown, next: rows.length > aPage ? shown.at(-1)?.id : undefined };
}

/** Everybody who ever had a part in the staff, for choosing whose acts to see. */
export const everyMember = async (db: Reader, _scope: StaffScope): Promise<{ readonly id: string; readonly name: string }[]> => db.selectFrom("members").select(["id", "name"]).where(sql<SqlBool>`not ${inCommunity("members.id")}`).orderBy("name").execute();
