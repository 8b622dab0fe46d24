import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import { isZone } from "../../../platform/time/time.ts";
import { openReportsOf } from "../reports/queries.ts";
import { troubleOf } from "../reports/rules.ts";
import { taxonomyId } from "../taxonomy/queries.ts";
import type { AreaId, Claim, Kind, ServiceId } from "../types.ts";
import type { Hours, Phone, Place, ServiceParts, StandingParts } from "./types.ts";

/** One array, however many they are, where a list of parameters would be planned anew for each number of them. */
const owned = (column: string, some: readonly string[]) => sql<boolean>`${sql.ref(column)} = any(${sql.val(some)}::uuid[])`;

export type Parts = { readonly services: readonly ServiceParts[]; readonly areas: ReadonlySet<string> };

/** Services with all that is shown of them, in the order of `ids`; one statement a noun, however many they are. */
export async function partsOf(db: Reader, ids: readonly ServiceId[]): Promise<Parts> {
  if (ids.length === 0) return { services: [], areas: new Set() };
  const services = await db
    .selectFrom("services")
    .leftJoin("organizations", "organizations.id", "services.organization_id")
    .select(["services.id", "services.organization_id", "services.kind", "services.status", "services.name", "services.alternate_name", "services.description", "services.url", "services.email", "services.application_process", "services.fees_description", "services.eligibility_description", "services.merged_into", "services.edited_at"])
    .select(["organizations.name as organization", "organizations.website", "organizations.email as organization_email"])
    .where(owned("services.id", ids))
    .execute();
  const places = await db
    .selectFrom("services_at_locations as at")
    .innerJoin("locations", "locations.id", "at.location_id")
    .select(["at.id", "at.service_id", "locations.id as location_id", "locations.location_type", "locations.name", "locations.latitude", "locations.longitude", "locations.zone"])
    .where(owned("at.service_id", ids))
    .orderBy("at.id")
    .execute();
  const locationIds = [...new Set(places.map(({ location_id }) => location_id))];
  const atIds = places.map(({ id }) => id);
  const organizationIds = [...new Set(services.flatMap(({ organization_id }) => organization_id ?? []))];
  const addresses = await db.selectFrom("addresses").select(["location_id", "address_1", "address_2", "city", "state_province", "postal_code", "country", "address_type"]).where(owned("location_id", locationIds)).orderBy("id").execute();
  const phones = await db
    .selectFrom("phones")
    .select(["service_id", "location_id", "service_at_location_id", "organization_id", "number", "extension", "type", "description", "dial", "dial_kind", "country"])
    .where((eb) => eb.or([owned("service_id", ids), owned("location_id", locationIds), owned("service_at_location_id", atIds), owned("organization_id", organizationIds)]))
    .orderBy("id")
    .execute();
  const schedules = await db
    .selectFrom("schedules")
    .select(["service_id", "location_id", "service_at_location_id", "freq", "byday", "bymonthday", "interval", "dtstart", "until", "valid_from", "valid_to", "opens_at", "closes_at", "zone", "description"])
    .where((eb) => eb.or([owned("service_id", ids), owned("location_id", locationIds), owned("service_at_location_id", atIds)]))
    .orderBy("id")
    .execute();
  const languages = await db
    .selectFrom("languages")
    .select(["service_id", "location_id", "code"])
    .where("code", "is not", null)
    .where((eb) => eb.or([owned("service_id", ids), owned("location_id", locationIds)]))
    .orderBy("code")
    .execute();
  const terms = await db
    .selectFrom("attributes")
    .innerJoin("taxonomy_terms", "taxonomy_terms.id", "attributes.taxonomy_term_id")
    .select(["attributes.link_id", sql<string[]>`array_agg(taxonomy_terms.code order by taxonomy_terms.code)`.as("codes")])
    .where(owned("attributes.link_id", ids))
    .where("taxonomy_terms.taxonomy_id", "=", taxonomyId)
    .where("taxonomy_terms.code", "is not", null)
    .groupBy("attributes.link_id")
    .execute();
  const claims = await claimsOf(db, ids);
  const reports = await openReportsOf(db, ids);
  const serviceAreas = await db.selectFrom("service_areas").select(["service_id", "area_id"]).where(owned("service_id", ids)).where("area_id", "is not", null).orderBy("id").execute();
  const areas = await db.selectFrom("areas").select("id").execute();

  const phonesBy = grouped(phones, ({ service_at_location_id, location_id, service_id, organization_id }) => service_at_location_id ?? location_id ?? service_id ?? organization_id);
  const hoursBy = grouped(schedules, ({ service_at_location_id, location_id, service_id }) => service_at_location_id ?? location_id ?? service_id);
  const languagesBy = grouped(languages, ({ location_id, service_id }) => location_id ?? service_id);
  const addressesBy = grouped(addresses, ({ location_id }) => location_id);
  const placesBy = grouped(places, ({ service_id }) => service_id);
  const termsBy = new Map(terms.map(({ link_id, codes }) => [link_id, codes]));
  const claimsBy = grouped(claims, ({ service_id }) => service_id);
  const serviceAreasBy = grouped(serviceAreas, ({ service_id }) => service_id);
  const addressOf = (locationId: string, wanted: "physical" | "postal") => addressesBy(locationId).find(({ address_type }) => address_type === wanted);
  const shownPhones = (...owners: (string | null)[]): Phone[] => owners.flatMap((owner) => phonesBy(owner)).map(phoneOf);
  const codes = (owner: string) => languagesBy(owner).flatMap(({ code }) => code ?? []);

  const made = services.map((row): ServiceParts => {
    const own = shownPhones(row.id, row.organization_id);
    return {
      id: row.id as ServiceId,
      kind: row.kind as Kind,
      status: row.status,
      name: row.name,
      alternateName: row.alternate_name ?? undefined,
      organization: row.organization ?? undefined,
      description: row.description ?? undefined,
      url: row.url ?? row.website ?? undefined,
      email: row.email ?? row.organization_email ?? undefined,
      howToApply: row.application_process ?? undefined,
      fees: row.fees_description ?? undefined,
      eligibility: row.eligibility_description ?? undefined,
      country: own.find(({ dial }) => dial)?.dial?.country,
      areas: serviceAreasBy(row.id).flatMap(({ area_id }) => (area_id as AreaId | null) ?? []),
      phones: own,
      hours: hoursBy(row.id).map(hoursOf),
      languages: codes(row.id),
      terms: termsBy.get(row.id) ?? [],
      claims: claimsBy(row.id).map(claimOf),
      places: placesBy(row.id).map(
        (place): Place => ({
          id: place.id,
          locationId: place.location_id,
          virtual: place.location_type === "virtual",
          name: place.name ?? undefined,
          latitude: place.latitude ?? undefined,
          longitude: place.longitude ?? undefined,
          zone: knownZone(place.zone),
          address: addressOf(place.location_id, "physical"),
          mail: addressOf(place.location_id, "postal"),
          phones: shownPhones(place.id, place.location_id),
          hours: [...hoursBy(place.id), ...hoursBy(place.location_id)].map(hoursOf),
          languages: codes(place.location_id),
        }),
      ),
      ...troubleOf(reports.get(row.id) ?? []),
      mergedInto: (row.merged_into as ServiceId | null) ?? undefined,
      editedAt: row.edited_at,
    };
  });
  const order = new Map(ids.map((id, index) => [id as string, index]));
  return { services: made.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)), areas: new Set(areas.map(({ id }) => id)) };
}

