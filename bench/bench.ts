// How fast is it, on this machine, beside a bare node:http server? Prints one table. Run: npm run bench
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { startEmbedded } from "../platform/db/embedded.ts";
import { makeCommunity, plainList } from "./community.ts";
import { makeNight, type Night } from "./night.ts";
import { median, spread } from "./numbers.ts";
import { generate, mostMemoryMb, processorMs, startProgram, startRaw, startRawPage, type Server } from "./processes.ts";
import { groupRows } from "./groups.ts";
import { importRows } from "./imports.ts";
import { openDataRows } from "./open-data.ts";
import { isSize, searchRows } from "./search.ts";
import type { Load, LoadResult } from "./load.ts";
import type { TalkLoad, TalkResult } from "./talk.ts";

const runs = 3;
const seconds = 5;
const connections = 32;
const openConversations = 1000;
const messagesASecond = 50;
const browser = { "accept-encoding": "gzip, deflate, br", "accept-language": "en-US" };

type Row = readonly [what: string, measured: string, target: string, met: boolean | undefined];
type Run = { perSecond: number; cpuMs: number; p95: number };

/** One run of a load against a server, with the processor time that the server spent on each request. */
async function run(server: Server, load: Partial<Load>): Promise<Run> {
  const before = processorMs(server.pid);
  const result = await generate<LoadResult>("load.js", { host: "127.0.0.1", port: server.port, connections, seconds, headers: browser, ...load });
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.done} requests to ${load.path} were not answered with 200.`);
  const spent = (processorMs(server.pid) ?? Number.NaN) - (before ?? Number.NaN);
  return { perSecond: result.done / result.seconds, cpuMs: spent / result.done, p95: result.p95 };
}

async function several(server: Server, load: Partial<Load>): Promise<Run[]> {
  await run(server, { ...load, seconds: 2 });
  const all: Run[] = [];
  for (let at = 0; at < runs; at++) all.push(await run(server, load));
  return all;
}

const rate = (all: readonly Run[]) => spread(all.map(({ perSecond }) => perSecond));
const cost = (all: readonly Run[]) => spread(all.map(({ cpuMs }) => cpuMs), 3);

async function home(program: Server, folder: string): Promise<Row[]> {
  const answer = await fetch(`http://localhost:${program.port}/`, { headers: browser });
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !["connection", "date", "keep-alive", "transfer-encoding", "content-encoding", "content-length"].includes(name)));
  const bytes = Buffer.from(await answer.arrayBuffer());
  const coded = await codedBytes(program);
  const file = join(folder, "home.json");
  writeFileSync(file, JSON.stringify({ headers: { ...headers, ...coded.headers }, body: coded.body.toString("base64") }));
  const raw = await startRaw(file);
  await run(raw, { path: "/", seconds: 2 });
  await run(program, { path: "/", seconds: 2 });
  const [ours, theirs]: [Run[], Run[]] = [[], []];
  for (let at = 0; at < runs; at++) {
    theirs.push(await run(raw, { path: "/" }));
    ours.push(await run(program, { path: "/" }));
  }
  await raw.stop();
  const ratios = ours.map(({ perSecond }, at) => perSecond / (theirs[at]?.perSecond ?? Number.NaN));
  return [
    [`raw node:http, home's ${coded.body.length.toLocaleString("en")} bytes (${bytes.length.toLocaleString("en")} unpacked)`, `${rate(theirs)} requests/s, ${cost(theirs)} ms CPU`, "", undefined],
    ["home", `${rate(ours)} requests/s, ${cost(ours)} ms CPU`, "", undefined],
    ["home / raw", spread(ratios, 2), "≥ 0.40", median(ratios) >= 0.4],
  ];
}

/** A page as it goes over the line, still packed (fetch would unpack it). */
async function codedBytes(program: Server, path = "/", headers: Record<string, string> = browser): Promise<{ body: Buffer; headers: Record<string, string> }> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    request({ port: program.port, host: "127.0.0.1", path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
        const body = Buffer.concat(chunks);
        resolve({ body, headers: { "content-encoding": response.headers["content-encoding"] ?? "identity", "content-length": String(body.length) } });
      });
    })
      .on("error", reject)
      .end();
  });
}

