import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import fc from "fast-check";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createApp } from "../../app.tsx";
import { furnishTheStreet } from "../../cast/street.ts";
import { openTestHouse } from "../../cast/test-house.ts";
import { sixWords } from "../../platform/crypto/six-words.ts";
import { wrongCodes } from "../../platform/http/limits.ts";
import { startSession } from "../accounts/commands.ts";

const house = await openTestHouse({ TRUSTED_PROXIES: "1" });
const lines: string[] = [];
const watched = { ...house, log: pino({ level: "trace", base: null }, { write: (line) => void lines.push(line) }) };
const app = createApp(watched);
const staff = await furnishTheStreet(house);

type Form = Readonly<Record<string, string>>;
let hosts = 0;

/** Asks as a browser does; each opening comes from a network of its own, as this is not what limits are tested by. */
function ask(method: string, path: string, { cookie = "", form, headers = {} }: { cookie?: string; form?: Form; headers?: Readonly<Record<string, string>> } = {}) {
  const from = `10.${(hosts >> 8) & 255}.${hosts++ & 255}.1`;
  const body = form && method === "POST" ? { body: new URLSearchParams(form).toString() } : {};
  return app.request(path, { method, headers: { "content-type": "application/x-www-form-urlencoded", "x-forwarded-for": from, cookie, ...headers }, ...body });
}

async function opens(words: string, more: Form = {}): Promise<{ cookie: string; token: string; id: string }> {
  const answer = await ask("POST", "/message", { form: { key: randomUUID(), words, language: "en", danger: "skip", ...more } });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("__Host-conversation="))?.split(";")[0] ?? "";
  const { id } = await house.db.selectFrom("conversations").select("id").orderBy("opened_at", "desc").orderBy("id").executeTakeFirstOrThrow();
  house.passTime({ seconds: 1 });
  return { cookie, token: cookie.split("=")[1] ?? "", id };
}

const session = async (name: keyof typeof staff) => `__Host-session=${await startSession(house, { memberId: staff[name], way: "demo", device: "? on ?", twoStep: true })}`;

// A stranger, and everything of hers that nobody else may see.
const said = "canary-words-5521";
const stranger = await opens(said, { nickname: "canary-nickname-5521", danger: "yes" });
await ask("POST", "/conversation/call-back", { cookie: stranger.cookie, form: { way: "text", contact: "+1 805 555 0142", safeWay: "text_only", bestTime: "any" } });
const marco = await session("marco");
await ask("POST", "/desk/shift", { cookie: marco, form: { languages: "en", cap: "5", hours: "4" } });
await ask("POST", `/desk/conversations/${stranger.id}/claim`, { cookie: marco });
await ask("POST", `/desk/conversations/${stranger.id}/messages`, { cookie: marco, form: { key: randomUUID(), words: "canary-answer-5521" } });
await ask("POST", `/desk/conversations/${stranger.id}/notes`, { cookie: marco, form: { key: randomUUID(), note: "canary-note-5521" } });
await ask("POST", `/desk/conversations/${stranger.id}/concern`, { cookie: marco, form: { desire: "not_clear", words: "canary-concern-5521" } });
// Her number in each way of writing it; its last four digits alone stand in a clock's milliseconds every now and then.
const secrets = ["canary-", "5550142", "555 0142", "555-0142", "555.0142", stranger.token, sixWords(stranger.token, "en"), sixWords(stranger.token, "es")];
const leaks = (text: string): string[] => secrets.filter((secret) => text.includes(secret));

const hers = await opens("I am awake.");
const ana = await session("ana");
await ask("POST", "/desk/shift", { cookie: ana, form: { languages: "en", cap: "5", hours: "4" } });
await ask("POST", `/desk/conversations/${hers.id}/claim`, { cookie: ana });
await ask("POST", `/desk/conversations/${hers.id}/concern/raise`, { cookie: ana });

