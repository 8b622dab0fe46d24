import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createAdaptorServer } from "@hono/node-server";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { createApp } from "../../app.tsx";
import { furnishTheStreet } from "../../cast/street.ts";
import { openTestHouse } from "../../cast/test-house.ts";
import { startSession } from "../../features/accounts/commands.ts";
import { openConversation } from "../../features/helpline/commands.ts";
import { opening } from "../../features/helpline/factory.ts";
import { NotHere, OurFault, TooLarge } from "../../features/safety/apologies/routes.tsx";
import { buildApp } from "./app.tsx";
import { filesRoom } from "./files.ts";
import { readTyped } from "./form.ts";
import { anyone, Room, type Gate } from "./room.ts";
import { staffRoles } from "./scope.ts";
import { z } from "zod";

const plain = await openTestHouse();
const lines: string[] = [];
const house = { ...plain, log: pino({ level: "info", base: null }, { write: (line: string) => void lines.push(line) }) };
const people = await furnishTheStreet(house);

// The folder of the built files, with things beside and in it that are nobody's to read.
const root = mkdtempSync(join(tmpdir(), "small-hours-files-"));
mkdirSync(join(root, "assets"));
for (const [name, text] of [["assets/page-1.js", "export {};"], ["assets/page-1.css", "a{}"], ["secret.txt", "canary-file"], [".env", "canary-file"]] as const) writeFileSync(join(root, name), text);
mkdirSync(join(root, ".git"));
writeFileSync(join(root, ".git", "config"), "canary-file");
const app = createApp(house, { files: pathToFileURL(`${root}/`) });

const markup = `<img src=x onerror=alert(1)>"'><script>alert(2)</script>`;
const { token } = await openConversation(house, opening({ words: markup, nickname: markup }));
const cookieOf = async (who: (typeof people)["ana"]) => `__Host-session=${await startSession(house, { memberId: who, way: "demo", device: "? on ?", twoStep: true })}`;
const cookies = ["", `__Host-conversation=${token}`, await cookieOf(people.ana), await cookieOf(people.judith), await cookieOf(people.lucia)];

const address = (path: string) => path.replace(":country", "us").replace(":day", "2026-12-24").replace(":name", "page-1.js").replaceAll(/:(id|\w+Id)/g, randomUUID()).replaceAll(/:\w+/g, "nothing");
const isStream = (path: string) => path.endsWith("/stream");

type Asked = { readonly where: string; readonly cookie: string; readonly anySite: boolean; readonly answer: Response; readonly text: string };
/** Every address of the house, asked and posted to by everybody; and what no route answers. */
async function everyAnswer(): Promise<readonly Asked[]> {
  const all: Asked[] = [];
  for (const cookie of cookies)
    for (const { method, path, anySite } of app.routes) {
      // Whoever signs out or leaves would ask for the rest as a stranger.
      if (isStream(path) || (method === "POST" && /^\/(sign-out|exit)$/.test(path))) continue;
      const answer = await app.request(address(path), { method, headers: { cookie, "content-type": "application/x-www-form-urlencoded" }, ...(method === "POST" ? { body: "" } : {}) });
      all.push({ where: `${method} ${path} → ${answer.status}`, cookie, anySite: anySite === true, answer, text: answer.headers.has("content-encoding") ? "" : await answer.clone().text() });
    }
  const odd = [["/nothing", {}], ["/message", { method: "PUT" }], ["/message", { method: "POST", headers: { origin: "https://elsewhere.example" } }], ["/message", { method: "POST", headers: { "content-length": "2000000" }, body: "x" }]] as const;
  for (const [path, how] of odd) {
    const answer = await app.request(path, how);
    all.push({ where: `${path} → ${answer.status}`, cookie: "", anySite: false, answer, text: "" });
  }
  return all;
}
const answers = await everyAnswer();
/** Where something is not so. */
const but = (holds: (asked: Asked) => boolean): string[] => [...new Set(answers.filter((asked) => !holds(asked)).map(({ where }) => where))];
const of = ({ answer }: Asked, name: string): string => answer.headers.get(name) ?? "";

