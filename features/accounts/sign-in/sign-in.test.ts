import { createHash, randomBytes } from "node:crypto";
import { pino } from "pino";
import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { makeSignInLink } from "../commands.ts";
import { accountsApp, browser, goodPassphrase, makeMember, makeSignedIn, runJobs } from "../factory.ts";
import { makeRecoveryCodes } from "../second-step/commands.ts";
import { useSignInLink } from "./commands.ts";

const house = await openTestHouse();
const app = accountsApp(house);
const firstLink = () => /\/sign-in\/link\/[\w-]+/.exec(house.letters[0]?.text ?? "")?.[0] ?? "";

test("a volunteer signs in by name and passphrase, and her second step stands before her desk", async () => {
  await makeMember(house, ["volunteer"], { signInName: "ruth", passphrase: goodPassphrase });
  const ruth = browser(app);
  const page = (await ruth.get("/sign-in")).text;
  expect(page).toMatch(/<label[^>]*for="signInName"[^>]*>Sign-in name/);
  expect(page).toMatch(/<label[^>]*for="passphrase"[^>]*>Passphrase/);
  const entered = await ruth.post("/sign-in", { signInName: " RUTH ", passphrase: goodPassphrase });
  expect([entered.status, entered.to]).toEqual([303, "/desk"]);
  expect(entered.headers.getSetCookie().find((cookie) => cookie.startsWith("__Host-session"))).toMatch(/Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax/);
  expect((await ruth.get("/account")).to).toBe("/account/second-step");
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
  const results = await Promise.all(Array.from({ length: 20 }, () => useSignInLink(house, token, { device: "? on ?", shared: false })));
  expect(results.filter((result) => "token" in result)).toHaveLength(1);
});

test("a link is over after ten minutes; a demo's after a day, and never counts as a second step in production", async () => {
  const id = await makeMember(house, ["coordinator"]);
  const tokenOf = async (way: "email_link" | "demo") => (await makeSignInLink(house, id, way)).split("/").at(-1) ?? "";
  const [letter, demo, late] = [await tokenOf("email_link"), await tokenOf("demo"), await tokenOf("demo")];
  house.passTime({ minutes: 10 });
  expect(await useSignInLink(house, letter, { device: "? on ?", shared: false })).toEqual({ refused: "linkOver" });
  const here = await useSignInLink(house, demo, { device: "? on ?", shared: false });
  expect("token" in here && (await house.memberBySession(here.token))?.twoStep).toBe(true);
  const there = await useSignInLink({ ...house, environment: { ...house.environment, NODE_ENV: "production" } }, late, { device: "? on ?", shared: false });
  expect("token" in there && (await house.memberBySession(there.token))?.twoStep).toBe(false);
  house.passTime({ hours: 25 });
  expect(await useSignInLink(house, await tokenOf("email_link"), { device: "? on ?", shared: false })).toHaveProperty("token");
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
  expect(await useSignInLink(house, link, { device: "? on ?", shared: false })).toEqual({ refused: "linkOver" });
});

test("signing out ends the session in the database, not only in the browser", async () => {
  const { cookie, token } = await makeSignedIn(house);
  expect((await browser(app, cookie).post("/sign-out")).to).toBe("/sign-in");
  expect(await house.memberBySession(token)).toBeUndefined();
});

test("signing out takes along what the browser kept of our pages and scripts", async () => {
  const { cookie } = await makeSignedIn(house);
  const left = await browser(app, cookie).post("/sign-out");
  expect(left.headers.get("clear-site-data")).toBe('"cache", "storage"');
  expect(left.headers.getSetCookie().find((one) => one.startsWith("__Host-session="))).toMatch(/Max-Age=0/);
});

test("signing in gives another token, and the session that this browser held before is over", async () => {
  const { cookie, token } = await makeSignedIn(house, ["volunteer"], { signInName: "stella", passphrase: goodPassphrase });
  const one = browser(app, cookie);
  expect((await one.post("/sign-in", { signInName: "stella", passphrase: goodPassphrase })).to).toBe("/desk");
  expect(one.jar.get("__Host-session")).not.toBe(token);
  expect(await house.memberBySession(token)).toBeUndefined();
  expect(await house.memberBySession(one.jar.get("__Host-session") ?? "")).toBeDefined();
});

