import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { seatScope, type SeatScope, type StaffScope } from "../../../platform/http/scope.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import { makeNetwork } from "../../network/factory.ts";
import { aSeat, makeGroup, nextSession } from "../factory.ts";
import { sessionsOf } from "../queries.ts";
import { giveBack } from "../seats/commands.ts";
import { leads } from "../series/queries.ts";
import type { SeatId, Session } from "../types.ts";
import { admit, askSide, beginSide, callNext, clearEvening, clearEvenings, closeRoom, comeToLobby, endSide, openRoom, passTurn, raiseHand, readReport, removeGuest, sendToLobby, showLeader, sweepEvenings, writeLine, writeReport } from "./commands.ts";
import { eveningOf, incidentsToRead, linesAfter } from "./queries.ts";

const house = await openTestHouse();
await makeNetwork(house);
const lucia = await makeSignedIn(house, ["coordinator"], { name: "Lucía" });
const [noor, tomas] = [await makeSignedIn(house, ["facilitator"], { name: "Noor" }), await makeSignedIn(house, ["facilitator"], { name: "Tomás" })];
for (const { id } of [noor, tomas]) await house.db.insertInto("facilitator_trainings").values({ member_id: id, trained_on: Temporal.PlainDate.from("2026-09-01") }).execute();

let session: Session;
let [maya, daniel]: SeatScope[] = [];
const now = async () => eveningOf(house.db, (await sessionsOf(house.db, { ids: [session.id] }))[0] as Session, house.now());
const guest = async (scope: SeatScope | undefined) => (await now()).guests.find(({ id }) => id === scope?.seatId);
const seated = async (alias: string): Promise<SeatScope> => {
  const saved = await aSeat(house, session.id, { alias });
  if ("refused" in saved) throw new Error(saved.refused);
  return seatScope(saved.seatId, session.id);
};
const open = async () => {
  for (const one of [noor, tomas]) await showLeader(house, one.scope, session.id);
  expect(await openRoom(house, noor.scope, session.id)).toEqual({ opened: true });
};
const say = (scope: SeatScope, words: string, toLeaders = false) => writeLine(house, session.id, { seat: scope }, { words, key: randomUUID(), toLeaders });

beforeEach(async () => {
  house.setClock("2026-11-24T12:00:00Z");
  session = await nextSession(house, await makeGroup(house, { ledBy: [noor.id, tomas.id], seats: 4 }));
  [maya, daniel] = [await seated("River"), await seated("Kettle")];
  house.setClock(session.starts.subtract({ minutes: 5 }));
});

describe("a room", () => {
  it("is opened by two who are here and trained, and by nobody alone", async () => {
    await showLeader(house, noor.scope, session.id);
    expect(await openRoom(house, noor.scope, session.id)).toEqual({ refused: "needsTwo" });
    const ines = await makeSignedIn(house, ["facilitator"], { name: "Inés" });
    await showLeader(house, ines.scope, session.id);
    expect(await openRoom(house, noor.scope, session.id)).toEqual({ refused: "untrained" });
    house.passTime({ seconds: 46 });
    await open();
    expect((await now()).state).toBe("open");
  });

  it("lets in from the lobby one by one, or all; nobody who has not read what all ask of each other", async () => {
    await open();
    await admit(house, session.id, "all");
    expect((await guest(maya))?.where).toBe("away");
    expect([await comeToLobby(house, maya as SeatScope), await comeToLobby(house, daniel as SeatScope)]).toEqual([true, true]);
    await admit(house, session.id, [maya?.seatId as SeatId]);
    expect([(await guest(maya))?.where, (await guest(daniel))?.where]).toEqual(["room", "lobby"]);
  });

  it("becomes the lobby again when no facilitator was there for a minute, and one who holds on keeps it open", async () => {
    await open();
    await comeToLobby(house, maya as SeatScope);
    await admit(house, session.id, "all");
    house.passTime({ seconds: 30 });
    await showLeader(house, tomas.scope, session.id);
    house.passTime({ seconds: 40 });
    expect([(await sweepEvenings(house)).includes(session.id), (await guest(maya))?.where]).toEqual([false, "room"]);
    house.passTime({ seconds: 21 });
    expect(await sweepEvenings(house)).toContain(session.id);
    expect([(await now()).state, (await guest(maya))?.where]).toEqual(["lobby", "lobby"]);
    await open();
    expect((await guest(maya))?.where).toBe("lobby");
  });

  it("is left for good by who is removed: no seat, no lobby, and her place is nobody's to come back to", async () => {
    await open();
    await comeToLobby(house, maya as SeatScope);
    await admit(house, session.id, "all");
    await removeGuest(house, noor.scope, session.id, maya?.seatId as SeatId);
    expect([await guest(maya), await comeToLobby(house, maya as SeatScope), await say(maya as SeatScope, "Hello?")]).toEqual([undefined, false, false]);
  });
});

