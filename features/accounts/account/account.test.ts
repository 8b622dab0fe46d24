import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { sessionKeeper } from "../commands.ts";
import { accountsApp, browser, goodPassphrase, makeMember, makeSignedIn, signInAs } from "../factory.ts";
import { emailOf, phoneOf } from "../queries.ts";

const house = await openTestHouse();
const app = accountsApp(house);

test("she sees her devices and signs one out, and all others at once", async () => {
  const here = await makeSignedIn(house);
  const [there, tablet] = [await signInAs(house, here.id), await signInAs(house, here.id)];
  const one = browser(app, here.cookie);
  expect((await one.get("/account")).text.match(/Sign out Firefox on Android/g)).toHaveLength(2);
  expect((await browser(app, here.cookie, "es").get("/account")).text).toContain("Cerrar en Firefox en Android");
  await one.post(`/account/sessions/${there.scope.member.sessionId}/end`);
  expect(await house.memberBySession(there.token)).toBeUndefined();
  expect(await house.memberBySession(tablet.token)).toBeDefined();
  await one.post("/account/sessions/end-others");
  expect(await house.memberBySession(tablet.token)).toBeUndefined();
  expect(await house.memberBySession(here.token)).toBeDefined();
});

test("nobody signs out another's device", async () => {
  const [hers, other] = [await makeSignedIn(house), await makeSignedIn(house)];
  await browser(app, other.cookie).post(`/account/sessions/${hers.scope.member.sessionId}/end`);
  expect(await house.memberBySession(hers.token)).toBeDefined();
});

test("a session in use slides on; it is written at most once in five minutes", async () => {
  const { token } = await makeSignedIn(house);
  const read = sessionKeeper(house.db, house.now);
  const seen = async () => (await house.db.selectFrom("member_sessions").select("expires_at").orderBy("made_at", "desc").orderBy("seen_at", "desc").executeTakeFirstOrThrow()).expires_at;
  const before = await seen();
  house.passTime({ minutes: 4 });
  await read(token);
  expect((await seen()).equals(before)).toBe(true);
  for (let visit = 0; visit < 16; visit++) {
    house.passTime({ hours: 11 });
    const still = await read(token);
    expect(still === undefined).toBe((visit + 1) * 11 * 60 + 4 >= 7 * 24 * 60);
  }
});

test("she changes who she is here; her address is sealed and found by nobody who reads the table", async () => {
  const hers = await makeSignedIn(house, ["volunteer"], { signInName: "nadia" });
  const one = browser(app, hers.cookie);
  expect((await one.get("/account/details")).text).toMatch(/<label[^>]*for="name"[^>]*>First name/);
  const fields = { name: "Nadia", signInName: "nadia.k", language: "en", zone: "America/New_York", email: "nadia@example.org" };
  expect((await one.post("/account/details", fields)).to).toBe("/account");
  expect((await one.get("/account")).text).toContain("Saved.");
  expect(await emailOf(house, hers.id)).toBe("nadia@example.org");
  const row = await house.db.selectFrom("members").selectAll().where("id", "=", hers.id).executeTakeFirstOrThrow();
  expect(Buffer.concat([row.email_sealed ?? Buffer.alloc(0), row.email_fingerprint ?? Buffer.alloc(0)]).includes("nadia")).toBe(false);
  await one.post("/account/details", { ...fields, email: "" });
  expect(await emailOf(house, hers.id)).toBeUndefined();
});

test("who works here gives a number for when she is on call; it is sealed, shown to her alone, and gone when she empties the field", async () => {
  const hers = await makeSignedIn(house, ["moderator"]);
  const one = browser(app, hers.cookie);
  expect((await one.get("/account")).text).toMatch(/<label[^>]*for="phone"[^>]*>Your number, for texts/);
  const wrong = await one.post("/account/phone", { phone: "the blue door" });
  expect([wrong.status, wrong.text.includes('value="the blue door"'), wrong.text.includes('href="#phone"')]).toEqual([422, true, true]);
  expect(wrong.text, "another language leads back to a page").toContain('name="back" value="/account"');
  expect((await one.post("/account/phone", { phone: "(213) 555-0142" })).to).toBe("/account");
  expect(await phoneOf(house, hers.id)).toBe("+12135550142");
  expect((await one.get("/account")).text).toContain('value="+12135550142"');
  const row = await house.db.selectFrom("members").selectAll().where("id", "=", hers.id).executeTakeFirstOrThrow();
  expect(row.phone_sealed?.includes("2135550142")).toBe(false);
  await one.post("/account/phone", { phone: "" });
  expect(await phoneOf(house, hers.id)).toBeUndefined();
});

test("a member of the community is asked for no number", async () => {
  const one = browser(app, (await makeSignedIn(house, ["member"])).cookie);
  expect((await one.get("/account")).text).not.toContain('name="phone"');
  expect((await one.post("/account/phone", { phone: "(213) 555-0142" })).status).toBe(404);
});

test("a sign-in name or address that is somebody's is refused beside its field", async () => {
  await makeMember(house, ["volunteer"], { signInName: "taken", email: "taken@example.org" });
  const one = browser(app, (await makeSignedIn(house)).cookie);
  const fields = { name: "Nadia", signInName: "taken", language: "en", zone: "UTC", email: "" };
  expect((await one.post("/account/details", fields)).text).toContain('href="#signInName"');
  expect((await one.post("/account/details", { ...fields, signInName: "not.taken", email: "TAKEN@example.org" })).text).toContain('href="#email"');
});

test("a new passphrase asks for the present one, and signs the other devices out", async () => {
  const hers = await makeSignedIn(house, ["volunteer"], { signInName: "olive", passphrase: goodPassphrase });
  const there = await signInAs(house, hers.id);
  const one = browser(app, hers.cookie);
  expect((await one.post("/account/passphrase", { now: "wrong", passphrase: "another four words here" })).text).toContain("not your passphrase now");
  expect((await one.post("/account/passphrase", { now: goodPassphrase, passphrase: "password1234" })).text).toContain("Many people use this one");
  expect((await one.post("/account/passphrase", { now: goodPassphrase, passphrase: "another four words here" })).to).toBe("/account");
  expect(await house.memberBySession(there.token)).toBeUndefined();
  expect((await browser(app).post("/sign-in", { signInName: "olive", passphrase: "another four words here" })).to).toBe("/desk");
});

test("who holds no role sees that, and no desk", async () => {
  const one = browser(app, (await makeSignedIn(house, [])).cookie);
  const page = (await one.get("/account")).text;
  expect(page).toContain("You hold no role at the moment");
  expect(page).not.toContain('href="/desk"');
});
