import type { Hsds, Noun } from "../forms.ts";
import type { Part, Parts } from "../parts/types.ts";

/** Links that nesting says already. */
const links = new Set(["service_id", "location_id", "organization_id", "service_at_location_id", "phone_id", "contact_id", "program_id", "link_id", "resource_id", "unit_id", "taxonomy_term_id"]);

/** Puts records into the records that they belong to, as the standard's API shows them. Arrays that would be empty are left out. */
export function nestingOf(parts: Parts) {
  const groups = new Map(Object.entries(parts).map(([noun, some]) => [noun, byOwner(some as readonly Part[])]));
  const recordsOf = <N extends Noun>(noun: N, owner: string): readonly Hsds<N>[] => (groups.get(noun)?.get(owner) ?? none) as readonly Hsds<N>[];
  const programs = new Map((parts.program ?? []).map(({ record }) => [record.id, record]));
  const locations = new Map((parts.location ?? []).map(({ record }) => [record.id, record]));
  const organizations = new Map((parts.organization ?? []).map(({ record }) => [record.id, record]));

  /** Copies without links, each with what `more` puts into it. */
  const copies = <N extends Noun>(noun: N, owner: string, more?: (copy: Open<Hsds<N>>, id: string) => void): Hsds<N>[] =>
    recordsOf(noun, owner).map((record) => {
      const copy = bare(record) as Open<Hsds<N>>;
      more?.(copy, record.id);
      tell(copy, record.id);
      return copy as Hsds<N>;
    });
  const tell = (copy: object, id: string): void => {
    put(copy, "attributes", recordsOf("attribute", id).map(bare));
    put(copy, "metadata", recordsOf("metadata", id).map(bare));
  };
  const phones = (owner: string) => copies("phone", owner, (copy, id) => put(copy, "languages", copies("language", id)));
  const reach = (copy: object, owner: string): void => {
    put(copy, "contacts", copies("contact", owner, (contact, id) => put(contact, "phones", phones(id))));
    put(copy, "phones", phones(owner));
  };

  const location = (record: Hsds<"location">): Hsds<"location"> => {
    const { id } = record;
    const copy = bare(record);
    put(copy, "languages", copies("language", id));
    put(copy, "addresses", copies("address", id));
    put(copy, "accessibility", copies("accessibility", id));
    reach(copy, id);
    put(copy, "schedules", copies("schedule", id));
    tell(copy, id);
    return copy;
  };
  /** A service at a location, with its location and without its service. */
  const place = (record: Hsds<"service_at_location">): Hsds<"service_at_location"> => {
    const { id } = record;
    const copy = bare(record);
    const at = locations.get(record.location_id ?? "");
    put(copy, "service_areas", copies("service_area", id));
    reach(copy, id);
    put(copy, "schedules", copies("schedule", id));
    if (at) copy.location = location(at);
    tell(copy, id);
    return copy;
  };
  /** Without its locations and services: those of a large organization would come again with each of its services. */
  const organization = (record: Hsds<"organization">): Hsds<"organization"> => {
    const { id } = record;
    const copy = bare(record);
    put(copy, "additional_websites", copies("url", id));
    put(copy, "funding", copies("funding", id));
    reach(copy, id);
    put(copy, "programs", copies("program", id));
    put(copy, "organization_identifiers", copies("organization_identifier", id));
    tell(copy, id);
    return copy;
  };
  /** What a service says in fields of its own, with whose it is. */
  const flatService = (record: Hsds<"service">): Hsds<"service"> => {
    const copy = bare(record);
    const whose = organizations.get(record.organization_id ?? "");
    const program = programs.get(record.program_id ?? "");
    if (whose) copy.organization = bare(whose);
    if (program) copy.program = bare(program);
    return copy;
  };
  const service = (record: Hsds<"service">): Hsds<"service"> => {
    const { id } = record;
    const copy = flatService(record);
    const whose = organizations.get(record.organization_id ?? "");
    if (whose) copy.organization = organization(whose);
    put(copy, "additional_urls", copies("url", id));
    reach(copy, id);
    put(copy, "schedules", copies("schedule", id));
    put(copy, "service_areas", copies("service_area", id));
    put(copy, "service_at_locations", recordsOf("service_at_location", id).map(place));
    put(copy, "languages", copies("language", id));
    put(copy, "funding", copies("funding", id));
    put(copy, "cost_options", copies("cost_option", id));
    put(copy, "required_documents", copies("required_document", id));
    put(copy, "capacities", copies("service_capacity", id));
    tell(copy, id);
    return copy;
  };
  const flatPlace = (record: Hsds<"service_at_location">, of: Hsds<"service"> | undefined): Hsds<"service_at_location"> => {
    const copy = bare(record);
    const at = locations.get(record.location_id ?? "");
    if (at) copy.location = bare(at);
    if (of) copy.service = flatService(of);
    return copy;
  };
  return { service, flatService, place, flatPlace, organization, location, locations, organizations };
}

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** The list under its name, unless it is empty. */
function put(copy: object, name: string, some: readonly unknown[]): void {
  if (some.length > 0) (copy as Record<string, unknown>)[name] = some;
}

/** A copy without its links. */
function bare<T extends object>(record: T): T {
  const copy: Record<string, unknown> = {};
  for (const name in record) if (!links.has(name)) copy[name] = record[name];
  return copy as T;
}

const none: readonly never[] = [];

function byOwner(parts: readonly Part[]): ReadonlyMap<string, readonly Hsds<Noun>[]> {
  const groups = new Map<string, Hsds<Noun>[]>();
  for (const { owner, record } of parts) {
    const group = groups.get(owner);
    if (group) group.push(record);
    else groups.set(owner, [record]);
  }
  return groups;
}
