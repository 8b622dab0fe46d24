import { afterAll, beforeAll, expect, test } from "vitest";
import { embeddedRooms } from "../platform/rooms/embedded.ts";
import { turnServers } from "../platform/rooms/turn.ts";
import { wallClock } from "../platform/time/time.ts";
import { forged, isKeptFromOthers, sentBy, storm } from "./rooms-storm.ts";
import { type Guest, openRoomStreet, type Received, type RoomStreet, sees } from "./rooms-street.ts";

const logged: string[] = [];
// A relay that nobody answers at: it is handed to the browsers, and they come in without it.
const ice = () => turnServers({ host: "127.0.0.1", secret: "none", port: 9, tlsPort: 9 }, wallClock);
const rooms = embeddedRooms({ clock: wallClock, addresses: ["127.0.0.1"], ice, log: (line) => logged.push(line) });
let street: RoomStreet;
let ana: Guest;
let bea: Guest;
let cal: Guest;

beforeAll(async () => {
  street = await openRoomStreet(rooms);
});
afterAll(() => street.close());

const soon = { timeout: 15_000, interval: 60 };
const voiceOf = (seen: Received, seat: string) => seen.voices[seen.slots.voices.indexOf(seat)] ?? { packets: 0, energy: 0 };

async function hears(guest: Guest, others: readonly Guest[]): Promise<void> {
  const before = await guest.received();
  await expect.poll(async () => {
    const seen = await guest.received();
    return others.filter(({ seat }) => voiceOf(seen, seat).energy > 0 && voiceOf(seen, seat).packets > voiceOf(before, seat).packets + 5).map(({ seat }) => seat);
  }, soon).toEqual(others.map(({ seat }) => seat));
}

const packets = ({ voices, pictures }: Received): number => [...voices, ...pictures].reduce((sum, slot) => sum + slot.packets, 0);

/** Nothing more comes to her while `meanwhile` goes on elsewhere. */
async function isSilent(guest: Guest, meanwhile: () => Promise<void>): Promise<void> {
  const before = packets(await guest.received());
  await meanwhile();
  expect(packets(await guest.received()) - before).toBe(0);
}

test("three people come in and each hears and sees the two others", async () => {
  await street.open("tuesday", "welcome");
  [ana, bea, cal] = await Promise.all([street.enters("tuesday", "ana", { as: "facilitator", camera: true }), street.enters("tuesday", "bea", { camera: true }), street.enters("tuesday", "cal", { camera: true })]);
  await Promise.all([hears(ana, [bea, cal]), hears(bea, [ana, cal]), hears(cal, [ana, bea])]);
  await Promise.all([sees(ana, [bea, cal]), sees(bea, [ana, cal]), sees(cal, [ana, bea])]);
  const [relay] = (await ana.act("room.connection.getConfiguration().iceServers")) as RTCIceServer[];
  expect(relay?.urls).toContain("turns:127.0.0.1:9?transport=tcp");
  expect(rooms.present("tuesday").map(({ seat, camera, microphone }) => [seat, camera, microphone]).toSorted()).toEqual([["ana", true, true], ["bea", true, true], ["cal", true, true]]);
  await expect.poll(() => [...rooms.talkTime("tuesday").values()].every((seconds) => seconds > 0), soon).toBe(true);
});

test("between a browser and the room all is kept from others by DTLS 1.2 and by ciphers that still hold", async () => {
  await isKeptFromOthers(ana);
});

