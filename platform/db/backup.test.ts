import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backupKey } from "./backup-place.ts";
import { type BackupKey, BackupRefused } from "./backup-seal.ts";
import { inOrder } from "./backup-tables.ts";
import { exportTo, importFrom } from "./backup.ts";
import { type Embedded, startEmbedded } from "./embedded.ts";

const dataDir = mkdtempSync(join(tmpdir(), "sh-"));
chmodSync(dataDir, 0o755);
const key: BackupKey = { key: randomBytes(32) };
const pools: pg.Pool[] = [];
let server: Embedded;
let full: pg.Pool;
let file: Buffer;

// "child" and "egg" come before what they refer to in the alphabet, "egg" and "hen" refer to each other, and a person to a person.
const tables = `
  create table migrations (name text primary key, digest text not null);
  insert into migrations values ('20260101T0000-a-beginning', 'x');
  create table parent (id bigint generated always as identity primary key, "odd "" name" text, lower_name text generated always as (lower("odd "" name")) stored);
  create table child (id serial primary key, parent bigint not null references parent, body bytea, facts jsonb, at timestamptz, tags text[], days date[], share numeric, near double precision, wait interval);
  create table person (id int primary key, invited_by int references person);
  create table egg (id int primary key, hen int not null);
  create table hen (id int primary key, egg int not null references egg);
  alter table egg add constraint egg_of_hen foreign key (hen) references hen;
  create table hidden (id int primary key); alter table hidden enable row level security;
  create table noted (id int primary key, by_trigger int not null default 0);
  create function note() returns trigger language plpgsql as $$ begin new.by_trigger := new.by_trigger + 1; return new; end $$;
  create trigger noting before insert on noted for each row execute function note();
  create table empty (id int primary key);`;

const rows = `
  insert into parent ("odd "" name") select 'Name ' || n || E'\\n\\\\N\\t"' from generate_series(1, 1000) n;
  insert into child (parent, body, facts, at, tags, days, share, near, wait) values
    (1, '\\x00ff5c0a', '{"a": [1, null, "ü\\\\n"]}', '2026-11-01 01:30:00.123456-05', '{"a,b",NULL,"","\\"q\\""}', '{2026-02-28,infinity}', 1.10, 0.1::float8 + 0.2, '1 mon -3 days 04:05:06.7'),
    (2, '', 'null', 'infinity', '{}', null, 'NaN', '-infinity', '0'), (3, null, null, null, null, null, null, null, null);
  insert into child (parent, body) select 4, convert_to(repeat(md5(n::text), 30), 'UTF8') from generate_series(1, 3000) n;
  insert into person values (1, null); insert into person select n, n - 1 from generate_series(2, 50) n; update person set invited_by = 50 where id = 1;
  begin; alter table egg alter constraint egg_of_hen deferrable initially deferred; insert into egg values (1, 1); insert into hen values (1, 1); commit;
  alter table egg alter constraint egg_of_hen not deferrable;
  insert into hidden values (1); insert into noted values (1);
  delete from parent where id = 1000;`;

async function database(name: string, ...sql: string[]): Promise<pg.Pool> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 3 });
  pool.on("error", () => undefined);
  pools.push(pool);
  for (const each of sql) await pool.query(each);
  return pool;
}

async function exported(pool: pg.Pool, withKey = key): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(chunk), done()) });
  await exportTo(pool, sink, withKey);
  return Buffer.concat(chunks);
}

/** In pieces of an odd size, as a disk or a network may hand them over. */
const asStream = (bytes: Buffer): Readable =>
  Readable.from((function* () {
    for (let at = 0; at < bytes.length; at += 7919) yield bytes.subarray(at, at + 7919);
  })());

/** Every row of every table as text. */
async function contents(pool: pg.Pool): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const name of ["parent", "child", "person", "egg", "hen", "hidden", "noted", "empty"]) {
    const found = await pool.query<{ row: string }>(`select t::text as row from ${name} t order by id`);
    all[name] = found.rows.map(({ row }) => row);
  }
  return all;
}

