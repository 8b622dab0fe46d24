import { sql } from "kysely";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createApp } from "../../app.tsx";
import { openTestHouse } from "../../cast/test-house.ts";
import { seatScope, type SeatScope } from "../../platform/http/scope.ts";
import { linkedRooms } from "../../platform/rooms/link.ts";
import { browser, makeSignedIn } from "../accounts/factory.ts";
import { makeNetwork } from "../network/factory.ts";
import { admit, closeRoom, removeGuest, sendToLobby } from "./evening/commands.ts";
import { roomAddressOf } from "./evening/voice/queries.ts";
import { tellSeat } from "./letters/commands.ts";
import { told } from "./letters/types.ts";
import { groupRefresh, leaderLens, seatLens } from "./live.tsx";
import { groupOf, makeFacilitator, makeGroup } from "./series/factory.ts";
import type { SeatId, SessionId } from "./types.ts";

/** Where the room is of a group that meets in another program. */
const canary = "canary-8153";
const address = `https://meet.lantern.example/${canary}?pwd=${canary}`;

const lines: string[] = [];
const plain = await openTestHouse();
const house = { ...plain, log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }), rooms: { ...plain.rooms, link: linkedRooms(plain.now, (room) => roomAddressOf(plain.db, plain.keys, room as SessionId)) } };
await makeNetwork(house);
// An hour before it meets.
house.setClock("2026-11-25T02:00:00Z");
const app = createApp(house);
const as = (who?: { cookie: string }, language = "en") => browser(app, who?.cookie ?? "", language);

const lucia = await makeSignedIn(house, ["coordinator"], { name: "Lucía" });
const [noor, tomas, ines] = await Promise.all(["Noor", "Tomás", "Inés"].map((name) => makeFacilitator(house, lucia.scope, name)));
const [ana, judith] = [await makeSignedIn(house, ["volunteer"]), await makeSignedIn(house, ["volunteer", "supervisor"])];
if (!noor || !tomas || !ines) throw new Error("nobody leads");

const series = await makeGroup(house, lucia.scope, [noor.id, tomas.id], { room: "link", address, seats: 2, camera: "off" });
const { sessions: [session] } = await groupOf(house, series);
if (!session) throw new Error("it does not meet");
const [group, meeting, evening] = [`/groups/${series}`, `/groups/meetings/${session.id}`, `/evenings/${session.id}`];

