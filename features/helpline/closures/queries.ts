import { sql } from "kysely";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { ConversationId, DeskScope, MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";

/** What must be known to close a conversation. */
export type Closing = {
  /** A concern that is still open, while the conversation has not ended: it comes first. */
  readonly openConcern: boolean;
  /** Nobody has written to them yet, and the conversation has not ended. */
  readonly unanswered: boolean;
  /** Where they may be reached, for a follow-up; `dueAt` of a promise that is open already. */
  readonly contact: { readonly dueAt: Instant | undefined } | undefined;
  readonly endedAt: Instant | undefined;
  readonly closedBy: MemberId | undefined;
};

export async function closingOf(db: Reader, { conversationId }: DeskScope): Promise<Closing> {
  const row = await db
    .selectFrom("conversations as c")
    .leftJoin("closures as k", "k.conversation_id", "c.id")
    .leftJoin("call_backs as b", (join) => join.onRef("b.conversation_id", "=", "c.id").on("b.contact_sealed", "is not", null))
    .select(["c.ended_at", "k.member_id as closed_by", "b.id as call_back_id", "b.due_at", "b.done_at"])
    .select(sql<boolean>`c.ended_at is null and exists (select 1 from concerns n where n.conversation_id = c.id and n.closed_at is null)`.as("open_concern"))
    .select(sql<boolean>`c.ended_at is null and not exists (select 1 from entries e where e.conversation_id = c.id and e.author = 'staff' and e.kind in ('message', 'referred'))`.as("unanswered"))
    .where("c.id", "=", conversationId)
    .executeTakeFirstOrThrow();
  return {
    openConcern: row.open_concern,
    unanswered: row.unanswered,
    contact: row.call_back_id ? { dueAt: row.done_at ? undefined : (row.due_at ?? undefined) } : undefined,
    endedAt: row.ended_at ?? undefined,
    closedBy: (row.closed_by ?? undefined) as MemberId | undefined,
  };
}

/** Was it she who held the conversation when the parent ended or erased it? */
export async function heldAtItsEnd(db: Reader, memberId: MemberId, conversationId: ConversationId): Promise<boolean> {
  const last = await db.selectFrom("claims").select(["member_id", "release_reason"]).where("conversation_id", "=", conversationId).orderBy("taken_at", "desc").executeTakeFirst();
  return last?.member_id === memberId && (last.release_reason === "ended" || last.release_reason === "erased");
}

/** Was she with the parent at any time: as the volunteer, or asked in? */
export async function wasWith(db: Reader, memberId: MemberId, conversationId: ConversationId): Promise<boolean> {
  const { rows } = await sql<{ was: boolean }>`
    select exists (select 1 from claims where conversation_id = ${conversationId} and member_id = ${memberId})
        or exists (select 1 from invitations_in where conversation_id = ${conversationId} and joined_by = ${memberId}) as was`.execute(db);
  return rows[0]?.was ?? false;
}

/** Has she written her debrief of this conversation? */
export async function hasDebriefed(db: Reader, scope: DeskScope): Promise<boolean> {
  const row = await within(db, scope).selectFrom("debriefs").select("id").where("conversation_id", "=", scope.conversationId).where("member_id", "=", scope.member.memberId).executeTakeFirst();
  return row !== undefined;
}
