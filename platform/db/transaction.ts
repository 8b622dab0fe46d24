import { sql } from "kysely";
import type { Bus } from "../live/bus.ts";
import type { Clock, Instant } from "../time/time.ts";
import type { Database, Tx } from "./database.ts";

export type Act = {
  readonly tx: Tx;
  readonly now: Instant;
  /** Topics whose streams look once this has committed. */
  readonly tell: (...topics: string[]) => void;
  /** A job that starts only if this commits: at once, or at `runAt`. The same `key` again replaces the waiting one. */
  readonly addJob: (task: string, payload: object, options?: { runAt?: Instant; key?: string; maxAttempts?: number }) => Promise<void>;
};

/** Runs one act in one transaction: its rows, its jobs and, after the commit, its wake-ups. */
export async function inTransaction<T>(house: { db: Database; bus: Bus; now: Clock }, work: (act: Act) => Promise<T>): Promise<T> {
  const topics = new Set<string>();
  const result = await house.db.transaction().execute((tx) =>
    work({
      tx,
      now: house.now(),
      tell: (...told) => told.forEach((topic) => topics.add(topic)),
      addJob: async (task, payload, { runAt, key, maxAttempts } = {}) => {
        await sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, run_at => ${runAt?.toString() ?? null}::timestamptz, job_key => ${key ?? null}, max_attempts => ${maxAttempts ?? 25})`.execute(tx);
      },
    }),
  );
  if (topics.size > 0) house.bus.tell(topics);
  return result;
}

/** Did the database refuse this row because a unique index already has it? */
export const isDuplicate = (error: unknown, constraint: string): boolean =>
  error instanceof Error && "code" in error && error.code === "23505" && "constraint" in error && error.constraint === constraint;