const claimsOf = (db: Reader, ids: readonly ServiceId[]) =>
  db
    .selectFrom("listing_claims")
    .select(["service_id", "field", "value", "source", "method", "stated_at", "verified_at", "verified_role", "expires_at"])
    .where(owned("service_id", ids))
    .where("superseded_at", "is", null)
    .execute();

/** Of one service what is said of it, and nothing of what it is; undefined where there is none. */
export async function standingPartsOf(db: Reader, id: ServiceId): Promise<StandingParts | undefined> {
  const row = await db.selectFrom("services").select(["kind", "status", "merged_into"]).where("id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const [claims, reports] = [await claimsOf(db, [id]), await openReportsOf(db, [id])];
  return { kind: row.kind as Kind, status: row.status, mergedInto: (row.merged_into as ServiceId | null) ?? undefined, claims: claims.map(claimOf), ...troubleOf(reports.get(id) ?? []) };
}

function grouped<T>(rows: readonly T[], by: (row: T) => string | null): (key: string | null) => readonly T[] {
  const groups = new Map<string | null, T[]>();
  for (const row of rows) {
    const key = by(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return (key) => (key === null ? [] : (groups.get(key) ?? []));
}

type PhoneRow = { number: string; extension: string | null; type: string | null; description: string | null; dial: string | null; dial_kind: string | null; country: string | null };

const phoneOf = ({ number, extension, type, description, dial, dial_kind, country }: PhoneRow): Phone => ({
  number,
  extension: extension ?? undefined,
  type: type ?? undefined,
  description: description ?? undefined,
  dial: dial && country && (dial_kind === "e164" || dial_kind === "short") ? { kind: dial_kind, dial, shown: number, country } : undefined,
});

type Day = Temporal.PlainDate | null;
type ScheduleRow = { freq: string | null; byday: string | null; bymonthday: string | null; interval: number | null; dtstart: Day; until: Day; valid_from: Day; valid_to: Day; opens_at: Temporal.PlainTime | null; closes_at: Temporal.PlainTime | null; zone: string | null; description: string | null };

/** Of a file that was read before its zones were: one that this program's clock does not know is none. */
const knownZone = (zone: string | null): string | undefined => (zone !== null && isZone(zone) ? zone : undefined);

const hoursOf = ({ freq, byday, bymonthday, interval, dtstart, until, valid_from, valid_to, opens_at, closes_at, zone, description }: ScheduleRow): Hours => ({
  freq: freq ?? undefined,
  byday: byday ?? undefined,
  bymonthday: bymonthday ?? undefined,
  interval: interval ?? 1,
  dtstart: dtstart ?? undefined,
  from: valid_from ?? dtstart ?? undefined,
  to: valid_to ?? until ?? undefined,
  opensAt: opens_at ?? undefined,
  closesAt: closes_at ?? undefined,
  zone: knownZone(zone),
  description: description ?? undefined,
});

type ClaimRow = { field: string; value: string; source: string; method: string; stated_at: Temporal.Instant; verified_at: Temporal.Instant | null; verified_role: string | null; expires_at: Temporal.Instant | null };

const claimOf = (row: ClaimRow): Claim => ({
  field: row.field as Claim["field"],
  value: row.value,
  source: row.source,
  method: row.method as Claim["method"],
  statedAt: row.stated_at,
  verifiedAt: row.verified_at ?? undefined,
  verifiedRole: (row.verified_role as Claim["verifiedRole"] | null) ?? undefined,
  expiresAt: row.expires_at ?? undefined,
});
