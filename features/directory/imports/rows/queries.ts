import { CsvError, parse, type Parser } from "csv-parse";
import type { Readable } from "node:stream";
import { onlyUtf8, through } from "../files/queries.ts";
import type { Limits } from "../files/rules.ts";
import { WholeRefused, type WholeReason } from "../types.ts";

/** One record as it stands in its file: `line` is where it begins, and `whole` says whether it has as many cells as there are headings. */
export type Line = { readonly line: number; readonly cells: readonly string[]; readonly whole: boolean };

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

const refusals: Readonly<Record<string, WholeReason>> = { CSV_QUOTE_NOT_CLOSED: "fileCut", CSV_MAX_RECORD_SIZE: "rowTooBig", INVALID_OPENING_QUOTE: "quoteWrong", CSV_INVALID_CLOSING_QUOTE: "quoteWrong" };
const newline = new Set([10, 13]);
/** The standard's widest table has thirty columns, and a spreadsheet's some hundred. */
const mostCells = 2_000;
/** In place of a delimiter: each line as it is, to find out what its delimiter is. */
export const uncut = "\u0001";

/** The records of a table, the first being its headings, some hundreds in one go as they come. Throws `WholeRefused` at what is no table. */
export async function* linesOf(name: string, source: Readable, limits: Limits, delimiter: string | undefined = ","): AsyncGenerator<readonly Line[]> {
  const cut = delimiter === uncut ? { delimiter, quote: null } : { delimiter };
  const parser = parse({ bom: true, info: true, ...cut, relax_column_count: true, skip_empty_lines: true, max_record_size: limits.row, record_delimiter: ["\r\n", "\n", "\r"] });
  const checked = onlyUtf8(name);
  let lastByte = 10;
  checked.on("data", (bytes: Buffer) => (lastByte = bytes.at(-1) ?? lastByte));
  through(through(source, checked), parser);
  let width: number | undefined;
  let lines = 0;
  let last: Line | undefined;
  try {
    for await (const some of inBatches(parser)) {
      const batch = some.map(({ record, info }): Line => {
        width ??= record.length;
        const line = lines + 1;
        lines = info.lines;
        if (record.length > mostCells) throw new WholeRefused("notATable", `${name}:${line}`);
        for (const cell of record) if (cell.length > limits.cell) throw new WholeRefused("cellTooBig", `${name}:${line}`);
        return (last = { line, cells: record, whole: record.length === width });
      });
      yield batch;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new WholeRefused(refusals[error.code] ?? "notATable", `${name}:${lines + 1}`);
  } finally {
    parser.destroy();
  }
  // The end of a table that was cut: a record without its last cells, and no end of a line behind it.
  if (last && !last.whole && !newline.has(lastByte)) throw new WholeRefused("fileCut", `${name}:${last.line}`);
}

/** All that is there at one moment in one array; to wait for each record alone takes as long as parsing it. */
async function* inBatches(parser: Parser): AsyncGenerator<Parsed[]> {
  let failure: Error | undefined;
  let ended = false;
  let wake = (): void => undefined;
  parser.on("error", (error) => ((failure = error), wake()));
  parser.on("end", () => ((ended = true), wake()));
  parser.on("readable", () => wake());
  while (!ended) {
    const some: Parsed[] = [];
    for (let one = parser.read() as Parsed | null; one !== null; one = parser.read() as Parsed | null) some.push(one);
    if (failure) throw failure;
    if (some.length > 0) yield some;
    else if (!ended) await new Promise<void>((resolve) => (wake = resolve));
  }
  if (failure) throw failure;
}
