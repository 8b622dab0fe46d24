import type { DB } from "../../../platform/db/tables.ts";
import { classOf } from "../rules.ts";
import { classIds, type ClassId } from "../types.ts";

/** By what somebody is known in a table: her account, the conversation that her link opens, a seat in a group, or how an owner is reached. */
export const persons = ["member", "conversation", "seat", "owner"] as const;
export type Person = (typeof persons)[number];

type Column<T extends keyof DB> = keyof DB[T] & string;
export type Trail = { readonly table: string; readonly person: Person; readonly column: string; /** When the row came; undefined where the table does not know. */ readonly at: string | undefined };

const of = <T extends keyof DB>(table: T, person: Person, column: Column<T>, at?: Column<T>): Trail => ({ table, person, column, at });

/**
 * How a table says whose a row is. The access report and the affected-members query of a breach read by these alone. Not here: tables in which
 * nobody can be told by design (who wrote without her name stands under seal; counts), and rows that hang on a row that is here.
 */
export const trails: readonly Trail[] = [
  of("conversations", "conversation", "id", "opened_at"),
  of("entries", "conversation", "conversation_id", "at"),
  of("handovers", "conversation", "conversation_id", "made_at"),
  of("closures", "conversation", "conversation_id", "at"),
  of("claims", "conversation", "conversation_id", "taken_at"),
  of("referrals", "conversation", "conversation_id", "at"),
  of("conversation_keys", "conversation", "conversation_id"),
  of("call_backs", "conversation", "conversation_id", "promised_at"),
  of("concerns", "conversation", "conversation_id", "raised_at"),
  of("conversation_origins", "conversation", "conversation_id", "seen_at"),
  of("blocks", "conversation", "conversation_id", "made_at"),
  of("seats", "seat", "id", "asked_at"),
  of("seat_letters", "seat", "seat_id", "at"),
  of("evening_lines", "seat", "seat_id", "at"),
  of("evening_marks", "seat", "seat_id", "since"),
  of("evening_turns", "seat", "seat_id", "raised_at"),
  of("members", "member", "id", "joined_at"),
  of("handles", "member", "member_id", "taken_at"),
  of("member_roles", "member", "member_id", "given_at"),
  of("passphrases", "member", "member_id", "set_at"),
  of("passkeys", "member", "member_id", "made_at"),
  of("authenticator_apps", "member", "member_id", "confirmed_at"),
  of("recovery_codes", "member", "member_id"),
  of("sign_in_links", "member", "member_id", "made_at"),
  of("member_sessions", "member", "member_id", "made_at"),
  of("push_subscriptions", "member", "member_id", "made_at"),
  of("change_notices", "member", "member_id", "at"),
  of("breach_told", "member", "member_id", "told_at"),
  of("posts", "member", "author_id", "written_at"),
  of("unnamed_posts", "member", "member_id"),
  of("warm_acts", "member", "member_id", "at"),
  of("follows", "member", "member_id", "at"),
  of("muted_topics", "member", "member_id", "at"),
  of("muted_words", "member", "member_id", "at"),
  of("hidden_members", "member", "member_id", "at"),
  of("hidden_aliases", "member", "member_id", "at"),
  of("space_members", "member", "member_id", "joined_at"),
  of("answer_offers", "member", "member_id", "offered_at"),
  of("answer_asks", "member", "member_id", "asked_at"),
  of("post_reports", "member", "reporter_id", "reported_at"),
  of("drafts", "member", "member_id", "kept_at"),
  of("news_asks", "member", "member_id"),
  of("consents", "member", "member_id", "given_at"),
  of("cases", "member", "author_member", "opened_at"),
  of("strikes", "member", "author_member", "at"),
  of("looks", "member", "author_member", "asked_at"),
  of("audit_entries", "member", "member_id", "at"),
  of("shifts", "member", "member_id", "started_at"),
  of("desk_presence", "member", "member_id", "seen_at"),
  of("on_call_shifts", "member", "member_id", "given_at"),
  of("coordinator_seats", "member", "member_id", "since"),
  of("facilitator_trainings", "member", "member_id", "recorded_at"),
  of("series_facilitators", "member", "member_id", "since"),
  of("session_covers", "member", "member_id", "at"),
  of("debriefs", "member", "member_id", "at"),
  of("evening_reports", "member", "member_id", "written_at"),
  of("exposures", "member", "member_id", "at"),
  of("moderator_breaks", "member", "member_id", "at"),
  of("moderator_topics", "member", "member_id", "since"),
  of("moderator_debriefs", "member", "member_id", "at"),
  of("desk_handovers", "member", "member_id", "at"),
  of("owner_contacts", "owner", "id", "given_at"),
];

/** The trails of these classes. */
export const trailsIn = (classes: readonly ClassId[]): readonly Trail[] => trails.filter(({ table }) => classes.includes(classOf[table as keyof DB]));

/** Rows by table, added up by class, in the order of the classes; a class without any is left out. */
export function byClass(counted: readonly { readonly table: string; readonly rows: number }[]): readonly { readonly id: ClassId; readonly rows: number }[] {
  const sum = (id: ClassId) => counted.filter(({ table }) => classOf[table as keyof DB] === id).reduce((all, { rows }) => all + rows, 0);
  return classIds.map((id) => ({ id, rows: sum(id) })).filter(({ rows }) => rows > 0);
}