describe("turns", () => {
  it("go to who has not spoken, a pass is one, and nobody outside the room has any", async () => {
    await open();
    const [a, b] = [maya as SeatScope, daniel as SeatScope];
    await comeToLobby(house, a);
    await raiseHand(house, a, true);
    expect((await guest(a))?.raisedAt).toBeUndefined();
    await comeToLobby(house, b);
    await admit(house, session.id, "all");
    await raiseHand(house, a, true);
    await callNext(house, session.id);
    expect((await guest(a))?.calledAt).toBeDefined();
    await passTurn(house, a);
    expect(await guest(a)).toMatchObject({ passed: true, turns: 1, calledAt: undefined });
    house.passTime({ seconds: 1 });
    await raiseHand(house, a, true);
    house.passTime({ seconds: 1 });
    await raiseHand(house, b, true);
    await callNext(house, session.id);
    expect([(await guest(a))?.calledAt, (await guest(b))?.calledAt === undefined]).toEqual([undefined, false]);
  });
});

describe("the circle", () => {
  it("is read by who is in the room; a note by the facilitators and its writer alone; the same key twice is one line", async () => {
    await open();
    const [a, b] = [maya as SeatScope, daniel as SeatScope];
    expect(await say(a, "From outside")).toBe(false);
    await comeToLobby(house, a);
    expect(await say(a, "I am afraid to come in.", true)).toBe(true);
    await comeToLobby(house, b);
    await admit(house, session.id, "all");
    const line = { words: "I slept two hours.", key: randomUUID(), toLeaders: false };
    for (let twice = 0; twice < 2; twice++) expect(await writeLine(house, session.id, { seat: b }, line)).toBe(true);
    const read = async (reader: Parameters<typeof linesAfter>[4]) => (await linesAfter(house.db, house.keys, session.id, 0, reader)).map(({ words }) => words);
    expect(await read("leader")).toEqual(["I am afraid to come in.", "I slept two hours."]);
    expect(await read({ seat: a.seatId as SeatId })).toEqual(["I am afraid to come in.", "I slept two hours."]);
    expect(await read({ seat: b.seatId as SeatId })).toEqual(["I slept two hours."]);
    const rows = JSON.stringify(await house.db.selectFrom("evening_lines").selectAll().execute());
    expect(rows).not.toContain("slept");
  });

  it("goes with its key an hour after the end, and numbers without names stay", async () => {
    await open();
    await comeToLobby(house, maya as SeatScope);
    await admit(house, session.id, "all");
    await say(maya as SeatScope, "I slept two hours.");
    await closeRoom(house, noor.scope, session.id);
    expect(await house.db.selectFrom("session_totals").select(["held", "came", "no_shows"]).where("session_id", "=", session.id).executeTakeFirst()).toEqual({ held: 2, came: 1, no_shows: 0 });
    await clearEvening(house, session.id);
    for (const table of ["evening_lines", "evening_keys", "evening_turns", "evening_presence", "evening_sides"] as const) expect(await house.db.selectFrom(table).selectAll().where("session_id", "=", session.id).execute(), table).toEqual([]);
    expect(await openRoom(house, noor.scope, session.id)).toEqual({ refused: "over" });
  });
});

