import type { Noun } from "../../hsds/forms.ts";
import type { Field } from "../../types.ts";

type SqlType = "text" | "uuid" | "float8" | "date" | "time" | "int" | "numeric" | "timestamptz" | "jsonb";

/** One table of the directory, as rows are brought into it. */
export type Table = {
  /** Besides id, source and digest. */
  readonly columns: Readonly<Record<string, SqlType>>;
  /** Fields of the standard that have no column lie in `more`. */
  readonly more: boolean;
  readonly edited: boolean;
  /** Column → the table that it points into. */
  readonly links: Readonly<Record<string, TableName>>;
  /** Columns without which a row hangs nowhere. */
  readonly needs: readonly string[];
  /** One of these is enough to hang on; a row of which none is there hangs nowhere. */
  readonly hangsOn: readonly string[];
  /** What it says of a listing: a person's word for that is not overwritten. Undefined: nothing that is claimed, or (services) more than one thing. */
  readonly field: Field | undefined;
  /** Rows that a source no longer gives go, while what they hang on is still given. */
  readonly leaf: boolean;
};

export type TableName = "taxonomies" | "taxonomy_terms" | "organizations" | "services" | "locations" | "addresses" | "services_at_locations" | "carried" | "phones" | "schedules" | "languages" | "cost_options" | "service_areas" | "service_capacities" | "attributes";

const plain = { more: true, edited: false, links: {}, needs: [], hangsOn: [], field: undefined, leaf: true } as const;
const placed = { service_id: "uuid", location_id: "uuid", service_at_location_id: "uuid" } as const;
const placedLinks = { service_id: "services", location_id: "locations", service_at_location_id: "services_at_locations" } as const;

/** In the order in which they are settled: parents before children. */
export const tables: Readonly<Record<TableName, Table>> = {
  taxonomies: { ...plain, columns: { name: "text", description: "text", uri: "text", version: "text" }, leaf: false },
  taxonomy_terms: { ...plain, columns: { code: "text", name: "text", description: "text", parent_id: "uuid", taxonomy: "text", taxonomy_id: "uuid", language: "text", term_uri: "text" }, links: { parent_id: "taxonomy_terms", taxonomy_id: "taxonomies" }, leaf: false },
  organizations: { ...plain, columns: { name: "text", alternate_name: "text", description: "text", email: "text", website: "text", parent_organization_id: "uuid" }, edited: true, links: { parent_organization_id: "organizations" }, leaf: false },
  services: {
    ...plain,
    columns: { organization_id: "uuid", name: "text", alternate_name: "text", description: "text", url: "text", email: "text", status: "text", kind: "text", application_process: "text", fees_description: "text", eligibility_description: "text", interpretation_services: "text" },
    edited: true,
    links: { organization_id: "organizations" },
    leaf: false,
  },
  locations: { ...plain, columns: { organization_id: "uuid", location_type: "text", name: "text", description: "text", transportation: "text", latitude: "float8", longitude: "float8", zone: "text" }, edited: true, links: { organization_id: "organizations" }, field: "place", leaf: false },
  addresses: { ...plain, columns: { location_id: "uuid", address_1: "text", address_2: "text", city: "text", state_province: "text", postal_code: "text", country: "text", address_type: "text" }, links: { location_id: "locations" }, needs: ["location_id"], field: "place" },
  services_at_locations: { ...plain, columns: { service_id: "uuid", location_id: "uuid", description: "text" }, links: { service_id: "services", location_id: "locations" }, needs: ["service_id", "location_id"], field: "place" },
  carried: { ...plain, columns: { noun: "text", link_id: "uuid", link_entity: "text", body: "jsonb" }, more: false },
  phones: {
    ...plain,
    columns: { organization_id: "uuid", ...placed, number: "text", extension: "text", type: "text", description: "text", dial: "text", dial_kind: "text", country: "text" },
    links: { organization_id: "organizations", ...placedLinks },
    hangsOn: ["service_id", "location_id", "service_at_location_id", "organization_id"],
    field: "contact",
  },
  schedules: {
    ...plain,
    columns: { ...placed, freq: "text", interval: "int", byday: "text", bymonthday: "text", dtstart: "date", until: "date", valid_from: "date", valid_to: "date", opens_at: "time", closes_at: "time", zone: "text", description: "text" },
    links: placedLinks,
    hangsOn: ["service_id", "location_id", "service_at_location_id"],
    field: "hours",
  },
  languages: { ...plain, columns: { service_id: "uuid", location_id: "uuid", phone_id: "uuid", name: "text", code: "text", note: "text" }, links: { service_id: "services", location_id: "locations", phone_id: "phones" }, hangsOn: ["service_id", "location_id", "phone_id"], field: "languages" },
  cost_options: { ...plain, columns: { service_id: "uuid", option: "text", currency: "text", amount: "numeric", amount_description: "text", valid_from: "date", valid_to: "date" }, links: { service_id: "services" }, needs: ["service_id"], field: "cost" },
  service_areas: { ...plain, columns: { service_id: "uuid", service_at_location_id: "uuid", name: "text", description: "text", extent: "text", extent_type: "text", uri: "text", area_id: "text" }, links: { service_id: "services", service_at_location_id: "services_at_locations" }, hangsOn: ["service_id", "service_at_location_id"], field: "place" },
  service_capacities: { ...plain, columns: { service_id: "uuid", unit: "jsonb", available: "numeric", maximum: "numeric", description: "text", updated: "timestamptz" }, links: { service_id: "services" }, needs: ["service_id"] },
  attributes: { ...plain, columns: { link_id: "uuid", link_entity: "text", taxonomy_term_id: "uuid", link_type: "text", value: "text", label: "text" }, links: { taxonomy_term_id: "taxonomy_terms" }, needs: ["taxonomy_term_id"] },
};
export const tableNames = Object.keys(tables) as readonly TableName[];

