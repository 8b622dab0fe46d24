import { spawnSync } from "node:child_process";
import { linkSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import type { Endpoint } from "./embedded-endpoint.ts";

/** What runs on a data folder: nothing, a server that someone looks after, or a server whose supervisor died. */
export type Found =
  | { state: "none"; stale?: string }
  | { state: "live"; pid: number; endpoint: Endpoint; owner: string | undefined; ready: boolean }
  | { state: "orphan"; pid: number };

const linux = process.platform === "linux";
const ps = (format: string, pid: number): string => spawnSync("ps", ["-o", `${format}=`, "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

/** The command line of a process, its words joined by spaces; empty when it is gone. */
const commandLine = (pid: number): string => (linux ? read(`/proc/${pid}/cmdline`).replaceAll("\0", " ") : ps("args", pid));

/** A name for a process that no later process gets, even one with the same number; undefined when it is gone. */
export function identity(pid: number): string | undefined {
  if (!linux) {
    const started = ps("lstart", pid).replaceAll(/\W+/g, "_");
    return started && `${pid}-${started}`;
  }
  const [state, ...rest] = read(`/proc/${pid}/stat`).replace(/^.*\) /s, "").split(" ");
  // The 22nd field of stat is when the process started (proc(5)); Z and X are processes that have ended.
  return state && !"ZX".includes(state) ? `${pid}-${rest[18]}` : undefined;
}

/** Whether the process of this identity still runs. */
export const isAlive = (owner: string): boolean => identity(Number.parseInt(owner, 10)) === owner;

/** The setting by which a server carries its supervisor's identity in its own command line. */
export const ownerSetting = (): string => `small_hours.owner=${identity(process.pid) ?? process.pid}`;

/**
 * Looks at postmaster.pid and at the process it names, and believes the file only if that process is PostgreSQL on this very folder.
 * `endpoint` is where a server of this folder would listen: a server in another container has a process number that means nothing here,
 * but answers there.
 */
export async function findServer(cluster: string, endpoint: Endpoint | undefined): Promise<Found> {
  const text = read(join(cluster, "postmaster.pid"));
  const [pidLine = "", , , port = "", socketFolder = "", , , status = ""] = text.split("\n");
  const pid = Number.parseInt(pidLine, 10);
  if (!pid) return { state: "none" };
  const command = commandLine(pid);
  const ready = status.trim() === "ready";
  if (/postgres(\.exe)? /.test(command) && command.includes(` -D ${cluster} `)) {
    const owner = /small_hours\.owner=(\S+)/.exec(command)?.[1];
    if (owner && !isAlive(owner)) return { state: "orphan", pid };
    return { state: "live", pid, endpoint: { host: socketFolder || "127.0.0.1", port: Number(port) }, owner, ready };
  }
  if (endpoint?.host.startsWith("/") && (await answers(endpoint))) return { state: "live", pid, endpoint, owner: undefined, ready };
  return { state: "none", ...(command && { stale: text }) };
}

const answers = (endpoint: Endpoint): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(`${endpoint.host}/.s.PGSQL.${endpoint.port}`, () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });

/**
 * Removes a postmaster.pid whose number now belongs to another program (PostgreSQL itself would take that program for a server).
 * If a server wrote a new one meanwhile, it gets its file back.
 */
export function removeStale(cluster: string, stale: string): void {
  const path = join(cluster, "postmaster.pid");
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== stale) linkSync(aside, path);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  rmSync(aside, { force: true });
}

/** Sends the signal; false when the process is gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/**
 * Ends what a killed server left behind: its workers hold its memory, and a new server does not start before they are gone.
 * They notice by themselves, except in the middle of a long calculation. Only on Linux; elsewhere the start waits for them.
 */
export function endStrayWorkers(cluster: string): void {
  if (!linux) return;
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!pid || !commandLine(pid).startsWith("postgres: ")) continue;
    try {
      if (readlinkSync(`/proc/${pid}/cwd`) === cluster) signal(pid, "SIGQUIT");
    } catch {
      // It ended by itself, or is another user's.
    }
  }
}
