import { type CompiledQuery, type ConnectionProvider, type DatabaseConnection, PostgresDriver, type QueryResult, type TransactionSettings } from "kysely";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { CopyRows } from "./copy.ts";
import { AskedStatement, sayAsker, theHouse, type Asker } from "./asking.ts";

const isTemporal = (value: unknown): value is { toString(): string } =>
  value instanceof Temporal.Instant || value instanceof Temporal.PlainDate || value instanceof Temporal.PlainTime;

const statements = new Map<string, string>();
const mostStatements = 500;
const unnamed = /(select|returning) ("\w+"\.)?\*|planned anew|\bin \((\$\d+, ){3}|\), \(\$\d/;

/**
 * A name under which each connection keeps the plan of this statement, as planning one costs more than running it. Nothing for one
 * that reads every column (a new column would break a kept plan), nor for one marked "planned anew" (what is best depends on the very
 * values: a rare word or a common one), nor for one whose list of values or of rows is another text with each length (a few hundred
 * of those would take all the names), nor for the rest of a program that made up too many.
 */
function nameOf(text: string): string | undefined {
  const known = statements.get(text);
  if (known || statements.size >= mostStatements || unnamed.test(text)) return known;
  const name = `small_hours_${statements.size}`;
  statements.set(text, name);
  return name;
}

/** node-postgres turns objects into JSON; a Temporal value goes as its own text instead. */
function statement(text: string, values: readonly unknown[]): pg.QueryConfig {
  const name = nameOf(text);
  return { text, values: values.map((value) => (isTemporal(value) ? value.toString() : value)), ...(name ? { name } : {}) };
}

/** A connection of the pool that can be asked on somebody's behalf. */
export class AskedClient extends pg.Client {
  ask(asker: Asker, text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    if (values[0] instanceof CopyRows) return this.#copy(text.replace(/ \$1$/, ""), values[0]);
    const asked = statement(text, values);
    // In a transaction its first statement has said it already.
    if (this.getTransactionStatus() !== "I") return this.query(asked);
    return new Promise((resolve, reject) => void this.query(new AskedStatement(asker, asked, (error, result) => (error ? reject(error) : resolve(result)))));
  }

  /** A transaction that says more of itself than that it begins: PostgreSQL hears that before anything else, so that the asker is said right after it. */
  async begin(asker: Asker, text: string): Promise<void> {
    await this.query(text);
    await sayAsker(this, asker);
  }

  /** Only inside a transaction, whose first statement has said for whom it asks. */
  async #copy(text: string, { lines }: CopyRows): Promise<pg.QueryResult> {
    if (this.getTransactionStatus() === "I") throw new Error("A copy needs a transaction around it.");
    const sink = this.query(copyFrom(text));
    await pipeline(Readable.from([`${lines.join("\n")}\n`]), sink);
    return { command: "COPY", rowCount: sink.rowCount, rows: [], oid: 0, fields: [] };
  }
}

const writes: readonly string[] = ["INSERT", "UPDATE", "DELETE", "MERGE"];

/** A connection for as long as one asker has it. */
class AskedConnection implements DatabaseConnection {
  readonly #client: AskedClient & pg.PoolClient;
  readonly #asker: Asker;
  #broken = false;

  constructor(client: pg.PoolClient, asker: Asker) {
    this.#client = client as AskedClient & pg.PoolClient;
    this.#asker = asker;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.#client.ask(this.#asker, sql, parameters);
    if (writes.includes(command)) return { numAffectedRows: BigInt(rowCount ?? 0), rows };
    // Kysely looks at the tag of a COMMIT: that of a failed transaction is ROLLBACK.
    return { rows: command === "COMMIT" || command === "ROLLBACK" ? [{ command } as R] : rows };
  }

  begin(text: string): Promise<void> {
    return this.#client.begin(this.#asker, text);
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Nothing here reads row by row.");
  }

  markBroken(): void {
    this.#broken = true;
  }

  release(): void {
    this.#client.release(this.#broken);
  }
}

/** Kysely's driver, whose connections are asked by the house. */
export class AskedDriver extends PostgresDriver {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool: pool as never });
    this.#pool = pool;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new AskedConnection(await this.#pool.connect(), theHouse);
  }

  override async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as AskedConnection).release();
  }

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const { isolationLevel, accessMode } = settings;
    if (!isolationLevel && !accessMode) return super.beginTransaction(connection, settings);
    await (connection as AskedConnection).begin(["start transaction", ...(isolationLevel ? [`isolation level ${isolationLevel}`] : []), ...(accessMode ? [accessMode] : [])].join(" "));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await connection.executeQuery({ sql: "rollback", parameters: [] } as unknown as CompiledQuery);
    } catch (error) {
      (connection as AskedConnection).markBroken();
      throw error;
    }
  }
}

/** The pool's connections, each asked on behalf of `asker` for as long as it is out. */
export const askedBy = (pool: pg.Pool, asker: Asker): ConnectionProvider => ({
  async provideConnection(consumer) {
    const connection = new AskedConnection(await pool.connect(), asker);
    try {
      return await consumer(connection);
    } finally {
      connection.release();
    }
  },
});
