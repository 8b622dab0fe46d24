import { z } from "zod";
import { nouns, tabular, type Noun } from "../../../hsds/forms.ts";
import { isFormula, unguarded } from "../../../hsds/rules.ts";
import { cleanText, dayOf, mendEmail, mendUrl, momentOf, numberOf, timeOf } from "../../cleaning/rules.ts";
import type { NoteReason } from "../../types.ts";
import { linkNouns } from "../../tables/rules.ts";
import type { Noted, Row } from "../types.ts";

export type Values = Record<string, string | number>;

type CellKind = "id" | "number" | "text" | "uri" | "email" | "date" | "time" | "moment" | "choice";
type Column = { readonly name: string; readonly kind: CellKind; readonly fits: (value: unknown) => boolean };

/** What a schema of the standard takes tells what kind of cell it is. */
function kindOf(name: string, fits: Column["fits"]): CellKind {
  if (name === "id" || name === "link_id" || name === "resource_id" || name in linkNouns) return "id";
  if (fits(1.5)) return "number";
  if (fits("any text: §")) return "text";
  if (fits("https://example.org")) return "uri";
  if (fits("help@example.org")) return "email";
  if (fits("2026-05-03")) return "date";
  if (fits("10:00")) return "time";
  return fits("2026-05-03T10:00:00Z") ? "moment" : "choice";
}

const columnsOf = new Map<Noun, readonly Column[]>(
  tabular.map(({ noun, columns }) => {
    const shape = (nouns[noun] as z.ZodObject).shape as Readonly<Record<string, z.ZodType>>;
    return [
      noun,
      columns.map((name) => {
        const fits = (value: unknown): boolean => shape[name]?.safeParse(value).success === true;
        return { name, kind: kindOf(name, fits), fits };
      }),
    ];
  }),
);

/** The columns that the standard has for a noun. */
export const namesOf = (noun: Noun): ReadonlySet<string> => new Set((columnsOf.get(noun) ?? []).map(({ name }) => name));

/** The cell that calls something where a name, a number or an id has to be: its row says nothing that can be shown. Elsewhere it is a text like others. */
export const formulaIn = (noun: Noun, { cells }: Row): string | undefined =>
  columnsOf.get(noun)?.find(({ name, kind }) => (kind === "id" || kind === "number" || called.has(name)) && isFormula(cells[name] ?? ""))?.name;
const called: ReadonlySet<string> = new Set(["name", "alternate_name", "number"]);

const mends: Partial<Readonly<Record<CellKind, (text: string) => string | undefined>>> = { uri: mendUrl, email: mendEmail, date: dayOf, time: timeOf, moment: (text) => momentOf(text)?.toString() };
// Days and times are only written in another way.
const mended: Partial<Readonly<Record<CellKind, NoteReason>>> = { uri: "urlMended", email: "emailMended" };
const leftOut: Readonly<Record<CellKind, NoteReason>> = { id: "leftOut", text: "leftOut", choice: "choiceLeftOut", number: "numberLeftOut", uri: "urlLeftOut", email: "emailLeftOut", date: "dayLeftOut", time: "timeLeftOut", moment: "dayLeftOut" };

/**
 * The cells of a row as the standard wants them: what fits is taken as it is, what can be mended is, and the rest is left out with a note.
 * `verbatim`: texts are left alone, since they are our own; only the mark that our export puts before a formula is taken off.
 */
export function valuesOf(noun: Noun, { cells }: Row, verbatim: boolean): { readonly values: Values; readonly noted: Noted[] } {
  const values: Values = {};
  const noted: Noted[] = [];
  for (const { name, kind, fits } of columnsOf.get(noun) ?? []) {
    const given = cells[name];
    if (given === undefined) continue;
    const raw = verbatim ? unguarded(given) : given;
    if (kind === "text") {
      const text = verbatim ? raw : cleanText(raw);
      if (text !== "") values[name] = text;
      if (!verbatim && isFormula(text)) noted.push({ reason: "formulaAsText", detail: name });
      continue;
    }
    if (kind === "id") {
      if (raw.trim() !== "") values[name] = raw.trim();
      continue;
    }
    if (kind === "number") {
      const number = numberOf(raw);
      if (number !== undefined) values[name] = number;
      else if (raw.trim() !== "") noted.push({ reason: leftOut.number, detail: name });
      continue;
    }
    if (fits(raw)) {
      values[name] = raw;
      continue;
    }
    if (raw.trim() === "") continue;
    const better = mends[kind]?.(raw);
    const fit = better !== undefined && fits(better);
    if (fit) values[name] = better;
    const reason = fit ? mended[kind] : leftOut[kind];
    if (reason) noted.push({ reason, detail: name });
  }
  return { values, noted };
}
