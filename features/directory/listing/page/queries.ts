import { sql } from "kysely";
import type { Reader } from "../../../../platform/db/database.ts";
import { isId } from "../../../../platform/http/ids.ts";
import { isZone, type Instant } from "../../../../platform/time/time.ts";
import { isHidden } from "../../claims/now/rules.ts";
import { homeOf } from "../../finder/asks/rules.ts";
import { findListings, listingById, pocketOf } from "../../finder/queries.ts";
import { anywhereIn, kindFacet, type Ask } from "../../finder/rules.ts";
import type { Card, Kind, Listing, Point, ServiceId } from "../../types.ts";
import { partsOf, standingPartsOf } from "../queries.ts";
import type { AtAddress, Credential } from "./types.ts";

/** What stands at `/listings/:id`, by the id of a listing or of its service; undefined where there never was any. */
export async function atAddress(db: Reader, id: string, country: string, now: Instant): Promise<AtAddress | undefined> {
  const service = await serviceOf(db, id);
  if (!service) return undefined;
  if (service.mergedInto) return { is: "merged", to: (await firstListingOf(db, service.mergedInto)) ?? service.mergedInto };
  const listing = (await listingById(db, id)) ?? (await listingOfService(db, service.id, id));
  const gone = async (why: "closed" | "unsaid" | "hidden" | "away") => ({ is: "gone" as const, why, serviceId: service.id, name: service.name, kind: service.kind, others: await othersLike(db, service.kind, listing, country, now) });
  if (!listing) return gone((await standingPartsOf(db, service.id))?.claims.length === 0 ? "unsaid" : "closed");
  const pocket = pocketOf(listing);
  if (isHidden(pocket, now.epochMilliseconds)) return gone((await standingPartsOf(db, service.id))?.awaySince ? "away" : "hidden");
  const parts = (await partsOf(db, [service.id])).services[0];
  if (!parts) return gone("closed");
  const place = parts.places.find((one) => one.id === listing.id);
  return { is: "here", listing: { ...pocket, card: inKnownZone(pocket.card) }, service: parts, place, area: listing.area, credentials: await credentialsOf(db, service.id) };
}

/** A card that was made while its zone was taken unread. */
const inKnownZone = ({ zone, ...card }: Card): Card => (zone !== undefined && isZone(zone) ? { ...card, zone } : card);

type Known = { readonly id: ServiceId; readonly name: string; readonly kind: Kind; readonly mergedInto: ServiceId | undefined };

async function serviceOf(db: Reader, id: string): Promise<Known | undefined> {
  const row = await db
    .selectFrom("services")
    .select(["id", "name", "kind", "merged_into"])
    .where(sql<boolean>`id = any(array(select ${id}::uuid union all select service_id from services_at_locations where id = ${id}::uuid))`)
    .executeTakeFirst();
  return row && { id: row.id as ServiceId, name: row.name, kind: row.kind as Kind, mergedInto: (row.merged_into as ServiceId | null) ?? undefined };
}

/** Where a service is named instead of one of its places: the first of them. */
async function listingOfService(db: Reader, serviceId: ServiceId, asked: string): Promise<Listing | undefined> {
  if (asked !== serviceId) return undefined;
  const first = await firstListingOf(db, serviceId);
  return first === undefined ? undefined : listingById(db, first);
}

async function firstListingOf(db: Reader, serviceId: ServiceId): Promise<string | undefined> {
  return (await db.selectFrom("listings").select("id").where("service_id", "=", serviceId).orderBy("id").executeTakeFirst())?.id;
}

async function credentialsOf(db: Reader, serviceId: ServiceId): Promise<readonly Credential[]> {
  const rows = await db.selectFrom("listing_credentials").select(["kind", "number", "issuer", "checked_on"]).where("service_id", "=", serviceId).orderBy("kind").execute();
  return rows.map(({ kind, number, issuer, checked_on }) => ({ kind: kind as Credential["kind"], number: number ?? undefined, issuer: issuer ?? undefined, checkedOn: checked_on ?? undefined }));
}

const mostOthers = 3;

/** The nearest of the same kind; where it had no place, those that help from anywhere. */
async function othersLike(db: Reader, kind: Kind, listing: Pick<Listing, "id" | "at" | "country"> | undefined, country: string, now: Instant) {
  const near: Point | undefined = listing?.at;
  const own = listing?.country ?? homeOf(country).country;
  const ask: Ask = { words: [], begun: undefined, facets: [[kindFacet(kind)], ...(near ? [] : [[anywhereIn(own)]])], accepting: false, near, within: undefined, country: own };
  const found = await findListings(db, ask, now, mostOthers + 1);
  return found.filter((one) => one.listing.id !== listing?.id).slice(0, mostOthers).map(({ listing: other, metres }) => ({ listing: pocketOf(other), metres }));
}

/** The service behind the address of a listing, while it is one of its own; for saying something of it. */
export async function serviceNamed(db: Reader, id: string): Promise<{ readonly id: ServiceId; readonly name: string } | undefined> {
  const service = isId(id) ? await serviceOf(db, id) : undefined;
  return service && !service.mergedInto ? service : undefined;
}