const nasty = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  fc.constantFrom("", "\0", "\ud800", "a\udfff\0b", "'; drop table conversations; --", "<script>alert(1)</script>", "../../etc/passwd", "%00", "%", "{}", "null", "[1]", "-1", "1e99", "NaN", "9".repeat(400), "2026-99-99", "99999999-01-01", "x".repeat(9000), "00000000-0000-0000-0000-000000000000", "A".repeat(43), "//elsewhere.example", "javascript:alert(1)", "queue", "yes", "en", "call"),
  fc.constantFrom(stranger.id, hers.id, hers.token, sixWords("A".repeat(43), "en")),
);
// Each name that any form of the house has, and what scripts alone send.
const views = await Array.fromAsync(glob("features/**/*.tsx"));
const fields = [...new Set(["token", "before", "back", "light", "country", "q", ...views.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\bname=[{]?"(\w+)"/g)].flatMap(([, name]) => name ?? []))])];
const inCookie = nasty.map((text) => encodeURIComponent(text.toWellFormed()));
const inHeader = nasty.map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?"));
const inPath = nasty.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 2000) || "x");
const who = { visitor: "", parent: hers.cookie, volunteer: ana, coordinator: await session("lucia") };

// These would end what the next tries need; each has its own test elsewhere.
const ending = /^\/exit$|erase|\/end$|sign-out|\/shift\/end|sessions|roles\/end|removal|phrases.*remove|handover$|close$/;
const routes = app.routes.filter(({ method, path }) => !path.endsWith("/stream") && !(method === "POST" && ending.test(path)));

/** What holds for every answer there is: no failure, nobody else's words, no way to another site. */
async function isSafe(answer: Response, where: string): Promise<string> {
  const text = await answer.text();
  expect(answer.status, where).toBeLessThan(500);
  expect(leaks(text + [...answer.headers.values()].join()), where).toEqual([]);
  const to = answer.headers.get("location");
  if (to !== null && where.split(" ")[1] !== "/exit") expect(to, where).toMatch(/^\/(?![/\\])/);
  return text;
}

test("her own volunteer reads what the stranger wrote", async () => {
  const page = await (await ask("GET", `/desk/conversations/${stranger.id}`, { cookie: marco })).text();
  for (const words of [said, "canary-nickname-5521", "canary-answer-5521", "canary-note-5521"]) expect(page).toContain(words);
});

