import { audit } from "../../../platform/audit/audit.ts";
import { seal, unseal } from "../../../platform/crypto/seal.ts";
import { hashPassphrase, passphraseMatches } from "../../../platform/crypto/passphrase.ts";
import { asSixWords } from "../../../platform/crypto/six-words.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, SessionId, StaffScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { emailFingerprint, refusingTwins, type NotMade } from "../commands.ts";
import { tellOfChange } from "../changes/commands.ts";
import { emailBound } from "../queries.ts";
import type { SignInTries } from "../sign-in/commands.ts";

/** Signs one of her own devices out. */
export async function endSession(house: House, { member }: StaffScope, id: SessionId): Promise<void> {
  await inTransaction(house, async ({ tx, now }) => {
    const { numUpdatedRows } = await tx.updateTable("member_sessions").set({ revoked_at: now }).where("id", "=", id).where("member_id", "=", member.memberId).where("revoked_at", "is", null).executeTakeFirst();
    if (numUpdatedRows > 0n) await audit(tx, { memberId: member.memberId, act: "ended_session", subjectKind: "session", subjectId: id });
  });
}

/** Signs every device out but this one. */
export async function endOtherSessions(house: House, { member }: StaffScope): Promise<void> {
  await inTransaction(house, async ({ tx, now }) => {
    await tx.updateTable("member_sessions").set({ revoked_at: now }).where("member_id", "=", member.memberId).where("id", "!=", member.sessionId).where("revoked_at", "is", null).execute();
    await audit(tx, { memberId: member.memberId, act: "ended_other_sessions", subjectKind: "member", subjectId: member.memberId });
  });
}

export type Details = { readonly name: string; readonly signInName: string; readonly language: Language; readonly zone: string; readonly email: string | undefined };

/** Changes who she is here. Without an address the sealed one and its fingerprint go. */
export function changeDetails(house: House, { member }: StaffScope, { name, signInName, language, zone, email }: Details): Promise<{ changed: true } | NotMade> {
  const { memberId } = member;
  return refusingTwins(() =>
    inTransaction(house, async (act) => {
      const { tx } = act;
      const { wrapped_key, email_sealed: before } = await tx.selectFrom("members").select(["wrapped_key", "email_sealed"]).where("id", "=", memberId).executeTakeFirstOrThrow();
      const key = house.keys.openDataKey(wrapped_key, memberId);
      const kept = email === undefined ? undefined : seal(key, email, emailBound(memberId));
      // To the address that she had: whoever put in another would be the only one to hear of it.
      if (before && unseal(key, before, emailBound(memberId)) !== email) await tellOfChange(house, act, member, "email_changed", before);
      await tx
        .updateTable("members")
        .set({ name, sign_in_name: signInName, language, zone, email_sealed: kept ?? null, email_fingerprint: email === undefined ? null : emailFingerprint(house, email) })
        .where("id", "=", memberId)
        .execute();
      await audit(tx, { memberId, act: "changed_details", subjectKind: "member", subjectId: memberId });
      return { changed: true };
    }),
  );
}

export type Unconfirmed = { readonly refused: "presentWrong" } | { readonly refused: "tooManyTries"; readonly seconds: number };

/** Is it she, and not who has her phone? By her passphrase or six words. Of who has none, whatever is typed is wrong. */
export async function confirm(house: Pick<House, "db">, tries: SignInTries, memberId: MemberId, passphrase: string): Promise<{ readonly confirmed: true } | Unconfirmed> {
  return matches(tries, memberId, await hashOf(house, memberId), passphrase);
}

const hashOf = async ({ db }: Pick<House, "db">, memberId: MemberId): Promise<string | undefined> => (await db.selectFrom("passphrases").select("hash").where("member_id", "=", memberId).executeTakeFirst())?.hash;

async function matches(tries: SignInTries, memberId: MemberId, hash: string | undefined, passphrase: string): Promise<{ readonly confirmed: true } | Unconfirmed> {
  const seconds = await tries.take(memberId, "");
  if (seconds > 0) return { refused: "tooManyTries", seconds };
  if (!(await passphraseMatches(hash, asSixWords(passphrase) ?? passphrase))) return { refused: "presentWrong" };
  await tries.forget(memberId, "");
  return { confirmed: true };
}

/** Sets a new passphrase and signs her other devices out. The present one is asked where there is one. */
export async function changePassphrase(house: House, tries: SignInTries, { member }: StaffScope, { now: present, passphrase }: { now: string; passphrase: string }): Promise<{ changed: true } | Unconfirmed> {
  const { memberId } = member;
  const kept = await hashOf(house, memberId);
  const is = kept === undefined ? undefined : await matches(tries, memberId, kept, present);
  if (is && "refused" in is) return is;
  const hash = await hashPassphrase(passphrase);
  return inTransaction(house, async (act) => {
    const { tx, now } = act;
    await tx.insertInto("passphrases").values({ member_id: memberId, hash, set_at: now }).onConflict((twin) => twin.column("member_id").doUpdateSet({ hash, set_at: now })).execute();
    await tx.updateTable("member_sessions").set({ revoked_at: now }).where("member_id", "=", memberId).where("id", "!=", member.sessionId).where("revoked_at", "is", null).execute();
    await audit(tx, { memberId, act: "changed_passphrase", subjectKind: "member", subjectId: memberId });
    await tellOfChange(house, act, member, "passphrase_changed");
    return { changed: true };
  });
}
