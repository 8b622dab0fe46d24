import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listTheStreet, listingsOfTheStreet } from "../../../cast/listings.ts";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import type { App } from "../../../platform/http/app.tsx";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { state } from "../claims/commands.ts";
import { directoryApp, makeListing } from "../factory.ts";
import type { AreaId, ServiceId } from "../types.ts";
import { isSunk } from "../claims/now/rules.ts";
import { findListings, listingsOfShard, untokened } from "../finder/queries.ts";
import { packShard, unpackShard } from "../finder/shards/rules.ts";
import { askFor } from "../finder/rules.ts";
import { relist } from "./commands.ts";

const start = "2026-11-24T18:00:00Z";
let house: TestHouse;
let app: App;
beforeAll(async () => {
  house = await openTestHouse();
  house.setClock(start);
  app = directoryApp(house);
  await listTheStreet(house);
});
beforeEach(() => house.setClock(start));

const serviceId = async (name: string) => (await house.db.selectFrom("services").select("id").where("name", "=", name).executeTakeFirstOrThrow()).id as ServiceId;
const listingId = async (name: string) => (await house.db.selectFrom("listings").select("id").where("service_id", "=", await serviceId(name)).executeTakeFirstOrThrow()).id;
const english = { "accept-language": "en-US" };
const get = async (path: string, headers: Record<string, string> = {}) => app.request(path, { headers: { ...english, ...headers } });
const page = async (name: string, headers: Record<string, string> = {}) => (await (await get(`/listings/${await listingId(name)}`, headers)).text()).replaceAll("\u2011", "-").replaceAll(/[\u00a0\u202f]/g, " ");
/** A fact's words and who says so. */
const fact = (html: string, name: string) => {
  const [, value = "", by = ""] = new RegExp(`<dt class="soft">${name}</dt><dd[^>]*>(.*?)</dd><dd[^>]*>(.*?)</dd>`).exec(html) ?? [];
  return [value.replace(/<\/li><li>/g, " | ").replace(/<[^>]+>/g, ""), by];
};

