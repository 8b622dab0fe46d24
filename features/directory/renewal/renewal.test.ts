import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { furnishTheStreet } from "../../../cast/street.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { addressPrint, hasStopped, stopWriting } from "../../../platform/delivery/stops.ts";
import type { App } from "../../../platform/http/app.tsx";
import { browser } from "../../accounts/factory.ts";
import { jobsWaiting, listening } from "../../helpline/board/factory.ts";
import { byImport, makeListing, stranger } from "../factory.ts";
import { directoryJobs } from "../jobs.ts";
import { handleReports, reportListing } from "../reports/commands.ts";
import { reportsToRead } from "../reports/queries.ts";
import type { Kind, ServiceId } from "../types.ts";
import { revokeOwnerLinks, sendOwnerLink } from "./commands.ts";
import { ownerLink, sendAsks, tokenIn } from "./factory.ts";
import { forgetOldAsks } from "./asking/commands.ts";
import { silentOwners } from "./asking/queries.ts";

let house: TestHouse;
let app: App;
let members: Awaited<ReturnType<typeof furnishTheStreet>>;
beforeAll(async () => {
  house = await openTestHouse();
  members = await furnishTheStreet(house);
  app = createApp(house);
});
beforeEach(() => house.setClock("2026-11-26T17:30:00Z"));

const listing = (id: ServiceId) => house.db.selectFrom("listings").selectAll().where("service_id", "=", id).executeTakeFirstOrThrow();
const claims = async (id: ServiceId) =>
  Object.fromEntries((await house.db.selectFrom("listing_claims").select(["field", "method", "value", "verified_at"]).where("service_id", "=", id).where("superseded_at", "is", null).execute()).map(({ field, ...claim }) => [field, claim]));
const everything = async () => JSON.stringify([await house.db.selectFrom("listing_claims").selectAll().orderBy("id").execute(), await house.db.selectFrom("owner_links").selectAll().orderBy("token_hash").execute(), await house.db.selectFrom("owner_asks").selectAll().orderBy("id").execute(), await house.db.selectFrom("listings").selectAll().orderBy("id").execute()]);

/** An owner with her link open. */
async function anOwner(id: ServiceId, language: "en" | "es" = "en") {
  const { token, letter } = await ownerLink(house, id, language);
  const page = browser(app, "", language);
  await page.get(`/keep/${token}`);
  return { token, letter, page };
}
const versionOn = (text: string) => /name="version" value="([^"]+)"/.exec(text)?.[1] ?? "";

describe("a link", () => {
  it("comes in a letter of her language, with the listing's name and a way to end such letters", async () => {
    const id = await makeListing(house, { name: "Círculo de Luna" });
    const { letter, token } = await ownerLink(house, id, "es");
    expect(letter).toMatchObject({ to: "moms@circle.example", subject: "¿Esto sigue igual?" });
    expect(letter.text).toContain(`Círculo de Luna\nhttp://localhost:3000/keep/${token}`);
    expect(letter.stop).toBe(`http://localhost:3000/keep/${token}/stop`);
  });

  it("leaves the address at once, and opening it, however often and by whatever program, changes nothing", async () => {
    const id = await makeListing(house, { accepting: "yes" });
    const { token } = await ownerLink(house, id);
    const before = await everything();
    for (let time = 0; time < 3; time++) {
      const scanner = browser(app);
      const opened = await scanner.get(`/keep/${token}`);
      expect([opened.status, opened.to]).toEqual([303, "/keep"]);
      expect((await scanner.get("/keep")).text).not.toContain(token);
      expect((await scanner.get("/keep/stop")).status).toBe(200);
      expect((await scanner.get(`/keep/${token}/stop`)).to).toBe("/keep/stop");
    }
    expect(await everything()).toBe(before);
  });

  it("is kept as a hash, and where it went is sealed", async () => {
    const id = await makeListing(house);
    await inTransaction(house, (act) => sendOwnerLink(house, act, id, { way: "email", address: "canary@circle.example", language: "en" }));
    const jobs = JSON.stringify(await jobsWaiting(house, "ask-owner"));
    await sendAsks(house);
    const token = tokenIn(house.letters[0]?.text ?? "");
    expect(jobs).not.toContain(token);
    const row = await house.db.selectFrom("owner_links").selectAll().where("service_id", "=", id).executeTakeFirstOrThrow();
    expect(Object.values(row).map(String).join() + jobs).not.toMatch(new RegExp(`canary|${token}`));
  });

  it("works for 30 days, and then sends another to where it went", async () => {
    const id = await makeListing(house);
    const { page } = await anOwner(id);
    house.passTime({ hours: 30 * 24 - 1 });
    expect((await page.get("/keep")).status).toBe(200);
    house.passTime({ hours: 1 });
    expect((await page.get("/keep")).to).toBe("/keep/over");
    expect((await page.get("/keep/over")).text).toContain("Send me a new link");
    const letters = house.letters.length;
    expect((await page.post("/keep/again", {})).text).toContain("on its way");
    await page.post("/keep/again", {});
    expect(await sendAsks(house)).toBe(1);
    expect(house.letters.length).toBe(letters + 1);
  });

  it("that was taken back, or was never ours, opens nothing and sends nothing", async () => {
    const id = await makeListing(house);
    const { page } = await anOwner(id);
    await inTransaction(house, (act) => revokeOwnerLinks(act, id));
    expect((await page.get("/keep")).to).toBe("/keep/over");
    expect((await page.post("/keep/closed", {})).to).toBe("/keep/over");
    await page.post("/keep/again", {});
    expect(await sendAsks(house)).toBe(0);
    const nobody = browser(app);
    await nobody.get(`/keep/${"x".repeat(43)}`);
    expect((await nobody.get("/keep")).to).toBe("/keep/over");
  });
});

