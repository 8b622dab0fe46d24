import { sql, type Selectable } from "kysely";
import type { Keys } from "../../platform/crypto/seal.ts";
import { hashToken, unseal } from "../../platform/crypto/seal.ts";
import { within, type Reader } from "../../platform/db/database.ts";
import type { Conversations, Entries } from "../../platform/db/tables.ts";
import type { ConversationId, DeskScope, MemberId, ParentScope, StaffScope } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import { isBefore, type Instant } from "../../platform/time/time.ts";
import { nextOpeningAt } from "../network/queries.ts";
import { boundTo, goneAfterSeconds, waitPromise, type WaitPromise } from "./rules.ts";
import type { About, CallBackWay, Entry, EntryKind, Place, Stage, Standing, Waiting } from "./types.ts";

export { originKeptHours } from "./blocks/rules.ts";
export { silentDays } from "./rules.ts";

/** What a parent is shown of what happened; notes and the desk's own steps are not hers to read. */
const parentKinds: readonly EntryKind[] = ["message", "joined", "returned", "ended", "called_back", "referred"];

/** Whose conversation this private link opens; undefined when it never was or is erased. */
export async function conversationByLink(db: Reader, token: string): Promise<ConversationId | undefined> {
  const row = await db.selectFrom("conversation_keys").select("conversation_id").where("link_hash", "=", hashToken(token)).executeTakeFirst();
  return row?.conversation_id as ConversationId | undefined;
}

type StandingRow = Pick<Selectable<Conversations>, "id" | "language" | "risk" | "opened_at" | "waiting_since" | "ended_at" | "erased_at" | "last_seq" | "parent_read_seq" | "desk_read_seq"> & { said_danger: boolean; with: string[] };

/** How her conversation stands, and who is with her. */
export async function standingOf(db: Reader, scope: ParentScope | DeskScope): Promise<Standing | undefined> {
  const { rows } = await sql<StandingRow>`
    select c.id, c.language, c.risk, c.opened_at, c.waiting_since, c.ended_at, c.erased_at, c.last_seq, c.parent_read_seq, c.desk_read_seq,
      exists (select from concerns n where n.conversation_id = c.id and n.source = 'parent_said') as said_danger,
      array(
        select m.name from claims k join members m on m.id = k.member_id where k.conversation_id = c.id and k.released_at is null
        union all
        select m.name from invitations_in i join members m on m.id = i.joined_by where i.conversation_id = c.id and i.left_at is null
          and not exists (select from claims k where k.conversation_id = c.id and k.member_id = i.joined_by and k.released_at is null)) as "with"
    from conversations c where c.id = ${scope.conversationId}`.execute(within(db, scope));
  const [row] = rows;
  if (!row) return undefined;
  return {
    id: row.id as ConversationId,
    language: row.language as Language,
    risk: row.risk,
    saidDanger: row.said_danger,
    openedAt: row.opened_at,
    waitingSince: row.waiting_since ?? undefined,
    endedAt: row.ended_at ?? undefined,
    erasedAt: row.erased_at ?? undefined,
    lastSeq: row.last_seq,
    parentReadSeq: row.parent_read_seq,
    deskReadSeq: row.desk_read_seq,
    with: row.with,
  };
}

type EntryRow = Pick<Selectable<Entries>, "seq" | "kind" | "author" | "body_sealed" | "detail" | "idempotency_key" | "at"> & { name: string | null; wrapped_key: Buffer | null; supervising: boolean };

/** What happened after `after`, oldest first, opened for the one who asks. An erased conversation has nothing to read. */
export async function entriesAfter(db: Reader, keys: Keys, scope: ParentScope | DeskScope, after: number): Promise<Entry[]> {
  const { rows } = await sql<EntryRow>`
    select e.seq, e.kind, e.author, m.name, e.body_sealed, e.detail, e.idempotency_key, e.at, c.wrapped_key,
      exists (select from invitations_in i where i.conversation_id = e.conversation_id and i.joined_by = e.member_id) as supervising
    from entries e join conversations c on c.id = e.conversation_id left join members m on m.id = e.member_id
    where e.conversation_id = ${scope.conversationId} and e.seq > ${after} and c.wrapped_key is not null
      ${scope.as === "parent" ? sql`and e.kind = any(${[...parentKinds]}::text[])` : sql``}
    order by e.seq`.execute(within(db, scope));
  const wrapped = rows[0]?.wrapped_key;
  const key = wrapped ? keys.openDataKey(wrapped, scope.conversationId) : undefined;
  return rows.map((row) => ({
    seq: row.seq,
    kind: row.kind as EntryKind,
    author: row.author as Entry["author"],
    name: row.name ?? undefined,
    supervising: row.supervising,
    body: row.body_sealed && key ? unseal(key, row.body_sealed, boundTo(scope.conversationId, `entry/${row.kind as EntryKind}`)) : undefined,
    detail: row.detail ?? undefined,
    sentAs: row.idempotency_key ?? undefined,
    at: row.at,
  }));
}

