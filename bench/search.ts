import { randomBytes } from "node:crypto";
import { loadavg } from "node:os";
import { openSideDoor } from "../cast/side-door.ts";
import { state } from "../features/directory/claims/commands.ts";
import { byCall, writeListing } from "../features/directory/factory.ts";
import { findListings } from "../features/directory/finder/queries.ts";
import { quickIndex } from "../features/directory/finder/quick/rules.ts";
import { scan } from "../features/directory/finder/rules.ts";
import { openDatabase, openPool } from "../platform/db/database.ts";
import { migrate } from "../platform/db/migrate.ts";
import { inTransaction } from "../platform/db/transaction.ts";
import { load, sizes } from "./loading.ts";
import { median, percentile } from "./numbers.ts";
import { designs, searchPostgis, startPostgis } from "./postgis.ts";
import { flexSearch, miniSearch, type Engine } from "./rivals.ts";
import { classes, makeQueries, makeServices, now, type Query, type Service } from "./services.ts";

export const counts = { "10k": 10_000, "100k": 100_000, "1M": 1_000_000 } as const;
export type Size = keyof typeof counts;
export const isSize = (text: string): text is Size => Object.hasOwn(counts, text);

type Row = readonly [what: string, measured: string, target: string, met: boolean | undefined];

const each = 30;
const rounds = 5;
/** Milliseconds at the 95th percentile: of PostgreSQL, and in memory. */
const targets: Partial<Readonly<Record<Size, readonly [number, number]>>> = { "100k": [5, 0.2], "1M": [25, 2] };
const flips = 200;

const moment = Temporal.Instant.fromEpochMilliseconds(now);
const ms = (value: number): string => value.toFixed(value < 1 ? 3 : value < 10 ? 2 : 1);

/**
 * Times of each query with each engine: in each round one engine after the other answers all of them, as a server does that has this engine
 * and no other (by turns at every query, a scan of all listings would clear the processor's caches before each). The median of the rounds counts.
 */
async function race(engines: readonly Engine[], queries: readonly Query[]): Promise<Map<string, number[]>> {
  const times = new Map(engines.map(({ name }) => [name, queries.map((): number[] => [])]));
  for (let round = 0; round < rounds; round++)
    for (const { name, search } of engines)
      for (const [at, query] of queries.entries()) {
        const from = performance.now();
        await search(query);
        times.get(name)?.[at]?.push(performance.now() - from);
      }
  return new Map([...times].map(([name, all]) => [name, all.map(median)]));
}

/** How many queries of each engine did not find what the plain scan finds. */
async function check(engines: readonly Engine[], services: readonly Service[], queries: readonly Query[]): Promise<Map<string, number>> {
  const wrong = new Map(engines.map(({ name }) => [name, 0]));
  for (const query of queries) {
    const right = scan(services, query.ask, now).map(({ listing }) => listing.id).join();
    for (const { name, search } of engines) if ((await search(query)).join() !== right) wrong.set(name, (wrong.get(name) ?? 0) + 1);
  }
  return wrong;
}

