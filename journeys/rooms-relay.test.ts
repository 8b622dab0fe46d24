import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { embeddedRooms } from "../platform/rooms/embedded.ts";
import { turnServers } from "../platform/rooms/turn.ts";
import { wallClock } from "../platform/time/time.ts";
import { answersAt, freePort } from "./ports.ts";
import { type Guest, openRoomStreet, type RoomStreet } from "./rooms-street.ts";

const isHere = spawnSync("turnserver", ["--help"]).error === undefined;
if (!isHere) console.log("coturn is not installed here (Debian: apt-get install coturn): coming in by a relay is not tested.");

const soon = { timeout: 15_000, interval: 100 };
const secret = "of-this-test";

/** A certificate that nobody signed but itself, and by what Chromium is told to believe it all the same. */
function selfSigned(folder: string) {
  const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  spawnSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=relay", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", files.key, "-out", files.cert]);
  const { publicKey } = new X509Certificate(readFileSync(files.cert));
  return { ...files, believed: `--ignore-certificate-errors-spki-list=${createHash("sha256").update(publicKey.export({ type: "spki", format: "der" })).digest("base64")}` };
}

/** The relay, as operators run it, but on this machine's loopback alone. */
async function startRelay({ cert, key }: { readonly cert: string; readonly key: string }): Promise<{ relay: ChildProcess; port: number; tlsPort: number }> {
  const [port, tlsPort] = [await freePort(), await freePort()];
  const ends = ["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", `--listening-port=${port}`, `--tls-listening-port=${tlsPort}`, "--allow-loopback-peers"];
  const rest = ["-n", "--use-auth-secret", `--static-auth-secret=${secret}`, "--realm=small-hours", `--cert=${cert}`, `--pkey=${key}`, "--no-dtls", "--no-cli", "--log-file=stdout", "--pidfile="];
  const relay = spawn("turnserver", [...rest, ...ends], { stdio: "ignore" });
  await vi.waitUntil(async () => (await answersAt(port)) && (await answersAt(tlsPort)), soon);
  return { relay, port, tlsPort };
}

const pathOf = `(async () => {
  const stats = await room.connection.getStats();
  const { selectedCandidatePairId } = [...stats.values()].find(({ type }) => type === "transport");
  const local = stats.get(stats.get(selectedCandidatePairId).localCandidateId);
  return local.candidateType + "/" + local.relayProtocol;
})()`;

describe.skipIf(!isHere)("a network that lets a parent reach the relay alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "small-hours-relay-"));
  let relay: ChildProcess;
  let certificate: ReturnType<typeof selfSigned>;
  let ports: { readonly port: number; readonly tlsPort: number };
  let street: RoomStreet | undefined;

  beforeAll(async () => {
    certificate = selfSigned(folder);
    ({ relay, ...ports } = await startRelay(certificate));
  });
  afterEach(() => street?.close());
  afterAll(() => {
    relay.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  /** Two in a room, one of whom reaches the relay alone: at these of its ports, and at no other. */
  async function comesByRelay(open: Partial<typeof ports>): Promise<unknown> {
    const ice = () => turnServers({ host: "127.0.0.1", secret, port: 9, tlsPort: 9, ...open }, wallClock);
    street = await openRoomStreet(embeddedRooms({ clock: wallClock, addresses: ["127.0.0.1"], ice }), [certificate.believed]);
    await street.open("tuesday", "off");
    const [near, far] = (await Promise.all([street.enters("tuesday", "near"), street.enters("tuesday", "far", { relayed: true })])) as [Guest, Guest];
    for (const guest of [near, far]) await expect.poll(async () => (await guest.received()).voices[0]?.energy, soon).toBeGreaterThan(0);
    expect(await near.act(pathOf)).not.toMatch(/^relay/);
    return far.act(pathOf);
  }

  test("she comes in by the relay, hears and is heard", async () => {
    expect(await comesByRelay({ port: ports.port })).toMatch(/^relay\/(udp|tcp)$/);
  });

  test("she comes in by TLS where nothing else goes through, as on a hospital's network", async () => {
    expect(await comesByRelay({ tlsPort: ports.tlsPort })).toBe("relay/tls");
  });
});
