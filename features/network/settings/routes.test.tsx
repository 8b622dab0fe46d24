import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import type { App } from "../../../platform/http/app.tsx";
import { makeNetwork, networkApp, signedIn } from "../factory.ts";
import { isOpenNow, networkNow, nextOpeningAt } from "../queries.ts";

let house: TestHouse;
let app: App;
let coordinator: string;
let volunteer: string;
beforeAll(async () => {
  house = await openTestHouse();
  app = networkApp(house);
  await makeNetwork(house);
  coordinator = await signedIn(house, "coordinator");
  volunteer = await signedIn(house, "volunteer");
});
beforeEach(async () => {
  await house.db.deleteFrom("opening_hours").execute();
  await house.db.deleteFrom("opening_exceptions").execute();
});

const get = (path: string, cookie = coordinator) => app.request(path, { headers: { cookie } });
const post = (path: string, fields: readonly (readonly [string, string])[], cookie = coordinator) =>
  app.request(path, { method: "POST", body: new URLSearchParams(fields.map(([name, value]) => [name, value])), headers: { cookie, "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" } });
const audited = async () => (await house.db.selectFrom("audit_entries").select("act").where("subject_kind", "=", "network").orderBy("id", "desc").executeTakeFirst())?.act;

const nights = [["days", "1"], ["days", "2"], ["opens", "20:00"], ["closes", "02:00"]] as const;

it("the settings are there for coordinators alone", async () => {
  for (const path of ["/settings", "/settings/hours", "/settings/retention"]) {
    expect((await get(path)).status, path).toBe(200);
    expect((await get(path, volunteer)).status, path).toBe(404);
    expect((await get(path, "")).headers.get("location")).toBe("/sign-in");
  }
  expect((await post("/settings/hours", nights, volunteer)).status).toBe(404);
  expect(await house.db.selectFrom("opening_hours").selectAll().execute()).toEqual([]);
});

it("a coordinator changes name, zone and languages; who did it is written down", async () => {
  const typed = [["networkName", "Lantern"], ["hostOrganisation", "The Street"], ["country", "MX"], ["zone", "America/Mexico_City"], ["languages", "es"], ["languages", "en"]] as const;
  expect((await post("/settings", typed)).status).toBe(303);
  expect(await networkNow(house.db)).toMatchObject({ name: "Lantern", country: "MX", zone: "America/Mexico_City", languages: ["es", "en"] });
  expect(await audited()).toBe("changed_network");
  const wrong = await post("/settings", [["networkName", "Kept"], ["country", "ZZ"]]);
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('value="Kept"');
  await house.db.updateTable("network").set({ zone: "America/Los_Angeles" }).execute();
});

describe("opening hours", () => {
  it("are added for several days, past midnight too, and decide the next opening", async () => {
    expect((await post("/settings/hours", nights)).status).toBe(303);
    expect(await audited()).toBe("changed_hours");
    // Tuesday, 24 November 2026, 3:00 in Los Angeles.
    expect(await isOpenNow(house.db, house.now())).toBe(false);
    expect((await nextOpeningAt(house.db, house.now()))?.toString()).toBe("2026-11-25T04:00:00Z");
    expect((await (await get("/settings/hours")).text()).replaceAll("\u202f", " ")).toContain("8:00 PM to 2:00 AM the next day");
  });

  it("that are there already are refused kindly, once for two who press at once", async () => {
    const statuses = (await Promise.all([post("/settings/hours", nights), post("/settings/hours", nights)])).map(({ status }) => status).sort();
    expect(statuses).toEqual([303, 422]);
    expect(await house.db.selectFrom("opening_hours").selectAll().execute()).toHaveLength(2);
  });

  it("go by their own button, and only once", async () => {
    await post("/settings/hours", nights);
    const { id } = await house.db.selectFrom("opening_hours").select("id").executeTakeFirstOrThrow();
    expect((await post(`/settings/hours/${id}/removal`, [])).status).toBe(303);
    for (const gone of [id, "nothing", "00000000-0000-0000-0000-00000000000g"]) expect((await post(`/settings/hours/${gone}/removal`, [])).status).toBe(404);
  });

  it("are shown again with what was typed when a time is missing", async () => {
    const answer = await post("/settings/hours", [["days", "3"], ["opens", "25:00"], ["closes", "22:00"]]);
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain("Give a time, such as 20:00.");
    expect(html).toContain('value="22:00"');
    expect(html).toMatch(/value="3"[^>]*checked|checked[^>]*value="3"/);
  });
});

describe("days that differ", () => {
  it("are closed, or open at their own hours; a new one takes the place of the old", async () => {
    expect((await post("/settings/exceptions", [["onDay", "2026-12-25"], ["closed", "yes"]])).status).toBe(303);
    expect((await post("/settings/exceptions", [["onDay", "2026-12-25"], ["exceptionOpens", "10:00"], ["exceptionCloses", "12:00"]])).status).toBe(303);
    expect(await audited()).toBe("changed_exceptions");
    expect((await nextOpeningAt(house.db, house.now()))?.toString()).toBe("2026-12-25T18:00:00Z");
    expect((await post("/settings/exceptions/2026-12-25/removal", [])).status).toBe(303);
    for (const gone of ["2026-12-25", "2026-02-30", "x"]) expect((await post(`/settings/exceptions/${gone}/removal`, [])).status).toBe(404);
  });

  it.each([
    [[["onDay", "2026-02-30"], ["closed", "yes"]], "Give a day of the calendar."],
    [[["onDay", "2026-12-25"], ["exceptionOpens", "10:00"]], "Give both times"],
    [[["onDay", "2026-12-25"], ["exceptionOpens", ""], ["exceptionCloses", ""]], "Give both times"],
  ] as const)("%j is shown again with %j", async (typed, words) => {
    const answer = await post("/settings/exceptions", typed);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
  });
});

it("how long things are kept stays within its limits", async () => {
  expect((await post("/settings/retention", [["conversationDays", "7"], ["contactDays", "3"], ["auditDays", "365"]])).status).toBe(303);
  expect(await networkNow(house.db)).toMatchObject({ conversationDays: 7, contactDays: 3, auditDays: 365 });
  expect(await audited()).toBe("changed_retention");
  for (const days of ["0", "366", "1.5", "", "9".repeat(30)]) expect((await post("/settings/retention", [["conversationDays", days], ["contactDays", "3"], ["auditDays", "365"]])).status, days).toBe(422);
});
