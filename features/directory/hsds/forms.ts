import { z } from "zod";
import { isUri } from "./rules.ts";

/*
 * The nouns of Open Referral's HSDS 3.1, sealed: no field that the standard does not know.
 * What we answer is made to fit these, and what comes in is read by them. The standard itself (docs.openreferral.org) is CC BY-SA and is not copied here:
 * names, kinds and which are required are all that this holds of it.
 */

const id = z.guid();
const text = z.string();
const number = z.number();
const uri = z.string().refine(isUri, "not a web address").meta({ format: "uri" });
const email = z.email({ pattern: /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i });
const date = z.iso.date();
/** Wall time, perhaps with its distance from UTC: "10:00", "10:00:00", "09:00-05:00". */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:\d\d)?$/);
const moment = z.iso.datetime({ offset: true });

const maybe = { id: id.optional(), text: text.optional(), number: number.optional(), uri: uri.optional(), email: email.optional(), date: date.optional(), time: time.optional(), moment: moment.optional() };
const linkType = z.enum(["physical", "postal", "virtual"]);

/** The fields of each noun that a table has columns for, in the order of the standard's tables. */
const columns = {
  organization: { id, name: text, alternate_name: maybe.text, description: text, email: maybe.email, website: maybe.uri, tax_status: maybe.text, tax_id: maybe.text, year_incorporated: maybe.number, legal_status: maybe.text, logo: maybe.text, uri: maybe.uri, parent_organization_id: maybe.id },
  program: { id, organization_id: maybe.id, name: text, alternate_name: maybe.text, description: text },
  service: {
    id,
    organization_id: maybe.id,
    program_id: maybe.id,
    name: text,
    alternate_name: maybe.text,
    description: maybe.text,
    url: maybe.uri,
    email: maybe.email,
    status: z.enum(["active", "inactive", "defunct", "temporarily closed"]),
    interpretation_services: maybe.text,
    application_process: maybe.text,
    fees_description: maybe.text,
    wait_time: maybe.text,
    fees: maybe.text,
    accreditations: maybe.text,
    eligibility_description: maybe.text,
    minimum_age: maybe.number,
    maximum_age: maybe.number,
    assured_date: maybe.date,
    assurer_email: maybe.email,
    licenses: maybe.text,
    alert: maybe.text,
    last_modified: maybe.moment,
  },
  attribute: { id, link_id: maybe.id, taxonomy_term_id: maybe.id, link_type: maybe.text, link_entity: maybe.text, value: maybe.text, label: maybe.text },
  service_at_location: { id, service_id: maybe.id, location_id: maybe.id, description: maybe.text },
  location: { id, location_type: linkType, url: maybe.uri, organization_id: maybe.id, name: maybe.text, alternate_name: maybe.text, description: maybe.text, transportation: maybe.text, latitude: maybe.number, longitude: maybe.number, external_identifier: maybe.text, external_identifier_type: maybe.text },
  phone: { id, location_id: maybe.id, service_id: maybe.id, organization_id: maybe.id, contact_id: maybe.id, service_at_location_id: maybe.id, number: text, extension: maybe.number, type: maybe.text, description: maybe.text },
  contact: { id, organization_id: maybe.id, service_id: maybe.id, service_at_location_id: maybe.id, location_id: maybe.id, name: maybe.text, title: maybe.text, department: maybe.text, email: maybe.email },
  address: { id, location_id: maybe.id, attention: maybe.text, address_1: text, address_2: maybe.text, city: text, region: maybe.text, state_province: text, postal_code: text, country: text, address_type: linkType },
  schedule: {
    id,
    service_id: maybe.id,
    location_id: maybe.id,
    service_at_location_id: maybe.id,
    valid_from: maybe.date,
    valid_to: maybe.date,
    dtstart: maybe.date,
    timezone: maybe.number,
    until: maybe.date,
    count: maybe.number,
    wkst: z.enum(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]).optional(),
    freq: z.enum(["WEEKLY", "MONTHLY"]).optional(),
    interval: maybe.number,
    byday: maybe.text,
    byweekno: maybe.text,
    bymonthday: maybe.text,
    byyearday: maybe.text,
    description: maybe.text,
    opens_at: maybe.time,
    closes_at: maybe.time,
    schedule_link: maybe.uri,
    attending_type: maybe.text,
    notes: maybe.text,
  },
  funding: { id, organization_id: maybe.id, service_id: maybe.id, source: maybe.text },
  service_area: { id, service_id: maybe.id, service_at_location_id: maybe.id, name: maybe.text, description: maybe.text, extent: maybe.text, extent_type: maybe.text, uri: maybe.text },
  required_document: { id, service_id: maybe.id, document: maybe.text, uri: maybe.uri },
  language: { id, service_id: maybe.id, location_id: maybe.id, phone_id: maybe.id, name: maybe.text, code: maybe.text, note: maybe.text },
  accessibility: { id, location_id: maybe.id, description: maybe.text, details: maybe.text, url: maybe.uri },
  taxonomy_term: { id, code: maybe.text, name: text, description: text, parent_id: maybe.id, taxonomy: maybe.text, language: maybe.text, taxonomy_id: maybe.id, term_uri: maybe.uri },
  metadata: { id, resource_id: maybe.id, resource_type: maybe.text, last_action_date: date, last_action_type: text, field_name: text, previous_value: text, replacement_value: text, updated_by: text },
  meta_table_description: { id, name: maybe.text, language: maybe.text, character_set: maybe.text },
  cost_option: { id, service_id: maybe.id, valid_from: maybe.date, valid_to: maybe.date, option: maybe.text, currency: maybe.text, amount: maybe.number, amount_description: maybe.text },
  organization_identifier: { id, organization_id: maybe.id, identifier_scheme: maybe.text, identifier_type: text, identifier: text },
  taxonomy: { id, name: text, description: text, uri: maybe.uri, version: maybe.text },
  // The standard's own table of tables (datapackage.json) lost the columns of these two; its examples have them.
  service_capacity: { id, service_id: maybe.id, unit_id: maybe.id, available: number, maximum: maybe.number, description: maybe.text, updated: moment },
  unit: { id, name: text, scheme: maybe.text, identifier: maybe.text, uri: maybe.uri },
  url: { id, label: maybe.text, url: uri, organization_id: maybe.id, service_id: maybe.id },
};