test("packets that nobody in the room sent, broken or forged in her name, are heard by nobody and disturb nobody", async () => {
  const there = rooms.present("tuesday").map(({ seat, camera, microphone }) => [seat, camera, microphone]).toSorted();
  const sent = await sentBy(ana, "audio");
  const heard = voiceOf(await bea.received(), "ana").packets;
  await storm(ana, 500);
  const more = voiceOf(await bea.received(), "ana").packets - heard;
  // What was on its way before may come after, and some once more.
  expect(more).toBeLessThan((await sentBy(ana, "audio")) - sent + forged / 3);
  await Promise.all([hears(ana, [bea, cal]), hears(bea, [ana, cal]), hears(cal, [ana, bea])]);
  await Promise.all([sees(ana, [bea, cal]), sees(bea, [ana, cal]), sees(cal, [ana, bea])]);
  expect(rooms.present("tuesday").map(({ seat, camera, microphone }) => [seat, camera, microphone]).toSorted()).toEqual(there);
  expect(street.events.filter(({ kind }) => kind === "lost")).toEqual([]);
  expect(logged).toEqual([]);
});

test("who is muted by the server is heard by nobody, whatever her browser sends, until she may speak again", async () => {
  await rooms.muteSeat("tuesday", "bea", true);
  await expect.poll(async () => (await ana.received()).slots.voices.filter(Boolean), soon).toEqual(["cal"]);
  // Hers, the free one, and the one for servers that mix; what was on its way when she was muted has come by then.
  const silent = async () => {
    const gap = (await ana.received()).voices.map((slot) => slot.packets);
    await hears(ana, [cal]);
    return (await ana.received()).voices.filter((slot, at) => slot.packets === gap[at]).length;
  };
  await expect.poll(silent, soon).toBe(3);
  expect(await bea.told()).toContainEqual({ kind: "muted", muted: true });
  await rooms.muteSeat("tuesday", "bea", false);
  await hears(ana, [bea, cal]);
});

test("who whispers is heard by those who are named and by nobody else, is seen by all, and whispers no more when it is said anew", async () => {
  const sound = async (guest: Guest) => (await guest.received()).slots.voices.filter(Boolean);
  await rooms.whisper?.("tuesday", { cal: ["ana"] });
  await expect.poll(() => sound(bea), soon).toEqual(["ana"]);
  await hears(ana, [bea, cal]);
  const gap = (await bea.received()).voices.map(({ packets: some }) => some);
  await hears(ana, [cal]);
  await hears(bea, [ana]);
  expect((await bea.received()).voices.filter(({ packets: some }, at) => some > (gap[at] ?? 0))).toHaveLength(1);
  await Promise.all([sees(ana, [bea, cal]), sees(bea, [ana, cal])]);
  expect((await bea.told()).filter(({ kind }) => kind === "talking").at(-1)).not.toMatchObject({ seats: expect.arrayContaining(["cal"]) as unknown });
  await rooms.whisper?.("tuesday", {});
  await hears(bea, [ana, cal]);
});

test("in a side room two hear and see each other, and the third gets not one packet of theirs", async () => {
  await rooms.moveToSide("tuesday", ["ana", "bea"], "kitchen");
  await expect.poll(async () => (await cal.received()).slots, soon).toEqual({ voices: [null, null, null], pictures: [null, null, null, null] });
  await isSilent(cal, async () => {
    await Promise.all([hears(ana, [bea]), hears(bea, [ana]), sees(ana, [bea]), sees(bea, [ana])]);
  });
  expect((await ana.received()).slots.voices.filter(Boolean)).toEqual(["bea"]);
  await rooms.moveToSide("tuesday", ["ana", "bea"], undefined);
  await Promise.all([hears(cal, [ana, bea]), sees(cal, [ana, bea])]);
});

test("the same seat on a second device ends the first", async () => {
  const second = await street.enters("tuesday", "cal", { token: cal.token, camera: true });
  await expect.poll(() => cal.told(), soon).toContainEqual({ kind: "ended", why: "replaced" });
  expect(await cal.act("room.connection.connectionState")).toBe("closed");
  await cal.page.close();
  cal = second;
  await Promise.all([hears(cal, [ana, bea]), hears(ana, [bea, cal])]);
  expect(rooms.present("tuesday")).toHaveLength(3);
});

