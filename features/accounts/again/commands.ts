import { audit } from "../../../platform/audit/audit.ts";
import { hashToken, newToken } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { SignedIn, StaffScope } from "../../../platform/http/scope.ts";
import { confirm, type Unconfirmed } from "../account/commands.ts";
import type { SignedByPasskey } from "../passkeys/forms.ts";
import { provedHolder, type NotProved } from "../passkeys/commands.ts";
import type { RelyingParty } from "../passkeys/rules.ts";
import { takeStepByCode } from "../second-step/commands.ts";
import type { Entered, Refusal, SignInTries } from "../sign-in/commands.ts";
import type { Proofs } from "./rules.ts";

/** It is she, by all that is asked of her; the session has another token from now on. */
export async function proveAgain(house: House, tries: SignInTries, scope: StaffScope, asked: Proofs, given: { readonly passphrase: string; readonly code: string }): Promise<Entered | Unconfirmed> {
  if (!asked.passphrase && !asked.code) return { refused: "presentWrong" };
  const refused = (asked.passphrase && (await refusedBy(confirm(house, tries, scope.member.memberId, given.passphrase)))) || (asked.code && (await refusedBy(takeStepByCode(house, tries, scope, given.code))));
  return refused || { token: await renewSession(house, scope.member) };
}

const refusedBy = async (proof: Promise<object | Refusal | Unconfirmed>): Promise<Refusal | Unconfirmed | undefined> => {
  const is = await proof;
  return "refused" in is ? (is as Refusal | Unconfirmed) : undefined;
};

/** The same by one of her own passkeys. */
export async function proveAgainByPasskey(house: House, party: RelyingParty, { member }: StaffScope, given: { challenge: string; passkey: SignedByPasskey }): Promise<{ token: string } | NotProved> {
  if (!(await provedHolder(house, party, given, member.memberId))) return { refused: "passkeyFailed" };
  return { token: await renewSession(house, member) };
}

/** Who had the old token has nothing (OWASP ASVS 5.0, 7.2.4). */
function renewSession(house: House, { memberId, sessionId }: SignedIn): Promise<string> {
  const token = newToken();
  return inTransaction(house, async ({ tx, now }) => {
    await tx.updateTable("member_sessions").set({ token_hash: hashToken(token), proved_at: now }).where("id", "=", sessionId).execute();
    await audit(tx, { memberId, act: "proved_again", subjectKind: "session", subjectId: sessionId });
    return token;
  });
}
