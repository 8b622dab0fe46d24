import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { openPool } from "../db/database.ts";
import { startJobs } from "./jobs.ts";
import { lookAfterJobs, rhythm, signOfLife } from "./signs-of-life.ts";

const house = await openTestHouse();
const { url } = house;
const pool = openPool(url, 4);
const log = pino({ level: "silent" });
const quick = { showEveryMs: 100, lookEveryMs: 600 };

const addJob = (task: string) => pool.query("select graphile_worker.add_job($1)", [task]);
const holderOf = async (task: string) => (await pool.query<{ locked_by: string | null }>("select locked_by from graphile_worker.jobs where task_identifier = $1", [task])).rows[0]?.locked_by ?? null;

/** Another process that takes one job of `task` and never ends it; answered once it holds the job. */
async function holderElsewhere(task: string): Promise<{ kill(): Promise<void> }> {
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `import { pino } from "pino";
    import { openPool } from ${from("../db/database.ts")};
    import { startJobs } from ${from("./jobs.ts")};
    const url = ${JSON.stringify(url)};
    const hold = () => new Promise(() => process.stdout.write("held"));
    await startJobs({ pool: openPool(url, 4), url }, { ${task}: hold }, {}, pino({ level: "silent" }), ${JSON.stringify(quick)});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname, stdio: ["ignore", "pipe", "inherit"] });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  onTestFinished(kill);
  await addJob(task);
  await once(child.stdout, "data");
  return { kill };
}

test("the job of a process that was killed is done by another, and a living process keeps its own however long it takes", async () => {
  await holderElsewhere("write");
  const writer = await holderOf("write");
  const killed = await holderElsewhere("page");
  const done = Promise.withResolvers<string | null>();
  // Whoever freed the page has looked at the writer just as often.
  const jobs = { page: async () => done.resolve(await holderOf("write")), write: async () => undefined };
  const here = await startJobs({ pool, url }, jobs, {}, log, quick);
  onTestFinished(() => here.stop());
  await killed.kill();
  expect(writer).not.toBeNull();
  expect(await done.promise).toBe(writer);
});

test("a killed process's jobs are free within the quarter of a minute in which the line is swept", () => {
  expect(rhythm.lookEveryMs * 4).toBeLessThan(15_000);
  // Three signs may be lost on the way before anybody is taken for dead.
  expect(rhythm.lookEveryMs * 3).toBeGreaterThan(rhythm.showEveryMs * 4);
});

async function held(by: string) {
  await pool.query("delete from job_workers");
  await addJob("held");
  await pool.query("update graphile_worker._private_jobs set locked_by = $1, locked_at = now()", [by]);
}

test("a process that shows itself between the looks is not taken for dead, though its connection is lost each time", async () => {
  await held("pool-steady");
  const sign = signOfLife(url, () => "pool-steady");
  onTestFinished(() => sign.end());
  const look = lookAfterJobs(pool);
  for (let turn = 0; turn < 6; turn++) {
    await sign.show();
    expect(await look()).toEqual([]);
    await pool.query("select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'small-hours jobs' and datname = current_database()");
  }
  expect(await holderOf("held")).toBe("pool-steady");
});

test("a worker that never showed itself, or that fell silent, is given three looks and no fourth", async () => {
  await held("pool-silent");
  const look = lookAfterJobs(pool);
  for (let turn = 0; turn < 3; turn++) expect(await look()).toEqual([]);
  expect(await look()).toEqual(["pool-silent"]);
  expect(await holderOf("held")).toBeNull();
  expect(await look()).toEqual([]);
});

test("looks before the database was away count for nothing after it, since nobody could show anything", async () => {
  await held("pool-waiting");
  let away = false;
  class AwayAtTimes extends pg.Pool {
    override query(...args: unknown[]): never {
      if (away) return Promise.reject(new Error("The database is away.")) as never;
      return super.query(...(args as Parameters<pg.Pool["query"]>)) as never;
    }
  }
  const seldom = new AwayAtTimes({ connectionString: url });
  onTestFinished(() => seldom.end());
  const look = lookAfterJobs(seldom);
  for (let turn = 0; turn < 3; turn++) await look();
  away = true;
  await expect(look()).rejects.toThrow("away");
  away = false;
  for (let turn = 0; turn < 3; turn++) expect(await look()).toEqual([]);
  expect(await look()).toEqual(["pool-waiting"]);
});

test("a job that a living process holds without knowing it, since the answer never came, is done after all", async () => {
  await pool.query("delete from job_workers");
  const done = Promise.withResolvers<void>();
  const here = await startJobs({ pool, url }, { lost: async () => done.resolve() }, {}, log, quick);
  onTestFinished(() => here.stop());
  await expect.poll(async () => (await pool.query("select from job_workers")).rowCount).toBe(1);
  // As the database kept it: taken and committed, and then the line was cut.
  await pool.query("select graphile_worker.add_job('lost', run_at => now() + interval '1 hour')");
  await pool.query("update graphile_worker._private_jobs set locked_by = (select id from job_workers), locked_at = now(), run_at = now() where run_at > now() + interval '30 minutes'");
  await done.promise;
});

test("a process that stops in order takes its sign with it", async () => {
  await pool.query("delete from job_workers");
  const here = await startJobs({ pool, url }, { page: async () => undefined }, {}, log, quick);
  await expect.poll(async () => (await pool.query("select from job_workers")).rowCount).toBe(1);
  await here.stop();
  expect((await pool.query("select from job_workers")).rowCount).toBe(0);
});
