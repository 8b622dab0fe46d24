import { Secret, TOTP } from "otpauth";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { staff } from "../../../platform/http/room.ts";
import { staffRoles } from "../../../platform/http/scope.ts";
import { buildApp } from "../../../platform/http/app.tsx";
import { accountsApp, browser, goodPassphrase, makeSignedIn, roomOf, saysThatSheKnows, signInAs } from "../factory.ts";
import { stepOfCode } from "./rules.ts";

const house = await openTestHouse();
const app = accountsApp(house);
const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: house.now().epochMilliseconds });

/** Sets an app up through the pages and answers its secret and the codes shown. */
async function setUpApp(one: ReturnType<typeof browser>) {
  const page = (await one.get("/account/second-step/app")).text;
  const sealed = /name="sealed" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const secret = /secret=([A-Z2-7]+)/.exec(page)?.[1] ?? "";
  const set = await one.post("/account/second-step/app", { sealed, code: codeOf(secret) });
  const codes = [...(await one.get("/account/codes")).text.matchAll(/>([2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4})</g)].map(([, code = ""]) => code);
  return { secret, sealed, set, codes };
}

test("a code counts in its own half minute and the two beside it, and never twice", () => {
  const secret = new Secret({ size: 20 });
  fc.assert(
    fc.property(fc.integer({ min: 1_700_000_000, max: 2_000_000_000 }), fc.integer({ min: -90, max: 90 }), (second, late) => {
      const code = TOTP.generate({ secret, timestamp: second * 1000 });
      const now = Temporal.Instant.fromEpochMilliseconds((second + late) * 1000);
      const step = stepOfCode(secret.base32, code, now, undefined);
      const apart = Math.abs(Math.floor((second + late) / 30) - Math.floor(second / 30));
      if (apart <= 1) expect(step).toBeDefined();
      if (step !== undefined) {
        expect(stepOfCode(secret.base32, code, now, step)).toBeUndefined();
        expect(stepOfCode(secret.base32, code, now, step - 1)).toBe(step);
      }
    }),
  );
});

test("whoever works here is led to a second step before her first page; a member of the community to her own", async () => {
  for (const role of staffRoles) expect((await browser(app, (await makeSignedIn(house, [role], { twoStep: false })).cookie).get("/account")).to, role).toBe("/account/second-step");
  expect((await browser(app, (await makeSignedIn(house, ["member"], { twoStep: false })).cookie).get("/account")).status).toBe(200);
});

test("a coordinator takes a lost second step away; she is signed out, told, and sets up another; nobody else can, nor for herself", async () => {
  const lucia = await makeSignedIn(house, ["coordinator"]);
  const ruth = await makeSignedIn(house, ["volunteer"], { signInName: "ruth.lost.it", passphrase: goodPassphrase, twoStep: false });
  await setUpApp(browser(app, ruth.cookie));
  for (const [cookie, id] of [[(await makeSignedIn(house, ["supervisor"])).cookie, ruth.id], [lucia.cookie, lucia.id]] as const) expect((await browser(app, cookie).post(`/people/${id}/steps-taken-away`)).status).toBe(404);
  expect((await browser(app, lucia.cookie).post(`/people/${ruth.id}/steps-taken-away`)).to).toBe(`/people/${ruth.id}`);
  expect(await house.db.selectFrom("audit_entries").select("member_id").where("act", "=", "took_steps_away").where("subject_id", "=", ruth.id).execute()).toEqual([{ member_id: lucia.id }]);
  const open = await house.db.selectFrom("member_sessions").select("id").where("member_id", "=", ruth.id).where("revoked_at", "is", null).execute();
  expect(open).toEqual([]);
  const back = browser(app);
  await back.post("/sign-in", { signInName: "ruth.lost.it", passphrase: goodPassphrase });
  expect((await back.get("/account")).to).toBe("/account/second-step");
  await setUpApp(back);
  expect((await back.get("/account")).to).toBe("/account/changed");
  expect((await back.get("/account/changed")).text).toContain("A coordinator took your second step away");
});

test("a coordinator without a second step is led to setting one up, and then gets ten codes, once", async () => {
  const { cookie, token } = await makeSignedIn(house, ["coordinator"], { twoStep: false });
  const one = browser(app, cookie);
  expect((await one.get("/people")).to).toBe("/account/second-step");
  expect((await one.get("/account")).to).toBe("/account/second-step");
  expect((await one.get("/account/second-step")).text).toContain("An authenticator app");
  const { set, codes } = await setUpApp(one);
  expect(set.to).toBe("/account/codes");
  expect(new Set(codes).size).toBe(10);
  expect((await one.get("/account/codes")).text).toContain("shown once");
  expect((await one.get("/people")).status).toBe(200);
  // The session has another token since: who had the old one has nothing.
  expect(await house.memberBySession(token)).toBeUndefined();
  const kept = await house.db.selectFrom("recovery_codes").select("code_hash").execute();
  expect(kept.some(({ code_hash }) => codes.includes(code_hash.toString()))).toBe(false);
});

