import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse } from "../../../cast/test-house.ts";
import { newToken } from "../../../platform/crypto/seal.ts";
import { addressPrint, stopWriting, writeAgain } from "../../../platform/delivery/stops.ts";
import { seatScope } from "../../../platform/http/scope.ts";
import { browser, makeSignedIn } from "../../accounts/factory.ts";
import { jobsWaiting } from "../../helpline/board/factory.ts";
import { makeNetwork } from "../../network/factory.ts";
import { admit, closeRoom, comeToLobby, openRoom, removeGuest, showLeader } from "../evening/commands.ts";
import { aSeat, makeGroup, nextSession } from "../factory.ts";
import { tellSeat, tellSeats } from "../letters/commands.ts";
import { bringBack, cancelSession } from "../series/changing/commands.ts";
import type { SeatId, SeriesId, Session } from "../types.ts";
import { settleSession } from "./commands.ts";

const house = await openTestHouse();
await makeNetwork(house);
let app = createApp(house);
const [noor, tomas] = [await makeSignedIn(house, ["facilitator"], { name: "Noor" }), await makeSignedIn(house, ["facilitator"], { name: "Tomás" })];
for (const { id } of [noor, tomas]) await house.db.insertInto("facilitator_trainings").values({ member_id: id, trained_on: Temporal.PlainDate.from("2026-09-01") }).execute();

let [series, session]: [SeriesId, Session] = ["" as SeriesId, {} as Session];
beforeEach(async () => {
  house.setClock("2026-11-24T18:00:00Z");
  series = await makeGroup(house, { seats: 2, ledBy: [noor.id, tomas.id] });
  session = await nextSession(house, series);
  // How many seats one network may ask for is counted anew.
  app = createApp(Object.assign(Object.create(house) as typeof house, {}));
});

type Browser = ReturnType<typeof browser>;
const parent = (language = "en") => browser(app, "__Host-zone=America/New_York", language);
const keyIn = (html: string) => /name="key" value="([^"]+)"/.exec(html)?.[1] ?? "";
const rows = () => house.db.selectFrom("seats").selectAll().where("session_id", "=", session.id).orderBy("asked_at").execute();
const at = () => `/groups/meetings/${session.id}`;
/** Three taps: the list, the meeting, the seat. */
async function seated(of: Browser, fields: Record<string, string> = {}): Promise<string> {
  const { text } = await of.get(at());
  const { status, to } = await of.post(at(), { alias: "River", key: keyIn(text), ...fields });
  expect([status, to]).toEqual([303, expect.stringMatching(/^\/seats\/[0-9a-f-]{36}$/)]);
  return to ?? "";
}
const linkOn = (html: string) => /\/seats\/open\/[A-Za-z0-9_-]{43}/.exec(html)?.[0] ?? "";