function table(size: Size, queries: readonly Query[], times: ReadonlyMap<string, readonly number[]>, wrong: ReadonlyMap<string, number>): void {
  const of = (all: readonly number[]) => [50, 95, 100].map((percent) => ms(percentile(all, percent))).join(" / ");
  const lines = [["", ...classes, "all", "unlike the scan"], ...[...times].map(([name, all]) => [name, ...classes.map((what) => of(all.filter((_, at) => queries[at]?.what === what))), of(all), `${wrong.get(name)} of ${queries.length}`])];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  console.log(`\n${size} listings, nearest 20 with words and three facets: p50 / p95 / max in ms, load ${loadavg()[0]?.toFixed(1)}`);
  for (const line of lines) console.log(line.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  "));
}

/** Nearest 20 with words and three facets, in every way there is; each answer is held against the plain scan. */
export async function searchRows(url: string, some: readonly Size[]): Promise<Row[]> {
  const rows: Row[] = [];
  const pool = openPool(url, 4);
  await migrate(pool);
  const db = openDatabase(pool);
  const postgis = await startPostgis();
  if (!postgis) rows.push(["PostGIS", "not there", "", undefined]);
  const services: Service[] = [];
  const making = makeServices(Math.max(...some.map((size) => counts[size])));
  const lap = stopwatch();
  for (const size of some) {
    const more = next(making, counts[size] - services.length);
    for (const one of more) services.push(one);
    lap(`${size} made`);
    await load(pool, more, { services: true });
    lap(`loaded: ${await sizes(pool)}`);
    if (postgis) {
      await load(postgis.pool, more, { services: false });
      lap(`loaded into ${postgis.version}: ${await sizes(postgis.pool)}`);
    }
    const index = quickIndex(services);
    lap("index made");
    const small = size !== "1M";
    const engines: Engine[] = [
      { name: "PostgreSQL", search: async ({ ask }) => (await findListings(db, ask, moment)).map(({ listing }) => listing.id) },
      { name: "in memory", search: ({ ask }) => index.search(ask, now).map(({ listing }) => listing.id) },
      ...(postgis ? designs.map((name): Engine => ({ name, search: (query) => searchPostgis(postgis.pool, name, query) })) : []),
      ...(small ? [{ name: "plain scan", search: ({ ask }: Query) => scan(services, ask, now).map(({ listing }) => listing.id) }, miniSearch(services), flexSearch(services)] : []),
    ];
    lap("rivals made");
    const queries = makeQueries(each);
    const wrong = await check(engines, services, queries);
    lap("checked");
    const times = await race(engines, queries);
    table(size, queries, times, wrong);
    const halves = makeQueries(each, { half: true });
    const ours = engines.slice(0, 2);
    const halfWrong = await check(ours, services, halves);
    const halfTimes = await race(ours, halves);
    console.log("the last word half typed:");
    table(size, halves, halfTimes, halfWrong);
    lap("measured");
    const [database, memory] = targets[size] ?? [];
    const p95 = (name: string) => percentile(times.get(name) ?? [], 95);
    if (database) rows.push([`${size} listings, PostgreSQL, p95`, `${ms(p95("PostgreSQL"))} ms`, `≤ ${database} ms`, p95("PostgreSQL") <= database]);
    if (memory) rows.push([`${size} listings, in memory, p95`, `${ms(p95("in memory"))} ms`, `≤ ${memory} ms`, p95("in memory") <= memory]);
    for (const name of ["PostgreSQL", "in memory"]) rows.push([`  ${name}: answers unlike the plain scan's`, String((wrong.get(name) ?? 0) + (halfWrong.get(name) ?? 0)), "0", (wrong.get(name) ?? 0) + (halfWrong.get(name) ?? 0) === 0]);
    const changed = await change(url);
    rows.push([`${size} listings, one answer changed (claim, listing, commit), p95`, `${ms(percentile(changed, 95))} ms (p50 ${ms(percentile(changed, 50))}, max ${ms(percentile(changed, 100))})`, "≤ 5 ms", percentile(changed, 95) <= 5]);
  }
  await postgis?.stop();
  await db.destroy();
  return rows;
}

/** Times of "yes, they have room" turning to "no" and back, as the program does it, among so many others. */
async function change(url: string): Promise<number[]> {
  const door = openSideDoor(url, randomBytes(32).toString("hex"));
  const ids = await inTransaction(door, async (act) => {
    const all = [];
    for (let at = 0; at < 20; at++) all.push(await writeListing(act, { name: `Service ${at}`, description: "Words that many have, and some that few have.", terms: ["i_medicaid", "c_free", "s_group", "p_babies"], languages: ["en", "es"] }));
    return all;
  });
  const times: number[] = [];
  for (let turn = 0; turn < flips; turn++) {
    const id = ids[turn % ids.length];
    if (!id) continue;
    const from = performance.now();
    await inTransaction(door, (act) => state(act, id, [{ field: "accepting", value: turn % 2 ? "yes" : "no" }], byCall));
    times.push(performance.now() - from);
  }
  await door.db.deleteFrom("services").where("id", "in", ids).execute();
  await door.close();
  return times;
}

/** The next so many; `take` would end what it takes from. */
function next<T>(all: Iterator<T>, many: number): T[] {
  const some: T[] = [];
  for (let one; some.length < many && !(one = all.next()).done; ) some.push(one.value);
  return some;
}

function stopwatch(): (what: string) => void {
  let from = performance.now();
  return (what) => {
    console.log(`${((performance.now() - from) / 1000).toFixed(1)} s: ${what}`);
    from = performance.now();
  };
}
