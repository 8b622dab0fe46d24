import type { ChildProcess } from "node:child_process";
import { totalmem } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { explainSpawn, spawnAs } from "./embedded-account.ts";
import { program } from "./embedded-binaries.ts";
import { type Site, open } from "./embedded-cluster.ts";
import { findServer, ownerSetting, signal } from "./embedded-owner.ts";

/** One run of PostgreSQL: `ended` resolves, with what it last said, when the process is gone. */
export type Run = { pid: number; ended: Promise<string>; hasEnded: () => boolean };

const mega = 2 ** 20;

/**
 * How many megabytes PostgreSQL may keep of its tables: an eighth of the memory that there is, from 128 on a small machine to 1,024. It takes
 * what it has read and no more. A page that it does not keep costs ten times as much, even where the system still has it.
 */
export const keptMegabytes = (memory: number): number => Math.max(128, Math.min(1024, Math.floor(memory / 8 / mega)));

/** Settings for a small machine, which grow with it. What PostgreSQL would log of a failed statement (the words of a message, a number) is not logged. */
const settings = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  wal_compression: "on",
  max_connections: 100,
  maintenance_work_mem: "64MB",
  max_wal_size: "1GB",
  random_page_cost: 1.1,
  jit: "off",
  // What is asked for lies in the system's own cache: to hand each such page over to a worker and wait for it took longer than to read it.
  io_method: "sync",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
  password_encryption: "scram-sha-256",
};

function options({ cluster, endpoint: { host, port } }: Site): string[] {
  const socket = host.startsWith("/");
  const where = { port, listen_addresses: socket ? "" : host, unix_socket_directories: socket ? host : "", unix_socket_permissions: "0700" };
  // In a container: what it may use; without a limit that is more than any machine has.
  const kept = keptMegabytes(Math.min(totalmem(), process.constrainedMemory() || Infinity));
  const memory = { shared_buffers: `${kept}MB`, effective_cache_size: `${4 * kept}MB` };
  const all = Object.entries({ ...where, ...settings, ...memory }).map(([name, value]) => `${name}=${value}`);
  return ["-D", cluster, ...[...all, ownerSetting()].flatMap((setting) => ["-c", setting])];
}

/** Starts PostgreSQL and resolves as soon as the process is there; it is ready a little later (see `untilReady`). */
export async function launch(site: Site, log: (line: string) => void): Promise<Run> {
  const command = program(site.binaries, "postgres");
  // A session of its own: Ctrl+C in a terminal reaches the application alone, which then ends the database last.
  const child = spawnAs(site.account, command, options(site), {
    cwd: site.cluster,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"], LC_ALL: "C", ...(process.platform === "win32" && { SYSTEMROOT: process.env["SYSTEMROOT"] }) },
  });
  await new Promise((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => reject(explainSpawn(error, command)));
  });
  child.unref();
  return { pid: child.pid ?? 0, ended: listen(child, log), hasEnded: () => child.exitCode !== null || child.signalCode !== null };
}

function listen(child: ChildProcess, log: (line: string) => void): Promise<string> {
  const last: string[] = [];
  let rest = "";
  const { stderr } = child;
  stderr?.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      log(line);
      last.push(line.replace(/^.*?\] /, ""));
      if (last.length > 5) last.shift();
    }
  });
  // A pipe is a socket here; what it has to say must not keep a finished program running.
  if (stderr && "unref" in stderr && typeof stderr.unref === "function") stderr.unref();
  return new Promise((resolve) => {
    // Its workers hold the pipe a little longer after a kill, so "close" would come late.
    child.once("exit", () => setTimeout(() => resolve(last.join("\n")), 5));
  });
}

/** Waits until the server answers as the application's database. Throws with what it said when it ends first. */
export async function untilReady(site: Site, run: Run): Promise<void> {
  while (!run.hasEnded()) {
    const found = await findServer(site.cluster, undefined);
    if (found.state === "live" && found.pid === run.pid && found.ready) return open(site);
    await pause(10);
  }
  throw new Error(`PostgreSQL ended at its start: ${await run.ended}`);
}

/** Ends a server: quickly but in order (SIGINT), and if that takes longer than `patience` ms at once (SIGQUIT; it recovers at its next start). */
export async function end(pid: number, gone: () => boolean, patience = 5000): Promise<void> {
  for (const name of ["SIGINT", "SIGQUIT"] as const) {
    if (!signal(pid, name)) return;
    for (const start = performance.now(); performance.now() - start < patience; await pause(10)) if (gone()) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end. End it by hand and start again.`);
}