describe("a seat", () => {
  it("is three taps from the list, without an account and with a name alone", async () => {
    const maya = parent();
    expect((await maya.get("/groups")).text).toContain(`href="${at()}"`);
    const page = await maya.get(await seated(maya));
    expect(page.text).toContain("Your seat is saved");
    expect(page.text).toContain("You are River there.");
    expect(page.text).toContain("Eastern Time");
    expect(page.text).toContain('href="/groups/calendar"');
    expect(await rows()).toMatchObject([{ alias: "River", way: null, contact_sealed: null }]);
    expect(JSON.stringify(await rows())).not.toContain([...maya.jar.values()].at(-1));
  });

  it("is one when a slow phone sends the form twice, even if the first answer never came", async () => {
    const maya = parent();
    const key = keyIn((await maya.get(at())).text);
    const before = new Map(maya.jar);
    const [first, second] = await Promise.all([browser(app, [...before].map((pair) => pair.join("=")).join("; ")).post(at(), { alias: "River", key }), maya.post(at(), { alias: "River", key })]);
    expect([first.status, second.status, first.to]).toEqual([303, 303, second.to]);
    expect(await rows()).toHaveLength(1);
    expect((await maya.get(second.to ?? "")).status).toBe(200);
  });

  it("is where another form of the same hand leads, too", async () => {
    const maya = parent();
    const seat = await seated(maya);
    expect((await maya.post(at(), { alias: "Kettle" })).to).toBe(seat);
    expect(await rows()).toHaveLength(1);
  });

  it("keeps what she typed where something is to be mended, and says what, in her language", async () => {
    const maya = parent("es");
    const again = await maya.post(at(), { alias: "maya@example.org", email: "nobody", phone: "12" });
    expect(again.status).toBe(422);
    for (const kept of ['value="maya@example.org"', 'value="nobody"', 'value="12"', "Esto no parece un correo"]) expect(again.text).toContain(kept);
    expect((await maya.post(at(), { alias: "Ri\u202ever", email: "a@b.example", phone: "+13105550142" })).text).toContain("Deja uno de los dos");
    expect((await maya.post(at(), {})).status).toBe(422);
    expect(await rows()).toEqual([]);
  });

  it("is another name than anybody else's there", async () => {
    await seated(parent());
    const other = parent();
    expect((await other.get(await seated(other))).text).toContain("You are River 2 there.");
  });

  it("is refused with a reason: cancelled, begun, three of the group ahead, and asked to leave", async () => {
    const maya = parent();
    const coming = (await house.db.selectFrom("group_sessions").select("id").where("series_id", "=", series).orderBy("starts_at").limit(5).execute()).map(({ id }) => id);
    for (const id of coming.slice(1, 4)) expect((await maya.post(`/groups/meetings/${id}`, { alias: "River" })).status).toBe(303);
    const fourth = await maya.post(`/groups/meetings/${coming[4]}`, { alias: "River" });
    expect([fourth.status, fourth.text.includes("You have three meetings of this group ahead.")]).toEqual([409, true]);
    await house.db.updateTable("group_sessions").set({ cancelled_at: house.now(), cancel_reason: "holiday" }).where("id", "=", coming[4] ?? "").execute();
    expect((await parent().post(`/groups/meetings/${coming[4]}`, { alias: "River" })).text).toContain("This meeting does not take place.");
    const kettle = parent();
    const seat = (await seated(kettle)).slice("/seats/".length) as SeatId;
    await removeGuest(house, noor.scope, session.id, seat);
    const back = await kettle.post(at(), { alias: "Kettle" });
    expect([back.status, back.text.includes("A facilitator asked you to leave this meeting")]).toEqual([409, true]);
    house.setClock(session.starts.add({ minutes: 15 }));
    expect((await parent().post(at(), { alias: "River" })).text).toContain("This meeting has begun");
  });

  it("is waited for where none is free, and given on the moment that one is given back", async () => {
    const [maya, daniel, ana] = [parent(), parent(), parent()];
    const seat = await seated(maya, { email: "maya@example.org" });
    await seated(daniel);
    const wait = await seated(ana);
    expect((await ana.get(wait)).text).toContain("You are next.");
    expect((await maya.post(`${seat}/give-back`)).to).toBe(seat);
    expect((await rows()).find(({ released_why }) => released_why === "given_back")).toMatchObject({ contact_sealed: null, wrapped_key: null });
    expect((await ana.get(wait)).text).toContain("A seat is free for you");
    await ana.post(`${wait}/accept`);
    expect((await ana.get(wait)).text).toContain("Your seat is saved");
    house.passTime({ hours: 1 });
    const late = await ana.post(`${wait}/accept`);
    expect([late.status, late.text.includes("http-equiv")]).toEqual([200, false]);
  });
});

