import { RTCPeerConnection, RtpHeader, RtpPacket, useAudioLevelIndication, useOPUS, useSdesMid, useVP8 } from "werift";
import { afterAll, expect, test } from "vitest";
import { wallClock } from "../time/time.ts";
import type { ToBrowser } from "./channel.ts";
import { embeddedRooms } from "./embedded.ts";
import { isRefusal, type Joined } from "./provider.ts";

const rooms = embeddedRooms({ clock: wallClock, addresses: ["127.0.0.1"] });
afterAll(() => rooms.stop());

const patienceMs = 4000;
const soon = { timeout: 10_000, interval: 50 };

/** Someone without a browser: she sends made-up packets of a given loudness, twenty a second, and counts what comes. */
async function enters(room: string, seat: string) {
  const now = wallClock();
  const token = String(await rooms.seatToken({ room, seat, as: "member", from: now, until: now.add({ hours: 1 }) }));
  const connection = new RTCPeerConnection({
    iceServers: [],
    iceAdditionalHostAddresses: ["127.0.0.1"],
    bundlePolicy: "max-bundle",
    codecs: { audio: [useOPUS()], video: [useVP8()] },
    headerExtensions: { audio: [useSdesMid(), useAudioLevelIndication()], video: [useSdesMid()] },
  });
  const microphone = connection.addTransceiver("audio", { direction: "sendonly" });
  const received = [0, 0, 0];
  const voices = received.map((_, slot) => {
    const transceiver = connection.addTransceiver("audio", { direction: "recvonly" });
    transceiver.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(() => (received[slot] = (received[slot] ?? 0) + 1)));
    return transceiver;
  });
  connection.addTransceiver("video", { direction: "sendonly" });
  const channel = connection.createDataChannel("room");
  const told: ToBrowser[] = [];
  channel.onMessage.subscribe((message) => told.push(JSON.parse(message.toString()) as ToBrowser));
  await connection.setLocalDescription(await connection.createOffer());
  const joined = await rooms.join(token, connection.localDescription?.sdp ?? "");
  if (isRefusal<Joined>(joined)) {
    await connection.close();
    return joined;
  }
  const opened = channel.stateChanged.watch((state) => state === "open", patienceMs).then(
    () => true,
    () => false,
  );
  await connection.setRemoteDescription({ type: "answer", sdp: joined.answer });
  if (!(await opened)) {
    await connection.close();
    return { refused: "interrupted" as const };
  }
  const say = (message: object): void => channel.send(JSON.stringify(message));
  say({ kind: "microphone", on: true });
  let level = 127;
  let sequence = 0;
  const talking = setInterval(() => {
    const id = microphone.headerExtensions.find(({ uri }) => uri.endsWith("audio-level"))?.id ?? 1;
    const header = new RtpHeader({ sequenceNumber: (sequence += 1), timestamp: sequence * 2400, payloadType: 96, extension: true, extensions: [{ id, payload: Buffer.from([0x80 | level]) }] });
    void microphone.sender.sendRtp(new RtpPacket(header, Buffer.from([0xf8, 0xff, 0xfe])));
  }, 50);
  return {
    seat,
    told,
    say,
    received,
    voices,
    speaksAt: (next: number) => void (level = next),
    slots: () => told.findLast((one) => one.kind === "slots")?.voices ?? [],
    async leaves(): Promise<void> {
      clearInterval(talking);
      await connection.close();
    },
  };
}

/**
 * On a busy machine a handshake between two ends of this library can break off: its server repeats a question that its client takes once
 * only. A browser's never asks it. Who was interrupted comes again, as a page would.
 */
async function comesIn(room: string, seat: string, tries = 3): Promise<Exclude<Awaited<ReturnType<typeof enters>>, { refused: string }>> {
  const someone = await enters(room, seat);
  if (!("refused" in someone)) return someone;
  if (someone.refused === "interrupted" && tries > 1) return comesIn(room, seat, tries - 1);
  throw new Error(someone.refused);
}

const names = ["ana", "bea", "cal", "dee", "eve", "fay", "gia", "hua"];

