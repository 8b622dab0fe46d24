import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { accountsApp, browser, makeSignedIn, saysThatSheKnows, signInAs, softwarePasskey } from "../factory.ts";
import { relyingPartyOf } from "./rules.ts";

const house = await openTestHouse();
const app = accountsApp(house);

async function addTo(one: ReturnType<typeof browser>, passkey = softwarePasskey()) {
  const offer = JSON.parse((await one.post("/account/passkeys/options")).text);
  const added = await one.post("/account/passkeys", { ...passkey.make(offer), name: "my phone" });
  return { passkey, added };
}

test("a volunteer adds a passkey and signs in with it, without a name", async () => {
  const ruth = browser(app, (await makeSignedIn(house)).cookie);
  const { passkey, added } = await addTo(ruth);
  expect(added.to).toBe("/account/codes");
  expect((await ruth.get("/account")).text).toContain("my phone");
  const fresh = browser(app);
  const offer = JSON.parse((await fresh.post("/sign-in/passkey/options")).text);
  expect((await fresh.post("/sign-in/passkey", passkey.use(offer))).to).toBe("/desk");
});

test("an answer counts once, and only for the challenge it was made for", async () => {
  const { passkey } = await addTo(browser(app, (await makeSignedIn(house)).cookie));
  const fresh = browser(app);
  const offer = JSON.parse((await fresh.post("/sign-in/passkey/options")).text);
  const answer = passkey.use(offer);
  expect((await fresh.post("/sign-in/passkey", answer)).status).toBe(303);
  expect((await fresh.post("/sign-in/passkey", answer)).text).toContain("did not work");
  const other = JSON.parse((await fresh.post("/sign-in/passkey/options")).text);
  expect((await fresh.post("/sign-in/passkey", { ...passkey.use(offer), challenge: other.challenge })).status).toBe(422);
});

test("a challenge is over after five minutes", async () => {
  const { passkey } = await addTo(browser(app, (await makeSignedIn(house)).cookie));
  const fresh = browser(app);
  const offer = JSON.parse((await fresh.post("/sign-in/passkey/options")).text);
  house.passTime({ minutes: 5 });
  expect((await fresh.post("/sign-in/passkey", passkey.use(offer))).status).toBe(422);
});

test("a passkey that did not check who holds it, or belongs to another host, is not taken", async () => {
  const one = browser(app, (await makeSignedIn(house)).cookie);
  for (const bad of [softwarePasskey({ verifies: false }), softwarePasskey({ origin: "https://evil.example" }), softwarePasskey({ rpId: "evil.example" })]) {
    await addTo(one, bad);
    expect((await one.get("/account")).text).toContain("did not work");
  }
});

test("for a coordinator a passkey is both steps: on adding, on signing in, and as the second", async () => {
  const first = await makeSignedIn(house, ["coordinator"], { twoStep: false });
  const one = browser(app, first.cookie);
  const { passkey, added } = await addTo(one);
  expect(added.to).toBe("/account/codes");
  expect((await one.get("/people")).status).toBe(200);
  const fresh = browser(app);
  await fresh.post("/sign-in/passkey", passkey.use(JSON.parse((await fresh.post("/sign-in/passkey/options")).text)));
  expect((await fresh.get("/people")).to).toBe("/account/changed");
  await saysThatSheKnows(fresh);
  expect((await fresh.get("/people")).status).toBe(200);
  const half = browser(app, (await signInAs(house, first.id, "passphrase", false)).cookie);
  expect((await half.get("/people")).to).toBe("/sign-in/second-step");
  await half.post("/sign-in/second-step/passkey", passkey.use(JSON.parse((await half.post("/sign-in/second-step/passkey/options")).text)));
  await saysThatSheKnows(half);
  expect((await half.get("/people")).status).toBe(200);
});

test("another coordinator's passkey is no second step for her", async () => {
  const { passkey } = await addTo(browser(app, (await makeSignedIn(house, ["coordinator"])).cookie));
  const hers = await makeSignedIn(house, ["coordinator"]);
  await addTo(browser(app, hers.cookie));
  const half = browser(app, (await signInAs(house, hers.id, "passphrase", false)).cookie);
  const offer = JSON.parse((await half.post("/sign-in/second-step/passkey/options")).text);
  expect((await half.post("/sign-in/second-step/passkey", passkey.use(offer))).status).toBe(422);
});

test("the only way in is not taken away", async () => {
  const one = browser(app, (await makeSignedIn(house, ["member"])).cookie);
  await addTo(one);
  const id = /name="id" value="([\w-]+)"/.exec((await one.get("/account")).text)?.[1] ?? "";
  await one.post("/account/passkeys/remove", { id });
  expect((await one.get("/account")).text).toContain("only way in");
});

test("a passkey's host comes from the settings where they name one", () => {
  expect(relyingPartyOf("https://talk.example.org/", "evil.example")).toEqual({ id: "talk.example.org", origins: ["https://talk.example.org"] });
  expect(relyingPartyOf(undefined, "localhost:3000").id).toBe("localhost");
  expect(relyingPartyOf(undefined, "a b<").id).toBe("localhost");
});
