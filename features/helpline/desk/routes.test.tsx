import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import type { HttpBindings } from "@hono/node-server";
import { describe, expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import type { StaffRole } from "../../../platform/http/scope.ts";
import { streamsOfOne } from "../../../platform/http/limits.ts";
import type { Opening } from "../../../platform/live/hub.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import { endRole } from "../../accounts/people/commands.ts";
import { signOut } from "../../accounts/sign-in/commands.ts";
import { aTakenParent, helplineApp, signedInAs } from "../board/factory.ts";
import { aParent } from "../factory.ts";

const real = await openTestHouse();
/** What was opened, in order; the streams themselves stay shut. */
const openings: Opening[] = [];
const house: typeof real = { ...real, hub: { ...real.hub, open: (_response, opening) => (openings.push(opening), { ...opening, send: () => undefined }) } };
const app = helplineApp(house);

const coordinator = await makeSignedIn(house, ["coordinator"]);

const leaving: EventEmitter[] = [];
async function listen(path: string, cookie: string, destroyed = false): Promise<{ status: number; opened: Opening | undefined }> {
  const outgoing = Object.assign(new EventEmitter(), { destroyed, writableEnded: false });
  leaving.push(outgoing);
  const before = openings.length;
  const { status } = await app.request(path, { headers: { cookie } }, { outgoing } as unknown as HttpBindings);
  return { status, opened: openings[before] };
}

async function aDesk(roles: readonly StaffRole[] = ["volunteer"]) {
  const one = await makeSignedIn(house, roles);
  const { id: conversationId, path } = await aTakenParent(house, one.scope);
  return { ...one, conversationId, path, streams: ["/desk/stream", `${path}/stream`, ...(roles.includes("supervisor") ? ["/board/stream"] : [])] };
}

describe("a staff stream", () => {
  async function opened(one: Awaited<ReturnType<typeof aDesk>>): Promise<Opening[]> {
    const all = await Promise.all(one.streams.map((path) => listen(path, one.cookie)));
    const found = all.flatMap(({ opened: opening }) => (opening ? [opening] : []));
    expect(found).toHaveLength(one.streams.length);
    return found;
  }
  const allowed = (all: readonly Opening[]) => Promise.all(all.map(({ stillAllowed }) => stillAllowed?.()));

  test("is allowed while she is signed in, and no longer once she signs out", async () => {
    const ana = await aDesk();
    const streams = await opened(ana);
    expect(await allowed(streams)).toEqual([true, true]);
    await signOut(house, ana.scope);
    expect(await allowed(streams)).toEqual([false, false]);
  });

  test("ends when her session is over by itself", async () => {
    const ana = await aDesk();
    const streams = await opened(ana);
    await house.db.updateTable("member_sessions").set({ expires_at: house.now() }).where("member_id", "=", ana.id).execute();
    expect(await allowed(streams)).toEqual([false, false]);
  });

  test("ends when one of the roles that she came with ends, even where another is left", async () => {
    const judith = await aDesk(["volunteer", "supervisor"]);
    const streams = await opened(judith);
    expect(await allowed(streams)).toEqual([true, true, true]);
    await endRole(house, coordinator.scope, judith.id, "supervisor");
    expect(await allowed(streams)).toEqual([false, false, false]);
  });

  test("ends when she leaves", async () => {
    const ana = await aDesk();
    const streams = await opened(ana);
    await house.db.updateTable("members").set({ left_at: house.now() }).where("id", "=", ana.id).execute();
    expect(await allowed(streams)).toEqual([false, false]);
  });

  test("has its places: one tab too many waits, until another is left", async () => {
    const ana = await aDesk();
    leaving.length = 0;
    for (let tab = 0; tab < streamsOfOne; tab++) expect((await listen("/desk/stream", ana.cookie)).opened).toBeDefined();
    expect(await listen("/desk/stream", ana.cookie)).toEqual({ status: 429, opened: undefined });
    leaving[0]?.emit("close");
    expect((await listen("/desk/stream", ana.cookie)).opened).toBeDefined();
  });

  test("is not opened for who left while the gate was asked, and takes no place", async () => {
    const ana = await aDesk();
    for (let time = 0; time <= streamsOfOne; time++) expect((await listen("/desk/stream", ana.cookie, true)).opened).toBeUndefined();
    expect((await listen("/desk/stream", ana.cookie)).opened).toBeDefined();
  });
});

describe("who read a conversation stands in the audit", () => {
  const rows = async (memberId: string, subject: string) => (await house.db.selectFrom("audit_entries").select("id").where("act", "=", "opened").where("member_id", "=", memberId).where("subject_id", "=", subject).execute()).length;
  const ageRows = (memberId: string, minutes: number) => house.db.updateTable("audit_entries").set({ at: Temporal.Now.instant().subtract({ minutes }) }).where("member_id", "=", memberId).execute();

  test("by its stream, each time that it is opened", async () => {
    const ana = await aDesk();
    await listen(`${ana.path}/stream`, ana.cookie);
    expect(await rows(ana.id, ana.conversationId)).toBe(1);
    await listen(`${ana.path}/stream`, ana.cookie);
    expect(await rows(ana.id, ana.conversationId)).toBe(2);
  });

  test("by the part that renews itself, once in ten minutes; her page counts for it", async () => {
    const judith = await signedInAs(house, app, "Judith", ["supervisor"]);
    const { conversationId } = await aParent(house);
    const frame = () => judith.page.get(`/desk/conversations/${conversationId}/new/0`);
    expect((await frame()).text).toContain("Is anybody awake?");
    expect(await rows(judith.id, conversationId)).toBe(1);
    for (let time = 0; time < 4; time++) await frame();
    expect(await rows(judith.id, conversationId)).toBe(1);
    await ageRows(judith.id, 11);
    await frame();
    expect(await rows(judith.id, conversationId)).toBe(2);
    await judith.page.get(`/desk/conversations/${conversationId}`);
    await frame();
    expect(await rows(judith.id, conversationId)).toBe(3);
  });
});

describe("limits at the desk", () => {
  test("what pages send by themselves is bounded, and keeps no message back", async () => {
    const ana = await signedInAs(house, app, "Ana", ["volunteer"]);
    const { path } = await aTakenParent(house, ana.scope);
    const told = house.told.length;
    const answers: number[] = [];
    for (let time = 0; time < 62; time++) answers.push((await ana.page.post(`${path}/writing`)).status);
    expect(answers.filter((status) => status === 429)).toHaveLength(2);
    expect(house.told.length - told).toBe(60);
    expect((await ana.page.post(`${path}/shown`, { seq: "1" })).status).toBe(204);
    expect((await ana.page.post(`${path}/messages`, { key: randomUUID(), words: "Still here." })).status).toBe(303);
  });

  test("a conversation that is no id is just not there", async () => {
    const ana = await signedInAs(house, app, "Ana", ["volunteer"]);
    for (const id of ["-".repeat(36), "0".repeat(36), "a"]) {
      expect((await ana.page.post(`/desk/conversations/${id}/claim`)).status).toBe(404);
      expect((await ana.page.get(`/desk/conversations/${id}`)).status).toBe(404);
    }
  });
});
