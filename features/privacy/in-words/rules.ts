import { stringify } from "csv-stringify/sync";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Receiver } from "../types.ts";
import { say } from "../words.ts";

/** Who may see it, as one sentence says it. */
export function receiversIn(language: Language, receivers: readonly Receiver[]): string {
  const named = new Intl.ListFormat(language).format(receivers.map((one) => say(language)(`to_${one}`)));
  return named.slice(0, 1).toLocaleUpperCase(language) + named.slice(1);
}

/** Rows as a spreadsheet reads them, with the mark by which it reads the accents; what it would take for a formula is made text. */
export const csvOf = (rows: readonly (readonly string[])[]): string => stringify(rows.map((row) => [...row]), { bom: true, record_delimiter: "windows", escape_formulas: true });
