import { sql } from "kysely";
import { CopyRows } from "../../../../platform/db/copy.ts";
import type { Tx } from "../../../../platform/db/database.ts";
import { tableNames, tables, type TableName } from "../tables/rules.ts";
import { gather, type Gathering, type Waiting } from "./gathering/commands.ts";

/** Rows that wait for one copy; so many that its own cost does not count, and so few that they need no memory. */
const batch = 8_000;

/** Tables that rows of others point into. */
const parents: ReadonlySet<TableName> = new Set(tableNames.flatMap((name) => Object.values(tables[name].links)));

export type Stage = Omit<Gathering, "take"> & {
  /** Writes what waits where there is enough of it; to be awaited now and then. */
  readonly drain: () => Promise<void>;
  /** Writes what was gathered elsewhere. */
  readonly add: (waiting: readonly Waiting[]) => Promise<void>;
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

  const { take, ...gathering } = gather();
  let writing: Promise<unknown> = Promise.resolve();
  // One copy at a time goes over the connection, while the next rows are being read: whoever brings some waits for those before.
  const write = async (into: string, lines: readonly string[]): Promise<void> => {
    const before = writing;
    writing = before.then(() => sql`copy ${sql.raw(`${into} (${columnsOf(into)})`)} from stdin ${new CopyRows(lines)}`.execute(tx));
    writing.catch(() => undefined);
    await before;
  };
  const add = async (waiting: readonly Waiting[]): Promise<void> => {
    for (const { into, lines } of waiting) await write(into, lines);
  };

  return {
    ...gathering,
    drain: () => add(take(batch)),
    add,
    finish: async () => {
      await add(take(1));
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
