import { randomUUID } from "node:crypto";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeEach, expect, inject, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { openDatabase, openPool } from "../../../platform/db/database.ts";
import { migrate, migrations } from "../../../platform/db/migrate.ts";
import { databaseAt } from "../../../platform/db/test-server.ts";
import { staffScope, type DeskScope } from "../../../platform/http/scope.ts";
import { prepareJobs } from "../../../platform/jobs/jobs.ts";
import { memberBySession } from "../../accounts/queries.ts";
import { makeNetwork } from "../../network/factory.ts";
import { aModerator } from "../../safety/desk/factory.ts";
import { caseOf, deskNow } from "../../safety/desk/queries.ts";
import { doJobs, listener, testNight } from "../../safety/on-call/factory.ts";
import type { CaseId } from "../../safety/types.ts";
import { aTakenParent } from "../board/factory.ts";
import { aParent, onDuty } from "../factory.ts";
import { worksheetAreas, type ConcernId } from "../types.ts";
import { acknowledgeConcern, bringToTheDesk, closeConcern, raiseConcern } from "./commands.ts";
import { concernsForDesk } from "./queries.ts";

const house = await openTestHouse();
house.setClock(testNight);
await makeNetwork(house);
const ports = { subjects: {}, rooms: { concern: concernsForDesk } };
const judith = await aModerator(house, "Judith", ["supervisor"]);

const jobsOf = (where: TestHouse) => doJobs(where, listener().reach, ["open-case", "case-taken", "settle-case"]);
const casesOf = (where: TestHouse, ids: readonly string[]) => where.db.selectFrom("cases as c").leftJoin("case_reasons as r", "r.case_id", "c.id").select(["c.id", "c.subject_id", "c.waiting_since", "r.reason", "r.why"]).where("c.subject_id", "in", [...ids]).execute();
const concernOf = async (conversationId: string) => (await house.db.selectFrom("concerns").select("id").where("conversation_id", "=", conversationId).executeTakeFirstOrThrow()).id as ConcernId;

/** As it was before concerns came to the desk. */
const forgetTheirJobs = () => house.db.withSchema("graphile_worker").deleteFrom("_private_jobs" as "network").execute();
beforeEach(forgetTheirJobs);

/** A database as it was before this migration, with what it held then, brought up to date. */
async function broughtUpToDate(first: string, fill: (client: pg.PoolClient) => Promise<void>): Promise<TestHouse> {
  const name = `half_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: databaseAt(inject("databaseUrl"), "postgres") });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = databaseAt(inject("databaseUrl"), name);
  const pool = openPool(url, 4);
  const before = migrations().filter((one) => one.name < first);
  expect(await migrate(pool, before)).toEqual(before.map((one) => one.name));
  await prepareJobs(pool, pino({ level: "silent" }));
  const client = await pool.connect();
  await client.query("begin; set local small_hours.who = 'house'");
  await fill(client);
  await client.query("commit");
  client.release();
  expect((await migrate(pool)).length).toBeGreaterThan(0);
  const db = openDatabase(pool);
  afterAll(() => db.destroy());
  return { ...house, db, url, memberBySession: (token) => memberBySession(db, token, house.now()) };
}

test("what was open in a database from before concerns came to the desk comes to it; what was closed does not", async () => {
  const [open, closed, talks] = [randomUUID(), randomUUID(), [randomUUID(), randomUUID()]];
  const old = await broughtUpToDate("20261128T0401", async (client) => {
    for (const id of talks) await client.query("insert into conversations (id, wrapped_key, opening_key, language, opened_at, parent_seen_at) values ($1, $2, $3, 'en', now(), now())", [id, house.keys.makeDataKey(id).wrapped, randomUUID()]);
    await client.query("insert into concerns (id, conversation_id, source, raised_at) values ($1, $2, 'parent_said', now())", [open, talks[0]]);
    await client.query("insert into concerns (id, conversation_id, source, raised_at, closed_at) values ($1, $2, 'parent_said', now(), now())", [closed, talks[1]]);
  });
  await makeNetwork(old);
  const vera = await aModerator(old, "Vera", ["supervisor"]);
  const shown = async () => (await deskNow(old.db, old.keys, ports, vera.scope, "en", old.now())).map((one) => [one.subjectId, one.priority, one.room?.path]);
  expect(await shown()).toEqual([]);
  await bringToTheDesk(old);
  await jobsOf(old);
  expect(await shown()).toEqual([[open, 0, `/desk/conversations/${talks[0]}/concern`]]);
  await bringToTheDesk(old);
  await jobsOf(old);
  expect(await casesOf(old, [open, closed])).toMatchObject([{ subject_id: open, reason: "concern", why: ["parent_said"] }]);
});

test("however often it runs, at once or beside the concern's own job, there is one case with one reason", async () => {
  const { conversationId } = await aParent(house, { inDanger: true });
  const id = await concernOf(conversationId);
  await Promise.all([bringToTheDesk(house), bringToTheDesk(house)]);
  await jobsOf(house);
  await bringToTheDesk(house);
  await jobsOf(house);
  expect(await casesOf(house, [id])).toHaveLength(1);
});

test("whoever has it goes on having it, and a second is asked to sit with her; closed meanwhile, it does not wait", async () => {
  const ana = await onDuty(house, "Ana", { cap: 9 });
  const [one, other] = [await aTakenParent(house, ana), await aTakenParent(house, ana)];
  for (const { desk } of [one, other]) await raiseConcern(house, desk);
  const [hers, over] = [await concernOf(one.id), await concernOf(other.id)];
  for (const id of [hers, over]) await acknowledgeConcern(house, staffScope(judith.scope.member), id);
  await forgetTheirJobs();
  await bringToTheDesk(house);
  const sheet = { worksheet: { answers: Object.fromEntries(worksheetAreas.map((area) => [area, "no" as const])), words: "" }, step: "safety_plan" as const, version: "" };
  expect(await closeConcern(house, { ...other.desk, member: judith.scope.member } as DeskScope, sheet)).toBeUndefined();
  await jobsOf(house);
  const cases = await casesOf(house, [hers, over]);
  expect(cases.find(({ subject_id }) => subject_id === hers)).toMatchObject({ why: ["volunteer"], waiting_since: expect.anything() });
  expect(cases.find(({ subject_id }) => subject_id === over)?.waiting_since).toBeNull();
  const pairings = await house.db.selectFrom("case_pairings as p").innerJoin("cases as c", "c.id", "p.case_id").select(["c.subject_id", "p.with_member"]).where("p.ended_at", "is", null).execute();
  expect(pairings).toEqual([{ subject_id: hers, with_member: judith.id }]);
  const id = cases.find(({ subject_id }) => subject_id === over)?.id as CaseId;
  expect((await caseOf(house.db, house.keys, judith.scope, id, house.now()))?.settlements.map(({ how, name }) => [how, name])).toEqual([["closed", "Judith"]]);
});
