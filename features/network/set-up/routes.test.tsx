import { beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import type { App } from "../../../platform/http/app.tsx";
import { networkApp, setUpTyped } from "../factory.ts";
import { networkNow } from "../queries.ts";
import { makeSetupLink } from "./commands.ts";

let house: TestHouse;
let app: App;
beforeEach(async () => {
  house = await openTestHouse({ NODE_ENV: "production" });
  app = networkApp(house);
});

const post = (fields: Record<string, string>, cookie: string, to = app) =>
  to.request("/setup", { method: "POST", body: new URLSearchParams(fields), headers: { cookie, "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" } });

async function openLink(link: string | undefined): Promise<string> {
  const answer = await app.request(link ?? "");
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/setup"]);
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

describe("before there is a network", () => {
  it("every page says so, with the help numbers; help, leaving and set-up work", async () => {
    for (const path of ["/", "/groups", "/message", "/desk", "/anything"]) {
      const answer = await app.request(path);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(await answer.text()).toContain("This network is not set up yet");
    }
    for (const [path, status] of [["/help/us", 200], ["/exit", 303], ["/icon.svg", 200], ["/setup", 404]] as const) expect([path, (await app.request(path)).status]).toEqual([path, status]);
  });

  it("a demo is open from the start", async () => {
    const demo = networkApp(await openTestHouse());
    expect((await demo.request("/")).status).toBe(200);
  });
});

describe("the set-up link", () => {
  it("makes the network with its first coordinator, once; afterwards it is not here", async () => {
    const link = await makeSetupLink(house);
    const cookie = await openLink(link);
    expect(await (await app.request("/setup", { headers: { cookie, "accept-language": "en" } })).text()).toContain("Create the network");
    const done = await post(setUpTyped, cookie);
    expect([done.status, done.headers.get("location")]).toEqual([303, "/sign-in"]);
    expect(await networkNow(house.db)).toMatchObject({ name: "Lantern Street", country: "US", zone: "America/Los_Angeles", languages: ["en"], conversationDays: 30 });
    const members = await house.db.selectFrom("members").innerJoin("member_roles", "member_roles.member_id", "members.id").innerJoin("passphrases", "passphrases.member_id", "members.id").select(["name", "sign_in_name", "role"]).execute();
    expect(members).toEqual([{ name: "Lucía", sign_in_name: "lucia", role: "coordinator" }]);
    expect((await app.request("/")).status).toBe(200);
    for (const path of [link ?? "", "/setup"]) expect((await app.request(path, { headers: { cookie } })).status).toBe(404);
    expect((await post(setUpTyped, cookie)).status).toBe(404);
    expect(await makeSetupLink(house)).toBeUndefined();
  });

  it("of two who press the button at once, with one link or with two, lets one through", async () => {
    const cookies = [await openLink(await makeSetupLink(house)), await openLink(await makeSetupLink(house))];
    const tries = [...cookies, ...cookies].map((cookie, at) => post({ ...setUpTyped, networkName: `Network ${at}`, signInName: `lucia${at}` }, cookie));
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([303, 404, 404, 404]);
    expect(await house.db.selectFrom("network").select("name").execute()).toHaveLength(1);
    expect(await house.db.selectFrom("members").select("id").execute()).toHaveLength(1);
  });

  it("shows the form again with all that was typed, and what to mend; never the passphrase", async () => {
    const cookie = await openLink(await makeSetupLink(house));
    const wrong = { ...setUpTyped, networkName: "", zone: "Mars/Base", signInName: "a b", passphrase: "password1234" };
    const html = await (await post(wrong, cookie)).text();
    for (const part of ['value="Lantern Street Family Network"', 'value="Lucía"', "Choose a time zone from the list.", 'href="#networkName"']) expect(html).toContain(part);
    expect(html).not.toContain("password1234");
    expect(await (await post({ ...setUpTyped, passphrase: "password1234" }, cookie)).text()).toContain("Many people use this one.");
    expect(await networkNow(house.db)).toBeUndefined();
  });

  it("that nobody made opens nothing", async () => {
    for (const token of ["x", "a".repeat(43), "%00"]) expect((await app.request(`/setup/${token}`)).status).toBe(404);
    expect((await post(setUpTyped, `__Host-step=${"a".repeat(43)}`)).status).toBe(404);
  });
});
