import { languageName } from "../../../../../platform/i18n/names.ts";
import type { Language } from "../../../../../platform/i18n/words.ts";
import type { TableName } from "../../../imports/tables/rules.ts";
import { say } from "../../words.ts";
import type { Conflict, Difference, Values } from "../types.ts";

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const together = (values: Values, columns: readonly string[], between = ", "): string => columns.map((column) => text(values[column])).filter(Boolean).join(between);
const time = (value: unknown): string => text(value).slice(0, 5);

/** How a record of each table is read out in a line. */
const lines: Partial<Readonly<Record<TableName, (values: Values, language: Language) => string>>> = {
  phones: ({ number, extension }) => (text(extension) ? `${text(number)} x${text(extension)}` : text(number)),
  addresses: (values) => together(values, ["address_1", "address_2", "city", "state_province", "postal_code"]),
  locations: (values) => together(values, ["name", "description"]),
  schedules: (values) => text(values["description"]) || [text(values["byday"]), together({ from: time(values["opens_at"]), to: time(values["closes_at"]) }, ["from", "to"], "–")].filter(Boolean).join(" "),
  languages: ({ code, name }, language) => (text(code) ? languageName(text(code), language) : text(name)),
  cost_options: (values) => together(values, ["option", "amount", "currency", "amount_description"], " "),
  service_areas: (values) => text(values["name"]) || text(values["extent"]),
};

const statuses = { active: "status_active", inactive: "status_inactive", defunct: "status_defunct", "temporarily closed": "status_pause" } as const;
const isStatus = (value: unknown): value is keyof typeof statuses => typeof value === "string" && Object.hasOwn(statuses, value);

/** The columns of one record in which the two differ; all of them where none does any more. */
function columnsIn({ theirs, ours }: Difference): readonly string[] {
  const differing = Object.keys(theirs).filter((column) => text(theirs[column]) !== text(ours?.[column]));
  return differing.length > 0 ? differing : Object.keys(theirs);
}

function sideOf(difference: Difference, values: Values | undefined, language: Language): readonly string[] {
  if (!values) return [];
  const line = lines[difference.table];
  if (line) return [line(values, language)].filter(Boolean);
  return columnsIn(difference).flatMap((column) => {
    const value = values[column];
    return column === "status" && isStatus(value) ? say(language)(statuses[value]) : text(value) || [];
  });
}

/** Both sides of a conflict, in lines. `shown`: what the listing shows of the field, where the source's records are not here. */
export function bothSides({ differences }: Conflict, shown: readonly string[], language: Language): { readonly ours: readonly string[]; readonly theirs: readonly string[] } {
  const ours = differences.flatMap((difference) => sideOf(difference, difference.ours, language));
  return { ours: ours.length > 0 ? ours : shown, theirs: differences.flatMap((difference) => sideOf(difference, difference.theirs, language)) };
}
