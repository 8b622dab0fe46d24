import { beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { staffRoles } from "../../../platform/http/scope.ts";
import { browser, makeSignedIn, signInAs } from "../../accounts/factory.ts";
import { aProposal, eveningsApp, groupOf, makeFacilitator, makeGroup, propose, tuesdays } from "./factory.ts";
import { approveSeries } from "./proposing/commands.ts";
import { weekdays } from "../types.ts";
import { roomAddress } from "./queries.ts";

const house = await openTestHouse();
const app = eveningsApp(house);
const lucia = await makeSignedIn(house, ["coordinator"], { name: "Lucía" });
const [noor, tomas, ana] = await Promise.all(["Noor", "Tomás", "Ana"].map((name) => makeFacilitator(house, lucia.scope, name)));
if (!noor || !tomas || !ana) throw new Error("nobody leads");
const pair = [noor.id, tomas.id];
const as = (who: { cookie: string }, language = "en") => browser(app, who.cookie, language);

beforeEach(async () => {
  house.setClock("2026-11-24T18:00:00Z");
  await house.db.deleteFrom("series").execute();
});

const typed = { kind: "fathers", language: "en", about: "We talk about sleep and anger.", every: "week", starts: "2027-03-10", at: "02:30", zone: "America/Los_Angeles", minutes: "60", until: "", count: "", seats: "6", camera: "off", partners: "yes", room: "embedded", address: "", second: tomas.id };
const key = (text: string) => /name="key" value="([^"]+)"/.exec(text)?.[1] ?? "";
const only = async () => (await house.db.selectFrom("series").select("id").executeTakeFirstOrThrow()).id as Parameters<typeof groupOf>[1];
const first = async (id: Parameters<typeof groupOf>[1]) => (await groupOf(house, id)).sessions[0] ?? expect.fail("it has no meeting");