describe("hostile input", () => {
  test("whatever is asked, posted or carried along, nothing fails, and nobody reads a stranger's words", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.constantFrom(...(["visitor", "parent", "volunteer", "coordinator"] as const)),
        fc.dictionary(fc.constantFrom(...fields), nasty, { maxKeys: 24 }),
        inPath,
        fc.dictionary(fc.constantFrom("language", "light", "country", "zone", "quiet", "asked", "step"), inCookie),
        fc.dictionary(fc.constantFrom("accept-language", "accept", "last-event-id", "referer", "user-agent", "if-none-match", "accept-encoding"), inHeader),
        async ({ method, path }, role, form, value, cookies, headers) => {
          const address = path.replaceAll(/:\w+/g, value);
          const cookie = [who[role], ...Object.entries(cookies).map(([name, text]) => `__Host-${name}=${text}`)].filter(Boolean).join("; ");
          const posted = Object.fromEntries(Object.entries(form).map(([name, text]) => [name, text.toWellFormed()]));
          // A gzipped page is the same page; read as text it would hide what it says.
          const { "accept-encoding": _packed, ...plain } = headers;
          await isSafe(await ask(method, address, { cookie, form: posted, headers: plain }), `${method} ${path} as ${role}`);
        },
      ),
      { numRuns: 900 },
    );
  }, 90_000);

  test("a stranger's number, link and cursor open nothing", async () => {
    for (const { method, path } of routes.filter(({ path }) => /:(id|token|after|callBackId|concernId)/.test(path)))
      for (const role of ["visitor", "parent", "volunteer"] as const) {
        const address = path.replace(/:(callBackId|concernId|id)/, stranger.id).replace(":after", "0").replaceAll(/:\w+/g, "x");
        const answer = await ask(method, address, { cookie: who[role], form: { key: randomUUID(), words: "in another's name", note: "x" } });
        await isSafe(answer, `${method} ${path} as ${role}`);
        if (path.startsWith("/desk/conversations/:id") && role === "volunteer") expect([404, 409], `${method} ${path}`).toContain(answer.status);
      }
    const entries = await house.db.selectFrom("entries").select("seq").where("conversation_id", "=", stranger.id).where("author", "=", "parent").where("kind", "=", "message").execute();
    expect(entries).toHaveLength(1);
  });

  test("what is new since no count at all is not there", async () => {
    for (const after of ["1.bak", ".1.swp", "1~", "backup.sql", "-1", "1e3", "%20", "x"]) {
      expect((await ask("GET", `/conversation/new/${after}`, { cookie: hers.cookie })).status, after).toBe(404);
      expect((await ask("GET", `/desk/conversations/${hers.id}/new/${after}`, { cookie: ana })).status, after).toBe(404);
    }
    expect((await ask("GET", "/conversation/new/0", { cookie: hers.cookie })).status).toBe(200);
  });

  test("a key of any shape is no key", async () => {
    await fc.assert(
      fc.asyncProperty(inCookie, async (key) => {
        fc.pre(key !== hers.token && key !== stranger.token);
        const answer = await ask("GET", "/conversation", { cookie: `__Host-conversation=${key}` });
        expect(answer.headers.get("location")).toBe("/back");
      }),
      { numRuns: 150 },
    );
  });

  test("six words of any shape open nothing but what they belong to", async () => {
    const word = fc.oneof(fc.constantFrom(...sixWords("B".repeat(43), "en").split(" "), ...sixWords("C".repeat(43), "es").split(" ")), fc.string({ unit: "binary", maxLength: 8 }));
    const code = fc.oneof(fc.array(word, { maxLength: 9 }).map((words) => words.join(" ")), nasty);
    await fc.assert(
      fc.asyncProperty(code, async (words) => {
        const answer = await ask("POST", "/back", { form: { words: words.toWellFormed() } });
        expect(answer.status).toBe(422);
        expect(answer.headers.getSetCookie()).toEqual([]);
        await isSafe(answer, "POST /back as visitor");
      }),
      { numRuns: 200 },
    );
  });

  test("six words can't be guessed in a row from one place", async () => {
    const from = { "x-forwarded-for": "192.0.2.7" };
    const statuses = [];
    for (let time = 0; time < wrongCodes + 2; time++) statuses.push((await ask("POST", "/back", { form: { words: "abandon ability able about above absent" }, headers: from })).status);
    expect(statuses).toEqual([...Array.from({ length: wrongCodes }, () => 422), 429, 429]);
    expect((await ask("POST", "/message", { form: { key: randomUUID(), words: "Still open to me." }, headers: from })).status).toBe(303);
  });

  test("a body that is no form is answered kindly", async () => {
    const kinds = ["application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded; charset=utf-16", "image/png"];
    const bodies = ["", "{", "--x\r\ncontent-disposition: form-data; name=\"words\"; filename=\"a\"\r\n\r\nhello\r\n--x--", "a=%ff%fe&words=%ed%a0%80&key=%00", "\u0000\u0001", "=&=&&&", "words[]=1&words[a]=2&__proto__=x&constructor=y"];
    for (const { method, path } of routes.filter(({ method }) => method === "POST"))
      for (const [index, type] of kinds.entries()) {
        const address = path.replaceAll(/:(id|callBackId|concernId|phraseId)/g, hers.id).replaceAll(/:\w+/g, "x");
        const cookie = [who.parent, index % 2 ? who.volunteer : who.coordinator].join("; ");
        const answer = await app.request(address, { method, headers: { cookie, "content-type": type }, body: bodies[index % bodies.length] ?? "" });
        await isSafe(answer, `${method} ${path} with ${type}`);
      }
  });
});

