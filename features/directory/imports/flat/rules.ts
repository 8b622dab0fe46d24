import { terms as allTerms, type Term } from "../../taxonomy/rules.ts";
import termWords from "../../taxonomy/words/en.json" with { type: "json" };
import termWordsEs from "../../taxonomy/words/es.json" with { type: "json" };
import { plainName } from "../../places/rules.ts";
import { kinds, type Kind } from "../../types.ts";
import { cleanText, languagesIn } from "../cleaning/rules.ts";
import { termsIn } from "../facets/rules.ts";
import { digestOf, readNoun } from "../records/rules.ts";
import type { Desk, Guess, Made, Noted, Row, Staged } from "../records/types.ts";
import { tables } from "../tables/rules.ts";
import type { Mapping } from "../types.ts";
import headings from "./headings.json" with { type: "json" };
import { spansIn } from "./hours/rules.ts";

/** A column of ours in a table that has one listing a row. */
export type FlatColumn = keyof typeof headings.columns;
export const flatColumns = Object.keys(headings.columns) as readonly FlatColumn[];
const known = headings.columns as Readonly<Record<FlatColumn, { readonly en: string; readonly es: string; readonly also: readonly string[] }>>;

/** Without a name there is no listing. */
export const neededColumns: readonly FlatColumn[] = ["name"];
export const heading = (column: FlatColumn, language: "en" | "es"): string => known[column][language];

/** What a heading of theirs most likely is: by our template's headings in both languages, and by the names that AIRS and iCarol exports use. */
export function suggest(theirs: readonly string[]): Mapping {
  const folded = new Map(theirs.map((name) => [plainName(name).replaceAll(" ", ""), name]).toReversed() as [string, string][]);
  const mapping: Record<string, string> = {};
  for (const column of flatColumns) {
    const names = [column, known[column].en, known[column].es, ...known[column].also].map((name) => plainName(name).replaceAll(" ", ""));
    const found = names.map((name) => folded.get(name)).find((name) => name !== undefined);
    if (found !== undefined) mapping[column] = found;
  }
  return mapping;
}

/** Is it our own template, in either language? Each of its headings that matters is there. */
export const isTemplate = (theirs: readonly string[]): boolean => (["en", "es"] as const).some((language) => ["name", "phone", "city"].every((column) => theirs.some((name) => plainName(name) === plainName(heading(column as FlatColumn, language)))));

/** One row under our own headings. `theirs`: their headings, in order. */
export function flatCells(mapping: Mapping, theirs: readonly string[], cells: readonly string[]): Partial<Record<FlatColumn, string>> {
  const flat: Partial<Record<FlatColumn, string>> = {};
  for (const column of flatColumns) {
    const at = theirs.indexOf(mapping[column] ?? "");
    const cell = at < 0 ? "" : (cells[at] ?? "").trim();
    if (cell !== "") flat[column] = cell;
  }
  return flat;
}

const termByName = new Map<string, Term>(allTerms.flatMap((term) => [term, termWords[term], termWordsEs[term]].map((name) => [plainName(name), term] as const)));
const kindNames: Readonly<Record<string, Kind>> = { "crisis line": "crisis_line", "linea de crisis": "crisis_line", warmline: "warmline", "linea de apoyo": "warmline", group: "group", grupo: "group", provider: "provider", profesional: "provider", resource: "resource", recurso: "resource" };

const several = (cell: string | undefined): string[] => (cell ?? "").split(/[;|\n]+|,\s+/).map((one) => one.trim()).filter(Boolean);

