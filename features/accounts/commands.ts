import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { audit } from "../../platform/audit/audit.ts";
import { hashToken, newToken, seal } from "../../platform/crypto/seal.ts";
import { hashPassphrase } from "../../platform/crypto/passphrase.ts";
import type { Database, Reader } from "../../platform/db/database.ts";
import { inTransaction, isDuplicate, type Act } from "../../platform/db/transaction.ts";
import type { Push } from "../../platform/delivery/delivery.ts";
import type { House } from "../../platform/http/house.ts";
import type { MemberId, SessionId, SignedIn, SignedInRole } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import { isBefore, type Clock, type Instant } from "../../platform/time/time.ts";
import { emailBound, memberBySession } from "./queries.ts";
import { endedDays, lastingOf, provesBoth, sessionEnd } from "./rules.ts";
import type { Way } from "./types.ts";

export type NewMember = {
  /** Chosen beforehand where a passkey was made for it; otherwise made here. */
  readonly id?: MemberId;
  /** The first name that parents see. */
  readonly name: string;
  /** 3 to 40 of a–z, 0–9, dot, line and underline; compared in lower case. */
  readonly signInName: string;
  readonly language: Language;
  readonly zone: string;
  readonly email?: string | undefined;
  readonly passphrase?: string | undefined;
  readonly roles: readonly { readonly role: SignedInRole; readonly expiresAt?: Instant | undefined }[];
  readonly givenBy?: MemberId | undefined;
};

export type NotMade = { readonly refused: "signInNameTaken" | "emailTaken" };

/** Makes a member with her roles, in a transaction of its own. Refused when her sign-in name or e-mail address is somebody's already. */
export async function createMember(house: House, member: NewMember): Promise<MemberId | NotMade> {
  const hash = member.passphrase === undefined ? undefined : await hashPassphrase(member.passphrase);
  return refusingTwins(() => inTransaction(house, (act) => addMember(house, act, { ...member, passphraseHash: hash })));
}

/** Reads the database's "there is one already" as the refusal that it is. */
export async function refusingTwins<T>(work: () => Promise<T>): Promise<T | NotMade> {
  try {
    return await work();
  } catch (error) {
    if (isDuplicate(error, "members_sign_in_name_key")) return { refused: "signInNameTaken" };
    if (isDuplicate(error, "members_email_fingerprint_key")) return { refused: "emailTaken" };
    throw error;
  }
}

/** Makes a member inside an act of somebody else's (network set-up, an accepted invitation). Throws the database's error for a twin. */
export async function addMember(house: House, { tx, now }: Act, member: Omit<NewMember, "passphrase"> & { readonly passphraseHash?: string | undefined }): Promise<MemberId> {
  const id = member.id ?? (randomUUID() as MemberId);
  const { key, wrapped } = house.keys.makeDataKey(id);
  const { name, language, zone, email, passphraseHash } = member;
  await tx
    .insertInto("members")
    .values({ id, name, sign_in_name: member.signInName.toLowerCase(), language, zone, wrapped_key: wrapped, joined_at: now, ...(email ? { email_sealed: seal(key, email, emailBound(id)), email_fingerprint: emailFingerprint(house, email) } : {}) })
    .execute();
  for (const { role, expiresAt } of member.roles) {
    await tx.insertInto("member_roles").values({ member_id: id, role, given_by: member.givenBy ?? null, given_at: now, expires_at: expiresAt ?? null }).execute();
  }
  if (passphraseHash !== undefined) await tx.insertInto("passphrases").values({ member_id: id, hash: passphraseHash, set_at: now }).execute();
  await audit(tx, { memberId: member.givenBy ?? id, act: "made_member", subjectKind: "member", subjectId: id });
  return id;
}

/** How a member is found by her address: without the master key it tells nothing. */
export const emailFingerprint = (house: Pick<House, "keys">, email: string): Buffer => house.keys.fingerprint("member-email", email.trim().toLowerCase());

export type NewSession = { readonly memberId: MemberId; readonly way: Way; readonly device: string; /** The second step was taken on the way in. */ readonly twoStep?: boolean; /** Others use the device. */ readonly shared?: boolean | undefined };

/** Starts a session and answers its token, for the `session` cookie; the database keeps only the hash. */
export function startSession(house: House, session: NewSession): Promise<string> {
  return inTransaction(house, (act) => openSession(house, act, session));
}

/** The same inside an act of somebody else's. */
export async function openSession(house: Pick<House, "environment">, { tx, now }: Pick<Act, "tx" | "now">, { memberId, way, device, twoStep, shared = false }: NewSession): Promise<string> {
  const token = newToken();
  const both = twoStep === true || provesBoth(way, house.environment.NODE_ENV === "production");
  const { id } = await tx
    .insertInto("member_sessions")
    .values({ token_hash: hashToken(token), member_id: memberId, way, device, made_at: now, seen_at: now, proved_at: now, expires_at: sessionEnd(now, now, shared), two_step_at: both ? now : null, shared })
    .returning("id")
    .executeTakeFirstOrThrow();
  await audit(tx, { memberId, act: "signed_in", subjectKind: "session", subjectId: id, reason: way });
  return token;
}

/** Another passphrase for a member whose first was shown to nobody, and a session, inside an act of somebody else's. */
export async function giveKeyAgain(house: Pick<House, "environment">, act: Act, { passphraseHash, ...session }: Pick<NewSession, "memberId" | "device" | "shared"> & { readonly passphraseHash: string }): Promise<string> {
  await act.tx.updateTable("passphrases").set({ hash: passphraseHash, set_at: act.now }).where("member_id", "=", session.memberId).execute();
  return openSession(house, act, { ...session, way: "passphrase" });
}

