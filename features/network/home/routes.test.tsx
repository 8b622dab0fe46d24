import { createHash, randomUUID } from "node:crypto";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import type { App } from "../../../platform/http/app.tsx";
import { makeNetwork, networkApp, signedIn } from "../factory.ts";
import { peopleHere } from "./queries.ts";

let house: TestHouse;
let app: App;
beforeAll(async () => {
  house = await openTestHouse();
  app = networkApp(house);
  await makeNetwork(house);
});
beforeEach(async () => {
  await house.db.deleteFrom("conversations").execute();
  await house.db.deleteFrom("shifts").execute();
  await house.db.deleteFrom("opening_hours").execute();
  house.passTime({ hours: 1 });
});

async function parents(count: number, more: { seenMinutesAgo?: number; ended?: boolean } = {}): Promise<void> {
  const now = house.now();
  const one = () => ({
    wrapped_key: Buffer.from("key"),
    opening_key: randomUUID(),
    language: "en",
    opened_at: now,
    parent_seen_at: now.subtract({ minutes: more.seenMinutesAgo ?? 0 }),
    ...(more.ended ? { ended_at: now, ended_by: "parent" } : {}),
  });
  await house.db.insertInto("conversations").values(Array.from({ length: count }, one)).execute();
}

async function onDuty(languages: string[], seenMinutesAgo = 0): Promise<void> {
  const name = `v${randomUUID().slice(0, 8)}`;
  await signedIn(house, "volunteer", name);
  const { id } = await house.db.selectFrom("members").select("id").where("sign_in_name", "=", name).executeTakeFirstOrThrow();
  const now = house.now();
  await house.db.insertInto("shifts").values({ member_id: id, languages, cap: 2, started_at: now, ends_at: now.add({ hours: 3 }), seen_at: now.subtract({ minutes: seenMinutesAgo }) }).execute();
}

