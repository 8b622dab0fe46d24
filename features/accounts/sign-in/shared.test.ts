import { expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse } from "../../../cast/test-house.ts";
import { sessionKeeper } from "../commands.ts";
import { browser, goodPassphrase, makeMember, signInAs } from "../factory.ts";
import { makeSignInLink } from "../commands.ts";

const made = await openTestHouse();
// As `open-house.ts` keeps sessions: a visit slides, a look does not.
const house = { ...made, memberBySession: sessionKeeper(made.db, made.now) };
const app = createApp(house);
let count = 0;

const everything = '"cache", "cookies", "storage"';
const sessionOf = (headers: Headers) => headers.getSetCookie().find((cookie) => cookie.startsWith("__Host-session=")) ?? "";

/** She comes in by her passphrase and says that others use the device. */
async function comesIn(roles: Parameters<typeof makeMember>[1] = ["member"], language = "en") {
  const signInName = `shared.${count++}`;
  const id = await makeMember(house, roles, { signInName, passphrase: goodPassphrase });
  const here = browser(app, "", language);
  const entered = await here.post("/sign-in", { signInName, passphrase: goodPassphrase, shared: "yes" });
  expect(entered.status).toBe(303);
  return { id, here, entered, token: here.jar.get("__Host-session") ?? "" };
}

test("on a device that others use the session is a cookie that goes with the browser, and what was kept before goes at once", async () => {
  const { entered } = await comesIn();
  expect(sessionOf(entered.headers)).toMatch(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  expect(entered.headers.get("clear-site-data")).toBe('"cache", "storage"');
});

test("whoever does not say so keeps her session and loses nothing", async () => {
  await makeMember(house, ["member"], { signInName: "own.device", passphrase: goodPassphrase });
  const entered = await browser(app).post("/sign-in", { signInName: "own.device", passphrase: goodPassphrase });
  expect(sessionOf(entered.headers)).toContain("Max-Age=604800");
  expect([entered.headers.get("clear-site-data"), entered.headers.getSetCookie().filter((cookie) => cookie.startsWith("__Host-shared"))]).toEqual([null, []]);
});

test("no cookie that is set while she is there outlives the browser", async () => {
  const { here } = await comesIn();
  for (const [path, fields] of [["/language", { language: "es", back: "/" }], ["/light", { light: "night", back: "/" }], ["/quiet", { quiet: "notes", back: "/" }], ["/account/sessions/end-others", {}]] as const) {
    const { headers } = await here.post(path, fields);
    expect(headers.getSetCookie().length, path).toBeGreaterThan(0);
    for (const cookie of headers.getSetCookie()) expect(cookie, path).not.toMatch(/max-age|expires/i);
  }
});

test.each([["en", "Sign out and leave nothing here", "You are signed out"], ["es", "Salir y no dejar nada aquí", "Tu sesión está cerrada"]])("every page says so, with the way out, and no title says what a page is about (%s)", async (language, button, over) => {
  const { here } = await comesIn(["member"], language);
  for (const path of ["/", "/community/spaces", "/community/mine", "/account"]) {
    const { text, headers } = await here.get(path);
    expect(text, path).toContain(button);
    expect(text, path).toContain("<title>Small Hours</title>");
    expect(text, path).toMatch(/<html[^>]* data-shared/);
    expect(headers.get("cache-control"), path).toBe("no-store");
  }
  const left = await here.post("/sign-in/over");
  expect([left.status, left.headers.get("clear-site-data")]).toEqual([200, everything]);
  expect(left.text).toContain(over);
  expect([...here.jar.keys()]).toEqual([]);
});

test.each([["/sign-out", 200], ["/sign-in/over", 200], ["/exit", 200]])("leaving by %s ends the session and clears cache, cookies and storage", async (path, status) => {
  const { here, token } = await comesIn();
  const left = await here.post(path);
  expect([left.status, left.headers.get("clear-site-data"), await house.memberBySession(token)]).toEqual([status, everything, undefined]);
  expect([...here.jar.keys()]).toEqual([]);
});

test("leaving fast with scripts ends it in the first answer, and says in the second that she left, so that Back shows nothing of ours", async () => {
  const { here, token } = await comesIn();
  const first = await here.get("/exit");
  expect([first.status, first.to, first.headers.get("clear-site-data"), await house.memberBySession(token)]).toEqual([303, "/exit", everything, undefined]);
  const second = await here.get("/exit");
  expect([second.status, second.to, [...here.jar.keys()]]).toEqual([303, house.environment.EXIT_URL, ["__Host-left"]]);
});

test("after half an hour in which nobody comes the session is over on the server, and whatever is asked next clears the browser", async () => {
  const { here, token } = await comesIn();
  house.passTime({ minutes: 29 });
  expect((await here.get("/community/spaces")).status).toBe(200);
  house.passTime({ minutes: 29 });
  expect((await here.get("/community/spaces")).status).toBe(200);
  house.passTime({ minutes: 31 });
  const late = await here.get("/community/spaces");
  expect([late.status, late.headers.get("clear-site-data"), late.headers.get("cache-control"), await house.memberBySession(token)]).toEqual([401, everything, "no-store", undefined]);
  expect(late.text).toContain("nothing happens for half an hour");
  expect([...here.jar.keys()]).toEqual([]);
  expect((await here.get("/community/spaces")).to).toBe("/community");
});

test("whoever types is there, as her page says meanwhile; a page that stands alone is not", async () => {
  const { here } = await comesIn();
  for (let time = 0; time < 4; time++) {
    house.passTime({ minutes: 20 });
    expect((await here.post("/sign-in/here")).status).toBe(204);
  }
  house.passTime({ minutes: 31 });
  expect((await here.post("/sign-in/here")).status).toBe(401);
});

test("twelve hours end it in any case", async () => {
  const { here } = await comesIn();
  for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
    house.passTime({ minutes: 20 });
    await here.post("/sign-in/here");
  }
  expect((await here.get("/account")).status).toBe(303);
});

