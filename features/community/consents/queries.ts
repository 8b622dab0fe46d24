import type { Reader } from "../../../platform/db/database.ts";
import type { MemberScope } from "../../../platform/http/scope.ts";
import type { Consent, ConsentId } from "./types.ts";

/** What she said yes to, with the sentence as she read it, the first one first. */
export async function consentsOf(db: Reader, { member }: MemberScope): Promise<Consent[]> {
  const rows = await db.selectFrom("consents").select(["id", "kind", "wording", "given_at", "withdrawn_at"]).where("member_id", "=", member.memberId).orderBy("given_at").orderBy("kind").execute();
  return rows.map(({ id, kind, wording, given_at, withdrawn_at }) => ({ id: id as ConsentId, kind: kind as Consent["kind"], wording, givenAt: given_at, withdrawnAt: withdrawn_at ?? undefined }));
}