describe("another day", () => {
  const coming = async () => (await house.db.selectFrom("group_sessions").select("id").where("series_id", "=", series).orderBy("starts_at").limit(6).execute()).map(({ id }) => id);
  const seatRow = (seat: string) => house.db.selectFrom("seats").selectAll().where("id", "=", seat.slice("/seats/".length)).executeTakeFirstOrThrow();

  it("takes her name, her link and how to reach her along, and the seat that she leaves is offered on", async () => {
    const [maya, daniel, ana] = [parent(), parent(), parent("es")];
    const seat = await seated(maya, { email: "maya@example.org" });
    await seated(daniel);
    const wait = await seated(ana);
    await house.db.insertInto("seat_letters").values({ seat_id: seat.slice("/seats/".length), kind: "day_before", at: house.now() }).execute();
    const link = linkOn((await maya.get(seat)).text);
    const next = (await coming())[1] ?? "";
    expect((await maya.get(seat)).text).toContain(`name="to" value="${next}"`);
    expect((await maya.post(`${seat}/move`, { to: next })).to).toBe(seat);
    const page = (await maya.get(seat)).text;
    for (const said of ["Done. This is your new day.", "Your seat is saved", "You are River there."]) expect(page).toContain(said);
    expect(linkOn(page)).toBe(link);
    expect(await seatRow(seat)).toMatchObject({ session_id: next, way: "email", offers_missed: 0 });
    // What was said of the other day is said again of this one.
    expect(await house.db.selectFrom("seat_letters").select("kind").where("seat_id", "=", seat.slice("/seats/".length)).execute()).toEqual([]);
    expect((await ana.get(wait)).text).toContain("Hay un lugar para ti");
  });

  it("is waited for where it is full, said before she presses; and she may come back", async () => {
    const next = (await coming())[1] ?? "";
    for (const other of [parent(), parent()]) await other.post(`/groups/meetings/${next}`, { alias: "Lamp" });
    const maya = parent();
    const seat = await seated(maya);
    expect((await maya.get(seat)).text).toMatch(new RegExp(`value="${next}"[^>]*><input[^>]*name="wait" value="yes".*Give up my seat and wait for this day`, "s"));
    await maya.post(`${seat}/move`, { to: next, wait: "yes" });
    expect((await maya.get(seat)).text).toContain("You are next.");
    await maya.post(`${seat}/move`, { to: session.id });
    expect((await maya.get(seat)).text).toContain("Your seat is saved");
  });

  it("that was free when she looked and is full when she presses costs her nothing", async () => {
    const next = (await coming())[1] ?? "";
    const maya = parent();
    const seat = await seated(maya);
    expect((await maya.get(seat)).text).toMatch(new RegExp(`value="${next}"[^>]*><button[^>]*>(<[^>]*>)*Move to this day`));
    for (const other of [parent(), parent()]) await other.post(`/groups/meetings/${next}`, { alias: "Lamp" });
    const quicker = await maya.post(`${seat}/move`, { to: next });
    expect([quicker.status, quicker.text.includes("Somebody was quicker"), quicker.text.includes("Your seat is saved")]).toEqual([409, true, true]);
    expect(await seatRow(seat)).toMatchObject({ session_id: session.id, released_at: null, place: 1 });
  });

  it("is not shown where she has a seat already", async () => {
    const next = (await coming())[1] ?? "";
    const maya = parent();
    const seat = await seated(maya);
    await maya.post(`/groups/meetings/${next}`, { alias: "River" });
    expect((await maya.get(seat)).text).not.toContain(`name="to" value="${next}"`);
  });

  it("is refused with a reason, and she keeps what she has: another group, the same day twice, one that begins, three ahead, and once she came", async () => {
    const maya = parent();
    const seat = await seated(maya);
    const days = await coming();
    const elsewhere = await nextSession(house, await makeGroup(house, { ledBy: [noor.id] }));
    for (const to of [elsewhere.id, session.id, randomUUID()]) expect((await maya.post(`${seat}/move`, { to })).status, to).toBe(409);
    expect((await maya.post(`${seat}/move`, { to: "nowhere" })).status).toBe(303);
    for (const id of days.slice(1, 3)) await maya.post(`/groups/meetings/${id}`, { alias: "River" });
    const already = await maya.post(`${seat}/move`, { to: days[1] ?? "" });
    expect([already.status, already.text.includes("saved a seat here with this browser already")]).toEqual([409, true]);
    // The third ahead is the one that moves.
    expect((await maya.post(`${seat}/move`, { to: days[3] ?? "" })).status).toBe(303);
    expect((await maya.post(`${seat}/move`, { to: session.id })).status).toBe(303);
    house.setClock(session.starts.subtract({ minutes: 5 }));
    await comeToLobby(house, seatScope(seat.slice("/seats/".length), session.id));
    expect((await maya.post(`${seat}/move`, { to: days[3] ?? "" })).status).toBe(409);
    expect((await maya.get(seat)).text).not.toContain("Another day suits me better");
    expect(await seatRow(seat)).toMatchObject({ session_id: session.id, released_at: null });
  });
});