export type Noun = keyof typeof columns;

const within = (schema: z.ZodType): z.ZodType => (schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema);

/** One field of a noun that is no nested one. */
export type Column = { readonly name: string; readonly required: boolean; readonly holds: "text" | "number" | "uri" | "other"; readonly fits: (value: unknown) => boolean };

const isId = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

function columnOf(name: string, schema: z.ZodType): Column {
  const required = !(schema instanceof z.ZodOptional);
  const inner = within(schema);
  if (inner === text) return { name, required, holds: "text", fits: (value) => typeof value === "string" };
  if (inner === number) return { name, required, holds: "number", fits: Number.isFinite };
  if (inner === id) return { name, required, holds: "other", fits: isId };
  return { name, required, holds: inner === uri ? "uri" : "other", fits: (value) => inner.safeParse(value).success };
}

/** The fields of each noun that its table has columns for, in order. */
export const columnsOf = Object.fromEntries(Object.entries(columns).map(([noun, fields]) => [noun, Object.entries<z.ZodType>(fields).map(([name, schema]) => columnOf(name, schema))])) as unknown as Readonly<Record<Noun, readonly Column[]>>;

const metadata = z.strictObject(columns.metadata);
const said = { metadata: z.array(metadata).optional() };
const taxonomy = z.strictObject({ ...columns.taxonomy, ...said });
const taxonomy_term = z.strictObject({ ...columns.taxonomy_term, taxonomy_detail: taxonomy.optional(), ...said });
const attribute = z.strictObject({ ...columns.attribute, taxonomy_term: taxonomy_term.optional(), ...said });
/** What nearly every noun may carry. */
const told = { attributes: z.array(attribute).optional(), ...said };
const listOf = <S extends z.ZodType>(schema: S) => z.array(schema).optional();