/** Who waits, in the order in which they are to be taken. */
export async function conversationsWaiting(db: Reader, scope: StaffScope): Promise<Waiting[]> {
  const { rows } = await sql<{ id: ConversationId; language: Language; about: About | null; stage: Stage | null; risk: boolean; place: Place; waiting_since: Instant }>`
    select id, language, about, stage, risk, place, waiting_since from conversations where waiting_since is not null order by place, waiting_since limit 200`.execute(within(db, scope));
  return rows.map(({ id, language, about, stage, risk, place, waiting_since: waitingSince }) => ({ id, language, about: about ?? undefined, stage: stage ?? undefined, risk, place, waitingSince }));
}

export type QueueFacts = { readonly places: number; readonly held: number; readonly ahead: number };

/** What the wait depends on, for one who writes in `language`: places on duty, how many are held, how many wait before `her` (all, before she has written). */
export async function queueFacts(db: Reader, language: Language, now: Instant, her?: ConversationId): Promise<QueueFacts> {
  const { rows } = await sql<{ places: number; held: number; ahead: number }>`
    with on_duty as (
      select member_id, cap from shifts
      where ended_at is null and ends_at > ${now} and seen_at > ${now.subtract({ seconds: goneAfterSeconds })} and ${language} = any(languages))
    select
      coalesce((select sum(cap) from on_duty), 0)::int as places,
      (select count(*) from claims where released_at is null and member_id in (select member_id from on_duty))::int as held,
      (select count(*) from conversations c where c.waiting_since is not null and c.language = ${language} and c.id is distinct from ${her ?? null}::uuid
        and not exists (select 1 from conversations h where h.id = ${her ?? null}::uuid and (h.place, h.waiting_since) < (c.place, c.waiting_since)))::int as ahead`.execute(db);
  return rows[0] ?? { places: 0, held: 0, ahead: 0 };
}

/** Does this member hold the conversation, or was she asked in? */
export async function isHolding(db: Reader, memberId: MemberId, conversationId: ConversationId): Promise<boolean> {
  const { rows } = await sql<{ holding: boolean }>`
    select exists (select 1 from claims where conversation_id = ${conversationId} and member_id = ${memberId} and released_at is null)
        or exists (select 1 from invitations_in where conversation_id = ${conversationId} and joined_by = ${memberId} and left_at is null) as holding`.execute(db);
  return rows[0]?.holding ?? false;
}

/** Everyone who holds the conversation or was asked in. */
export async function holdersOf(db: Reader, conversationId: ConversationId): Promise<Set<MemberId>> {
  const { rows } = await sql<{ id: MemberId }>`
    select member_id as id from claims where conversation_id = ${conversationId} and released_at is null
    union select joined_by from invitations_in where conversation_id = ${conversationId} and joined_by is not null and left_at is null`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export type Held = { readonly id: ConversationId; readonly language: Language; readonly risk: boolean; readonly unread: boolean; readonly takenAt: Instant };

/** The conversations that this volunteer holds now. */
export async function conversationsHeld(db: Reader, scope: StaffScope): Promise<Held[]> {
  const { rows } = await sql<Omit<Held, "takenAt"> & { taken_at: Instant }>`
    select c.id, c.language, c.risk, k.taken_at, c.last_seq > c.desk_read_seq as unread from claims k join conversations c on c.id = k.conversation_id
    where k.member_id = ${scope.member.memberId} and k.released_at is null order by k.taken_at`.execute(within(db, scope));
  return rows.map(({ taken_at: takenAt, ...held }) => ({ ...held, takenAt }));
}

/** What she asked for and we promised, without where to reach her. */
export async function promiseOf(db: Reader, scope: ParentScope | DeskScope): Promise<{ way: CallBackWay; dueAt: Instant; done: boolean } | undefined> {
  const row = await within(db, scope).selectFrom("call_backs").select(["way", "due_at", "done_at"]).where("conversation_id", "=", scope.conversationId).executeTakeFirst();
  return row && { way: row.way as CallBackWay, dueAt: row.due_at, done: row.done_at !== null };
}

/** The wait as it can honestly be told now, for one who writes in `language`, or for `her` who waits already. */
export async function waitNow(db: Reader, language: Language, now: Instant, her?: ConversationId): Promise<WaitPromise> {
  const facts = await queueFacts(db, language, now, her);
  const opensAt = facts.places === 0 ? await nextOpeningAt(db, now) : undefined;
  // Open by the calendar and still nobody here: the calendar then promises nothing.
  return waitPromise({ ...facts, opensAt: opensAt && isBefore(now, opensAt) ? opensAt : undefined });
}

/** The last number of each of these conversations. */
export async function lastNumbers(db: Reader, ids: readonly ConversationId[]): Promise<{ id: ConversationId; seq: number }[]> {
  const { rows } = await sql<{ id: ConversationId; seq: number }>`select id, last_seq as seq from conversations where id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

/** The number of the last message that the parent wrote; 0 before she has. */
export async function lastMessageOf(db: Reader, scope: ParentScope): Promise<number> {
  const row = await within(db, scope)
    .selectFrom("entries")
    .select("seq")
    .where("conversation_id", "=", scope.conversationId)
    .where("author", "=", "parent")
    .where("kind", "=", "message")
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}