/** The records of one listing's row. They have ids by the listing's own number, or else by its name, organization, address and number: its words may change. */
export function readFlat(desk: Desk, flat: Partial<Record<FlatColumn, string>>, at: Pick<Row, "file" | "line">): Made {
  const key = flat.key ?? [flat.name, flat.organization, flat.address_1, flat.postal_code, flat.phone].map((cell) => plainName(cell ?? "")).join("|");
  const organization = flat.organization ?? flat.name ?? "";
  const organizationKey = plainName(cleanText(organization));
  const placed = [flat.address_1, flat.city, flat.postal_code, flat.latitude].some((cell) => cell !== undefined);
  const row = (cells: Readonly<Record<string, string | undefined>>): Row => ({ ...at, cells: Object.fromEntries(Object.entries(cells).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "")) });
  const staged: Staged[] = [];
  const guesses: Guess[] = [];
  const noted: Noted[] = [];
  const add = (made: Made): Made => {
    staged.push(...made.staged);
    guesses.push(...made.guesses);
    noted.push(...made.noted, ...(made.refused ? [{ reason: "partLeftOut" as const, detail: `${made.refused.reason}: ${made.refused.detail}` }] : []));
    return made;
  };

  const service = add(
    readNoun(desk, "service", row({ id: key, organization_id: organizationKey, name: flat.name, alternate_name: flat.alternate_name, description: flat.description, url: flat.website, email: flat.email, status: flat.status, application_process: flat.how_to_apply, fees_description: flat.fees, eligibility_description: flat.who, interpretation_services: flat.interpreter, assured_date: flat.checked_on })),
  );
  if (service.refused) return { ...service, refused: { ...service.refused, key: flat.key ?? flat.name ?? "" } };
  const own = service.staged[0]!;
  add(readNoun(desk, "organization", row({ id: organizationKey, name: organization, website: flat.organization_website, description: flat.organization_description }), 0));
  if (placed) {
    add(readNoun(desk, "location", row({ id: key, organization_id: organizationKey, name: flat.place_name ?? flat.name, latitude: flat.latitude, longitude: flat.longitude, transportation: flat.transportation }), 0));
    add(readNoun(desk, "address", row({ id: key, location_id: key, address_1: flat.address_1, address_2: flat.address_2, city: flat.city, state_province: flat.region, postal_code: flat.postal_code, country: flat.country }), 0));
    add(readNoun(desk, "service_at_location", row({ id: key, service_id: key, location_id: key }), 0));
  }
  const link = { service_id: key, ...(placed ? { location_id: key } : {}) };
  const numbers: readonly (readonly [string | undefined, string, string?])[] = [[flat.phone, "voice"], [flat.phone_2, "voice"], [flat.toll_free, "voice"], [flat.hotline, "voice"], [flat.text_number, "text"], [flat.fax, "fax"], [flat.tty, "textphone"]];
  for (const [at_, [number, type]] of numbers.entries()) if (number) add(readNoun(desk, "phone", row({ id: `${key}/${at_}`, ...link, number, type }), 0));
  const languages = languagesIn(flat.languages ?? "");
  for (const name of new Set(languages)) add(readNoun(desk, "language", row({ id: key, service_id: key, name }), 0));
  if (flat.hours) {
    const spans = spansIn(flat.hours);
    for (const span of spans ?? [undefined]) add(readNoun(desk, "schedule", row({ ...link, ...(span ? { freq: "WEEKLY", byday: span.byday, opens_at: span.opensAt, closes_at: span.closesAt } : {}), description: flat.hours }), 0));
    if (!spans) noted.push({ reason: "hoursAsText", detail: "hours" });
  }
  const chosen = several(flat.terms).map((name) => termByName.get(plainName(name)));
  for (const term of new Set([...chosen.filter((one) => one !== undefined), ...[...several(flat.terms), flat.insurance ?? "", flat.interpreter ?? ""].flatMap((text) => [...termsIn(text)])])) guesses.push({ serviceId: own.id, term });
  const kind = kindNames[plainName(flat.kind ?? "")] ?? kinds.find((one) => one === flat.kind);
  const asWhole = { ...own, weight: 1, digest: digestOf("flat", flat as Readonly<Record<string, string>>), values: kind ? own.values.with(kindAt, kind) : own.values };
  return { staged: [asWhole, ...staged.filter((one) => one !== own)], guesses, noted, said: [] };
}

const kindAt = Object.keys(tables.services.columns).indexOf("kind");