describe("a facilitator who proposes a group", () => {
  it("checks its dates in words, sees the night of the clocks, and sends it once", async () => {
    const page = as(noor);
    expect((await page.get("/evenings/propose")).text).toContain("A group is always led by two.");
    const check = await page.post("/evenings/propose/check", { ...typed, days: ["WE", "SU"] });
    expect(check.text).toContain("The next 6 meetings:");
    expect(check.text).toContain("Wednesday, March 10 at 2:30 AM");
    expect(check.text).toContain("That night the clocks go forward and 2:30 AM does not exist. It begins at 3:30 AM.");
    expect(check.text).toContain("Pacific Time (America/Los Angeles)");
    expect(check.text).toContain("Every week: Wednesday and Sunday, 2:30 AM");
    expect(await house.db.selectFrom("series").select("id").execute()).toEqual([]);
    const fields = { ...typed, days: ["WE", "SU"], key: key(check.text) };
    expect((await page.post("/evenings/propose", fields)).to).toBe("/evenings");
    expect((await page.post("/evenings/propose", fields)).to).toBe("/evenings");
    const { series } = await groupOf(house, await only());
    expect(series).toMatchObject({ kind: { id: "fathers" }, seats: 6, camera: "off", partners: true, facilitators: [{ name: "Noor" }, { name: "Tomás" }] });
    const evenings = await page.get("/evenings");
    expect(evenings.text).toContain("Sent. A coordinator reads it and answers here.");
    expect(evenings.text).toContain("Your proposals");
  });

  it("gets everything back that was typed, with what is to be mended, in both languages", async () => {
    const wrong = { ...typed, kind: "", starts: "2026-11-01", at: "", seats: "40", room: "link", until: "2027-05-01", count: "6" };
    const english = await as(noor).post("/evenings/propose/check", wrong);
    expect(english.status).toBe(422);
    for (const sentence of ["Choose whom the group is for.", "Choose a time, such as 19:00.", "Write a number of seats from 2 to 16."]) expect(english.text).toContain(sentence);
    expect(english.text).toContain("We talk about sleep and anger.");
    expect(english.text).toContain('value="2026-11-01"');
    const later = await as(noor, "es").post("/evenings/propose/check", { ...wrong, at: "19:00", seats: "8", kind: "nobody", until: "", second: noor.id });
    for (const sentence of ["Ese día ya pasó.", "Escribe la dirección de tu propia sala.", "Elige para quién es el grupo.", "Elige a dos personas distintas."]) expect(later.text).toContain(sentence);
    const both = await as(noor).post("/evenings/propose/check", { ...typed, until: "2027-05-01", count: "6" });
    expect(both.text).toContain("Choose a last day or a number of meetings, not both.");
    expect((await as(noor).post("/evenings/propose/check", { ...typed, room: "link", address: "javascript:alert(1)" })).text).toContain("Write the whole address. It begins with https.");
    expect((await as(noor).post("/evenings/propose/again", typed)).text).toContain("We talk about sleep and anger.");
  });

  it("reads why it came back, changes it and sends it again", async () => {
    const id = await propose(house, noor.scope, aProposal(pair, { room: "link", address: "https://meet.lantern.example/8153" }));
    const [hers, page] = [`/evenings/series/${id}`, as(noor)];
    const coordinator = as(lucia);
    const seen = house.now().toString();
    expect((await coordinator.get("/evenings")).text).toMatch(/Proposals that wait for you[\s\S]*Pregnancy and after birth/);
    const empty = await coordinator.post(`${hers}/send-back`, { seen, said: " " });
    expect([empty.status, empty.text.includes("Write what you would like to be otherwise.")]).toEqual([422, true]);
    expect((await coordinator.post(`${hers}/send-back`, { seen, said: "Could it be earlier?" })).to).toBe(hers);
    expect((await coordinator.get("/evenings")).text).toContain("No proposal waits.");
    expect((await page.get("/evenings")).text).toContain("Proposals that came back");
    expect((await page.get(hers)).text).toContain("Could it be earlier?");
    const form = await page.get(`${hers}/proposal`);
    expect(form.text).toContain("We sit together.");
    expect(form.text).not.toContain("8153");
    house.passTime({ hours: 1 });
    expect((await page.post(`${hers}/proposal/check`, { ...typed, room: "link", at: "18:00" })).text).toContain("6:00 PM");
    expect((await page.post(`${hers}/proposal`, { ...typed, room: "link", at: "18:00" })).to).toBe(hers);
    expect(await roomAddress(house, id)).toBe("https://meet.lantern.example/8153");
    const stale = await coordinator.post(`${hers}/approve`, { seen });
    expect([stale.status, stale.text.includes("The proposal was changed since you opened it.")]).toEqual([409, true]);
    const shown = await coordinator.get(hers);
    const now = /name="seen" value="([^"]+)"/.exec(shown.text)?.[1] ?? "";
    expect((await coordinator.post(`${hers}/approve`, { seen: now })).to).toBe(hers);
    expect((await coordinator.get(hers)).text).toContain("The group meets. Its first meetings stand in the list.");
    expect((await page.get(`${hers}/proposal`)).status).toBe(404);
  });
});

test("a room too small for its seats is said while the group is proposed, and again before a yes", async () => {
  const page = as(noor);
  const english = await page.post("/evenings/propose/check", { ...typed, seats: "7" });
  expect([english.status, english.text.includes("This room has 6 seats at most")]).toEqual([422, true]);
  // This house has no Janus: the embedded room would take the group.
  expect((await page.post("/evenings/propose/check", { ...typed, seats: "7", room: "janus" })).status).toBe(422);
  const id = await propose(house, noor.scope, aProposal(pair, { seats: 7 }));
  const coordinator = as(lucia, "es");
  const shown = (await coordinator.get(`/evenings/series/${id}`)).text;
  expect(shown).toContain("En esta sala caben 6 personas, además de las dos que facilitan.");
  expect(shown).not.toContain("Decir que sí");
  expect((await coordinator.post(`/evenings/series/${id}/approve`, { seen: house.now().toString() })).status).toBe(409);
});

test("a group that meets already, in a room that became too small for it, is shown to a coordinator, in the list and on its page", async () => {
  const id = await propose(house, noor.scope, aProposal(pair, { seats: 6 }));
  await approveSeries(house, lucia.scope, id, house.now());
  const shown = async (who: typeof noor, path: string) => (await as(who).get(path)).text;
  expect(await shown(lucia, "/evenings")).not.toContain("More seats than its room");
  // As where it was given its seats by a larger provider, which this house has no more.
  await house.db.updateTable("series").set({ seats: 9 }).where("id", "=", id).execute();
  expect(await shown(lucia, "/evenings")).toContain("More seats than its room");
  expect(await shown(lucia, `/evenings/series/${id}`)).toContain("This group gives 9 seats. Its room has 6, beside the two who lead.");
  expect(await shown(noor, "/evenings")).not.toContain("More seats than its room");
});

