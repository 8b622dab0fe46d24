import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { ClientBase, Pool } from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { z } from "zod";
import { type BackupKey, BackupRefused, reader, seal, unseal } from "./backup-seal.ts";
import { type Table, quote, readBrought, readMigrations, readSequences, readTables, refuseHidden, sequenceShape, standAside, tableShape } from "./backup-tables.ts";

/** How much was written or read. */
export type Amount = { tables: number; rows: number };
type Options = { schema?: string };

const headShape = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  postgres: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(tableShape),
  sequences: z.array(sequenceShape),
});
type Head = z.infer<typeof headShape>;
const rowsShape = z.object({ rows: z.number().int() });

// Inside the encryption and the compression: one byte of kind, four of length, and as many bytes.
const kinds = { head: 72, table: 84, data: 68, end: 69, last: 90 };
type Frame = { kind: number; bytes: Buffer };

const frame = (kind: number, bytes: Buffer): Buffer => {
  const before = Buffer.alloc(5, kind);
  before.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([before, bytes]);
};
const note = (kind: number, value: unknown): Buffer => frame(kind, Buffer.from(JSON.stringify(value)));

async function* frames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const take = reader(source);
  for (let before = await take(5); before; before = await take(5)) {
    const bytes = await take(before.readUInt32BE(1));
    if (!bytes) throw new BackupRefused("The backup is not whole: its end is missing.");
    yield { kind: before.readUInt8(0), bytes };
  }
}

/** Values as text that every supported PostgreSQL version reads alike; and every row, as the house sees it. */
const settings = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC'; set local bytea_output = 'hex';
  set local extra_float_digits = 3; set local small_hours.who = 'house'; set local statement_timeout = 0; set local lock_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

async function inTransaction<T>(pool: Pool, schema: string, begin: string, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query(`${begin}; ${settings}`);
    await refuseHidden(client, schema);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // After a failure, perhaps in the middle of a copy, the connection is closed; PostgreSQL then forgets all of it.
    client.release(failure);
  }
}

/**
 * Writes every table of the schema as it is at one moment, without holding up the application: gzip, then AES-256-GCM.
 * The jobs (schema graphile_worker) are not in it: what was waiting to be sent at that moment is not sent again by a restored database.
 */
export async function exportTo(pool: Pool, writable: Writable, key: BackupKey, { schema = "public" }: Options = {}): Promise<Amount> {
  return inTransaction(pool, schema, "begin isolation level repeatable read, read only", async (client) => {
    const amount = { tables: 0, rows: 0 };
    await pipeline(
      () => contents(client, schema, amount),
      createGzip(),
      (source: AsyncIterable<Buffer>) => seal(source, key),
      writable,
    );
    return amount;
  });
}

async function* contents(client: ClientBase, schema: string, amount: Amount): AsyncGenerator<Buffer> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
  const tables = await readTables(client, schema);
  const head: Head = {
    format: 1,
    madeAt: Temporal.Now.instant().toString(),
    postgres: rows[0]?.version ?? "",
    migrations: await readMigrations(client, schema),
    tables,
    sequences: await readSequences(client, schema),
  };
  yield note(kinds.head, head);
  for (const table of tables) {
    yield note(kinds.table, table);
    const copy = client.query(copyTo(`copy (select ${table.columns.map((name) => quote(name)).join(", ")} from ${quote(schema, table.name)}) to stdout`));
    for await (const bytes of copy as AsyncIterable<Buffer>) yield frame(kinds.data, bytes);
    yield note(kinds.end, { rows: copy.rowCount });
    amount.tables++;
    amount.rows += copy.rowCount;
  }
  yield note(kinds.last, { rows: amount.rows });
}

/**
 * Reads a backup into a database that is migrated and holds no row yet but what migrations brought: all of it or, if anything is wrong, nothing.
 * Throws BackupRefused for a wrong key, a file that is damaged or not whole, other migrations, and a database that is not empty.
 */
export async function importFrom(pool: Pool, readable: Readable, key: BackupKey, { schema = "public" }: Options = {}): Promise<Amount> {
  return inTransaction(pool, schema, "begin", async (client) => {
    const amount = { tables: 0, rows: 0 };
    await pipeline(
      readable,
      (source: AsyncIterable<Buffer>) => unseal(source, key),
      createGunzip(),
      (source: AsyncIterable<Buffer>) => readIn(client, schema, source, amount),
    );
    return amount;
  });
}

