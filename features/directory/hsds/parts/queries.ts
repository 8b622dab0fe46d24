import { sql } from "kysely";
import { v5 } from "uuid";
import type { Reader } from "../../../../platform/db/database.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { directoryNamespace, factId, facts, factsTaxonomyId, type Fact } from "../../taxonomy/queries.ts";
import type { Hsds, Noun } from "../forms.ts";
import { anyOf, grouped, modifiedAt, standingOf, type Standing } from "../standing/queries.ts";
import { accreditationsOf, assuredOn, capacityOf, extensionOf, factRecordId, fieldOfTerm, historyOf, inMilliseconds, isRecent, nearestOwner, neededFor, roleOf, waitDaysOf, written } from "./rules.ts";
import type { Part, Parts, Roots } from "./types.ts";

/** What nobody counts one by one. */
export const placesUnit: Hsds<"unit"> = { id: v5("unit/places", directoryNamespace), name: "places" };

/** Records whose telling hangs on how far a service can be shown; for the others its statements need not be read. */
const shownByStanding: ReadonlySet<Noun> = new Set(["service", "service_at_location", "schedule", "language", "cost_option", "service_capacity", "attribute", "metadata"]);
const unread: Standing = { kindOf: () => "resource", claimsOf: () => [], hides: () => false };

const factIds = Object.fromEntries(facts.map((fact) => [fact, factId(fact)])) as Readonly<Record<Fact, string>>;

/**
 * All records of these roots as the standard writes them, one statement a noun, however many they are.
 * Nouns that nobody wants are not asked for. What a statement that is over for good stood for is left out.
 */
export async function partsOf(db: Reader, roots: Roots, now: Instant, wanted: readonly Noun[]): Promise<Parts> {
  const needs = new Set(wanted.flatMap(neededFor));
  const found: { [noun in Noun]?: Part[] } = {};
  const told: Part<"attribute">[] = [];
  const add: Step["add"] = (noun, owner, record) => {
    if (record) ((found[noun] ??= []) as Part[]).push({ owner, record });
  };
  const fact: Step["fact"] = (name, owner, entity, value) => {
    told.push({ owner, record: { id: factRecordId(factIds[name], owner), link_id: owner, taxonomy_term_id: factIds[name], link_entity: entity, value } });
  };
  const ids = (...nouns: readonly Noun[]) => nouns.flatMap((noun) => (found[noun] ?? []).map(({ record }) => record.id));
  const standing = [...needs].some((noun) => shownByStanding.has(noun)) ? await standingOf(db, roots, now, needs.has("metadata")) : unread;
  const step: Step = { db, roots, now, needs, standing, add, fact, ids };
  await addServices(step);
  await addRoots(step);
  await addCarried(step, [...roots.services, ...roots.places, ...roots.locations, ...roots.organizations], ["contact", "program", "funding", "required_document", "url", "accessibility", "organization_identifier"]);
  await addContactWays(step);
  await addHours(step);
  await addLanguages(step);
  await addTerms(step);
  const all = ids(...(Object.keys(found) as Noun[]));
  await addAttributes(step, all, told);
  await addCarried(step, all, ["metadata"]);
  return found as Parts;
}

type Step = {
  readonly db: Reader;
  readonly roots: Roots;
  readonly now: Instant;
  readonly needs: ReadonlySet<Noun>;
  readonly standing: Standing;
  readonly add: <N extends Noun>(noun: N, owner: string, record: Hsds<N> | undefined) => void;
  readonly fact: (name: Fact, owner: string, entity: Noun, value: string) => void;
  /** Of what was found so far. */
  readonly ids: (...nouns: readonly Noun[]) => readonly string[];
};

async function addServices({ db, roots: { services: ids }, now, needs, standing, add, fact }: Step): Promise<void> {
  if (ids.length === 0 || !needs.has("service")) return;
  const services = await db
    .selectFrom("services")
    .select(["id", "organization_id", "name", "alternate_name", "description", "url", "email", "status", "interpretation_services", "application_process", "fees_description", "eligibility_description", "more"])
    .select(modifiedAt("services", now).as("modified_at"))
    .where(anyOf("id", ids))
    .orderBy("id")
    .execute();
  const mailboxes = grouped(
    await db.selectFrom("listings").innerJoin("areas", "areas.id", "listings.area_id").select(["service_id", "mailbox"]).where(anyOf("service_id", ids)).where("mailbox", "is not", null).orderBy("listings.id").execute(),
    ({ service_id }) => service_id,
  );
  const credentials = grouped(await db.selectFrom("listing_credentials").select(["service_id", "kind", "issuer", "checked_on"]).where(anyOf("service_id", ids)).orderBy("id").execute(), ({ service_id }) => service_id);
  for (const { modified_at, more, ...row } of services) {
    const { id } = row;
    const kind = standing.kindOf(id);
    const claims = standing.claimsOf(id);
    const current = claims.filter(({ supersededAt }) => !supersededAt);
    const assured = assuredOn(current);
    add("service", id, written("service", {
      ...row,
      more,
      ...(assured ? { assured_date: assured, assurer_email: mailboxes(id)[0]?.mailbox ?? "" } : {}),
      ...(standing.hides(id, "credential") ? {} : accreditationsOf(more, credentials(id))),
      ...(standing.hides(id, "cost") ? { fees_description: "", fees: "" } : {}),
      ...(standing.hides(id, "wait") ? { wait_time: "" } : {}),
      ...(standing.hides(id, "languages") ? { interpretation_services: "" } : {}),
      last_modified: inMilliseconds(modified_at),
    }));
    fact("kind", id, "service", kind);
    const days = waitDaysOf(current, now);
    if (days !== undefined) fact("wait_days", id, "service", String(days));
    const capacity = capacityOf(id, current, placesUnit, now);
    add("service_capacity", id, capacity);
    if (needs.has("metadata")) for (const event of historyOf(id, claims)) add("metadata", id, event);
  }
}

