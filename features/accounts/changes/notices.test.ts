import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse } from "../../../cast/test-house.ts";
import { browser, goodPassphrase, makeSignedIn, runJobs, saysThatSheKnows, signInAs } from "../factory.ts";

const house = await openTestHouse();
const app = createApp(house);

/** Somebody without an e-mail address, with a second device. */
async function twoDevices(role: "member" | "volunteer" = "member") {
  const hers = await makeSignedIn(house, [role], { passphrase: goodPassphrase });
  const there = await signInAs(house, hers.id);
  return { ...hers, here: browser(app, hers.cookie), there: browser(app, there.cookie) };
}

test("whom no letter reaches is told on the next page of her other session, until she says that she knows", async () => {
  const { here, there, id } = await twoDevices();
  await here.post("/account/codes");
  expect((await here.get("/community/mine")).status).toBe(200);
  for (const path of ["/community/mine", "/community/spaces", "/account", "/safety/looks"]) expect((await there.get(path)).to, path).toBe("/account/changed");
  const page = await there.get("/account/changed");
  expect(page.text).toContain("New recovery codes were made");
  expect(page.text).toContain("Sign out everywhere else");
  await there.get("/community/mine");
  expect((await saysThatSheKnows(there)).to).toBe("/community/mine");
  expect((await there.get("/community/mine")).status).toBe(200);
  expect((await there.get("/account/changed")).to).toBe("/account");
  house.passTime({ minutes: 1 });
  // Whoever signs in later is told no more: she knows.
  expect((await browser(app, (await signInAs(house, id)).cookie).get("/community/mine")).status).toBe(200);
});

test("a session that began after the change is told, when none has heard yet", async () => {
  const { here, id } = await twoDevices("volunteer");
  await here.post("/account/passphrase", { now: goodPassphrase, passphrase: "window over lantern street" });
  const later = browser(app, (await signInAs(house, id)).cookie, "es");
  expect((await later.get("/desk")).to).toBe("/account/changed");
  expect((await later.get("/account/changed")).text).toContain("Se cambió tu frase de acceso");
});

test("what came after the page was shown is told by itself, and another's form says nothing for her", async () => {
  const { here, there } = await twoDevices();
  const other = await twoDevices();
  await here.post("/account/codes");
  const until = /name="until" value="([^"]+)"/.exec((await there.get("/account/changed")).text)?.[1] ?? "";
  house.passTime({ seconds: 1 });
  await here.post("/account/codes");
  await other.there.post("/account/changed", { until: house.now().toString() });
  await there.post("/account/changed", { until });
  expect((await there.get("/account")).to).toBe("/account/changed");
  await there.post("/account/changed", { until: "never" });
  expect((await there.get("/account")).to).toBe("/account/changed");
});

test("what a page asks for in the background goes on, and so does whatever she sends", async () => {
  const { here, there } = await twoDevices("volunteer");
  await here.post("/account/codes");
  expect((await there.post("/desk/alive")).to).not.toBe("/account/changed");
  expect((await there.get("/account")).to).toBe("/account/changed");
});