/** Where the rows of a noun go. */
export const tableOf = (noun: Noun): TableName => nounTables[noun] ?? "carried";
const nounTables: Partial<Readonly<Record<Noun, TableName>>> = {
  taxonomy: "taxonomies",
  taxonomy_term: "taxonomy_terms",
  organization: "organizations",
  service: "services",
  location: "locations",
  address: "addresses",
  service_at_location: "services_at_locations",
  phone: "phones",
  schedule: "schedules",
  language: "languages",
  cost_option: "cost_options",
  service_area: "service_areas",
  service_capacity: "service_capacities",
  attribute: "attributes",
};

/** The noun that a column of the standard names a record of. */
export const linkNouns: Readonly<Record<string, Noun>> = {
  organization_id: "organization",
  parent_organization_id: "organization",
  program_id: "program",
  service_id: "service",
  location_id: "location",
  service_at_location_id: "service_at_location",
  contact_id: "contact",
  phone_id: "phone",
  taxonomy_id: "taxonomy",
  taxonomy_term_id: "taxonomy_term",
  parent_id: "taxonomy_term",
  unit_id: "unit",
};

/** Of several that a carried record names, the one that it is nested in (see hsds/README.md). */
export const nests: readonly (readonly [column: string, noun: Noun])[] = [
  ["service_at_location_id", "service_at_location"],
  ["location_id", "location"],
  ["service_id", "service"],
  ["organization_id", "organization"],
];

/** A noun by how files name it: "service", "services", "Service At Location". */
export function entityOf(text: string): Noun | undefined {
  const plain = text.trim().toLowerCase().replaceAll(/[\s-]+/g, "_");
  return entities.find((noun) => noun === plain || `${noun}s` === plain || noun === plain.replace(/ies$/, "y") || noun === plain.replace(/es$/, ""));
}
const entities: readonly Noun[] = ["organization", "program", "service", "attribute", "service_at_location", "location", "phone", "contact", "address", "schedule", "funding", "service_area", "required_document", "language", "accessibility", "taxonomy_term", "taxonomy", "metadata", "cost_option", "organization_identifier", "service_capacity", "unit", "url", "meta_table_description"];