async function page(program: Server, what: string, path: string, cookie: string): Promise<Row[]> {
  // Our script has told the zone, as on every visit after the first page.
  const all = await several(program, { path, headers: { ...browser, cookie: `${cookie}; __Host-zone=America/Los_Angeles` } });
  const [perSecond, cpu] = [median(all.map((each) => each.perSecond)), median(all.map((each) => each.cpuMs))];
  return [
    [what, `${rate(all)} requests/s`, "≥ 800", perSecond >= 800],
    ["  its CPU in Node", `${cost(all)} ms`, "≤ 1.20", cpu <= 1.2],
  ];
}

/** As NodeBB was measured: eight connections, 1,000 topics, 11,000 posts; beside a bare page of the same bytes and rows, in turns. */
async function community(): Promise<Row[]> {
  const masterKey = randomBytes(32).toString("hex");
  const program = await startProgram({ DATABASE_URL: database.url, MASTER_KEY: masterKey, DATA_DIR: folder });
  const { cookie, space, topic, close } = await makeCommunity(database.url, masterKey, 1000);
  const load = { connections: 8, headers: { ...browser, cookie: `${cookie}; __Host-zone=America/Los_Angeles` } };
  const [list, thread] = [`/community/spaces/${space}`, `/community/topics/${topic}`];
  const coded = await codedBytes(program, list, load.headers);
  const file = join(folder, "page.json");
  writeFileSync(file, JSON.stringify({ headers: { "content-type": "text/html; charset=utf-8", ...coded.headers }, body: coded.body.toString("base64"), url: database.url, query: plainList, values: [space] }));
  const raw = await startRawPage(file);
  for (const server of [raw, program]) await run(server, { ...load, path: list, seconds: 2 });
  const [ours, theirs, threads]: [Run[], Run[], Run[]] = [[], [], []];
  for (let at = 0; at < runs; at++) {
    theirs.push(await run(raw, { ...load, path: list }));
    ours.push(await run(program, { ...load, path: list }));
    threads.push(await run(program, { ...load, path: thread }));
  }
  const memory = mostMemoryMb(program.pid) ?? Number.NaN;
  await raw.stop();
  await program.stop();
  await close();
  const ratios = ours.map(({ perSecond }, at) => perSecond / (theirs[at]?.perSecond ?? Number.NaN));
  const [perSecond, cpu, p95] = [median(ours.map((each) => each.perSecond)), median(ours.map(({ cpuMs }) => cpuMs)), median(ours.map((each) => each.p95))];
  return [
    [`raw Node and PostgreSQL, the list's ${coded.body.length.toLocaleString("en")} bytes and 20 rows`, `${rate(theirs)} requests/s, p95 ${spread(theirs.map((each) => each.p95), 1)} ms, ${cost(theirs)} ms CPU`, "", undefined],
    ["a member's list of 20 topics of 1,000", `${rate(ours)} requests/s`, "≥ 800", perSecond >= 800],
    ["  beside raw", spread(ratios, 2), "≥ 0.20", median(ratios) >= 0.2],
    ["  p95, 8 connections", `${spread(ours.map((each) => each.p95), 1)} ms`, "≤ 25 ms", p95 <= 25],
    ["  its CPU in Node", `${cost(ours)} ms`, "≤ 1.20", cpu <= 1.2],
    ["a topic of 11 posts", `${rate(threads)} requests/s, p95 ${spread(threads.map((each) => each.p95), 1)} ms, ${cost(threads)} ms CPU`, "", undefined],
    ["most memory of the program", `${spread([memory])} MB`, "≤ 200 MB", memory <= 200],
  ];
}

async function durable(program: Server, { talks, door }: Night): Promise<Row[]> {
  const kept = async () => (await door.db.selectFrom("entries").select(sql<number>`count(*)::int`.as("n")).executeTakeFirstOrThrow()).n;
  const load = { path: "/conversation/messages", headers: { accept: "application/json" }, cookies: talks.map(({ parent }) => parent) };
  const before = await kept();
  const all = await several(program, load);
  const written = (await kept()) - before;
  const { fsync } = (await sql<{ fsync: string }>`show fsync`.execute(door.db)).rows[0] ?? { fsync: "?" };
  return [[`messages kept over HTTP, ${connections} connections, fsync ${fsync}, ${written.toLocaleString("en")} rows`, `${rate(all)} a second, p95 ${spread(all.map(({ p95 }) => p95), 0)} ms, ${cost(all)} ms CPU`, "≥ 1,000", median(all.map(({ perSecond }) => perSecond)) >= 1000 && fsync === "on"]];
}

