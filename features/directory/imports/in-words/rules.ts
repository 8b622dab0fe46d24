import type { Language } from "../../../../platform/i18n/words.ts";
import { flatColumns, heading, type FlatColumn } from "../flat/rules.ts";
import type { RowReason } from "../types.ts";
import { say } from "../words.ts";

type Key = Parameters<ReturnType<typeof say>>[0];

/** Why a row was refused, changed, or came in without something. `detail` is a column or what stood there; of a part that was left out, that part's own reason. */
export function reasonInWords({ fate, reason, detail }: { readonly fate: "merged" | "refused" | "noted"; readonly reason: string; readonly detail: string }, language: Language): string {
  const t = say(language);
  if (fate === "merged") return t("rowChanged");
  if (fate === "refused") return withDetail(t(`row_${reason}` as Key), isColumn(detail) ? columnName(detail, language) : detail);
  const [part = "", ...rest] = detail.split(": ");
  return reason === "partLeftOut" ? `${t("note_partLeftOut")}. ${withDetail(t(`row_${part as RowReason}`), rest.join(": "))}` : withDetail(t(`note_${reason}` as Key), detail);
}

const isColumn = (name: string): name is FlatColumn => flatColumns.some((column) => column === name);
const withDetail = (sentence: string, detail: string): string => (detail === "" ? sentence : `${sentence}: ${detail}`);

/** Why nothing of a reading was taken. */
export const wholeInWords = (reason: string, detail: string, language: Language): string => withDetail(say(language)(`whole_${reason}` as Key), detail);

/** "1.2 MB" */
export function sizeInWords(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return value.toLocaleString(language, { style: "unit", unit, maximumFractionDigits: 1 });
}

/** A column of ours without what its heading in the template explains in brackets. */
export const columnName = (column: FlatColumn, language: Language): string => heading(column, language).replace(/\s*\(.*\)$/, "");
export const columnHint = (column: FlatColumn, language: Language): string | undefined => /\((.*)\)$/.exec(heading(column, language))?.[1];
