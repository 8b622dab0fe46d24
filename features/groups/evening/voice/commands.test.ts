import { expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { makeSignedIn } from "../../../accounts/factory.ts";
import { makeNetwork } from "../../../network/factory.ts";
import { aFullEvening } from "../../factory.ts";
import type { SeatId, SessionId } from "../../types.ts";
import { meetingById } from "../../find/queries.ts";
import type { Guest } from "../types.ts";
import { followVoices, talkShare } from "./commands.ts";
import { voiceName } from "./rules.ts";

const house = await openTestHouse();
await makeNetwork(house);
const noor = await makeSignedIn(house, ["facilitator"], { name: "Noor" });

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
