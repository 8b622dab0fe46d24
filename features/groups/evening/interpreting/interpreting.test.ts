import { expect, test } from "vitest";
import { createApp } from "../../../../app.tsx";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { browser, makeSignedIn } from "../../../accounts/factory.ts";
import { makeNetwork } from "../../../network/factory.ts";
import { makeGroup, nextSession, type GroupWanted } from "../../factory.ts";
import { say } from "../words.ts";

const house = await openTestHouse();
await makeNetwork(house);
// Five minutes before they meet.
house.setClock("2026-11-25T02:55:00Z");
const app = createApp(house);
const t = say("en");

const staff = [await makeSignedIn(house, ["facilitator"], { name: "Noor" }), await makeSignedIn(house, ["facilitator"], { name: "Tomás" })];
for (const { id } of staff) await house.db.insertInto("facilitator_trainings").values({ member_id: id, trained_on: Temporal.PlainDate.from("2026-09-01") }).execute();
const stranger = browser(app, (await makeSignedIn(house, ["facilitator"], { name: "Inés" })).cookie);

/** An evening that is open, with these in its room; each as a browser, and the address of her seat. */
async function anEvening(aliases: readonly string[], wanted: GroupWanted = {}) {
  const session = await nextSession(house, await makeGroup(house, { ledBy: staff.map(({ id }) => id), ...wanted }));
  const guests = [];
  for (const alias of aliases) {
    const one = browser(app);
    const at = (await one.post(`/groups/meetings/${session.id}`, { alias })).to ?? "";
    await one.post(`${at}/lobby`, { agree: "yes" });
    guests.push({ at, seat: at.split("/").at(-1) ?? "", page: async () => (await one.get(`${at}/room`)).text, post: (path: string, form: Record<string, string>) => one.post(`${at}/${path}`, form), one });
  }
  const at = `/evenings/${session.id}`;
  const leaders = staff.map(({ cookie }) => browser(app, cookie));
  for (const one of leaders) await one.get(at);
  const [noor] = leaders;
  if (!noor) throw new Error("Nobody leads.");
  await noor.post(`${at}/open`, {});
  await noor.post(`${at}/admit`, { seat: "all" });
  return { at, noor, guests, page: async () => (await noor.get(at)).text };
}

test("everybody reads that somebody interprets and into what; who interprets reads how many listen, and who leads alone who they are", async () => {
  const { at, noor, page, guests } = await anEvening(["River", "Kettle", "Lamp"]);
  const [river, kettle, lamp] = guests;
  if (!river || !kettle || !lamp) throw new Error("Nobody came.");
  const here = t("interpreterHere", { into: "Spanish", names: "River" });
  for (const into of ["xx", ""]) await noor.post(`${at}/interpreter`, { seat: river.seat, into });
  expect(await kettle.page()).not.toContain("Interpreting");
  expect((await stranger.post(`${at}/interpreter`, { seat: river.seat, into: "es" })).status).toBe(404);
  expect(await noor.post(`${at}/interpreter`, { seat: river.seat, into: "es" })).toMatchObject({ status: 303, to: at });
  for (const one of [kettle, lamp]) expect(await one.page()).toContain(here);
  expect(await kettle.page(), "with scripts off it says so").toMatch(new RegExp(`<noscript><p[^>]*>${t("interpreterScripts")}`));

  expect((await lamp.one.post(`${kettle.at}/interpreter`, { into: "es" })).status, "nobody chooses for another").toBe(404);
  expect(await kettle.post("interpreter", { into: "es" })).toMatchObject({ status: 303, to: `${kettle.at}/room` });
  expect(await kettle.page()).toContain(t("interpreterHeard"));
  expect(await river.page()).toMatch(new RegExp(`${t("interpretApart", { into: "Spanish" })}.*${t("interpretHeardBy", { n: 1 })}`, "s"));
  expect(await page()).toContain(t("interpretListening", { names: "Kettle" }));
  for (const one of [river, lamp]) expect(await one.page()).not.toContain("Listening:");
  expect(await lamp.page()).not.toContain(t("interpretHeardBy", { n: 1 }));

  await noor.post(`${at}/listen`, { into: "es" });
  expect(await page()).toContain(t("interpretListening", { names: "Kettle and Noor" }));
  expect(await river.page()).toContain(t("interpretHeardBy", { n: 2 }));
  await noor.post(`${at}/listen`, { into: "none" });
  expect(await page()).toContain(t("interpretListening", { names: "Kettle" }));

  await lamp.post("interpreting", { does: "aloud" });
  await river.post("interpreting", { does: "shout" });
  expect(await river.page()).toContain(t("interpretApart", { into: "Spanish" }));
  await river.post("interpreting", { does: "aloud" });
  expect(await river.page()).toContain(t("interpretAloud", { into: "Spanish" }));
  expect(await page()).toContain(t("interpretsAll", { into: "Spanish" }));
  await noor.post(`${at}/no-interpreter`, { seat: river.seat });
  expect(await kettle.page()).not.toContain(here);
});

test("in a small room she reads who interprets there, and nothing of who does elsewhere", async () => {
  const { at, noor, guests } = await anEvening(["River", "Kettle", "Lamp"]);
  const [river, kettle, lamp] = guests;
  if (!river || !kettle || !lamp) throw new Error("Nobody came.");
  await noor.post(`${at}/interpreter`, { seat: river.seat, into: "es" });
  for (const one of [river, kettle]) await noor.post(`${at}/small-rooms/put`, { seat: one.seat, room: "1" });
  expect([(await kettle.page()).includes("Interpreting into"), (await lamp.page()).includes("Interpreting into")]).toEqual([true, false]);
});

test("where the room's server mixes all voices nobody is offered to interpret", async () => {
  const { page, guests } = await anEvening(["River"], { room: "janus" });
  expect(guests).toHaveLength(1);
  const shown = await page();
  expect([shown.includes(t("captionsAsk")), shown.includes(t("interpretAsk"))]).toEqual([true, false]);
});