test("of eight who talk, each hears the three loudest others, and a ninth finds no seat", async () => {
  await rooms.openRoom("big", { cameras: "welcome", seats: 8 });
  const people = await Promise.all(names.map((name) => comesIn("big", name)));
  const [ana, ...others] = people;
  for (const [at, person] of people.entries()) person.speaksAt(20 + at * 12);
  await expect.poll(() => others.map(({ slots }) => slots().includes("ana")), soon).toEqual(others.map(() => true));
  await expect.poll(() => ana?.slots().toSorted(), soon).toEqual(["bea", "cal", "dee"]);
  const before = people.map(({ received }) => [...received]);
  await expect.poll(() => people.every(({ received }, at) => received.every((count, slot) => count > (before[at]?.[slot] ?? 0) + 10)), soon).toBe(true);
  expect(await enters("big", "ida")).toEqual({ refused: "full" });

  // Who was silent begins to speak, and takes the faintest's slot with everybody but herself.
  people.at(-1)?.speaksAt(10);
  await expect.poll(() => people.slice(0, -1).map(({ slots }) => slots().includes("hua")), soon).toEqual(people.slice(1).map(() => true));
  expect(people.at(-1)?.slots()).not.toContain("hua");

  // A fifth camera is one too many, until another is switched off.
  for (const person of people.slice(0, 4)) person.say({ kind: "camera", on: true });
  await expect.poll(() => rooms.present("big").filter(({ camera }) => camera).length, soon).toBe(4);
  people[4]?.say({ kind: "camera", on: true });
  await expect.poll(() => people[4]?.told, soon).toContainEqual({ kind: "camera", camera: "full" });
  ana?.say({ kind: "camera", on: false });
  await expect.poll(() => rooms.present("big").filter(({ camera }) => camera).length, soon).toBe(3);
  people[4]?.say({ kind: "camera", on: true });
  await expect.poll(() => people[4]?.told, soon).toContainEqual({ kind: "camera", camera: "on" });

  // What is no word of ours is not listened to.
  for (const word of [{}, { kind: "camera" }, { kind: "kick", seat: "ana" }, { kind: "x".repeat(500) }]) people[4]?.say(word);
  people[4]?.say({ kind: "camera", on: false });
  await expect.poll(() => rooms.present("big").filter(({ camera }) => camera).length, soon).toBe(3);
  expect(rooms.present("big")).toHaveLength(8);
  await Promise.all(people.map(({ leaves }) => leaves()));
  await expect.poll(() => rooms.present("big"), soon).toEqual([]);
});

test("who whispers comes to who listens though four shout, also when either comes in again, and takes no slot of anybody else", async () => {
  await rooms.openRoom("whispers", { cameras: "off", seats: 6 });
  await rooms.whisper?.("whispers", { fay: ["ana"] });
  const [ana, fay, ...others] = await Promise.all(["ana", "fay", "bea", "cal", "dee", "eve"].map((name) => comesIn("whispers", name)));
  for (const other of others) other.speaksAt(0);
  await expect.poll(() => ana?.slots(), soon).toContain("fay");
  await expect.poll(() => others.map(({ slots }) => slots().filter(Boolean).length), soon).toEqual(others.map(() => 3));
  for (const { told } of others) expect(told.some((one) => one.kind === "slots" && one.voices.includes("fay"))).toBe(false);
  const heard = ana?.received.map((count) => count + 10) ?? [];
  await expect.poll(() => ana?.received.every((count, slot) => count > (heard[slot] ?? 0)), soon).toBe(true);

  await ana?.leaves();
  const again = await comesIn("whispers", "ana");
  await expect.poll(() => again.slots(), soon).toContain("fay");
  await fay?.leaves();
  const back = await comesIn("whispers", "fay");
  await expect.poll(() => again.slots(), soon).toContain("fay");
  for (const { slots } of others) expect(slots()).not.toContain("fay");
  await rooms.whisper?.("whispers", {});
  for (const other of others) other.speaksAt(127);
  back.speaksAt(0);
  await expect.poll(() => others.map(({ slots }) => slots().includes("fay")), soon).toEqual(others.map(() => true));
  await Promise.all([again, back, ...others].map(({ leaves }) => leaves()));
  await rooms.closeRoom("whispers");
});

test("a mute and a side room still hold when the seat comes in again", async () => {
  await rooms.openRoom("again", { cameras: "off", seats: 3 });
  await rooms.muteSeat("again", "bea", true);
  await rooms.moveToSide("again", ["bea"], "kitchen");
  const bea = await comesIn("again", "bea");
  await expect.poll(() => rooms.present("again"), soon).toMatchObject([{ seat: "bea", muted: true, side: "kitchen" }]);
  expect(bea.told).toContainEqual({ kind: "side", side: "kitchen" });
  await bea.leaves();
  await rooms.closeRoom("again");
});

test("a room with more seats than the media can serve isn't opened", async () => {
  await expect(rooms.openRoom("huge", { cameras: "off", seats: 16 })).rejects.toThrow("up to 8 seats");
});

test("the media process runs only while a room is open", async () => {
  await rooms.closeRoom("big");
  expect(rooms.mediaProcess()).toBeUndefined();
  await rooms.openRoom("one", { cameras: "off", seats: 2 });
  await rooms.openRoom("two", { cameras: "off", seats: 2 });
  const pid = rooms.mediaProcess();
  expect(pid).toBeGreaterThan(0);
  await rooms.closeRoom("one");
  expect(rooms.mediaProcess()).toBe(pid);
  await rooms.closeRoom("two");
  expect(rooms.mediaProcess()).toBeUndefined();
});