async function addRoots({ db, roots, needs, standing, add, fact }: Step): Promise<void> {
  if (needs.has("organization") && roots.organizations.length > 0) {
    const rows = await db.selectFrom("organizations").select(["id", "name", "alternate_name", "description", "email", "website", "parent_organization_id", "more"]).where(anyOf("id", roots.organizations)).orderBy("id").execute();
    for (const row of rows) add("organization", row.id, written("organization", row));
  }
  if (needs.has("location") && roots.locations.length > 0) {
    const rows = await db.selectFrom("locations").select(["id", "organization_id", "location_type", "name", "description", "transportation", "latitude", "longitude", "zone", "more"]).where(anyOf("id", roots.locations)).orderBy("id").execute();
    for (const row of rows) {
      add("location", row.id, written("location", row));
      if (row.zone) fact("time_zone", row.id, "location", row.zone);
    }
  }
  if (needs.has("service_at_location") && roots.places.length > 0) {
    const rows = await db.selectFrom("services_at_locations").select(["id", "service_id", "location_id", "description", "more"]).where(anyOf("id", roots.places)).orderBy("id").execute();
    for (const row of rows) if (!standing.hides(row.service_id, "place")) add("service_at_location", row.service_id, written("service_at_location", row));
  }
}

/** Nouns that we carry for others. */
async function addCarried({ db, needs, add }: Step, owners: readonly string[], some: readonly Noun[]): Promise<void> {
  const nouns = some.filter((noun) => needs.has(noun));
  if (nouns.length === 0 || owners.length === 0) return;
  const rows = await db.selectFrom("carried").select(["id", "noun", "link_id", "link_entity", "body"]).where(anyOf("link_id", owners)).where("noun", "in", nouns).orderBy("id").execute();
  for (const { id, noun, link_id, link_entity, body } of rows) {
    const more = body as Readonly<Record<string, unknown>>;
    const link = noun === "metadata" ? { resource_id: link_id, resource_type: link_entity, updated_by: roleOf(String(more["updated_by"])) } : { [`${link_entity}_id`]: link_id };
    add(noun as Noun, link_id, written(noun as Noun, { id, ...link, more }));
  }
}

async function addContactWays({ db, roots, needs, add, fact, ids }: Step): Promise<void> {
  const { services, places, locations, organizations } = roots;
  if (needs.has("phone")) {
    const contacts = ids("contact");
    const rows = await db
      .selectFrom("phones")
      .select(["id", "service_at_location_id", "location_id", "service_id", "organization_id", "number", "extension", "type", "description", "dial", "country", "more"])
      .where((eb) =>
        eb.or([anyOf("service_id", services), anyOf("location_id", locations), anyOf("service_at_location_id", places), anyOf("organization_id", organizations), ...(contacts.length > 0 ? [sql<boolean>`(more ? 'contact_id' and more ->> 'contact_id' = any(${sql.val(contacts)}::text[]))`] : [])]),
      )
      .orderBy("id")
      .execute();
    const owners = new Set([...services, ...places, ...locations, ...organizations, ...contacts]);
    for (const row of rows) {
      const owner = nearestOwner(row.service_at_location_id, row.location_id, row.service_id, row.organization_id, (row.more as { contact_id?: string }).contact_id);
      if (!owners.has(owner)) continue;
      add("phone", owner, written("phone", { ...row, ...extensionOf(row.extension, row.description) }));
      if (row.dial && row.country) fact("dial", row.id, "phone", `${row.country} ${row.dial}`);
    }
  }
  if (needs.has("address") && locations.length > 0) {
    const rows = await db.selectFrom("addresses").select(["id", "location_id", "address_1", "address_2", "city", "state_province", "postal_code", "country", "address_type", "more"]).where(anyOf("location_id", locations)).orderBy("id").execute();
    for (const row of rows) add("address", row.location_id, written("address", row));
  }
}

