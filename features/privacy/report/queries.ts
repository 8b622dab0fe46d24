import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { ParentScope, StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { byClass, trails, type Person } from "../trails/rules.ts";
import type { ClassId } from "../types.ts";

export type Held = readonly { readonly id: ClassId; readonly rows: number }[];

/** How much of each class is held of one person, by the trails of all tables in one statement. */
async function heldOf(db: Reader, person: Person, id: string): Promise<Held> {
  const each = trails.filter((trail) => trail.person === person).map(({ table, column }) => sql`select ${table} as "table", count(*)::int as rows from ${sql.table(table)} where ${sql.ref(column)} = ${id}::uuid`);
  const { rows } = await sql<{ table: string; rows: number }>`${sql.join(each, sql` union all `)}`.execute(db);
  return byClass(rows);
}

/** What is held of whoever is signed in. Asked by the house, for her alone. */
export const heldOfMember = (db: Reader, { member }: StaffScope): Promise<Held> => heldOf(db, "member", member.memberId);

/** What is held of a conversation, for whoever holds its key. */
export const heldOfConversation = (db: Reader, { conversationId }: ParentScope): Promise<Held> => heldOf(db, "conversation", conversationId);

export type Opened = { readonly name: string | undefined; readonly first: Instant; readonly last: Instant; readonly times: number };

/** Who of ours opened or changed anything of a conversation, by the audit: its call-back and its concerns belong to it. */
export async function openedOf(db: Reader, { conversationId: id }: ParentScope): Promise<Opened[]> {
  const { rows } = await sql<{ name: string | null; first: Instant; last: Instant; times: number }>`
    select m.name, min(a.at) as first, max(a.at) as last, count(*)::int as times from audit_entries a left join members m on m.id = a.member_id
    where (a.subject_kind = 'conversation' and a.subject_id = ${id}::text)
       or (a.subject_kind = 'call_back' and a.subject_id in (select b.id::text from call_backs b where b.conversation_id = ${id}::uuid))
       or (a.subject_kind = 'concern' and a.subject_id in (select n.id::text from concerns n where n.conversation_id = ${id}::uuid))
    group by m.id, m.name order by first`.execute(db);
  return rows.map(({ name, first, last, times }) => ({ name: name ?? undefined, first, last, times }));
}
