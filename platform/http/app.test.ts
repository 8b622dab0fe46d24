import { createHash } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { h } from "preact";
import { describe, expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { buildApp } from "./app.tsx";
import { readEnvironment, refuseOpenDemo } from "./environment.ts";
import { healthRoom } from "./health.ts";
import type { House } from "./house.ts";
import { limitsOf, streamsOfOne, streamsOfPrefix, turnKeptMinutes, turnSeconds, wrongCodes } from "./limits.ts";
import { anyone, Room, type Door } from "./room.ts";

const house = await openTestHouse();
let bodiesRead = 0;

function appOf(at: House) {
  const room = new Room(at);
  room.post("/echo", anyone, async (c) => {
    bodiesRead++;
    return c.text(String((await c.req.text()).length));
  });
  room.open("GET", "/open/:id", (c) => c.json({ id: c.req.param("id") ?? "" }));
  room.open("POST", "/open", async (c) => c.json({ asked: await c.req.text() }));
  const page = (words: string) => () => h("p", null, words);
  return buildApp(at, [room, healthRoom(at)], { notHere: page("not here"), ourFault: page("our fault"), tooLarge: page("too large") });
}
const app = appOf(house);

const from = (remoteAddress: string): HttpBindings => ({ incoming: { socket: { remoteAddress } } }) as unknown as HttpBindings;
const door = (address: string, headers: Record<string, string> = {}): Door => ({ env: from(address), req: { header: (name: string) => headers[name] } }) as unknown as Door;

describe("a post from elsewhere", () => {
  const post = async (headers: Record<string, string>, at: House = house) => (await appOf(at).request("http://help.example/echo", { method: "POST", body: "x", headers: { host: "help.example", ...headers } })).status;

  test("an old iPhone names the origin of our own form null and nothing else, and is let in", async () => {
    expect(await post({ origin: "null", "content-type": "application/x-www-form-urlencoded" })).toBe(200);
  });

  test("a foreign origin is refused, with or without the newer header", async () => {
    expect(await post({ origin: "https://elsewhere.example" })).toBe(403);
    expect(await post({ origin: "null", "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await post({ origin: "https://help.example", "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await post({ origin: "https://help.example" })).toBe(200);
  });
});

describe("open data", () => {
  const abroad = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };

  test("may be read and searched by the scripts of any site, without a cookie", async () => {
    const read = await app.request("/open/7", { headers: abroad });
    expect([read.status, read.headers.get("access-control-allow-origin"), read.headers.get("access-control-allow-credentials")]).toEqual([200, "*", null]);
    const searched = await app.request("/open", { method: "POST", headers: abroad, body: "words" });
    expect([searched.status, searched.headers.get("access-control-allow-origin"), await searched.json()]).toEqual([200, "*", { asked: "words" }]);
    const beforehand = await app.request("/open", { method: "OPTIONS", headers: { ...abroad, "access-control-request-method": "POST", "access-control-request-headers": "content-type" } });
    expect([beforehand.status, beforehand.headers.get("access-control-allow-methods")]).toEqual([204, "GET, POST"]);
  });

  test("opens no other door: not the one beside it, nor one below it", async () => {
    for (const path of ["/echo", "/open/7", "/open/", "/OPEN", "/open/../echo"]) expect((await app.request(path, { method: "POST", headers: abroad, body: "x" })).status, path).toBe(403);
    const beside = await app.request("/echo", { method: "OPTIONS", headers: abroad });
    expect([beside.status, beside.headers.get("access-control-allow-origin")]).toEqual([404, null]);
  });

  test("is posted to at a whole path alone", () => {
    expect(() => new Room(house).open("POST", "/open/:id", (c) => c.text(""))).toThrow("/open/:id");
  });
});

describe("a body", () => {
  /** Half a megabyte at a time, and no word of its length. */
  const chunked = (chunks: number): RequestInit => {
    let left = chunks;
    const body = new ReadableStream<Uint8Array>({
      pull(stream) {
        if (left-- > 0) stream.enqueue(new Uint8Array(400_000).fill(97));
        else stream.close();
      },
    });
    return { method: "POST", body, duplex: "half" } as RequestInit;
  };

  test("that is too large gets the kind page before anybody reads it, also where it does not say its length", async () => {
    bodiesRead = 0;
    const answer = await app.request("/echo", chunked(1000));
    expect([answer.status, await answer.text(), bodiesRead]).toEqual([413, "<!doctype html><p>too large</p>", 0]);
    expect((await app.request("/echo", { method: "POST", body: "x", headers: { "content-length": "1000001" } })).status).toBe(413);
  });

  test("that is not too large arrives whole", async () => {
    expect(await (await app.request("/echo", chunked(2))).text()).toBe("800000");
  });
});

describe("the counts of a night", () => {
  const ask = async (address: string, headers: Record<string, string> = {}, at: House = house) => (await appOf(at).request("/metrics", { headers }, from(address))).status;

  test("are for this machine alone, with nobody behind it", async () => {
    expect(await ask("127.0.0.1")).toBe(200);
    expect(await ask("::1")).toBe(200);
    expect(await ask("::ffff:127.0.0.1")).toBe(200);
    expect(await ask("127.0.0.1", { "x-forwarded-for": "203.0.113.9" })).toBe(404);
    expect(await ask("10.0.0.3")).toBe(404);
    expect(await ask("203.0.113.9", { "x-forwarded-for": "127.0.0.1" })).toBe(404);
    expect((await app.request("/metrics")).status).toBe(404);
  });

  test("or for who holds the token, where there is one", async () => {
    const token = createHash("sha256").update("a token").digest("hex");
    const at = { ...house, environment: { ...house.environment, METRICS_TOKEN: token } };
    expect(await ask("10.0.0.3", { authorization: `Bearer ${token}` }, at)).toBe(200);
    expect(await ask("10.0.0.3", { authorization: "Bearer undefined" }, at)).toBe(404);
    expect(await ask("10.0.0.3", { authorization: "Bearer undefined" })).toBe(404);
    expect(() => readEnvironment({ METRICS_TOKEN: "short" })).toThrow(/METRICS_TOKEN has 16/);
  });
});

test("a demo does not open under a public address, where its letters would be everybody's to read", () => {
  const start = (PUBLIC_URL: string | undefined, NODE_ENV: "production" | "development" | "test") => () => refuseOpenDemo({ PUBLIC_URL, NODE_ENV });
  expect(start("https://help.example.org", "development")).toThrow(/Set NODE_ENV=production/);
  expect(start("https://help.example.org", "test")).toThrow();
  expect(start("https://localhost.example.org", "development")).toThrow();
  for (const near of ["https://localhost:8443", "https://127.0.0.1", "https://[::1]:3000", "http://192.168.1.4:3000", undefined]) expect(start(near, "development")).not.toThrow();
  expect(start("https://help.example.org", "production")).not.toThrow();
});

describe("limits", () => {
  /** Of a house where nobody has done anything yet. */
  const fresh = () => limitsOf({ ...house });

  test("a turn that has come is kept for half an hour, counts once, and then is over", async () => {
    const limits = fresh();
    const c = door("203.0.113.7");
    let turn = await limits.openingTurn(c, "");
    while (!turn) turn = await limits.openingTurn(c, "");
    const later = await limits.openingTurn(c, "");
    house.passTime({ seconds: 2 * turnSeconds, minutes: turnKeptMinutes - 1 });
    expect(await limits.openingTurn(c, turn.ticket)).toBeUndefined();
    expect(await limits.openingTurn(c, turn.ticket), "used").toBeDefined();
    house.passTime({ minutes: 2 });
    expect(await limits.openingTurn(c, later?.ticket ?? ""), "half an hour over").toBeDefined();
  });

  test("only wrong codes are counted, and a wait ends nobody's right one elsewhere", async () => {
    const limits = fresh();
    const c = door("198.51.100.7");
    for (let time = 0; time < 3 * wrongCodes; time++) expect(await limits.waitForCode(c)).toBe(0);
    for (let time = 0; time < wrongCodes; time++) {
      expect(await limits.waitForCode(c)).toBe(0);
      await limits.noteWrongCode(c);
    }
    expect(await limits.waitForCode(c)).toBeGreaterThan(500);
    expect(await limits.waitForCode(door("192.0.2.7"))).toBe(0);
  });

  test("one session has its places, and a place that is left is free again, once", () => {
    const limits = fresh();
    const c = door("203.0.113.7");
    const places = Array.from({ length: streamsOfOne }, () => limits.streamPlace(c, "ana"));
    expect(limits.streamPlace(c, "ana")).toBeUndefined();
    expect(limits.streamPlace(c, "judith")).toBeDefined();
    places[0]?.();
    places[0]?.();
    expect(limits.streamPlace(c, "ana")).toBeDefined();
    expect(limits.streamPlace(c, "ana")).toBeUndefined();
  });

  test("one network has its places; this machine, where a proxy may name nobody, has no such bound", () => {
    const limits = fresh();
    const openAll = (address: string, tag: string) => Array.from({ length: streamsOfPrefix + 1 }, (_, index) => limits.streamPlace(door(address), `${tag} ${index}`)).filter((place) => place === undefined).length;
    expect(openAll("203.0.113.7", "a")).toBe(1);
    expect(openAll("127.0.0.1", "b")).toBe(0);
  });

  test("a page's own small acts are bounded by what names them", async () => {
    const limits = fresh();
    const results = await Promise.all(Array.from({ length: 61 }, () => limits.tooManyActs("writing ana")));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await limits.tooManyActs("writing judith")).toBe(false);
  });
});

test("settings that are of use only together are missed in one sentence", () => {
  const janus = { JANUS_URL: "ws://127.0.0.1:8188", JANUS_API_SECRET: "sixteen-or-more-characters" };
  const liveKit = { LIVEKIT_URL: "wss://media.example", LIVEKIT_API: "https://media.example", LIVEKIT_KEY: "key", LIVEKIT_SECRET: "a-secret-of-at-least-thirty-two-characters" };
  expect(readEnvironment({ ...janus, ...liveKit })).toMatchObject({ ...janus, ...liveKit });
  expect(() => readEnvironment({ JANUS_URL: janus.JANUS_URL })).toThrow("Small Hours cannot start: JANUS_URL and JANUS_API_SECRET are set together or not at all.");
  for (const name of Object.keys(liveKit)) expect(() => readEnvironment({ ...liveKit, [name]: "" })).toThrow("LIVEKIT_URL, LIVEKIT_API, LIVEKIT_KEY and LIVEKIT_SECRET are set together or not at all.");
  expect(() => readEnvironment({ SMS_FROM: "+13105550100" })).toThrow("SMS_URL and SMS_FROM are set together or not at all.");
  expect(() => readEnvironment({ ...janus, JANUS_URL: "https://media.example" })).toThrow(/JANUS_URL/);
});