test("a listener hears and sees, is asked for no microphone, and is heard by nobody", async () => {
  const dee = await street.enters("tuesday", "dee", { as: "listener", microphone: false });
  await Promise.all([hears(dee, [ana, bea, cal]), sees(dee, [ana])]);
  expect(await dee.act("room.connection.getSenders().every(({ track }) => track === null)")).toBe(true);
  expect(rooms.present("tuesday").map(({ seat }) => seat)).toContain("dee");
  await dee.act("room.setMuted(false)");
  expect((await ana.received()).slots.voices).not.toContain("dee");
  await dee.act("room.leave()");
  await expect.poll(() => street.events, soon).toContainEqual({ room: "tuesday", seat: "dee", kind: "went", why: "left" });
});

test("a revoked seat is out within a second, and its token opens nothing any more", async () => {
  const started = performance.now();
  await rooms.revokeSeat("tuesday", "bea");
  // It holds from here on; what her own tab needs to notice it is its own matter.
  expect(performance.now() - started).toBeLessThan(1000);
  await expect.poll(() => bea.told(), soon).toContainEqual({ kind: "ended", why: "removed" });
  await isSilent(bea, () => hears(ana, [cal]));
  expect((await ana.received()).slots).toEqual({ voices: expect.not.arrayContaining(["bea"]), pictures: expect.not.arrayContaining(["bea"]) });
  expect(await rooms.join(bea.token, "v=0")).toEqual({ refused: "unknown" });
  expect((await street.enters("tuesday", "bea", { token: bea.token })).refused).toBe("unknown");
});

test("what is no offer is refused, and harms nobody", async () => {
  const token = await street.tokenFor("tuesday", "eve");
  expect(await rooms.join(token, "v=0\r\nnonsense")).toEqual({ refused: "unreadable" });
  expect(await rooms.join(token, "x".repeat(100_000))).toEqual({ refused: "unreadable" });
  await hears(ana, [cal]);
});

test("a closed room is over for everybody, and its tokens are dead", async () => {
  await rooms.closeRoom("tuesday");
  await expect.poll(() => ana.told(), soon).toContainEqual({ kind: "ended", why: "closed" });
  expect(await rooms.join(ana.token, "v=0")).toEqual({ refused: "unknown" });
  expect(rooms.mediaProcess()).toBeUndefined();
});

test("in a room without cameras no frame reaches anybody, even from a browser that sends all the same", async () => {
  await street.goHome();
  await street.open("wednesday", "off");
  const [honest, bold] = await Promise.all([street.enters("wednesday", "honest"), street.enters("wednesday", "bold", { camera: true, forced: true })]);
  await Promise.all([hears(honest, [bold]), hears(bold, [honest])]);
  const sent = `[...(await room.connection.getStats()).values()].find(({ type, kind }) => type === "outbound-rtp" && kind === "video")?.packetsSent ?? 0`;
  await expect.poll(() => bold.act(sent), soon).toBeGreaterThan(5);
  await hears(honest, [bold]);
  expect((await honest.received()).pictures.map(({ packets }) => packets)).toEqual([0, 0, 0, 0]);
  expect(await bold.told()).toContainEqual({ kind: "camera", camera: "unwelcome" });
  expect(rooms.present("wednesday").every(({ camera }) => !camera)).toBe(true);
});

test("when the media process dies the rooms are lost, it is said, and the next room opens", async () => {
  const pid = rooms.mediaProcess();
  if (pid !== undefined) process.kill(pid, "SIGKILL");
  await expect.poll(() => street.events, soon).toContainEqual({ room: "wednesday", kind: "lost" });
  expect(rooms.present("wednesday")).toEqual([]);
  await street.goHome();
  expect(logged).toEqual(["The media process ended while rooms were open."]);
  await street.open("wednesday", "off");
  const [one, other] = await Promise.all([street.enters("wednesday", "one"), street.enters("wednesday", "other")]);
  await Promise.all([hears(one, [other]), hears(other, [one])]);
});
