import { createHash } from "node:crypto";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import type { Instant } from "../../../../platform/time/time.ts";
import { tabular, type Noun, type Table } from "../forms.ts";
import { guarded } from "../rules.ts";

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** A service of nobody stands for its own organization, since a table wants one of it: always under the same id. */
export function standInId(serviceId: string): string {
  const digits = createHash("md5").update(`organization/${serviceId}`).digest("hex");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}

const cellOf = (value: unknown): string => (typeof value === "number" ? String(value) : typeof value === "string" ? guarded(value) : "");

/** Every cell that holds an end of a line stands in quotation marks, whichever end of a line it is. */
const asCsv = (rows: readonly (readonly string[])[]): string => stringify(rows as string[][], { record_delimiter: "\n", quoted_match: /[\r\n]/ });

export const headingsOf = ({ columns }: Table): string => asCsv([columns]);

/** Records as lines of their table, by their ids. One that lacks what a table wants of each is left out: nesting says it elsewhere, and here nothing would. */
export const linesOf = ({ columns, required }: Table, rows: readonly Row[]): string =>
  asCsv([...rows].filter((row) => required.every((name) => row[name] !== undefined && row[name] !== "")).sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => columns.map((name) => cellOf(row[name]))));

/** What was written of one table. `sha256`: in hexadecimal digits. */
export type Written = { readonly file: string; readonly bytes: number; readonly sha256: string };

/** Whose data it is, and as of when. */
export type About = { readonly title: string; readonly homepage: string | undefined; readonly at: Instant };

/** Column → the noun that it names a record of. */
const linked: Readonly<Record<string, Noun>> = { organization_id: "organization", parent_organization_id: "organization", program_id: "program", service_id: "service", location_id: "location", service_at_location_id: "service_at_location", contact_id: "contact", phone_id: "phone", taxonomy_id: "taxonomy", taxonomy_term_id: "taxonomy_term", parent_id: "taxonomy_term", unit_id: "unit" };

/** The description that goes with the tables (Frictionless Data Package): each file with its columns, its size and its digest, so that whoever reads them can tell that they came whole. */
export function packageOf({ title, homepage, at }: About, written: readonly Written[]): string {
  const resources = written.map(({ file, bytes, sha256 }) => {
    const table = tabular.find((one) => one.file === file);
    return table ? { name: table.noun, path: file, profile: "tabular-data-resource", format: "csv", mediatype: "text/csv", encoding: "utf-8", bytes, hash: `sha256:${sha256}`, schema: schemaOf(table) } : { path: file };
  });
  const about = { profile: "tabular-data-package", name: "human_services_data", title, ...(homepage ? { homepage } : {}), version: "3.1", created: at.toString({ smallestUnit: "second" }), resources };
  return `${JSON.stringify(about, undefined, 1)}\n`;
}

type Field = { readonly type?: string; readonly format?: string };

function schemaOf({ row, columns, required }: Table) {
  const { properties = {} } = z.toJSONSchema(row, { unrepresentable: "any" }) as { properties?: Readonly<Record<string, Field>> };
  const fields = columns.map((name) => ({ name, ...asField(properties[name]), constraints: { required: required.includes(name), unique: name === "id" } }));
  const links = columns.flatMap((name) => (linked[name] ? [{ fields: name, reference: { resource: linked[name], fields: "id" } }] : []));
  return { primaryKey: "id", fields, ...(links.length > 0 ? { foreignKeys: links } : {}) };
}

/** JSON Schema's words for a kind of text, in those of Table Schema. */
const kinds: Readonly<Record<string, object>> = { guid: { type: "string", format: "uuid" }, uuid: { type: "string", format: "uuid" }, uri: { type: "string", format: "uri" }, email: { type: "string", format: "email" }, date: { type: "date" }, "date-time": { type: "datetime" } };
const asField = ({ type, format }: Field = {}): object => kinds[format ?? ""] ?? { type: type === "number" ? "number" : "string" };
