import { createHash, randomUUID } from "node:crypto";
import { inTransaction, type Act } from "../../platform/db/transaction.ts";
import { buildApp, type App } from "../../platform/http/app.tsx";
import type { House } from "../../platform/http/house.ts";
import { NotHere, OurFault, TooLarge } from "../safety/apologies/routes.tsx";
import { confirmAll, state, type Stating } from "./claims/commands.ts";
import { directoryRoom } from "./routes.tsx";
import { dialOf } from "./phones/rules.ts";
import { termId } from "./taxonomy/queries.ts";
import type { Term } from "./taxonomy/rules.ts";
import type { Accepting, Field, Kind, Point, ServiceId } from "./types.ts";

/** A listing of the street, as tests want one; whatever is not said is ordinary. */
export type Wanted = {
  readonly name?: string;
  readonly organization?: string;
  readonly description?: string;
  readonly kind?: Kind;
  /** Undefined: it has no place of its own. */
  readonly at?: Point | undefined;
  readonly city?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly country?: string;
  /** E.164, or undefined for none. */
  readonly phone?: string | undefined;
  readonly extension?: string;
  /** E.164, for text messages. */
  readonly text?: string;
  readonly email?: string;
  readonly url?: string;
  readonly street?: string;
  readonly fees?: string;
  readonly howToApply?: string;
  /** In wall time: 'MO,WE', '10:00', '11:30'. */
  readonly hours?: readonly (readonly [byday: string, opens: string, closes: string])[];
  readonly credential?: { readonly kind: "pmh_c" | "licence" | "peer_specialist" | "lactation" | "doula" | "other"; readonly number?: string; readonly checkedOn?: string };
  readonly languages?: readonly string[];
  readonly terms?: readonly Term[];
  readonly accepting?: Accepting;
  readonly waitDays?: number;
  /** How it came to be known; "import" leaves it unconfirmed. */
  readonly by?: Stating;
};

export const byCall: Stating = { source: "the provider, by phone", method: "call" };
export const byImport: Stating = { source: "Lantern 211", method: "import" };

/** Writes one service with all that hangs on it, its claims and its listing. */
export const makeListing = (house: House, wanted: Wanted = {}): Promise<ServiceId> => inTransaction(house, (act) => writeListing(act, wanted));

export async function writeListing(act: Act, wanted: Wanted): Promise<ServiceId> {
  const { tx, now } = act;
  const { name = "Circle of Mothers", kind = "group", country = "US", region = "CA", city = "Los Angeles", postalCode = "90012", languages = ["en"], terms = [], by = byCall } = wanted;
  const phone = "phone" in wanted ? wanted.phone : "+12135550123";
  const at = "at" in wanted ? wanted.at : { latitude: 34.06, longitude: -118.24 };
  const [organization_id, service_id, location_id] = [randomUUID(), randomUUID() as ServiceId, randomUUID()];
  await tx.insertInto("organizations").values({ id: organization_id, name: wanted.organization ?? name, edited_at: now }).execute();
  await tx
    .insertInto("services")
    .values({ id: service_id, organization_id, name, kind, description: wanted.description ?? null, email: wanted.email ?? null, url: wanted.url ?? null, fees_description: wanted.fees ?? null, application_process: wanted.howToApply ?? null, edited_at: now })
    .execute();
  if (at) {
    await tx.insertInto("locations").values({ id: location_id, organization_id, name, ...at, zone: "America/Los_Angeles", edited_at: now }).execute();
    await tx.insertInto("addresses").values({ id: randomUUID(), location_id, address_1: wanted.street ?? "12 Lantern Street", city, state_province: region, postal_code: postalCode, country }).execute();
    await tx.insertInto("services_at_locations").values({ id: randomUUID(), service_id, location_id }).execute();
  }
  const numbers = [...(phone ? [{ dial: phone, type: "voice", extension: wanted.extension ?? null }] : []), ...(wanted.text ? [{ dial: wanted.text, type: "text", extension: null }] : [])];
  for (const { dial, ...number } of numbers) await tx.insertInto("phones").values({ id: randomUUID(), service_id, number: dialOf(dial, country)?.shown ?? dial, dial, dial_kind: "e164", country, ...number }).execute();
  for (const [byday, opens, closes] of wanted.hours ?? []) await tx.insertInto("schedules").values({ id: randomUUID(), service_id, freq: "WEEKLY", byday, opens_at: Temporal.PlainTime.from(opens), closes_at: Temporal.PlainTime.from(closes), zone: at ? null : "America/Los_Angeles" }).execute();
  const { credential } = wanted;
  if (credential) await tx.insertInto("listing_credentials").values({ service_id, kind: credential.kind, number: credential.number ?? null, checked_on: credential.checkedOn ? Temporal.PlainDate.from(credential.checkedOn) : null }).execute();
  for (const code of languages) await tx.insertInto("languages").values({ id: randomUUID(), service_id, code }).execute();
  for (const term of terms) await tx.insertInto("attributes").values({ id: randomUUID(), link_id: service_id, link_entity: "service", taxonomy_term_id: termId(term) }).execute();
  const has = <F extends Field>(field: F, there: unknown): F[] => (there ? [field] : []);
  const said: Field[] = ["about", "contact", ...has("place", at), "languages", ...has("hours", wanted.hours), ...has("who", terms.some((term) => term.startsWith("w_"))), ...has("cost", wanted.fees ?? terms.find((term) => term.startsWith("c_"))), ...has("insurance", terms.find((term) => term.startsWith("i_"))), ...has("credential", credential)];
  await state(act, service_id, said.map((field) => ({ field, value: "as shown" })), by);
  if (wanted.accepting) await state(act, service_id, [{ field: "accepting", value: wanted.accepting }], by);
  if (wanted.waitDays !== undefined) await state(act, service_id, [{ field: "wait", value: String(wanted.waitDays) }], by);
  return service_id;
}

/** Somebody called and heard that all is as it is shown. */
export const confirmListing = (house: House, id: ServiceId, by: Stating = byCall): Promise<void> => inTransaction(house, (act) => confirmAll(act, id, by));

/** Somebody on a network of her own, told from others by `who`. */
export const stranger = (who: string): Buffer => createHash("sha256").update(who).digest();

/** A stranger could not reach it; the row alone, as the listing was before anything followed from it. */
export async function reportUnreachable(house: House, serviceId: ServiceId, who: string): Promise<void> {
  await house.db.insertInto("listing_reports").values({ service_id: serviceId, kind: "cannot_reach", by_whom: stranger(who), made_at: house.now() }).execute();
}

/** The directory behind its front door, as a visitor's browser meets it. */
export const directoryApp = (house: House): App => buildApp(house, [directoryRoom(house)], { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge });
