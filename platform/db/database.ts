import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from "kysely";
import pg from "pg";
import type { Scope } from "../http/scope.ts";
import { AskedStatement, askerOf, learnToAsk, theHouse, type Asker } from "./asking.ts";
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
const statement = (text: string, values: readonly unknown[]): pg.QueryConfig => {
  const name = nameOf(text);
  return { text, values: values.map((value) => (isTemporal(value) ? value.toString() : value)), ...(name ? { name } : {}) };
};

/** A connection that can be asked on somebody's behalf. */
class AskedClient extends pg.Client {
  ask(asker: Asker, text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    const asked = statement(text, values);
    // In a transaction its first statement has said it already.
    if (this.getTransactionStatus() !== "I") return this.query(asked);
    return new Promise((resolve, reject) => void this.query(new AskedStatement(asker, asked, (error, result) => (error ? reject(error) : resolve(result)))));
  }
}

/** A pool of `max` connections to the database at `url`. */
export function openPool(url: string, max = 10): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, Client: AskedClient, application_name: "small-hours", onConnect: async (client) => void (await learnToAsk(client)) });
  // An idle connection that the server closes is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Do the policies hold for this user of the database? A superuser, and one with BYPASSRLS, passes them all. */
export async function wallStands(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ passes: boolean }>("select rolsuper or rolbypassrls as passes from pg_roles where rolname = current_user");
  return rows[0]?.passes === false;
}

const pools = new WeakMap<Reader, pg.Pool>();

function openFor(asker: Asker, pool: pg.Pool): Database {
  const asking: PostgresPool = {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = (await pool.connect()) as AskedClient & pg.PoolClient;
      return { query: ((text: string, values: readonly unknown[]) => client.ask(asker, text, values)) as never, release: (destroy) => client.release(destroy) };
    },
  };
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: asking }) });
  pools.set(db, pool);
  return db;
}

/** The database as the house sees it: every row. */
export const openDatabase = (pool: pg.Pool): Database => openFor(theHouse, pool);

const opened = new WeakMap<Scope, Database>();

/**
 * The database as the one who asks may see it: the policies on its tables show no row of another's (decisions/0011).
 * A transaction asks to its end for whom it was begun.
 */
export function within<R extends Reader>(db: R, scope: Exclude<Scope, { as: "visitor" }>): R;
export function within(db: Reader, scope: Exclude<Scope, { as: "visitor" }>): Reader {
  if (db.isTransaction) return db;
  const pool = pools.get(db);
  if (!pool) throw new Error("This database was not opened by openDatabase.");
  const known = opened.get(scope) ?? openFor(askerOf(scope), pool);
  opened.set(scope, known);
  return known;
}
