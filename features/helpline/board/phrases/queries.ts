import type { Reader } from "../../../../platform/db/database.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import type { Phrase, PhraseId } from "../types.ts";

/** The phrases that volunteers can put into a message, by title. */
export async function allPhrases(db: Reader, _scope: StaffScope): Promise<Phrase[]> {
  const rows = await db
    .selectFrom("phrases as p")
    .leftJoin("members as m", "m.id", "p.edited_by")
    .select(["p.id", "p.title", "p.en", "p.es", "m.name", "p.edited_at"])
    .where("p.removed_at", "is", null)
    .orderBy("p.title")
    .execute();
  return rows.map((row) => ({ id: row.id as PhraseId, title: row.title, en: row.en, es: row.es, editedBy: row.name ?? undefined, editedAt: row.edited_at }));
}

export const phraseBy = async (db: Reader, scope: StaffScope, id: string): Promise<Phrase | undefined> => (await allPhrases(db, scope)).find((phrase) => phrase.id === id);
