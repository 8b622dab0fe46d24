import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse } from "../../../cast/test-house.ts";
import { seatScope } from "../../../platform/http/scope.ts";
import { browser, makeSignedIn } from "../../accounts/factory.ts";
import { makeNetwork } from "../../network/factory.ts";
import { closeRoom, clearEvening } from "../evening/commands.ts";
import { aSeat } from "../factory.ts";
import { tellSeat, tellSeats } from "../letters/commands.ts";
import { groupRefresh, seatLens } from "../live.tsx";
import { giveBack } from "../seats/commands.ts";
import { groupOf, makeFacilitator, makeGroup } from "../series/factory.ts";
import type { SeatId, SeriesId, Session } from "../types.ts";
import { writeToSeats } from "./commands.ts";
import { messagesTo } from "./queries.ts";

const logged: string[] = [];
const plain = await openTestHouse();
const house = { ...plain, log: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }) };
await makeNetwork(house);
const app = createApp(house);
const lucia = await makeSignedIn(house, ["coordinator"], { name: "Lucía" });
const [noor, tomas, ines] = await Promise.all(["Noor", "Tomás", "Inés"].map((name) => makeFacilitator(house, lucia.scope, name)));
if (!noor || !tomas || !ines) throw new Error("nobody leads");
const ana = await makeSignedIn(house, ["volunteer"]);
const words = "Bring something warm to drink.\nWe begin slowly.";

let [series, session]: [SeriesId, Session] = ["" as SeriesId, {} as Session];
beforeEach(async () => {
  house.setClock("2026-11-24T18:00:00Z");
  plain.letters.length = 0;
  series = await makeGroup(house, lucia.scope, [noor.id, tomas.id], { seats: 2 });
  [session] = (await groupOf(house, series)).sessions as [Session];
});

const at = () => `/evenings/${session.id}/message`;
const as = ({ cookie }: { cookie: string }) => browser(app, cookie);
const form = (more: Record<string, string> = {}) => ({ message: words, key: randomUUID(), ...more });
async function seated(alias: string, more: Parameters<typeof aSeat>[2] = {}) {
  const saved = await aSeat(house, session.id, { alias, ...more });
  if ("refused" in saved) throw new Error(saved.refused);
  const one = browser(app, "__Host-zone=America/Los_Angeles");
  await one.get(`/seats/open/${saved.token}`);
  return { ...saved, scope: seatScope(saved.seatId, session.id), page: async () => (await one.get(`/seats/${saved.seatId}`)).text };
}
const jobs = async () => (await house.db.selectFrom("graphile_worker.jobs" as never).select("key" as never).execute()) as { key: string | null }[];

