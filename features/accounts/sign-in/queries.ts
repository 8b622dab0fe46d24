import { hashToken } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";

/** Who signs in by this name, with the hash of her passphrase if she has one. */
export async function memberBySignInName(db: Reader, name: string): Promise<{ id: MemberId; hash: string | undefined } | undefined> {
  const row = await db
    .selectFrom("members")
    .leftJoin("passphrases", "passphrases.member_id", "members.id")
    .select(["members.id", "passphrases.hash"])
    .where("sign_in_name", "=", name)
    .where("left_at", "is", null)
    .executeTakeFirst();
  return row && { id: row.id as MemberId, hash: row.hash ?? undefined };
}

/** Whose first name a link still opens for at `now`; undefined when it was used or is too old. */
export async function nameBehindLink(db: Reader, token: string, now: Instant): Promise<string | undefined> {
  const row = await db
    .selectFrom("sign_in_links")
    .innerJoin("members", "members.id", "sign_in_links.member_id")
    .select("members.name")
    .where("token_hash", "=", hashToken(token))
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .where("left_at", "is", null)
    .executeTakeFirst();
  return row?.name;
}