const home = async (headers: Record<string, string> = {}) => {
  house.passTime({ seconds: 2 });
  return (await app.request("/", { headers: { "accept-language": "en-US", ...headers } })).text();
};
const windows = (html: string): number => (/street-window" d="([^"]*)"/.exec(html)?.[1]?.match(/M/g) ?? []).length;

describe("who is here", () => {
  it("counts parents of the last ten minutes in conversations that go on, and volunteers of the last two", async () => {
    await parents(3);
    await parents(2, { seenMinutesAgo: 9 });
    await parents(4, { seenMinutesAgo: 11 });
    await parents(5, { ended: true });
    await onDuty(["en"], 1);
    await onDuty(["en"], 3);
    expect(await peopleHere(house.db, house.now())).toBe(6);
  });

  it("is told from five up, rounded down, with one lit window for each counted", async () => {
    await parents(17);
    const html = await home();
    expect(html).toContain("At least 15 people are here right now.");
    expect(windows(html)).toBe(15);
  });

  it("below five is no number and no lit window", async () => {
    await parents(4);
    const html = await home();
    expect(html).toContain("The lamp is on. You can write at any hour.");
    expect(html).not.toMatch(/At least|people are here/);
    expect(windows(html)).toBe(0);
  });
});

describe("who answers", () => {
  it("says when someone is on duty in her language, and when only in another", async () => {
    await onDuty(["es"]);
    expect(await home()).toContain("Someone is on duty now and answers in Spanish. You can write in English.");
    expect(await home({ "accept-language": "es" })).toContain("Ahora hay alguien de turno.");
  });

  it("says from when someone is usually here, in the network's zone, and nothing that has passed", async () => {
    house.setClock("2026-11-24T11:00:00Z");
    await house.db.insertInto("opening_hours").values({ weekday: 2, opens: Temporal.PlainTime.from("08:00"), closes: Temporal.PlainTime.from("12:00") }).execute();
    expect((await home()).replaceAll("\u202f", " ")).toContain("Someone is usually here from 8:00 AM (Pacific Time).");
    house.setClock("2026-11-24T17:00:00Z");
    expect(await home()).toContain("Nobody is on duty right now. Leave a message: we write or call back.");
    house.setClock("2026-11-24T21:00:00Z");
    expect((await home()).replaceAll("\u202f", " ")).toContain("from Tuesday, December 1 at 8:00 AM (Pacific Time).");
  });
});

describe("home is kept", () => {
  const bytes = async () => Buffer.from(await (await app.request("/", { headers: { "accept-language": "en-US", "accept-encoding": "br" } })).arrayBuffer());

  it("the same bytes until a fact on it changes", async () => {
    await parents(7);
    house.passTime({ seconds: 2 });
    const first = await bytes();
    house.passTime({ seconds: 2 });
    expect((await bytes()).equals(first)).toBe(true);
    await parents(2);
    house.passTime({ seconds: 2 });
    expect((await bytes()).equals(first), "nine are still told as five").toBe(true);
    await parents(1);
    expect((await bytes()).equals(first), "asked once a second at most").toBe(true);
    house.passTime({ seconds: 2 });
    expect((await bytes()).equals(first)).toBe(false);
  });

  it("in every form that a browser takes, the same page", async () => {
    house.passTime({ seconds: 2 });
    const get = async (coding: string) => Buffer.from(await (await app.request("/", { headers: { "accept-language": "en-US", "accept-encoding": coding } })).arrayBuffer());
    const plain = (await get("identity")).toString();
    expect(brotliDecompressSync(await get("gzip, br")).toString()).toBe(plain);
    expect(gunzipSync(await get("gzip")).toString()).toBe(plain);
    expect((await get("br")).byteLength).toBeLessThan(10_000);
  });

  it("apart for each language, light, country and title", async () => {
    const pages = await Promise.all([home(), home({ cookie: "__Host-language=es" }), home({ cookie: "__Host-light=night" }), home({ cookie: "__Host-country=IE" }), home({ cookie: "__Host-quiet=1" })]);
    expect(new Set(pages).size).toBe(5);
    expect(pages[2]).toContain('data-theme="night"');
    expect(pages[3]).toContain("Call 116\u00a0123 or 112 now if:");
    expect(pages[4]).not.toContain("Small Hours");
  });

  it("with a country that does not exist it shows 112 and a way to choose, outside the emergency card", async () => {
    const html = await home({ cookie: "__Host-country=QQ" });
    expect(html).toContain("Call 112 now if:");
    expect(html).toContain('href="/help#countries">Choose your country');
  });

  it("without the database it opens all the same and claims nothing", async () => {
    const { db } = house;
    const broken = networkApp({ ...house, db: new Proxy(db, { get: () => () => { throw new Error("no database"); } }) });
    const answer = await broken.request("/", { headers: { "accept-language": "en-US" } });
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain("Call 988 or 911 now if:");
    expect(html).not.toMatch(/on duty/);
  });
});

it("home has one heading, one main door and three others", async () => {
  const html = await home();
  expect(html.match(/<h1[^>]*>You are not the only one awake\./g)).toHaveLength(1);
  for (const [href, words] of [["/message", "Message a volunteer"], ["/groups", "Join a group"], ["/village", "Get practical help"], ["/understand", "Understand what I feel"]]) expect(html).toMatch(new RegExp(`href="${href}"><svg.*?</svg>${words}</a>`));
  expect(html.match(/btn-primary/g)).toHaveLength(1);
});

it("the village says that it is coming, and who helps meanwhile", async () => {
  const html = await (await app.request("/village", { headers: { "accept-language": "en-US" } })).text();
  expect(html).toMatch(/<h1[^>]*>[^<]*coming here/);
  expect(html).toContain("tel:18009444773");
  expect(html).toContain('href="/message"');
});

describe("the first page that her browser sees of us", () => {
  it("brings its sheet within itself, let in by its hash; once her zone is known the sheet is asked for as on every page", async () => {
    const first = await app.request("/");
    const [, source] = /'self' '[^']*' ('sha256-[^']*')/.exec(first.headers.get("content-security-policy") ?? "") ?? [];
    const html = await first.text();
    const [, css = ""] = /<style>(.*?)<\/style>/.exec(html) ?? [];
    expect(source).toBe(`'sha256-${createHash("sha256").update(css).digest("base64")}'`);
    expect(html.indexOf('rel="stylesheet"')).toBeGreaterThan(html.indexOf("</main>"));

    const later = await app.request("/", { headers: { cookie: "__Host-zone=America/Chicago" } });
    expect(later.headers.get("content-security-policy")).not.toContain(source);
    const again = await later.text();
    expect(again).not.toContain("<style>");
    expect(again.indexOf('rel="stylesheet"')).toBeLessThan(again.indexOf("</head>"));
  });
});
