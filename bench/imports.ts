import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { makeExport } from "./exports.ts";
import { flagsOf, mostMemoryMb, processorMs } from "./processes.ts";
import { counts, type Size } from "./search.ts";

type Row = readonly [what: string, measured: string, target: string, met: boolean | undefined];

/** For a million services. Fewer are told without a target: with them the start of the program and the making of its tables count. */
const mostSeconds = 600;
const whole = (value: number): string => Math.round(value).toLocaleString("en");

/** Brings a generated export in by the command that everybody uses, beside a plain copy of the same lines into one table without an index. */
export async function importRows(admin: string, folder: string, sizes: readonly Size[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const made = await makeExport(join(folder, "export"), counts[size]);
    const plain = await plainCopy(admin, made.tables);
    const ours = await bringIn(admin, folder, made.zip);
    const aSecond = counts[size] / ours.seconds;
    rows.push(
      [`plain copy of ${whole(made.rows)} lines into one table without an index`, `${plain.toFixed(1)} s, ${whole(made.rows / plain)} rows/s`, "", undefined],
      [`import of ${size} services with their ${whole(made.rows)} rows, as npm run directory:import does`, `${ours.seconds.toFixed(0)} s, ${whole(made.rows / ours.seconds)} rows/s, ${whole(aSecond)} services/s`, ...(size === "1M" ? (["< 600 s", ours.seconds < mostSeconds] as const) : (["", undefined] as const))],
      ["  its Node process", `${ours.cpuSeconds.toFixed(0)} s of a processor, at most ${whole(ours.memoryMb)} MB`, "≤ 1,000 MB", ours.memoryMb <= 1_000],
      ["  times as long as the plain copy", (ours.seconds / plain).toFixed(1), "", undefined],
      ["  listed and found after it", whole(ours.listed), whole(counts[size]), ours.listed === counts[size]],
    );
    rmSync(join(folder, "export"), { recursive: true, force: true });
  }
  return rows;
}

async function plainCopy(url: string, tables: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("create table plain_rows (line text)");
  const begun = performance.now();
  await client.query("begin");
  for (const table of tables) await pipeline(createReadStream(table, { highWaterMark: 1 << 18 }), client.query(copyFrom("copy plain_rows (line) from stdin")));
  await client.query("commit");
  const seconds = (performance.now() - begun) / 1000;
  await client.query("drop table plain_rows");
  await client.end();
  return seconds;
}

type Brought = { readonly seconds: number; readonly cpuSeconds: number; readonly memoryMb: number; readonly listed: number };

/** On a database of its own, by the built command. */
async function bringIn(admin: string, folder: string, zip: string): Promise<Brought> {
  const name = `import_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  await client.query(`create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const begun = performance.now();
  const child = spawn(process.execPath, [...flagsOf("directory:import"), fileURLToPath(new URL("../bin/directory-import.js", import.meta.url)), zip, "Benchmark"], { env: { PATH: process.env["PATH"], MALLOC_ARENA_MAX: process.env["MALLOC_ARENA_MAX"], DATABASE_URL: url.href, DATA_DIR: folder, MASTER_KEY: randomBytes(32).toString("hex"), LOG_LEVEL: "error" }, stdio: ["ignore", "inherit", "inherit"] });
  let [cpu, memory, ended] = [0, 0, false];
  const exit = once(child, "exit").then(([code]) => {
    ended = true;
    if (code !== 0) throw new Error(`The import ended with ${String(code)}.`);
  });
  while (!ended) {
    cpu = processorMs(child.pid ?? 0) ?? cpu;
    memory = Math.max(memory, mostMemoryMb(child.pid ?? 0) || 0);
    await Promise.race([exit, pause(250)]);
  }
  await exit;
  const seconds = (performance.now() - begun) / 1000;
  const here = new pg.Client({ connectionString: url.href });
  await here.connect();
  const { rows } = await here.query<{ n: number }>("select count(*)::int as n from listings l join services s on s.id = l.service_id join directory_sources d on d.id = s.source_id where d.name = 'Benchmark'");
  await here.end();
  // Nobody is in it but PostgreSQL itself, which tidies up after so many rows: asked by name it lets go, by force it refuses.
  await client.query(`drop database ${name}`);
  await client.end();
  return { seconds, cpuSeconds: cpu / 1000, memoryMb: memory, listed: rows[0]?.n ?? 0 };
}
