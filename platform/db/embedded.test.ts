import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { runs } from "./embedded-account.ts";
import { copyBinaries, findBinaries, hydrate, missingLinks, program } from "./embedded-binaries.ts";
import { identity } from "./embedded-owner.ts";
import { keptMegabytes } from "./embedded-server.ts";
import { type Embedded, startEmbedded } from "./embedded.ts";

const folders: string[] = [];
const started: Embedded[] = [];
const children: ChildProcess[] = [];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "sh-"));
  // As usual folders are: others may pass, so that root can hand the database to another user.
  chmodSync(path, 0o755);
  folders.push(path);
  return path;
}

async function start(dataDir: string, lines: string[] = []): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log: (line) => lines.push(line) });
  started.push(embedded);
  return embedded;
}

/** Another process with a database on the folder; `then` is what it does afterwards. */
async function startElsewhere(dataDir: string, then = "setInterval(() => 0, 1000)", errors: "inherit" | "ignore" = "inherit"): Promise<{ child: ChildProcess; pid: number }> {
  const module = new URL("./embedded.ts", import.meta.url).href;
  const script = `import { startEmbedded } from ${JSON.stringify(module)};
    const db = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined });
    process.stdout.write(db.pid + "\\n"); ${then}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", errors] });
  children.push(child);
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { child, pid: Number(said.toString()) };
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean | Promise<boolean>, ms = 8000): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < ms; await pause(20)) if (await condition()) return;
  throw new Error("It did not happen in time.");
}

const gone = (pid: number): boolean => identity(pid) === undefined;

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGTERM");
  for (const one of started.splice(0)) await one.stop();
});

afterAll(() => {
  for (const path of folders.filter(Boolean)) rmSync(path, { recursive: true, force: true });
});

test("a first start makes a database that answers, writes durably and is not run by root", async () => {
  const { url, pid } = await start(folder());
  const [row] = await ask(
    url,
    "select current_database() as name, rolsuper as super, current_setting('fsync') as fsync, lower('ÁÑ') as lower from pg_roles where rolname = current_user",
  );
  expect(row).toEqual({ name: "small_hours", super: false, fsync: "on", lower: "áñ" });
  if (process.platform === "linux" && process.getuid?.() === 0) expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
});

test("a database keeps more of its tables in memory on a larger machine", () => {
  const gigabytes = [0.5, 1, 2, 4, 8, 64];
  expect(gigabytes.map((size) => keptMegabytes(size * 2 ** 30))).toEqual([128, 128, 256, 512, 1024, 1024]);
});

test("every extension in use can be added by the application's user, in any database it makes", async () => {
  const { url } = await start(folder());
  await ask(url, "create database another");
  const other = new URL(url);
  other.pathname = "/another";
  for (const each of [url, other.href]) {
    for (const name of ["cube", "earthdistance", "pg_trgm", "unaccent"]) await ask(each, `create extension if not exists ${name}`);
  }
});

test("the password is kept in one file that only the database's user can read, and nowhere else", async () => {
  const dataDir = folder();
  await start(dataDir);
  const home = join(dataDir, "postgres");
  const password = readFileSync(join(home, "password"), "utf8");
  expect(statSync(join(home, "password")).mode & 0o777).toBe(0o600);
  expect(statSync(home).mode & 0o777).toBe(0o700);
  const holders = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(password))
    .map((entry) => entry.name);
  expect(holders).toEqual(["password"]);
  expect(readdirSync(dataDir)).toEqual(["postgres"]);
});

test("a wrong password is refused", async () => {
  const { url } = await start(folder());
  const wrong = new URL(url);
  wrong.password = "guess";
  await expect(ask(wrong.href, "select 1")).rejects.toThrow(/password authentication failed/);
});

test("a server killed with SIGKILL comes back at the same address with every acknowledged row", async () => {
  const embedded = await start(folder());
  const { url } = embedded;
  await ask(url, "create table kept (n int primary key)");
  let acknowledged = 0;
  let writing = true;
  const writer = (async () => {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    try {
      for (; writing; acknowledged++) await client.query("insert into kept values ($1)", [acknowledged]);
    } catch {
      // The kill cut the connection: the last insert was not acknowledged.
    }
  })();
  await until(() => acknowledged > 200);
  const killed = embedded.pid;
  process.kill(killed, "SIGKILL");
  await until(() => embedded.pid !== killed && embedded.pid !== 0);
  writing = false;
  await writer;
  expect(embedded.url).toBe(url);
  const [row] = await ask<{ n: number }>(url, `select count(*)::int as n from kept where n < ${acknowledged}`);
  expect(row?.n).toBe(acknowledged);
});

test("a server whose program was killed is ended at the next start, and its rows are there", async () => {
  const dataDir = folder();
  const { child, pid } = await startElsewhere(dataDir);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(gone(pid)).toBe(false);
  const lines: string[] = [];
  const embedded = await start(dataDir, lines);
  expect(embedded.pid).not.toBe(pid);
  expect(gone(pid)).toBe(true);
  expect(lines.join()).toContain("left behind");
});

test.each(["SIGTERM", "SIGINT"] as const)("a program ended by %s takes its database with it", async (name) => {
  const { child, pid } = await startElsewhere(folder());
  child.kill(name);
  expect(await once(child, "exit")).toEqual([null, name]);
  expect(gone(pid)).toBe(true);
});

test("a program that ends by itself, or by an error, leaves no server behind", async () => {
  for (const then of ["", "process.exit(3)", "setTimeout(() => { throw new Error('on purpose') }, 10)"]) {
    const { child, pid } = await startElsewhere(folder(), then, "ignore");
    if (child.exitCode === null) await once(child, "exit");
    await until(() => gone(pid));
  }
});

test("a postmaster.pid that names another living program is not believed", async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  await ask(first.url, "create table kept as select 7 as n");
  const file = join(dataDir, "postgres", "cluster", "postmaster.pid");
  const text = readFileSync(file, "utf8");
  await first.stop();
  writeFileSync(file, text.replace(/^\d+/, String(process.ppid)));
  const second = await start(dataDir);
  expect(await ask(second.url, "select n from kept")).toEqual([{ n: 7 }]);
});

test("a postmaster.pid of a process long gone is no hindrance", async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const file = join(dataDir, "postgres", "cluster", "postmaster.pid");
  const text = readFileSync(file, "utf8");
  await first.stop();
  writeFileSync(file, text);
  expect((await start(dataDir)).pid).not.toBe(first.pid);
});

test("a second program joins the first one's server, and its stop leaves the server alone", async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const { child, pid } = await startElsewhere(dataDir, "await db.stop()");
  expect(pid).toBe(first.pid);
  if (child.exitCode === null) await once(child, "exit");
  expect(await ask(first.url, "select 1 as n")).toEqual([{ n: 1 }]);
});

test("two programs that start on an empty folder at the same moment share one server", async () => {
  const dataDir = folder();
  const [one, two] = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir)]);
  expect(one.pid).toBe(two.pid);
  expect(readdirSync(dataDir)).toEqual(["postgres"]);
});

test("a guest takes over at the same address when the program that ran the server is killed", async () => {
  const dataDir = folder();
  const { child, pid } = await startElsewhere(dataDir);
  const guest = await start(dataDir);
  const { url } = guest;
  await ask(url, "create table kept as select 7 as n");
  child.kill("SIGKILL");
  await until(() => guest.pid !== pid && guest.pid !== 0);
  expect(guest.url).toBe(url);
  expect(await ask(url, "select n from kept")).toEqual([{ n: 7 }]);
});

test("library links that npm left out are made", () => {
  const { native } = findBinaries();
  const copy = join(folder(), "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  for (const entry of readdirSync(join(copy, "lib"), { withFileTypes: true })) if (entry.isSymbolicLink()) rmSync(join(copy, "lib", entry.name));
  const missing = missingLinks(copy);
  if (existsSync(join(native, "pg-symlinks.json"))) expect(missing.length).toBeGreaterThan(5);
  hydrate(copy);
  expect(missingLinks(copy)).toEqual([]);
  for (const { path } of missing) expect(existsSync(path)).toBe(true);
});

test("a folder whose path is too long for a socket works all the same", async () => {
  const dataDir = join(folder(), "a".repeat(60), "b".repeat(60));
  mkdirSync(dataDir, { recursive: true });
  const embedded = await start(dataDir);
  expect(await ask(embedded.url, "select 1 as n")).toEqual([{ n: 1 }]);
  folders.push(new URL(embedded.url).searchParams.get("host") ?? "");
});

test("where no socket is possible, the server listens on 127.0.0.1 alone, at the same port after a restart", async () => {
  const path = join(folder(), "c".repeat(120));
  mkdirSync(path, { recursive: true });
  vi.stubEnv("TMPDIR", path);
  try {
    const first = await start(path);
    expect(new URL(first.url)).toMatchObject({ hostname: "127.0.0.1", search: "" });
    expect(await ask(first.url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    await first.stop();
    expect((await start(path)).url).toBe(first.url);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("binaries that cannot be used where npm put them are copied once, links and all", () => {
  const path = folder();
  const copy = copyBinaries(findBinaries(), path);
  expect(missingLinks(copy.native)).toEqual([]);
  expect(runs({ kind: "self" }, program(copy, "initdb"))).toBe(true);
  const before = statSync(copy.native).ctimeMs;
  expect(statSync(copyBinaries(findBinaries(), path).native).ctimeMs).toBe(before);
  expect(readdirSync(path).length).toBe(1);
});

test("a folder that only its owner may enter works all the same", async () => {
  const path = join(folder(), "closed");
  mkdirSync(path, { mode: 0o700 });
  const { url, pid } = await start(path);
  expect(await ask(url, "select 1 as n")).toEqual([{ n: 1 }]);
  if (process.platform === "linux") expect(statSync(`/proc/${pid}`).uid).toBe(process.getuid?.());
});

test("a database of another major version is refused in words, and not touched", async () => {
  const dataDir = folder();
  await (await start(dataDir)).stop();
  writeFileSync(join(dataDir, "postgres", "cluster", "PG_VERSION"), "17\n");
  await expect(start(dataDir)).rejects.toThrow(/written by PostgreSQL 17.*npm run backup/);
});
