import { sql, type SqlBool } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { ConversationId, StaffScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { CallBackId, CallBackOutcome, CallBackWay, MemberId } from "../types.ts";
import type { Owner } from "./rules.ts";

export type Try = { readonly memberId: MemberId; readonly name: string; readonly reached: boolean; readonly at: Instant };

/** A promise to write or call back, without the contact: that is shown by `revealContact` alone. */
export type CallBack = {
  readonly id: CallBackId;
  readonly conversationId: ConversationId;
  readonly language: Language;
  readonly way: CallBackWay;
  readonly bestTime: "any" | "morning" | "afternoon" | "evening" | undefined;
  /** The zone that the parent's own browser told, if it did. */
  readonly zone: string | undefined;
  readonly promisedAt: Instant;
  readonly dueAt: Instant;
  readonly owner: Owner | undefined;
  readonly doneAt: Instant | undefined;
  readonly outcome: CallBackOutcome | undefined;
  /** Tries since this promise was made, oldest first. */
  readonly tries: readonly Try[];
  readonly hasContact: boolean;
  readonly erased: boolean;
};

/** The promises still to keep, the most urgent first. */
export const callBacksOpen = (db: Reader, _scope: StaffScope, now: Instant): Promise<CallBack[]> => callBacks(db, now, sql`b.done_at is null`);

/** One promise, kept or open; undefined where there is none. */
export async function callBackBy(db: Reader, _scope: StaffScope, id: CallBackId, now: Instant): Promise<CallBack | undefined> {
  return (await callBacks(db, now, sql`b.id = ${id}`))[0];
}

async function callBacks(db: Reader, now: Instant, which: ReturnType<typeof sql<SqlBool>>): Promise<CallBack[]> {
  const rows = await db
    .selectFrom("call_backs as b")
    .innerJoin("conversations as c", "c.id", "b.conversation_id")
    .leftJoin("members as m", "m.id", "b.owner_id")
    .select(["b.id", "b.conversation_id", "b.way", "b.best_time", "b.promised_at", "b.due_at", "b.done_at", "b.outcome", "c.language", "c.zone", "c.erased_at", "m.id as owner_id", "m.name as owner_name"])
    .select([sql<boolean>`b.contact_sealed is not null`.as("has_contact"), holdsRole("coordinator", now).as("owner_coordinates")])
    .where(sql<SqlBool>`${which}`)
    .orderBy("b.due_at")
    .limit(200)
    .execute();
  const tries = await triesOf(db, rows.map(({ id }) => id));
  return rows.map((row) => ({
    id: row.id as CallBackId,
    conversationId: row.conversation_id as ConversationId,
    language: row.language as Language,
    way: row.way as CallBackWay,
    bestTime: (row.best_time ?? undefined) as CallBack["bestTime"],
    zone: row.zone ?? undefined,
    promisedAt: row.promised_at,
    dueAt: row.due_at,
    owner: row.owner_id && row.owner_name ? { id: row.owner_id as MemberId, name: row.owner_name, isCoordinator: row.owner_coordinates } : undefined,
    doneAt: row.done_at ?? undefined,
    outcome: (row.outcome ?? undefined) as CallBackOutcome | undefined,
    tries: tries.get(row.id) ?? [],
    hasContact: row.has_contact,
    erased: row.erased_at !== null,
  }));
}

const holdsRole = (role: string, now: Instant) =>
  sql<boolean>`exists (select 1 from member_roles r where r.member_id = b.owner_id and r.role = ${role} and r.ended_at is null and (r.expires_at is null or r.expires_at > ${now}))`;

async function triesOf(db: Reader, ids: readonly string[]): Promise<Map<string, Try[]>> {
  const found = new Map<string, Try[]>();
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom("call_back_tries as t")
    .innerJoin("call_backs as b", "b.id", "t.call_back_id")
    .innerJoin("members as m", "m.id", "t.member_id")
    .select(["t.call_back_id", "t.member_id", "m.name", "t.reached", "t.at"])
    .where("t.call_back_id", "in", ids)
    .whereRef("t.at", ">=", "b.promised_at")
    .orderBy("t.at")
    .execute();
  for (const row of rows) found.set(row.call_back_id, [...(found.get(row.call_back_id) ?? []), { memberId: row.member_id as MemberId, name: row.name, reached: row.reached, at: row.at }]);
  return found;
}
