import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import { addressPrint, hasStopped } from "../../../platform/delivery/stops.ts";
import type { SeatId } from "../types.ts";
import { contactOf } from "./types.ts";

/** Did the number that she left at this seat ask for no more texts? Then none is sent there, and her page says so. */
export async function textsStopped({ db, keys }: { readonly db: Reader; readonly keys: Keys }, seat: SeatId): Promise<boolean> {
  const row = await db.selectFrom("seats").select(["contact_sealed", "wrapped_key"]).where("id", "=", seat).where("way", "=", "text").executeTakeFirst();
  if (!row?.contact_sealed || !row.wrapped_key) return false;
  return hasStopped(db, addressPrint(keys, unseal(keys.openDataKey(row.wrapped_key, contactOf(seat)), row.contact_sealed, contactOf(seat))));
}