test("a coordinator is told kindly what a proposal lacks, and where to write it down", async () => {
  const fresh = await makeSignedIn(house, ["facilitator"], { name: "Ruth" });
  const id = await propose(house, noor.scope, aProposal([noor.id, fresh.id]));
  const page = as(lucia, "es");
  const shown = await page.get(`/evenings/series/${id}`);
  expect(shown.text).toContain("La formación de Ruth todavía no está anotada.");
  expect(shown.text).not.toContain("Decir que sí");
  expect((await page.post(`/evenings/series/${id}/approve`, { seen: house.now().toString() })).status).toBe(409);
  expect((await page.get("/evenings/training")).text).toContain("Todavía no");
  expect((await page.post("/evenings/training", { member: fresh.id, on: "2026-12-24" })).text).toContain("Ese día todavía no llega.");
  expect((await page.post("/evenings/training", { member: fresh.id, on: "" })).text).toContain("Elige un día.");
  expect((await page.post("/evenings/training", { member: lucia.id, on: "2026-11-01" })).text).toContain("Elige a alguien de la lista.");
  expect((await page.post("/evenings/training", { member: fresh.id, on: "2026-11-20" })).to).toBe("/evenings/training");
  expect((await page.get("/evenings/training")).text).toContain("Formación: viernes, 20 de noviembre de 2026");
  expect((await page.get(`/evenings/series/${id}`)).text).toContain("Decir que sí");
});

describe("the evenings", () => {
  it("show a facilitator hers in her zone, and a cover that is wanted to the others, in both languages", async () => {
    const id = await makeGroup(house, lucia.scope, pair);
    const session = await first(id);
    const hers = await as(noor).get("/evenings");
    expect(hers.text).toContain("Tuesday, November 24 at 7:00 PM to 8:30 PM, Pacific Time");
    expect(hers.text).toContain("in 9 h");
    expect(hers.text).toContain(`href="/evenings/${session.id}"`);
    expect((await as(ana).get("/evenings")).text).toContain("You lead no meeting in the next four weeks.");
    expect((await as(noor).post(`/evenings/${session.id}/absent`)).to).toBe("/evenings");
    const wanted = await as(ana, "es").get("/evenings");
    expect(wanted.text).toContain("Hace falta una suplencia");
    expect(wanted.text).toContain(`action="/evenings/${session.id}/cover"`);
    expect((await as(lucia).get("/evenings")).text).toContain("Cover wanted");
    expect((await as(ana).post(`/evenings/${session.id}/cover`)).to).toBe("/evenings");
    const late = await as(noor).post(`/evenings/${session.id}/present`);
    expect([late.status, late.text.includes("Somebody has taken it already.")]).toEqual([409, true]);
    expect((await as(ana).get("/evenings")).text).toContain("in 9 h");
  });

  it("begin for a coordinator with what waits, then what fewer than two lead, and keep a long list short", async () => {
    const id = await makeGroup(house, lucia.scope, pair, { plan: { ...tuesdays, rhythm: { every: "weeks", weeks: 1, days: weekdays } } });
    await propose(house, noor.scope, aProposal(pair, { kind: "fathers" }));
    await as(tomas).post(`/evenings/${(await first(id)).id}/absent`);
    const { text } = await as(lucia).get("/evenings");
    const order = ["Proposals that wait for you", "Meetings with fewer than two facilitators", "All groups", "The next meetings", "21 more within four weeks"].map((heading) => text.indexOf(heading));
    expect(order).toEqual(order.filter((at) => at > 0).sort((a, b) => a - b));
    expect(text).toContain("Led by Noor");
  });

  it("say thank you once", async () => {
    const id = await makeGroup(house, lucia.scope, pair);
    const page = as(noor);
    await page.post(`/evenings/${(await first(id)).id}/absent`);
    expect((await page.get("/evenings")).text).toContain("Thank you for saying it early.");
    expect((await page.get("/evenings")).text).not.toContain("Thank you for saying it early.");
  });
});