async function talking(start: () => Promise<Server>, { talks }: Night): Promise<Row[]> {
  const results: TalkResult[] = [];
  const memory: number[] = [];
  const busy: number[] = [];
  for (let at = 0; at < runs; at++) {
    const program = await start();
    const before = processorMs(program.pid) ?? Number.NaN;
    const from = performance.now();
    results.push(await generate<TalkResult>("talk.js", { host: "127.0.0.1", port: program.port, talks, aSecond: messagesASecond, seconds: 20 } satisfies TalkLoad));
    busy.push((((processorMs(program.pid) ?? Number.NaN) - before) / (performance.now() - from)) * 100);
    memory.push(mostMemoryMb(program.pid) ?? Number.NaN);
    await program.stop();
  }
  const missing = results.reduce((sum, one) => sum + one.missing + one.failed, 0);
  const p95 = results.map((one) => one.p95);
  return [
    [`accepted → shown, p95; ${openConversations.toLocaleString("en")} conversations, ${results[0]?.streams.toLocaleString("en")} streams, ${messagesASecond} messages/s`, `${spread(p95, 1)} ms (p50 ${spread(results.map((one) => one.p50), 1)})`, "≤ 100 ms", median(p95) <= 100],
    ["  sent → shown, p95", `${spread(results.map((one) => one.sentP95), 1)} ms`, "", undefined],
    ["  not shown, or refused", String(missing), "0", missing === 0],
    ["  most memory of the Node process", `${spread(memory)} MB; ${spread(busy)} % of one core`, "≤ 700 MB", median(memory) <= 700],
  ];
}

function print(rows: readonly Row[]): void {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const [what, measured, target, met] of rows) console.log(`${what.padEnd(widths[0] ?? 0)}  ${measured.padEnd(widths[1] ?? 0)}  ${target.padEnd(widths[2] ?? 0)}  ${met === undefined ? "" : met ? "met" : "NOT MET"}`);
}

const folder = mkdtempSync(join(tmpdir(), "small-hours-bench-"));
const database = await startEmbedded({ dataDir: folder, log: () => undefined });
const only = process.argv.slice(2).filter((word) => !isSize(word));
const wants = (...stages: string[]) => only.length === 0 || stages.some((stage) => only.includes(stage));
const rows: Row[] = [];
if (wants("home", "pages", "messages", "talk")) rows.push(...(await served()));
if (wants("open-data")) rows.push(...(await openDataRows(database.url, () => startProgram({ DATABASE_URL: database.url, MASTER_KEY: randomBytes(32).toString("hex"), DATA_DIR: folder }))));
if (wants("community")) rows.push(...(await community()));
if (wants("groups")) rows.push(...(await groupRows(database.url)));
const sizes = process.argv.slice(2).filter(isSize);
if (wants("import")) rows.push(...(await importRows(database.url, folder, sizes.length > 0 ? sizes : ["1M"])));
if (wants("search")) {
  rows.push(...(await searchRows(database.url, sizes.length > 0 ? sizes : ["10k", "100k", "1M"])));
}
console.log(`\n${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.versions.node}; the server, PostgreSQL and the load generator share them. Load at the end: ${loadavg().map((load) => load.toFixed(1)).join(" ")}.`);
console.log(`Median of ${runs} runs (least–most); of a search, of 5 rounds.\n`);
print(rows);
await database.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(rows.some(([, , , met]) => met === false) ? 1 : 0);

async function served(): Promise<Row[]> {
  const masterKey = randomBytes(32).toString("hex");
  const start = () => startProgram({ DATABASE_URL: database.url, MASTER_KEY: masterKey, DATA_DIR: folder });
  const program = await start();
  const night = await makeNight(database.url, masterKey, openConversations);
  const measured: Row[] = [];
  if (wants("home")) measured.push(...(await home(program, folder)));
  if (wants("pages")) measured.push(...(await page(program, "the desk with 20 parents waiting, gzip", "/desk", night.idleVolunteer)));
  if (wants("pages")) measured.push(...(await page(program, "a parent's conversation with 20 entries, gzip", "/conversation", night.longTalk)));
  if (wants("messages")) measured.push(...(await durable(program, night)));
  await program.stop();
  if (wants("talk")) measured.push(...(await talking(start, night)));
  await night.close();
  return measured;
}
