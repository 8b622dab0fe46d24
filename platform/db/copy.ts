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

/** One value of such a row; null is no value. */
export const copyValue = (value: string | null): string => (value === null ? "\\N" : /[\\\n\r\t]/.test(value) ? value.replace(/[\\\n\r\t]/g, (found) => escapes[found] ?? found) : value);
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
