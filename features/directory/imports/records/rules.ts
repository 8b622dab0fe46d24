import { hash } from "node:crypto";
import { isZone } from "../../../../platform/time/time.ts";
import type { Noun } from "../../hsds/forms.ts";
import { weekdays } from "../cleaning/rules.ts";
import type { Fact } from "../../taxonomy/queries.ts";
import { entityOf, linkNouns, nests, tableOf, tables } from "../tables/rules.ts";
import { formulaIn, valuesOf, type Values } from "./cells/rules.ts";
import { finishers } from "./finishing/rules.ts";
import { nothing, type Desk, type Guess, type Made, type Noted, type Reading, type Refusal, type RefusedRow, type Row, type Said, type Staged } from "./types.ts";

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/** A desk for the rows of one reading: an id that is a uuid is kept, others become one that is the same each time (decisions/0016). */
export const deskFor = (reading: Reading): Desk => ({
  reading,
  memory: { places: new Map(), services: new Map(), units: new Map(), meanings: new Map(), vocabularies: new Set() },
  idOf: (noun, key) => (isUuid(key) ? key.toLowerCase() : reading.madeId(`${reading.sourceId}\n${noun}\n${key}`)),
});

/** Without these a row is of no use. */
const needed: Partial<Readonly<Record<Noun, readonly string[]>>> = {
  organization: ["name"],
  service: ["name"],
  program: ["name"],
  taxonomy: ["name"],
  taxonomy_term: ["name"],
  service_at_location: ["service_id", "location_id"],
  address: ["location_id"],
  attribute: ["link_id", "taxonomy_term_id", "link_entity"],
  cost_option: ["service_id"],
  service_capacity: ["service_id", "unit_id", "available", "updated"],
  unit: ["name"],
  organization_identifier: ["organization_id", "identifier"],
  url: ["url"],
  metadata: ["resource_id", "resource_type"],
};

/** A record's own id, or all that it says, where it has none. */
const keyIn = ({ cells }: Row): string =>
  cells["id"]?.trim() ||
  Object.entries(cells)
    .filter(([name]) => name !== "id")
    .map(([name, cell]) => `${name}=${cell.trim()}`)
    .join("\n");

// Some exports give all languages of a place one id.
const keyOf = (noun: Noun, key: string, values: Values): string => (noun === "language" && !isUuid(key) ? `${key}\n${values["service_id"] ?? ""}\n${values["location_id"] ?? ""}\n${values["name"] ?? ""}` : key);

/** One row of a noun of the standard: a record, or why it is none. */
export function readNoun(desk: Desk, noun: Noun, row: Row, weight = 1): Made {
  const key = keyIn(row);
  const refuse: Refuse = ([reason, detail = ""]) => ({ ...nothing, refused: { reason, detail, key: key.slice(0, 200), table: tableOf(noun), id: desk.idOf(noun, key) } });
  const formula = formulaIn(noun, row);
  if (formula !== undefined) return refuse(["formula", formula]);
  const { values, noted } = valuesOf(noun, row, desk.reading.verbatim);
  const missing = needed[noun]?.find((name) => values[name] === undefined);
  if (missing) return refuse([missing.endsWith("_id") ? "linkMissing" : "cellMissing", missing]);
  const id = desk.idOf(noun, keyOf(noun, key, values));
  const guesses: Guess[] = [];
  const refused = finishers[noun]?.({ values, row, noted, guesses, id }, desk);
  if (refused) return refuse(refused);
  const made: Making = { id, key: key.slice(0, 200), values, row, weight, noted };
  if (noun === "attribute") return readAttribute(desk, made, refuse);
  if (noun === "unit") return readUnit(desk, made, key);
  if (noun === "service_capacity") return readCapacity(desk, made, refuse);
  return { ...nothing, staged: [stagedOf(desk, noun, made)], guesses, noted };
}

type Refuse = (refusal: Refusal) => Made;
type Making = { readonly id: string; readonly key: string; readonly values: Values; readonly row: Row; readonly weight: number; readonly noted: readonly Noted[] };

function stagedOf({ idOf }: Desk, noun: Noun, { id, key, values, row, weight }: Making): Staged {
  const table = tableOf(noun);
  const linked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const of = linkNouns[name];
    if (name !== "id") linked[name] = of ? idOf(of, String(value)) : value;
  }
  const digest = digestOf(noun, row.cells);
  if (table === "carried") return { table, id, key, weight, digest, values: carriedValues(idOf, noun, id, linked), more: "{}" };
  const { columns } = tables[table];
  const own: (string | null)[] = [];
  for (const name of Object.keys(columns)) own.push(asText(linked[name]));
  const more = Object.entries(linked).filter(([name]) => !(name in columns));
  const organization = noun === "service" ? String(values["organization_id"] ?? "") : "";
  return { table, id, key, weight, digest, values: own, more: more.length === 0 ? "{}" : JSON.stringify(Object.fromEntries(more)), ...(organization !== "" && !isUuid(organization) ? { organizationKey: organization } : {}) };
}

