import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { makeSignInLink } from "../commands.ts";
import { accountsApp, browser, goodPassphrase, makeMember, makeSignedIn, runJobs } from "../factory.ts";
import { makeRecoveryCodes } from "../second-step/commands.ts";
import { useSignInLink } from "./commands.ts";

const house = await openTestHouse();
const app = accountsApp(house);
const firstLink = () => /\/sign-in\/link\/[\w-]+/.exec(house.letters[0]?.text ?? "")?.[0] ?? "";

test("a volunteer signs in by name and passphrase and comes to her desk", async () => {
  await makeMember(house, ["volunteer"], { signInName: "ruth", passphrase: goodPassphrase });
  const ruth = browser(app);
  const page = (await ruth.get("/sign-in")).text;
  expect(page).toMatch(/<label[^>]*for="signInName"[^>]*>Sign-in name/);
  expect(page).toMatch(/<label[^>]*for="passphrase"[^>]*>Passphrase/);
  const entered = await ruth.post("/sign-in", { signInName: " RUTH ", passphrase: goodPassphrase });
  expect([entered.status, entered.to]).toEqual([303, "/desk"]);
  expect(entered.headers.getSetCookie().find((cookie) => cookie.startsWith("__Host-session"))).toMatch(/Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax/);
  expect((await ruth.get("/account")).text).toContain("This one");
});

test("in Spanish the same page asks in Spanish", async () => {
  const page = (await browser(app, "", "es-MX").get("/sign-in")).text;
  expect(page).toMatch(/<label[^>]*for="signInName"[^>]*>Nombre para entrar/);
  expect(page).toContain("Frase de acceso");
});

test("a wrong passphrase and a name that nobody has get the same answer, and the name stays typed", async () => {
  await makeMember(house, ["volunteer"], { signInName: "lola", passphrase: goodPassphrase });
  const answers = await Promise.all(["lola", "nola"].map((signInName) => browser(app).post("/sign-in", { signInName, passphrase: "not hers at all" })));
  expect(answers.map(({ status }) => status)).toEqual([422, 422]);
  expect(answers[0]?.text).toContain('value="lola"');
  expect(answers[0]?.text.replaceAll("lola", "nola")).toBe(answers[1]?.text);
  expect(answers[0]?.text).not.toContain("not hers at all");
});

test("after five wrong tries she is asked to wait, in minutes, even with the right passphrase", async () => {
  await makeMember(house, ["volunteer"], { signInName: "vera", passphrase: goodPassphrase });
  const someone = browser(app);
  for (let time = 0; time < 5; time++) expect((await someone.post("/sign-in", { signInName: "vera", passphrase: "wrong" })).status).toBe(422);
  const refused = await someone.post("/sign-in", { signInName: "vera", passphrase: goodPassphrase });
  expect(refused.status).toBe(429);
  expect(refused.text).toContain("wait 15 minutes");
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(600);
  // Others are not held up by it.
  await makeMember(house, ["volunteer"], { signInName: "vela", passphrase: goodPassphrase });
  expect((await browser(app).post("/sign-in", { signInName: "vela", passphrase: goodPassphrase })).status).toBe(303);
  await house.db.updateTable("sign_in_tries").set({ expire: 0 }).execute();
  expect((await someone.post("/sign-in", { signInName: "vera", passphrase: goodPassphrase })).status).toBe(303);
});

test("tries are counted under a keyed fingerprint, never a name", async () => {
  await browser(app).post("/sign-in", { signInName: "olga", passphrase: "wrong" });
  const keys = await house.db.selectFrom("sign_in_tries").select("key").execute();
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter(({ key }) => /olga|lola|ruth/.test(key))).toEqual([]);
});

test("asking for a link says the same for an address that nobody has, and only the right one gets a letter", async () => {
  await makeMember(house, ["volunteer"], { name: "Noor", email: "Noor@example.org" });
  const known = await browser(app).post("/sign-in/email", { email: "noor@EXAMPLE.org" });
  const unknown = await browser(app).post("/sign-in/email", { email: "nobody@example.org" });
  expect([known.status, known.to, known.text]).toEqual([unknown.status, unknown.to, unknown.text]);
  await runJobs(house);
  expect(house.letters.map(({ to }) => to)).toEqual(["Noor@example.org"]);
  expect(house.letters[0]?.text).toContain(`http://localhost:3000${firstLink()}`);
});

