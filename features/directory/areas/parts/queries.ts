import { sql, type RawBuilder } from "kysely";
import type { Reader } from "../../../../platform/db/database.ts";
import type { AreaId } from "../../types.ts";
import type { Part } from "../types.ts";

/** The parts that stand now, of every region, in the order of their ids. */
export async function partsNow(db: Reader): Promise<readonly Part[]> {
  const rows = await db.selectFrom("areas").select(["id", "parent", "name", "name_es", "postal_prefixes"]).where("id", "like", "%/%").where("until", "is", null).orderBy("id").execute();
  return rows.map(({ id, parent, name, name_es, postal_prefixes }) => ({ id: id as AreaId, parent: parent as AreaId, called: { en: name, es: name_es ?? name }, prefixes: postal_prefixes }));
}

/** Whether a listing `l` lies in this area and in none within it; of a part: in its region, with such a postal code. */
export function liesIn(area: AreaId, parts: readonly Part[]): RawBuilder<boolean> {
  const part = parts.find(({ id }) => id === area);
  if (!part) return sql`l.area_id = ${area}`;
  return sql`(l.area_id = ${part.parent} and (${sql.join(part.prefixes.map((prefix) => sql`l.postcode like ${`${prefix}%`}`), sql` or `)}))`;
}

/** Joins to listings `l` the one `part` that each lies in, if any: no two of a region begin alike. */
export const partAt = sql`left join areas part on part.parent = l.area_id and part.until is null and exists (select from unnest(part.postal_prefixes) as prefix where starts_with(l.postcode, prefix))`;

/** Whether there was such a part, that is no more. */
export const wasPart = async (db: Reader, id: AreaId): Promise<boolean> => (await db.selectFrom("areas").select("id").where("id", "=", id).where("until", "is not", null).executeTakeFirst()) !== undefined;