describe("a meeting that takes place after all", () => {
  it("is offered first to who had a seat, then to who waited, and all are told; called off once more, they are told once more", async () => {
    const [maya, daniel, ana, later] = [parent(), parent(), parent(), parent()];
    const seats: string[] = [];
    for (const [one, email] of [[maya, "maya@example.org"], [daniel, ""], [ana, "ana@example.org"]] as const) {
      seats.push(await seated(one, { email }));
      house.passTime({ minutes: 1 });
    }
    const [hers = "", his = "", anas = ""] = seats;
    const calledOff = async () => {
      await cancelSession(house, noor.scope, session.id, "holiday");
      await tellSeats(house, session.id, "cancelled");
      await tellSeat(house, hers.slice("/seats/".length) as SeatId, "cancelled");
    };
    await calledOff();
    expect((await maya.get(hers)).text).toContain("This meeting does not take place");
    // She took hers at the last of three offers once: that does not cost her the one that was called off.
    await house.db.updateTable("seats").set({ offers_missed: 3 }).where("id", "=", hers.slice("/seats/".length)).execute();
    await sql`delete from graphile_worker._private_jobs`.execute(house.db);
    expect(await bringBack(house, noor.scope, series, session.day)).toBeUndefined();
    for (const [one, seat] of [[maya, hers], [daniel, his]] as const) expect((await one.get(seat)).text).toContain("A seat is free for you");
    expect((await ana.get(anas)).text).toContain("You are next.");
    expect((await later.get(at())).text).toContain("Wait for a seat");
    const told = (await jobsWaiting(house, "tell-seat")).map(({ payload }) => `${String(payload["what"])} ${String(payload["seatId"])}`);
    expect(told.sort()).toEqual(seats.map((seat) => `back ${seat.slice("/seats/".length)}`).sort());
    house.letters.length = 0;
    for (const seat of [hers, hers, his, anas]) await tellSeat(house, seat.slice("/seats/".length) as SeatId, "back");
    expect(house.letters.map(({ to, text }) => [to, /takes place after all. (There is room for you, kept until|See how it stands for you)/.exec(text)?.[1]])).toEqual([
      ["ana@example.org", "See how it stands for you"],
      ["maya@example.org", "There is room for you, kept until"],
    ]);
    await maya.post(`${hers}/accept`);
    expect((await maya.get(hers)).text).toContain("Your seat is saved");
    await daniel.post(`${his}/give-back`);
    expect((await ana.get(anas)).text).toContain("A seat is free for you");
    const before = house.letters.length;
    await calledOff();
    expect(house.letters.length).toBe(before + 1);
    expect((await ana.get(anas)).text).toContain("This meeting does not take place");
  });
});

describe("another device", () => {
  it("opens it by the link, which leaves the address at once; a link that opens nothing says so", async () => {
    const [maya, tablet] = [parent(), parent("es")];
    const seat = await seated(maya);
    const link = linkOn((await maya.get(seat)).text);
    expect((await tablet.get(seat)).status).toBe(404);
    expect((await tablet.get(link)).to).toBe(seat);
    expect((await tablet.get(seat)).status).toBe(200);
    expect((await tablet.get(`/seats/open/${newToken()}`)).to).toBe("/seats");
    expect((await tablet.get("/seats")).text).toContain("This link opens no seat any more");
    expect((await tablet.get("/seats")).text).not.toContain("This link opens no seat any more");
  });

  it("with one link learns of that seat alone, also where its owner has a calendar of all", async () => {
    const [maya, friend] = [parent(), parent()];
    const seat = await seated(maya);
    const other = await nextSession(house, await makeGroup(house, { kind: "loss" }));
    await maya.post(`/groups/meetings/${other.id}`, { alias: "Window" });
    await maya.post("/groups/calendar", { titles: "plain" });
    const calendar = /\/groups\/calendar\/[A-Za-z0-9_-]{43}\.ics/;
    expect((await maya.get("/groups/calendar")).text).toMatch(calendar);
    await friend.get(linkOn((await maya.get(seat)).text));
    const page = await friend.get("/groups/calendar");
    expect([calendar.test(page.text), page.text.includes("After a loss")]).toEqual([false, false]);
    await friend.post("/groups/calendar/renew");
    await friend.post("/groups/calendar/stop");
    expect((await maya.get("/groups/calendar")).text).toMatch(calendar);
    const third = await nextSession(house, await makeGroup(house, { kind: "twins" }));
    await maya.post(`/groups/meetings/${third.id}`, { alias: "Pebble" });
    expect((await maya.get("/groups/calendar")).text, "joined by itself").not.toContain("not in it yet");
  });

  it("that forgets her says nothing of her to whoever has it next", async () => {
    const maya = parent();
    const seat = await seated(maya);
    expect((await maya.post("/seats/forget")).to).toBe("/seats");
    expect((await maya.get("/seats")).text).toContain("This device holds no seat.");
    expect((await maya.get(seat)).status).toBe(404);
    const next = await maya.post(at(), { alias: "Kettle" });
    expect([next.status, next.to === seat]).toEqual([303, false]);
  });
});

