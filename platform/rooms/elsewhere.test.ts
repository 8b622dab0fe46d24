import { createHash, createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AccessToken, TokenVerifier } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wallClock } from "../time/time.ts";
import { linkedRooms } from "./link.ts";
import { liveKitRooms } from "./livekit.ts";
import type { As, RoomProvider } from "./provider.ts";

const key = "key-of-ours";
const secret = "a-secret-of-at-least-thirty-two-characters";
const asked: { path: string; body: Record<string, unknown> }[] = [];
// Stands where the LiveKit server would: it notes what it is asked, and says yes.
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    asked.push({ path: request.url?.split("/").at(-1) ?? "", body: JSON.parse(body) as Record<string, unknown> });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
});
let rooms: ReturnType<typeof liveKitRooms>;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  rooms = liveKitRooms({ url: "wss://media.example", api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key, secret }, wallClock);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function tokenOf(provider: RoomProvider, room: string, seat: string, as: As = "member"): Promise<string> {
  const now = wallClock();
  return String(await provider.seatToken({ room, seat, as, from: now, until: now.add({ hours: 1 }) }));
}

async function grantsOf(room: string, seat: string, as: As) {
  const entry = await rooms.entry(await tokenOf(rooms, room, seat, as));
  if (!("kind" in entry) || entry.kind !== "livekit") throw new Error(JSON.stringify(entry));
  expect(entry.url).toBe("wss://media.example");
  return new TokenVerifier(key, secret).verify(entry.token);
}

/** What the server would post to us. */
async function posts(event: string, room: string, identity: string, more: object = {}): Promise<boolean> {
  const body = JSON.stringify({ event, room: { name: room }, participant: { identity }, ...more });
  const pass = new AccessToken(key, secret);
  pass.sha256 = createHash("sha256").update(body).digest("base64");
  return rooms.heard(body, await pass.toJwt());
}

test("a LiveKit token opens one room for one seat for a minute, and lets nobody record, hide or publish more than the group's rule", async () => {
  await rooms.openRoom("tuesday", { cameras: "welcome", seats: 16 });
  await rooms.openRoom("quiet", { cameras: "off", seats: 16 });
  const member = await grantsOf("tuesday", "blue", "member");
  expect(member.sub).toBe("blue");
  expect((member.exp ?? 0) - wallClock().epochMilliseconds / 1000).toBeLessThanOrEqual(60);
  expect(member.video).toMatchObject({ roomJoin: true, room: "tuesday", canPublish: true, canPublishData: false, hidden: false });
  expect(member.video).not.toHaveProperty("roomRecord");
  expect(member.video).not.toHaveProperty("roomAdmin");
  expect(member.video?.canPublishSources).toEqual(["microphone", "camera"]);
  expect((await grantsOf("quiet", "blue", "member")).video?.canPublishSources).toEqual(["microphone"]);
  expect((await grantsOf("tuesday", "ear", "listener")).video?.canPublish).toBe(false);
});

test("who is inside comes from the server's posts, and from nobody else's", async () => {
  expect(await rooms.heard(JSON.stringify({ event: "participant_joined", room: { name: "tuesday" }, participant: { identity: "eve" } }), "forged")).toBe(false);
  expect(await posts("participant_joined", "tuesday", "blue")).toBe(true);
  await posts("track_published", "tuesday", "blue", { track: { source: "CAMERA" } });
  expect(rooms.present("tuesday")).toMatchObject([{ seat: "blue", camera: true }]);
});