describe("too much", () => {
  const long = "I have not slept, and I am tired. ".repeat(3000);
  const ends = long.trim().slice(-40);

  test.each([
    { path: "/message", field: "words", cookie: "", more: { key: randomUUID() } },
    { path: "/conversation/messages", field: "words", cookie: hers.cookie, more: { key: randomUUID() } },
    { path: `/desk/conversations/${hers.id}/messages`, field: "words", cookie: ana, more: { key: randomUUID() } },
    { path: `/desk/conversations/${hers.id}/notes`, field: "note", cookie: ana, more: { key: randomUUID() } },
    { path: `/desk/conversations/${hers.id}/handover`, field: "note", cookie: ana, more: { to: "queue" } },
    { path: `/desk/conversations/${hers.id}/concern`, field: "words", cookie: ana, more: {} },
    { path: `/desk/debrief/${hers.id}`, field: "words", cookie: ana, more: { how: "fine" } },
    { path: "/phrases", field: "en", cookie: who.coordinator, more: { title: "Hello", es: "Hola" } },
  ])("100 KB pasted into $path is refused, and stands in its box", async ({ path, field, cookie, more }) => {
    // The debrief is for who was in it; she was.
    const answer = await ask("POST", path, { cookie, form: { ...more, [field]: long } });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    const box = new RegExp(`<textarea[^>]*name="${field}"[^>]*>([^<]*)`).exec(text)?.[1] ?? "";
    expect(box.trim().endsWith(ends)).toBe(true);
    expect(box.length).toBeGreaterThan(100_000);
  });

  test("beyond the limit a page says so, with the numbers to call", async () => {
    const answer = await ask("POST", "/message", { form: { words: "x" }, headers: { "content-length": "1000001", "accept-language": "en-US" } });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toMatch(/988/);
  });
});

describe("other ways to ask", () => {
  test("a method that no route names is a page that is not here", async () => {
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
      for (const path of ["/", "/message", "/conversation", "/desk", `/desk/conversations/${hers.id}`, "/nothing"]) {
        const answer = await ask(method, path, { cookie: `${hers.cookie}; ${ana}` });
        expect(answer.status, `${method} ${path}`).toBe(404);
      }
    expect((await ask("GET", "/conversation/messages", { cookie: hers.cookie })).status).toBe(404);
  });

  test("asked for its head alone, a page answers without a body", async () => {
    for (const path of ["/", "/message", "/help", "/conversation", "/nothing"]) {
      const answer = await ask("HEAD", path, { cookie: hers.cookie });
      expect(await answer.text(), path).toBe("");
      expect(answer.status, path).toBe(path === "/nothing" ? 404 : 200);
    }
  });
});

test("no line of the log and no number of the metrics holds anything of anybody", async () => {
  await ask("GET", `/back/${stranger.token}`);
  await ask("POST", "/back", { form: { words: sixWords(stranger.token, "en") } });
  await ask("POST", "/country", { form: { country: "canary-place", back: "/" } });
  await ask("GET", "/help/canary-place?q=canary-place");
  // A database that quotes what it was given, as PostgreSQL does.
  const quoting = new Proxy(house.db, { get: () => () => { throw Object.assign(new Error(`invalid input: "${said}"`), { code: "22P02", detail: said }); } });
  const broken = createApp({ ...watched, db: quoting });
  const failed = await broken.request("/conversation", { headers: { cookie: stranger.cookie } });
  expect(failed.status).toBe(500);
  expect(leaks(await failed.text())).toEqual([]);
  expect(lines.length).toBeGreaterThan(600);
  expect(lines.filter((line) => leaks(line).length > 0)).toEqual([]);
  expect(lines.filter((line) => /I am awake|not slept/.test(line))).toEqual([]);
  expect(leaks(await (await ask("GET", "/metrics")).text())).toEqual([]);
});
