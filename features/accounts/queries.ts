import { sql } from "kysely";
import { hashToken, unseal, type DataKey, type Keys } from "../../platform/crypto/seal.ts";
import type { Reader } from "../../platform/db/database.ts";
import type { MemberId, SessionId, SignedIn, SignedInRole, StaffRole } from "../../platform/http/scope.ts";
import { isLanguage, type Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";
import type { StaffMember } from "./types.ts";

export { endedDays } from "./rules.ts";
/** Of a notice `n`, in a session `s`: each that stood open when it was made is told; one that was begun later only until any has heard. */
export const unseen = sql`n.by_session is distinct from s.id
  and not exists (select from change_notices_seen e where e.notice_id = n.id and (e.session_id = s.id or s.made_at > n.at))`;

/**
 * Who holds this session token at `now`, with the roles in force then. Undefined when the token is unknown,
 * revoked or expired, or when the member left. One statement by two unique indexes: every staff request runs it.
 */
export async function memberBySession(db: Reader, token: string, now: Instant): Promise<SignedIn | undefined> {
  const { rows } = await sql<{ member_id: MemberId; session_id: SessionId; name: string; zone: string; two_step: boolean; has_two_step: boolean; shared: boolean; proved_at: Instant; untold: "change" | "breach" | null; roles: SignedInRole[] }>`
    select m.id as member_id, s.id as session_id, m.name, m.zone, s.shared, s.proved_at, s.two_step_at is not null as two_step,
      exists (select from authenticator_apps a where a.member_id = m.id and a.confirmed_at is not null)
        or exists (select from passkeys p where p.member_id = m.id) as has_two_step,
      case when exists (select from change_notices n where n.member_id = m.id and ${unseen}) then 'change'
        when exists (select from breach_told b where b.member_id = m.id and b.read_at is null) then 'breach' end as untold,
      array(select r.role from member_roles r where r.member_id = m.id and r.ended_at is null
        and r.given_at <= ${now} and (r.expires_at is null or r.expires_at > ${now})) as roles
    from member_sessions s join members m on m.id = s.member_id
    where s.token_hash = ${hashToken(token)} and s.revoked_at is null and s.expires_at > ${now} and m.left_at is null
  `.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  return { memberId: row.member_id, sessionId: row.session_id, name: row.name, zone: row.zone, roles: new Set(row.roles), twoStep: row.two_step, hasTwoStep: row.has_two_step, shared: row.shared, provedAt: row.proved_at, untold: row.untold ?? false };
}

/** Everybody who works here at `now`, by name. */
export async function staffNow(db: Reader, now: Instant): Promise<StaffMember[]> {
  const { rows } = await sql<{ id: MemberId; name: string; language: Language; zone: string; roles: StaffRole[] }>`
    select m.id, m.name, m.language, m.zone, array_agg(distinct r.role) as roles
    from members m join member_roles r on r.member_id = m.id
    where m.left_at is null and r.role <> 'member' and r.ended_at is null and r.given_at <= ${now} and (r.expires_at is null or r.expires_at > ${now})
    group by m.id order by m.name, m.id
  `.execute(db);
  return rows;
}

/** Who can be paged for a concern at `now`: supervisors first, then coordinators who are not supervisors too. */
export async function supervisorsNow(db: Reader, now: Instant): Promise<StaffMember[]> {
  const staff = await staffNow(db, now);
  const supervisors = staff.filter(({ roles }) => roles.includes("supervisor"));
  return [...supervisors, ...staff.filter(({ roles }) => roles.includes("coordinator") && !roles.includes("supervisor"))];
}

/** The key that seals what is hers. Throws where there is no such member. */
export async function dataKeyOf(db: Reader, keys: Keys, memberId: MemberId): Promise<DataKey> {
  const { wrapped_key } = await db.selectFrom("members").select("wrapped_key").where("id", "=", memberId).executeTakeFirstOrThrow();
  return keys.openDataKey(wrapped_key, memberId);
}

/** What her sealed address is bound to. */
export const emailBound = (memberId: string): string => `email/${memberId}`;

/** Her e-mail address, opened with her own key; undefined when she gave none or left. */
export async function emailOf(house: { db: Reader; keys: Keys }, memberId: MemberId): Promise<string | undefined> {
  const row = await house.db.selectFrom("members").select(["email_sealed", "wrapped_key"]).where("id", "=", memberId).where("left_at", "is", null).executeTakeFirst();
  return row?.email_sealed ? unseal(house.keys.openDataKey(row.wrapped_key, memberId), row.email_sealed, emailBound(memberId)) : undefined;
}

/** What her sealed number is bound to. */
export const phoneBound = (memberId: string): string => `phone/${memberId}`;

/** Her number for texts, opened with her own key; undefined when she gave none or left. */
export async function phoneOf(house: { db: Reader; keys: Keys }, memberId: MemberId): Promise<string | undefined> {
  const row = await house.db.selectFrom("members").select(["phone_sealed", "wrapped_key"]).where("id", "=", memberId).where("left_at", "is", null).executeTakeFirst();
  return row?.phone_sealed ? unseal(house.keys.openDataKey(row.wrapped_key, memberId), row.phone_sealed, phoneBound(memberId)) : undefined;
}

/** By which ways can she be told of something: an address that she gave, a device of hers? */
export async function waysOf(db: Reader, id: MemberId): Promise<{ readonly email: boolean; readonly devices: boolean }> {
  const row = await db
    .selectFrom("members as m")
    .select(({ exists, selectFrom }) => ["m.email_sealed", exists(selectFrom("push_subscriptions as p").select("p.id").whereRef("p.member_id", "=", "m.id")).as("devices")])
    .where("m.id", "=", id)
    .where("m.left_at", "is", null)
    .executeTakeFirst();
  return { email: Boolean(row?.email_sealed), devices: Boolean(row?.devices) };
}

/** The language in which she is called; English when she is gone. */
export async function languageOf(db: Reader, id: MemberId): Promise<Language> {
  const row = await db.selectFrom("members").select("language").where("id", "=", id).executeTakeFirst();
  return isLanguage(row?.language) ? row.language : "en";
}
