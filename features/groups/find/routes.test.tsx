import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse } from "../../../cast/test-house.ts";
import { browser, makeSignedIn } from "../../accounts/factory.ts";
import { makeNetwork } from "../../network/factory.ts";
import { aSeat, makeGroup, nextSession } from "../factory.ts";
import type { SeriesId } from "../types.ts";

const house = await openTestHouse();
await makeNetwork(house);
const app = createApp(house);
const [noor, tomas] = [await makeSignedIn(house, ["facilitator"], { name: "Noor" }), await makeSignedIn(house, ["facilitator"], { name: "Tomás" })];
await house.db.insertInto("facilitator_trainings").values({ member_id: noor.id, trained_on: Temporal.PlainDate.from("2026-09-01") }).execute();

/** Tuesdays at seven in Los Angeles, in English; Wednesdays at ten in the morning in Madrid, in Spanish, by voice alone. */
let [evenings, mornings]: SeriesId[] = [];
beforeAll(async () => {
  house.setClock("2026-11-24T18:00:00Z");
  evenings = await makeGroup(house, { about: "Bring tea.", seats: 2, ledBy: [noor.id, tomas.id] });
  mornings = await makeGroup(house, { kind: "fathers", language: "es", camera: "off", zone: "Europe/Madrid", at: "10:00", rhythm: { every: "weeks", weeks: 1, days: ["WE"] } });
});
beforeEach(() => house.setClock("2026-11-24T18:00:00Z"));

const from = (zone: string, language = "en") => browser(app, `__Host-zone=${zone}`, language);
const names = (html: string) => [...html.matchAll(/<h3[^>]*><a[^>]*>([^<]+)/g)].map(([, name]) => name);

describe("the list", () => {
  it("says every time in her own zone, with its name, in her language", async () => {
    const [here, there] = [await from("America/Los_Angeles").get("/groups"), await from("Asia/Tokyo", "es").get("/groups")];
    expect(here.text).toMatch(/7:00\sPM/);
    expect(here.text).toContain("Times are Pacific Time.");
    expect(here.text).toMatch(/in 9 h/);
    expect(there.text).toContain("Únete a un grupo esta noche");
    expect(there.text).toMatch(/12:00/);
    expect(there.text).toMatch(/>Mañana<[^]*Embarazo y después del parto/);
  });

  it("takes what she looks for by a form, and nothing of it stands in an address", async () => {
    const parent = from("America/Los_Angeles");
    const found = await parent.post("/groups", { kind: "fathers", language: "es", hours: "night", voice: "yes", open: "yes" });
    expect(new Set(names(found.text))).toEqual(new Set(["Fathers"]));
    expect(found.text).not.toMatch(/(?:href|action)="[^"]*(?:kind|fathers|hours|night)[^"]*"/);
    expect((await parent.get("/groups?kind=fathers")).text).toContain("Pregnancy and after birth");
    expect(names((await parent.post("/groups", { kind: "fathers", language: "en" })).text)).toEqual([]);
    expect((await parent.post("/groups", { kind: "twins" })).text).toContain("No group fits all of that this week.");
  });

  it("reads what no form of ours sends as nothing at all", async () => {
    const answer = await from("America/Los_Angeles").post("/groups", { kind: "'; drop table seats; --", language: "xx", hours: "noon", from: "-7" });
    expect([answer.status, names(answer.text).length]).toEqual([200, 2]);
  });

  it("goes on to the days after, with what she looks for", async () => {
    const later = await from("America/Los_Angeles").post("/groups", { kind: "after-birth", from: "7" });
    expect(later.text).toContain("Tuesday, December 1");
    expect(later.text).toMatch(/name="from" value="14"/);
    expect(later.text).toContain('<input type="hidden" name="kind" value="after-birth"');
  });

  it("shows what began a quarter of an hour ago, and no longer what closed", async () => {
    const session = await nextSession(house, evenings as SeriesId);
    house.setClock(session.starts.add({ minutes: 14 }));
    const first = async () => (await from("America/Los_Angeles").get("/groups")).text.includes(`/groups/meetings/${session.id}`);
    expect(await first()).toBe(true);
    await house.db.updateTable("group_sessions").set({ closed_at: house.now() }).where("id", "=", session.id).execute();
    expect(await first()).toBe(false);
    await house.db.updateTable("group_sessions").set({ closed_at: null }).where("id", "=", session.id).execute();
  });
});

describe("a group", () => {
  it("says whom it is for, what happens, what is kept, and when it meets; for programs too, and never where its room is", async () => {
    const page = await from("America/New_York").get(`/groups/${evenings}`);
    expect(page.status).toBe(200);
    for (const said of ["Parents who are pregnant or have a baby under two", "Bring tea.", "What is kept", "Tuesday, December 1", "Every week: Tuesday, 7:00 PM, Pacific Time"]) expect(page.text).toContain(said);
    expect(page.text).toContain(`/groups/${evenings}/calendar.ics`);
    const [, json = "[]"] = /<script type="application\/ld\+json">([^<]+)/.exec(page.text) ?? [];
    expect((JSON.parse(json) as Record<string, unknown>[])[0]).toMatchObject({ "@type": "Event", startDate: "2026-11-24T19:00:00-08:00", isAccessibleForFree: true });
  });

  it("names of who leads it those alone who hold the role and are trained", async () => {
    const { text } = await from("UTC").get(`/groups/${evenings}`);
    expect(text).toContain("Noor, trained to lead groups.");
    expect(text).not.toContain("Tomás");
  });

  it("offers no seat in what began long ago or is cancelled", async () => {
    const session = await nextSession(house, mornings as SeriesId);
    house.setClock(session.starts.add({ minutes: 16 }));
    expect((await from("UTC").get(`/groups/${mornings}`)).text).not.toMatch(new RegExp(`class="btn[^"]*" href="/groups/meetings/${session.id}"`));
    expect((await from("UTC").get(`/groups/meetings/${session.id}`)).text).toContain("This meeting has begun, and seats are no longer given.");
  });

  it("says that one waits where all seats are taken", async () => {
    house.setClock("2026-11-24T18:00:00Z");
    const session = await nextSession(house, evenings as SeriesId);
    for (let seat = 0; seat < 3; seat++) await aSeat(house, session.id);
    expect((await from("UTC").get("/groups")).text).toContain("Full. 1 parent waits for a seat.");
  });

  it("is not there when it waits for a coordinator, has no such id, or none at all", async () => {
    const proposed = await makeGroup(house, { approved: false });
    for (const id of [proposed, randomUUID(), "no-id", "%00", "'%20or%201=1", "x".repeat(4000)]) for (const path of [`/groups/${id}`, `/groups/meetings/${id}`, `/groups/${id}/calendar.ics`]) expect((await from("UTC").get(path)).status, path).toBe(404);
  });
});