test("the letter's link leaves the address bar, uses nothing up when opened, and signs in once", async () => {
  const noor = browser(app);
  const opened = await noor.get(firstLink());
  expect([opened.status, opened.to]).toEqual([303, "/sign-in/link"]);
  for (let time = 0; time < 3; time++) expect((await browser(app).get(firstLink())).status).toBe(303);
  expect((await noor.get("/sign-in/link")).text).toContain("Sign in as Noor");
  expect((await noor.post("/sign-in/link")).to).toBe("/desk");
  const again = browser(app);
  await again.get(firstLink());
  expect((await again.get("/sign-in/link")).text).toContain("This link is over");
  expect((await again.post("/sign-in/link")).status).toBe(410);
});

test("of twenty who press one link at once, one is signed in", async () => {
  const id = await makeMember(house);
  const token = (await makeSignInLink(house, id, "email_link")).split("/").at(-1) ?? "";
  const results = await Promise.all(Array.from({ length: 20 }, () => useSignInLink(house, token, "? on ?")));
  expect(results.filter((result) => "token" in result)).toHaveLength(1);
});

test("a link is over after 15 minutes; a demo's after a day, and never counts as a second step in production", async () => {
  const id = await makeMember(house, ["coordinator"]);
  const tokenOf = async (way: "email_link" | "demo") => (await makeSignInLink(house, id, way)).split("/").at(-1) ?? "";
  const [letter, demo, late] = [await tokenOf("email_link"), await tokenOf("demo"), await tokenOf("demo")];
  house.passTime({ minutes: 15 });
  expect(await useSignInLink(house, letter, "? on ?")).toEqual({ refused: "linkOver" });
  const here = await useSignInLink(house, demo, "? on ?");
  expect("token" in here && (await house.memberBySession(here.token))?.twoStep).toBe(true);
  const there = await useSignInLink({ ...house, environment: { ...house.environment, NODE_ENV: "production" } }, late, "? on ?");
  expect("token" in there && (await house.memberBySession(there.token))?.twoStep).toBe(false);
  house.passTime({ hours: 25 });
  expect(await useSignInLink(house, await tokenOf("email_link"), "? on ?")).toHaveProperty("token");
});

test("a recovery code signs in once, however it is written", async () => {
  const { scope } = await makeSignedIn(house, ["volunteer"], { signInName: "iris" });
  const [code = ""] = await makeRecoveryCodes(house, scope);
  const typed = { signInName: "iris", code: ` ${code.toUpperCase().replaceAll("-", " ")} ` };
  expect((await browser(app).post("/sign-in/recovery", typed)).to).toBe("/desk");
  expect((await browser(app).post("/sign-in/recovery", typed)).text).toContain("it was used");
  expect((await browser(app).post("/sign-in/recovery", { signInName: "iris", code: "aaaa-bbbb-cccc" })).status).toBe(422);
});

test("who has left signs in no more, by no way, and is signed out everywhere", async () => {
  const { id, token } = await makeSignedIn(house, ["volunteer"], { signInName: "gone", passphrase: goodPassphrase });
  const link = (await makeSignInLink(house, id, "email_link")).split("/").at(-1) ?? "";
  await house.db.updateTable("members").set({ left_at: house.now() }).where("id", "=", id).execute();
  expect(await house.memberBySession(token)).toBeUndefined();
  expect((await browser(app).post("/sign-in", { signInName: "gone", passphrase: goodPassphrase })).status).toBe(422);
  expect(await useSignInLink(house, link, "? on ?")).toEqual({ refused: "linkOver" });
});

test("signing out ends the session in the database, not only in the browser", async () => {
  const { cookie, token } = await makeSignedIn(house);
  expect((await browser(app, cookie).post("/sign-out")).to).toBe("/sign-in");
  expect(await house.memberBySession(token)).toBeUndefined();
});

test("a session that nobody visits is over after 12 hours", async () => {
  const { token } = await makeSignedIn(house);
  house.passTime({ hours: 11, minutes: 59 });
  expect(await house.memberBySession(token)).toBeDefined();
  house.passTime({ minutes: 1 });
  expect(await house.memberBySession(token)).toBeUndefined();
  expect(await house.memberBySession(randomBytes(32).toString("base64url"))).toBeUndefined();
});
