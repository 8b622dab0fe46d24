import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { startSession } from "../features/accounts/commands.ts";
import { aMember } from "../features/helpline/factory.ts";
import { entriesAfter } from "../features/helpline/queries.ts";
import { deskScope, parentScope, type ConversationId } from "../platform/http/scope.ts";
import { until } from "./faults-browser.ts";
import { chanceFrom, FaultsParent, FaultsVolunteer } from "./faults-people.ts";
import type { StreamLife } from "./faults-stream.ts";
import { openToBeKilled } from "./kept-running.ts";
import type { SideDoor } from "../cast/side-door.ts";

const parentsWriting = 40;
const volunteersAnswering = 10;
const messagesEach = 30;
const serverKills = 10;
/** Which of the kills, counted from 1, are the database's. */
const databaseKills = new Set([4, 9]);

test("forty conversations, the server killed ten times, the database twice, every stream cut: nothing acknowledged is lost, doubled or out of order", async () => {
  const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 1e6));
  const chance = chanceFrom(seed);
  const { program, door, embedded } = await openToBeKilled();
  const { base } = program.street;
  const since = performance.now();

  let acknowledged = 0;
  let killedServer = 0;
  let killedDatabase = 0;
  const count = () => void acknowledged++;

  const parents = Array.from({ length: parentsWriting }, (_, at) => new FaultsParent(base, at, chance));
  const volunteers: FaultsVolunteer[] = [];
  for (let at = 0; at < volunteersAnswering; at++) {
    const name = `Peer ${at}`;
    const { member } = await aMember(door, name);
    const session = await startSession(door, { memberId: member.memberId, way: "demo", device: "? on ?" });
    volunteers.push(new FaultsVolunteer(base, name, session, chance));
  }

  onTestFinished(async () => {
    volunteers.forEach((volunteer) => volunteer.end());
    parents.forEach((parent) => parent.end());
    await Promise.all(streamsOf(parents, volunteers).map((stream) => stream.end()));
  });

  const troubles: unknown[] = [];
  const noted = (work: Promise<void>) => work.catch((error: unknown) => void troubles.push(error));
  /** Waits for what must come, and no longer once anybody met with trouble. */
  const wait = (work: () => Promise<boolean> | boolean, what: string) =>
    until(async () => {
      if (troubles.length > 0) throw troubles[0];
      return (await work()) || undefined;
    }, what);
  const served = volunteers.map((volunteer) => noted(volunteer.serve(5, count)));
  let writing = parents.length;
  for (const parent of parents)
    void noted(
      (async () => {
        await parent.open();
        await parent.write(messagesEach, count);
        writing--;
      })(),
    );

  const kills = serverKills + databaseKills.size;
  for (let kill = 1; kill <= kills; kill++) {
    const due = (kill * parentsWriting * messagesEach) / (kills + 1);
    await wait(() => acknowledged >= due || writing === 0, `${due} messages acknowledged`);
    if (databaseKills.has(kill)) {
      const postmaster = embedded.pid;
      process.kill(postmaster, "SIGKILL");
      killedDatabase++;
      await wait(() => embedded.pid !== 0 && embedded.pid !== postmaster, "the database is started again");
      await wait(async () => {
        expect(program.street.process.exitCode, "the program outlives its database").toBeNull();
        return (await fetch(`${base}/ready`)).ok;
      }, "the program has found its database again");
    } else {
      await program.kill();
      killedServer++;
    }
    for (const stream of streamsOf(parents, volunteers)) if (chance(3)) stream.cut();
  }
  await wait(() => writing === 0, "every parent has written all");

  const lastNumber = async (id: string) => (await door.db.selectFrom("conversations").select("last_seq").where("id", "=", id).executeTakeFirstOrThrow()).last_seq;
  await wait(async () => {
    for (const { held } of volunteers) for (const [id, { stream }] of held) if (stream.last < (await lastNumber(id))) return false;
    return volunteers.every((volunteer) => volunteer.isDone());
  }, "every volunteer has seen and answered all");

  const ids = await conversationsOf(door, parents);
  for (const parent of parents) await wait(async () => (parent.stream?.last ?? 0) >= (await lastForParent(door, ids, parent)), `${parent.name} has seen all`);
  await wait(async () => (await sql`select from graphile_worker.jobs where run_at < now() and attempts < max_attempts`.execute(door.db)).rows.length === 0, "every job that is due is done, those of the killed processes too");
  volunteers.forEach((volunteer) => volunteer.end());
  await Promise.all([...served, ...streamsOf(parents, volunteers).map((stream) => stream.end())]);
  await check(door, parents, volunteers, ids);

  const streams = streamsOf(parents, volunteers);
  console.log(
    [
      `acknowledged ${acknowledged} messages in ${parents.length} conversations (${parents.flatMap(({ sent }) => sent).length} by parents), in ${((performance.now() - since) / 1000).toFixed(1)} s`,
      `killed with SIGKILL: the server ${killedServer} times, the database ${killedDatabase} times`,
      `cut ${streams.reduce((sum, { cuts }) => sum + cuts, 0)} times: ${streams.length} streams, which were shown ${streams.reduce((sum, { shown }) => sum + shown.length, 0)} entries`,
      `missing 0, doubled 0, out of order 0 (SEED=${seed})`,
    ].join("\n"),
  );
  expect({ killedServer, killedDatabase }).toEqual({ killedServer: serverKills, killedDatabase: databaseKills.size });
}, 240_000);

