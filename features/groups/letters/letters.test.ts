import { beforeEach, describe, expect, it } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { seatScope } from "../../../platform/http/scope.ts";
import { makeNetwork } from "../../network/factory.ts";
import { aSeat, makeGroup, nextSession } from "../factory.ts";
import { sessionsOf } from "../queries.ts";
import { acceptOffer, giveBack, saveSeat, settleSession } from "../seats/commands.ts";
import type { Session } from "../types.ts";
import en from "../words/en.json" with { type: "json" };
import es from "../words/es.json" with { type: "json" };
import { forgetAttendance, remindSeats, tellSeat, tellSeats } from "./commands.ts";

const house = await openTestHouse();
await makeNetwork(house);
const waiting = async () => (await house.db.selectFrom("graphile_worker.jobs" as never).select(["task_identifier" as never, "key" as never]).execute()) as { task_identifier: string; key: string | null }[];
const contact = { way: "email", address: "maya@example.org" } as const;
let session: Session;
const seated = async (more: Parameters<typeof aSeat>[2] = {}) => {
  const saved = await aSeat(house, session.id, more);
  if ("refused" in saved) throw new Error(saved.refused);
  return { ...saved, scope: seatScope(saved.seatId, session.id) };
};

beforeEach(async () => {
  house.setClock("2026-11-24T12:00:00Z");
  house.letters.length = 0;
  session = await nextSession(house, await makeGroup(house, { seats: 2, starts: "2026-12-01" }));
});

describe("what is told of a seat", () => {
  it("is told once, however often the job runs, in words that say nothing, with her own link", async () => {
    const { seatId, token } = await seated({ contact });
    house.setClock(session.starts.subtract({ hours: 20 }));
    await Promise.all([tellSeat(house, seatId, "day_before"), tellSeat(house, seatId, "day_before")]);
    await tellSeat(house, seatId, "day_before");
    expect(house.letters).toHaveLength(1);
    const [letter] = house.letters;
    expect(letter).toMatchObject({ to: "maya@example.org", subject: "Your appointment" });
    expect(letter?.text).toContain(`/seats/open/${token}`);
    expect(letter?.text).not.toMatch(/group|birth|pregnan|depress|Small Hours/i);
  });

  it("is a text where she left a number, and nothing where she left nothing", async () => {
    const texted = await seated({ contact: { way: "text", address: "+13105550142" }, language: "es" });
    const silent = await seated();
    house.setClock(session.starts.subtract({ minutes: 60 }));
    for (const { seatId } of [texted, silent]) await tellSeat(house, seatId, "hour_before");
    expect(house.sms.texts.map(({ to, body }) => [to, body.split(":")[0]])).toEqual([["+13105550142", expect.stringContaining("Tu cita empieza")]]);
    expect(house.letters).toEqual([]);
  });

  it("of an offer is told while it stands, and not when it has ended or was taken", async () => {
    await Promise.all([seated(), seated()]);
    const waits = await seated({ contact });
    expect(waits.state).toBe("waiting");
    const [first] = await house.db.selectFrom("seats").select("id").where("session_id", "=", session.id).where("held_at", "is not", null).execute();
    await giveBack(house, seatScope(first?.id ?? "", session.id));
    await tellSeat(house, waits.seatId, "offered");
    expect(house.letters).toHaveLength(1);
    await acceptOffer(house, waits.scope);
    house.letters.length = 0;
    await tellSeat(house, waits.seatId, "offered");
    expect(house.letters).toEqual([]);
  });

  it("of a cancelled meeting goes to everyone with a seat, an offer or a wait, by her own way", async () => {
    const all = [await seated({ contact }), await seated({ contact: { way: "text", address: "+13105550143" } }), await seated({ contact: { way: "email", address: "kettle@example.org" } })];
    const before = (await waiting()).length;
    await house.db.updateTable("group_sessions").set({ cancelled_at: house.now(), cancel_reason: "facilitator" }).where("id", "=", session.id).execute();
    await tellSeats(house, session.id, "cancelled");
    expect((await waiting()).length - before).toBe(3);
    for (const { seatId } of all) await tellSeat(house, seatId, "cancelled");
    expect(house.letters.map(({ to }) => to).sort()).toEqual(["kettle@example.org", "maya@example.org"]);
    expect(await house.db.selectFrom("seats").select("id").where("session_id", "=", session.id).where("released_at", "is", null).execute()).toEqual([]);
  });

  it("is not that a meeting is cancelled which takes place after all", async () => {
    const { seatId } = await seated({ contact });
    await tellSeats(house, session.id, "cancelled");
    await tellSeat(house, seatId, "cancelled");
    expect([house.letters, (await house.db.selectFrom("seats").select("held_at").where("id", "=", seatId).executeTakeFirstOrThrow()).held_at !== null]).toEqual([[], true]);
  });
});

