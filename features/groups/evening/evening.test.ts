import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { eveningScope, seatScope, type SeatScope, type StaffScope } from "../../../platform/http/scope.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import { makeNetwork } from "../../network/factory.ts";
import { aSeat, makeGroup, nextSession } from "../factory.ts";
import { sessionsOf } from "../queries.ts";
import { giveBack } from "../seats/commands.ts";
import { leads } from "../series/queries.ts";
import type { SeatId, Session } from "../types.ts";
import { admit, askSide, beginSide, callNext, clearEvening, clearEvenings, closeRoom, comeToLobby, endSide, goOut, openRoom, passTurn, raiseHand, removeGuest, sendToLobby, showLeader, sweepEvenings, writeLine } from "./commands.ts";
import { nameCaptionWriter, readCaptions } from "./captions/commands.ts";
import { endInterpreter, hearInterpreter, interpretAloud, leaderHearsInterpreter, nameInterpreter } from "./interpreting/commands.ts";
import { interpretersIn, whispersOf } from "./interpreting/rules.ts";
import { captionsOf, eveningOf, linesAfter } from "./queries.ts";
import { answerReport, openReports, writeReport } from "./reports/commands.ts";
import { leaderReads, seatReads } from "./rules.ts";
import { backToGroup, bringAllBack, leaveSmallRoom, putInRoom, splitEvenly, visitRoom } from "./small-rooms/commands.ts";
import { muteGuests, unmute } from "./voice/commands.ts";
import { voiceName } from "./voice/rules.ts";

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
const say = (scope: SeatScope, words: string, toLeaders = false) => writeLine(house, session.id, { seat: scope }, { words, key: randomUUID(), to: toLeaders ? "leaders" : "group" });

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

describe("microphones", () => {
  it("of all who are with the group are turned off at once, by a row; each turns on her own and nobody another's", async () => {
    await open();
    const [a, b] = [maya as SeatScope, daniel as SeatScope];
    for (const one of [a, b]) await comeToLobby(house, one);
    await admit(house, session.id, [a.seatId as SeatId]);
    await muteGuests(house, session.id, "all");
    const muted = async () => [(await guest(a))?.marks.has("muted"), (await guest(b))?.marks.has("muted")];
    expect(await muted(), "who waits in the lobby has none to turn off").toEqual([true, false]);
    await admit(house, session.id, "all");
    await muteGuests(house, session.id, [b.seatId as SeatId]);
    await unmute(house, a);
    expect(await muted()).toEqual([false, true]);
    await sendToLobby(house, session.id, b.seatId as SeatId);
    expect(await muted()).toEqual([false, false]);
  });

  it("of who talks alone with a facilitator stays on", async () => {
    await open();
    const a = maya as SeatScope;
    await comeToLobby(house, a);
    await admit(house, session.id, "all");
    await beginSide(house, noor.scope, session.id, a.seatId as SeatId);
    await muteGuests(house, session.id, "all");
    expect((await guest(a))?.marks.has("muted")).toBe(false);
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
    const line = { words: "I slept two hours.", key: randomUUID(), to: "group" as const };
    for (let twice = 0; twice < 2; twice++) expect(await writeLine(house, session.id, { seat: b }, line)).toBe(true);
    const read = async (scope?: SeatScope) => (await linesAfter(house.db, house.keys, session.id, 0, scope ? seatReads(await now(), scope.seatId) : leaderReads(await now(), noor.id))).map(({ words }) => words);
    expect(await read()).toEqual(["I am afraid to come in.", "I slept two hours."]);
    expect(await read(a)).toEqual(["I am afraid to come in.", "I slept two hours."]);
    expect(await read(b)).toEqual(["I slept two hours."]);
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
    for (const table of ["evening_lines", "session_messages", "evening_keys", "evening_turns", "evening_presence", "evening_sides", "evening_marks", "evening_small_rooms"] as const) expect(await house.db.selectFrom(table).selectAll().where("session_id", "=", session.id).execute(), table).toEqual([]);
    expect(await openRoom(house, noor.scope, session.id)).toEqual({ refused: "over" });
  });
});