async function readIn(client: ClientBase, schema: string, source: AsyncIterable<Buffer>, amount: Amount): Promise<void> {
  let head: Head | undefined;
  let back: string[] = [];
  let copy: Copy | undefined;
  let whole = false;
  for await (const { kind, bytes } of frames(source)) {
    if (kind === kinds.head) {
      head = headShape.parse(JSON.parse(bytes.toString()));
      await refuseUnfit(client, schema, head);
      back = await standAside(client, schema, head.tables);
    } else if (kind === kinds.table) copy = startCopy(client, schema, tableShape.parse(JSON.parse(bytes.toString())));
    else if (kind === kinds.data) await copy?.write(bytes);
    else if (kind === kinds.end) {
      const { rows } = rowsShape.parse(JSON.parse(bytes.toString()));
      if ((await copy?.end()) !== rows) throw new BackupRefused("A table did not take all its rows.");
      amount.tables++;
      amount.rows += rows;
    } else if (kind === kinds.last) whole = rowsShape.parse(JSON.parse(bytes.toString())).rows === amount.rows;
  }
  if (!head || !whole || amount.tables !== head.tables.length) throw new BackupRefused("The backup is not whole.");
  await finish(client, schema, head, back, amount);
}

type Copy = { write(bytes: Buffer): Promise<void>; end(): Promise<number> };

function startCopy(client: ClientBase, schema: string, { name, columns }: Table): Copy {
  const sink = client.query(copyFrom(`copy ${quote(schema, name)} (${columns.map((column) => quote(column)).join(", ")}) from stdin`));
  const failure = new Promise<never>((_, reject) => sink.once("error", (error) => reject(new Error(`${name}: ${error.message}`, { cause: error }))));
  failure.catch(() => undefined);
  return {
    write: async (bytes) => {
      if (!sink.write(bytes)) await Promise.race([once(sink, "drain"), failure]);
    },
    end: async () => {
      await Promise.race([new Promise((resolve) => sink.end(() => resolve(undefined))), failure]);
      return sink.rowCount;
    },
  };
}

async function refuseUnfit(client: ClientBase, schema: string, head: Head): Promise<void> {
  const here = await readMigrations(client, schema);
  const lacking = head.migrations.filter((name) => !here.includes(name));
  const more = here.filter((name) => !head.migrations.includes(name));
  if (lacking.length > 0) throw new BackupRefused(`The backup was made by a later version: this database lacks ${lacking.join(", ")}.`);
  if (more.length > 0) throw new BackupRefused(`The backup was made by an earlier version, before ${more.join(", ")}. Restore it with that version, then upgrade.`);
  const tables = new Map((await readTables(client, schema)).map(({ name, columns }) => [name, columns]));
  for (const { name, columns } of head.tables) {
    const known = tables.get(name);
    const unknown = known ? columns.filter((column) => !known.includes(column)) : columns;
    if (!known || unknown.length > 0) throw new BackupRefused(`This database has no place for ${name} (${unknown.join(", ")}). Is it migrated?`);
  }
  const brought = await readBrought(client, schema);
  // Those that refer to others first, so that the rows of migrations can go.
  for (const name of [...tables.keys()].toReversed()) {
    await client.query(`lock table ${quote(schema, name)} in share row exclusive mode`);
    if (brought.has(name)) await client.query(`delete from ${quote(schema, name)}`);
    const { rowCount } = await client.query(`select from ${quote(schema, name)} limit 1`);
    if (rowCount) throw new BackupRefused(`This database is not empty (${name} has rows). A backup is only read into a new one.`);
  }
}

/** Checks the references, puts back what stood aside, sets the sequences on, and counts what is really there. */
async function finish(client: ClientBase, schema: string, head: Head, back: string[], amount: Amount): Promise<void> {
  await client.query("set constraints all immediate");
  for (const { name, last, called } of head.sequences) {
    await client.query("select setval($1::regclass, $2::bigint, $3)", [quote(schema, name), last, called]);
  }
  let rows = 0;
  for (const { name } of head.tables) {
    const counted = await client.query<{ n: string }>(`select count(*)::text as n from ${quote(schema, name)}`);
    rows += Number(counted.rows[0]?.n);
  }
  if (rows !== amount.rows) throw new BackupRefused(`${rows} rows arrived of ${amount.rows}.`);
  for (const statement of back) await client.query(statement);
}
