import { z } from "zod";
import type { Noun } from "../../hsds/forms.ts";
import { entityOf } from "../tables/rules.ts";

/** Lists inside a record, and what their entries are. */
const lists: Readonly<Record<string, Noun>> = {
  additional_urls: "url",
  additional_websites: "url",
  contacts: "contact",
  phones: "phone",
  schedules: "schedule",
  service_areas: "service_area",
  service_at_locations: "service_at_location",
  locations: "location",
  addresses: "address",
  languages: "language",
  accessibility: "accessibility",
  funding: "funding",
  cost_options: "cost_option",
  required_documents: "required_document",
  capacities: "service_capacity",
  programs: "program",
  organization_identifiers: "organization_identifier",
  attributes: "attribute",
  metadata: "metadata",
};
/** One record inside another, and the link that it stands for. */
const ones: Readonly<Record<string, readonly [noun: Noun, link: string]>> = {
  organization: ["organization", "organization_id"],
  program: ["program", "program_id"],
  service: ["service", "service_id"],
  location: ["location", "location_id"],
  unit: ["unit", "unit_id"],
  taxonomy_term: ["taxonomy_term", "taxonomy_term_id"],
  taxonomy_detail: ["taxonomy", "taxonomy_id"],
};
/** The same one lies in many records: it is read the first time alone, with all that is in it. */
const shared: ReadonlySet<Noun> = new Set(["organization", "program", "location", "unit", "taxonomy_term", "taxonomy"]);

export type Answered = Readonly<Record<string, unknown>>;
export type Flat = { readonly noun: Noun; readonly cells: Record<string, string> };

const isRecord = (value: unknown): value is Answered => typeof value === "object" && value !== null && !Array.isArray(value);

/** A record as an API nests it, as the rows that tables of the standard would have, each with its links. `seen`: shared records that were read before. */
export function rowsIn(record: Answered, noun: Noun, seen: Set<string>, links: Readonly<Record<string, string>> = {}): Flat[] {
  const id = typeof record["id"] === "string" ? record["id"] : "";
  if (shared.has(noun)) {
    if (seen.has(`${noun} ${id}`)) return [];
    seen.add(`${noun} ${id}`);
  }
  const cells: Record<string, string> = {};
  const inside: Flat[] = [];
  for (const [name, value] of Object.entries(record)) {
    const one = ones[name];
    const of = lists[name];
    if (one && isRecord(value)) {
      if (typeof value["id"] === "string") cells[one[1]] = value["id"];
      inside.push(...rowsIn(value, one[0], seen));
    } else if (of && Array.isArray(value)) inside.push(...value.filter(isRecord).flatMap((child) => rowsIn(child, of, seen, linkTo(noun, id, of))));
    else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") cells[name] = String(value);
  }
  for (const [name, value] of Object.entries(links)) cells[name] ??= value;
  return [{ noun, cells }, ...inside];
}

function linkTo(owner: Noun, id: string, child: Noun): Record<string, string> {
  if (child === "attribute") return { link_id: id, link_entity: owner };
  if (child === "metadata") return { resource_id: id, resource_type: owner };
  return { [`${entityOf(owner) ?? owner}_id`]: id };
}

/** Says no more of a service than that it is not shown any more. */
export const isGone = (record: Answered): boolean => (record["status"] === "defunct" || record["status"] === "inactive") && Object.keys(record).every((name) => ["id", "name", "status", "last_modified"].includes(name));

/** Says what it is and nothing that lies in it, though it was asked for all: a server that does so is asked for each by its id. */
export const isBare = (record: Answered): boolean => !isGone(record) && !Object.keys(record).some((name) => name in lists);

const page = z.object({ contents: z.array(z.looseObject({ id: z.string().min(1).max(200) })).max(10_000), last_page: z.boolean().optional(), total_pages: z.number().optional(), page_number: z.number().optional(), empty: z.boolean().optional() });

/** One page of a list; undefined: it is none of the standard's. */
export function pageFrom(answer: unknown): { readonly contents: readonly Answered[]; readonly isLast: boolean } | undefined {
  const read = page.safeParse(answer);
  if (!read.success) return undefined;
  const { contents, last_page, total_pages, page_number } = read.data;
  return { contents, isLast: contents.length === 0 || last_page === true || (total_pages !== undefined && page_number !== undefined && page_number >= total_pages) };
}

/** Where an API begins, of what a person pastes: one of its lists, with a question behind it, or with a stroke at its end. Undefined: no such address. */
export function baseOf(typed: string): string | undefined {
  const text = typed.trim();
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, pathname, username, password } = new URL(text);
  if (!/^https?:$/.test(protocol) || username !== "" || password !== "") return undefined;
  return `${protocol}//${host}${pathname.replace(/\/+$/, "").replace(/\/(services|organizations|taxonomies|taxonomy_terms|service_at_locations)$/, "")}`;
}

/** So much is asked for again, for clocks that differ; what is unchanged costs nothing. */
const overlap = { minutes: 60 } as const;
const wholeEvery = { hours: 7 * 24 } as const;

/** From which moment on changes are asked for; undefined: everything, as the first time and once a week, since not every server says what is gone. */
export function sinceWhen({ readUpTo, wholeReadAt }: { readonly readUpTo: Temporal.Instant | undefined; readonly wholeReadAt: Temporal.Instant | undefined }, now: Temporal.Instant): Temporal.Instant | undefined {
  if (!readUpTo || !wholeReadAt || Temporal.Instant.compare(wholeReadAt.add(wholeEvery), now) <= 0) return undefined;
  return readUpTo.subtract(overlap);
}
