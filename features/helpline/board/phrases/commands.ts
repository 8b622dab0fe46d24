import { audit } from "../../../../platform/audit/audit.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import type { PhraseId } from "../types.ts";
import type { PhraseWords } from "./forms.ts";

/** Adds a phrase. The same words a second time are the same phrase. */
export async function addPhrase(house: House, { member }: StaffScope, phrase: PhraseWords): Promise<void> {
  const { memberId } = member;
  await inTransaction(house, async ({ tx, now }) => {
    await tx.selectFrom("members").select("id").where("id", "=", memberId).forUpdate().execute();
    const twin = await tx.selectFrom("phrases").select("id").where("title", "=", phrase.title).where("en", "=", phrase.en).where("es", "=", phrase.es).where("removed_at", "is", null).executeTakeFirst();
    if (twin) return;
    const { id } = await tx
      .insertInto("phrases")
      .values({ ...phrase, edited_by: memberId, edited_at: now })
      .returning("id")
      .executeTakeFirstOrThrow();
    await audit(tx, { memberId, act: "added_phrase", subjectKind: "phrase", subjectId: id });
  });
}

/** Changes a phrase in both languages at once. */
export async function editPhrase(house: House, { member }: StaffScope, id: PhraseId, phrase: PhraseWords): Promise<void> {
  const { memberId } = member;
  await inTransaction(house, async ({ tx, now }) => {
    await tx
      .updateTable("phrases")
      .set({ ...phrase, edited_by: memberId, edited_at: now })
      .where("id", "=", id)
      .where("removed_at", "is", null)
      .execute();
    await audit(tx, { memberId, act: "edited_phrase", subjectKind: "phrase", subjectId: id });
  });
}

/** Takes a phrase out of the desks' list. */
export async function removePhrase(house: House, { member }: StaffScope, id: PhraseId): Promise<void> {
  const { memberId } = member;
  await inTransaction(house, async ({ tx, now }) => {
    const { numUpdatedRows } = await tx.updateTable("phrases").set({ removed_at: now, edited_by: memberId }).where("id", "=", id).where("removed_at", "is", null).executeTakeFirst();
    if (numUpdatedRows > 0n) await audit(tx, { memberId, act: "removed_phrase", subjectKind: "phrase", subjectId: id });
  });
}
