import type { WebAuthnCredential } from "@simplewebauthn/server";
import { audit } from "../../../platform/audit/audit.ts";
import { inTransaction, isDuplicate, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import { owesASecondStep } from "../../../platform/http/room.ts";
import type { MemberId, StaffScope } from "../../../platform/http/scope.ts";
import { tellOfChange } from "../changes/commands.ts";
import { openSession } from "../commands.ts";
import { firstCodes, takeStep, type StepSet } from "../second-step/commands.ts";
import type { From } from "../sign-in/commands.ts";
import type { MadePasskey, SignedByPasskey } from "./forms.ts";
import type { RelyingParty } from "./rules.ts";

type Purpose = "register" | "sign_in" | "second_step";
export type NotProved = { readonly refused: "passkeyFailed" };
const failed: NotProved = { refused: "passkeyFailed" };
const challengeMinutes = 5;
/** Loaded when the first passkey is made or used: 25 MB that a small machine need not hold before. */
const webauthn = () => import("@simplewebauthn/server");
// EdDSA, ES256 and RS256: what the makers of phones and keys use.
const algorithms = [-8, -7, -257];

async function keepChallenge({ db, now }: House, purpose: Purpose, memberId: MemberId | undefined, challenge: string, id?: string): Promise<string> {
  const row = await db
    .insertInto("passkey_challenges")
    .values({ ...(id ? { id } : {}), member_id: memberId ?? null, purpose, challenge, expires_at: now().add({ minutes: challengeMinutes }) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The challenge, which is gone with this: an answer counts once, right or wrong. */
async function takeChallenge({ db, now }: House, id: string, purpose: Purpose, memberId: MemberId | undefined): Promise<string | undefined> {
  const row = await db.deleteFrom("passkey_challenges").where("id", "=", id).where("purpose", "=", purpose).returning(["challenge", "expires_at", "member_id"]).executeTakeFirst();
  if (!row || row.member_id !== (memberId ?? null)) return undefined;
  return row.expires_at.epochMilliseconds > now().epochMilliseconds ? row.challenge : undefined;
}

type For = { readonly id: MemberId; readonly name: string; readonly signInName: string };

/** What the browser needs for making a passkey. `known` says whether she is a member already, or will be one with this id. */
export async function offerPasskey(house: House, party: RelyingParty, who: For, known: boolean): Promise<object> {
  const had = known ? await house.db.selectFrom("passkeys").select(["id", "transports"]).where("member_id", "=", who.id).execute() : [];
  const options = await (await webauthn()).generateRegistrationOptions({
    rpName: "Small Hours",
    rpID: party.id,
    userName: who.signInName || who.name,
    userDisplayName: who.name,
    userID: new Uint8Array(Buffer.from(who.id.replaceAll("-", ""), "hex")),
    excludeCredentials: had,
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const challenge = await keepChallenge(house, "register", known ? who.id : undefined, options.challenge, known ? undefined : who.id);
  return { challenge, options };
}

/** A passkey that was just made, with user verification; `memberId` is who asked for it, if she was a member. */
export async function provedNew(house: House, party: RelyingParty, challengeId: string, made: MadePasskey, memberId: MemberId | undefined): Promise<WebAuthnCredential | NotProved> {
  const challenge = await takeChallenge(house, challengeId, "register", memberId);
  if (challenge === undefined) return failed;
  try {
    const { verified, registrationInfo } = await (await webauthn()).verifyRegistrationResponse({ response: made, expectedChallenge: challenge, expectedOrigin: [...party.origins], expectedRPID: party.id, requireUserVerification: true, supportedAlgorithmIDs: algorithms });
    return verified ? { ...registrationInfo.credential, transports: made.response.transports } : failed;
  } catch {
    return failed;
  }
}

/** Keeps a proved passkey as hers. */
export async function keepPasskey({ tx, now }: Act, memberId: MemberId, { id, publicKey, counter, transports }: WebAuthnCredential, name: string): Promise<void> {
  await tx.insertInto("passkeys").values({ id, member_id: memberId, public_key: Buffer.from(publicKey), counter, transports: transports ?? [], name, made_at: now }).execute();
  await audit(tx, { memberId, act: "added_passkey", subjectKind: "member", subjectId: memberId });
}

/** Adds a passkey to an account. Making it showed device and person, so the second step is taken too. */
export async function addPasskey(house: House, party: RelyingParty, { member }: StaffScope, given: { challenge: string; passkey: MadePasskey; name: string }): Promise<StepSet | NotProved> {
  const credential = await provedNew(house, party, given.challenge, given.passkey, member.memberId);
  if ("refused" in credential) return credential;
  try {
    return await inTransaction(house, async (act) => {
      await keepPasskey(act, member.memberId, credential, given.name);
      await tellOfChange(house, act, member, "passkey_added");
      const codes = owesASecondStep(member) ? await firstCodes(house, act, member.memberId) : [];
      return { token: await takeStep(act, member), codes };
    });
  } catch (error) {
    if (isDuplicate(error, "passkeys_pkey")) return failed;
    throw error;
  }
}

/** What the browser needs for asking a passkey: any of this host, or for a second step one of hers. */
export async function askPasskey(house: House, party: RelyingParty, memberId?: MemberId): Promise<object> {
  const hers = memberId ? await house.db.selectFrom("passkeys").select(["id", "transports"]).where("member_id", "=", memberId).execute() : [];
  const options = await (await webauthn()).generateAuthenticationOptions({ rpID: party.id, userVerification: "required", ...(memberId ? { allowCredentials: hers } : {}) });
  return { challenge: await keepChallenge(house, memberId ? "second_step" : "sign_in", memberId, options.challenge), options };
}

/** Whose passkey signed this challenge; its counter moves on. */
export async function provedHolder(house: House, party: RelyingParty, given: { challenge: string; passkey: SignedByPasskey }, memberId: MemberId | undefined): Promise<MemberId | undefined> {
  const challenge = await takeChallenge(house, given.challenge, memberId ? "second_step" : "sign_in", memberId);
  const kept = await house.db.selectFrom("passkeys").innerJoin("members", "members.id", "passkeys.member_id").selectAll("passkeys").where("passkeys.id", "=", given.passkey.id).where("left_at", "is", null).executeTakeFirst();
  if (challenge === undefined || !kept || (memberId && kept.member_id !== memberId)) return undefined;
  const credential = { id: kept.id, publicKey: new Uint8Array(kept.public_key), counter: kept.counter };
  try {
    const { verified, authenticationInfo } = await (await webauthn()).verifyAuthenticationResponse({ response: given.passkey, expectedChallenge: challenge, expectedOrigin: [...party.origins], expectedRPID: party.id, credential, requireUserVerification: true });
    if (!verified) return undefined;
    await house.db.updateTable("passkeys").set({ counter: authenticationInfo.newCounter, used_at: house.now() }).where("id", "=", kept.id).execute();
    return kept.member_id as MemberId;
  } catch (error) {
    // The library throws for every way an answer can be wrong; a database that fails is another matter.
    if (error instanceof Error && "severity" in error) throw error;
    return undefined;
  }
}

/** Signs in by passkey: device and person at once, so the second step is taken too. */
export async function signInByPasskey(house: House, party: RelyingParty, given: { challenge: string; passkey: SignedByPasskey }, { device, shared }: Pick<From, "device" | "shared">): Promise<{ token: string } | NotProved> {
  const memberId = await provedHolder(house, party, given, undefined);
  if (!memberId) return failed;
  return { token: await inTransaction(house, (act) => openSession(house, act, { memberId, way: "passkey", device, shared })) };
}

/** Takes the second step by one of her own passkeys. */
export async function takeStepByPasskey(house: House, party: RelyingParty, { member }: StaffScope, given: { challenge: string; passkey: SignedByPasskey }): Promise<{ token: string } | NotProved> {
  if (!(await provedHolder(house, party, given, member.memberId))) return failed;
  return { token: await inTransaction(house, (act) => takeStep(act, member)) };
}

/** Takes a passkey off her account. Refused where who works here would lose her last second step, or anyone her last way in. */
export function removePasskey(house: House, { member }: StaffScope, id: string): Promise<{ removed: true } | { refused: "lastStep" | "lastWay" }> {
  const { memberId } = member;
  return inTransaction(house, async (act) => {
    const { tx } = act;
    await tx.selectFrom("members").select("id").where("id", "=", memberId).forUpdate().execute();
    const left = await tx.selectFrom("passkeys").select("id").where("member_id", "=", memberId).where("id", "!=", id).execute();
    const app = await tx.selectFrom("authenticator_apps").select("member_id").where("member_id", "=", memberId).where("confirmed_at", "is not", null).executeTakeFirst();
    const passphrase = await tx.selectFrom("passphrases").select("member_id").where("member_id", "=", memberId).executeTakeFirst();
    if (left.length === 0 && !app && owesASecondStep(member)) return { refused: "lastStep" };
    if (left.length === 0 && !passphrase) return { refused: "lastWay" };
    const { numDeletedRows } = await tx.deleteFrom("passkeys").where("id", "=", id).where("member_id", "=", memberId).executeTakeFirst();
    if (numDeletedRows === 0n) return { removed: true };
    await audit(tx, { memberId, act: "removed_passkey", subjectKind: "member", subjectId: memberId });
    await tellOfChange(house, act, member, "passkey_removed");
    return { removed: true };
  });
}
