import { expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { makeSignedIn } from "../../../accounts/factory.ts";
import { makeNetwork } from "../../../network/factory.ts";
import { aFullEvening } from "../../factory.ts";
import type { SessionId } from "../../types.ts";
import { followVoices } from "./commands.ts";

test("the voices of a room follow its rows one after the other, so that what was true a moment ago never comes last", async () => {
  const house = await openTestHouse();
  await makeNetwork(house);
  const noor = await makeSignedIn(house, ["facilitator"], { name: "Noor" });
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
