import { randomUUID } from "node:crypto";
import { HtmlValidate } from "html-validate";
import ical, { type VEvent } from "node-ical";
import { pino } from "pino";
import { beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { makeNetwork } from "../../network/factory.ts";
import type { SeriesId } from "../types.ts";
import { clearFeeds, joinFeed, makeFeed, renewFeed } from "./commands.ts";
import { aSeries, aSession, feedsApp, keepSeat, keepSeries, keepSession } from "./factory.ts";
import type { SeatInHand } from "./types.ts";

const canary = "https://room.example/canary-4471";
const lines: string[] = [];
const testHouse = await openTestHouse();
const house = { ...testHouse, log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }) };
await makeNetwork(house);
/** What the browser of a test holds. */
let hand: SeatInHand[] = [];
const app = feedsApp(house, { seatIdsOf: () => hand });

const newId = () => randomUUID() as SeriesId;
const group = await keepSeries(house, aSeries({ id: newId(), about: "Bring tea; or not, as you like.\nEverybody is welcome 🌙" }), { sealed: Buffer.from(canary) });
const dads = await keepSeries(house, aSeries({ id: newId(), kind: { ...aSeries().kind, id: "fathers" }, language: "es", plan: { rhythm: { every: "month", nth: 1, weekday: "TH" }, zone: "Europe/Madrid" } }));
const proposed = await keepSeries(house, aSeries({ id: newId(), approvedAt: undefined }));
const ended = await keepSeries(house, aSeries({ id: newId(), endedAt: house.now() }));

let weeks = 0;
/** Another meeting of the group, as nobody else's test has it. */
async function meeting(more: Parameters<typeof aSession>[2] = {}) {
  const session = aSession(group, group.plan.starts.add({ weeks: ++weeks }).toString(), more);
  await keepSession(house, session);
  return session;
}
beforeEach(() => {
  hand = [];
  // The public calendar is made once a minute.
  testHouse.passTime({ minutes: 2 });
});

