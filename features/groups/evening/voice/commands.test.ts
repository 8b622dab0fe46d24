import { expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { seatScope } from "../../../../platform/http/scope.ts";
import type { RoomProvider } from "../../../../platform/rooms/provider.ts";
import { makeSignedIn } from "../../../accounts/factory.ts";
import { makeNetwork } from "../../../network/factory.ts";
import { aFullEvening, aSeat, makeGroup, nextSession } from "../../factory.ts";
import type { SeatId, SessionId } from "../../types.ts";
import { meetingById } from "../../find/queries.ts";
import type { Guest } from "../types.ts";
import { admit, beginSide, comeToLobby, endSide, openRoom, sendToLobby, showLeader } from "../commands.ts";
import { endInterpreter, nameInterpreter } from "../interpreting/commands.ts";
import { followVoices, talkShare, unmute } from "./commands.ts";
import { voiceName } from "./rules.ts";

const house = await openTestHouse();
await makeNetwork(house);
const [noor, tomas] = [await makeSignedIn(house, ["facilitator"], { name: "Noor" }), await makeSignedIn(house, ["facilitator"], { name: "Tomás" })];
for (const { id } of [noor, tomas]) await house.db.insertInto("facilitator_trainings").values({ member_id: id, trained_on: Temporal.PlainDate.from("2026-09-01") }).execute();

test("who interprets says what others said: how the group shared its talk leaves her out", async () => {
  const [river, kettle] = await aFullEvening(house, noor.id, ["River", "Kettle"]);
  const session = river.sessionId as SessionId;
  const meeting = await meetingById(house.db, session);
  if (!meeting) throw new Error("There is no meeting.");
  const guest = (id: string, into?: string): Guest => ({ id: id as SeatId, alias: id, where: "room", raisedAt: undefined, calledAt: undefined, turns: 0, passed: false, side: undefined, wantsTalk: false, marks: new Set(), into, hears: undefined, small: undefined });
  const seconds = new Map([[river.seatId, 60], [kettle.seatId, 30], [noor.id, 30]].map(([id, time]) => [voiceName(session, String(id)), Number(time)]));
  const there = { ...house, rooms: { ...house.rooms, embedded: { ...house.rooms.embedded, talkTime: () => seconds } } };
  const shares = (into?: string) => Object.fromEntries(talkShare(there, meeting, [guest(river.seatId, into), guest(kettle.seatId)]));
  expect(shares()).toEqual({ [river.seatId]: 0.5, [kettle.seatId]: 0.25 });
  expect(shares("es")).toEqual({ [kettle.seatId]: 0.5 });
});

test("the voices of a room follow its rows one after the other, so that what was true a moment ago never comes last", async () => {
  const [{ sessionId }] = await aFullEvening(house, noor.id, ["River", "Kettle"]);
  let looks = 0;
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const embedded = { ...house.rooms.embedded, present: () => ((looks += 1), []), closeRoom: () => held };
  const there = { ...house, rooms: { ...house.rooms, embedded } };
  const first = followVoices(there, sessionId as SessionId);
  await expect.poll(() => looks).toBe(1);
  const others = [followVoices(there, sessionId as SessionId), followVoices(there, sessionId as SessionId)];
  const another = followVoices({ ...there, rooms: { ...house.rooms, embedded: { ...embedded, closeRoom: () => Promise.reject(new Error("The room's server is away.")) } } }, sessionId as SessionId);
  await expect(another).rejects.toThrow("away");
  expect(looks).toBe(2);
  goOn();
  await Promise.all([first, ...others]);
  expect(looks).toBe(4);
});

test("who is muted, taken aside or out as her whisper ends is not heard by all before that", async () => {
  const session = await nextSession(house, await makeGroup(house, { ledBy: [noor.id, tomas.id] }));
  const saved = await aSeat(house, session.id, { alias: "River" });
  if ("refused" in saved) throw new Error(saved.refused);
  const seat = saved.seatId as SeatId;
  house.setClock(session.starts);
  for (const { scope } of [noor, tomas]) await showLeader(house, scope, session.id);
  await openRoom(house, noor.scope, session.id);
  await comeToLobby(house, seatScope(seat, session.id));
  await admit(house, session.id, "all");

  const name = voiceName(session.id, seat);
  const acts: string[] = [];
  let [muted, side]: [boolean, string | undefined] = [false, undefined];
  const embedded: RoomProvider = {
    ...house.rooms.embedded,
    present: () => [{ seat: name, camera: false, microphone: true, talking: true, muted, side }],
    whisper: (_room, whispers) => Promise.resolve(void acts.push(name in whispers ? "few" : "all")),
    muteSeat(_room, _seat, on) {
      muted = on;
      return Promise.resolve(void acts.push(on ? "off" : "on"));
    },
    moveToSide(_room, _seats, to) {
      side = to;
      return Promise.resolve(void acts.push(to === undefined ? "back" : "aside"));
    },
    kick: () => Promise.resolve(void acts.push("out")),
  };
  const there = { ...house, rooms: { ...house.rooms, embedded } };
  const followed = async () => {
    await followVoices(there, session.id);
    return acts.splice(0);
  };
  expect(await followed()).toEqual(["all", "all"]);
  await nameInterpreter(house, session.id, seat, "es");
  expect(await followed()).toEqual(["few", "few"]);
  await beginSide(house, noor.scope, session.id, seat);
  expect(await followed()).toEqual(["few", "aside", "all"]);
  await endSide(house, session.id, seat);
  expect(await followed()).toEqual(["few", "back", "few"]);
  await endInterpreter(house, session.id, seat, "facilitator");
  expect(await followed()).toEqual(["few", "off", "all"]);
  await nameInterpreter(house, session.id, seat, "es");
  await unmute(house, seatScope(seat, session.id));
  expect(await followed()).toEqual(["few", "on", "few"]);
  await sendToLobby(house, session.id, seat);
  expect(await followed()).toEqual(["few", "out", "all"]);
});