async function addHours({ db, roots: { services, places, locations }, needs, standing, add, fact }: Step): Promise<void> {
  if (!needs.has("schedule")) return;
  const rows = await db
    .selectFrom("schedules")
    .select(["id", "service_at_location_id", "location_id", "service_id", "freq", "interval", "byday", "bymonthday", "dtstart", "until", "valid_from", "valid_to", "opens_at", "closes_at", "zone", "description", "more"])
    .where((eb) => eb.or([anyOf("service_id", services), anyOf("location_id", locations), anyOf("service_at_location_id", places)]))
    .orderBy("id")
    .execute();
  const owners = new Set([...services, ...places, ...locations]);
  for (const row of rows) {
    const owner = nearestOwner(row.service_at_location_id, row.location_id, row.service_id);
    if (!owners.has(owner) || standing.hides(owner, "hours")) continue;
    add("schedule", owner, written("schedule", row));
    if (row.zone) fact("time_zone", row.id, "schedule", row.zone);
  }
}

async function addLanguages({ db, roots: { services, locations }, needs, standing, add, ids }: Step): Promise<void> {
  if (!needs.has("language")) return;
  const phones = ids("phone");
  const rows = await db
    .selectFrom("languages")
    .select(["id", "phone_id", "location_id", "service_id", "name", "code", "note", "more"])
    .where((eb) => eb.or([anyOf("service_id", services), anyOf("location_id", locations), anyOf("phone_id", phones)]))
    .orderBy("id")
    .execute();
  const owners = new Set([...services, ...locations, ...phones]);
  for (const row of rows) {
    const owner = nearestOwner(row.phone_id, row.location_id, row.service_id);
    if (owners.has(owner) && !standing.hides(owner, "languages")) add("language", owner, written("language", row));
  }
}

async function addTerms({ db, roots: { services, places }, now, needs, add, standing }: Step): Promise<void> {
  if (needs.has("cost_option") && services.length > 0) {
    const rows = await db.selectFrom("cost_options").select(["id", "service_id", "option", "currency", "amount", "amount_description", "valid_from", "valid_to", "more"]).where(anyOf("service_id", services)).orderBy("id").execute();
    for (const row of rows) if (!standing.hides(row.service_id, "cost")) add("cost_option", row.service_id, written("cost_option", row));
  }
  if (needs.has("service_area") && services.length + places.length > 0) {
    const rows = await db
      .selectFrom("service_areas")
      .select(["id", "service_id", "service_at_location_id", "name", "description", "extent", "extent_type", "uri", "more"])
      .where((eb) => eb.or([anyOf("service_id", services), anyOf("service_at_location_id", places)]))
      .orderBy("id")
      .execute();
    for (const row of rows) add("service_area", nearestOwner(row.service_at_location_id, row.service_id), written("service_area", row));
  }
  if (needs.has("service_capacity") && services.length > 0) {
    const rows = await db.selectFrom("service_capacities").select(["id", "service_id", "unit", "available", "maximum", "description", "updated", "more"]).where(anyOf("service_id", services)).orderBy("id").execute();
    for (const { unit: counted, ...row } of rows) {
      const unit = written("unit", counted as Readonly<Record<string, unknown>>);
      const oursIsNewer = unit?.id === placesUnit.id && standing.claimsOf(row.service_id).some(({ field, verifiedAt }) => field === "accepting" && verifiedAt);
      if (!unit || oursIsNewer || !isRecent(standing.kindOf(row.service_id), row.updated, now)) continue;
      const capacity = written("service_capacity", { ...row, unit_id: unit.id });
      add("service_capacity", row.service_id, capacity && { ...capacity, unit });
    }
  }
}

async function addAttributes({ db, needs, add, standing }: Step, owners: readonly string[], ofFacts: readonly Part<"attribute">[]): Promise<void> {
  if (!needs.has("attribute") || owners.length === 0) return;
  const rows = await db.selectFrom("attributes").select(["id", "link_id", "link_entity", "link_type", "taxonomy_term_id", "value", "label", "more"]).where(anyOf("link_id", owners)).orderBy("id").execute();
  const named = await db
    .selectFrom("taxonomy_terms")
    .select(["id", "code", "name", "description", "parent_id", "taxonomy", "taxonomy_id", "language", "term_uri", "more"])
    .where((eb) => eb.or([anyOf("id", [...new Set(rows.flatMap(({ taxonomy_term_id }) => taxonomy_term_id ?? []))]), eb("taxonomy_id", "=", factsTaxonomyId)]))
    .execute();
  const terms = new Map(named.map((term) => [term.id, written("taxonomy_term", term)]));
  const told = (record: Hsds<"attribute">): Hsds<"attribute"> => {
    const term = terms.get(record.taxonomy_term_id ?? "");
    return term ? { ...record, taxonomy_term: term } : record;
  };
  for (const { owner, record } of ofFacts) add("attribute", owner, told(record));
  for (const row of rows) {
    const field = fieldOfTerm(terms.get(row.taxonomy_term_id ?? "")?.code);
    if (field && standing.hides(row.link_id, field)) continue;
    const attribute = written("attribute", row);
    add("attribute", row.link_id, attribute && told(attribute));
  }
}
