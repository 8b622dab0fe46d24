import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { HandsDone, HandsWork } from "../../../cast/hands-at-seats.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { makeNetwork } from "../../network/factory.ts";
import { makeGroup } from "../factory.ts";
import { sessionsOf } from "../queries.ts";
import type { SessionId } from "../types.ts";
import { mostMissed } from "./rules.ts";

const house = await openTestHouse();
await makeNetwork(house);
const processes = 3;
/** 100,000 by OPS. */
const acts = Number(process.env["OPS"] ?? 1500);
const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 1e6));

/** A process of its own. */
async function hands(work: HandsWork): Promise<HandsDone> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("../../../cast/hands-at-seats.ts", import.meta.url))], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(work));
  const said: Buffer[] = [];
  for await (const chunk of child.stdout) said.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(said).toString()) as HandsDone;
}

test(`${acts} acts at once from ${processes} processes: at no commit is a seat given twice, or idle while somebody would take it (SEED=${seed})`, async () => {
  // At the end of each transaction the database itself looks.
  await sql`create function look_at_seats() returns trigger language plpgsql as ${sql.lit(`
    declare of_all int; taken int; waiting int; looked_at uuid;
    begin
      foreach looked_at in array array[new.session_id, coalesce(old.session_id, new.session_id)] loop
        select seats into of_all from group_sessions where id = looked_at;
        select count(place), count(*) filter (where place is null and offers_missed < ${mostMissed}) into taken, waiting from seats where session_id = looked_at and released_at is null;
        if taken > of_all then raise exception 'OVERSOLD'; end if;
        if taken < of_all and waiting > 0 then raise exception 'IDLE'; end if;
      end loop;
      return null;
    end`)}`.execute(house.db);
  await sql`create constraint trigger look after insert or update on seats deferrable initially deferred for each row execute function look_at_seats()`.execute(house.db);
  await sql`create sequence evening_clock`.execute(house.db);
  const sessions: SessionId[] = [];
  // Far away, so that offers are made all the time.
  for (const seats of [3, 8, 16]) {
    const series = await makeGroup(house, { seats, starts: "2026-12-29" });
    // Two days of each, between which seats move to and fro.
    const days = await sessionsOf(house.db, { from: house.now(), series: [series] });
    sessions.push(...days.slice(0, 2).map(({ id }) => id));
  }
  await sql`update group_sessions set starts_at = starts_at + interval '10 years', ends_at = ends_at + interval '10 years'`.execute(house.db);

  const masterKey = randomBytes(32).toString("hex");
  const all = await Promise.all(Array.from({ length: processes }, (_, at) => hands({ url: house.url, masterKey, sessions, acts: Math.ceil(acts / processes), seed: seed + at, from: house.now().toString(), clock: "evening_clock" })));

  expect(all.flatMap(({ failed }) => failed)).toEqual([]);
  expect(all.reduce((sum, one) => sum + one.acts, 0)).toBeGreaterThanOrEqual(acts);
  for (const what of ["seated", "waited", "accepted", "moved"] as const) expect(all.reduce((sum, one) => sum + one[what], 0), what).toBeGreaterThan(0);
  // What was freed was offered in the same transaction, so within no time at all.
  const late = await sql`select from graphile_worker.jobs where task_identifier = 'tell-seat' and run_at > now()`.execute(house.db);
  expect(late.rows).toEqual([]);
}, 3_600_000);