const language = z.strictObject({ ...columns.language, ...told });
const phone = z.strictObject({ ...columns.phone, languages: listOf(language), ...told });
const contact = z.strictObject({ ...columns.contact, phones: listOf(phone), ...told });
const schedule = z.strictObject({ ...columns.schedule, ...told });
const address = z.strictObject({ ...columns.address, ...told });
const accessibility = z.strictObject({ ...columns.accessibility, ...told });
const url = z.strictObject({ ...columns.url, ...told });
const funding = z.strictObject({ ...columns.funding, ...told });
const program = z.strictObject({ ...columns.program, ...told });
const organization_identifier = z.strictObject({ ...columns.organization_identifier, ...told });
const unit = z.strictObject({ ...columns.unit, ...told });
const service_capacity = z.strictObject({ ...columns.service_capacity, unit, ...told });
const cost_option = z.strictObject({ ...columns.cost_option, ...told });
const required_document = z.strictObject({ ...columns.required_document, ...told });
const service_area = z.strictObject({ ...columns.service_area, ...told });
const meta_table_description = z.strictObject({ ...columns.meta_table_description, ...told });
const location = z.strictObject({
  ...columns.location,
  languages: listOf(language),
  addresses: listOf(address),
  contacts: listOf(contact),
  accessibility: listOf(accessibility),
  phones: listOf(phone),
  schedules: listOf(schedule),
  ...told,
});
const organizationAlone = z.strictObject({
  ...columns.organization,
  additional_websites: listOf(url),
  funding: listOf(funding),
  contacts: listOf(contact),
  phones: listOf(phone),
  locations: listOf(location),
  programs: listOf(program),
  organization_identifiers: listOf(organization_identifier),
  ...told,
});
const placeAlone = z.strictObject({
  ...columns.service_at_location,
  service_areas: listOf(service_area),
  contacts: listOf(contact),
  phones: listOf(phone),
  schedules: listOf(schedule),
  location: location.optional(),
  ...told,
});
const service = z.strictObject({
  ...columns.service,
  additional_urls: listOf(url),
  phones: listOf(phone),
  schedules: listOf(schedule),
  service_areas: listOf(service_area),
  service_at_locations: listOf(placeAlone),
  languages: listOf(language),
  organization: organizationAlone.optional(),
  funding: listOf(funding),
  cost_options: listOf(cost_option),
  program: program.optional(),
  required_documents: listOf(required_document),
  contacts: listOf(contact),
  capacities: listOf(service_capacity),
  ...told,
});
// The standard's API gives these two their services, which its schemas of the nouns alone do not name.
const organization = organizationAlone.extend({ services: listOf(service) });
const service_at_location = placeAlone.extend({ service: service.optional() });

/** Each noun as JSON, with all that may be nested in it. */
export const nouns = {
  organization,
  program,
  service,
  attribute,
  service_at_location,
  location,
  phone,
  contact,
  address,
  schedule,
  funding,
  service_area,
  required_document,
  language,
  accessibility,
  taxonomy_term,
  metadata,
  meta_table_description,
  cost_option,
  organization_identifier,
  taxonomy,
  service_capacity,
  unit,
  url,
} as const satisfies Record<Noun, z.ZodType>;

/** A noun as JSON. */
export type Hsds<N extends Noun> = z.output<(typeof nouns)[N]>;

/** One file of the tabular form. */
export type Table = {
  readonly file: string;
  readonly noun: Noun;
  /** In order. */
  readonly columns: readonly string[];
  /** Never empty. */
  readonly required: readonly string[];
  /** Read as numbers; all others are text. */
  readonly numeric: ReadonlySet<string>;
  /** One row, cells that are empty left out and numbers read as such. */
  readonly row: z.ZodType<Readonly<Record<string, string | number>>>;
};

function table(file: string, noun: Noun, more: readonly string[] = []): Table {
  const fields = Object.entries<z.ZodType>(columns[noun]);
  const required = fields.filter(([name, schema]) => !(schema instanceof z.ZodOptional) || more.includes(name)).map(([name]) => name);
  const shape = Object.fromEntries(fields.map(([name, schema]) => [name, required.includes(name) ? within(schema) : schema]));
  return {
    file,
    noun,
    columns: fields.map(([name]) => name),
    required,
    numeric: new Set(columnsOf[noun].filter(({ holds }) => holds === "number").map(({ name }) => name)),
    row: z.strictObject(shape) as unknown as Table["row"],
  };
}

/** The tabular form: one file a noun, parents before children. Some links are required there alone, as nesting says them elsewhere. */
export const tabular: readonly Table[] = [
  table("organizations.csv", "organization"),
  table("programs.csv", "program", ["organization_id"]),
  table("services.csv", "service", ["organization_id"]),
  table("taxonomies.csv", "taxonomy"),
  table("taxonomy_terms.csv", "taxonomy_term"),
  table("attributes.csv", "attribute", ["link_id", "taxonomy_term_id", "link_entity"]),
  table("locations.csv", "location"),
  table("service_at_location.csv", "service_at_location", ["service_id", "location_id"]),
  table("contacts.csv", "contact"),
  table("phones.csv", "phone"),
  table("addresses.csv", "address"),
  table("schedules.csv", "schedule"),
  table("funding.csv", "funding"),
  table("service_areas.csv", "service_area"),
  table("required_documents.csv", "required_document"),
  table("languages.csv", "language"),
  table("accessibility.csv", "accessibility"),
  table("cost_options.csv", "cost_option", ["service_id"]),
  table("organization_identifiers.csv", "organization_identifier", ["organization_id"]),
  table("units.csv", "unit"),
  table("service_capacity.csv", "service_capacity", ["service_id", "unit_id"]),
  table("url.csv", "url"),
  table("metadata.csv", "metadata", ["resource_id", "resource_type"]),
  table("meta_table_descriptions.csv", "meta_table_description"),
];