describe("one tap", () => {
  it("confirms all that she was shown, as her own word", async () => {
    const id = await makeListing(house, { by: byImport, terms: ["p_babies", "c_free"] });
    const { page } = await anOwner(id);
    const shown = (await page.get("/keep")).text;
    expect(shown).toContain("From Lantern 211, not confirmed");
    expect((await page.post("/keep/right", { version: versionOn(shown) })).to).toBe("/keep");
    const said = await claims(id);
    expect(Object.keys(said).sort()).toEqual(["about", "contact", "cost", "languages", "place", "who"]);
    for (const claim of Object.values(said)) expect(claim).toMatchObject({ method: "owner_link" });
    expect((await listing(id)).card).toMatchObject({ checkedHow: "owner_link" });
    const after = await page.get("/keep");
    expect(after.text).toContain("Thank you. Parents now see that you said so today.");
    expect(after.text).toContain("You said so, November 26, 2026");
  });

  it("never says again an answer about room that is over", async () => {
    const id = await makeListing(house, { accepting: "yes" });
    house.passTime({ hours: 15 * 24 });
    const { page } = await anOwner(id);
    const shown = (await page.get("/keep")).text;
    expect(shown).toContain("We say that we do not know");
    await page.post("/keep/right", { version: versionOn(shown) });
    const { accepting, accepting_until } = await listing(id);
    expect(accepting_until === null || Temporal.Instant.compare(accepting_until, house.now()) <= 0, `${accepting}`).toBe(true);
  });

  it("says nothing of a listing that changed since she looked", async () => {
    const id = await makeListing(house);
    const { page } = await anOwner(id);
    const version = versionOn((await page.get("/keep")).text);
    await house.db.updateTable("phones").set({ number: "+12135550199" }).where("service_id", "=", id).execute();
    house.passTime({ hours: 1 });
    const answer = await page.post("/keep/right", { version });
    expect([answer.status, answer.text.includes("Something here changed meanwhile")]).toEqual([422, true]);
    expect((await claims(id))["contact"]?.method).toBe("call");
  });
});

