import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { stripTypeScriptTypes } from "node:module";
import sparticuz from "@sparticuz/chromium";
import { chromium, type Browser, type Page } from "playwright-core";
import { expect } from "vitest";
import { z } from "zod";
import { postedSchema } from "../platform/rooms/posted.ts";
import type { Cameras, RoomEvent, RoomProvider } from "../platform/rooms/provider.ts";
import { wallClock } from "../platform/time/time.ts";

/** Chromium with a camera and a microphone that are made up, and that lets two ends of one machine talk by the loopback. */
const eager = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream=fps=15", "--allow-loopback-in-peer-connection", "--autoplay-policy=no-user-gesture-required"];

const posted = z.union([z.object({ token: z.string(), offer: z.string() }), z.object({ pass: z.string(), posted: postedSchema })]);

/** What one browser has received, by slot: of each voice its packets and the energy heard, of each picture the frames that could be shown. */
export type Received = { readonly voices: readonly { packets: number; energy: number }[]; readonly pictures: readonly { frames: number; packets: number }[]; readonly slots: { voices: (string | null)[]; pictures: (string | null)[] } };

/** One person in a room, in a tab of her own. */
export type Guest = {
  readonly seat: string;
  readonly token: string;
  /** By what her device posts, where the room gave it one. */
  readonly pass: string;
  readonly page: Page;
  received(): Promise<Received>;
  told(): Promise<readonly { kind: string; [name: string]: unknown }[]>;
  /** Does something with the room; `room` is what `enterRoom` gave. */
  act(code: string): Promise<unknown>;
};

const scripts = new Map([
  ["/room.js", "../platform/rooms/browser/room.browser.ts"],
  ...["camera", "microphone", "posts"].map((name) => [`/${name}.browser.ts`, `../platform/rooms/browser/${name}.browser.ts`] as const),
]);

