import { hashToken } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { Instant } from "../../../platform/time/time.ts";

/** The name on an invitation that can be accepted at `now`; undefined when it is over or was never made. */
export async function invitedName(db: Reader, token: string, now: Instant): Promise<string | undefined> {
  const row = await db
    .selectFrom("invitations")
    .select("for_name")
    .where("token_hash", "=", hashToken(token))
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row?.for_name;
}
