import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type Server = { readonly pid: number; readonly port: number; stop(): Promise<void> };

const at = (name: string) => fileURLToPath(new URL(name, import.meta.url));

async function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  if (!child.stdout) throw new Error("no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const found = pattern.exec(line)?.[1];
    if (!found) continue;
    child.stdout.resume();
    return found;
  }
  throw new Error("A server of the benchmark ended before it was open.");
}

const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { scripts: Readonly<Record<string, string>> };

/** What a script of package.json says to Node, so that a benchmark runs what everybody runs. */
export const flagsOf = (script: "start" | "directory:import"): readonly string[] => scripts[script]?.match(/--\S+/g) ?? [];

async function start(file: string, args: readonly string[], env: NodeJS.ProcessEnv, pattern: RegExp): Promise<Server> {
  const child = spawn(process.execPath, [...flagsOf("start"), at(file), ...args], { env: { PATH: process.env["PATH"], MALLOC_ARENA_MAX: process.env["MALLOC_ARENA_MAX"], ...env }, stdio: ["ignore", "pipe", "inherit"] });
  const port = Number(await firstMatch(child, pattern));
  return {
    pid: child.pid ?? 0,
    port,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/** The built program, as everybody runs it. */
export const startProgram = (env: NodeJS.ProcessEnv): Promise<Server> => start("../server.js", [], { PORT: "0", LOG_LEVEL: "error", ...env }, /Letters not sent:\s+http:\/\/[^/]+:(\d+)/);

/** The bare node:http server, answering with the bytes in `file`. */
export const startRaw = (file: string): Promise<Server> => start("./raw.js", [file], {}, /^(\d+)$/);

/** The same, which asks PostgreSQL first. */
export const startRawPage = (file: string): Promise<Server> => start("./raw-page.js", [file], {}, /^(\d+)$/);

/** Runs one of our generators to its end and reads the one line that it prints. */
export async function generate<T>(file: "load.js" | "talk.js", task: object): Promise<T> {
  const child = spawn(process.execPath, [at(file)], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(task));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as T;
}

const ticksMs = 10;

/** Processor time of a process so far, user and system, in ms; undefined where the system does not say (only Linux does). */
export function processorMs(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
    // The 14th and 15th field of stat, in hundredths of a second (proc(5)).
    return (Number(fields[11]) + Number(fields[12])) * ticksMs;
  } catch {
    return undefined;
  }
}

/** The most memory that a process has had resident, in MB; undefined where the system does not say. */
export function mostMemoryMb(pid: number): number | undefined {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
