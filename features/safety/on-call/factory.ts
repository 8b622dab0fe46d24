import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { Reach, Reached } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import { pageNeeded, type PageNeeded } from "../events.ts";
import { safetyJobs } from "../jobs.ts";
import type { PageId, Rank } from "./types.ts";

/** Far from the database's own clock, so that a job for later is one for later in every test. */
export const testNight = "2031-11-24T08:00:00Z";

export const aNeed = (changed: Partial<PageNeeded> = {}): PageNeeded => ({ subjectKind: "post", subjectId: randomUUID(), reason: "selfHarm", path: "/forum/posts/one", ...changed });

/** Somebody is needed, as another feature says so: by a job in its own transaction, which is done at once. */
export async function aPage(house: House, changed: Partial<PageNeeded> = {}): Promise<PageId> {
  const need = aNeed(changed);
  await inTransaction(house, ({ addJob }) => addJob(...pageNeeded(need)));
  await doJobs(house, listener().reach, ["raise-page"]);
  const { id } = await house.db.selectFrom("pages").select("id").where("subject_id", "=", need.subjectId).where("closed_at", "is", null).executeTakeFirstOrThrow();
  return id as PageId;
}

/** On call from an hour ago for so many hours. */
export async function onCall(house: House, memberId: MemberId, rank: Rank, hours = 8): Promise<void> {
  const from = house.now().subtract({ hours: 1 });
  await house.db.insertInto("on_call_shifts").values({ member_id: memberId, rank, from_at: from, until_at: from.add({ hours: hours + 1 }), given_at: from }).execute();
}

/** Keeps who was called and with what; `answers` says how it went out. */
export function listener(answers: (memberId: MemberId) => Reached = () => "sent"): { readonly calls: { readonly to: MemberId; readonly message: Parameters<Reach>[1] }[]; readonly reach: Reach } {
  const calls: { to: MemberId; message: Parameters<Reach>[1] }[] = [];
  return {
    calls,
    reach: (to, message) => {
      const reached = answers(to);
      if (reached === "sent") calls.push({ to, message });
      return Promise.resolve(reached);
    },
  };
}

/** What becomes of one turn of a job: done; done and then killed before that was written down; killed before. */
export type Turn = "done" | "done_and_killed" | "killed";

const mostTurns = 500;

/** Does every job of the safety desk (or those named) that is due by the house's clock, until none is; a job that fails is tried six times. */
export async function doJobs(house: House, reach: Reach, only?: readonly string[], turn: () => Turn = () => "done"): Promise<void> {
  const jobs = safetyJobs(house, reach);
  const names = only ?? Object.keys(jobs);
  const failures = new Map<string, number>();
  for (let count = 0; count < mostTurns; count++) {
    const { rows } = await sql<{ id: string; task: string; payload: unknown }>`
      select p.id, t.identifier as task, p.payload from graphile_worker._private_jobs p join graphile_worker._private_tasks t on t.id = p.task_id
      where t.identifier = any (${names}) and p.run_at <= ${house.now()} order by p.run_at, p.id limit 1`.execute(house.db);
    const job = rows[0];
    if (!job) return;
    const end = turn();
    if (end === "killed") continue;
    // While it runs its key is free, as in the worker: what it adds under the same key is a job of its own.
    await sql`update graphile_worker._private_jobs set key = null where id = ${job.id}`.execute(house.db);
    const failed = await jobs[job.task]?.(job.payload).then(
      () => false,
      () => true,
    );
    if (failed) failures.set(job.id, (failures.get(job.id) ?? 0) + 1);
    if (end === "done_and_killed" || (failed && (failures.get(job.id) ?? 0) < 6)) continue;
    await sql`delete from graphile_worker._private_jobs where id = ${job.id}`.execute(house.db);
  }
  throw new Error("the jobs find no end");
}