const cookie = () => ({ "accept-language": "en-US" });
const get = (path: string, headers: Record<string, string> = cookie()) => app.request(path, { headers });
const page = async (language = "en-US") => (await get("/groups/calendar", { "accept-language": language })).text();
const post = (path: string, fields: Record<string, string> = {}) => app.request(path, { method: "POST", headers: { ...cookie(), "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(fields).toString() });
const addressIn = (html: string) => /\/groups\/calendar\/([\w-]{43})\.ics/.exec(html)?.[0];
const linkNow = async () => addressIn(await page()) ?? "no link";
const eventsOf = (text: string) => Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === "VEVENT");
const eventsAt = async (path: string) => eventsOf(await (await get(path)).text());
/** One held seat and its calendar. */
async function withCalendar(fields: Record<string, string> = {}) {
  const session = await meeting();
  hand = [await keepSeat(house, session, 1)];
  await post("/groups/calendar", fields);
  return { session, link: await linkNow() };
}

describe("a calendar of her own seats", () => {
  it("needs a seat first", async () => {
    expect(await page()).toContain("Once you have saved a seat");
    expect((await post("/groups/calendar")).status).toBe(303);
    expect(addressIn(await page())).toBeUndefined();
  });

  it("is made by one press, and says nothing but when, by default", async () => {
    const { session, link } = await withCalendar();
    const [event, ...others] = await eventsAt(link);
    expect(others).toEqual([]);
    expect([event?.summary, event?.start?.toISOString(), event?.url, event?.description]).toEqual(["Appointment", session.starts.toString().replace("Z", ".000Z"), undefined, undefined]);
    const html = await page();
    expect(html).toContain(`webcal://localhost:${house.environment.PORT}${link}`);
    expect(html).toContain("8 to 24 hours");
    expect(html).toContain("Pregnancy and after birth");
  });

  it("shows the names of groups once she chose so, and no longer when she chose otherwise", async () => {
    const { link } = await withCalendar({ titles: "plain" });
    expect((await eventsAt(link))[0]).toMatchObject({ summary: "Pregnancy and after birth", url: { val: `http://localhost:${house.environment.PORT}/groups/${group.id}` } });
    await post("/groups/calendar/titles", { titles: "discreet" });
    expect((await eventsAt(link))[0]?.summary).toBe("Appointment");
    await post("/groups/calendar/titles", { titles: "nonsense" });
    expect((await eventsAt(link))[0]?.summary).toBe("Appointment");
  });

  it("is private, and asked again it is the same until something changed", async () => {
    const { link } = await withCalendar();
    const answer = await get(link);
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(answer.headers.get("cache-control")).toMatch(/^private/);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    testHouse.passTime({ hours: 5 });
    expect((await get(link, { "if-none-match": answer.headers.get("etag") ?? "" })).status).toBe(304);
  });

  it("answers nobody once it was stopped, and forgets which seats were one hand's", async () => {
    const { link } = await withCalendar();
    expect((await post("/groups/calendar/stop")).headers.get("location")).toBe("/groups/calendar");
    expect((await get(link)).status).toBe(404);
    expect(addressIn(await page())).toBeUndefined();
    const rows = await house.db.selectFrom("calendar_feeds").selectAll().where("revoked_at", "is not", null).execute();
    for (const row of rows) expect([row.seat_ids, row.token_sealed, row.wrapped_key]).toEqual([[], null, null]);
  });

  it("moves to a new address, and the old one stops", async () => {
    const { link } = await withCalendar({ titles: "plain" });
    await post("/groups/calendar/renew");
    const other = await linkNow();
    expect(other).not.toBe(link);
    expect([(await get(link)).status, (await get(other)).status]).toEqual([404, 200]);
    expect((await eventsAt(other))[0]?.summary, "as she chose").toBe("Pregnancy and after birth");
  });

  it("keeps a meeting that was cancelled, as cancelled; what she gave back, or waits for, is not in it", async () => {
    const [kept, cancelled, back, waits] = [await meeting(), await meeting({ cancelledAt: house.now(), cancelReason: "facilitator", sequence: 2 }), await meeting(), await meeting()];
    hand = [await keepSeat(house, kept, 1), await keepSeat(house, cancelled, 1), await keepSeat(house, back, 1), await keepSeat(house, waits, undefined)];
    await post("/groups/calendar");
    const release = (at: number, why: string) => house.db.updateTable("seats").set({ released_at: house.now(), released_why: why, place: null }).where("id", "=", hand[at]?.id ?? "").execute();
    await release(1, "session_cancelled");
    await release(2, "given_back");
    const shown = await eventsAt(await linkNow());
    expect(shown.map(({ summary, status, sequence }) => [summary, status, Number(sequence)])).toEqual([["Appointment", "CONFIRMED", 0], ["Cancelled: Appointment", "CANCELLED", 2]]);
    await house.db.updateTable("seats").set({ held_at: house.now(), place: 2 }).where("id", "=", hand[3]?.id ?? "").execute();
    expect(await eventsAt(await linkNow()), "once she has it").toHaveLength(3);
  });

  it("takes later seats in when she says so, or when whoever gives her the seat does", async () => {
    const { link } = await withCalendar();
    hand.push(await keepSeat(house, await meeting(), 1));
    expect(await page()).toContain("One seat of yours is not in it yet.");
    await post("/groups/calendar");
    expect([await linkNow(), (await eventsAt(link)).length]).toEqual([link, 2]);
    hand.push(await keepSeat(house, await meeting(), 1));
    await inTransaction(house, (act) => joinFeed(house, act, hand));
    expect(await eventsAt(link)).toHaveLength(3);
    expect(await page()).not.toContain("not in it yet");
  });

  it("is nobody's who has not the key of one of its seats", async () => {
    const { link } = await withCalendar();
    const [mine] = hand;
    hand = [{ id: mine!.id, keyHash: Buffer.alloc(32) }];
    expect(await page()).toContain("Once you have saved a seat");
    await post("/groups/calendar/stop");
    await post("/groups/calendar/renew");
    await post("/groups/calendar/titles", { titles: "plain" });
    expect((await eventsAt(link))[0]?.summary).toBe("Appointment");
    for (const guess of ["x", `${"A".repeat(43)}`, `${"A".repeat(42)}%00`]) expect((await get(`/groups/calendar/${guess}.ics`)).status).toBe(404);
    expect((await get(link.replace(".ics", ""))).status).toBe(404);
  });

  it("two presses at once make one, and one new address", async () => {
    hand = [await keepSeat(house, await meeting(), 1), await keepSeat(house, await meeting(), 1)];
    const live = async () => (await house.db.selectFrom("calendar_feeds").select("id").where("revoked_at", "is", null).execute()).length;
    const before = await live();
    await Promise.all(Array.from({ length: 6 }, () => inTransaction(house, (act) => makeFeed(house, act, hand, "en"))));
    expect((await live()) - before).toBe(1);
    await Promise.all(Array.from({ length: 6 }, () => inTransaction(house, (act) => renewFeed(house, act, hand))));
    expect((await live()) - before).toBe(1);
  });

  it("goes with the last of its seats", async () => {
    const { link } = await withCalendar();
    await inTransaction(house, clearFeeds);
    expect((await get(link)).status).toBe(200);
    await house.db.deleteFrom("seats").where("id", "=", hand[0]?.id ?? "").execute();
    expect(await eventsAt(link)).toEqual([]);
    await inTransaction(house, clearFeeds);
    expect((await get(link)).status).toBe(404);
  });

  it("its address stands in no log and, but for its hash and under seal, in no table", async () => {
    const { link } = await withCalendar();
    await get(link);
    const token = link.slice("/groups/calendar/".length, -".ics".length);
    expect(lines.some((line) => line.includes("/groups/calendar/:file"))).toBe(true);
    expect(lines.join("")).not.toContain(token);
    expect(JSON.stringify(await house.db.selectFrom("calendar_feeds").selectAll().execute())).not.toContain(token);
  });

  it("its page is sound, in both languages, empty and full", async () => {
    const off = ["long-title", "no-trailing-whitespace", "attribute-boolean-style", "attribute-empty-style", "doctype-style", "void-style"];
    const validator = new HtmlValidate({ extends: ["html-validate:recommended"], rules: Object.fromEntries(off.map((rule) => [rule, "off" as const])) });
    const faults = async (html: string) => (await validator.validateString(html)).results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
    expect(await faults(await page())).toEqual([]);
    await withCalendar();
    hand.push(await keepSeat(house, await meeting(), 1));
    const spanish = await page("es-MX");
    expect(await faults(spanish)).toEqual([]);
    expect(spanish).toContain("Tu enlace de calendario");
    expect(spanish).toContain("8 a 24 horas");
  });
});

describe("what is everybody's", () => {
  const open = ["/groups/calendar.ics", `/groups/${group.id}/calendar.ics`, "/groups/meetings.json"];

  test.each(open)("%s may be read from any site", async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
  });

  it("has the groups that a coordinator said yes to, by name, and no other", async () => {
    const events = await eventsAt("/groups/calendar.ics");
    expect([...new Set(events.map(({ summary }) => summary))].sort()).toEqual(["Papás", "Pregnancy and after birth"]);
    expect(await (await get("/groups/calendar.ics")).text()).toContain("X-WR-CALNAME:Groups of Lantern Street\r\n");
    expect((await eventsAt(`/groups/${dads.id}/calendar.ics`)).map(({ summary }) => summary)).toEqual(["Papás"]);
    for (const none of [proposed.id, ended.id, randomUUID(), "calendar", "x"]) expect((await get(`/groups/${none}/calendar.ics`)).status, none).toBe(404);
  });

  it("says what is cancelled within a minute", async () => {
    const session = await meeting({ changedAt: house.now() });
    const before = await (await get("/groups/calendar.ics")).text();
    await house.db.updateTable("group_sessions").set({ cancelled_at: house.now(), cancel_reason: "other", sequence: 1, changed_at: house.now() }).where("id", "=", session.id).execute();
    expect(await (await get("/groups/calendar.ics")).text(), "made once a minute").toBe(before);
    testHouse.passTime({ seconds: 61 });
    const [first] = (await eventsAt("/groups/calendar.ics")).filter(({ rrule, summary }) => rrule && summary === "Pregnancy and after birth");
    const singles = Object.values(first?.recurrences ?? {}) as Partial<VEvent>[];
    expect(singles.filter(({ status }) => status === "CANCELLED").map(({ start }) => start?.toISOString())).toContain(session.starts.toString().replace("Z", ".000Z"));
  });

  it("where a room is stands nowhere, nor does a seat", async () => {
    const { link } = await withCalendar({ titles: "plain" });
    const texts = await Promise.all([...open, link, "/groups/calendar"].map(async (path) => (await get(path)).text()));
    const all = texts.join("").replaceAll("\r\n ", "");
    for (const secret of [canary, "canary", Buffer.from(canary).toString("hex"), Buffer.from(canary).toString("base64"), hand[0]!.keyHash.toString("hex")]) expect(all).not.toContain(secret);
    expect(texts.slice(0, -1).join("")).not.toContain(hand[0]!.id);
  });
});