it("keys of what is over make room before one of a seat to come does", async () => {
  const maya = parent();
  const first = await seated(maya);
  for (let many = 0; many < 14; many++) {
    const other = await aSeat(house, (await nextSession(house, await makeGroup(house))).id);
    if ("refused" in other) throw new Error(other.refused);
    await house.db.updateTable("seats").set({ released_at: house.now(), released_why: "given_back", place: null }).where("id", "=", other.seatId).execute();
    await maya.get(`/seats/open/${other.token}`);
  }
  expect((await maya.get(first)).status).toBe(200);
});

it("a number that stopped our texts is told so on her page, and another way is offered", async () => {
  const maya = parent("es");
  const seat = await seated(maya, { phone: "310 555 0142" });
  expect((await maya.get(seat)).text).toContain("Por mensaje de texto");
  const print = addressPrint(house.keys, "+13105550142");
  await stopWriting(house.db, print, house.now());
  const { text } = await maya.get(seat);
  expect(text).not.toContain("Por mensaje de texto");
  expect(text).toMatch(/mensajes a tu número están detenidos.*<details[^>]* open.*name="email"/s);
  await maya.post(`${seat}/reach`, { email: "maya@lantern.example" });
  expect((await maya.get(seat)).text).toMatch(/Por correo/);
  await maya.post(`${seat}/reach`, { phone: "310 555 0142" });
  await writeAgain(house.db, print);
  expect((await maya.get(seat)).text).toContain("Por mensaje de texto");
});

it("how to reach her is kept sealed, changed and forgotten from her page", async () => {
  const maya = parent();
  const seat = await seated(maya, { email: "maya@example.org", nextDay: "yes" });
  const [row] = await rows();
  expect(row).toMatchObject({ way: "email", next_day: true });
  expect(JSON.stringify(row)).not.toContain("maya@example.org");
  const wrong = await maya.post(`${seat}/reach`, { phone: "12" });
  // A page that was posted never asks its address again by itself.
  expect([wrong.status, wrong.text.includes('value="12"'), wrong.text.includes("http-equiv")]).toEqual([422, true, false]);
  await maya.post(`${seat}/reach`, { phone: "310 555 0142" });
  expect((await rows())[0]).toMatchObject({ way: "text", next_day: false });
  await maya.post(`${seat}/reach`, { forget: "yes" });
  expect((await rows())[0]).toMatchObject({ way: null, contact_sealed: null, wrapped_key: null, key_sealed: null });
});