/** The smallest server over a provider: a page, its script, and the door for offers. */
function serve(rooms: RoomProvider): Promise<Server> {
  const server = createServer((request, response) => {
    const script = scripts.get(request.url ?? "");
    if (script !== undefined) {
      response.writeHead(200, { "content-type": "text/javascript" }).end(stripTypeScriptTypes(readFileSync(new URL(script, import.meta.url), "utf8")));
      return;
    }
    if (request.method !== "POST") {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>A room</title>");
      return;
    }
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const asked = posted.parse(JSON.parse(body));
      void ("offer" in asked ? rooms.join(asked.token, asked.offer) : rooms.post(asked.pass, asked.posted)).then((answer) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer)));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

/** Runs in the page: comes in and keeps what it is told at hand for the test. */
const arrive = String.raw`async ({ token, microphone, camera, forced, relayed }) => {
  const { enterRoom } = await import("/room.js");
  window.connections = [];
  window.RTCPeerConnection = class extends RTCPeerConnection { constructor(...how) { super(...how); window.connections.push(this); } };
  if (relayed) {
    const set = RTCPeerConnection.prototype.setConfiguration;
    RTCPeerConnection.prototype.setConfiguration = function (configuration) { return set.call(this, { ...configuration, iceTransportPolicy: "relay" }); };
  }
  if (forced) {
    const carry = RTCRtpSender.prototype.replaceTrack;
    RTCRtpSender.prototype.replaceTrack = function (track) { return track ? carry.call(this, track) : Promise.resolve(); };
    MediaStreamTrack.prototype.stop = () => undefined;
    const set = RTCPeerConnection.prototype.setRemoteDescription;
    RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) { return set.call(this, { type, sdp: sdp.replace(/(m=video[^]*?)a=inactive/, "$1a=recvonly") }); };
  }
  const ask = window.fetch;
  window.fetch = async (...how) => {
    const response = await ask(...how);
    window.pass ??= (await response.clone().json()).pass;
    return response;
  };
  window.told = [];
  window.began = performance.now();
  window.room = await enterRoom({ url: "/join", token, microphone, camera }, (told) => window.told.push(told));
  if (window.room.refused) return window.room.refused;
  // A track is decoded only where it is played.
  for (const track of [...window.room.voices, ...window.room.pictures]) {
    const element = document.createElement(track.kind === "audio" ? "audio" : "video");
    element.srcObject = new MediaStream([track]);
    element.muted = track.kind === "video";
    document.body.append(element);
    void element.play();
  }
  return undefined;
}`;

const look = `async () => {
  const { room, told } = window;
  const of = async (track) => {
    const receiver = window.connections.flatMap((one) => one.getReceivers()).find((one) => one.track === track);
    let found = {};
    // A receiver that the server has no use for is gone.
    for (const stat of receiver ? (await receiver.getStats()).values() : []) if (stat.type === "inbound-rtp") found = stat;
    return found;
  };
  const slots = told.findLast(({ kind }) => kind === "slots") ?? { voices: [], pictures: [] };
  return {
    voices: await Promise.all(room.voices.map(async (track) => { const s = await of(track); return { packets: s.packetsReceived ?? 0, energy: s.totalAudioEnergy ?? 0 }; })),
    pictures: await Promise.all(room.pictures.map(async (track) => { const s = await of(track); return { frames: s.framesDecoded ?? 0, packets: s.packetsReceived ?? 0 }; })),
    slots: { voices: slots.voices, pictures: slots.pictures },
  };
}`;

/** A Chromium and a provider, and people who come into its rooms. `more`: switches for that Chromium. */
export async function openRoomStreet(rooms: RoomProvider, more: readonly string[] = []) {
  const server = await serve(rooms);
  const { port } = server.address() as AddressInfo;
  const browser: Browser = await chromium.launch({ executablePath: await sparticuz.executablePath(), args: [...eager, ...more], headless: true });
  const context = await browser.newContext();
  const events: RoomEvent[] = [];
  rooms.subscribe((event) => events.push(event));

  async function page(): Promise<Page> {
    const fresh = await context.newPage();
    await fresh.goto(`http://127.0.0.1:${port}/`);
    return fresh;
  }
  const tokenFor = async (room: string, seat: string, as: "facilitator" | "member" | "listener" = "member"): Promise<string> => {
    const now = wallClock();
    return String(await rooms.seatToken({ room, seat, as, from: now, until: now.add({ hours: 1 }) }));
  };
  /** `forced`: her browser believes that it may send whatever the room answered. `relayed`: her network lets her reach the relay alone. */
  async function enters(room: string, seat: string, how: { readonly as?: "facilitator" | "member" | "listener"; readonly token?: string; readonly microphone?: boolean; readonly camera?: boolean; readonly forced?: boolean; readonly relayed?: boolean } = {}): Promise<Guest & { readonly refused: unknown }> {
    const token = how.token ?? (await tokenFor(room, seat, how.as));
    const tab = await page();
    const asked = { token, microphone: how.microphone ?? true, camera: how.camera ?? false, forced: how.forced ?? false, relayed: how.relayed ?? false };
    const refused = await tab.evaluate(`(${arrive})(${JSON.stringify(asked)})`);
    return {
      seat,
      token,
      pass: String(await tab.evaluate("window.pass")),
      page: tab,
      refused,
      received: () => tab.evaluate(`(${look})()`),
      told: () => tab.evaluate("window.told"),
      act: (code) => tab.evaluate(`(async (room) => ${code})(window.room)`),
    };
  }
  return {
    rooms,
    events,
    tokenFor,
    enters,
    open: (room: string, cameras: Cameras) => rooms.openRoom(room, { cameras, seats: 8 }),
    /** Closes every tab: a microphone that nobody hears costs as much as one that is heard. */
    goHome: async () => void (await Promise.all(context.pages().map((tab) => tab.close()))),
    async close(): Promise<void> {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await rooms.stop();
    },
  };
}

export type RoomStreet = Awaited<ReturnType<typeof openRoomStreet>>;

/** More and more frames of these others, each in the slot that is said to be hers, can be shown to her. */
export async function sees(guest: Guest, others: readonly Guest[]): Promise<void> {
  const before = (await guest.received()).pictures.map(({ frames }) => frames);
  await expect.poll(async () => {
    const { pictures, slots } = await guest.received();
    const more = (slot: number): boolean => (pictures[slot]?.frames ?? 0) > (before[slot] ?? 0) + 5;
    return others.filter(({ seat }) => more(slots.pictures.indexOf(seat))).map(({ seat }) => seat);
  }, { timeout: 15_000, interval: 60 }).toEqual(others.map(({ seat }) => seat));
}
