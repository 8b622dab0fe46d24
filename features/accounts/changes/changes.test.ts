import { sql } from "kysely";
import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { noEmail } from "../../../platform/delivery/email.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import { changePassphrase, changeDetails } from "../account/commands.ts";
import { accountsApp, browser, goodPassphrase, makeSignedIn, runJobs, signInAs, softwarePasskey } from "../factory.ts";
import { removePasskey } from "../passkeys/commands.ts";
import { removeApp } from "../second-step/commands.ts";
import { signInTries } from "../sign-in/commands.ts";

const house = await openTestHouse();
const app = accountsApp(house);
const tries = signInTries(house, "second-step");
let counter = 0;
const address = () => `ines.${(counter += 1)}@canary.example`;

async function someone(more: { language?: "en" | "es"; email?: string } = {}) {
  const email = more.email ?? address();
  const one = await makeSignedIn(house, ["member"], { passphrase: goodPassphrase, ...more, email });
  return { ...one, email, page: browser(app, one.cookie) };
}

/** The letters that went to this address since the last look, oldest first. */
async function lettersTo(email: string) {
  await runJobs(house);
  const found = house.letters.filter(({ to }) => to === email).toReversed();
  house.letters.length = 0;
  return found;
}

async function addsPasskey({ page }: Awaited<ReturnType<typeof someone>>) {
  const key = softwarePasskey();
  const offer = JSON.parse((await page.json("/account/passkeys/options", {})).text) as Parameters<typeof key.make>[0];
  return page.post("/account/passkeys", { ...key.make(offer), name: "canary-phone" });
}

async function setsUpApp({ page }: Awaited<ReturnType<typeof someone>>) {
  const text = (await page.get("/account/second-step/app")).text;
  const secret = /secret=([A-Z2-7]+)/.exec(text)?.[1] ?? "";
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: house.now().epochMilliseconds });
  await page.post("/account/second-step/app", { sealed: /name="sealed" value="([^"]+)"/.exec(text)?.[1] ?? "", code });
  return { secret, code };
}

const passkeyOf = async (id: MemberId) => (await house.db.selectFrom("passkeys").select("id").where("member_id", "=", id).executeTakeFirstOrThrow()).id;
const scopeOf = async (id: MemberId) => (await signInAs(house, id)).scope;

describe("a member is told by letter", () => {
  test("of a passkey that was added, when, and what to do if it was not she", async () => {
    const one = await someone();
    await addsPasskey(one);
    const [letter, ...more] = await lettersTo(one.email);
    expect(more).toEqual([]);
    expect(letter?.subject).toBe("Your sign-in to Small Hours has changed");
    expect(letter?.text).toContain("A passkey was added to your account: Tuesday, November 24 at 3:00 AM (Pacific Time).");
    expect(letter?.text).toContain("tell a coordinator at once");
    expect(letter?.text).toMatch(/\/account$/m);
    expect(letter?.text).not.toContain("canary-phone");
  });

  test("of a passkey that was removed, and of one that was not hers not at all", async () => {
    const [one, other] = [await someone(), await someone()];
    await addsPasskey(one);
    await lettersTo(one.email);
    await removePasskey(house, other.scope, await passkeyOf(one.id));
    expect(await lettersTo(other.email)).toEqual([]);
    await removePasskey(house, await scopeOf(one.id), await passkeyOf(one.id));
    expect((await lettersTo(one.email)).map(({ text }) => text)).toEqual([expect.stringContaining("A passkey was removed")]);
  });

  test("of a passphrase that was changed, never of one that was refused", async () => {
    const one = await someone();
    await changePassphrase(house, tries, one.scope, { now: "not this one at all", passphrase: "canary lantern over street" });
    expect(await lettersTo(one.email)).toEqual([]);
    await changePassphrase(house, tries, one.scope, { now: goodPassphrase, passphrase: "canary lantern over street" });
    const [letter] = await lettersTo(one.email);
    expect(letter?.text).toContain("Your passphrase was changed");
    expect(letter?.text).not.toMatch(/canary|kettle/);
  });

  test("of a code app set up and removed, without its secret", async () => {
    const one = await someone();
    const { secret, code } = await setsUpApp(one);
    expect(secret).toHaveLength(32);
    await removeApp(house, await scopeOf(one.id));
    await removeApp(house, await scopeOf(one.id));
    const letters = await lettersTo(one.email);
    expect(letters.map(({ text }) => text)).toEqual([expect.stringContaining("A code app was set up"), expect.stringContaining("The code app was removed")]);
    for (const { text } of letters) for (const hidden of [secret, code]) expect(text).not.toContain(hidden);
  });

  test("of new recovery codes, without them", async () => {
    const one = await someone();
    await setsUpApp(one);
    await lettersTo(one.email);
    await one.page.post("/account/codes");
    const [letter] = await lettersTo(one.email);
    expect(letter?.text).toContain("New recovery codes were made");
    expect(letter?.text).not.toMatch(/[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}/);
  });

  test("at the address that she had, when another takes its place", async () => {
    const one = await someone();
    const next = address();
    const details = { name: "Inés", signInName: `ines.${counter}.x`, language: "en", zone: "America/Los_Angeles" } as const;
    await changeDetails(house, one.scope, { ...details, email: one.email });
    expect(await lettersTo(one.email)).toEqual([]);
    await changeDetails(house, one.scope, { ...details, email: next });
    await runJobs(house);
    expect(house.letters.map(({ to }) => to)).toEqual([one.email]);
    await changeDetails(house, one.scope, { ...details, email: undefined });
    expect((await lettersTo(next)).map(({ text }) => text)).toEqual([expect.stringContaining("This email address was taken off your account")]);
  });

  test("in her own language", async () => {
    const one = await someone({ language: "es" });
    await addsPasskey(one);
    const [letter] = await lettersTo(one.email);
    expect(letter?.subject).toBe("Cambió tu forma de entrar en Small Hours");
    expect(letter?.text).toContain("Se agregó una llave de acceso a tu cuenta");
  });
});

test("the waiting job holds no address in clear", async () => {
  const one = await someone();
  await changeDetails(house, one.scope, { name: "Inés", signInName: `ines.${counter}.y`, language: "en", zone: "America/Los_Angeles", email: address() });
  const { rows } = await sql<{ payload: object }>`select payload from graphile_worker._private_jobs`.execute(house.db);
  expect(JSON.stringify(rows)).toContain("email_changed");
  expect(JSON.stringify(rows)).not.toContain("canary.example");
  await lettersTo(one.email);
});

test("where no letter leaves, and for who gave no address, none waits and nothing fails", async () => {
  const mute = { ...house, delivery: { ...house.delivery, email: noEmail } };
  const one = await someone();
  await changePassphrase(mute, tries, one.scope, { now: goodPassphrase, passphrase: "window over lantern street" });
  expect(await lettersTo(one.email)).toEqual([]);
  const without = await makeSignedIn(house, ["volunteer"], { passphrase: goodPassphrase });
  await changePassphrase(house, tries, without.scope, { now: goodPassphrase, passphrase: "window over lantern street" });
  await runJobs(house);
  expect(house.letters).toEqual([]);
});
