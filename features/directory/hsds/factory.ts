import { readFileSync, readdirSync } from "node:fs";
import { v5 } from "uuid";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import { writeListing, type Wanted } from "../factory.ts";
import { relist } from "../listing/commands.ts";
import { directoryNamespace } from "../taxonomy/queries.ts";
import type { ServiceId } from "../types.ts";
import type { Noun } from "./forms.ts";

/** An id that a test can name. */
export const idOf = (name: string): string => v5(`test/${name}`, directoryNamespace);

/** What hangs on a listing of the street beyond the ordinary: one of everything that the standard knows, and dirt where records have it. `tag` keeps ids apart. */
export const makeRichListing = (house: House, tag: string, wanted: Wanted = {}): Promise<ServiceId> =>
  inTransaction(house, async (act) => {
    const service = await writeListing(act, wanted);
    await addEverything(act, service, tag);
    await relist(act, [service]);
    return service;
  });

const day = (text: string) => Temporal.PlainDate.from(text);
const time = (text: string) => Temporal.PlainTime.from(text);

export async function addEverything({ tx, now }: Act, service_id: ServiceId, tag: string): Promise<void> {
  const id = (name: string) => idOf(`${tag}/${name}`);
  const { organization_id } = await tx.selectFrom("services").select("organization_id").where("id", "=", service_id).executeTakeFirstOrThrow();
  const at = await tx.selectFrom("services_at_locations").select(["id", "location_id"]).where("service_id", "=", service_id).executeTakeFirst();
  const carry = (noun: Noun, name: string, link_entity: Noun, link_id: string, body: object) => tx.insertInto("carried").values({ id: id(name), noun, link_entity, link_id, body: JSON.stringify(body) }).execute();
  const program = id("program");
  await tx.updateTable("services").set({ url: "www.example.org/help", email: "no address", fees_description: "Pay what you can.", interpretation_services: "ASL on request", more: JSON.stringify({ program_id: program, alert: "Closed on 24 December", minimum_age: 16, wait_time: 3, unknown_field: true, accreditations: "State licensed" }) }).where("id", "=", service_id).execute();
  await tx.updateTable("organizations").set({ website: "https://example.org/über uns", email: "hello@example.org", more: JSON.stringify({ tax_id: "12-3", year_incorporated: 1994, logo: "logo.png", uri: "javascript:alert(1)" }) }).where("id", "=", organization_id ?? "").execute();
  await carry("program", "program", "organization", organization_id ?? "", { organization_id, name: "After birth", description: "" });
  await carry("funding", "funding", "service", service_id, { service_id, source: "A county grant" });
  await carry("required_document", "document", "service", service_id, { service_id, document: "None", uri: "not an address" });
  await carry("url", "url", "service", service_id, { service_id, label: "Groups", url: "example.org/groups" });
  await carry("url", "url-of-organization", "organization", organization_id ?? "", { organization_id, url: "https://example.org/about" });
  await carry("url", "no-url", "service", service_id, { service_id, url: "nothing that is one" });
  await carry("organization_identifier", "identifier", "organization", organization_id ?? "", { organization_id, identifier_type: "EIN", identifier: "12-3456789" });
  await carry("contact", "contact", "service", service_id, { service_id, title: "Front desk", email: "desk@example.org" });
  await carry("metadata", "metadata", "service", service_id, { resource_id: service_id, resource_type: "service", last_action_date: "2026-01-05", last_action_type: "update", field_name: "name", previous_value: "Circle", replacement_value: "Circle of Mothers", updated_by: "Ann Persona" });
  await tx
    .insertInto("phones")
    .values([
      { id: id("text"), service_id, number: "text HELP to 85258", type: "text", dial: "85258", dial_kind: "short", country: "US", extension: "012" },
      { id: id("desk-phone"), number: "+1 213 555 0199", more: JSON.stringify({ contact_id: id("contact") }), extension: "7" },
      { id: id("head-office"), organization_id, number: "call us" },
    ])
    .execute();
  await tx.insertInto("languages").values([{ id: id("language"), phone_id: id("text"), name: "Spanish", code: "es", note: "Evenings" }, { id: id("unknown-language"), service_id, name: "Mixteco" }]).execute();
  await tx.insertInto("schedules").values([{ id: id("hours"), service_id, freq: "WEEKLY", interval: 2, byday: "MO,WE", dtstart: day("2026-01-05"), opens_at: time("18:00"), closes_at: time("19:30"), zone: "America/Los_Angeles", more: JSON.stringify({ wkst: "SU", attending_type: "online", timezone: -8, notes: "" }) }]).execute();
  await tx.insertInto("cost_options").values({ id: id("cost"), service_id, option: "A session", currency: "USD", amount: "12.50", valid_from: day("2026-01-01") }).execute();
  await tx.insertInto("service_areas").values({ id: id("area"), service_id, name: "California", extent_type: "text", extent: "California", area_id: "US-CA" }).execute();
  await tx
    .insertInto("service_capacities")
    .values([
      { id: id("beds"), service_id, unit: JSON.stringify({ id: id("unit"), name: "beds", scheme: "ours", uri: "example.org/beds" }), available: "3", maximum: "10", updated: now },
      { id: id("old-beds"), service_id, unit: JSON.stringify({ id: id("unit"), name: "beds" }), available: "9", updated: now.subtract({ hours: 15 * 24 }) },
    ])
    .execute();
  await tx.insertInto("listing_credentials").values({ service_id, kind: "pmh_c", number: "C-0815", issuer: "PSI", checked_on: day("2026-10-01") }).execute();
  await tx.insertInto("taxonomies").values({ id: id("taxonomy"), name: "Lantern terms", uri: "https://example.org/terms" }).execute();
  await tx.insertInto("taxonomy_terms").values([{ id: id("parent-term"), code: "B", name: "Baby", taxonomy_id: id("taxonomy"), taxonomy: "Lantern terms" }, { id: id("term"), code: "B-1", name: "Night nurse", parent_id: id("parent-term"), taxonomy_id: id("taxonomy"), taxonomy: "Lantern terms", term_uri: "not one" }]).execute();
  await tx
    .insertInto("attributes")
    .values([
      { id: id("attribute"), link_id: service_id, link_entity: "service", taxonomy_term_id: id("term"), link_type: "eligibility", label: "From Lantern" },
      { id: id("attribute-of-phone"), link_id: id("text"), link_entity: "phone", taxonomy_term_id: id("term"), value: "yes" },
      { id: id("attribute-of-organization"), link_id: organization_id ?? "", link_entity: "organization", taxonomy_term_id: id("parent-term") },
    ])
    .execute();
  if (!at) return;
  await carry("accessibility", "accessibility", "location", at.location_id, { location_id: at.location_id, description: "A ramp", url: "https://example.org/ramp" });
  await carry("contact", "contact-there", "service_at_location", at.id, { service_at_location_id: at.id, name: "", title: "At the door" });
  await tx.insertInto("phones").values({ id: id("phone-there"), service_at_location_id: at.id, service_id, number: "(213) 555-0177", dial: "+12135550177", dial_kind: "e164", country: "US" }).execute();
  await tx.insertInto("schedules").values({ id: id("hours-there"), location_id: at.location_id, byday: "FR", opens_at: time("09:00"), description: "Ring twice" }).execute();
  await tx.insertInto("languages").values({ id: id("language-there"), location_id: at.location_id, code: "en" }).execute();
  await tx.insertInto("addresses").values({ id: id("address-abroad").replace(/^.{8}/, "ffffffff"), location_id: at.location_id, address_1: "Box 7", city: "Dubai", state_province: "", postal_code: "", country: "AE", address_type: "postal" }).execute();
}