const hers = [evening, `${evening}/outside`];
type Hand = ReturnType<typeof as> & { readonly seat: string; readonly scope: SeatScope };
/** Somebody who asked for a seat at its page, and how to reach her. */
async function hand(alias: string, email = ""): Promise<Hand> {
  const one = as(undefined, "es");
  const { to } = await one.post(meeting, { alias, email });
  expect(to).toMatch(/^\/seats\//);
  return { ...one, seat: to ?? "", scope: seatScope(to?.split("/").at(-1) ?? "", session?.id ?? "") };
}

const everybodys = ["/", "/groups", group, meeting, "/groups/calendar", "/groups/calendar.ics", `${group}/calendar.ics`, "/groups/meetings.json", "/seats", "/find", "/hsds/services"];
const seats = ({ seat }: Hand) => [seat, `${seat}/lobby`, `${seat}/room`, `${seat}/outside`];
const desk = ["/evenings", "/evenings/propose", `/evenings/series/${series}`, `/evenings/series/${series}/plan`, `/evenings/series/${series}/proposal`, `/evenings/series/${series}/days/${session.day.toString()}`, "/evenings/training", "/evenings/health", "/evenings/reports", evening, `${evening}/message`, `${evening}/outside`, "/board", "/board/audit", "/account"];

/** All that these addresses answer to her, headers too. */
async function answers(who: ReturnType<typeof as>, paths: readonly string[]): Promise<[path: string, said: string][]> {
  const said: [string, string][] = [];
  for (const path of paths) {
    const { text, headers } = await who.get(path);
    said.push([path, `${text}${JSON.stringify([...headers])}`]);
  }
  return said;
}
/** What her browser is told as it asks for the voice. */
const voice = async (who: ReturnType<typeof as>, at: string) => [`${at}/voice`, (await who.json(`${at}/voice`, { offer: "v=0" })).text] as const;
const holding = (said: readonly (readonly [path: string, said: string])[]) => said.filter(([, text]) => text.includes(canary)).map(([path]) => path);

/** What an open page is sent as something changes. */
async function streamed(lenses: readonly string[]): Promise<string> {
  const sent: string[] = [];
  const streams = lenses.map((lens) => ({ lens, seen: 0, send: (text: string) => void sent.push(text) }));
  await groupRefresh(house)("", new Set(streams));
  return sent.join("");
}
const visit = { language: "en", zone: "America/Los_Angeles" } as Parameters<typeof seatLens>[2];

test("where an organization's own room is is told to an admitted seat and to who leads as they go there, and stands on no page", async () => {
  const [maya, daniel, rosa] = [await hand("River", "maya@lantern.example"), await hand("Kettle"), await hand("Lamp", "rosa@lantern.example")];
  await maya.post("/groups/calendar", { titles: "plain" });
  const [, calendar = ""] = /(\/groups\/calendar\/[\w-]{43}\.ics)/.exec((await maya.get("/groups/calendar")).text) ?? [];
  expect(calendar).not.toBe("");
  const nobodys = async () => {
    const said: (readonly [string, string])[] = [...(await answers(as(), everybodys)), ...(await answers(maya, ["/seats", "/groups/calendar", calendar])), ["POST /groups", (await as().post("/groups", { kind: "after-birth", voice: "yes" })).text]];
    for (const one of [ana, judith, ines, lucia]) said.push(...(await answers(as(one), desk)));
    for (const one of [daniel, rosa]) said.push(...(await answers(one, seats(one))), await voice(one, one.seat));
    for (const one of [noor, tomas]) said.push(...(await answers(as(one), desk.filter((path) => !path.startsWith(evening)))));
    return holding(said);
  };

  // An hour before, then in the lobby before it opens.
  for (const path of desk.slice(0, 4)) expect((await as(lucia).get(path)).status, path).toBe(200);
  expect(await nobodys()).toEqual([]);
  house.setClock(session.starts.subtract({ minutes: 12 }));
  for (const one of [maya, daniel]) expect((await one.post(`${one.seat}/lobby`, { agree: "yes" })).status).toBe(303);
  expect(holding([...(await answers(maya, seats(maya))), await voice(maya, maya.seat), ...(await answers(as(noor), hers)), ...(await answers(as(tomas), hers))])).toEqual([]);
  expect((await as(noor).post(`${evening}/open`)).status).toBe(303);

  // It is open: for who leads and for who was let in, behind one door each, and on no page.
  await admit(house, session.id, [maya.scope.seatId as SeatId]);
  expect(await nobodys()).toEqual([]);
  expect(holding(await answers(maya, seats(maya)))).toEqual([`${maya.seat}/outside`]);
  for (const one of [noor, tomas]) expect(holding(await answers(as(one), hers))).toEqual([`${evening}/outside`]);
  expect(holding([await voice(maya, maya.seat), await voice(daniel, daniel.seat), await voice(as(lucia), evening)])).toEqual([]);
  const open = [...[maya, daniel, rosa].flatMap(({ scope }) => (["seat", "lobby", "room"] as const).map((page) => seatLens(page, scope, visit, "America/Los_Angeles"))), leaderLens(noor.scope, session.id, visit)];
  const stream = await streamed(open);
  expect(stream).toContain("River");
  expect(stream).not.toContain(canary);
  expect([stream.includes(`${maya.seat}/outside`), stream.includes(`${evening}/outside`)]).toEqual([true, true]);

  // Nobody keeps it: back in the lobby, removed, or at the end.
  await sendToLobby(house, session.id, maya.scope.seatId as SeatId);
  expect(holding(await answers(maya, seats(maya)))).toEqual([]);
  await admit(house, session.id, [maya.scope.seatId as SeatId]);
  expect(holding(await answers(maya, seats(maya)))).toEqual([`${maya.seat}/outside`]);
  await maya.post(`${maya.seat}/out`);
  expect(holding(await answers(maya, seats(maya)))).toEqual([]);
  await admit(house, session.id, [daniel.scope.seatId as SeatId]);
  expect(holding(await answers(daniel, seats(daniel)))).toEqual([`${daniel.seat}/outside`]);
  await removeGuest(house, noor.scope, session.id, daniel.scope.seatId as SeatId);
  expect(holding([...(await answers(daniel, seats(daniel))), await voice(daniel, daniel.seat)])).toEqual([]);

  // Whoever was there may have kept it: those who lead write down another, and who is inside is told and led there.
  await maya.post(`${maya.seat}/lobby`, { agree: "yes" });
  const moved = `${address}&again`;
  expect((await as(noor).post(`${evening}/outside`, { address: "http://meet.lantern.example/1" })).status).toBe(422);
  expect((await as(ines).post(`${evening}/outside`, { address: moved })).status).toBe(404);
  expect(await streamed([seatLens("room", maya.scope, visit, "America/Los_Angeles")])).not.toContain("another address");
  expect((await as(noor).post(`${evening}/outside`, { address: moved })).to).toBe(evening);
  const told = await streamed([seatLens("room", maya.scope, visit, "America/Los_Angeles"), leaderLens(tomas.scope, session.id, visit)]);
  expect(told.match(/The room has another address since/g)).toHaveLength(2);
  expect(told).not.toContain(canary);
  expect([(await maya.get(`${maya.seat}/outside`)).to, (await as(tomas).get(`${evening}/outside`)).to]).toEqual([moved, moved]);
  expect((await daniel.get(`${daniel.seat}/outside`)).to ?? "").not.toContain(canary);
  await closeRoom(house, noor.scope, session.id);
  expect(holding([...(await answers(as(noor), hers)), ...(await answers(maya, seats(maya)))])).toEqual([]);
});

test("it stands in no letter, no text of the log, and in the database under seal alone", async () => {
  house.setClock("2026-11-25T02:00:00Z");
  const { sessions } = await groupOf(house, series);
  const next = sessions.find(({ starts }) => Temporal.Instant.compare(starts, session.ends) > 0);
  const one = as();
  const { to } = await one.post(`/groups/meetings/${next?.id}`, { alias: "River", email: "maya@lantern.example" });
  await house.db.updateTable("group_sessions").set({ shifted: true }).where("id", "=", next?.id ?? "").execute();
  for (const what of told) {
    if (what === "cancelled") await house.db.updateTable("group_sessions").set({ cancelled_at: house.now(), cancel_reason: "other" }).where("id", "=", next?.id ?? "").execute();
    await tellSeat(house, to?.split("/").at(-1) as SeatId, what);
  }
  expect(plain.letters.length).toBeGreaterThan(3);
  expect(JSON.stringify([plain.letters, plain.sms.texts, plain.pushes])).not.toContain(canary);
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.join("")).not.toContain(canary);
  const { rows } = await sql<{ series: string; jobs: string | null; audit: string | null }>`
    select (select string_agg(s::text, '') from series s) as series, (select string_agg(j::text, '') from graphile_worker._private_jobs j) as jobs, (select string_agg(a::text, '') from audit_entries a) as audit`.execute(house.db);
  for (const form of [canary, Buffer.from(canary).toString("hex"), Buffer.from(canary).toString("base64")]) expect(JSON.stringify(rows)).not.toContain(form);
});
