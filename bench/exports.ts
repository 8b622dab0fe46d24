import { closeSync, createReadStream, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Zip, ZipDeflate } from "fflate";
import { cardOf, makeServices, seeded } from "./services.ts";

/** The tables of an export of HSDS 3.1, with what this one says in each. */
const headings = {
  organizations: ["id", "name", "description", "website"],
  services: ["id", "organization_id", "name", "description", "url", "email", "status", "assured_date"],
  locations: ["id", "location_type", "organization_id", "name", "latitude", "longitude"],
  addresses: ["id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
  service_at_location: ["id", "service_id", "location_id"],
  phones: ["id", "service_id", "number", "type"],
  schedules: ["id", "service_id", "freq", "byday", "opens_at", "closes_at"],
  languages: ["id", "service_id", "name", "code"],
  taxonomies: ["id", "name", "description"],
  taxonomy_terms: ["id", "code", "name", "description", "taxonomy_id"],
  attributes: ["id", "link_id", "taxonomy_term_id", "link_entity"],
} as const;
type TableName = keyof typeof headings;
const names = Object.keys(headings) as TableName[];

const termsInAll = 200;
const servicesOfOne = 4;
const id = (kind: number, at: number): string => `${kind.toString(16).padStart(8, "0")}-0000-4000-8000-${at.toString(16).padStart(12, "0")}`;
const cell = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** Writes lines of a table, a hundred thousand letters at a time. */
function writerOf(folder: string, name: TableName): { readonly add: (...cells: string[]) => void; readonly end: () => number } {
  const file = openSync(join(folder, `${name}.csv`), "w");
  let waiting = `${headings[name].join(",")}\n`;
  let rows = 0;
  const flush = () => {
    writeSync(file, waiting);
    waiting = "";
  };
  return {
    add: (...cells) => {
      rows += 1;
      waiting += `${cells.map(cell).join(",")}\n`;
      if (waiting.length > 100_000) flush();
    },
    end: () => {
      flush();
      closeSync(file);
      return rows;
    },
  };
}

/** An export of `count` services, each with a place, a number, hours, a language and a term: its archive, and how many rows all its tables have. */
export async function makeExport(folder: string, count: number): Promise<{ readonly zip: string; readonly rows: number; readonly tables: readonly string[] }> {
  mkdirSync(folder, { recursive: true });
  const tables = Object.fromEntries(names.map((name) => [name, writerOf(folder, name)])) as Record<TableName, ReturnType<typeof writerOf>>;
  const random = seeded(5);
  const digits = (some: number) => String(Math.floor(random() * 10 ** some)).padStart(some, "0");
  tables.taxonomies.add(id(1, 0), "Benchmark words", "");
  for (let at = 0; at < termsInAll; at++) tables.taxonomy_terms.add(id(2, at), `B-${at}`, `Kind of help no. ${at}`, "", id(1, 0));
  let at = 0;
  for (const service of makeServices(count)) {
    const card = cardOf(service);
    const organization = id(3, Math.floor(at / servicesOfOne));
    const [own, place] = [id(4, at), id(5, at)];
    if (at % servicesOfOne === 0) tables.organizations.add(organization, card.organization ?? card.name, "", "https://lantern.example.org");
    tables.services.add(own, organization, card.name, card.summary ?? "", `https://lantern.example.org/${at}`, "help@lantern.example.org", "active", `2026-${String(1 + (at % 10)).padStart(2, "0")}-15`);
    tables.locations.add(place, "physical", organization, card.name, service.at?.latitude.toFixed(6) ?? "", service.at?.longitude.toFixed(6) ?? "");
    tables.addresses.add(id(6, at), place, `${1 + (at % 900)} Lantern Street`, service.city, "", digits(5), service.country ?? "US", "physical");
    tables.service_at_location.add(id(7, at), own, place);
    tables.phones.add(id(8, at), own, `+1 213 ${2 + Math.floor(random() * 8)}${digits(2)} ${digits(4)}`, "voice");
    tables.schedules.add(id(9, at), own, "WEEKLY", ["MO", "TU,TH", "MO,TU,WE,TH,FR"][at % 3] ?? "MO", "09:00", "17:00");
    tables.languages.add(id(10, at), own, "English", "en");
    tables.attributes.add(id(11, at), own, id(2, Math.floor(random() * termsInAll)), "service");
    at += 1;
  }
  const rows = Object.values(tables).reduce((all, table) => all + table.end(), 0);
  const zip = join(folder, "export.zip");
  await pack(zip, folder);
  return { zip, rows, tables: names.map((name) => join(folder, `${name}.csv`)) };
}

/** One table after the other, none of them in memory. */
async function pack(zip: string, folder: string): Promise<void> {
  rmSync(zip, { force: true });
  const file = openSync(zip, "w");
  const archive = new Zip((error, some) => {
    if (error) throw error;
    writeSync(file, some);
  });
  for (const name of names) {
    const entry = new ZipDeflate(`${name}.csv`, { level: 1 });
    archive.add(entry);
    for await (const some of createReadStream(join(folder, `${name}.csv`), { highWaterMark: 1 << 20 })) entry.push(some as Buffer);
    entry.push(new Uint8Array(0), true);
  }
  archive.end();
  closeSync(file);
}
