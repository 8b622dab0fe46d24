import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { accountsApp, browser, goodPassphrase, makeMember, makeSignedIn, softwarePasskey } from "../factory.ts";
import { invite } from "../people/commands.ts";
import { acceptInvitation, type Joining } from "./commands.ts";

const house = await openTestHouse();
const app = accountsApp(house);
const carmen = await makeSignedIn(house, ["coordinator"]);
const rolesExpireAt = Temporal.Instant.from("2027-01-01T00:00:00Z");
const newInvitation = () => invite(house, carmen.scope, { forName: "Dolores", roles: ["volunteer", "supervisor"], rolesExpireAt, email: undefined, language: "en" });
const details = { name: "Lola", signInName: "Lola.D", language: "es", zone: "America/Chicago", email: "" };

test("who is invited joins with a passphrase, is asked for a second step before her desk, and has the roles and their end", async () => {
  const token = await newInvitation();
  const lola = browser(app);
  expect((await lola.get(`/join/${token}`)).to).toBe("/join");
  const page = (await lola.get("/join")).text;
  expect(page).toContain("Welcome, Dolores");
  expect(page).toMatch(/<label[^>]*for="passphrase"/);
  expect(page).not.toContain(token);
  expect((await lola.post("/join", { ...details, passphrase: goodPassphrase })).to).toBe("/desk");
  expect((await lola.get("/account")).to).toBe("/account/second-step");
  expect((await lola.get("/account/second-step")).text).toContain("pedimos dos cosas");
  const roles = await house.db.selectFrom("member_roles").innerJoin("members", "members.id", "member_id").select(["role", "expires_at", "given_by"]).where("sign_in_name", "=", "lola.d").execute();
  expect(roles.map(({ role, expires_at, given_by }) => [role, String(expires_at), given_by])).toEqual([["volunteer", String(rolesExpireAt), carmen.id], ["supervisor", String(rolesExpireAt), carmen.id]]);
  expect((await lola.get("/join")).status).toBe(410);
});

test("what is wrong comes back with all that was typed, but never the passphrase", async () => {
  const lola = browser(app);
  await lola.get(`/join/${await newInvitation()}`);
  const again = await lola.post("/join", { ...details, signInName: "l!", zone: "Mars/Base", email: "no", passphrase: "password1234" });
  expect(again.status).toBe(422);
  for (const field of ["signInName", "zone", "email"]) expect(again.text).toContain(`href="#${field}"`);
  expect(again.text).toContain('value="Lola"');
  expect(again.text).not.toContain("password1234");
  const common = await lola.post("/join", { ...details, signInName: "lola.e", passphrase: "password1234" });
  expect(common.text).toContain("Many people use this one");
  const taken = await lola.post("/join", { ...details, passphrase: goodPassphrase });
  expect(taken.text).toContain("Someone has this sign-in name");
  expect((await lola.post("/join", { ...details, signInName: "lola.e", passphrase: goodPassphrase })).to).toBe("/desk");
});

test("she joins with a passkey alone, and signs in with it", async () => {
  const lola = browser(app);
  await lola.get(`/join/${await newInvitation()}`);
  expect((await lola.post("/join/passkey/options", { ...details, name: "" })).status).toBe(422);
  const fields = { ...details, signInName: "lola.f" };
  const passkey = softwarePasskey();
  const offer = JSON.parse((await lola.post("/join/passkey/options", fields)).text);
  expect((await lola.post("/join", { ...fields, passphrase: "", ...passkey.make(offer) })).to).toBe("/desk");
  const fresh = browser(app);
  expect((await fresh.post("/sign-in/passkey", passkey.use(JSON.parse((await fresh.post("/sign-in/passkey/options")).text)))).to).toBe("/desk");
});

test("of ten who accept one invitation at once, one joins", async () => {
  const token = await newInvitation();
  const joining = (at: number): Joining => ({ ...details, language: "es", email: undefined, signInName: `race.${at}`, device: "? on ?", shared: false, by: { passphrase: goodPassphrase } });
  const results = await Promise.all(Array.from({ length: 10 }, (_, at) => acceptInvitation(house, token, joining(at))));
  expect(results.filter((result) => "token" in result)).toHaveLength(1);
  expect(results.filter((result) => "refused" in result && result.refused === "invitationOver")).toHaveLength(9);
  expect(await house.db.selectFrom("members").select("id").where("sign_in_name", "like", "race.%").execute()).toHaveLength(1);
});

test("a taken name leaves the invitation open", async () => {
  await makeMember(house, ["volunteer"], { signInName: "taken" });
  const token = await newInvitation();
  const joining: Joining = { ...details, language: "es", email: undefined, signInName: "taken", device: "? on ?", shared: false, by: { passphrase: goodPassphrase } };
  expect(await acceptInvitation(house, token, joining)).toEqual({ refused: "signInNameTaken" });
  expect(await acceptInvitation(house, token, { ...joining, signInName: "free" })).toHaveProperty("token");
});

test("an invitation is over after seven days", async () => {
  const token = await newInvitation();
  house.passTime({ hours: 7 * 24 });
  const late = browser(app);
  await late.get(`/join/${token}`);
  const page = await late.get("/join");
  expect([page.status, page.text.includes("This invitation is over")]).toEqual([410, true]);
  expect((await browser(app, "", "es").get("/join")).text).toContain("Esta invitación ya no sirve");
});