describe("every answer, whatever it is", () => {
  test("there are hundreds of them, of every kind", () => {
    expect(answers.length).toBeGreaterThan(500);
    for (const status of [200, 303, 403, 404, 413, 422]) expect(answers.some(({ answer }) => answer.status === status), String(status)).toBe(true);
  });

  test("asks for TLS from then on, for two years and for every name below ours", () => {
    expect(but((asked) => of(asked, "strict-transport-security") === "max-age=63072000; includeSubDomains")).toEqual([]);
  });

  test("is what its type says, and nothing that a browser may guess", () => {
    expect(but((asked) => of(asked, "x-content-type-options") === "nosniff")).toEqual([]);
    expect(but((asked) => asked.answer.body === null || of(asked, "content-type") !== "" || [204, 303, 304].includes(asked.answer.status))).toEqual([]);
    expect(but((asked) => !/^text\/|\+xml|\/xml|\/json$/.test(of(asked, "content-type")) || /charset=utf-8/i.test(of(asked, "content-type")) || /^(application\/json|image\/svg\+xml)$/.test(of(asked, "content-type")))).toEqual([]);
  });

  test("loads nothing of anybody else's, runs nothing that stands in it, and is framed by no other site", () => {
    expect(but((asked) => /default-src 'none'/.test(of(asked, "content-security-policy")))).toEqual([]);
    expect(but((asked) => /frame-ancestors '(none|self)'/.test(of(asked, "content-security-policy")))).toEqual([]);
    expect(but((asked) => !/unsafe-|\*|http:|object-src/.test(of(asked, "content-security-policy")))).toEqual([]);
    expect(but((asked) => !of(asked, "content-type").startsWith("text/html") || /base-uri 'none'/.test(of(asked, "content-security-policy")))).toEqual([]);
  });

  test("that is no page may load and do nothing, shown by itself", () => {
    const pageOrWorker = (asked: Asked) => /^text\/(html|javascript|css)/.test(of(asked, "content-type")) || /^(font|text\/csv)/.test(of(asked, "content-type"));
    expect(but((asked) => pageOrWorker(asked) || !/(script|connect|img|style|form-action)[^;]*'self'/.test(of(asked, "content-security-policy")) || asked.where.includes("pages.json"))).toEqual([]);
  });

  test("gives no address of ours away", () => {
    expect(but((asked) => of(asked, "referrer-policy") === "no-referrer")).toEqual([]);
  });

  test("is read by our own pages alone, but for open data, which is the same for everybody", () => {
    // How fresh the directory is, as numbers alone.
    const ledger = (asked: Asked) => asked.where.startsWith("GET /freshness.json");
    expect(but((asked) => ["", "*"].includes(of(asked, "access-control-allow-origin")))).toEqual([]);
    expect(but((asked) => of(asked, "access-control-allow-origin") === "" || asked.anySite || ledger(asked))).toEqual([]);
    expect(but((asked) => of(asked, "access-control-allow-credentials") === "")).toEqual([]);
    expect(but((asked) => of(asked, "cross-origin-resource-policy") === "same-origin" || asked.anySite)).toEqual([]);
  });

  test("that is a page shares its window with no other site", () => {
    expect(but((asked) => !of(asked, "content-type").startsWith("text/html") || of(asked, "cross-origin-opener-policy") === "same-origin")).toEqual([]);
  });

  test("to somebody with a key or a session is stored by no browser and no proxy, unless it is the same for everybody", () => {
    const forAll = new Set(answers.filter(({ cookie, answer }) => cookie === "" && answer.status === 200 && /public|no-cache/.test(answer.headers.get("cache-control") ?? "")).map(({ where }) => where));
    expect(but((asked) => asked.cookie === "" || forAll.has(asked.where) || /no-store|private/.test(of(asked, "cache-control")))).toEqual([]);
  });

  test("sets cookies of this host alone, by TLS alone, sent with no foreign form, and read by no script but the one that writes the zone", () => {
    const set = answers.flatMap(({ where, answer }) => answer.headers.getSetCookie().map((cookie) => `${where}: ${cookie}`));
    expect(set.length).toBeGreaterThan(20);
    expect(set.filter((cookie) => !/: __Host-[a-z]+=[^;]*;.*Path=\/;.*Secure; SameSite=Lax/.test(cookie))).toEqual([]);
    expect(set.filter((cookie) => !/HttpOnly/.test(cookie) && !cookie.includes("__Host-zone="))).toEqual([]);
    expect(set.filter((cookie) => /Domain=/i.test(cookie))).toEqual([]);
  });

  test("says nothing of the program behind it", () => {
    for (const name of ["server", "x-powered-by", "via"]) expect(but((asked) => of(asked, name) === "")).toEqual([]);
  });

  test("that gives a file to keep names it itself", () => {
    const named = answers.filter((asked) => of(asked, "content-disposition") !== "");
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((asked) => !/^(attachment|inline); filename="[\w.-]+"$/.test(of(asked, "content-disposition"))).map(({ where }) => where)).toEqual([]);
  });
});

