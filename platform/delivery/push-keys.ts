import { seal, unseal, type Keys } from "../crypto/seal.ts";
import type { Database } from "../db/database.ts";
import { makePushKeys, type PushKeys } from "./push.ts";

/** This installation's VAPID keys: made on first start, sealed in the database, the same for every process. */
export async function pushKeysOf(db: Database, keys: Keys): Promise<PushKeys> {
  const name = "web-push";
  const read = () => db.selectFrom("installation_secrets").select(["wrapped_key", "sealed"]).where("name", "=", name).executeTakeFirst();
  let row = await read();
  if (!row) {
    const { key, wrapped } = keys.makeDataKey(name);
    await db
      .insertInto("installation_secrets")
      .values({ name, wrapped_key: wrapped, sealed: seal(key, JSON.stringify(await makePushKeys()), name) })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
    row = await read();
  }
  if (!row) throw new Error("The push keys could not be kept.");
  return JSON.parse(unseal(keys.openDataKey(row.wrapped_key, name), row.sealed, name)) as PushKeys;
}
