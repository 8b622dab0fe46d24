import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import type { DB } from "./tables.ts";

export type Database = Kysely<DB>;
export type Tx = Transaction<DB>;
/** Reads work on the pool or inside a transaction alike. */
export type Reader = Database | Tx;

pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text.replace(" ", "T")));
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => Temporal.PlainDate.from(text));
pg.types.setTypeParser(pg.types.builtins.TIME, (text) => Temporal.PlainTime.from(text));
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const isTemporal = (value: unknown): value is { toString(): string } =>
  value instanceof Temporal.Instant || value instanceof Temporal.PlainDate || value instanceof Temporal.PlainTime;

const statements = new Map<string, string>();
const mostStatements = 500;

/**
 * A name under which each connection keeps the plan of this statement, as planning one costs more than running it. Nothing for one
 * that reads every column (a new column would break a kept plan), nor for one marked "planned anew" (what is best depends on the very
 * values: a rare word or a common one), nor for the rest of a program that made up too many.
 */
function nameOf(text: string): string | undefined {
  const known = statements.get(text);
  if (known || statements.size >= mostStatements || /(select|returning) ("\w+"\.)?\*|planned anew/.test(text)) return known;
  const name = `small_hours_${statements.size}`;
  statements.set(text, name);
  return name;
}

/** node-postgres turns objects into JSON; a Temporal value goes as its own text instead. */
class TemporalClient extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    if (typeof text !== "string" || !Array.isArray(values)) return super.query(...(args as Parameters<pg.Client["query"]>)) as never;
    const name = nameOf(text);
    const query = { text, values: values.map((value: unknown) => (isTemporal(value) ? value.toString() : value)), ...(name ? { name } : {}) };
    return super.query(...([query, ...rest] as unknown as Parameters<pg.Client["query"]>)) as never;
  }
}

/** A pool of `max` connections to the database at `url`. */
export function openPool(url: string, max = 10): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, Client: TemporalClient, application_name: "small-hours" });
  // An idle connection that the server closes is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

export const openDatabase = (pool: pg.Pool): Database => new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
