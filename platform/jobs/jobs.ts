import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Logger as WorkerLogger, run, runMigrations, type JobHelpers, type Runner, type WorkerEvents } from "graphile-worker";
import type pg from "pg";
import type { Logger } from "pino";
import { lookAfterJobs, lookForLost, rhythm, signOfLife, type Rhythm } from "./signs-of-life.ts";

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

/**
 * Starts taking jobs; stop() lets those under way finish. A runner that lost its database ends itself, and a new one goes on.
 * All the while this process shows that it lives, and frees the jobs of those that live no more.
 */
export async function startJobs({ pool, url }: { pool: pg.Pool; url: string }, jobs: Jobs, rounds: Rounds, log: Logger, { showEveryMs, lookEveryMs }: Rhythm = rhythm): Promise<{ stop(): Promise<void> }> {
  const underWay = new Set<string>();
  const doing = (work: Jobs[string]) => (payload: unknown, { job }: JobHelpers) => {
    underWay.add(job.id);
    return work(payload).finally(() => underWay.delete(job.id));
  };
  const taskList = Object.fromEntries(Object.entries(jobs).map(([name, work]) => [name, doing(work)]));
  const crontab = Object.entries(rounds)
    .map(([name, line]) => `${line} ${name}`)
    .join("\n");
  let holder: string | undefined;
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => void (holder = workerPool.id));
  const begin = () => run({ preset, pgPool: pool, taskList, crontab, events, concurrency: 4, noHandleSignals: true, pollInterval: 1000, logger: quiet(log) });
  const [stopping, stopped] = [new AbortController(), new AbortController()];
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
  const sign = signOfLife(url, () => holder);
  const [look, lookAtOurs] = [lookAfterJobs(pool), lookForLost(pool, () => holder, underWay)];
  const freeing = async () => {
    const gone = await look();
    if (gone.length > 0) log.warn({ processes: gone.length }, "the jobs of a process that is gone are free again");
    // The next runner has another name, so that these are freed as those of one who is gone.
    if ((await lookAtOurs()).length > 0) void runner?.stop().catch(() => undefined);
  };
  const watching = [every(showEveryMs, sign.show, stopped.signal), every(lookEveryMs, freeing, stopped.signal)];
  return {
    async stop() {
      stopping.abort();
      await runner?.stop().catch(() => undefined);
      await kept.catch(() => undefined);
      // Only now: until its last job was done, this process lived.
      stopped.abort();
      await Promise.all(watching);
      await sign.end();
    },
  };
}

/** Does it now and again and again until the signal. A turn that fails (the database is away) is followed by the next. */
async function every(ms: number, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await work().catch(() => undefined);
    await pause(ms, undefined, { signal }).catch(() => undefined);
  }
}
