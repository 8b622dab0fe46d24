import { createHash, randomUUID } from "node:crypto";
import { inTransaction, type Act } from "../../platform/db/transaction.ts";
import { buildApp, type App } from "../../platform/http/app.tsx";
import type { House } from "../../platform/http/house.ts";
import { NotHere, OurFault, TooLarge } from "../safety/views/apology.tsx";
import { confirmAll, state, type Stating } from "./claims/commands.ts";
import { directoryRoom } from "./routes.tsx";
import { termId } from "./taxonomy/queries.ts";
import type { Term } from "./taxonomy/rules.ts";
import type { Accepting, Kind, Point, ServiceId } from "./types.ts";

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
  readonly email?: string;
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
    .values({ id: service_id, organization_id, name, kind, description: wanted.description ?? null, email: wanted.email ?? null, edited_at: now })
    .execute();
  if (at) {
    await tx.insertInto("locations").values({ id: location_id, organization_id, name, ...at, zone: "America/Los_Angeles", edited_at: now }).execute();
    await tx.insertInto("addresses").values({ id: randomUUID(), location_id, address_1: "12 Lantern Street", city, state_province: region, postal_code: postalCode, country }).execute();
    await tx.insertInto("services_at_locations").values({ id: randomUUID(), service_id, location_id }).execute();
  }
  if (phone) await tx.insertInto("phones").values({ id: randomUUID(), service_id, number: phone, type: "voice", dial: phone, dial_kind: "e164", country }).execute();
  for (const code of languages) await tx.insertInto("languages").values({ id: randomUUID(), service_id, code }).execute();
  for (const term of terms) await tx.insertInto("attributes").values({ id: randomUUID(), link_id: service_id, link_entity: "service", taxonomy_term_id: termId(term) }).execute();
  const said = ["about", "contact", ...(at ? (["place"] as const) : []), "languages"] as const;
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
