import type { Reader } from "../../../platform/db/database.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { idsOf, isLocationShown } from "./asks/queries.ts";
import type { Row } from "./asks/types.ts";
import { columnsOf, type Hsds, type Noun } from "./forms.ts";
import { nestingOf } from "./nesting/rules.ts";
import { partsOf } from "./parts/queries.ts";
import { inMilliseconds, written } from "./parts/rules.ts";
import type { Roots } from "./parts/types.ts";
import { tombstoneOf, type ListName } from "./rules.ts";
import { anyOf, isShown, modifiedAt } from "./standing/queries.ts";

/** `flat`: a record's own fields; `full`: with all that is nested in it; `minimal`: enough to see what has changed. */
export type Depth = "minimal" | "flat" | "full";

const everything = Object.keys(columnsOf) as Noun[];
const nobody: Roots = { services: [], places: [], locations: [], organizations: [] };
const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

/** Services and all that hangs on them, in the order of their ids. */
export async function servicesOf(db: Reader, ids: readonly string[], depth: Exclude<Depth, "minimal">, now: Instant): Promise<Hsds<"service">[]> {
  if (ids.length === 0) return [];
  const whose = await db.selectFrom("services").select("organization_id").where(anyOf("id", ids)).execute();
  const organizations = unique(whose.map(({ organization_id }) => organization_id));
  if (depth === "flat") {
    const parts = await partsOf(db, { ...nobody, services: ids, organizations }, now, ["service", "organization", "program"]);
    const { flatService } = nestingOf(parts);
    return (parts.service ?? []).map(({ record }) => flatService(record));
  }
  const at = await db.selectFrom("services_at_locations").select(["id", "location_id"]).where(anyOf("service_id", ids)).execute();
  const parts = await partsOf(db, { services: ids, organizations, places: at.map(({ id }) => id), locations: unique(at.map(({ location_id }) => location_id)) }, now, everything);
  const { service } = nestingOf(parts);
  return (parts.service ?? []).map(({ record }) => service(record));
}

/** Services at locations, each with its location and its service. */
export async function placesOf(db: Reader, ids: readonly string[], depth: Exclude<Depth, "minimal">, now: Instant): Promise<Hsds<"service_at_location">[]> {
  if (ids.length === 0) return [];
  const at = await db.selectFrom("services_at_locations").innerJoin("services", "services.id", "service_id").select(["service_id", "location_id", "organization_id"]).where(anyOf("services_at_locations.id", ids)).execute();
  const roots = { services: unique(at.map(({ service_id }) => service_id)), places: ids, locations: unique(at.map(({ location_id }) => location_id)), organizations: unique(at.map(({ organization_id }) => organization_id)) };
  const parts = await partsOf(db, roots, now, depth === "full" ? everything : ["service_at_location", "location", "service", "organization", "program"]);
  const nesting = nestingOf(parts);
  const services = new Map((parts.service ?? []).map(({ record }) => [record.id, record]));
  const found = (parts.service_at_location ?? []).map(({ record }) => record);
  if (depth === "flat") return found.map((record) => nesting.flatPlace(record, services.get(record.service_id ?? "")));
  const whole = new Map([...services].map(([id, record]) => [id, { ...nesting.service(record), service_at_locations: undefined }]));
  return found.map((record) => ({ ...nesting.place(record), service: whole.get(record.service_id ?? "") }));
}

/** Organizations; full ones with their locations and their services, in few words or (`fullServices`) whole. */
export async function organizationsOf(db: Reader, ids: readonly string[], depth: Exclude<Depth, "minimal">, fullServices: boolean, now: Instant): Promise<Hsds<"organization">[]> {
  if (ids.length === 0) return [];
  const theirs = depth === "full" || fullServices ? await db.selectFrom("services").select(["id", "name", "status", "organization_id"]).where(anyOf("organization_id", ids)).where(isShown("services.id", now)).orderBy("id").execute() : [];
  const whole = fullServices ? new Map((await servicesOf(db, theirs.map(({ id }) => id), "full", now)).map((service) => [service.id, { ...service, organization: undefined }])) : undefined;
  const servicesBy = Map.groupBy(theirs, ({ organization_id }) => organization_id);
  const services = (id: string): Hsds<"service">[] => (servicesBy.get(id) ?? []).map(({ id, name, status }) => whole?.get(id) ?? { id, name, status: status as Hsds<"service">["status"] });
  const locations = depth === "full" ? await locationsOf(db, ids, now) : [];
  const parts = await partsOf(db, { ...nobody, organizations: ids, locations: locations.map(({ id }) => id) }, now, depth === "full" ? everything : ["organization"]);
  const nesting = nestingOf(parts);
  const locationsBy = Map.groupBy(locations, ({ organization_id }) => organization_id);
  return (parts.organization ?? []).map(({ record }) => {
    const places = (locationsBy.get(record.id) ?? []).flatMap(({ id }) => nesting.locations.get(id) ?? []).map(nesting.location);
    const offered = services(record.id);
    return { ...nesting.organization(record), ...(places.length > 0 ? { locations: places } : {}), ...(offered.length > 0 ? { services: offered } : {}) };
  });
}

