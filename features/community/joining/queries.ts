import { randomInt } from "node:crypto";
import type { Reader } from "../../../platform/db/database.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { nameAt, namesIn, plainHandle } from "../names/rules.ts";

/** Names to choose from that nobody has now. */
export async function freeNames(db: Reader, language: Language, count: number): Promise<string[]> {
  const names = [...new Set(Array.from({ length: count * 3 }, () => nameAt(randomInt(namesIn(language)), language)))];
  const taken = await db.selectFrom("handles").select("plain").where("plain", "in", names.map(plainHandle)).execute();
  return names.filter((name) => !taken.some(({ plain }) => plain === plainHandle(name))).slice(0, count);
}