test("with a second step set up, half a sign-in opens the second step alone, and cannot replace it", async () => {
  const first = await makeSignedIn(house, ["coordinator"], { twoStep: false, passphrase: goodPassphrase });
  const { secret, codes } = await setUpApp(browser(app, first.cookie));
  house.passTime({ minutes: 2 });
  const half = browser(app, (await signInAs(house, first.id, "passphrase", false)).cookie);
  for (const path of ["/people", "/account", "/account/second-step", "/account/second-step/app", "/account/passphrase"]) expect((await half.get(path)).to).toBe("/sign-in/second-step");
  expect((await half.post("/account/second-step/app", { sealed: "x", code: "1" })).to).toBe("/sign-in/second-step");
  expect((await half.post("/sign-in/second-step", { code: "000 000" })).text).toContain("This code is not right");
  const code = codeOf(secret);
  expect((await half.post("/sign-in/second-step", { code: `${code.slice(0, 3)} ${code.slice(3)}` })).to).toBe("/board");
  await saysThatSheKnows(half);
  expect((await half.get("/people")).status).toBe(200);

  const replay = browser(app, (await signInAs(house, first.id, "passphrase", false)).cookie);
  expect((await replay.post("/sign-in/second-step", { code })).status).toBe(422);
  expect((await replay.post("/sign-in/second-step", { code: codes[0] ?? "" })).to).toBe("/board");
  const again = browser(app, (await signInAs(house, first.id, "passphrase", false)).cookie);
  expect((await again.post("/sign-in/second-step", { code: codes[0] ?? "" })).status).toBe(422);
});

test("of ten posts with one code at once, one takes the step", async () => {
  const first = await makeSignedIn(house, ["coordinator"], { twoStep: false });
  const { secret } = await setUpApp(browser(app, first.cookie));
  house.passTime({ minutes: 2 });
  const halves = await Promise.all(Array.from({ length: 5 }, () => signInAs(house, first.id, "passphrase", false)));
  const code = codeOf(secret);
  const answers = await Promise.all(halves.map(({ cookie }) => browser(app, cookie).post("/sign-in/second-step", { code })));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
});

test("after five wrong codes she waits", async () => {
  const first = await makeSignedIn(house, ["coordinator"], { twoStep: false });
  const { secret } = await setUpApp(browser(app, first.cookie));
  const half = browser(app, (await signInAs(house, first.id, "passphrase", false)).cookie);
  for (let time = 0; time < 5; time++) await half.post("/sign-in/second-step", { code: "123456" });
  house.passTime({ minutes: 2 });
  expect((await half.post("/sign-in/second-step", { code: codeOf(secret) })).status).toBe(429);
});

test("who came in by a recovery code does not take the second step by another one", async () => {
  const first = await makeSignedIn(house, ["coordinator"], { twoStep: false, signInName: "marta" });
  const { codes } = await setUpApp(browser(app, first.cookie));
  const half = browser(app);
  expect((await half.post("/sign-in/recovery", { signInName: "marta", code: codes[0] ?? "" })).status).toBe(303);
  expect((await half.post("/sign-in/second-step", { code: codes[1] ?? "" })).status).toBe(422);
});

test("somebody else's offered secret does not open", async () => {
  const [hers, other] = [await makeSignedIn(house, ["coordinator"], { twoStep: false }), await makeSignedIn(house, ["coordinator"], { twoStep: false })];
  const page = (await browser(app, other.cookie).get("/account/second-step/app")).text;
  const sealed = /name="sealed" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const secret = /secret=([A-Z2-7]+)/.exec(page)?.[1] ?? "";
  expect((await browser(app, hers.cookie).post("/account/second-step/app", { sealed, code: codeOf(secret) })).to).toBe("/account/second-step/app");
});

test("who works here cannot take her only second step away; a member of the community can", async () => {
  for (const role of staffRoles) {
    const one = browser(app, (await makeSignedIn(house, [role], { twoStep: false })).cookie);
    await setUpApp(one);
    await one.post("/account/second-step/app/remove");
    expect((await one.get("/account")).text, role).toContain("only second step");
  }
  const member = browser(app, (await makeSignedIn(house, ["member"])).cookie);
  await setUpApp(member);
  await member.post("/account/second-step/app/remove");
  expect((await member.get("/account")).text).toContain("not set up");
});

test("the house's own gate for staff agrees", async () => {
  const room = roomOf(house);
  room.get("/behind", staff("coordinator"), (c) => c.text("in"));
  const plain = () => <p />;
  const whole = buildApp(house, [room], { notHere: plain, ourFault: plain, tooLarge: plain });
  const demo = await makeSignedIn(house, ["coordinator"], { way: "demo", twoStep: false });
  expect((await browser(whole, demo.cookie).get("/behind")).text).toBe("in");
  const half = await makeSignedIn(house, ["coordinator"], { twoStep: false });
  expect((await browser(whole, half.cookie).get("/behind")).to).toBe("/account/second-step");
});