describe("told on her own device", () => {
  const subscription = (name = "maya") => ({ endpoint: `https://fcm.googleapis.com/fcm/send/${name}`, keys: { p256dh: "BPx_x", auth: "aGk" }, expirationTime: null });

  it("is offered where pushes leave, for the script alone, until she has it; then it is kept sealed and forgotten as an address is", async () => {
    const maya = parent();
    const seat = await seated(maya, { email: "maya@lantern.example" });
    expect((await maya.get(seat)).text).not.toContain("data-push");
    app = createApp({ ...house, delivery: { ...house.delivery, push: { ...house.delivery.push, publicKey: "BKey" } } });
    const phone = browser(app, [...maya.jar].map((pair) => pair.join("=")).join("; "));
    expect((await phone.get(seat)).text).toMatch(new RegExp(`<div[^>]*data-push="${seat}/push" data-key="BKey" hidden`));
    expect((await phone.json(`${seat}/push`, { ...subscription(), nextDay: true })).text).toBe('{"kept":true}');
    const [row] = await rows();
    expect(row).toMatchObject({ way: "push", next_day: true });
    for (const form of ["fcm", Buffer.from("fcm").toString("hex")]) expect(JSON.stringify(row)).not.toContain(form);
    const { text } = await phone.get(seat);
    expect(text).toContain("On the device on which you asked for it");
    expect(text).not.toContain("data-push");
    await phone.post(`${seat}/reach`, { forget: "yes" });
    expect((await rows())[0]).toMatchObject({ way: null, contact_sealed: null, wrapped_key: null, key_sealed: null });
  });

  it("ends when she has this device forget her seats, and an address that she left does not", async () => {
    const maya = parent();
    const seat = await seated(maya);
    await maya.json(`${seat}/push`, subscription());
    house.passTime({ seconds: 1 });
    const other = parent();
    await seated(other, { email: "daniel@lantern.example" });
    for (const one of [maya, other]) await one.post("/seats/forget");
    expect((await rows()).map(({ way, contact_sealed }) => [way, contact_sealed === null])).toEqual([[null, true], ["email", false]]);
  });

  it("is asked of a browser maker's push service and of nothing else, by whoever holds the seat's key", async () => {
    const maya = parent();
    const seat = await seated(maya);
    for (const body of [{ ...subscription(), endpoint: "https://localhost/x" }, { ...subscription(), endpoint: "https://fcm.googleapis.com.evil.example/x" }, {}, null, "a"]) expect((await maya.json(`${seat}/push`, body)).status).toBe(422);
    expect((await parent().json(`${seat}/push`, subscription())).status).toBe(404);
    expect((await rows())[0]).toMatchObject({ way: null });
  });
});

it("of anything that is no seat of hers there is nothing", async () => {
  const [maya, other] = [parent(), parent()];
  const seat = await seated(other);
  for (const id of [seat.slice("/seats/".length), randomUUID(), "no-id", "%00"])
    for (const path of ["", "/lobby", "/room", "/stream", "/lobby/stream"]) expect((await maya.get(`/seats/${id}${path}`)).status, path).toBe(404);
  for (const act of ["accept", "give-back", "standby", "reach", "push", "leaving", "lobby", "out", "words", "note", "hand", "pass", "side", "voice"]) expect((await maya.post(`${seat}/${act}`)).status, act).toBe(404);
  const stuffed = browser(app, `__Host-seats=${Array.from({ length: 300 }, newToken).join(".")}; __Host-person=${"x".repeat(9000)}`);
  expect((await stuffed.get("/seats")).status).toBe(200);
});

