import { stringify } from "csv-stringify/sync";
import type { Language } from "../../../../platform/i18n/words.ts";
import { guarded } from "../../hsds/rules.ts";
import { flatColumns, heading } from "../flat/rules.ts";
import { reasonInWords } from "../in-words/rules.ts";
import type { RowSeen } from "../queries.ts";
import { say } from "../words.ts";

/** So that Excel reads the accents. */
export const byteOrderMark = "\uFEFF";

/** An empty spreadsheet of one listing a row; its headings say how each column is filled in. */
export const templateCsv = (language: Language): string => byteOrderMark + stringify([flatColumns.map((column) => heading(column, language))], { record_delimiter: "windows" });

export const accountHead = (language: Language): string => {
  const t = say(language);
  return byteOrderMark + stringify([[t("file"), t("line"), t("record"), t("fate"), t("reason")]], { record_delimiter: "windows" });
};

/** Rows of an account. Cells come from anybody's file: what a spreadsheet would take for a formula is made text. */
export const accountCsv = (rows: readonly RowSeen[], language: Language): string =>
  stringify(
    rows.map((row) => [row.file, String(row.line), row.key, say(language)(`fate_${row.fate}`), reasonInWords(row, language)].map(guarded)),
    { record_delimiter: "windows" },
  );