const isEmpty = async (pool: pg.Pool): Promise<boolean> => Object.values(await contents(pool)).every((list) => list.length === 0);

beforeAll(async () => {
  server = await startEmbedded({ dataDir, log: () => undefined });
  full = await database("full_one", tables, rows);
  file = await exported(full);
});

afterAll(async () => {
  for (const pool of pools) await pool.end();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test("every value comes back as it was: bytes, JSON, times, arrays, numbers, names, rings of references", async () => {
  const target = await database("round_trip", tables);
  const amount = await importFrom(target, asStream(file), key);
  const before = await contents(full);
  expect(await contents(target)).toEqual(before);
  expect(amount).toEqual({ tables: 8, rows: Object.values(before).flat().length });
});

test("after a restore, new numbers go on where the old ones ended, and triggers and constraints are as before", async () => {
  const target = await database("goes_on", tables);
  await importFrom(target, asStream(file), key);
  expect((await target.query("insert into parent default values returning id::int")).rows).toEqual([{ id: 1001 }]);
  expect((await target.query("insert into child (parent) values (1) returning id")).rows).toEqual([{ id: 3004 }]);
  expect((await target.query("insert into noted values (2) returning by_trigger")).rows).toEqual([{ by_trigger: 1 }]);
  const constraints = "select conname, condeferrable, condeferred, convalidated from pg_constraint where connamespace = 'public'::regnamespace order by 1";
  expect((await target.query(constraints)).rows).toEqual((await full.query(constraints)).rows);
  await expect(target.query("insert into egg values (9, 9)")).rejects.toThrow(/egg_of_hen/);
});

test("a passphrase opens what it closed, and no other does", async () => {
  const small = await database("small_one", tables, "insert into empty values (7)");
  const sealed = await exported(small, { passphrase: "correct horse battery staple" });
  const target = await database("by_passphrase", tables);
  await expect(importFrom(target, asStream(sealed), { passphrase: "correct horse battery stapler" })).rejects.toThrow(/not the one/);
  await expect(importFrom(target, asStream(sealed), key)).rejects.toThrow(/other kind of key/);
  await importFrom(target, asStream(sealed), { passphrase: "correct horse battery staple" });
  expect((await target.query("select id from empty")).rows).toEqual([{ id: 7 }]);
});

test("a wrong key, one changed byte anywhere, a missing end and an added end are refused, and nothing is kept", async () => {
  const target = await database("refuses", tables);
  const refused = async (bytes: Buffer, withKey = key) => {
    const error = await importFrom(target, asStream(bytes), withKey).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BackupRefused);
  };
  await refused(file, { key: randomBytes(32) });
  const places = [0, 5, 21, 30, 60, 70, 74, 75, 200, Math.floor(file.length / 2), file.length - 17, file.length - 1];
  for (const place of places) {
    const changed = Buffer.from(file);
    changed[place] = (changed[place] ?? 0) ^ 1;
    await refused(changed);
  }
  for (const length of [0, 10, 70, 72, 500, 70 + 65556, file.length - 1]) await refused(file.subarray(0, length));
  await refused(Buffer.concat([file, Buffer.from([0])]));
  await refused(randomBytes(5000));
  expect(await isEmpty(target)).toBe(true);
});

test("whole chunks that are left out or exchanged are refused", async () => {
  const target = await database("exchanged", tables);
  const chunk = 4 + 64 * 1024 + 16;
  const cut = (from: number, to: number) => file.subarray(70 + from * chunk, 70 + to * chunk);
  expect(file.length).toBeGreaterThan(70 + 2 * chunk);
  for (const parts of [[cut(1, 99)], [cut(1, 2), cut(0, 1), cut(2, 99)], [cut(0, 1), cut(2, 99)]]) {
    await expect(importFrom(target, asStream(Buffer.concat([file.subarray(0, 70), ...parts])), key)).rejects.toThrow(BackupRefused);
  }
  expect(await isEmpty(target)).toBe(true);
});

test("a database with rows is refused and keeps them", async () => {
  const target = await database("not_empty", tables, "insert into empty values (1)");
  await expect(importFrom(target, asStream(file), key)).rejects.toThrow(/not empty \(empty has rows\)/);
  expect((await target.query("select id from empty")).rows).toEqual([{ id: 1 }]);
});

test("rows that migrations brought give way to those of the backup", async () => {
  const target = await database("brought", tables, "comment on table empty is 'brought by migrations'; insert into empty values (1)");
  await importFrom(target, asStream(file), key);
  expect((await target.query("select id from empty")).rows).toEqual([]);
});

test("a database with other migrations is refused, in words", async () => {
  const later = await database("later", tables, "insert into migrations values ('20270101T0000-a-later-one', 'x')");
  await expect(importFrom(later, asStream(file), key)).rejects.toThrow(/earlier version, before 20270101T0000-a-later-one/);
  const earlier = await database("earlier", tables, "delete from migrations");
  await expect(importFrom(earlier, asStream(file), key)).rejects.toThrow(/lacks 20260101T0000-a-beginning/);
});

test("an export shows one moment, though others write meanwhile, and does not hold them up", async () => {
  const busy = await database("busy", tables, "insert into person select n, null from generate_series(1, 1000) n");
  const sink = new PassThrough({ highWaterMark: 1024 });
  const chunks: Buffer[] = [];
  const done = exportTo(busy, sink, key);
  sink.once("readable", () => {
    // One row in a table that comes early and one that comes late, in one transaction: both or neither.
    void busy.query("with a as (insert into empty values (1)) insert into person values (5000, null)").then(() => sink.on("data", (chunk: Buffer) => chunks.push(chunk)));
  });
  await Promise.all([done, once(sink, "end")]);
  const target = await database("one_moment", tables);
  await importFrom(target, asStream(Buffer.concat(chunks)), key);
  const [both] = (await target.query<{ a: number; b: number }>("select (select count(*) from empty)::int as a, (select count(*) from person where id = 5000)::int as b")).rows;
  expect(both?.a).toBe(both?.b);
});

test("an export fails rather than leave out rows that row-level security hides", async () => {
  const hiding = await database("hiding", tables, "insert into hidden values (1); alter table hidden force row level security");
  await expect(exported(hiding)).rejects.toThrow(/row-level security/);
});

test("nothing of the content is readable in the file", () => {
  for (const word of ["Name", "parent", "migrations", "COPY"]) expect(file.includes(word)).toBe(false);
});

test("tables come after those they refer to, and a ring does not hang", () => {
  const table = (name: string) => ({ name, columns: ["id"] });
  const refers = (from: string, to: string) => ({ name: `${from}_${to}`, from, to, deferrable: false, deferred: false });
  const names = inOrder(["a", "b", "c", "d", "e"].map(table), [refers("a", "c"), refers("c", "b"), refers("b", "b"), refers("d", "e"), refers("e", "d")]).map(({ name }) => name);
  expect(names.indexOf("b")).toBeLessThan(names.indexOf("c"));
  expect(names.indexOf("c")).toBeLessThan(names.indexOf("a"));
  expect(names.toSorted()).toEqual(["a", "b", "c", "d", "e"]);
});

test("the key comes from the environment, and a weak or doubtful one is refused", () => {
  const hex = "ab".repeat(32);
  expect(backupKey({ BACKUP_KEY: hex })).toEqual({ key: Buffer.from(hex, "hex") });
  expect(backupKey({ BACKUP_KEY: Buffer.from(hex, "hex").toString("base64") })).toEqual({ key: Buffer.from(hex, "hex") });
  expect(backupKey({ BACKUP_PASSPHRASE: "five random words or so" })).toEqual({ passphrase: "five random words or so" });
  for (const wrong of [{}, { BACKUP_KEY: "abcd" }, { BACKUP_PASSPHRASE: "short" }, { BACKUP_KEY: hex, BACKUP_PASSPHRASE: "five random words or so" }]) {
    expect(() => backupKey(wrong)).toThrow(BackupRefused);
  }
});