test("a page that comes by way of the service worker is a page, and what a script asks for is none", async () => {
  const { here, there } = await twoDevices();
  await here.post("/account/codes");
  const cookie = [...there.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const asks = async (mode: string) => (await app.request("/community/mine", { headers: { cookie, host: "localhost:3000", "sec-fetch-mode": mode, "sec-fetch-dest": "empty", "sec-fetch-site": "same-origin", accept: "text/html" } })).headers.get("location");
  expect([await asks("navigate"), await asks("same-origin"), await asks("cors")]).toEqual(["/account/changed", null, null]);
});

test("whom a letter reaches gets the letter, and no page", async () => {
  const hers = await makeSignedIn(house, ["volunteer"], { email: "told@example.org" });
  const there = browser(app, (await signInAs(house, hers.id)).cookie);
  await browser(app, hers.cookie).post("/account/codes");
  await runJobs(house);
  expect(house.letters.map(({ to }) => to)).toEqual(["told@example.org"]);
  expect((await there.get("/account")).status).toBe(200);
});

test("a coordinator signs a volunteer out on every device; it is written down, and the volunteer is told", async () => {
  const lucia = await makeSignedIn(house, ["coordinator"]);
  const ruth = await makeSignedIn(house, ["volunteer"]);
  const phone = await signInAs(house, ruth.id);
  const page = browser(app, lucia.cookie);
  expect((await page.get(`/people/${ruth.id}`)).text).toContain("Sign out every device");
  expect((await page.post(`/people/${ruth.id}/sign-out`)).to).toBe(`/people/${ruth.id}`);
  expect([await house.memberBySession(ruth.token), await house.memberBySession(phone.token)]).toEqual([undefined, undefined]);
  const acts = await house.db.selectFrom("audit_entries").select(["member_id", "subject_id"]).where("act", "=", "signed_out_everywhere").execute();
  expect(acts).toEqual([{ member_id: lucia.id, subject_id: ruth.id }]);
  const back = browser(app, (await signInAs(house, ruth.id)).cookie);
  expect((await back.get("/desk")).to).toBe("/account/changed");
  expect((await back.get("/account/changed")).text).toContain("A coordinator signed you out on every device");
});

test("a coordinator signs a member of the community out by the name that she was told, sees nothing of her, and she is told", async () => {
  const lucia = await makeSignedIn(house, ["coordinator"]);
  const page = browser(app, lucia.cookie);
  expect((await page.get("/people")).text).toContain('href="/people/sign-out"');
  for (const typed of ["signs in", "handle"] as const) {
    const handle = `Night Kettle ${typed}`;
    const { id: memberId, token } = await makeSignedIn(house, ["member"]);
    await house.db.insertInto("handles").values({ member_id: memberId, handle, plain: handle.toLowerCase(), taken_at: house.now(), join_key: randomUUID() }).execute();
    const { sign_in_name, name } = await house.db.selectFrom("members").select(["sign_in_name", "name"]).where("id", "=", memberId).executeTakeFirstOrThrow();
    const phone = await signInAs(house, memberId);
    expect((await page.post("/people/sign-out", { member: typed === "handle" ? ` NIGHT Kettle ${typed}` : sign_in_name })).to).toBe("/people/sign-out");
    const after = (await page.get("/people/sign-out")).text;
    expect(after).toContain("Every device is signed out.");
    for (const hers of [memberId, sign_in_name, name, "Night Kettle"]) expect(after).not.toContain(hers);
    expect([await house.memberBySession(token), await house.memberBySession(phone.token)]).toEqual([undefined, undefined]);
    expect(await house.db.selectFrom("audit_entries").select("member_id").where("act", "=", "signed_out_everywhere").where("subject_id", "=", memberId).execute()).toEqual([{ member_id: lucia.id }]);
    const back = browser(app, (await signInAs(house, memberId)).cookie, "es");
    expect((await back.get("/community/mine")).to).toBe("/account/changed");
    expect((await back.get("/account/changed")).text).toContain("Una persona de coordinación cerró tu sesión");
  }
});

test("by a name that is nobody's, that of somebody who works here, left or asks herself, nobody is signed out", async () => {
  const lucia = await makeSignedIn(house, ["coordinator", "member"], { signInName: "lucia.herself" });
  const ruth = await makeSignedIn(house, ["volunteer"], { signInName: "ruth.works.here" });
  const page = browser(app, lucia.cookie);
  for (const member of ["nobody.here", "ruth.works.here", "lucia.herself", "", "%", "–"]) {
    const answer = await page.post("/people/sign-out", { member });
    expect(answer.status, member).toBe(422);
    expect(answer.text).toMatch(/No member of the community has this name|Write their name/);
  }
  for (const { token } of [lucia, ruth]) expect(await house.memberBySession(token)).toBeDefined();
});

test("eleven minutes after she came in, a coordinator shows again that it is she before she signs anybody out", async () => {
  const lucia = await makeSignedIn(house, ["coordinator"]);
  const [ruth, member] = [await makeSignedIn(house, ["volunteer"]), await makeSignedIn(house, ["member"], { signInName: "fresh.member" })];
  house.passTime({ minutes: 11 });
  const page = browser(app, lucia.cookie);
  for (const path of [`/people/${ruth.id}/sign-out`, "/people/sign-out"]) expect((await page.post(path, { member: "fresh.member" })).to).toBe("/account/again");
  expect((await page.get("/people/sign-out")).to).toBe("/account/again");
  for (const { token } of [ruth, member]) expect(await house.memberBySession(token)).toBeDefined();
});

test("nobody but a coordinator does so, and not to herself, nor to a member of the community", async () => {
  const lucia = await makeSignedIn(house, ["coordinator"]);
  const [ruth, member] = [await makeSignedIn(house, ["volunteer"]), await makeSignedIn(house, ["member"])];
  for (const [cookie, id] of [[ruth.cookie, lucia.id], [lucia.cookie, lucia.id], [lucia.cookie, member.id]] as const) expect((await browser(app, cookie).post(`/people/${id}/sign-out`)).status).toBe(404);
  const page = browser(app, ruth.cookie);
  expect([(await page.get("/people/sign-out")).status, (await page.post("/people/sign-out", { member: "anybody" })).status]).toEqual([404, 404]);
  for (const { token } of [lucia, ruth, member]) expect(await house.memberBySession(token)).toBeDefined();
});