it("nothing of an evening stays that nobody closed or swept, and its numbers are still reckoned days after", async () => {
  await open();
  await comeToLobby(house, maya as SeatScope);
  await say(maya as SeatScope, "Is anybody there?", true);
  house.setClock(session.ends.add({ hours: 4 }));
  await clearEvenings(house);
  for (const table of ["evening_lines", "session_messages", "evening_keys", "evening_turns", "evening_presence", "evening_sides", "evening_marks", "evening_small_rooms"] as const) expect(await house.db.selectFrom(table).selectAll().where("session_id", "=", session.id).execute(), table).toEqual([]);
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

describe("small rooms", () => {
  const [a, b] = [() => maya as SeatScope, () => daniel as SeatScope];
  const read = async (scope?: SeatScope) => (await linesAfter(house.db, house.keys, session.id, 0, scope ? seatReads(await now(), scope.seatId) : leaderReads(await now(), noor.id))).map(({ words }) => words);
  const rooms = async () => [(await guest(a()))?.small?.room, (await guest(b()))?.small?.room];
  beforeEach(async () => {
    await open();
    // Who comes first is dealt out first.
    for (const one of [a(), b()]) {
      await comeToLobby(house, one);
      house.passTime({ seconds: 1 });
    }
    await admit(house, session.id, "all");
    await say(a(), "With everybody.");
    house.passTime({ seconds: 1 });
  });

  it("are dealt out evenly or by hand; each comes back by herself, and all at once", async () => {
    await splitEvenly(house, session.id, 2);
    expect(await rooms()).toEqual([1, 2]);
    await leaveSmallRoom(house, b());
    expect(await rooms()).toEqual([1, undefined]);
    await putInRoom(house, session.id, b().seatId as SeatId, 1);
    expect(await rooms()).toEqual([1, 1]);
    await backToGroup(house, session.id, a().seatId);
    expect(await rooms()).toEqual([undefined, 1]);
    await putInRoom(house, session.id, a().seatId as SeatId, 5);
    expect(await rooms()).toEqual([undefined, 1]);
    await bringAllBack(house, session.id);
    expect(await rooms()).toEqual([undefined, undefined]);
  });

  it("are read by who is in them, and a facilitator reads one only while she visits it; their words are gone when all are back", async () => {
    await splitEvenly(house, session.id, 2);
    await say(a(), "Only here.");
    await writeLine(house, session.id, { leader: noor.scope }, { words: "Five more minutes.", key: randomUUID(), to: "group" });
    expect([await read(a()), await read(b()), await read()]).toEqual([["With everybody.", "Only here.", "Five more minutes."], ["With everybody.", "Five more minutes."], ["With everybody.", "Five more minutes."]]);
    await visitRoom(house, noor.scope, session.id, 1);
    expect((await now()).leaders.map(({ name, visits }) => [name, visits])).toEqual([["Noor", 1], ["Tomás", undefined]]);
    expect(await read()).toContain("Only here.");
    await leaveSmallRoom(house, b());
    house.passTime({ seconds: 1 });
    await say(b(), "Back in the big one.");
    expect(await read(a()), "who is in a small room does not read along what the others say").not.toContain("Back in the big one.");
    await bringAllBack(house, session.id);
    expect(await read(a())).toEqual(["With everybody.", "Five more minutes.", "Back in the big one."]);
    expect((await now()).leaders.map(({ visits }) => visits)).toEqual([undefined, undefined]);
    const kept = await house.db.selectFrom("evening_lines").select("body_sealed").where("session_id", "=", session.id).where("small_room", "=", 0).execute();
    expect(kept.map(({ body_sealed }) => body_sealed.length)).toEqual([0]);
    await splitEvenly(house, session.id, 2);
    expect(await read(a()), "the next small room of that number begins empty").not.toContain("Only here.");
  });

  it("take no turn of the group's, stay as they are when all others are muted, and end for who leaves the room", async () => {
    await raiseHand(house, a(), true);
    await splitEvenly(house, session.id, 2);
    expect((await guest(a()))?.raisedAt).toBeUndefined();
    await callNext(house, session.id, a().seatId as SeatId);
    await muteGuests(house, session.id, "all");
    expect([(await guest(a()))?.calledAt, (await guest(a()))?.marks.has("muted")]).toEqual([undefined, false]);
    await goOut(house, a());
    await sendToLobby(house, session.id, b().seatId as SeatId);
    await comeToLobby(house, a());
    await admit(house, session.id, "all");
    expect(await rooms()).toEqual([undefined, undefined]);
  });
});

describe("captions", () => {
  const caption = (scope: SeatScope, words: string) => writeLine(house, session.id, { seat: scope }, { words, key: randomUUID(), to: "captions" });

  it("are typed by those who lead and by whom they asked, stand in no circle, and go with the evening", async () => {
    await open();
    const [a, b] = [maya as SeatScope, daniel as SeatScope];
    for (const one of [a, b]) await comeToLobby(house, one);
    await nameCaptionWriter(house, session.id, b.seatId as SeatId, true);
    expect((await guest(b))?.marks.has("writes_captions"), "who is not in the room writes none").toBe(false);
    await admit(house, session.id, "all");
    await nameCaptionWriter(house, session.id, b.seatId as SeatId, true);
    expect([await caption(a, "I was not asked."), await caption(b, "Good evening, everybody.")]).toEqual([false, true]);
    for (const words of ["We begin.", "Who would like to?", "River."]) await writeLine(house, session.id, { leader: noor.scope }, { words, key: randomUUID(), to: "captions" });
    expect((await captionsOf(house.db, house.keys, session.id)).map(({ words }) => words)).toEqual(["We begin.", "Who would like to?", "River."]);
    expect(await linesAfter(house.db, house.keys, session.id, 0)).toEqual([]);
    expect(JSON.stringify(await house.db.selectFrom("evening_lines").selectAll().execute())).not.toContain("We begin");
    await nameCaptionWriter(house, session.id, b.seatId as SeatId, false);
    expect(await caption(b, "No more.")).toBe(false);
    await clearEvening(house, session.id);
    expect(await captionsOf(house.db, house.keys, session.id)).toEqual([]);
  });

  it("are turned on by each for herself, in the room", async () => {
    await open();
    const a = maya as SeatScope;
    await comeToLobby(house, a);
    await readCaptions(house, a, true);
    expect((await guest(a))?.marks.has("reads_captions")).toBe(false);
    await admit(house, session.id, "all");
    await readCaptions(house, a, true);
    expect((await guest(a))?.marks.has("reads_captions")).toBe(true);
    await readCaptions(house, a, false);
    expect((await guest(a))?.marks.has("reads_captions")).toBe(false);
  });
});

test("what happened is read by a second person; a debrief by its writer, and by a coordinator where she wants to talk; that another opened it is written down", async () => {
  const [by, other] = [noor.scope as StaffScope, tomas.scope as StaffScope];
  await writeReport(house, by, session.id, { kind: "debrief", words: "It was heavy." });
  await writeReport(house, by, session.id, { kind: "debrief", words: "I lie awake.", wantsTalk: true });
  await writeReport(house, by, session.id, { kind: "incident", words: "Somebody shouted." });
  const opens = ({ member }: StaffScope) => openReports(house, eveningScope(member, undefined, false));
  const read = async (scope: StaffScope) => (await opens(scope)).map(({ words }) => words);
  expect([await read(by), await read(other), await read(lucia.scope)]).toEqual([["It was heavy.", "I lie awake."], [], ["I lie awake.", "Somebody shouted."]]);
  const opened = await house.db.selectFrom("audit_entries").select(["act", "member_id"]).where("act", "in", ["opened_debrief", "opened_incident"]).orderBy("act").execute();
  expect(opened).toEqual([{ act: "opened_debrief", member_id: lucia.id }, { act: "opened_incident", member_id: lucia.id }]);
  for (const { id } of await opens(lucia.scope)) expect([await answerReport(house, by, id), await answerReport(house, lucia.scope, id), await answerReport(house, lucia.scope, id)]).toEqual([false, true, false]);
  expect([await read(by), await read(lucia.scope)]).toEqual([["It was heavy.", "I lie awake."], []]);
  expect(JSON.stringify(await house.db.selectFrom("evening_reports").selectAll().execute())).not.toMatch(/heavy|awake|shouted/);
});

describe("somebody interprets", () => {
  const [a, b] = [() => maya as SeatScope, () => daniel as SeatScope];
  const id = (scope: SeatScope) => scope.seatId as SeatId;
  const stands = async (scope: SeatScope) => {
    const { into, hears, marks } = (await guest(scope)) ?? {};
    return [into, hears, marks?.has("interprets_aloud")];
  };
  const inside = async () => {
    await open();
    for (const one of [a(), b()]) await comeToLobby(house, one);
    await admit(house, session.id, "all");
  };
  const nobody = [undefined, undefined, false];

  it("whom a facilitator asked, and nobody who is not in the room; who listens chooses it, and only what somebody interprets into", async () => {
    await open();
    await comeToLobby(house, a());
    await nameInterpreter(house, session.id, id(a()), "es");
    expect(await stands(a())).toEqual(nobody);
    await inside();
    await hearInterpreter(house, b(), "es");
    await leaderHearsInterpreter(house, noor.scope, session.id, "es");
    await interpretAloud(house, a(), true);
    expect([await stands(a()), await stands(b()), (await now()).leaders[0]?.hears]).toEqual([nobody, nobody, undefined]);
    await nameInterpreter(house, session.id, id(a()), "es");
    await hearInterpreter(house, b(), "ht");
    expect(await stands(b())).toEqual(nobody);
    await hearInterpreter(house, b(), "es");
    await hearInterpreter(house, a(), "es");
    await leaderHearsInterpreter(house, noor.scope, session.id, "es");
    expect([await stands(a()), await stands(b())]).toEqual([["es", undefined, false], [undefined, "es", false]]);
    expect((await now()).leaders.map(({ name, hears }) => [name, hears])).toEqual([["Noor", "es"], ["Tomás", undefined]]);
    for (const one of [a(), b()]) await interpretAloud(house, one, true);
    expect([await stands(a()), await stands(b())]).toEqual([["es", undefined, true], [undefined, "es", false]]);
  });

  it("into a language until she or a facilitator says that she does not; then nobody listens to it, unless another interprets into the same", async () => {
    await inside();
    await nameInterpreter(house, session.id, id(a()), "es");
    await interpretAloud(house, a(), true);
    await hearInterpreter(house, b(), "es");
    await hearInterpreter(house, b(), undefined);
    expect(await stands(b())).toEqual(nobody);
    await hearInterpreter(house, b(), "es");
    await leaderHearsInterpreter(house, tomas.scope, session.id, "es");
    await endInterpreter(house, session.id, id(a()), "herself");
    expect([await stands(a()), await stands(b())]).toEqual([nobody, nobody]);
    expect((await now()).leaders.map(({ hears }) => hears)).toEqual([undefined, undefined]);

    const third = await seated("Lamp");
    await comeToLobby(house, third);
    await admit(house, session.id, "all");
    for (const one of [a(), third]) await nameInterpreter(house, session.id, id(one), "es");
    await hearInterpreter(house, b(), "es");
    await endInterpreter(house, session.id, id(third), "herself");
    expect(await stands(b())).toEqual([undefined, "es", false]);
    await nameInterpreter(house, session.id, id(a()), "ht");
    expect([await stands(a()), await stands(b())], "whoever listened to Spanish hears nothing else unasked").toEqual([["ht", undefined, false], nobody]);
  });

  it("and stays on when all who speak with the group are muted, unless she speaks with them; a facilitator mutes her by herself", async () => {
    const muted = async (scope: SeatScope) => (await guest(scope))?.marks.has("muted");
    await inside();
    await nameInterpreter(house, session.id, id(a()), "es");
    await muteGuests(house, session.id, "all");
    expect([await muted(a()), await muted(b())]).toEqual([false, true]);
    await interpretAloud(house, a(), true);
    await muteGuests(house, session.id, "all");
    expect(await muted(a())).toBe(true);
    await unmute(house, a());
    await interpretAloud(house, a(), false);
    await muteGuests(house, session.id, [id(a())]);
    expect(await muted(a())).toBe(true);
  });

  it("and is not heard by all because another ended it: her microphone is off until she turns it on", async () => {
    const muted = async () => (await guest(a()))?.marks.has("muted");
    await inside();
    await nameInterpreter(house, session.id, id(a()), "es");
    await endInterpreter(house, session.id, id(a()), "facilitator");
    expect(await muted()).toBe(true);
    await unmute(house, a());
    await nameInterpreter(house, session.id, id(a()), "es");
    await interpretAloud(house, a(), true);
    await endInterpreter(house, session.id, id(a()), "facilitator");
    expect(await muted(), "who spoke with all goes on").toBe(false);
    await nameInterpreter(house, session.id, id(a()), "es");
    await endInterpreter(house, session.id, id(a()), "herself");
    expect(await muted()).toBe(false);
  });

  it("until she is removed or the evening is cleared; back from the lobby she interprets again", async () => {
    await inside();
    await nameInterpreter(house, session.id, id(a()), "es");
    await hearInterpreter(house, b(), "es");
    await sendToLobby(house, session.id, id(a()));
    expect(whispersOf(session.id, await now())).toEqual({});
    await admit(house, session.id, "all");
    expect(Object.values(whispersOf(session.id, await now()))).toEqual([[voiceName(session.id, b().seatId)]]);
    await removeGuest(house, noor.scope, session.id, id(a()));
    expect([whispersOf(session.id, await now()), interpretersIn(await now())]).toEqual([{}, []]);
    await clearEvening(house, session.id);
    expect(await stands(b())).toEqual(nobody);
  });

  it("only where a room can let few hear her: nobody is told that she does who is heard by all", async () => {
    session = await nextSession(house, await makeGroup(house, { ledBy: [noor.id, tomas.id], seats: 4, room: "janus", starts: "2026-11-25" }));
    [maya, daniel] = [await seated("River"), await seated("Kettle")];
    house.setClock(session.starts.subtract({ minutes: 5 }));
    await inside();
    await nameInterpreter(house, session.id, id(a()), "es");
    expect(await stands(a())).toEqual(nobody);
  });
});
