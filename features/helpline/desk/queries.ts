import { sql } from "kysely";
import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { DeskScope, MemberId, StaffScope } from "../../../platform/http/scope.ts";
import { isLanguage, type Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { boundTo, goneAfterSeconds } from "../rules.ts";

export type MyShift = { readonly languages: readonly Language[]; readonly cap: number; readonly endsAt: Instant };

/** Her open shift; undefined when she is off duty. */
export async function myShift(db: Reader, scope: StaffScope): Promise<MyShift | undefined> {
  const row = await db.selectFrom("shifts").select(["languages", "cap", "ends_at"]).where("member_id", "=", scope.member.memberId).where("ended_at", "is", null).executeTakeFirst();
  return row && { languages: row.languages.filter(isLanguage), cap: row.cap, endsAt: row.ends_at };
}

export type Colleague = { readonly id: MemberId; readonly name: string; readonly languages: readonly Language[] };

/** Colleagues on duty who have a place free, for a handover. */
export async function colleaguesFree(db: Reader, scope: DeskScope, now: Instant): Promise<Colleague[]> {
  const rows = await db
    .selectFrom("shifts as s")
    .innerJoin("members as m", "m.id", "s.member_id")
    .select(["m.id", "m.name", "s.languages"])
    .where("s.ended_at", "is", null)
    .where("s.ends_at", ">", now)
    .where("s.seen_at", ">", now.subtract({ seconds: goneAfterSeconds }))
    .where("s.member_id", "!=", scope.member.memberId)
    .where(sql<boolean>`s.cap > (select count(*) from claims k where k.member_id = s.member_id and k.released_at is null)`)
    .orderBy("m.name")
    .execute();
  return rows.map(({ id, name, languages }) => ({ id: id as MemberId, name, languages: languages.filter(isLanguage) }));
}

export type Phrase = { readonly id: string; readonly title: string; readonly text: string };

/** The phrases in the parent's language. */
export async function phrasesIn(db: Reader, _scope: DeskScope, language: Language): Promise<Phrase[]> {
  const rows = await db.selectFrom("phrases").select(["id", "title", "en", "es"]).where("removed_at", "is", null).orderBy("title").execute();
  return rows.map((row) => ({ id: row.id, title: row.title, text: row[language] }));
}

export type DeskFacts = { readonly nickname: string | undefined; readonly about: string | undefined; readonly stage: string | undefined; readonly concernOpen: boolean; readonly callBackOpen: boolean; readonly supervisorAsked: boolean; /** She came in beside the volunteer. */ readonly beside: boolean };

/** What the desk knows of a conversation beside its words. */
export async function deskFacts(db: Reader, keys: Keys, scope: DeskScope): Promise<DeskFacts> {
  const row = await within(db, scope)
    .selectFrom("conversations as c")
    .select(["c.nickname_sealed", "c.wrapped_key", "c.about", "c.stage"])
    .select(sql<boolean>`exists (select 1 from concerns where conversation_id = c.id and closed_at is null)`.as("concern"))
    .select(sql<boolean>`exists (select 1 from call_backs where conversation_id = c.id and done_at is null and way <> 'here')`.as("call_back"))
    .select(sql<boolean>`exists (select 1 from invitations_in where conversation_id = c.id and left_at is null)`.as("asked"))
    .select(sql<boolean>`exists (select 1 from invitations_in where conversation_id = c.id and left_at is null and joined_by = ${scope.member.memberId})`.as("beside"))
    .where("c.id", "=", scope.conversationId)
    .executeTakeFirst();
  const key = row?.wrapped_key ? keys.openDataKey(row.wrapped_key, scope.conversationId) : undefined;
  return {
    nickname: row?.nickname_sealed && key ? unseal(key, row.nickname_sealed, boundTo(scope.conversationId, "nickname")) : undefined,
    about: row?.about ?? undefined,
    stage: row?.stage ?? undefined,
    concernOpen: row?.concern ?? false,
    callBackOpen: row?.call_back ?? false,
    supervisorAsked: row?.asked ?? false,
    beside: row?.beside ?? false,
  };
}

/** Is there an audit row of the last ten minutes that she opened this conversation? Then a part of it that renews itself needs none of its own. */
export async function openedLately(db: Reader, scope: DeskScope): Promise<boolean> {
  const row = await db
    .selectFrom("audit_entries")
    .select("id")
    .where("subject_kind", "=", "conversation")
    .where("subject_id", "=", scope.conversationId)
    .where("member_id", "=", scope.member.memberId)
    .where("act", "=", "opened")
    .where("at", ">", sql<Instant>`now() - interval '10 minutes'`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Members whose shift is open although they left, hold no role of the desk any more, or signed out everywhere. */
export async function onDutyButGone(db: Reader, now: Instant): Promise<MemberId[]> {
  const { rows } = await sql<{ member_id: MemberId }>`
    select s.member_id from shifts s where s.ended_at is null and (
      exists (select from members m where m.id = s.member_id and m.left_at is not null)
      or not exists (select from member_roles r where r.member_id = s.member_id and r.role in ('volunteer', 'supervisor')
        and r.ended_at is null and r.given_at <= ${now} and (r.expires_at is null or r.expires_at > ${now}))
      or (exists (select from member_sessions x where x.member_id = s.member_id)
        and not exists (select from member_sessions x where x.member_id = s.member_id and x.revoked_at is null and x.expires_at > ${now})))`.execute(db);
  return rows.map(({ member_id }) => member_id);
}
