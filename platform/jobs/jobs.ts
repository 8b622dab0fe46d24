import { setTimeout as pause } from "node:timers/promises";
import { Logger as WorkerLogger, run, runMigrations, type Runner } from "graphile-worker";
import type pg from "pg";
import type { Logger } from "pino";

/** A job by name; it gets the payload it was added with and may run again after a failure, so it must bear a second run. */
export type Jobs = Readonly<Record<string, (payload: unknown) => Promise<void>>>;

/** A job that runs again and again, on one process at a time: name → crontab line (UTC). */
export type Rounds = Readonly<Record<string, string>>;

const quiet = (log: Logger) =>
  new WorkerLogger(() => (level, message) => {
    // The job's name alone: an error's text could quote what somebody wrote.
    if (level === "error") log.error({ job: /\(([\w-]+)[,)]/.exec(message)?.[1] }, "a job failed and will be tried again");
  });

/** Creates or updates the job tables; add_job works from then on. */
export const prepareJobs = (pool: pg.Pool, log: Logger): Promise<void> => runMigrations({ pgPool: pool, logger: quiet(log) });

const againAfterMs = 1000;
// Without them a job's end is written outside of any promise that somebody waits for, and a lost database would end the whole process.
const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };

/** Starts taking jobs; stop() lets those under way finish. A runner that lost its database ends itself, and a new one goes on. */
export async function startJobs(pool: pg.Pool, jobs: Jobs, rounds: Rounds, log: Logger): Promise<{ stop(): Promise<void> }> {
  const taskList = Object.fromEntries(Object.entries(jobs).map(([name, work]) => [name, (payload: unknown) => work(payload)]));
  const crontab = Object.entries(rounds)
    .map(([name, line]) => `${line} ${name}`)
    .join("\n");
  const begin = () => run({ preset, pgPool: pool, taskList, crontab, concurrency: 4, noHandleSignals: true, pollInterval: 1000, logger: quiet(log) });
  const stopping = new AbortController();
  let runner: Runner | undefined = await begin();
  const kept = (async () => {
    while (!stopping.signal.aborted) {
      await runner?.promise.catch(() => undefined);
      if (!stopping.signal.aborted) log.warn("the jobs have stopped; they are started again");
      await pause(againAfterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      runner = stopping.signal.aborted ? undefined : await begin().catch(() => undefined);
    }
    await runner?.stop();
  })();
  return {
    async stop() {
      stopping.abort();
      await runner?.stop().catch(() => undefined);
      await kept.catch(() => undefined);
    },
  };
}

/**
 * Frees the jobs of a process that was killed. No job of ours takes a minute, so one that is held for two has lost its holder;
 * left alone, the queue would wait four hours for it.
 */
export async function freeStuckJobs(pool: pg.Pool): Promise<void> {
  await pool.query(
    "select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_at < now() - interval '2 minutes'))",
  );
}