describe("she says", () => {
  it.each([
    ["yes", "14", { accepting: "yes", wait: "14" }],
    ["waitlist", "", { accepting: "waitlist" }],
    ["no", "30", { accepting: "no" }],
  ])("room %s, waiting %s", async (room, wait, says) => {
    const id = await makeListing(house, { accepting: "yes", waitDays: 3 });
    const { page } = await anOwner(id);
    await reportListing(house, { serviceId: id, kind: "full", byWhom: stranger(`${room} ${wait}`) });
    expect((await page.post("/keep/room", { room, wait })).to).toBe("/keep");
    const said = await claims(id);
    expect([said["accepting"]?.value, said["wait"]?.value]).toEqual([says.accepting, "wait" in says ? says.wait : undefined]);
    expect((await listing(id)).accepting_until?.equals(house.now().add({ hours: 14 * 24 }))).toBe(true);
    expect(await reportsToRead(house.db, house.keys, id)).toEqual([]);
  });

  it("we closed: nobody finds it, its coordinator is called; open after all: it is found again", async () => {
    const id = await makeListing(house);
    const { page } = await anOwner(id);
    await page.post("/keep/closed", {});
    await page.post("/keep/closed", {});
    const hidden = (await listing(id)).hidden_at;
    expect(hidden && Temporal.Instant.compare(hidden, house.now()) <= 0).toBe(true);
    const pages = (await jobsWaiting(house, "page-coordinators")).filter(({ payload }) => payload["serviceId"] === id);
    expect(pages.map(({ payload }) => payload["alarm"])).toEqual(["closed"]);
    const ear = listening();
    await directoryJobs(house, ear.notify)["page-coordinators"]?.(pages[0]?.payload);
    expect(ear.calls).toMatchObject([{ to: [members.lucia], message: { path: "/tend" } }]);
    expect((await reportsToRead(house.db, house.keys, id)).map(({ kind }) => kind)).toEqual(["closed"]);
    expect((await page.get("/keep")).text).toContain("You told us that you closed");
    await page.post("/keep/open", {});
    expect(Temporal.Instant.compare((await listing(id)).hidden_at ?? house.now(), house.now())).toBe(1);
  });

  it("we closed, of a crisis line: in doubt, and never hidden", async () => {
    const id = await makeListing(house, { kind: "crisis_line" });
    const { page } = await anOwner(id);
    await page.post("/keep/closed", {});
    const line = await listing(id);
    expect([line.hidden_at, line.in_doubt_since?.equals(house.now())]).toEqual([null, true]);
    expect((await page.get("/keep")).text).toContain("One of us calls you before this line goes");
  });

  it("does not bring back what a coordinator took out", async () => {
    const id = await makeListing(house);
    const { page } = await anOwner(id);
    await inTransaction(house, (act) => handleReports(act, id, { outcome: "removed" }));
    await page.post("/keep/open", {});
    expect(await house.db.selectFrom("listings").select("id").where("service_id", "=", id).execute()).toEqual([]);
    expect((await page.get("/keep")).text).toContain("not in our directory any more");
  });

  it("something else in words, for a coordinator to read", async () => {
    const id = await makeListing(house);
    const { page } = await anOwner(id);
    await page.post("/keep/words", { words: "We moved next door." });
    expect(await reportsToRead(house.db, house.keys, id)).toMatchObject([{ kind: "wrong", note: "We moved next door." }]);
    expect((await page.post("/keep/words", { words: " " })).status).toBe(422);
  });
});

