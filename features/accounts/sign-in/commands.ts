import { hashToken } from "../../../platform/crypto/seal.ts";
import { passphraseMatches } from "../../../platform/crypto/passphrase.ts";
import { asSixWords } from "../../../platform/crypto/six-words.ts";
import { audit } from "../../../platform/audit/audit.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import { countTries } from "../../../platform/db/tries.ts";
import type { House } from "../../../platform/http/house.ts";
import { publicUrl } from "../../../platform/http/public-url.ts";
import type { MemberId, StaffScope } from "../../../platform/http/scope.ts";
import { isLanguage } from "../../../platform/i18n/words.ts";
import { emailFingerprint, makeSignInLink, openSession, startSession } from "../commands.ts";
import { emailOf } from "../queries.ts";
import type { Way } from "../types.ts";
import { say } from "../words.ts";
import { memberBySignInName } from "./queries.ts";
import { recoveryCodeTyped, signInNameTyped } from "./rules.ts";

export type Refusal = { readonly refused: "signInWrong" | "codeWrong" | "linkOver" } | { readonly refused: "tooManyTries"; readonly seconds: number };
export type Entered = { readonly token: string } | Refusal;

/** Where a try comes from: the device as it will be listed, whether others use it, and the network prefix for limits. */
export type From = { readonly device: string; readonly shared: boolean; readonly prefix: string };

/** Counts tries by name and place together, by name from anywhere, and by place for any name. */
export type SignInTries = {
  /** Seconds to wait; 0 when this try may go on. */
  take(name: string, prefix: string): Promise<number>;
  forget(name: string, prefix: string): Promise<void>;
};

const quarter = 15 * 60;
const day = 24 * 60 * 60;

/** Made once a house, since each keeps a broom that clears old rows. */
export function signInTries(house: Pick<House, "db" | "keys">, purpose: "sign-in" | "second-step" | "link"): SignInTries {
  const near = countTries(house.db, { name: `${purpose}/near`, tries: 5, seconds: quarter });
  const name = countTries(house.db, { name: `${purpose}/name`, tries: 100, seconds: day });
  const place = countTries(house.db, { name: `${purpose}/place`, tries: 60, seconds: quarter });
  const print = (...parts: string[]) => house.keys.fingerprint("sign-in-try", parts.join("\n"));
  return {
    take: async (who, prefix) => Math.max(...(await Promise.all([near.take(print(who, prefix)), name.take(print(who)), place.take(print(prefix))]))),
    forget: async (who, prefix) => {
      await Promise.all([near.forget(print(who, prefix)), name.forget(print(who))]);
    },
  };
}

/** Signs in by name and passphrase. A name that nobody has takes as long as one that somebody has, and says the same. */
export async function signInByPassphrase(house: House, tries: SignInTries, typed: { signInName: string; passphrase: string }, { prefix, ...on }: From): Promise<Entered> {
  const name = signInNameTyped(typed.signInName) ?? "";
  const seconds = await tries.take(name, prefix);
  if (seconds > 0) return { refused: "tooManyTries", seconds };
  const member = await memberBySignInName(house.db, name);
  if (!(await passphraseMatches(member?.hash, asSixWords(typed.passphrase) ?? typed.passphrase)) || !member) return { refused: "signInWrong" };
  await tries.forget(name, prefix);
  return { token: await startSession(house, { memberId: member.id, way: "passphrase", ...on }) };
}

/** Signs in by name and one recovery code, which is used up. */
export async function signInByRecoveryCode(house: House, tries: SignInTries, typed: { signInName: string; code: string }, { prefix, ...on }: From): Promise<Entered> {
  const name = signInNameTyped(typed.signInName) ?? "";
  const seconds = await tries.take(name, prefix);
  if (seconds > 0) return { refused: "tooManyTries", seconds };
  const member = await memberBySignInName(house.db, name);
  if (!member) return { refused: "codeWrong" };
  const token = await inTransaction(house, async (act) => ((await useRecoveryCode(house, act, member.id, typed.code)) ? openSession(house, act, { memberId: member.id, way: "recovery_code", ...on }) : undefined));
  if (token === undefined) return { refused: "codeWrong" };
  await tries.forget(name, prefix);
  return { token };
}

/** What the database keeps of a recovery code: keyed, since a code is short enough to be guessed from a plain hash. */
export const recoveryCodeHash = (house: Pick<House, "keys">, memberId: MemberId, code: string): Buffer => house.keys.fingerprint("recovery-code", `${memberId}\n${recoveryCodeTyped(code) ?? ""}`);

/** Uses up a recovery code. False when it is not hers or was used. */
export async function useRecoveryCode(house: Pick<House, "keys">, { tx, now }: Pick<Act, "tx" | "now">, memberId: MemberId, code: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("recovery_codes")
    .set({ used_at: now })
    .where("code_hash", "=", recoveryCodeHash(house, memberId, code))
    .where("member_id", "=", memberId)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Opens a sign-in link, once. */
export async function useSignInLink(house: House, linkToken: string, on: Pick<From, "device" | "shared">): Promise<Entered> {
  return inTransaction(house, async (act) => {
    const link = await act.tx
      .updateTable("sign_in_links")
      .from("members")
      .set({ used_at: act.now })
      .whereRef("members.id", "=", "sign_in_links.member_id")
      .where("token_hash", "=", hashToken(linkToken))
      .where("used_at", "is", null)
      .where("expires_at", ">", act.now)
      .where("left_at", "is", null)
      .returning(["sign_in_links.member_id", "sign_in_links.way"])
      .executeTakeFirst();
    if (!link) return { refused: "linkOver" };
    return { token: await openSession(house, act, { memberId: link.member_id as MemberId, way: link.way as Way, ...on }) };
  });
}

/**
 * Asks for a link by e-mail. It does the same work whether or not anybody has this address, and says the same;
 * a job finds out afterwards. The waiting job holds a keyed fingerprint, not the address.
 */
export async function askForSignInLink(house: House, tries: SignInTries, email: string, prefix: string): Promise<{ asked: true } | Refusal> {
  const fingerprint = emailFingerprint(house, email).toString("base64url");
  const seconds = await tries.take(fingerprint, prefix);
  if (seconds > 0) return { refused: "tooManyTries", seconds };
  await inTransaction(house, ({ addJob }) => addJob("send_sign_in_link", { fingerprint }, { maxAttempts: 5 }));
  return { asked: true };
}

/** Sends the link to whoever has the address with this fingerprint, in her language; to nobody when nobody has. */
export async function sendSignInLink(house: House, fingerprint: string): Promise<void> {
  const member = await house.db.selectFrom("members").select(["id", "name", "language"]).where("email_fingerprint", "=", Buffer.from(fingerprint, "base64url")).where("left_at", "is", null).executeTakeFirst();
  const to = member && (await emailOf(house, member.id as MemberId));
  if (!member || !to) return;
  const t = say(isLanguage(member.language) ? member.language : "en");
  const link = `${publicUrl(house)}${await makeSignInLink(house, member.id as MemberId, "email_link")}`;
  await house.delivery.email.send({ to, subject: t("linkLetterSubject"), text: t("linkLetter", { name: member.name, link }) });
}

/** Ends this session. */
export async function signOut(house: House, { member }: StaffScope): Promise<void> {
  await inTransaction(house, async ({ tx, now }) => {
    await tx.updateTable("member_sessions").set({ revoked_at: now }).where("id", "=", member.sessionId).where("revoked_at", "is", null).execute();
    await audit(tx, { memberId: member.memberId, act: "signed_out", subjectKind: "session", subjectId: member.sessionId });
  });
}
