import { audit } from "../../../platform/audit/audit.ts";
import { hashToken, newToken } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { isSetUp } from "./queries.ts";
import type { SetUpForm } from "./forms.ts";
import type { Accounts } from "./types.ts";

/**
 * Makes a one-time link that sets the network up, as a path ("/setup/…"); undefined when there is a network already.
 * The database keeps a hash alone, so each start prints a new one; all of them end with the set-up.
 */
export async function makeSetupLink(house: House): Promise<string | undefined> {
  if (await isSetUp(house.db)) return undefined;
  const token = newToken();
  await house.db.insertInto("setup_links").values({ token_hash: hashToken(token), made_at: house.now() }).execute();
  return `/setup/${token}`;
}

/**
 * Creates the network and its first coordinator in one transaction. False when the link was used or a network exists:
 * of two people who press the button at once, the row locks let one through.
 */
export function createNetwork(house: House, token: string, form: SetUpForm, language: Language, accounts: Accounts): Promise<boolean> {
  return inTransaction(house, async (act) => {
    const { tx, now } = act;
    const link = await tx.updateTable("setup_links").set({ used_at: now }).where("token_hash", "=", hashToken(token)).where("used_at", "is", null).returning("made_at").executeTakeFirst();
    if (!link) return false;
    const network = await tx
      .insertInto("network")
      .values({ name: form.networkName, host_organisation: form.hostOrganisation, country: form.country, zone: form.zone, languages: form.languages, set_up_at: now })
      .onConflict((conflict) => conflict.column("only_one").doNothing())
      .returning("name")
      .executeTakeFirst();
    if (!network) return false;
    const { name, signInName, passphrase, zone } = form;
    const memberId = await accounts.createFirstCoordinator(act, { name, signInName, passphrase, language, zone });
    await audit(tx, { memberId, act: "set_up", subjectKind: "network", subjectId: undefined });
    return true;
  });
}
