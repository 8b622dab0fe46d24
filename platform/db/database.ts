import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type Dialect, type Transaction } from "kysely";
import pg from "pg";
import { AskedClient, AskedDriver, askedBy } from "./asked-driver.ts";
import { askerOf, learnToAsk, type AskingScope } from "./asking.ts";
import type { DB } from "./tables.ts";

export type Database = Kysely<DB>;
export type Tx = Transaction<DB>;
/** Reads work on the pool or inside a transaction alike. */
export type Reader = Database | Tx;

pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text.replace(" ", "T")));
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => Temporal.PlainDate.from(text));
pg.types.setTypeParser(pg.types.builtins.TIME, (text) => Temporal.PlainTime.from(text));
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

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

type Opened = { readonly pool: pg.Pool; readonly driver: AskedDriver; readonly dialect: Dialect };
const opened = new WeakMap<Reader, Opened>();

/** The database as the house sees it: every row. */
export function openDatabase(pool: pg.Pool): Database {
  const driver = new AskedDriver(pool);
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  const db = new Kysely<DB>({ dialect });
  opened.set(db, { pool, driver, dialect });
  return db;
}

/**
 * The database as the one who asks may see it: the policies on its tables show no row of another's (decisions/0011).
 * A transaction asks to its end for whom it was begun.
 */
export function within<R extends Reader>(db: R, scope: AskingScope): R;
export function within(db: Reader, scope: AskingScope): Reader {
  if (db.isTransaction) return db;
  const house = opened.get(db);
  if (!house) throw new Error("Only a database that openDatabase opened can be asked on somebody's behalf.");
  const { pool, driver, dialect } = house;
  // What compiles is the house's own: to make all of it anew would cost more than the question.
  return new Kysely<DB>({ config: { dialect }, driver, dialect, executor: db.getExecutor().withConnectionProvider(askedBy(pool, askerOf(scope))) });
}