describe("what she changes is stated as hers, field by field:", () => {
  const edited = async (path: string, fields: Record<string, string | string[]>, more: Parameters<typeof makeListing>[1] = {}) => {
    const id = await makeListing(house, { by: byImport, ...more });
    const { page } = await anOwner(id);
    const answer = await page.post(path, fields);
    return { id, page, answer, said: await claims(id) };
  };
  const others = (said: Awaited<ReturnType<typeof claims>>, field: string) => Object.entries(said).filter(([name]) => name !== field).every(([, { method }]) => method === "import");

  it("numbers, understood as they are dialled; a report of the old one is answered", async () => {
    const id = await makeListing(house);
    const { page } = await anOwner(id);
    for (const who of ["a", "b"]) await reportListing(house, { serviceId: id, kind: "cannot_reach", byWhom: stranger(`${who} of the phones`) });
    expect((await listing(id)).in_doubt_since).not.toBeNull();
    await page.post("/keep/contact", { phone0: "(310) 555-0155 ext. 4", phone1: "", url: "circle.example", email: "" });
    const phones = await house.db.selectFrom("phones").select(["number", "dial", "dial_kind", "extension"]).where("service_id", "=", id).execute();
    expect(phones).toEqual([{ number: "310-555-0155", dial: "+13105550155", dial_kind: "e164", extension: "4" }]);
    expect((await listing(id)).card).toMatchObject({ url: "https://circle.example", phone: { dial: "+13105550155" } });
    expect([(await listing(id)).in_doubt_since, (await claims(id))["contact"]?.method]).toEqual([null, "owner_link"]);
  });

  it("a number that nobody can dial comes back with what was typed, in both languages", async () => {
    const { answer, id, page } = await edited("/keep/contact", { phone0: "310-555", phone1: "", url: "", email: "no" });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("This does not look like an e-mail address.");
    const again = await page.post("/keep/contact", { phone0: "310-555", phone1: "", url: "", email: "" });
    expect(again.text).toContain("We cannot dial this number.");
    expect(again.text).toContain('value="310-555"');
    expect((await claims(id))["contact"]?.method).toBe("import");
    const { page: hers } = await anOwner(id, "es");
    expect((await hers.post("/keep/contact", { phone0: "1-833-943-5746", phone1: "", url: "", email: "" })).text).toContain("no funciona o es de otros");
  });

  it("not the last way to reach them", async () => {
    const { answer } = await edited("/keep/contact", { phone0: "", phone1: "", url: "", email: "" });
    expect(answer.text).toContain("Please leave one way to reach you.");
  });

  it("hours", async () => {
    const { id, said } = await edited("/keep/hours", { opensMO: "09:00", closesMO: "17:00", opensWE: "09:00", closesWE: "17:00", hoursWords: "or by appointment" });
    const rows = await house.db.selectFrom("schedules").select(["byday", "opens_at", "description", "zone"]).where("service_id", "=", id).orderBy("byday").execute();
    expect(rows.map(({ byday, opens_at, description }) => [byday, opens_at?.toString(), description])).toEqual([["MO,WE", "09:00:00", null], [null, undefined, "or by appointment"]]);
    expect([said["hours"]?.method, others(said, "hours")]).toEqual(["owner_link", true]);
    const half = await edited("/keep/hours", { opensMO: "09:00" });
    expect(half.answer.text).toContain("Please give both hours of this day, or none.");
  });

  it("languages", async () => {
    const { id, said } = await edited("/keep/languages", { language: ["es", "ht"] }, { languages: ["en", "es"] });
    expect((await house.db.selectFrom("languages").select("code").where("service_id", "=", id).orderBy("code").execute()).map(({ code }) => code)).toEqual(["es", "ht"]);
    expect([said["languages"]?.method, others(said, "languages"), (await listing(id)).tokens.includes("l_ht")]).toEqual(["owner_link", true, true]);
  });

  it("cost and insurance", async () => {
    const { id, said } = await edited("/keep/cost", { cost: "c_sliding", insurance: ["i_medicaid", "nonsense"], fees: "from $10" }, { terms: ["c_free", "w_dads"] });
    expect((await listing(id)).tokens).toEqual(expect.arrayContaining(["c_sliding", "i_medicaid", "w_dads"]));
    expect((await listing(id)).tokens).not.toContain("c_free");
    expect(said["insurance"]).toMatchObject({ method: "owner_link", value: "i_medicaid" });
    expect(said["cost"]?.method).toBe("owner_link");
  });

  it("peer facts", async () => {
    const { id, said } = await edited("/keep/facts", { peer: ["p_babies"], how: ["t_video"], who: ["w_loss"] }, { terms: ["p_captions", "c_free"] });
    const { tokens } = await listing(id);
    expect(tokens).toEqual(expect.arrayContaining(["p_babies", "t_video", "w_loss", "c_free"]));
    expect(tokens).not.toContain("p_captions");
    expect(said["who"]?.method).toBe("owner_link");
  });

  it("never a number that another service shares", async () => {
    const [id, other] = [await makeListing(house), await makeListing(house)];
    const { organization_id } = await house.db.selectFrom("services").select("organization_id").where("id", "=", id).executeTakeFirstOrThrow();
    await house.db.updateTable("services").set({ organization_id }).where("id", "=", other).execute();
    await house.db.updateTable("phones").set({ service_id: null, organization_id }).where("service_id", "in", [id, other]).execute();
    const { page } = await anOwner(id);
    const shown = (await page.get("/keep")).text;
    expect(shown.includes("213-555-0123")).toBe(true);
    expect(shown.includes('value="213-555-0123"')).toBe(false);
  });
});