test("a try that fails is written down by its way and reason, without whose it was", async () => {
  const lines: string[] = [];
  const heard = accountsApp({ ...house, log: pino({ base: null }, { write: (line: string) => void lines.push(line) }) });
  await browser(heard).post("/sign-in", { signInName: "canary.name", passphrase: "canary passphrase" });
  await browser(heard).post("/sign-in/recovery", { signInName: "canary.name", code: "aaaa-bbbb-cccc" });
  await browser(heard).post("/sign-in/link");
  await browser(heard).post("/sign-in/passkey", { challenge: "x", passkey: "{}" });
  expect(lines.map((line) => JSON.parse(line) as { way: string; refused: string }).map(({ way, refused }) => [way, refused])).toEqual([["passphrase", "signInWrong"], ["recovery_code", "codeWrong"], ["email_link", "linkOver"], ["passkey", "passkeyFailed"]]);
  expect(lines.join("")).not.toContain("canary");
});

test("a sign-in that succeeds is in the audit, with its way", async () => {
  const { id } = await makeSignedIn(house, ["volunteer"], { signInName: "aurora", passphrase: goodPassphrase });
  await browser(app).post("/sign-in", { signInName: "aurora", passphrase: goodPassphrase });
  const rows = await house.db.selectFrom("audit_entries").select(["act", "reason"]).where("member_id", "=", id).where("act", "=", "signed_in").execute();
  expect(rows.at(-1)).toMatchObject({ act: "signed_in", reason: "passphrase" });
});

test("a passphrase stays good until she changes it", async () => {
  await makeMember(house, ["volunteer"], { signInName: "dora", passphrase: goodPassphrase });
  house.passTime({ hours: 24 * 800 });
  expect((await browser(app).post("/sign-in", { signInName: "dora", passphrase: goodPassphrase })).to).toBe("/desk");
});

test("where a passphrase is typed it is hidden, may be pasted, and is known to password managers; no hint is asked for", async () => {
  const one = browser(app, (await makeSignedIn(house, ["volunteer"], { passphrase: goodPassphrase })).cookie);
  const pages = [(await browser(app).get("/sign-in")).text, (await one.get("/account/passphrase")).text];
  const boxes = pages.flatMap((text) => text.match(/<input[^>]*name="(?:passphrase|now)"[^>]*>/g) ?? []);
  expect(boxes.length).toBeGreaterThanOrEqual(3);
  for (const box of boxes) {
    expect(box).toMatch(/type="password"/);
    expect(box).toMatch(/autocomplete="(current|new)-password"/);
    expect(box).not.toMatch(/onpaste|readonly|maxlength="[1-5]?\d"/i);
  }
  expect(pages.join("")).not.toMatch(/maiden|first pet|secret question|reminder/i);
});

test("a new network has nobody in it: no account is there from the beginning", async () => {
  const empty = await openTestHouse();
  expect(await empty.db.selectFrom("members").select("id").execute()).toEqual([]);
  expect(await empty.db.selectFrom("passphrases").select("member_id").execute()).toEqual([]);
});

test("a recovery code is twelve signs of thirty-one, from the system's own chance, and kept under a key that the database has not", async () => {
  const { id, scope } = await makeSignedIn(house);
  const codes = await makeRecoveryCodes(house, scope);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^(?:[2-9a-hjkmnp-z]{4}-){2}[2-9a-hjkmnp-z]{4}$/);
  const kept = await house.db.selectFrom("recovery_codes").select("code_hash").where("member_id", "=", id).execute();
  expect(kept.map(({ code_hash }) => code_hash.length)).toEqual(codes.map(() => 32));
  const plainHashes = codes.map((code) => createHash("sha256").update(code).digest("hex"));
  expect(kept.filter(({ code_hash }) => plainHashes.includes(code_hash.toString("hex")))).toEqual([]);
});

test("a session that nobody visits is over after 12 hours", async () => {
  const { token } = await makeSignedIn(house);
  house.passTime({ hours: 11, minutes: 59 });
  expect(await house.memberBySession(token)).toBeDefined();
  house.passTime({ minutes: 1 });
  expect(await house.memberBySession(token)).toBeUndefined();
  expect(await house.memberBySession(randomBytes(32).toString("base64url"))).toBeUndefined();
});
