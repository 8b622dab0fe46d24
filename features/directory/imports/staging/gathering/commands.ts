import { copyLine } from "../../../../../platform/db/copy.ts";
import type { Guess, Noted, RefusedRow, Said, Staged } from "../../records/types.ts";
import { tables } from "../../tables/rules.ts";
import type { RowReason } from "../../types.ts";

/** Notes of one kind that are kept with their lines, a file; all are counted. */
const keptNotes = 500;

/** So many rows of each file were read, and so often was each thing noted. */
export type Read = { rows: number; readonly notes: Map<string, number> };

/** What rows of a file become, as lines of the stage's tables that wait to be written. */
export type Gathering = {
  readonly files: readonly string[];
  /** Rows of `file`, and what is noted of them. */
  readonly read: ReadonlyMap<string, Read>;
  readonly row: (file: string, weight: number) => void;
  readonly put: (file: string, line: number, staged: Staged) => void;
  readonly say: (file: string, line: number, said: Said) => void;
  readonly guess: (guess: Guess, sure: boolean) => void;
  readonly note: (file: string, line: number, key: string, noted: Noted) => void;
  readonly refuse: (file: string, line: number, weight: number, refused: RefusedRow) => void;
  /** A service that its source shows no more. */
  readonly gone: (file: string, line: number, gone: { readonly key: string; readonly id: string; readonly status: string; readonly weight: number }) => void;
  /** What another thread has read of files by now. */
  readonly hear: (others: ReadonlyMap<string, Read>) => void;
  /** The lines of each table of which at least so many wait; they wait no more. */
  readonly take: (least: number) => readonly Waiting[];
};
export type Waiting = { readonly into: string; readonly lines: readonly string[] };

/** Gathers what is read of these files, and of others that come; in the stage a file is known by its place among them. */
export function gather(named: readonly string[] = []): Gathering {
  const waiting = new Map<string, string[]>();
  const files: string[] = [];
  const read = new Map<string, Read>();
  const put = (into: string, values: readonly (string | null)[]): void => {
    const line = copyLine(values);
    const some = waiting.get(into);
    if (some) some.push(line);
    else waiting.set(into, [line]);
  };
  const numberOf = (file: string): number => {
    const at = files.indexOf(file);
    if (at >= 0) return at;
    read.set(file, { rows: 0, notes: new Map() });
    return files.push(file) - 1;
  };
  for (const file of named) numberOf(file);

  return {
    files,
    read,
    row: (file, weight) => {
      numberOf(file);
      const one = read.get(file);
      if (one) one.rows += weight;
    },
    put: (file, line, { table, id, key, weight, digest, values, more, organizationKey }) =>
      put(`stage_${table}`, [String(numberOf(file)), String(line), key, String(weight), id, `\\x${digest}`, ...values, ...(tables[table].more ? [more] : []), ...(table === "services" ? [organizationKey ?? null] : [])]),
    say: (file, line, { table, id, what, value, weight }) => put("stage_said", [String(numberOf(file)), String(line), String(weight), table, id, what, value]),
    guess: ({ serviceId, term }, sure) => put("stage_guesses", [serviceId, term, String(sure)]),
    note: (file, line, key, { reason, detail }) => {
      const at = numberOf(file);
      const notes = read.get(file)?.notes;
      const so = (notes?.get(reason) ?? 0) + 1;
      notes?.set(reason, so);
      if (so <= keptNotes) put("stage_rows", [String(at), String(line), key, "0", "noted", reason, detail, null, null]);
    },
    refuse: (file, line, weight, { reason, detail, key, table, id }) => put("stage_rows", [String(numberOf(file)), String(line), key.slice(0, 200), String(weight), "refused", reason satisfies RowReason, detail.slice(0, 200), table ?? null, id ?? null]),
    gone: (file, line, { key, id, status, weight }) => put("stage_gone", [String(numberOf(file)), String(line), key, String(weight), id, status]),
    hear: (others) => {
      for (const [file, one] of others) {
        numberOf(file);
        read.set(file, one);
      }
    },
    take: (least) => {
      const some = [...waiting].filter(([, lines]) => lines.length >= least).map(([into, lines]) => ({ into, lines }));
      for (const { into } of some) waiting.delete(into);
      return some;
    },
  };
}
