import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { findNats } from "../bin/nats.mjs";
import { startSession } from "../features/accounts/commands.ts";
import { openConversation, sendMessage as keepMessage } from "../features/helpline/commands.ts";
import { aMember, aParent, onDuty, opening } from "../features/helpline/factory.ts";
import type { ParentScope, StaffScope } from "../platform/http/scope.ts";
import { FaultsBrowser, sendMessage, until } from "./faults-browser.ts";
import { StreamLife } from "./faults-stream.ts";
import { openSideDoor, type SideDoor } from "../cast/side-door.ts";
import { openStreet, serve, type Street } from "./street.ts";

type Two = { readonly a: Street; readonly b: Street; readonly door: SideDoor };

/** Two processes of the program on one database, and a door to it beside them. */
async function openTwo(variables: Record<string, string> = {}): Promise<Two> {
  const shared = { MASTER_KEY: randomBytes(32).toString("hex"), LOG_LEVEL: "error", ...variables };
  const a = await openStreet(shared);
  const b = await serve(a.url, shared);
  const door = openSideDoor(a.url, shared.MASTER_KEY);
  afterAll(async () => {
    await b.stop();
    await door.close();
  });
  return { a, b, door };
}

async function signedIn(base: string, door: SideDoor, { member }: StaffScope): Promise<FaultsBrowser> {
  const session = await startSession(door, { memberId: member.memberId, way: "demo", device: "? on ?" });
  return new FaultsBrowser(base, { cookies: { "__Host-session": session } });
}

/** A parent on process A, and a volunteer who has taken her conversation and reads its stream, on process B. */
async function aTalk({ a, b, door }: Two) {
  const { scope, token } = await openConversation(door, opening());
  const parent = new FaultsBrowser(a.base, { cookies: { "__Host-conversation": token ?? "" } });
  const volunteer = await signedIn(b.base, door, await onDuty(door, "Ana"));
  const at = `/desk/conversations/${scope.conversationId}`;
  expect((await volunteer.post(`${at}/claim`)).status).toBe(303);
  const desk = new StreamLife(volunteer, `${at}/stream`);
  const phone = new StreamLife(parent, "/conversation/stream");
  onTestFinished(async () => void (await Promise.all([desk.end(), phone.end()])));
  // Both pages are open and up to date: from here on only a wake-up brings anything new at once.
  await until(() => (desk.last >= 2 && phone.last >= 2) || undefined, "both streams are open");
  return { scope, parent, volunteer, at, desk, phone };
}

/** Milliseconds from the acknowledgement until `stream` has shown the message. */
async function shownAfter(stream: StreamLife, sending: Promise<{ seq: number; words: string }>): Promise<number> {
  const { seq, words } = await sending;
  const from = performance.now();
  const shown = await until(() => stream.shown.find((one) => one.seq === seq), `"${words}" shown`, 10);
  expect(shown.html).toContain(words);
  return performance.now() - from;
}

/** Below the period of the round that finds streams which are behind, so that only the bus can have brought it. */
const soonMs = 1000;

async function bothWays(two: Two): Promise<void> {
  const { parent, volunteer, at, desk, phone } = await aTalk(two);
  const took: number[] = [];
  for (let round = 0; round < 10; round++) {
    took.push(await shownAfter(desk, sendMessage(parent, "/conversation/messages", `Written at A ${round}`)));
    took.push(await shownAfter(phone, sendMessage(volunteer, `${at}/messages`, `Answered at B ${round}`)));
  }
  // One slow round may be the machine's; most of them would be a bus that tells nobody.
  expect(took.sort((x, y) => x - y)[10]).toBeLessThan(soonMs);
}

describe("two processes on one database", async () => {
  const two = await openTwo();

  test("a message written at one appears on a stream of the other, by LISTEN and NOTIFY", () => bothWays(two));

  test("a stream catches up when a process died between its commit and its wake-up", async () => {
    const { scope, desk } = await aTalk(two);
    const took = await shownAfter(desk, keepMessage(two.door, scope, "Nobody was told of this", crypto.randomUUID()).then((sent) => ({ seq: "seq" in sent ? sent.seq : 0, words: "Nobody was told of this" })));
    expect(took).toBeLessThan(5000);
  });

  test("a hundred parents wait, fifty volunteers take at once at both: each is taken exactly once", async () => {
    const { a, b, door } = two;
    await door.db.updateTable("conversations").set({ waiting_since: null }).execute();
    const parents: ParentScope[] = [];
    for (let at = 0; at < 100; at++) parents.push(await aParent(door));
    const volunteers = [];
    for (let at = 0; at < 50; at++) volunteers.push(await signedIn(at % 2 ? a.base : b.base, door, await onDuty(door, `Peer ${at}`, { cap: 2 })));

    // Everyone reaches for the same front of the queue, until her hands are full.
    const won = await Promise.all(
      volunteers.map(async (volunteer) => {
        const mine: string[] = [];
        for (const { conversationId } of parents) {
          if (mine.length === 2) break;
          const { status, location } = await volunteer.post(`/desk/conversations/${conversationId}/claim`);
          expect([303, 409]).toContain(status);
          if (status === 303) mine.push(location);
        }
        return mine;
      }),
    );

    expect(won.flat()).toHaveLength(100);
    expect(new Set(won.flat()).size).toBe(100);
    expect(new Set(won.map((mine) => mine.length))).toEqual(new Set([2]));
    const claims = await door.db.selectFrom("claims").select(["conversation_id", "member_id"]).where("conversation_id", "in", parents.map(({ conversationId }) => conversationId)).execute();
    expect(new Set(claims.map(({ conversation_id }) => conversation_id)).size).toBe(claims.length);
    expect(claims).toHaveLength(100);
  });

  test("a session that ends at one is over at the other", async () => {
    const { a, b, door } = two;
    const member = await aMember(door, "Ana");
    const session = await startSession(door, { memberId: member.member.memberId, way: "demo", device: "? on ?" });
    const [atA, atB] = [a, b].map(({ base }) => new FaultsBrowser(base, { cookies: { "__Host-session": session } }));
    expect((await atB?.get("/desk"))?.status).toBe(200);
    await atA?.post("/sign-out");
    expect((await atB?.get("/desk"))?.status).toBe(303);
  });
});

const nats = findNats();
if (!nats) console.warn("\nSKIPPED: there is no nats-server on this machine, so two processes over NATS were NOT tested. Run: node bin/nats.mjs\n");

describe.skipIf(!nats)("two processes over NATS", async () => {
  if (!nats) return;
  const two = await openTwo({ NATS_URL: await startNats(nats) });

  test("a message written at one appears on a stream of the other", () => bothWays(two));
});

/** Runs nats-server on a free port until the tests are over; answers its address. */
async function startNats(path: string): Promise<string> {
  const server = spawn(path, ["-a", "127.0.0.1", "-p", "-1"], { stdio: ["ignore", "ignore", "pipe"] });
  afterAll(async () => {
    server.kill("SIGTERM");
    await once(server, "exit");
  });
  const lines = createInterface({ input: server.stderr });
  for await (const line of lines) {
    const [, port] = /Listening for client connections on 127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (!port) continue;
    server.stderr.resume();
    return `nats://127.0.0.1:${port}`;
  }
  throw new Error("nats-server ended at its start.");
}
