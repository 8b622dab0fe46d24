import type { Keys } from "../../../../platform/crypto/seal.ts";
import type { Reader } from "../../../../platform/db/database.ts";
import { roomAddress } from "../../series/queries.ts";
import { sessionsOf } from "../../queries.ts";
import type { SessionId } from "../../types.ts";

/** The address of an organisation's own room for this meeting; for an admitted seat and those who lead alone. */
export async function roomAddressOf(db: Reader, keys: Keys, session: SessionId): Promise<string | undefined> {
  const [one] = await sessionsOf(db, { ids: [session] });
  return one && roomAddress({ db, keys }, one.seriesId);
}