const streamsOf = (parents: readonly FaultsParent[], volunteers: readonly FaultsVolunteer[]): StreamLife[] => [
  ...parents.flatMap(({ stream }) => stream ?? []),
  ...volunteers.flatMap(({ held }) => [...held.values()].map(({ stream }) => stream)),
];

/** Which conversation each parent's first acknowledged message is in. */
async function conversationsOf(door: SideDoor, parents: readonly FaultsParent[]): Promise<Map<FaultsParent, ConversationId>> {
  const rows = await door.db.selectFrom("entries").select(["conversation_id", "idempotency_key"]).where("idempotency_key", "is not", null).execute();
  const byKey = new Map(rows.map((row) => [row.idempotency_key, row.conversation_id as ConversationId]));
  return new Map(parents.map((parent) => [parent, byKey.get(parent.sent[0]?.key ?? "") as ConversationId]));
}

/** Somebody before whom the wall hides nothing of any conversation. */
const supervisor = { memberId: randomUUID(), roles: new Set(["supervisor"]) } as never;

const readAs = (door: SideDoor, id: ConversationId, side: "parent" | "desk") =>
  entriesAfter(door.db, door.keys, side === "parent" ? parentScope(id) : deskScope(supervisor, id, true), 0);

async function lastForParent(door: SideDoor, ids: Map<FaultsParent, ConversationId>, parent: FaultsParent): Promise<number> {
  return (await readAs(door, ids.get(parent) as ConversationId, "parent")).at(-1)?.seq ?? 0;
}

/** The table against what was acknowledged, and each stream's whole life against the table. */
async function check(door: SideDoor, parents: readonly FaultsParent[], volunteers: readonly FaultsVolunteer[], ids: Map<FaultsParent, ConversationId>): Promise<void> {
  const conversations = await door.db.selectFrom("conversations").select(["id", "last_seq"]).execute();
  expect(new Set(ids.values()).size).toBe(parents.length);
  for (const { id, last_seq } of conversations) {
    const entries = await readAs(door, id as ConversationId, "desk");
    expect(entries.map(({ seq }) => seq), "numbers without a gap").toEqual(Array.from({ length: last_seq }, (_, at) => at + 1));
    const parent = parents.find((one) => ids.get(one) === id);
    const desk = volunteers.flatMap(({ held }) => held.get(id) ?? []);
    for (const [author, sent] of [["parent", parent?.sent ?? []], ["staff", desk.flatMap((held) => held.sent).sort((a, b) => a.seq - b.seq)]] as const) {
      const kept = entries.filter((entry) => entry.author === author && entry.kind === "message" && !entry.body?.endsWith("awake?"));
      if (author === "staff" || parent) expect(kept.map(({ sentAs, body, seq }) => ({ key: sentAs, words: body, seq })), "kept exactly as acknowledged, in its order").toEqual(sent);
    }
    for (const { stream } of desk) sameLife(stream, entries);
    if (parent?.stream) sameLife(parent.stream, await readAs(door, id as ConversationId, "parent"));
  }
}

function sameLife(stream: StreamLife, entries: Awaited<ReturnType<typeof readAs>>): void {
  expect(stream.shown.map(({ seq }) => seq), "each shown once, in order, none missing").toEqual(entries.map(({ seq }) => seq));
  for (const [at, { body }] of entries.entries()) if (body) expect(stream.shown[at]?.html).toContain(body);
}