const asText = (value: unknown): string | null => (value === undefined || value === null ? null : typeof value === "object" ? JSON.stringify(value) : String(value));

/** A noun that is carried and never read: as the standard has it, and what it is nested in. */
function carriedValues(idOf: Desk["idOf"], noun: Noun, id: string, linked: Readonly<Record<string, unknown>>): (string | null)[] {
  if (noun === "metadata") {
    const entity = entityOf(String(linked["resource_type"])) ?? "service";
    const link = idOf(entity, String(linked["resource_id"]));
    return [noun, link, entity, JSON.stringify({ ...linked, resource_id: link })];
  }
  const nest = nests.find(([column]) => linked[column] !== undefined);
  return [noun, nest ? String(linked[nest[0]]) : id, nest ? nest[1] : noun, JSON.stringify(linked)];
}

/** A term on a record; or, of our own facts, what a record is. */
function readAttribute(desk: Desk, made: Making, refuse: Refuse): Made {
  const { values, noted, weight } = made;
  const { reading, memory, idOf } = desk;
  const entity = entityOf(String(values["link_entity"]));
  if (!entity) return refuse(["linkUnknown", String(values["link_entity"])]);
  const link = idOf(entity, String(values["link_id"]));
  const term = idOf("taxonomy_term", String(values["taxonomy_term_id"]));
  const fact = reading.factOf(term);
  if (fact) return readFact(fact, { table: tableOf(entity), id: link, value: String(values["value"] ?? ""), weight });
  const means = entity === "service" ? (memory.meanings.get(term) ?? []) : [];
  const staged = stagedOf(desk, "attribute", { ...made, values: { ...values, link_entity: entity } });
  return { ...nothing, staged: [{ ...staged, values: staged.values.with(linkAt, link) }], guesses: means.map((one) => ({ serviceId: link, term: one })), noted };
}

/** A zone that nobody's clock knows is left out: hours can't be reckoned in it. How a number is dialled is held against the number when all are there. */
function readFact(what: Fact, said: Omit<Said, "what">): Made {
  const unknown = what === "time_zone" && !isZone(said.value);
  return { ...nothing, said: [{ ...said, what, value: unknown ? "" : said.value }], noted: unknown ? [{ reason: "leftOut", detail: what }] : [] };
}

/** Units lie in the capacities that count in them; the first that does brings it along. */
function readUnit({ memory, idOf }: Desk, { values, row }: Making, key: string): Made {
  memory.units.set(key, { unit: { ...values, id: idOf("unit", key) }, row, used: false });
  return nothing;
}

function readCapacity(desk: Desk, made: Making, refuse: Refuse): Made {
  const { unit_id: unitKey, ...values } = made.values;
  const found = desk.memory.units.get(String(unitKey));
  if (!found) return refuse(["parentMissing", "unit_id"]);
  const staged = stagedOf(desk, "service_capacity", { ...made, values });
  const said: readonly Said[] = found.used ? [] : [{ table: "service_capacities", id: made.id, what: "unit", value: digestOf("unit", found.row.cells), weight: 1, row: found.row }];
  found.used = true;
  return { ...nothing, staged: [{ ...staged, values: staged.values.with(unitAt, JSON.stringify(found.unit)) }], said, noted: made.noted };
}

const linkAt = Object.keys(tables.attributes.columns).indexOf("link_id");
const unitAt = Object.keys(tables.service_capacities.columns).indexOf("unit");

/** Units that no capacity counts in: nothing is kept of them. */
export const unusedUnits = ({ memory }: Desk): readonly { readonly row: Row; readonly refused: RefusedRow }[] =>
  [...memory.units].filter(([, { used }]) => !used).map(([key, { row }]) => ({ row, refused: { reason: "unitUnused", detail: "", key } }));

/** Raised when rows are read in another way than before, so that what was taken is read anew. */
const readingVersion = "2";

/** Of a row as its source gave it: 128 bits, as hexadecimal digits. */
export const digestOf = (noun: string, cells: Readonly<Record<string, string>>): string => hash("sha256", `${readingVersion}\n${noun}\n${JSON.stringify(cells)}`, "hex").slice(0, 32);

/** Rows of one weekday each that are alike in all else are one: "MO,TU,WE". */
export function byWeek(rows: readonly { readonly row: Row; readonly day: string }[]): { readonly row: Row; readonly weight: number } {
  const days = weekdays.filter((day) => rows.some((one) => one.day === day));
  const { file = "", line = 0, cells: first = {} } = rows[0]?.row ?? {};
  const { weekday: _weekday, id: _id, ...cells } = first;
  return { row: { file, line, cells: { ...cells, byday: days.join(",") } }, weight: rows.length };
}

/** May this row join the one before it? Another weekday of the same hours. */
export const joins = (before: Row, after: Row): boolean => Object.keys({ ...before.cells, ...after.cells }).every((name) => name === "weekday" || name === "id" || before.cells[name] === after.cells[name]);
