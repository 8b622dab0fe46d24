import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket, useOPUS } from "werift";
import { janusRooms } from "../platform/rooms/janus.ts";
import { isRefusal, type Joined, type Refusal } from "../platform/rooms/provider.ts";
import { wallClock } from "../platform/time/time.ts";
import { type Janus, janusIsHere, startJanus } from "./janus.ts";
import { type Guest, openRoomStreet, type RoomStreet } from "./rooms-street.ts";

const soon = { timeout: 30_000, interval: 100 };
const bots = 14;
const measuredMs = 8_000;
const room = "tuesday";
/** A packet of the mix in which somebody sounds; of silence Opus makes three bytes. */
const sounds = 20;

/** A second of somebody talking: the payloads of the mix while a browser beeps. Without one, silence. */
type Voice = readonly Buffer[];

/** One who is no browser: she sends `voice` over and over from when it is there, and counts what she hears. */
type Bot = { readonly firstSound: Promise<number>; received(): number; heard(): Voice; stop(): Promise<void> };

async function comeIn(street: RoomStreet, seat: string, voice: () => Voice | undefined): Promise<Bot> {
  const begun = performance.now();
  const connection = new RTCPeerConnection({ iceServers: [], codecs: { audio: [useOPUS()], video: [] } });
  const microphone = new MediaStreamTrack({ kind: "audio" });
  const { sender, receiver } = connection.addTransceiver(microphone, { direction: "sendrecv" });
  const heard: Buffer[] = [];
  let received = 0;
  const firstSound = new Promise<number>((resolve) => {
    connection.onTrack.subscribe((track) =>
      track.onReceiveRtp.subscribe(({ payload }) => {
        received++;
        if (payload.length < sounds) return;
        resolve(performance.now() - begun);
        if (heard.length < 50) heard.push(Buffer.from(payload));
      }),
    );
  });
  await connection.setLocalDescription(await connection.createOffer());
  const joined: Joined | Refusal = await street.rooms.join(await street.tokenFor(room, seat), connection.localDescription?.sdp ?? "");
  if (isRefusal<Joined>(joined)) throw new Error(`A bot was refused: ${joined.refused}.`);
  await connection.setRemoteDescription({ type: "answer", sdp: joined.answer });
  let at = Math.floor(Math.random() * 1_000);
  const talk = setInterval(() => {
    const said = voice() ?? [Buffer.from([0xf8, 0xff, 0xfe])];
    at++;
    const header = new RtpHeader({ payloadType: 96, sequenceNumber: at & 0xffff, timestamp: (at * 960) >>> 0, marker: false });
    microphone.writeRtp(new RtpPacket(header, said[at % said.length] ?? Buffer.alloc(0)));
  }, 20);
  return {
    firstSound,
    received: () => received,
    heard: () => heard,
    async stop() {
      clearInterval(talk);
      sender.stop();
      receiver.stop();
      await connection.close();
    },
  };
}

/** From the call of `enterRoom` until something was heard, in her page. */
const untilSound = `(async () => {
  for (;;) {
    for (const stat of (await room.connection.getStats()).values()) if (stat.type === "inbound-rtp" && stat.totalAudioEnergy > 0.0001) return performance.now() - window.began;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
})()`;

/** All that went over the wire, with 28 bytes of UDP and IP for each packet. */
const wire = `(async () => {
  const transport = [...(await room.connection.getStats()).values()].find(({ type }) => type === "transport");
  return { at: performance.now(), down: transport.bytesReceived + 28 * transport.packetsReceived, up: transport.bytesSent + 28 * transport.packetsSent };
})()`;
type Wire = { readonly at: number; readonly down: number; readonly up: number };

const busyMs = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

describe.skipIf(!janusIsHere)("sixteen people in a room on a Janus", () => {
  let janus: Janus;
  let street: RoomStreet;
  const others: Bot[] = [];

  beforeAll(async () => {
    janus = await startJanus();
    street = await openRoomStreet(janusRooms({ url: janus.url, apiSecret: "of-this-test" }, wallClock));
  });
  afterAll(async () => {
    await Promise.all(others.map((bot) => bot.stop()));
    await street.close();
    janus.stop();
  });

  test("all of them talking cost each less than 100 kbit/s either way, and who comes in hears the others within three seconds", { retry: 1 }, async () => {
    await Promise.all(others.splice(0).map((bot) => bot.stop()));
    await street.goHome();
    await street.rooms.closeRoom(room);
    await street.rooms.openRoom(room, { cameras: "off", seats: 18 });
    const first = await street.enters(room, "first");
    const times: number[] = [];
    let voice: Voice | undefined;
    for (let at = 0; at < bots; at++) {
      const bot = await comeIn(street, `bot ${at}`, () => voice);
      others.push(bot);
      times.push(await bot.firstSound);
      if (at === 0) {
        await expect.poll(() => bot.heard().length, soon).toBe(50);
        voice = bot.heard();
      }
    }
    const second = await street.enters(room, "second");
    times.push(Number(await second.act(untilSound)));
    await street.rooms.leave(first.token);
    const again = await street.enters(room, "first", { token: first.token });
    times.push(Number(await again.act(untilSound)));
    expect(street.rooms.present(room)).toHaveLength(bots + 2);

    const guests: readonly Guest[] = [second, again];
    const look = () => Promise.all(guests.map(async (guest) => (await guest.act(wire)) as Wire));
    const [before, busy, packets] = [await look(), busyMs(janus.pid), others.map((bot) => bot.received())];
    const began = performance.now();
    await pause(measuredMs);
    const [after, seconds] = [await look(), (performance.now() - began) / 1000];
    const cpu = (busyMs(janus.pid) - busy) / seconds / 10;
    const rates = after.map((one, at) => {
      const { at: from = 0, down = 0, up = 0 } = before[at] ?? {};
      return { down: (one.down - down) * 8 / (one.at - from), up: (one.up - up) * 8 / (one.at - from) };
    });
    const least = Math.min(...others.map((bot, at) => (bot.received() - (packets[at] ?? 0)) / seconds));
    const sorted = times.toSorted((a, b) => a - b).map(Math.round);
    const load = loadavg()[0] ?? 0;
    console.log(`Sixteen talking: kbit/s ${rates.map(({ down, up }) => `${down.toFixed(0)} down, ${up.toFixed(0)} up`).join("; ")}. First sound after ${sorted.join(", ")} ms. Janus ${cpu.toFixed(0)} % of one core. Fewest packets a bot got: ${least.toFixed(0)}/s. Load ${load.toFixed(1)} on ${availableParallelism()} cores.`);
    for (const { down, up } of rates) expect(Math.max(down, up)).toBeLessThanOrEqual(100);
    expect(least).toBeGreaterThan(40);
    // A machine that is busy with other things would measure those.
    if (load > availableParallelism()) return;
    expect(sorted.at(-1)).toBeLessThan(3_000);
    expect(cpu).toBeLessThanOrEqual(40);
  });
});
