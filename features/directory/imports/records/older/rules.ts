import { cleanText, languageCode, languagesIn } from "../../cleaning/rules.ts";
import type { Noun } from "../../../hsds/forms.ts";
import type { Shape } from "../../shapes/rules.ts";
import { namesOf } from "../cells/rules.ts";
import { readNoun } from "../rules.ts";
import { nothing, type Desk, type Made, type Row } from "../types.ts";

/** What each shape of an older version is in 3.1. */
const nounOf: Partial<Readonly<Record<Shape, Noun>>> = { physical_address: "address", postal_address: "address", regular_schedule: "schedule", holiday_schedule: "schedule", service_taxonomy: "attribute", other_attribute: "attribute", payment_accepted: "cost_option", accessibility_v1: "accessibility", taxonomy_v1: "taxonomy_term", eligibility: "service" };
const oldNames = new Set(["service_id", "weekday", "closed", "eligibility", "vocabulary", "address_3", "address_4", "language", "taxonomy_facet", "parent_name"]);

/** Does the standard, in any version, know this column? */
export const knows = (shape: Shape, name: string): boolean => oldNames.has(name) || namesOf(nounOf[shape] ?? (shape as Noun)).has(name);

const withCells = (row: Row, cells: Readonly<Record<string, string>>): Row => ({ ...row, cells: { ...row.cells, ...cells } });

/** One row of a file of any version, 1.1 to 3.1. */
export function readRow(desk: Desk, shape: Shape, row: Row, weight = 1): Made {
  const { cells } = row;
  switch (shape) {
    case "physical_address":
    case "postal_address": {
      const second = [cells["address_2"], cells["address_3"], cells["address_4"]].filter(Boolean).join(", ");
      return readNoun(desk, "address", withCells(row, { address_type: shape === "physical_address" ? "physical" : "postal", ...(second ? { address_2: second } : {}) }), weight);
    }
    case "regular_schedule":
      return cells["byday"] ? readNoun(desk, "schedule", withCells(row, { freq: "WEEKLY" }), weight) : { ...nothing, refused: { reason: "dayUnknown", detail: cells["weekday"] ?? "", key: "" } };
    case "holiday_schedule":
      return readNoun(desk, "schedule", withCells(row, /^(true|1|yes|y)$/i.test(cells["closed"] ?? "") ? { description: "Closed" } : {}), weight);
    case "service_taxonomy":
      return readNoun(desk, "attribute", withCells(row, { link_entity: "service" }), weight);
    case "eligibility":
      return readEligibility(desk, row, weight);
    case "taxonomy_v1":
      return readOldTerm(desk, row, cells["vocabulary"]?.trim() ?? "", weight);
    case "taxonomy_term":
      return cells["taxonomy_id"] === undefined && cells["taxonomy"] ? readOldTerm(desk, row, cells["taxonomy"].trim(), weight) : readNoun(desk, "taxonomy_term", row, weight);
    case "language":
      return readLanguages(desk, row, weight);
    default:
      return readNoun(desk, nounOf[shape] ?? (shape as Noun), row, weight);
  }
}

/** A cell may name several languages: "English and Spanish". What it says besides becomes the first one's note. */
function readLanguages(desk: Desk, row: Row, weight: number): Made {
  const name = row.cells["name"] ?? "";
  const one = desk.reading.verbatim || row.cells["code"] !== undefined || languageCode(name) !== undefined;
  const several = one ? [] : languagesIn(cleanText(name)).filter((part) => languageCode(part) !== undefined);
  if (several.length === 0) return readNoun(desk, "language", row, weight);
  const made = several.map((part, at) => readNoun(desk, "language", withCells(row, { id: `${row.cells["id"] ?? ""}\n${name}\n${part}`, name: part, ...(at === 0 ? { note: row.cells["note"] ?? name } : {}) }), at === 0 ? weight : 0));
  return { ...nothing, staged: made.flatMap(({ staged }) => staged), noted: made.flatMap(({ noted }) => noted) };
}

/** Before 3.0 a table of its own said who a service is for. */
function readEligibility({ idOf }: Desk, { cells }: Row, weight: number): Made {
  const service = cells["service_id"]?.trim();
  const text = cleanText(cells["eligibility"] ?? "");
  const key = cells["id"] ?? "";
  if (!service) return { ...nothing, refused: { reason: "linkMissing", detail: "service_id", key } };
  if (text === "") return { ...nothing, refused: { reason: "saysNothing", detail: "eligibility", key } };
  return { ...nothing, said: [{ table: "services", id: idOf("service", service), what: "eligibility", value: text, weight }] };
}

/** Before 3.0 a term named its vocabulary, and no table listed those. */
function readOldTerm(desk: Desk, row: Row, vocabulary: string, weight: number): Made {
  const { cells } = row;
  const key = `vocabulary ${vocabulary}`;
  const made = readNoun(desk, "taxonomy_term", withCells(row, { code: cells["code"] ?? cells["id"] ?? "", taxonomy: vocabulary, ...(vocabulary ? { taxonomy_id: key } : {}) }), weight);
  if (made.refused || vocabulary === "" || desk.memory.vocabularies.has(vocabulary)) return made;
  desk.memory.vocabularies.add(vocabulary);
  return { ...made, staged: [...readNoun(desk, "taxonomy", { ...row, cells: { id: key, name: vocabulary } }, 0).staged, ...made.staged] };
}
