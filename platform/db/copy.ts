/**
 * Rows for a `copy … from stdin ${rows}`, in PostgreSQL's text form, in the place of its one value.
 * Many rows in one go are taken in some five times faster so than by an insert.
 */
export class CopyRows {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    this.lines = lines;
  }
}

type Copied = string | readonly string[] | null;

/** One such row. Null is no value; a list is written as PostgreSQL writes it, each of its texts in quotation marks. */
export const copyLine = (values: readonly Copied[]): string => values.map((value) => escaped(value === null || typeof value === "string" ? value : `{${value.map((text) => `"${text.replace(/["\\]/g, "\\$&")}"`).join(",")}}`)).join("\t");

const escaped = (value: string | null): string => (value === null ? "\\N" : /[\\\n\r\t]/.test(value) ? value.replace(/[\\\n\r\t]/g, (found) => escapes[found] ?? found) : value);
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