it("nothing of an evening stays that nobody closed or swept, and its numbers are still reckoned days after", async () => {
  await open();
  await comeToLobby(house, maya as SeatScope);
  await say(maya as SeatScope, "Is anybody there?", true);
  house.setClock(session.ends.add({ hours: 4 }));
  await clearEvenings(house);
  for (const table of ["evening_lines", "evening_keys", "evening_turns", "evening_presence", "evening_sides"] as const) expect(await house.db.selectFrom(table).selectAll().where("session_id", "=", session.id).execute(), table).toEqual([]);
  house.passTime({ hours: 24 * 5 });
  expect(await sweepEvenings(house)).toContain(session.id);
  expect(await house.db.selectFrom("session_totals").select("held").where("session_id", "=", session.id).executeTakeFirst()).toEqual({ held: 2 });
});

it("who gave a seat back is none of those who held one", async () => {
  await giveBack(house, daniel as SeatScope);
  await open();
  await closeRoom(house, noor.scope, session.id);
  expect(await house.db.selectFrom("session_totals").select("held").where("session_id", "=", session.id).executeTakeFirst()).toEqual({ held: 1 });
});

it("whose role has ended leads nothing any more, though her name still stands with the group", async () => {
  const ines = await makeSignedIn(house, ["facilitator"], { name: "Inés" });
  const theirs = await nextSession(house, await makeGroup(house, { ledBy: [noor.id, ines.id], starts: "2026-12-01" }));
  expect(await leads(house.db, ines.scope, theirs.id, house.now())).toBe(true);
  await house.db.updateTable("member_roles").set({ ended_at: house.now() }).where("member_id", "=", ines.id).execute();
  expect([await leads(house.db, ines.scope, theirs.id, house.now()), await leads(house.db, noor.scope, theirs.id, house.now())]).toEqual([false, true]);
});

describe("a talk alone", () => {
  it("is asked for from either side, is with the first facilitator who goes, and ends at a tap of either", async () => {
    await open();
    const a = maya as SeatScope;
    await comeToLobby(house, a);
    await admit(house, session.id, "all");
    await askSide(house, a);
    expect((await guest(a))?.side).toEqual({ askedByMember: true, began: false, with: undefined });
    const both = await Promise.all([beginSide(house, noor.scope, session.id, a.seatId as SeatId), beginSide(house, tomas.scope, session.id, a.seatId as SeatId)]);
    expect(both.toSorted()).toEqual([false, true]);
    expect((await guest(a))?.where).toBe("side");
    await endSide(house, session.id, a.seatId as SeatId);
    expect((await guest(a))?.where).toBe("room");
    expect(await beginSide(house, tomas.scope, session.id, a.seatId as SeatId)).toBe(true);
  });

  it("ends when she is sent to the lobby, so that she comes back to the group", async () => {
    await open();
    const a = maya as SeatScope;
    await comeToLobby(house, a);
    await admit(house, session.id, "all");
    await beginSide(house, noor.scope, session.id, a.seatId as SeatId);
    await sendToLobby(house, session.id, a.seatId as SeatId);
    await admit(house, session.id, "all");
    expect((await guest(a))?.where).toBe("room");
  });
});

test("what happened is read by a second person, and a debrief by nobody else", async () => {
  const by = noor.scope as StaffScope;
  await writeReport(house, by, session.id, "debrief", "It was heavy.");
  await writeReport(house, by, session.id, "incident", "Somebody shouted.");
  const [report, ...more] = await incidentsToRead(house.db, house.keys);
  expect([report?.words, more]).toEqual(["Somebody shouted.", []]);
  expect(await readReport(house, by, report?.id ?? "")).toBe(false);
  expect(await readReport(house, lucia.scope, report?.id ?? "")).toBe(true);
  expect(await incidentsToRead(house.db, house.keys)).toEqual([]);
});
