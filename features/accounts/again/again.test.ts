import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { accountsApp, browser, goodPassphrase, makeSignedIn, signInAs, softwarePasskey } from "../factory.ts";
import { proofsOf } from "./rules.ts";

const house = await openTestHouse();
const app = accountsApp(house);
let count = 0;

const details = (signInName: string) => ({ name: "Inés", signInName, language: "en", zone: "UTC", email: "other@example.org" });

/** Signed in eleven minutes ago, with a passphrase. */
async function aWhileAgo(roles: Parameters<typeof makeSignedIn>[1] = ["member"], more: Parameters<typeof makeSignedIn>[2] = {}) {
  const hers = await makeSignedIn(house, roles, { signInName: `again.${count++}`, passphrase: goodPassphrase, ...more });
  house.passTime({ minutes: 11 });
  return { ...hers, one: browser(app, hers.cookie) };
}

const acts: readonly (readonly [what: string, path: string, fields: Record<string, string>])[] = [
  ["an e-mail address", "/account/details", details("again.stolen")],
  ["a passkey", "/account/passkeys", { challenge: "", passkey: "" }],
  ["a passkey taken away", "/account/passkeys/remove", { id: "x" }],
  ["new recovery codes", "/account/codes", {}],
  ["a code app", "/account/second-step/app", { sealed: "x", code: "000000" }],
  ["a code app taken away", "/account/second-step/app/remove", {}],
  ["her other sessions", "/account/sessions/end-others", {}],
  ["one of her sessions", "/account/sessions/11111111-1111-4111-8111-111111111111/end", {}],
];

test.each(["member", "volunteer", "coordinator"] as const)("ten minutes after she came in, nothing of how a %s signs in is changed before she showed again that it is she", async (role) => {
  const { one, id } = await aWhileAgo([role]);
  const rows = () => Promise.all([house.db.selectFrom("members").select(["sign_in_name", "email_sealed"]).where("id", "=", id).execute(), house.db.selectFrom("recovery_codes").select("code_hash").where("member_id", "=", id).execute(), house.db.selectFrom("member_sessions").select(["id", "revoked_at"]).where("member_id", "=", id).execute()]);
  await signInAs(house, id);
  const before = await rows();
  for (const [what, path, fields] of acts) expect((await one.post(path, fields)).to, what).toBe("/account/again");
  for (const path of ["/account/details", "/account/second-step/app"]) expect((await one.get(path)).to, path).toBe("/account/again");
  expect(await rows()).toEqual(before);
  // A script is told to post its form, whose answer asks.
  expect((await one.post("/account/passkeys/options")).status).toBe(422);
});

test("her passphrase opens it for ten minutes, leads back to where she was, and the session has another token", async () => {
  const { one, token } = await aWhileAgo();
  expect((await one.get("/account/details")).to).toBe("/account/again");
  expect((await one.get("/account/again")).text).toContain("Is it you?");
  expect((await one.post("/account/again", { passphrase: "not hers at all" })).status).toBe(422);
  expect((await one.get("/account/details")).to).toBe("/account/again");
  expect((await one.post("/account/again", { passphrase: goodPassphrase })).to).toBe("/account/details");
  expect(await house.memberBySession(token)).toBeUndefined();
  expect((await one.get("/account/details")).status).toBe(200);
  house.passTime({ minutes: 9 });
  expect((await one.post("/account/codes")).to).toBe("/account/codes");
  house.passTime({ minutes: 1 });
  expect((await one.post("/account/codes")).to).toBe("/account/again");
  expect((await one.post("/account/again", { passphrase: goodPassphrase })).to).toBe("/account");
  expect((await one.get("/account")).text).toContain("For ten minutes you can change how you sign in");
});

test("in Spanish it asks in Spanish", async () => {
  const { cookie } = await aWhileAgo();
  expect((await browser(app, cookie, "es").get("/account/again")).text).toContain("¿Eres tú?");
});