describe("a group that meets", () => {
  it("is changed day by day by who leads it, through plain forms", async () => {
    const id = await makeGroup(house, lucia.scope, pair);
    const [path, page] = [`/evenings/series/${id}`, as(noor)];
    const day = `${path}/days/2026-12-01`;
    expect((await page.get(path)).text).toContain(`href="${day}"`);
    expect((await page.get(day)).text).toContain("Whoever has a seat keeps it and is told.");
    const wrong = await page.post(`${day}/move`, { on: "2026-12-02", at: "" });
    expect([wrong.status, wrong.text.includes('value="2026-12-02"')]).toEqual([422, true]);
    expect((await page.post(`${day}/move`, { on: "2027-03-02", at: "19:00" })).text).toContain("more than four weeks from its own day");
    expect((await page.post(`${day}/move`, { on: "2026-12-02", at: "18:30" })).to).toBe(path);
    expect((await page.get(path)).text).toMatch(/The meeting is moved\.[\s\S]*Wednesday, December 2 at 6:30 PM/);
    expect((await page.post(`${day}/back`)).to).toBe(path);
    const session = (await groupOf(house, id)).sessions.find((one) => one.day.toString() === "2026-12-01")?.id;
    expect((await page.post(`/evenings/${session}/cancel`, {})).text).toContain("Choose a reason.");
    expect((await page.post(`/evenings/${session}/cancel`, { reason: "too_few" })).to).toBe("/evenings");
    expect((await page.post(`/evenings/${session}/cancel`, { reason: "too_few" })).status).toBe(409);
    expect((await page.get(path)).text).toContain("Does not take place");
    expect((await page.post(`${path}/days`, { day: "2027-03-03" })).text).toContain("The group does not meet on that day.");
    expect((await page.post(`${path}/days`, { day: "2027-03-02" })).to).toBe(`${path}/days/2027-03-02`);
    expect((await page.post(`${path}/days/2027-03-02/skip`, { reason: "holiday" })).to).toBe(path);
    expect((await page.get(path)).text).toContain("Tuesday, March 2, 2027");
    for (const gone of ["2026-12-02", "2026-02-31", "nothing"]) expect((await page.get(`${path}/days/${gone}`)).status, gone).toBe(404);
  });

  it("that has begun is refused kindly", async () => {
    const id = await makeGroup(house, lucia.scope, pair);
    const session = await first(id);
    house.setClock("2026-11-25T03:30:00Z");
    const page = as(await signInAs(house, noor.id));
    const late = await page.post(`/evenings/${session.id}/cancel`, { reason: "technical" });
    expect([late.status, late.text.includes("This meeting has begun, so it stays as it is.")]).toEqual([409, true]);
    expect((await page.get("/evenings")).text).toContain("has begun");
  });

  it("gets another plan after a look at what becomes of its meetings", async () => {
    const id = await makeGroup(house, lucia.scope, pair);
    const [path, page] = [`/evenings/series/${id}`, as(lucia)];
    expect((await page.get(`${path}/plan`)).text).toContain('value="19:00"');
    const plan = { every: "week", days: "TU", starts: "2026-11-24", at: "20:00", zone: "America/Los_Angeles", minutes: "90", until: "2026-12-31", count: "" };
    const check = await page.post(`${path}/plan/check`, plan);
    expect(check.text).toContain("6 meetings move");
    expect(check.text).toContain("2 meetings are cancelled");
    expect(check.text).toContain("Tuesday, November 24 at 7:00 PM becomes 8:00 PM");
    expect((await page.post(`${path}/plan/check`, { ...plan, minutes: "5" })).status).toBe(422);
    expect((await page.post(`${path}/plan/again`, plan)).text).toContain('value="20:00"');
    expect((await page.post(`${path}/plan`, plan)).to).toBe(path);
    expect((await groupOf(house, id)).sessions.filter(({ cancelledAt }) => !cancelledAt)).toHaveLength(6);
  });

  it("gets another pair, and an end", async () => {
    const id = await makeGroup(house, lucia.scope, pair);
    const [path, page] = [`/evenings/series/${id}`, as(lucia, "es")];
    expect((await page.post(`${path}/pair`, { first: ana.id, second: ana.id })).text).toContain("Elige a dos personas distintas.");
    expect((await page.post(`${path}/pair`, { first: ana.id, second: lucia.id })).status).toBe(409);
    expect((await page.post(`${path}/pair`, { first: ana.id, second: tomas.id })).to).toBe(path);
    expect((await as(noor).get(path)).status, "she leads it no longer").toBe(404);
    expect((await page.post(`${path}/end`, { lastDay: "2026-11-01", reason: "Se acabó." })).text).toContain("Ese día ya pasó.");
    expect((await page.post(`${path}/end`, { lastDay: "", reason: "" })).text).toContain("Escribe en pocas palabras por qué.");
    expect((await page.post(`${path}/end`, { lastDay: "", reason: "Se acabó." })).to).toBe(path);
    expect((await page.get(path)).text).toContain("Ya no se pueden guardar lugares.");
  });
});