test("whoever makes her leave from elsewhere clears the device, too", async () => {
  const { here, id } = await comesIn();
  const elsewhere = browser(app, (await signInAs(house, id)).cookie);
  expect((await elsewhere.get("/account")).text).toContain("Used by others");
  await elsewhere.post("/account/sessions/end-others");
  const next = await here.post("/community/mine/unfolds", { unfolds: [] });
  expect([next.status, next.headers.get("clear-site-data")]).toEqual([401, everything]);
});

test("a letter's link, a recovery code and a new place ask the same", async () => {
  for (const path of ["/sign-in", "/sign-in/recovery", "/community/join"]) expect((await browser(app).get(path)).text, path).toMatch(/Others use this device/);
  const id = await makeMember(house, ["member"]);
  const here = browser(app);
  await here.get(await makeSignInLink(house, id, "email_link"));
  expect((await here.get("/sign-in/link")).text).toContain("Others use this device");
  expect(sessionOf((await here.post("/sign-in/link", { shared: "yes" })).headers)).not.toMatch(/max-age/i);
  const joins = browser(app);
  const key = /name="key" value="([^"]+)"/.exec((await joins.get("/community/join")).text)?.[1] ?? "";
  const joined = await joins.post("/community/join", { key, handle: "Quiet Kitchen", language: "en", rules: "yes", collect: "yes", shared: "yes" });
  expect(joined.to).toBe("/community/key");
  // Her six words are handed to the next page by a cookie: it goes with the browser, as the session does.
  for (const cookie of joined.headers.getSetCookie()) expect(cookie).not.toMatch(/max-age|expires/i);
});

test("who signs in again and no longer says so has a session of her own again", async () => {
  const { here } = await comesIn();
  await makeMember(house, ["member"], { signInName: "again.own", passphrase: goodPassphrase });
  const entered = await here.post("/sign-in", { signInName: "again.own", passphrase: goodPassphrase });
  expect(sessionOf(entered.headers)).toContain("Max-Age=604800");
  expect(here.jar.has("__Host-shared")).toBe(false);
});
