import { hashToken } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";

export async function isSetUp(db: Reader): Promise<boolean> {
  return (await db.selectFrom("network").select("only_one").executeTakeFirst()) !== undefined;
}

/** Does this link still set up the network? No, once it was used or the network exists. */
export async function linkIsOpen(db: Reader, token: string): Promise<boolean> {
  const link = await db
    .selectFrom("setup_links")
    .select("made_at")
    .where("token_hash", "=", hashToken(token))
    .where("used_at", "is", null)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom("network").select("only_one"))))
    .executeTakeFirst();
  return link !== undefined;
}
