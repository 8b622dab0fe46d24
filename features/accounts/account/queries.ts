import type { Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import { addressPrint, hasStopped } from "../../../platform/delivery/stops.ts";
import type { SessionId, StaffScope } from "../../../platform/http/scope.ts";
import { isLanguage } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { emailOf, phoneOf } from "../queries.ts";
import type { Account, Session, Way } from "../types.ts";

/** Everything about her own account at `now`. */
export async function ownAccount(house: { db: Reader; keys: Keys }, scope: Pick<StaffScope, "member">, now: Instant): Promise<Account> {
  const { memberId } = scope.member;
  const { db } = house;
  const [member, passphrase, app, codes, passkeys, sessions, email, phone] = await Promise.all([
    db.selectFrom("members").select(["name", "sign_in_name", "language", "zone"]).where("id", "=", memberId).executeTakeFirstOrThrow(),
    db.selectFrom("passphrases").select("set_at").where("member_id", "=", memberId).executeTakeFirst(),
    db.selectFrom("authenticator_apps").select("confirmed_at").where("member_id", "=", memberId).where("confirmed_at", "is not", null).executeTakeFirst(),
    db.selectFrom("recovery_codes").select("used_at").where("member_id", "=", memberId).where("used_at", "is", null).execute(),
    db.selectFrom("passkeys").select(["id", "name", "made_at", "used_at"]).where("member_id", "=", memberId).orderBy("made_at").execute(),
    ownSessions(db, scope, now),
    emailOf(house, memberId),
    phoneOf(house, memberId),
  ]);
  return {
    memberId,
    name: member.name,
    signInName: member.sign_in_name,
    language: isLanguage(member.language) ? member.language : "en",
    zone: member.zone,
    email,
    phone: phone === undefined ? undefined : { number: phone, stopped: await hasStopped(db, addressPrint(house.keys, phone)) },
    hasPassphrase: passphrase !== undefined,
    hasApp: app !== undefined,
    codesLeft: codes.length,
    passkeys: passkeys.map(({ id, name, made_at, used_at }) => ({ id, name, madeAt: made_at, usedAt: used_at ?? undefined })),
    sessions,
  };
}

/** Her devices that are signed in at `now`, the last used first. */
export async function ownSessions(db: Reader, { member }: Pick<StaffScope, "member">, now: Instant): Promise<Session[]> {
  const rows = await db
    .selectFrom("member_sessions")
    .select(["id", "way", "device", "made_at", "seen_at", "shared"])
    .where("member_id", "=", member.memberId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .orderBy("seen_at", "desc")
    .execute();
  return rows.map(({ id, way, device, made_at, seen_at, shared }) => ({ id: id as SessionId, way: way as Way, device, madeAt: made_at, seenAt: seen_at, shared }));
}
