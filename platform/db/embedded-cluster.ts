import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type Account, chooseAccount, explainSpawn, give, runs, spawnAs } from "./embedded-account.ts";
import { type Binaries, copyBinaries, findBinaries, hydrate, program } from "./embedded-binaries.ts";
import { type Endpoint, chooseEndpoint } from "./embedded-endpoint.ts";

/** All that is needed to run one database: `home` is its folder, `cluster` PostgreSQL's own folder in it. */
export type Site = { home: string; cluster: string; account: Account; binaries: Binaries; password: string; endpoint: Endpoint };

export const database = "small_hours";

/** Everything before the first start: binaries that run, a user to run them, a folder with a database in it. Quick when it is all there. */
export async function prepare(dataDir: string): Promise<Site> {
  mkdirSync(dataDir, { recursive: true });
  const real = realpathSync(dataDir);
  const home = join(real, "postgres");
  const account = chooseAccount(real, home);
  const found = findBinaries();
  const usable = inPlace(found, account);
  if (!existsSync(home)) await create(home, account, usable ?? copyBinaries(found, join(real, "programs")));
  const binaries = usable ?? copyBinaries(found, join(real, "programs"));
  const cluster = join(home, "cluster");
  refuseOtherMajor(cluster, binaries);
  return { home, cluster, account, binaries, password: readPassword(home), endpoint: await chooseEndpoint(home, account) };
}

/** The binaries in node_modules, if they can be made complete there and the account can run them. */
function inPlace(binaries: Binaries, account: Account): Binaries | undefined {
  try {
    hydrate(binaries.native);
  } catch {
    return undefined;
  }
  return account.kind === "self" || runs(account, program(binaries, "postgres")) ? binaries : undefined;
}

/** Makes the database beside its place and then moves it there, so that a start that was cut off leaves nothing half made. */
async function create(home: string, account: Account, binaries: Binaries): Promise<void> {
  const unfinished = `${home}.new-${process.pid}`;
  const parent = join(home, "..");
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const secret = join(unfinished, "password");
  writeFileSync(secret, randomBytes(24).toString("base64url"), { mode: 0o600 });
  give(account, secret);
  give(account, unfinished);
  try {
    await initdb(join(unfinished, "cluster"), secret, account, binaries);
    renameSync(unfinished, home);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process was first: its database is as good.
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  syncFolder(parent);
  for (const name of readdirSync(parent)) {
    const pid = Number(/^postgres\.new-(\d+)$/.exec(name)?.[1]);
    if (pid && !existsProcess(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

const existsProcess = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Puts the folder's new name on the disk: without it a power cut could lose the whole database that rows were already acknowledged in. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

function initdb(cluster: string, secret: string, account: Account, binaries: Binaries): Promise<void> {
  const command = program(binaries, "initdb");
  // PostgreSQL's own C.UTF-8 sorts and lowers letters alike on every machine, whatever locales that has.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const args = ["-D", cluster, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${secret}`, "--no-instructions", ...locale];
  return new Promise((resolve, reject) => {
    const child = spawnAs(account, command, args, { cwd: join(cluster, ".."), stdio: ["ignore", "ignore", "pipe"], env: { PATH: process.env["PATH"], LC_ALL: "C" } });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", (error) => reject(explainSpawn(error, command)));
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`The database could not be made in ${cluster}: ${said.trim() || `initdb ended with ${code}`}`))));
  });
}

function refuseOtherMajor(cluster: string, binaries: Binaries): void {
  const major = Number(readFileSync(join(cluster, "PG_VERSION"), "utf8"));
  if (major === binaries.major) return;
  throw new Error(
    `The database in ${cluster} was written by PostgreSQL ${major}; this version of Small Hours brings ${binaries.major}. ` +
      "Back it up with the version that wrote it (npm run backup), move the folder away, and restore the backup with this one (npm run restore).",
  );
}

function readPassword(home: string): string {
  const file = join(home, "password");
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new Error(`The database's password in ${file} cannot be read. Start Small Hours as the user who made that folder.`, { cause: error });
  }
}

/** The application's own password: who has it does not have the superuser's, from which it comes. */
const applicationPassword = (site: Site): string => createHash("sha256").update(`${site.password}/${database}`).digest("base64url");

/** The address by which the application connects, as a user who is not the superuser, so that row-level security holds for it. */
export function url(site: Site): string {
  const { host, port } = site.endpoint;
  const login = `postgres://${database}:${applicationPassword(site)}@`;
  return host.startsWith("/") ? `${login}localhost:${port}/${database}?host=${encodeURIComponent(host)}` : `${login}${host}:${port}/${database}`;
}

/** Connects once; makes the application's user and database where they are missing. */
export async function open(site: Site): Promise<void> {
  try {
    await withClient({ connectionString: url(site) }, () => Promise.resolve());
  } catch (error) {
    // Wrong password, unknown user, unknown database: not yet made.
    if (!["28P01", "28000", "3D000"].includes((error as pg.DatabaseError).code ?? "")) throw error;
    await makeDatabase(site);
  }
}

async function makeDatabase(site: Site): Promise<void> {
  const superuser = { ...site.endpoint, user: "postgres", password: site.password };
  // earthdistance is the one extension in use that only a superuser may add; in template1, every new database has it.
  await withClient({ ...superuser, database: "template1" }, (client) => client.query("create extension if not exists earthdistance cascade"));
  await withClient({ ...superuser, database: "postgres" }, async (client) => {
    const password = pg.escapeLiteral(applicationPassword(site));
    const { rowCount: hasRole } = await client.query("select from pg_roles where rolname = $1", [database]);
    await client.query(`${hasRole ? "alter" : "create"} role ${database} login createdb createrole password ${password}`);
    const { rowCount: hasDatabase } = await client.query("select from pg_database where datname = $1", [database]);
    if (!hasDatabase) await client.query(`create database ${database} owner ${database}`);
  });
}

async function withClient(config: pg.ClientConfig, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
