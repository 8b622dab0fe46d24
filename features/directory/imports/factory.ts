import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { onTestFinished } from "vitest";

export type Table = readonly Readonly<Record<string, string>>[];

const cell = (text: string): string => (/[",;\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows as a table; every column that any of them has. */
export function csvOf(rows: Table, between = ",", newline = "\n"): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))].map((line) => line.map(cell).join(between) + newline).join("");
}

const id = (letter: string, at: number): string => `${letter.repeat(8)}-0000-4000-8000-${String(at).padStart(12, "0")}`;
export const ids = { organization: id("a", 1), service: id("b", 1), service2: id("b", 2), location: id("c", 1), at: id("d", 1), phone: id("e", 1), schedule: id("f", 1), address: id("c", 2), language: id("d", 2), taxonomy: id("a", 2), term: id("a", 3), attribute: id("a", 4) } as const;

/** Two services of one organization, one with all that a parent is shown of it: HSDS 3.1, as tables. */
export const lanternStreet = (): Record<string, Table> => ({
  "organizations.csv": [{ id: ids.organization, name: "Lantern House", description: "Help for families.", website: "https://lantern.example.org" }],
  "services.csv": [
    { id: ids.service, organization_id: ids.organization, name: "Circle of Mothers", description: "A support group after birth, each Tuesday, with tea and no questions asked.", url: "https://lantern.example.org/circle", email: "circle@example.org", status: "active", assured_date: "2026-10-01" },
    { id: ids.service2, organization_id: ids.organization, name: "Diaper pantry", description: "Diapers and baby clothing for families in the county, on Fridays.", url: "", email: "", status: "active", assured_date: "" },
  ],
  "locations.csv": [{ id: ids.location, location_type: "physical", organization_id: ids.organization, name: "The old school", latitude: "34.06", longitude: "-118.24" }],
  "addresses.csv": [{ id: ids.address, location_id: ids.location, address_1: "12 Lantern Street", city: "Los Angeles", state_province: "CA", postal_code: "90012", country: "US", address_type: "physical" }],
  "service_at_location.csv": [{ id: ids.at, service_id: ids.service, location_id: ids.location }],
  "phones.csv": [{ id: ids.phone, service_id: ids.service, number: "213-555-0123", type: "voice" }],
  "schedules.csv": [{ id: ids.schedule, service_id: ids.service, freq: "WEEKLY", byday: "TU", opens_at: "10:00", closes_at: "11:30" }],
  "languages.csv": [{ id: ids.language, service_id: ids.service, name: "Spanish", code: "es" }],
  "taxonomies.csv": [{ id: ids.taxonomy, name: "Lantern words", description: "" }],
  "taxonomy_terms.csv": [{ id: ids.term, code: "L-1", name: "Baby things", description: "", taxonomy_id: ids.taxonomy }],
  "attributes.csv": [{ id: ids.attribute, link_id: ids.service2, taxonomy_term_id: ids.term, link_entity: "service" }],
});

/** A folder on this machine until the test has finished. */
export function aFolder(files: Readonly<Record<string, string | Uint8Array | Table>>): string {
  const folder = mkdtempSync(join(tmpdir(), "small-hours-import-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), asFile(content));
  return folder;
}

const asFile = (content: string | Uint8Array | Table): string | Uint8Array => (typeof content === "string" || content instanceof Uint8Array ? content : csvOf(content));

/** The same as an archive. */
export function aZip(files: Readonly<Record<string, string | Uint8Array | Table>>): string {
  const bytes = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Buffer.from(asFile(content))]));
  return join(aFolder({ "export.zip": zipSync(bytes) }), "export.zip");
}

/** Lantern Street with one table changed. */
export const changed = (name: string, change: (rows: Record<string, string>[]) => Table): Record<string, Table> => ({ ...lanternStreet(), [name]: change((lanternStreet()[name] ?? []).map((row) => ({ ...row }))) });
