import { randomInt } from "node:crypto";
import { hashPassphrase } from "../../../platform/crypto/passphrase.ts";
import { newToken } from "../../../platform/crypto/seal.ts";
import { sixWords } from "../../../platform/crypto/six-words.ts";
import { inTransaction, isDuplicate, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { plainHandle, signInNameFrom } from "../names/rules.ts";
import type { Accounts, On } from "./types.ts";

export type Joining = {
  /** The form's own: sent twice, it is one place. */
  readonly key: string;
  readonly handle: string;
  readonly language: Language;
  readonly zone: string;
  /** The sentences that she said yes to. */
  readonly consents: readonly { readonly kind: "rules" | "collect"; readonly wording: string }[];
} & On;

export type Joined = { readonly token: string; /** What opens it again, shown once: we keep its hash. */ readonly key: { readonly name: string; readonly words: string } };

const mostTries = 5;
/** So long the same form brings the same place back; later it is only a form. */
const againMinutes = 10;

/** A place in the community: a handle, and a key of six words. No e-mail, no name. */
export async function joinCommunity(house: House, accounts: Accounts, joining: Joining): Promise<Joined | { readonly refused: "handleTaken" }> {
  const words = sixWords(newToken(), joining.language);
  const passphraseHash = await hashPassphrase(words);
  for (let tries = 1; ; tries++) {
    const signInName = signInNameFrom(joining.handle, randomInt(10_000));
    try {
      const { token, name } = await inTransaction(house, async (act) => (await sentBefore(act, accounts, joining, passphraseHash)) ?? { token: await settle(act, accounts, joining, signInName, passphraseHash), name: signInName });
      return { token, key: { name, words } };
    } catch (error) {
      const taken = isDuplicate(error, "handles_plain_key");
      // Somebody has the name; or it was the other one of a form that was sent twice, and is there by now.
      if (taken && tries > 1) return { refused: "handleTaken" };
      if (!(taken || isDuplicate(error, "handles_join_key_key") || isDuplicate(error, "members_sign_in_name_key")) || tries >= mostTries) throw error;
    }
  }
}

async function settle(act: Act, accounts: Accounts, { key, handle, language, zone, userAgent, shared, consents }: Joining, signInName: string, passphraseHash: string): Promise<string> {
  const { tx, now } = act;
  const { memberId, token } = await accounts.addPerson(act, { name: handle, signInName, language, zone, passphraseHash, userAgent, shared });
  await tx.insertInto("handles").values({ member_id: memberId, handle, plain: plainHandle(handle), taken_at: now, join_key: key }).execute();
  await tx.insertInto("consents").values(consents.map(({ kind, wording }) => ({ member_id: memberId, kind, wording, given_at: now }))).execute();
  return token;
}

/** Her answer was lost on the way: the place is hers, with other words, as those before were shown to nobody. */
async function sentBefore(act: Act, accounts: Accounts, { key, userAgent, shared }: Joining, passphraseHash: string): Promise<{ token: string; name: string } | undefined> {
  const { tx, now } = act;
  const row = await tx
    .selectFrom("handles as h")
    .innerJoin("members as m", "m.id", "h.member_id")
    .select(["m.id", "m.sign_in_name as name"])
    .where("h.join_key", "=", key)
    .where("h.taken_at", ">", now.subtract({ minutes: againMinutes }))
    .where("m.left_at", "is", null)
    .executeTakeFirst();
  return row && { token: await accounts.giveKeyAgain(act, { memberId: row.id as MemberId, passphraseHash, userAgent, shared }), name: row.name };
}