/** Locations of these organizations where a service is shown, or none was ever. */
const locationsOf = (db: Reader, organizationIds: readonly string[], now: Instant) =>
  db.selectFrom("locations").select(["id", "organization_id"]).where(anyOf("organization_id", organizationIds)).where(isLocationShown("locations.id", now)).orderBy("id").execute();

export async function taxonomiesOf(db: Reader, ids: readonly string[]): Promise<Hsds<"taxonomy">[]> {
  const rows = await db.selectFrom("taxonomies").select(["id", "name", "description", "uri", "version", "more"]).where(anyOf("id", ids)).orderBy("id").execute();
  return rows.flatMap((row) => written("taxonomy", row) ?? []);
}

/** Terms, each with its taxonomy. */
export async function termsOf(db: Reader, ids: readonly string[]): Promise<Hsds<"taxonomy_term">[]> {
  const rows = await db.selectFrom("taxonomy_terms").select(["id", "code", "name", "description", "parent_id", "taxonomy", "taxonomy_id", "language", "term_uri", "more"]).where(anyOf("id", ids)).orderBy("id").execute();
  const theirs = new Map((await taxonomiesOf(db, unique(rows.map(({ taxonomy_id }) => taxonomy_id)))).map((one) => [one.id, one]));
  return rows.flatMap((row) => {
    const term = written("taxonomy_term", row);
    return term ? { ...term, taxonomy_detail: theirs.get(row.taxonomy_id ?? "") } : [];
  });
}

/** What of services has changed and how: enough for a copy to be kept in step. Those that are gone too. */
export async function changesOf(db: Reader, ids: readonly string[], now: Instant): Promise<Hsds<"service">[]> {
  const rows = await db.selectFrom("services as service").select(["id", "name", "status", "merged_into"]).select([isShown("service.id", now).as("shown"), modifiedAt("service", now).as("modified_at")]).where(anyOf("id", ids)).orderBy("id").execute();
  return rows.map(({ modified_at, ...row }) => tombstoneOf(row, inMilliseconds(modified_at)));
}

/** What became of a service that is shown no more; undefined for one that was never here. `mergedInto`: the service that is shown in its place. */
export async function goneService(db: Reader, id: string, now: Instant): Promise<{ readonly mergedInto: string | undefined } | undefined> {
  const row = await db.selectFrom("services").leftJoin("services as other", (join) => join.onRef("other.id", "=", "services.merged_into").on(isShown("other.id", now))).select(["services.id", "other.id as into"]).where("services.id", "=", id).executeTakeFirst();
  return row && { mergedInto: row.into ?? undefined };
}

/** Is this record shown now? */
export async function isThere(db: Reader, list: ListName, id: string, now: Instant): Promise<boolean> {
  const rows = await idsOf(db, list, {}, now, { limit: 1, only: id });
  return rows.length > 0;
}

/** The records of a part of a list. */
export async function recordsOf(db: Reader, list: ListName, rows: readonly Row[], { depth, fullServices }: { readonly depth: Depth; readonly fullServices: boolean }, now: Instant): Promise<readonly Hsds<Noun>[]> {
  const ids = rows.map(({ id }) => id);
  const here = rows.filter(({ gone }) => !gone).map(({ id }) => id);
  const lost = rows.filter(({ gone }) => gone).map(({ id }) => id);
  if (list === "taxonomies") return taxonomiesOf(db, ids);
  if (list === "taxonomy_terms") return termsOf(db, ids);
  if (list === "organizations") return organizationsOf(db, ids, depth === "full" ? "full" : "flat", fullServices, now);
  if (list === "service_at_locations") return inOrder([...(await placesOf(db, here, depth === "full" ? "full" : "flat", now)), ...(await lostPlaces(db, lost, now))]);
  if (depth === "minimal") return changesOf(db, ids, now);
  return inOrder([...(await servicesOf(db, here, depth, now)), ...(await changesOf(db, lost, now))]);
}

async function lostPlaces(db: Reader, ids: readonly string[], now: Instant): Promise<Hsds<"service_at_location">[]> {
  if (ids.length === 0) return [];
  const at = await db.selectFrom("services_at_locations").select(["id", "service_id"]).where(anyOf("id", ids)).execute();
  const services = new Map((await changesOf(db, unique(at.map(({ service_id }) => service_id)), now)).map((service) => [service.id, service]));
  return at.map(({ id, service_id }) => ({ id, service: services.get(service_id) }));
}

const inOrder = <T extends { readonly id: string }>(records: readonly T[]): T[] => [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