describe("a push", () => {
  const subscription = { endpoint: "https://fcm.googleapis.com/fcm/send/maya", p256dh: "BPx_x", auth: "aGk" };
  const byPush = { contact: { way: "push", address: JSON.stringify(subscription) } } as const;

  it("says as little as a letter, opens her seat without its key, and waits as long as it is of use", async () => {
    const sent: unknown[] = [];
    const { seatId, token } = await seated(byPush);
    house.setClock(session.starts.subtract({ minutes: 60 }));
    const pushing = { ...house, delivery: { ...house.delivery, push: { publicKey: "", send: (...what: unknown[]) => (sent.push(what), Promise.resolve("sent" as const)) } } };
    for (let twice = 0; twice < 2; twice++) await tellSeat(pushing, seatId, "hour_before");
    expect(sent).toEqual([[subscription, { title: "Your appointment", body: expect.stringMatching(/^Your appointment begins at 7:00.PM$/), path: `/seats/${seatId}` }, 3600]]);
    expect(JSON.stringify(sent)).not.toContain(token);
    expect(house.letters).toEqual([]);
  });

  it("that her browser gave up is no way to reach her any more, and nothing of it stays", async () => {
    const { seatId } = await seated({ ...byPush, nextDay: true });
    house.setClock(session.starts.subtract({ minutes: 60 }));
    await tellSeat({ ...house, delivery: { ...house.delivery, push: { publicKey: "", send: () => Promise.resolve("gone") } } }, seatId, "hour_before");
    expect(await house.db.selectFrom("seats").select(["way", "contact_sealed", "key_sealed", "wrapped_key", "next_day"]).where("id", "=", seatId).executeTakeFirst()).toEqual({ way: null, contact_sealed: null, key_sealed: null, wrapped_key: null, next_day: false });
  });
});

it("what is told is a sentence alone: where it leads is put after it, and in no push", () => {
  for (const words of [en, es]) for (const [key, sentence] of Object.entries(words)) if (key.startsWith("letter_")) expect(sentence, key).not.toMatch(/\{link\}|:\s*$/);
});

it("reminders become due by the clock, and each once", async () => {
  const { seatId } = await seated({ contact });
  const keys = async () => (await waiting()).flatMap(({ key }) => (key?.startsWith(`tell-seat ${seatId} `) ? [key.split(" ").at(-1)] : []));
  house.setClock(session.starts.subtract({ hours: 23 }));
  await remindSeats(house);
  await remindSeats(house);
  expect(await keys()).toEqual(["day_before"]);
  await tellSeat(house, seatId, "day_before");
  house.setClock(session.starts.subtract({ hours: 1 }));
  await remindSeats(house);
  expect((await keys()).toSorted()).toEqual(["day_before", "hour_before"]);
});

it("how to reach her goes a day after the meeting, who came goes after a month, and the number of seats stays right", async () => {
  const { seatId } = await seated({ contact });
  const asks = await seated({ contact, nextDay: true, person: "another" });
  house.setClock(session.ends.add({ hours: 25 }));
  await forgetAttendance(house);
  const left = async () => house.db.selectFrom("seats").select(["id", "contact_sealed", "wrapped_key", "key_sealed"]).where("session_id", "=", session.id).orderBy("asked_at").execute();
  expect((await left()).map(({ id, contact_sealed, wrapped_key, key_sealed }) => [id === seatId ? "hers" : "asks", contact_sealed === null, wrapped_key === null, key_sealed === null]).toSorted()).toEqual([["asks", false, false, false], ["hers", true, true, true]]);
  expect(asks.state).toBe("held");
  house.setClock(session.ends.add({ hours: 24 * 30 + 1 }));
  await forgetAttendance(house);
  expect(await left()).toEqual([]);
});

it("a seat is a parent's for as long as she is late, and the job that the clock brings gives it on", async () => {
  const late = await seated();
  await seated();
  house.setClock(session.starts.subtract({ minutes: 5 }));
  const here = await saveSeat(house, { sessionId: session.id, alias: "River", language: "en", zone: "UTC", person: "third", contact: undefined, nextDay: false });
  expect(here).toMatchObject({ state: "waiting" });
  const [again] = await sessionsOf(house.db, { ids: [session.id] });
  house.setClock((again as Session).starts.add({ minutes: 14 }));
  await settleSession(house, session.id);
  expect((await house.db.selectFrom("seats").select("released_at").where("id", "=", late.seatId).executeTakeFirstOrThrow()).released_at).toBeNull();
  house.passTime({ minutes: 1 });
  await settleSession(house, session.id);
  expect(await house.db.selectFrom("seats").select("released_why").where("id", "=", late.seatId).executeTakeFirstOrThrow()).toEqual({ released_why: "no_show" });
  expect((await house.db.selectFrom("seats").select("held_at").where("alias", "=", "River").where("session_id", "=", session.id).executeTakeFirstOrThrow()).held_at).not.toBeNull();
});