/**
 * She left, inside an act of somebody else's: nothing opens her account or what her key sealed any more. Her row stays without a name,
 * since rows of others name it. Safe to run twice.
 */
export async function forgetMember({ tx, now }: Act, id: MemberId): Promise<void> {
  for (const table of ["passphrases", "passkeys", "passkey_challenges", "authenticator_apps", "recovery_codes", "sign_in_links", "change_notices", "breach_told", "member_sessions", "push_subscriptions"] as const) {
    await sql`delete from ${sql.table(table)} where member_id = ${id}`.execute(tx);
  }
  await tx.updateTable("member_roles").set({ ended_at: now }).where("member_id", "=", id).where("ended_at", "is", null).execute();
  const { numUpdatedRows } = await tx
    .updateTable("members")
    .set({ name: "–", sign_in_name: `left-${randomUUID().replaceAll("-", "")}`, zone: "UTC", email_sealed: null, email_fingerprint: null, phone_sealed: null, wrapped_key: Buffer.alloc(0), left_at: now })
    .where("id", "=", id)
    .where("left_at", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await audit(tx, { memberId: id, act: "left_for_good", subjectKind: "member", subjectId: id });
}

// OWASP ASVS 5.0, 6.5.5: what is sent by another way is good for ten minutes at most.
const linkMinutes = 10;
const demoLinkHours = 24;

/**
 * A sign-in link that opens once, as a path (`/sign-in/link/…`); ten minutes, or a day where it is a demo's.
 * Left out, `way` is "demo" outside of production: such a link opens a desk without the second step.
 */
export async function makeSignInLink(house: House, memberId: MemberId, way: "email_link" | "demo" = house.environment.NODE_ENV === "production" ? "email_link" : "demo"): Promise<string> {
  const token = newToken();
  const now = house.now();
  const expiresAt = way === "demo" ? now.add({ hours: demoLinkHours }) : now.add({ minutes: linkMinutes });
  await house.db.insertInto("sign_in_links").values({ token_hash: hashToken(token), member_id: memberId, way, made_at: now, expires_at: expiresAt }).execute();
  return `/sign-in/link/${token}`;
}

/**
 * Reads sessions for the gates and lets those in use slide: at most one write in five minutes a session and process, or in one on a device that others use.
 * `server.ts` hands this to the house as `memberBySession`.
 */
export function sessionKeeper(db: Database, now: Clock): (token: string, how?: "visit" | "look") => Promise<SignedIn | undefined> {
  const touched = new Map<SessionId, Instant>();
  return async (token, how = "visit") => {
    const at = now();
    const member = await memberBySession(db, token, at);
    if (!member || how === "look") return member;
    const last = touched.get(member.sessionId);
    if (!last || isBefore(last.add({ minutes: lastingOf(member.shared).touchMinutes }), at)) {
      if (touched.size >= 10_000) touched.clear();
      touched.set(member.sessionId, at);
      await touchSession(db, member.sessionId, at);
    }
    return member;
  };
}

/** Ends sessions by their token: `server.ts` hands this to the house as `endSession`. */
export function sessionEnder(db: Database, now: Clock): (token: string) => Promise<void> {
  return async (token) => {
    await db.updateTable("member_sessions").set({ revoked_at: now() }).where("token_hash", "=", hashToken(token)).where("revoked_at", "is", null).execute();
  };
}

/** She was here at `now`: her session lasts on from then, up to its longest. */
export async function touchSession(db: Reader, id: SessionId, now: Instant): Promise<void> {
  const session = await db.selectFrom("member_sessions").select(["made_at", "shared"]).where("id", "=", id).executeTakeFirst();
  if (!session) return;
  await db
    .updateTable("member_sessions")
    .set({ seen_at: now, expires_at: sessionEnd(session.made_at, now, session.shared) })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .where("seen_at", "<", now.subtract({ minutes: lastingOf(session.shared).touchMinutes }))
    .execute();
}

/** Forgets what is over and tells nobody anything any more: ended sessions, used links, old challenges, notices and invitations. */
export async function forgetWhatIsOver({ db, now }: House): Promise<void> {
  const before = now().subtract({ hours: endedDays * 24 });
  await db.deleteFrom("member_sessions").where((or) => or.or([or("expires_at", "<", before), or("revoked_at", "<", before)])).execute();
  await db.deleteFrom("sign_in_links").where("expires_at", "<", before).execute();
  await db.deleteFrom("change_notices").where("at", "<", before).execute();
  await db.deleteFrom("passkey_challenges").where("expires_at", "<", now()).execute();
  await db.deleteFrom("invitations").where("expires_at", "<", before).execute();
}

/**
 * Pushes to every device of these members. One that fails holds no other up; a subscription that its browser gave up is removed.
 * Answers how many devices were reached, gone and failed.
 */
export async function pushTo({ db, delivery, log }: House, memberIds: readonly MemberId[], push: Push, forSeconds?: number): Promise<{ sent: number; gone: number; failed: number }> {
  const devices = memberIds.length === 0 ? [] : await db.selectFrom("push_subscriptions").select(["id", "endpoint", "p256dh", "auth"]).where("member_id", "in", [...memberIds]).execute();
  const results = await Promise.allSettled(devices.map((device) => delivery.push.send(device, push, forSeconds)));
  const gone = devices.filter((_, index) => {
    const result = results[index];
    return result?.status === "fulfilled" && result.value === "gone";
  });
  if (gone.length > 0) await db.deleteFrom("push_subscriptions").where("id", "in", gone.map(({ id }) => id)).execute();
  const failed = results.filter(({ status }) => status === "rejected").length;
  if (failed > 0) log.warn({ failed }, "some pushes did not go out");
  return { sent: devices.length - gone.length - failed, gone: gone.length, failed };
}