test("whoever is signed in can sign out from each page of her desk, or is one step from where she can", () => {
  const [, , ...members] = cookies;
  const pages = answers.filter(({ where, cookie, answer }) => members.includes(cookie) && /^GET \/(desk|board|people|account|settings|phrases|call-backs)/.test(where) && answer.status === 200 && (answer.headers.get("content-type") ?? "").startsWith("text/html"));
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter(({ text }) => !/action="\/sign-out"|href="\/account"/.test(text)).map(({ where }) => where)).toEqual([]);
});

test("what somebody wrote is shown as what she wrote, and is nobody's HTML", async () => {
  const hers = await openConversation(house, opening({ words: markup, nickname: markup }));
  const page = await (await app.request("/conversation", { headers: { cookie: `__Host-conversation=${hers.token}` } })).text();
  const desk = await (await app.request("/desk", { headers: { cookie: await cookieOf(people.ana) } })).text();
  expect(page).toContain("&lt;img src=x onerror=alert(1)>");
  for (const text of [page, desk]) {
    expect(text).not.toContain("<img src=x");
    expect(text).not.toContain("<script>alert");
  }
});

test("what acts is posted: asked for by GET it is not there", async () => {
  const asked = new Set(app.routes.filter(({ method }) => method === "GET").map(({ path }) => path));
  // One path may be another's pattern ("/people/:id"): those have pages of their own.
  const patterns = [...asked].map((path) => new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`));
  const acts = app.routes.filter(({ method, path }) => method === "POST" && !patterns.some((one) => one.test(path)));
  expect(acts.length).toBeGreaterThan(100);
  for (const { path } of acts) for (const cookie of cookies) expect((await app.request(address(path), { headers: { cookie } })).status, path).toBe(404);
});

test("an address that is coded twice is decoded once", async () => {
  expect((await app.request("/help/%75s")).status).toBe(200);
  expect((await app.request("/help/%2575s")).status).toBe(404);
});

test("of the built files only those are given out that are in their folder, by their name: no list of them, nothing beside it, nothing hidden", async () => {
  expect((await app.request("/assets/page-1.js")).headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  for (const path of ["/assets", "/assets/", "/assets/.", "/assets/..%2fsecret.txt", "/assets/%2e%2e%2fsecret.txt", "/assets/..%5csecret.txt", "/assets/../secret.txt", "/secret.txt", "/.git/config", "/.env", "/assets/.git/config", "/assets/page-1.js%00.css", "/package.json", "/dist/server.js"]) {
    const answer = await app.request(path);
    expect(answer.status, path).toBe(404);
    expect(await answer.text(), path).not.toContain("canary-file");
  }
  expect(filesRoom(house, pathToFileURL(`${root}/assets/`)).routes).toHaveLength(1);
});

test("TRACE echoes nothing", async () => {
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("TRACE / HTTP/1.1\r\nhost: a\r\ncookie: canary-cookie\r\nconnection: close\r\n\r\n");
  let text = "";
  for await (const piece of socket) text += String(piece);
  expect(text).toMatch(/^HTTP\/1\.1 (4\d\d|501)/);
  expect(text).not.toContain("canary-cookie");
});

describe("when something fails", () => {
  const secret = "canary-message of a database";
  const broken: Gate<object> = {
    admits: staffRoles,
    open() {
      throw new Error(secret);
    },
  };
  const room = new Room(house);
  let entered = 0;
  room.get("/broken-gate", broken, () => {
    entered += 1;
    return new Response("in");
  });
  room.get("/broken-room", anyone, () => {
    throw Object.assign(new Error(secret), { code: "57P01", query: secret });
  });
  const other = buildApp(house, [room], { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge });

  test("a gate that fails lets nobody in", async () => {
    expect((await other.request("/broken-gate")).status).toBe(500);
    expect(entered).toBe(0);
  });

  test("the page says sorry and nothing of what failed, and the log its place and kind", async () => {
    lines.length = 0;
    const answer = await other.request("/broken-room");
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toMatch(/canary|Error|\.ts|node_modules|57P01/);
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>).find(({ msg }) => msg === "a request failed");
    expect(logged).toMatchObject({ route: "/broken-room", error: { name: "Error", code: "57P01" } });
    expect(lines.join("")).not.toContain(secret);
  });
});

describe("the log", () => {
  const logged = () => lines.map((line) => JSON.parse(line) as { readonly msg: string; readonly time: number; readonly route?: string; readonly status?: number });

  test("tells of who came to a door that is not hers, by the door's pattern", async () => {
    lines.length = 0;
    await app.request(`/desk/conversations/${randomUUID()}`, { headers: { cookie: cookies[4] ?? "" } });
    expect(logged()).toMatchObject([{ msg: "a gate let nobody in", route: "/desk/conversations/:id", method: "GET" }]);
  });

  test("tells of a foreign form, a body too large, and a limit that was met", async () => {
    lines.length = 0;
    await app.request("/message", { method: "POST", headers: { origin: "https://elsewhere.example" } });
    await app.request("/message", { method: "POST", headers: { "content-length": "2000000" }, body: "x" });
    for (let time = 0; time < 6; time++) await app.request("/sign-in", { method: "POST", body: new URLSearchParams({ signInName: "canary.name", passphrase: "canary-passphrase" }) });
    expect(logged().filter(({ msg }) => msg === "kept out").map(({ status }) => status)).toEqual([403, 413, 429]);
    expect(lines.join("")).not.toContain("canary");
  });

  test("is a line of JSON each, with its moment as milliseconds of UTC, whatever stands in it", () => {
    lines.length = 0;
    house.log.warn({ device: "two\nlines\r\n{\"level\":60}" }, "a sentence of ours");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n]/);
    const [line] = logged();
    expect(Math.abs((line?.time ?? 0) - Temporal.Now.instant().epochMilliseconds)).toBeLessThan(60_000);
  });
});

describe("a form", () => {
  const schema = z.object({ name: z.string(), role: z.literal("volunteer").optional() });

  test("field called __proto__ or constructor is a field that nobody asked for, and changes no object", () => {
    const read = readTyped({ ...(JSON.parse('{"__proto__": ["x"]}') as Record<string, string[]>), constructor: ["x"], name: ["Ana"] } as never, schema);
    expect(read).toMatchObject({ ok: true, value: { name: "Ana" } });
    expect(Object.keys(read.ok ? read.value : {})).toEqual(["name"]);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  test("field that stands twice counts once, and one in the address not at all", async () => {
    expect(readTyped({ name: ["Ana", "Eve"] }, schema)).toMatchObject({ ok: true, value: { name: "Ana" } });
    const answer = await app.request("/language?language=es", { method: "POST", body: new URLSearchParams({ back: "/" }) });
    expect(answer.headers.getSetCookie().join()).not.toContain("__Host-language=es");
  });

  test("field that the form does not have is dropped before anything is written", () => {
    expect(readTyped({ name: ["Ana"], isAdmin: ["true"], id: ["1"] }, schema)).toMatchObject({ value: { name: "Ana" } });
    expect(readTyped({ name: ["Ana"], role: ["coordinator"] }, schema).ok).toBe(false);
  });
});
