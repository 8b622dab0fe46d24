import { sql } from "kysely";
import { audit } from "../../../../platform/audit/audit.ts";
import { seal } from "../../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { addStep } from "../commands.ts";
import { touched } from "../queries.ts";
import type { Breach } from "../types.ts";
import { markOfNotice, noticeBound } from "./queries.ts";
import type { NoticeSaid } from "./types.ts";

/**
 * From now on everybody with an account whom the breach touched is shown this before her next page. No letter and no push: nothing of it leaves
 * this place. The same form twice is one. Undefined: there is no such breach.
 */
export const tellMembers = (house: House, { member: { memberId } }: StaffScope, breach: Breach, { key: id, words }: { readonly key: string; readonly words: NoticeSaid["words"] }): Promise<"told" | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const row = await tx.selectFrom("breaches").select(["id", "wrapped_key"]).where("id", "=", breach.id).forUpdate().executeTakeFirst();
    if (!row) return undefined;
    const { kind, classes, from, until, knownAt } = breach;
    const said: NoticeSaid = { breach: { kind, classes, from, until, knownAt }, words };
    const { key, wrapped } = house.keys.makeDataKey(noticeBound(id));
    const made = await tx
      .insertInto("breach_notices")
      .values({ id, breach_id: breach.id, words_sealed: seal(key, JSON.stringify(said), noticeBound(id)), wrapped_key: wrapped, told_by: memberId, told_at: now })
      .onConflict((twin) => twin.column("id").doNothing())
      .returning(["id", "breach_id", "words_sealed", "told_by", "told_at"])
      .executeTakeFirst();
    if (!made) return "told";
    await sql`insert into breach_told (notice_id, member_id, told_at)
      select ${id}, m.id, ${now} from members m where m.left_at is null and m.id::text in (${touched("member", classes, until)})`.execute(tx);
    await audit(tx, { memberId, act: "told_of_breach", subjectKind: "breach", subjectId: breach.id, reason: `mark ${markOfNotice(made)}` });
    await addStep(house, act, memberId, row, { key: id, step: "members_told", words: "" });
    return "told";
  });

/** She says that she has read it. Of what she was not told nothing is changed. */
export async function sayRead({ db, now }: Pick<House, "db" | "now">, { member }: StaffScope, id: string): Promise<void> {
  await db.updateTable("breach_told").set({ read_at: now() }).where("notice_id", "=", id).where("member_id", "=", member.memberId).where("read_at", "is", null).execute();
}