describe("a message to all seats", () => {
  it("is read on the page of each who has a seat or waits, and by nobody who gave hers back", async () => {
    const [maya, daniel, rosa] = [await seated("River"), await seated("Kettle"), await seated("Lamp")];
    expect(rosa.state).toBe("waiting");
    const gone = await seated("Moss");
    await giveBack(house, gone.scope);
    const sent = await as(noor).post(at(), form());
    expect([sent.status, sent.to]).toEqual([303, at()]);
    for (const one of [maya, daniel, rosa]) expect(await one.page()).toMatch(/Bring something warm to drink\.\nWe begin slowly\..*Noor/s);
    expect(await gone.page()).not.toContain("something warm");
    const pages: string[] = [];
    const lens = (scope: typeof maya.scope) => seatLens("seat", scope, { language: "en" } as Parameters<typeof seatLens>[2], "UTC");
    await groupRefresh(house)("", new Set([maya, gone].map(({ scope }) => ({ lens: lens(scope), seen: 0, send: (text: string) => void pages.push(text) }))));
    expect(pages.map((page) => page.includes("something warm"))).toEqual([true, false]);
  });

  it("is told of by her own way, once for each message, in words that carry nothing of it", async () => {
    const maya = await seated("River", { contact: { way: "email", address: "maya@lantern.example" } });
    const daniel = await seated("Kettle", { contact: { way: "text", address: "+13105550142" }, language: "es" });
    const before = (await jobs()).length;
    await writeToSeats(house, noor.scope, session.id, { words, key: randomUUID() });
    expect((await jobs()).map(({ key }) => key)).toContain(`tell-seats ${session.id} message`);
    await tellSeats(house, session.id, "message");
    expect((await jobs()).length - before).toBe(3);
    for (const { seatId } of [maya, maya, daniel]) await tellSeat(house, seatId, "message");
    expect(plain.letters).toHaveLength(1);
    expect(plain.letters[0]).toMatchObject({ to: "maya@lantern.example", subject: "Your appointment" });
    expect(plain.letters[0]?.text).toContain(`/seats/open/${maya.token}`);
    expect(plain.sms.texts[0]).toMatchObject({ to: "+13105550142", body: expect.stringContaining("Hay algo nuevo sobre tu cita") });
    expect(JSON.stringify([plain.letters, plain.sms.texts])).not.toMatch(/warm|slowly|Noor/);
    house.passTime({ minutes: 1 });
    await writeToSeats(house, noor.scope, session.id, { words: "We begin ten minutes later.", key: randomUUID() });
    await tellSeat(house, maya.seatId, "message");
    expect(plain.letters).toHaveLength(2);
  });

  it("is written by those who lead this meeting and by a coordinator, and the page is not there for anybody else", async () => {
    for (const one of [noor, tomas, lucia]) {
      expect((await as(one).get(at())).status).toBe(200);
      expect((await as(one).post(at(), form())).status).toBe(303);
    }
    for (const one of [ines, ana]) {
      expect((await as(one).get(at())).status).toBe(404);
      expect((await as(one).post(at(), form())).status).toBe(404);
    }
    await as({ cookie: "" }).post(at(), form());
    expect(await messagesTo(house.db, house.keys, session.id)).toHaveLength(3);
    expect((await as(lucia).get(`/evenings/${randomUUID()}/message`)).status).toBe(404);
    expect((await as(lucia).get(`/evenings/series/${series}/days/${session.day.toString()}`)).text).toContain(`href="${at()}"`);
    expect((await as(noor).get(`/evenings/${session.id}`)).text).toContain(`href="${at()}"`);
  });

  it("sent twice by a slow connection is one", async () => {
    const twice = form();
    await Promise.all([as(noor).post(at(), twice), as(noor).post(at(), twice)]);
    expect((await as(noor).post(at(), twice)).status).toBe(303);
    expect(await messagesTo(house.db, house.keys, session.id)).toHaveLength(1);
  });

  it("that can not be sent is shown again as it was typed, with why", async () => {
    const page = async (more: Record<string, string> = {}) => as(noor).post(at(), form(more));
    expect(await page({ message: "" })).toMatchObject({ status: 422, text: expect.stringContaining("Write at least one word") });
    expect(await page({ message: "a".repeat(501) })).toMatchObject({ status: 422, text: expect.stringContaining("a".repeat(501)) });
    for (let times = 0; times < 3; times++) expect((await page()).status).toBe(303);
    expect(await page({ message: "A fourth." })).toMatchObject({ status: 409, text: expect.stringMatching(/Three messages.*>\s*A fourth\./s) });
    house.passTime({ minutes: 61 });
    expect((await page()).status).toBe(303);
    const set = (to: { closed_at?: typeof session.starts | null; cancelled_at?: typeof session.starts }) => house.db.updateTable("group_sessions").set(to).where("id", "=", session.id).execute();
    await set({ closed_at: house.now() });
    expect(await page()).toMatchObject({ status: 409, text: expect.stringContaining("This meeting is over") });
    await set({ cancelled_at: house.now() });
    expect(await page()).toMatchObject({ status: 409, text: expect.stringContaining("does not take place") });
  });

  it("is under seal, stands in no log and in no audit, and goes with the evening's words", async () => {
    const maya = await seated("River");
    await as(noor).post(at(), form({ message: "canary-6612" }));
    house.setClock(session.starts);
    await closeRoom(house, noor.scope, session.id);
    const rows = JSON.stringify([await house.db.selectFrom("session_messages").selectAll().execute(), await house.db.selectFrom("audit_entries").selectAll().execute()]);
    for (const form of ["canary-6612", Buffer.from("canary-6612").toString("hex"), JSON.stringify(Buffer.from("canary-6612").toJSON().data).slice(1, -1)]) expect(rows).not.toContain(form);
    expect(rows).toContain("wrote_to_seats");
    expect(logged.length).toBeGreaterThan(10);
    expect(logged.join("")).not.toContain("canary-6612");
    await clearEvening(house, session.id);
    expect(await house.db.selectFrom("session_messages").select("id").where("session_id", "=", session.id).execute()).toEqual([]);
    await tellSeat(house, maya.seatId as SeatId, "message");
    expect(await maya.page()).not.toContain("canary-6612");
  });
});
