import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { janusRooms } from "../platform/rooms/janus.ts";
import { wallClock } from "../platform/time/time.ts";
import { answersAt, freePort } from "./ports.ts";
import { type Guest, openRoomStreet, type RoomStreet } from "./rooms-street.ts";

const isHere = spawnSync("janus", ["--version"]).error === undefined;
if (!isHere) console.log("Janus is not installed here (Debian: apt-get install janus): its rooms are not tested.");

const soon = { timeout: 15_000, interval: 100 };

/** A Janus of this test's own, with the AudioBridge alone. */
async function startJanus(): Promise<{ janus: ChildProcess; url: string; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), "small-hours-janus-"));
  const port = await freePort();
  const others = ["duktape", "echotest", "lua", "nosip", "recordplay", "sip", "streaming", "textroom", "videocall", "videoroom", "voicemail"].map((name) => `libjanus_${name}.so`).join(",");
  writeFileSync(join(folder, "janus.jcfg"), `general: { api_secret = "of-this-test" }\nplugins: { disable = "${others}" }\ntransports: { disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so" }\n`);
  writeFileSync(join(folder, "janus.transport.websockets.jcfg"), `general: { json = "compact" ws = true ws_port = ${port} ws_ip = "127.0.0.1" wss = false }\n`);
  const janus = spawn("janus", ["--configs-folder", folder, "--disable-colors", "--debug-level", "2"], { stdio: "ignore" });
  await vi.waitUntil(() => answersAt(port), soon);
  return { janus, url: `ws://127.0.0.1:${port}`, folder };
}

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

describe.skipIf(!isHere)("rooms on a Janus", () => {
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
    started.janus.kill("SIGKILL");
    rmSync(started.folder, { recursive: true, force: true });
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
    started.janus.kill("SIGKILL");
    await expect.poll(() => street.events, soon).toContainEqual({ room: "wednesday", kind: "lost" });
    await expect(street.open("thursday", "off")).rejects.toThrow("Janus cannot be reached.");
  });
});
