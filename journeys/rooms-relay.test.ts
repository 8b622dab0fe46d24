import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { embeddedRooms } from "../platform/rooms/embedded.ts";
import { turnServers } from "../platform/rooms/turn.ts";
import { wallClock } from "../platform/time/time.ts";
import { answersAt, freePort } from "./ports.ts";
import { type Guest, openRoomStreet, type RoomStreet } from "./rooms-street.ts";

const isHere = spawnSync("turnserver", ["--help"]).error === undefined;
if (!isHere) console.log("coturn is not installed here (Debian: apt-get install coturn): coming in by a relay is not tested.");

const soon = { timeout: 15_000, interval: 100 };
const secret = "of-this-test";

/** The relay, as operators run it, but on this machine's loopback alone. */
async function startRelay(): Promise<{ relay: ChildProcess; port: number }> {
  const port = await freePort();
  const ends = ["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", `--listening-port=${port}`, "--allow-loopback-peers"];
  const rest = ["-n", "--use-auth-secret", `--static-auth-secret=${secret}`, "--realm=small-hours", "--no-tls", "--no-dtls", "--no-cli", "--log-file=stdout", "--pidfile="];
  const relay = spawn("turnserver", [...rest, ...ends], { stdio: "ignore" });
  await vi.waitUntil(() => answersAt(port), soon);
  return { relay, port };
}

const pathOf = `(async () => {
  const stats = await room.connection.getStats();
  const { selectedCandidatePairId } = [...stats.values()].find(({ type }) => type === "transport");
  const local = stats.get(stats.get(selectedCandidatePairId).localCandidateId);
  return local.candidateType + "/" + local.relayProtocol;
})()`;

describe.skipIf(!isHere)("a network that lets a parent reach the relay alone", () => {
  let relay: ChildProcess;
  let street: RoomStreet;

  beforeAll(async () => {
    const started = await startRelay();
    ({ relay } = started);
    // The third address of each, TLS on 443, stays out of reach here.
    const ice = () => turnServers({ host: "127.0.0.1", secret, port: started.port, tlsPort: 9 }, wallClock);
    street = await openRoomStreet(embeddedRooms({ clock: wallClock, addresses: ["127.0.0.1"], ice }));
  });
  afterAll(async () => {
    await street.close();
    relay.kill("SIGKILL");
  });

  test("she comes in by the relay, hears and is heard", async () => {
    await street.open("tuesday", "off");
    const [near, far] = (await Promise.all([street.enters("tuesday", "near"), street.enters("tuesday", "far", { relayed: true })])) as [Guest, Guest];
    for (const guest of [near, far]) await expect.poll(async () => (await guest.received()).voices[0]?.energy, soon).toBeGreaterThan(0);
    expect(await far.act(pathOf)).toMatch(/^relay\/(udp|tcp)$/);
    expect(await near.act(pathOf)).not.toMatch(/^relay/);
  });
});