type Validate = (noun: Noun, record: unknown) => string[];

/** The standard's own schemas, sealed: a field that they do not know is wrong. Undefined where OPEN_DATA_DIR does not have them. What the API adds to two of its nouns is added here. */
export function sealedStandard(): Validate | undefined {
  const folder = `${process.env["OPEN_DATA_DIR"] ?? ""}/hsds-3.1`;
  let files: string[];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith(".json") && file !== "openapi.json" && file !== "datapackage.json");
  } catch {
    return undefined;
  }
  const ajv = new Ajv2020.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  type Schema = { properties: Record<string, object> };
  const base = "https://standard.test/";
  const add = (file: string, more: Record<string, object> = {}, under = file) => {
    const { properties, ...rest } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Schema;
    ajv.addSchema({ ...rest, $id: `${base}${under}`, properties: { ...properties, ...more }, additionalProperties: false });
  };
  for (const file of files) add(file);
  add("organization.json", { services: { type: "array", items: { $ref: "service.json" } } }, "organization.answered.json");
  add("service_at_location.json", { service: { $ref: "service.json" } }, "service_at_location.answered.json");
  return (noun, record) => {
    const answered = noun === "organization" || noun === "service_at_location";
    const validate = ajv.getSchema(`${base}${noun}${answered ? ".answered" : ""}.json`);
    if (!validate) throw new Error(noun);
    validate(record);
    return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  };
}