describe("who may", () => {
  const coordinators = ["coordinator"];
  const both = ["facilitator", "coordinator"];
  const matrix: Readonly<Record<string, readonly string[]>> = {
    "GET /evenings": both,
    "GET /evenings/propose": both,
    "POST /evenings/propose": both,
    "POST /evenings/propose/check": both,
    "POST /evenings/propose/again": both,
    "GET /evenings/series/:series": both,
    "GET /evenings/series/:series/proposal": both,
    "POST /evenings/series/:series/proposal": both,
    "POST /evenings/series/:series/proposal/check": both,
    "POST /evenings/series/:series/proposal/again": both,
    "POST /evenings/series/:series/approve": coordinators,
    "POST /evenings/series/:series/send-back": coordinators,
    "POST /evenings/series/:series/days": both,
    "GET /evenings/series/:series/days/:day": both,
    "POST /evenings/series/:series/days/:day/skip": both,
    "POST /evenings/series/:series/days/:day/move": both,
    "POST /evenings/series/:series/days/:day/back": both,
    "GET /evenings/series/:series/plan": coordinators,
    "POST /evenings/series/:series/plan": coordinators,
    "POST /evenings/series/:series/plan/check": coordinators,
    "POST /evenings/series/:series/plan/again": coordinators,
    "POST /evenings/series/:series/pair": coordinators,
    "POST /evenings/series/:series/end": coordinators,
    "POST /evenings/:session/cancel": both,
    "POST /evenings/:session/absent": ["facilitator"],
    "POST /evenings/:session/present": ["facilitator"],
    "POST /evenings/:session/cover": ["facilitator"],
    "GET /evenings/training": coordinators,
    "POST /evenings/training": coordinators,
    "GET /evenings/health": coordinators,
  };

  test("every route of these pages is in this table, with exactly these roles", () => expect(Object.fromEntries(app.routes.map(({ method, path, admits }) => [`${method} ${path}`, [...admits]]))).toEqual(matrix));

  test("for anybody else, and for a facilitator of another group, none of it is there", async () => {
    const [group, proposal] = [await makeGroup(house, lucia.scope, pair), await propose(house, noor.scope, aProposal(pair))];
    const session = (await first(group)).id;
    const at = (pattern: string) => pattern.replace(":series", pattern.includes("proposal") ? proposal : group).replace(":session", session).replace(":day", "2026-12-01");
    const others = await Promise.all(staffRoles.map(async (role) => ({ role, ...(await makeSignedIn(house, [role])) })));
    for (const [route, admitted] of Object.entries(matrix)) {
      const [method = "", pattern = ""] = route.split(" ");
      const ask = async (cookie: string) => (await (method === "GET" ? browser(app, cookie).get(at(pattern)) : browser(app, cookie).post(at(pattern)))).status;
      for (const { role, cookie } of others.filter((one) => !admitted.includes(one.role))) expect([route, role, await ask(cookie)]).toEqual([route, role, 404]);
      if (/:series|cancel/.test(pattern)) expect([route, await ask(ana.cookie)]).toEqual([route, 404]);
      expect([route, await ask("")]).toEqual([route, method === "GET" ? 303 : 404]);
    }
  });
});
