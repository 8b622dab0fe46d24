import { sql } from "kysely";
import { CopyRows, copyValue } from "../../../../platform/db/copy.ts";
import type { Tx } from "../../../../platform/db/database.ts";
import type { Guess, Noted, RefusedRow, Said, Staged } from "../records/types.ts";
import { tableNames, tables, type TableName } from "../tables/rules.ts";
import type { RowReason } from "../types.ts";

/** Rows that wait for one copy; so many that its own cost does not count, and so few that they need no memory. */
const batch = 8_000;
/** Notes of one kind that are kept with their lines, a file; all are counted. */
const keptNotes = 500;

/** Tables that rows of others point into. */
const parents: ReadonlySet<TableName> = new Set(tableNames.flatMap((name) => Object.values(tables[name].links)));

/** So many rows of each file were read, and so often was each thing noted. */
type Read = { rows: number; readonly notes: Map<string, number> };

export type Stage = {
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
  /** Writes what waits where there is enough of it; to be awaited now and then. */
  readonly drain: () => Promise<void>;
  readonly finish: () => Promise<void>;
};

const own = "at_file int, at_line int, key text, weight int, id uuid, digest bytea";

/** Tables beside the directory's own, that are gone when the transaction ends, whatever its end. */
export async function openStage(tx: Tx): Promise<Stage> {
  await sql`set local client_min_messages = warning`.execute(tx);
  await sql`set local work_mem = '64MB'`.execute(tx);
  for (const name of tableNames) {
    const columns = Object.entries(tables[name].columns).map(([column, type]) => `"${column}" ${type}`);
    const more = [...(tables[name].more ? ["more jsonb"] : []), ...(name === "services" ? ["organization_key text"] : [])];
    await sql.raw(`create temporary table stage_${name} (${[own, ...columns, ...more].join(", ")}) on commit drop`).execute(tx);
  }
  await sql`create temporary table stage_said (at_file int, at_line int, weight int, about text, id uuid, what text, value text, fate text) on commit drop`.execute(tx);
  await sql`create temporary table stage_guesses (service_id uuid, code text, sure boolean) on commit drop`.execute(tx);
  await sql`create temporary table stage_rows (at_file int, at_line int, key text, weight int, fate text, reason text, detail text, about text, id uuid) on commit drop`.execute(tx);
  await sql`create temporary table stage_gone (at_file int, at_line int, key text, weight int, id uuid, status text) on commit drop`.execute(tx);

  const waiting = new Map<string, string[]>();
  const files: string[] = [];
  const read = new Map<string, Read>();
  let writing: Promise<unknown> = Promise.resolve();
  const put = (into: string, values: readonly (string | null)[]): void => {
    const line = values.map(copyValue).join("\t");
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
  const write = async (into: string, lines: readonly string[]): Promise<void> => {
    // One copy at a time goes over the connection, while the next rows are being read.
    await writing;
    writing = sql`copy ${sql.raw(`${into} (${columnsOf(into)})`)} from stdin ${new CopyRows(lines)}`.execute(tx);
    writing.catch(() => undefined);
  };
  const drain = async (least = batch): Promise<void> => {
    for (const [into, lines] of waiting)
      if (lines.length >= least) {
        waiting.delete(into);
        await write(into, lines);
      }
  };

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
    drain: () => drain(),
    finish: async () => {
      await drain(1);
      await writing;
      // What others hang on is looked up row by row wherever a hash of it would be too large.
      for (const name of parents) await sql.raw(`create index on stage_${name} (id)`).execute(tx);
      for (const name of [...tableNames.map((table) => `stage_${table}`), "stage_said", "stage_rows", "stage_guesses", "stage_gone"]) await sql.raw(`analyze ${name}`).execute(tx);
    },
  };
}

function columnsOf(into: string): string {
  if (into === "stage_said") return "at_file, at_line, weight, about, id, what, value";
  if (into === "stage_guesses") return "service_id, code, sure";
  if (into === "stage_gone") return "at_file, at_line, key, weight, id, status";
  if (into === "stage_rows") return "at_file, at_line, key, weight, fate, reason, detail, about, id";
  const name = into.slice("stage_".length) as TableName;
  const columns = Object.keys(tables[name].columns).map((column) => `"${column}"`);
  return ["at_file, at_line, key, weight, id, digest", ...columns, ...(tables[name].more ? ["more"] : []), ...(name === "services" ? ["organization_key"] : [])].join(", ");
}