test("a post is believed by its signature alone: of our pair, in the one algorithm, of these words, and not past its time", async () => {
  const body = JSON.stringify({ event: "participant_joined", room: { name: "tuesday" }, participant: { identity: "eve" } });
  const digest = createHash("sha256").update(body).digest("base64");
  const base64 = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const now = Math.floor(wallClock().epochMilliseconds / 1000);
  const signed = (head: object, claims: object, by = secret) => {
    const text = `${base64(head)}.${base64(claims)}`;
    return `${text}.${createHmac("sha256", by).update(text).digest("base64url")}`;
  };
  const claims = { iss: key, nbf: now - 10, exp: now + 60, sha256: digest };
  const head = { alg: "HS256", typ: "JWT" };
  expect(await rooms.heard(body, signed(head, { ...claims, sha256: createHash("sha256").update("other").digest("base64") }))).toBe(false);
  expect(await rooms.heard(body, `${base64({ alg: "none" })}.${base64(claims)}.`)).toBe(false);
  expect(await rooms.heard(body, signed({ alg: "RS256" }, claims))).toBe(false);
  expect(await rooms.heard(body, signed({ ...head, jwk: { kty: "oct", k: "AAAA" } }, claims, "a-key-of-somebody-else-that-is-long-enough"))).toBe(false);
  expect(await rooms.heard(body, signed(head, { ...claims, iss: "another" }))).toBe(false);
  expect(await rooms.heard(body, signed(head, { ...claims, nbf: now - 7200, exp: now - 3600 }))).toBe(false);
  expect(rooms.present("tuesday").some(({ seat }) => seat === "eve")).toBe(false);
});

test("muting takes the microphone's permission, and a revocation the seat, its tokens and the server's", async () => {
  asked.length = 0;
  await rooms.muteSeat("tuesday", "blue", true);
  expect(asked).toMatchObject([{ path: "UpdateParticipant", body: { room: "tuesday", identity: "blue", permission: { canPublish: true, canPublishSources: ["CAMERA"] } } }]);
  const token = await tokenOf(rooms, "tuesday", "blue");
  await rooms.moveToSide("tuesday", ["blue"], "kitchen");
  expect(asked.at(-1)).toMatchObject({ path: "MoveParticipant", body: { room: "tuesday", identity: "blue" } });
  await posts("participant_left", "tuesday", "blue");
  expect(rooms.present("tuesday")).toMatchObject([{ seat: "blue", side: "kitchen", muted: true }]);
  await rooms.revokeSeat("tuesday", "blue");
  expect(asked.at(-1)).toMatchObject({ path: "RemoveParticipant", body: { identity: "blue" } });
  expect(Number(asked.at(-1)?.body["revokeTokenTs"])).toBeGreaterThan(0);
  expect(await rooms.entry(token)).toEqual({ refused: "unknown" });
});

test("a closed LiveKit room is deleted with its side rooms, and its tokens are dead", async () => {
  const token = await tokenOf(rooms, "tuesday", "green");
  asked.length = 0;
  await rooms.closeRoom("tuesday");
  expect(asked.map(({ path, body }) => [path, body["room"]]).toSorted()).toEqual([["DeleteRoom", "tuesday"], ["DeleteRoom", "tuesday--side--kitchen"]]);
  expect(await rooms.entry(token)).toEqual({ refused: "unknown" });
  expect(await rooms.join(token, "v=0")).toEqual({ refused: "elsewhere" });
});

test("an organization's own link is told to a seat in its hour, and not before the room opens, after a revocation or when it is over", async () => {
  const links = linkedRooms(wallClock, (room) => Promise.resolve(room === "monday" ? "https://meet.example/xyz" : undefined));
  const token = await tokenOf(links, "monday", "blue");
  expect(await links.entry(token)).toEqual({ refused: "closed" });
  await links.openRoom("monday", { cameras: "welcome", seats: 12 });
  expect(await links.entry(token)).toEqual({ kind: "link", href: "https://meet.example/xyz" });
  expect(await links.entry("another")).toEqual({ refused: "unknown" });
  await links.revokeSeat("monday", "blue");
  expect(await links.entry(token)).toEqual({ refused: "unknown" });
  const other = await tokenOf(links, "monday", "green");
  await links.closeRoom("monday");
  expect(await links.entry(other)).toEqual({ refused: "unknown" });
});
