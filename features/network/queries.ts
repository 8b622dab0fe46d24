import type { Reader } from "../../platform/db/database.ts";
import type { Visit } from "../../platform/http/visit.ts";
import { isLanguage } from "../../platform/i18n/words.ts";
import { leastAges, type Network } from "./types.ts";

export { peopleHere } from "./home/queries.ts";
export { isOpenNow, nextOpeningAt } from "./hours/queries.ts";
export type { Network } from "./types.ts";

/** The zone that times are said in: hers where her browser told one, else the network's. Her own asks nobody. */
export const zoneFor = async (db: Reader, { zone }: Pick<Visit, "zone">): Promise<string> => zone ?? (await networkNow(db))?.zone ?? "UTC";

/** The network of this installation; undefined until it is set up. */
export async function networkNow(db: Reader): Promise<Network | undefined> {
  const row = await db
    .selectFrom("network")
    .select(["name", "host_organisation", "country", "zone", "languages", "conversation_days", "contact_days", "audit_days", "privacy_contact", "complain_to", "privacy_more_en", "privacy_more_es", "least_age", "set_up_at"])
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    name: row.name,
    hostOrganisation: row.host_organisation,
    country: row.country,
    zone: row.zone,
    languages: row.languages.filter(isLanguage),
    conversationDays: row.conversation_days,
    contactDays: row.contact_days,
    auditDays: row.audit_days,
    privacy: { contact: row.privacy_contact, complainTo: row.complain_to, more: { en: row.privacy_more_en, es: row.privacy_more_es } },
    leastAge: leastAges.find((age) => age === row.least_age),
    setUpAt: row.set_up_at,
  };
}