describe("a listing's page", () => {
  it("has the number to tap first, with its extension, then the others", async () => {
    const html = await page("Amara Osei, therapist");
    const acts = Array.from(html.matchAll(/<a class="btn num (?:rounded-box|min-h-14)[^"]*" href="([^"]+)"/g), ([, href = ""]) => href.replace(/listings\/[^/]+/, "listings/…"));
    expect(acts).toEqual(["tel:+13235550108;ext=12", "mailto:hello@osei.lantern.example", "geo:34.07,-118.31?q=212%20Lantern%20Avenue%2C%20Suite%204%2C%20Los%20Angeles%2C%20CA", "/listings/…/card.vcf"]);
    expect(html).toContain("Call 323-555-0108, extension 12");
  });

  it("says of each thing who says so, and when", async () => {
    const html = await page("Amara Osei, therapist");
    const call = "checked by phone, November 16";
    expect(fact(html, "Open")).toEqual(["Monday to Friday: 9:00 AM to 5:00 PM | Times are in Pacific Time.", call]);
    expect(fact(html, "Cost")).toEqual(["Pay what you can | Sliding scale from 40 dollars.", call]);
    expect(fact(html, "Languages")).toEqual(["English, French", call]);
    expect(fact(html, "Training and licences")).toEqual(["Trained in mental health around birth (PMH-C), PMH-C 0108, we checked it on September 14", call]);
    expect(fact(html, "Where")[0]).toBe("212 Lantern Avenue, Suite 4 | Los Angeles, CA, 90004");
    expect(html.match(/<dt/g)?.length).toBe(html.match(/<dd class="soft num text-sm">[^<]+/g)?.length);
  });

  it("keeps apart what the provider says, what a list says, and what nobody checked", async () => {
    expect(fact(await page("Luna Llena"), "Contact")[1]).toBe("the provider, November 18");
    const diapers = await page("Little Feet Diaper Bank");
    expect(fact(diapers, "Contact")[1]).toBe("from Lantern 211, November 4. Not checked by us");
    expect(diapers).toContain("It came from Lantern 211.");
    expect(fact(await page("Harbor Family Psychiatry"), "Contact")[1]).toBe("not checked since August 6");
  });

  it("says whether it is open now, in her own time where we know it", async () => {
    expect(await page("Amara Osei, therapist")).toContain("Open now until 5:00 PM (Pacific Time)");
    const inTexas = await page("Amara Osei, therapist", { cookie: "__Host-zone=America/Chicago" });
    expect(inTexas).toContain("Open now until 7:00 PM your time");
    expect(fact(inTexas, "Open")[0]).toBe("Monday to Friday: 9:00 AM to 5:00 PM (11:00 AM to 7:00 PM your time) | Times are in Pacific Time.");
    house.setClock("2026-11-25T02:00:00Z");
    expect(await page("Amara Osei, therapist", { cookie: "__Host-zone=America/Los_Angeles" })).toContain("Closed now. Opens Wednesday, November 25 at 9:00 AM your time");
  });

  it("never says that they have room when that answer has run out", async () => {
    expect(await page("Circle of Lanterns")).toContain("Has room now");
    house.passTime({ hours: 24 * 11 });
    const later = await page("Circle of Lanterns");
    expect(later).not.toContain("Has room now");
    expect(later).toContain("We do not know if they have room");
  });

  it("lets go of a thing that nobody confirmed for twice its time, and keeps the rest", async () => {
    const id = await makeListing(house, { name: "Old prices", fees: "Ten dollars" });
    house.passTime({ hours: 24 * 100 });
    for (const field of ["about", "contact", "languages"] as const) await inTransaction(house, (act) => state(act, id, [{ field, value: "as shown" }], { source: "the provider", method: "owner_link" }));
    house.passTime({ hours: 24 * 40 });
    const html = await page("Old prices");
    expect(fact(html, "Contact")[0]).toContain("213");
    expect(fact(html, "Cost")).toEqual(["", ""]);
  });

  it("while only what it is and its number are confirmed for two years, says nothing else of it anywhere, and nothing finds it by that", async () => {
    const everyDay = "MO,TU,WE,TH,FR,SA,SU";
    const id = await makeListing(house, { name: "Two years", kind: "provider", hours: [[everyDay, "00:00", "23:59"]], fees: "Ten dollars", terms: ["i_medicaid", "c_free", "w_dads"], languages: ["hmn"] });
    const by = async (facet: string) => (await findListings(house.db, askFor("", { facets: [[facet]], accepting: false, near: undefined, within: undefined, country: undefined }), house.now(), 100)).some(({ listing }) => listing.serviceId === id);
    const words = async () => {
      const card = (await (await get(`/listings/${await listingId("Two years")}/card.vcf`)).text()).replaceAll("\r\n ", "");
      const html = await page("Two years");
      return [html.includes("Open at any hour"), html.includes("Medicaid"), html.includes("Hmong"), html.includes("geo:"), card.includes("Open:"), card.includes("ADR"), card.includes("GEO")];
    };
    const facets = ["i_medicaid", "c_free", "w_dads", "l_hmn"];
    expect([await words(), await Promise.all(facets.map(by))]).toEqual([Array(7).fill(true), Array(4).fill(true)]);
    for (let month = 0; month < 24; month++) {
      house.passTime({ hours: 24 * 30 });
      for (const field of ["about", "contact"] as const) await inTransaction(house, (act) => state(act, id, [{ field, value: "as shown" }], { source: "the provider", method: "owner_link" }));
    }
    expect([await words(), await Promise.all(facets.map(by))]).toEqual([Array(7).fill(false), Array(4).fill(false)]);
    expect(fact(await page("Two years"), "Contact")[0]).toContain("213");
  });

  it("speaks Spanish", async () => {
    const html = await page("Puerta Abierta", { "accept-language": "es-US" });
    expect(html).toContain("Llamar al 323-555-0110");
    expect(fact(html, "Horario")[0]).toBe("Lunes a jueves: 8:30 a.m. a 6:00 p.m. | Sábado: 9:00 a.m. a 1:00 p.m. | Las horas son en hora del Pacífico.");
    expect(fact(html, "Contacto")[1]).toBe("quien da la ayuda, 13 de noviembre");
  });

  it("offers a short code in its own country alone", async () => {
    const id = await makeListing(house, { name: "Short line", kind: "warmline", at: undefined });
    await house.db.updateTable("phones").set({ number: "024", dial: "024", dial_kind: "short", country: "FR" }).where("service_id", "=", id).execute();
    await inTransaction(house, (act) => relist(act, [id]));
    expect(await page("Short line")).not.toContain('href="tel:024"');
    expect(fact(await page("Short line"), "Contact")[0]).not.toContain("024");
    const there = await page("Short line", { "accept-language": "fr-FR" });
    expect(there).toContain('href="tel:024"');
    expect(there).toContain(">024<");
  });

  it("puts a number for talking before a textphone and a fax, and says which is which", async () => {
    const id = await makeListing(house, { name: "Many numbers", at: undefined });
    const more = (type: string | null, last: number, first: string) => ({ id: `${first}${randomUUID().slice(8)}`, service_id: id, type, number: `213-555-010${last}`, dial: `+1213555010${last}`, dial_kind: "e164", country: "US" });
    await house.db.insertInto("phones").values([more("fax", 1, "00000000"), more("textphone", 2, "00000001"), more("TTY", 3, "00000002"), more("cell", 4, "ffffffff")]).execute();
    await inTransaction(house, (act) => relist(act, [id]));
    const { card } = await house.db.selectFrom("listings").select("card").where("service_id", "=", id).executeTakeFirstOrThrow();
    expect(card).toMatchObject({ phone: { dial: "+12135550123" } });
    const html = await page("Many numbers");
    expect(Array.from(html.matchAll(/href="tel:([^"]+)"/g), ([, to]) => to).filter((to) => to?.startsWith("+1213"))).toEqual(["+12135550123", "+12135550104", "+12135550102", "+12135550103"]);
    expect(html).toContain("Textphone (TTY) 213-555-0102");
    expect(fact(html, "Contact")[0]).toBe("213-555-0123 | 213-555-0104 | 213-555-0102 · textphone (TTY) | 213-555-0103 · textphone (TTY) | 213-555-0101 · fax");
    await house.db.deleteFrom("phones").where("service_id", "=", id).where("type", "in", ["voice", "cell"]).execute();
    await inTransaction(house, (act) => relist(act, [id]));
    expect((await house.db.selectFrom("listings").select("card").where("service_id", "=", id).executeTakeFirstOrThrow()).card, "no machine's number as the one to call").not.toHaveProperty("phone");
  });

  it("never shows a letter box as a place to go to", async () => {
    const id = await makeListing(house, { name: "Two addresses" });
    const { location_id } = await house.db.selectFrom("services_at_locations").select("location_id").where("service_id", "=", id).executeTakeFirstOrThrow();
    await house.db.insertInto("addresses").values({ id: "00000000-0000-4000-8000-000000000009", location_id, address_1: "P.O. Box 7", city: "Pasadena", state_province: "CA", postal_code: "91101", country: "US", address_type: "postal" }).execute();
    await inTransaction(house, (act) => relist(act, [id]));
    expect(fact(await page("Two addresses"), "Where")[0]).toBe("12 Lantern Street | Los Angeles, CA, 90012");
    await house.db.deleteFrom("addresses").where("location_id", "=", location_id).where("address_type", "=", "physical").execute();
    await house.db.updateTable("locations").set({ latitude: null, longitude: null }).where("id", "=", location_id).execute();
    await inTransaction(house, (act) => relist(act, [id]));
    const html = await page("Two addresses");
    expect([fact(html, "Where"), html.includes("P.O. Box"), html.includes('href="geo:')]).toEqual([["", ""], false, false]);
    const row = await house.db.selectFrom("listings").select(["area_id", "latitude", "card"]).where("service_id", "=", id).executeTakeFirstOrThrow();
    expect([row.area_id, row.latitude !== null, JSON.stringify(row.card).includes("Pasadena")], "it is found around there all the same").toEqual(["US-CA", true, false]);
  });
});

describe("what is not there, or not now", () => {
  it("is not found when there never was any", async () => {
    for (const id of ["nothing", "15a068e1-cd07-4ab8-818e-45f77f2daad9"]) expect((await get(`/listings/${id}`)).status).toBe(404);
  });

  it("one that was found to be another's double leads there", async () => {
    const [first, second] = [await makeListing(house, { name: "One" }), await makeListing(house, { name: "Other" })];
    const old = await listingId("One");
    const target = await listingId("Other");
    await house.db.updateTable("services").set({ merged_into: second }).where("id", "=", first).execute();
    await inTransaction(house, (act) => relist(act, [first]));
    const answer = await get(`/listings/${old}`);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/listings/${target}`]);
    expect((await get(`/listings/${second}`)).status).toBe(200);
  });

  it("one that closed is gone, kindly, with others of its kind", async () => {
    const id = await makeListing(house, { name: "Closed circle" });
    const at = `/listings/${await listingId("Closed circle")}`;
    await house.db.updateTable("services").set({ status: "defunct" }).where("id", "=", id).execute();
    await inTransaction(house, (act) => relist(act, [id]));
    const answer = await get(at);
    const html = await answer.text();
    expect(answer.status).toBe(410);
    expect(html).toContain("Closed circle is not listed any more");
    expect(html).not.toContain("213");
    expect(html).toContain('href="/find"');
  });

  it("one that is closed for a time says so, is below others and has no room, and is not said to be open", async () => {
    const wanted = { hours: [["MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59"]], accepting: "yes" } as const;
    const id = await makeListing(house, { name: "Summer break", ...wanted });
    await makeListing(house, { name: "Goes on", ...wanted });
    expect(await page("Summer break")).toContain("Has room now");
    await house.db.updateTable("services").set({ status: "temporarily closed" }).where("id", "=", id).execute();
    await inTransaction(house, (act) => relist(act, [id]));
    const html = await page("Summer break");
    expect(html).toContain("They are closed for a time.");
    expect(html).toContain("Closed for now");
    expect(html).not.toMatch(/Open at any hour|Has room now|openingHours/);
    expect(await page("Summer break", { "accept-language": "es" })).toContain("Cerrado por ahora");
    expect(await (await get(`/listings/${await listingId("Summer break")}/card.vcf`)).text()).not.toContain("Open:");
    const found = (await findListings(house.db, askFor("", { facets: [], accepting: false, near: { latitude: 34.06, longitude: -118.24 }, within: undefined, country: "US" }), house.now(), 500)).map(({ listing }) => listing.card.name);
    expect(found.indexOf("Goes on")).toBeLessThan(found.indexOf("Summer break"));
    const [row] = unpackShard(packShard((await Array.fromAsync(listingsOfShard(house.db, "US-CA" as AreaId))).flat().filter((one) => one.serviceId === id).map(untokened), "US-CA"));
    expect([row?.card.closedForNow, row && isSunk(row, house.now().epochMilliseconds)], "also on her phone").toEqual([true, true]);
  });

  it("one in doubt says so, and is not shown a day later, nor is its number", async () => {
    const at = `/listings/${await listingId("Casserole Club")}`;
    expect(await (await get(at)).text()).toContain("Two people could not reach this");
    house.passTime({ hours: 25 });
    const later = await get(at);
    const html = await later.text();
    expect([later.status, html.includes("We do not show Casserole Club now"), html.includes("5550113")]).toEqual([410, true, false]);
    expect(html).toContain("Little Feet Diaper Bank");
  });

  it("a crisis line that nobody confirmed stays, below the numbers of the country", async () => {
    await makeListing(house, { name: "Old crisis line", kind: "crisis_line", at: undefined });
    house.passTime({ hours: 24 * 200 });
    const html = await page("Old crisis line");
    expect(html).toContain("Use these numbers first");
    expect(html.indexOf('href="tel:988"')).toBeLessThan(html.indexOf('href="tel:+12135550123"'));
  });
});

it("an address book gets its numbers, hours and how sure we were", async () => {
  const answer = await get(`/listings/${await listingId("Amara Osei, therapist")}/card.vcf`);
  const card = (await answer.text()).replaceAll("\r\n ", "").replaceAll(/[\u00a0\u202f]/g, " ");
  expect(answer.headers.get("content-type")).toBe("text/vcard; charset=utf-8");
  for (const line of ["FN:Amara Osei\\, therapist", "TEL;VALUE=uri;TYPE=voice:tel:+13235550108;ext=12", "GEO:geo:34.07,-118.31", "NOTE:Open: Monday to Friday: 9:00 AM to 5:00 PM\\nChecked by phone on November 16"]) expect(card).toContain(line);
});

describe("telling us that it is wrong", () => {
  const post = async (name: string, fields: Record<string, string>, headers: Record<string, string> = {}) => app.request(`/listings/${await listingId(name)}/report`, { method: "POST", body: new URLSearchParams(fields), headers: { ...english, ...headers } });
  const reports = (id: ServiceId) => house.db.selectFrom("listing_reports").selectAll().where("service_id", "=", id).execute();

  it("takes one tap, and says what happens now", async () => {
    const html = await (await post("Milk and Moon", { kind: "cannot_reach" })).text();
    expect(html).toContain("A coordinator calls them.");
    expect(await reports(await serviceId("Milk and Moon"))).toHaveLength(1);
  });

  it("the same person again is told that we have it", async () => {
    const first = await post("Dads on the Porch", { kind: "full" });
    const cookie = first.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
    expect(await (await post("Dads on the Porch", { kind: "full" }, { cookie })).text()).toContain("You told us before");
    expect(await reports(await serviceId("Dads on the Porch"))).toHaveLength(1);
  });

  it("a crisis line that is not safe stays, and she is told so", async () => {
    await makeListing(house, { name: "Told of a line", kind: "crisis_line", at: undefined });
    const line = await (await post("Told of a line", { kind: "unsafe" })).text();
    expect([line.includes("A crisis line stays listed"), line.includes("Nobody sees it now")]).toEqual([true, false]);
  });

  it("one that is not safe is gone at once, and she is told whom to talk to", async () => {
    const id = await makeListing(house, { name: "Not safe" });
    const at = `/listings/${await listingId("Not safe")}`;
    const html = await (await post("Not safe", { kind: "unsafe", note: "He came to my door." })).text();
    expect(html).toContain("Nobody sees it now.");
    expect(html).toContain('href="/message"');
    expect(html).toContain('href="tel:988"');
    const gone = await get(at);
    const said = await gone.text();
    expect([gone.status, said.includes("something else that a person has to check"), said.includes("Nobody has confirmed it")]).toEqual([410, true, false]);
    expect((await reports(id))[0]?.note_sealed).toBeInstanceOf(Buffer);
    const second = await (await post("Not safe", { kind: "unsafe" })).text();
    expect([second.includes("Nobody sees it now, and it stays so"), second.includes("was called")], "of what was told before, nobody is called again").toEqual([true, false]);
  });

  it("what one network says too often changes nothing, and she is told so", async () => {
    await makeListing(house, { name: "Told too often" });
    const uncounted = await (await post("Told too often", { kind: "unsafe" })).text();
    expect([uncounted.includes("nothing changes in what others see"), uncounted.includes("Nobody sees it now"), uncounted.includes("was called")]).toEqual([true, false, false]);
    expect((await get(`/listings/${await listingId("Told too often")}`)).status).toBe(200);
  });

  it("an answer that is missing or too long is asked for again, with what was typed", async () => {
    const nothing = await post("Luna Llena", { note: "They moved." });
    const html = await nothing.text();
    expect([nothing.status, html.includes("Choose what happened."), html.includes("They moved.")]).toEqual([422, true, true]);
    expect((await post("Luna Llena", { kind: "wrong", note: "x".repeat(1001) })).status).toBe(422);
    expect(await reports(await serviceId("Luna Llena"))).toEqual([]);
  });

  it("of nothing is not found", async () => expect((await app.request("/listings/15a068e1-cd07-4ab8-818e-45f77f2daad9/report", { method: "POST", body: new URLSearchParams({ kind: "full" }) })).status).toBe(404));
});

it("every listing of the street opens, in both languages, with nothing undefined on it", async () => {
  for (const { name } of Object.values(listingsOfTheStreet))
    for (const language of ["en-US", "es-US"]) {
      const html = await page(name, { "accept-language": language });
      expect(html, name).toContain(name.replace("&", "&amp;"));
      expect(html, name).not.toMatch(/undefined|\[object|NaN/);
    }
});