describe("please stop writing to me", () => {
  it.each(["the page", "a mail program"])("by %s ends every letter to that address", async (way) => {
    const id = await makeListing(house);
    const address = `${way.replace(/\W/g, "")}@circle.example`;
    const { token } = await ownerLink(house, id, "en", address);
    const page = browser(app);
    if (way === "the page") {
      await page.get(`/keep/${token}/stop`);
      expect((await page.post("/keep/stop", {})).text).toContain("We write to this address no more.");
    } else {
      const posted = await app.request(`/keep/${token}/stop`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "List-Unsubscribe=One-Click" });
      expect(posted.status).toBe(204);
    }
    expect(await hasStopped(house.db, addressPrint(house.keys, address.toUpperCase()))).toBe(true);
    expect(await inTransaction(house, (act) => sendOwnerLink(house, act, id, { way: "email", address, language: "en" }))).toBe("stopped");
  });

  it("is not undone by somebody who keeps another listing, nor for a number by anything but its own START", async () => {
    const [hers, number] = ["not-mine@circle.example", "+13105550188"];
    const { page } = await anOwner(await makeListing(house));
    for (const address of [hers, number, "moms@circle.example"]) await inTransaction(house, ({ tx, now }) => stopWriting(tx, addressPrint(house.keys, address), now));
    const stopped = async () => Promise.all([hers, number, "moms@circle.example"].map((address) => hasStopped(house.db, addressPrint(house.keys, address))));
    expect((await page.post("/keep/asking", { ownerEmail: hers, ownerNumber: number, ownerLanguage: "en" })).to).toBe("/keep");
    expect(await stopped()).toEqual([true, true, true]);
    await page.post("/keep/asking", { ownerEmail: "Moms@circle.example", ownerNumber: "", ownerLanguage: "en" });
    expect(await stopped(), "the one to which her own link came").toEqual([true, true, false]);
  });

  it("holds for a letter that already waits", async () => {
    const id = await makeListing(house);
    const { token } = await ownerLink(house, id, "en", "late@circle.example");
    await inTransaction(house, (act) => sendOwnerLink(house, act, id, { way: "email", address: "late@circle.example", language: "en" }));
    await app.request(`/keep/${token}/stop`, { method: "POST" });
    const letters = house.letters.length;
    await sendAsks(house);
    expect(house.letters.length).toBe(letters);
  });
});

test("an owner without a house of letters is offered none", async () => {
  const id = await makeListing(house);
  const without = { ...house, delivery: { ...house.delivery, email: { canSend: false, send: () => Promise.resolve() } } };
  expect(await inTransaction(without, (act) => sendOwnerLink(without, act, id, { way: "email", address: "a@circle.example", language: "en" }))).toBe("cannotSend");
});

test.each<Kind>(["group", "provider", "warmline", "resource", "crisis_line"])("her page of a %s is whole in both languages", async (kind) => {
  const id = await makeListing(house, { kind, description: "We meet on Tuesdays.", terms: ["p_babies"], accepting: "yes" });
  for (const language of ["en", "es"] as const) {
    const { page } = await anOwner(id, language);
    const { status, text } = await page.get("/keep");
    expect(status).toBe(200);
    expect(text).toContain(language === "en" ? "All of this is right" : "Todo esto sigue igual");
    expect(text.includes('action="/keep/room"')).toBe(kind === "group" || kind === "provider");
  }
});

test("links and asks go long after their end, and not before", async () => {
  const id = await makeListing(house);
  await ownerLink(house, id);
  const left = async () => [await house.db.selectFrom("owner_links").select("token_hash").where("service_id", "=", id).execute(), await house.db.selectFrom("owner_asks").select("id").where("service_id", "=", id).execute()].map(({ length }) => length);
  house.passTime({ hours: 209 * 24 });
  await forgetOldAsks(house);
  expect(await left()).toEqual([1, 1]);
  house.passTime({ hours: 2 * 24 });
  await forgetOldAsks(house);
  expect(await left()).toEqual([0, 1]);
  house.passTime({ hours: 200 * 24 });
  await forgetOldAsks(house);
  expect(await left()).toEqual([0, 0]);
});

test("nobody is silent yet", async () => expect(await silentOwners(house.db, house.now())).toEqual([]));