describe("an evening", () => {
  const enter = async (of: Browser) => {
    const seat = await seated(of);
    house.setClock(session.starts);
    for (const one of [noor, tomas]) await showLeader(house, one.scope, session.id);
    expect(await openRoom(house, noor.scope, session.id)).toEqual({ opened: true });
    await of.post(`${seat}/lobby`, { agree: "yes" });
    await admit(house, session.id, "all");
    expect((await of.get(`${seat}/room`)).status).toBe(200);
    return seat;
  };

  it("lets her back in who went out for a moment", async () => {
    const maya = parent();
    const seat = await enter(maya);
    await maya.post(`${seat}/out`);
    const door = await maya.get(`${seat}/lobby`);
    expect(door.text).toContain("Come back in");
    expect((await maya.post(`${seat}/lobby`, { agree: "yes" })).to).toBe(`${seat}/room`);
    expect((await maya.get(`${seat}/room`)).status).toBe(200);
  });

  it("that its facilitators closed early asks her how she leaves, and no door leads in circles", async () => {
    const maya = parent();
    const seat = await enter(maya);
    await closeRoom(house, noor.scope, session.id);
    expect((await maya.get(`${seat}/room`)).to).toBe(seat);
    expect((await maya.get(seat)).text).toContain("How are you leaving?");
    await maya.post(`${seat}/leaving`, { leaving: "talk" });
    expect((await maya.get(seat)).text).toContain("a volunteer answers here, too");
    expect(await comeToLobby(house, seatScope(seat.slice(7), session.id))).toBe(false);
  });

  it("takes what worried her, in the room and after it, from nobody who was not there, and shows what was not taken again", async () => {
    const [maya, daniel] = [parent(), parent()];
    const early = `${await seated(daniel)}/worry`;
    expect([(await daniel.get(early)).status, (await daniel.post(early, { worry: "Hello" })).status]).toEqual([404, 404]);
    const seat = await enter(maya);
    expect((await maya.get(`${seat}/room`)).text).toContain(`href="${seat}/worry"`);
    const { text } = await maya.get(`${seat}/worry`);
    expect(text).toContain("Something worried me");
    const none = await maya.post(`${seat}/worry`, { worry: " ", danger: "yes", key: keyIn(text) });
    expect([none.status, none.text.includes(`value="${keyIn(text)}"`), /name="danger"[^>]*checked/.test(none.text)]).toEqual([422, true, true]);
    for (let twice = 0; twice < 2; twice++) expect((await maya.post(`${seat}/worry`, { worry: "He asked her where she lives.", key: keyIn(text) })).to).toBe(`${seat}/worry`);
    expect((await maya.get(`${seat}/worry`)).text).toContain("It is kept, and a coordinator is told.");
    expect(await house.db.selectFrom("evening_reports").select(["kind", "by_seat", "member_id", "danger"]).where("session_id", "=", session.id).execute()).toEqual([{ kind: "incident", by_seat: true, member_id: null, danger: false }]);
    expect((await daniel.get(`${seat}/worry`)).status).toBe(404);
    const [lucia, ofNoor] = [browser(app, (await makeSignedIn(house, ["coordinator"], { name: "Lucía" })).cookie), browser(app, noor.cookie)];
    const read = (await lucia.get("/evenings/reports")).text;
    for (const words of ["He asked her where she lives.", ", who had a seat"]) expect(read).toContain(words);
    expect((await ofNoor.get("/evenings/reports")).text).not.toContain("where she lives");
  });

  it("keeps, with scripts off, the words that were not taken, in the room and in the lobby", async () => {
    const maya = parent();
    const seat = await enter(maya);
    const long = `${"tired ".repeat(400)}end`;
    const again = await maya.post(`${seat}/words`, { words: long, key: randomUUID() });
    expect([again.status, again.text.includes(long), again.text.includes("http-equiv")]).toEqual([422, true, false]);
    await house.db.updateTable("seats").set({ admitted_at: null }).where("id", "=", seat.slice(7)).execute();
    const note = await maya.post(`${seat}/note`, { note: long, key: randomUUID() });
    expect([note.status, note.text.includes(long), note.text.includes("http-equiv")]).toEqual([422, true, false]);
  });

  it("bears no flood of words, turns or offers, nor a body that is none", async () => {
    const maya = parent();
    const seat = await enter(maya);
    for (const body of [null, [], "offer", 7, { offer: 7 }, { offer: "x".repeat(70_000) }]) expect([422, 413]).toContain((await maya.json(`${seat}/voice`, body)).status);
    let last = 0;
    for (let many = 0; many < 60 && last !== 429; many++) last = (await maya.json(`${seat}/voice`, {})).status;
    expect(last).toBe(429);
    let refused = 0;
    for (let many = 0; many < 125; many++) refused += (await maya.post(`${seat}/words`, { words: `${many}`, key: randomUUID() })).status === 422 ? 1 : 0;
    expect(refused).toBe(5);
  });

  it("gives the seat of who was removed to whoever waits, at once", async () => {
    const [maya, daniel, ana] = [parent(), parent(), parent()];
    const seat = await seated(maya);
    await seated(daniel);
    const wait = await seated(ana);
    house.setClock(session.starts.subtract({ minutes: 5 }));
    await ana.post(`${wait}/standby`);
    await removeGuest(house, noor.scope, session.id, seat.slice(7) as SeatId);
    expect((await ana.get(wait)).text).toContain("Your seat is saved");
    expect((await maya.get(seat)).text).toContain("A facilitator asked you to leave this meeting");
    for (const page of ["lobby", "room"]) expect((await maya.get(`${seat}/${page}`)).to).toBe(seat);
  });

  it("that was cancelled and takes place after all says so to whoever had a seat", async () => {
    const maya = parent();
    const seat = await seated(maya);
    const set = (at: typeof session.starts | null) => house.db.updateTable("group_sessions").set({ cancelled_at: at, cancel_reason: at && "facilitator" }).where("id", "=", session.id).execute();
    await set(house.now());
    await tellSeats(house, session.id, "cancelled");
    expect((await maya.get(seat)).text).toContain("This meeting does not take place");
    await set(null);
    await settleSession(house, session.id);
    expect((await maya.get(seat)).text).toContain("This meeting takes place after all");
  });
});
