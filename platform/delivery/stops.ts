import type { Keys } from "../crypto/seal.ts";
import type { Reader } from "../db/database.ts";
import type { Instant } from "../time/time.ts";

/** A keyed fingerprint of an e-mail address or a number; the address itself is not kept. */
export const addressPrint = (keys: Keys, address: string): Buffer => keys.fingerprint("address", address.trim().toLowerCase());

/** "Please stop writing": no letter and no text that nobody asked for goes there from now on. */
export async function stopWriting(db: Reader, fingerprint: Buffer, now: Instant): Promise<void> {
  await db.insertInto("stopped_addresses").values({ fingerprint, stopped_at: now }).onConflict((conflict) => conflict.doNothing()).execute();
}

/** Write to me again. */
export async function writeAgain(db: Reader, fingerprint: Buffer): Promise<void> {
  await db.deleteFrom("stopped_addresses").where("fingerprint", "=", fingerprint).execute();
}

export async function hasStopped(db: Reader, fingerprint: Buffer): Promise<boolean> {
  return (await db.selectFrom("stopped_addresses").select("stopped_at").where("fingerprint", "=", fingerprint).executeTakeFirst()) !== undefined;
}