test("wrong tries are counted with those of the second step", async () => {
  const { one } = await aWhileAgo();
  for (let time = 0; time < 5; time++) expect((await one.post("/account/again", { passphrase: "wrong" })).status).toBe(422);
  expect((await one.post("/account/again", { passphrase: goodPassphrase })).status).toBe(429);
  expect((await one.post("/sign-in/second-step", { code: "1" })).status).not.toBe(200);
});

test("one of her passkeys opens it, another's does not", async () => {
  const hers = await makeSignedIn(house, ["volunteer"]);
  const one = browser(app, hers.cookie);
  const [own, strange] = [softwarePasskey(), softwarePasskey()];
  await one.post("/account/passkeys", { ...own.make(JSON.parse((await one.post("/account/passkeys/options")).text)), name: "mine" });
  house.passTime({ minutes: 11 });
  const offer = async () => JSON.parse((await one.post("/account/again/passkey/options")).text);
  expect((await one.post("/account/again/passkey", strange.use(await offer()))).status).toBe(422);
  expect((await one.post("/account/codes")).to).toBe("/account/again");
  expect((await one.post("/account/again/passkey", own.use(await offer()))).to).toBe("/account");
  expect((await one.post("/account/codes")).to).toBe("/account/codes");
});

test("a coordinator shows both again: her passphrase without a code is not enough", async () => {
  const hers = await makeSignedIn(house, ["coordinator"], { passphrase: goodPassphrase });
  const one = browser(app, hers.cookie);
  const page = (await one.get("/account/second-step/app")).text;
  const [sealed, secret] = [/name="sealed" value="([^"]+)"/.exec(page)?.[1] ?? "", /secret=([A-Z2-7]+)/.exec(page)?.[1] ?? ""];
  const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: house.now().epochMilliseconds });
  await one.post("/account/second-step/app", { sealed, code: code() });
  house.passTime({ minutes: 11 });
  expect((await one.post("/account/again", { passphrase: goodPassphrase })).status).toBe(422);
  expect((await one.post("/account/again", { code: code() })).status).toBe(422);
  expect((await one.post("/account/codes")).to).toBe("/account/again");
  expect((await one.post("/account/again", { passphrase: goodPassphrase, code: code() })).to).toBe("/account");
  expect((await one.post("/account/codes")).to).toBe("/account/codes");
});

test("a first passphrase is not set by whoever found an open device", async () => {
  const { one } = await aWhileAgo(["volunteer"], { passphrase: undefined });
  expect((await one.get("/account/passphrase")).to).toBe("/account/again");
  expect((await one.post("/account/passphrase", { passphrase: "a whole new sentence here" })).to).toBe("/account/again");
  expect((await one.get("/account/again")).text).toContain("Sign out and in again");
  expect((await one.post("/account/again", { passphrase: "", code: "" })).status).toBe(422);
});

test("a member of the community makes everyone else leave, and stays herself", async () => {
  const hers = await makeSignedIn(house, ["member"]);
  const elsewhere = await signInAs(house, hers.id);
  const one = browser(app, hers.cookie);
  expect((await one.get("/account")).text).toContain("Sign out everywhere else");
  await one.post("/account/sessions/end-others");
  expect([await house.memberBySession(elsewhere.token), (await house.memberBySession(hers.token))?.memberId]).toEqual([undefined, hers.id]);
});

test("it asks for as much as signing in did", () => {
  const none = { hasPassphrase: false, hasApp: false, codesLeft: 0, passkeys: [] };
  const key = [{ id: "k", name: "k", madeAt: house.now(), usedAt: undefined }];
  expect(proofsOf({ ...none, hasPassphrase: true, codesLeft: 3 }, false)).toEqual({ passkey: false, passphrase: true, code: false });
  expect(proofsOf({ ...none, codesLeft: 3 }, false)).toEqual({ passkey: false, passphrase: false, code: true });
  expect(proofsOf({ ...none, hasPassphrase: true, codesLeft: 3 }, true)).toEqual({ passkey: false, passphrase: true, code: true });
  expect(proofsOf({ ...none, hasPassphrase: true, passkeys: key }, true)).toEqual({ passkey: true, passphrase: false, code: false });
  expect(proofsOf(none, false)).toEqual({ passkey: false, passphrase: false, code: false });
});
