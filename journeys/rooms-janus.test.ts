import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { janusRooms } from "../platform/rooms/janus.ts";
import { wallClock } from "../platform/time/time.ts";
import { janusIsHere, startJanus } from "./janus.ts";
import { type Guest, openRoomStreet, type RoomStreet } from "./rooms-street.ts";

const soon = { timeout: 15_000, interval: 100 };

/** What of the mix has come to her: packets, and the energy heard. */
const mixOf = async (guest: Guest) => (await guest.received()).voices.at(-1) ?? { packets: 0, energy: 0 };

async function hearsSomebody(guest: Guest): Promise<void> {
  const before = await mixOf(guest);
  await expect.poll(async () => (await mixOf(guest)).energy > before.energy + 0.001, soon).toBe(true);
}

/** Packets of silence may come; nothing that can be heard does, while others go on. */
async function hearsNobody(guest: Guest, meanwhile: () => Promise<void>): Promise<void> {
  const quiet = await mixOf(guest);
  await expect.poll(async () => (await mixOf(guest)).packets > quiet.packets + 25, soon).toBe(true);
  const before = await mixOf(guest);
  await meanwhile();
  expect((await mixOf(guest)).energy - before.energy).toBeLessThan(0.001);
}

describe.skipIf(!janusIsHere)("rooms on a Janus", () => {
  let started: Awaited<ReturnType<typeof startJanus>>;
  let street: RoomStreet;
  let rooms: ReturnType<typeof janusRooms>;
  let ana: Guest;
  let bea: Guest;
  let cal: Guest;

  beforeAll(async () => {
    started = await startJanus();
    rooms = janusRooms({ url: started.url, apiSecret: "of-this-test" }, wallClock);
    street = await openRoomStreet(rooms);
  });
  afterAll(async () => {
    await street.close();
    started.stop();
  });

  test("three hear each other mixed, and it is known who is there and who talks", async () => {
    await street.open("tuesday", "off");
    [ana, bea, cal] = await Promise.all([street.enters("tuesday", "ana", { as: "facilitator" }), street.enters("tuesday", "bea"), street.enters("tuesday", "cal")]);
    await Promise.all([hearsSomebody(ana), hearsSomebody(bea), hearsSomebody(cal)]);
    expect(rooms.present("tuesday").map(({ seat }) => seat).toSorted()).toEqual(["ana", "bea", "cal"]);
    await expect.poll(() => rooms.talkTime("tuesday").size > 0 && [...rooms.talkTime("tuesday").values()].some((seconds) => seconds > 0), soon).toBe(true);
  });

  test("in a side room two hear each other, and the third hears nobody", async () => {
    await rooms.moveToSide("tuesday", ["ana", "bea"], "kitchen");
    await hearsNobody(cal, async () => {
      await Promise.all([hearsSomebody(ana), hearsSomebody(bea)]);
    });
    await rooms.moveToSide("tuesday", ["ana", "bea"], undefined);
    await hearsSomebody(cal);
  });

  test("who is muted by the server is heard by nobody", async () => {
    await rooms.muteSeat("tuesday", "bea", true);
    await rooms.muteSeat("tuesday", "cal", true);
    await hearsNobody(ana, () => hearsSomebody(bea));
    await rooms.muteSeat("tuesday", "bea", false);
    await hearsSomebody(ana);
  });

  test("a revoked seat is out, and neither its token nor the room's list lets it in again", async () => {
    await rooms.revokeSeat("tuesday", "bea");
    const last = await mixOf(bea);
    await rooms.muteSeat("tuesday", "cal", false);
    await hearsSomebody(ana);
    expect((await mixOf(bea)).packets).toBe(last.packets);
    expect(await rooms.join(bea.token, "v=0")).toEqual({ refused: "unknown" });
    expect(rooms.present("tuesday").map(({ seat }) => seat).toSorted()).toEqual(["ana", "cal"]);
  });

  test("a second device ends the first, and a closed room is over for everybody", async () => {
    const second = await street.enters("tuesday", "cal", { token: cal.token });
    await expect.poll(() => street.events, soon).toContainEqual({ room: "tuesday", seat: "cal", kind: "went", why: "replaced" });
    await hearsSomebody(second);
    await rooms.closeRoom("tuesday");
    expect(await rooms.join(ana.token, "v=0")).toEqual({ refused: "unknown" });
    expect(street.events).toContainEqual({ room: "tuesday", seat: "ana", kind: "went", why: "closed" });
    expect(rooms.present("tuesday")).toEqual([]);
  });

  test("when Janus dies the rooms are lost, and it is said", async () => {
    await street.open("wednesday", "off");
    started.kill();
    await expect.poll(() => street.events, soon).toContainEqual({ room: "wednesday", kind: "lost" });
    await expect(street.open("thursday", "off")).rejects.toThrow("Janus cannot be reached.");
  });
});
