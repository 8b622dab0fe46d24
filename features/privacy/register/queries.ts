import type { Reader } from "../../../platform/db/database.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";

export type SharingYes = { readonly id: string; readonly handle: string; readonly wording: string; readonly givenAt: Instant };

/** Every yes in force to give something of a member's away, the newest first: what is not in it may not be given. */
export async function sharingNow(db: Reader, _scope: StaffScope): Promise<SharingYes[]> {
  const rows = await db
    .selectFrom("consents as c")
    .innerJoin("handles as h", "h.member_id", "c.member_id")
    .select(["c.id", "h.handle", "c.wording", "c.given_at"])
    .where("c.kind", "=", "share")
    .where("c.withdrawn_at", "is", null)
    .orderBy("c.given_at", "desc")
    .execute();
  return rows.map(({ id, handle, wording, given_at }) => ({ id, handle, wording, givenAt: given_at }));
}
