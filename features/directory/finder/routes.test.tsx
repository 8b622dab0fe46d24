import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listTheStreet } from "../../../cast/listings.ts";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { App } from "../../../platform/http/app.tsx";
import { directoryApp, makeListing } from "../factory.ts";
import { relist } from "../listing/commands.ts";

let house: TestHouse;
let app: App;
beforeAll(async () => {
  house = await openTestHouse();
  app = directoryApp(house);
  await listTheStreet(house);
});
const start = "2026-11-24T11:00:00Z";
beforeEach(() => house.setClock(start));

const english = { "accept-language": "en-US" };
const get = async (headers: Record<string, string> = english) => app.request("/find", { headers });
const post = async (fields: Record<string, string | readonly string[]>, headers: Record<string, string> = english) => {
  const body = new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string])));
  return (await app.request("/find", { method: "POST", body, headers })).text();
};
/** The names on the cards, near her and from anywhere. */
const names = (html: string) => {
  const [near = "", anywhere = ""] = html.includes('id="found-near"') ? html.slice(html.indexOf('id="found-near"')).split('id="found-anywhere"') : ["", html.slice(html.indexOf('id="found-anywhere"'))];
  const of = (part: string) => Array.from(part.matchAll(/<h3><a href="\/listings\/[^"]+">([^<]+)<\/a>/g), ([, name]) => name);
  return { near: of(near), anywhere: of(anywhere) };
};

describe("the search page", () => {
  it("opens with the numbers for danger, one box for what and one for where, and the lines of her country", async () => {
    const html = await (await get()).text();
    expect(html).toContain('href="tel:988"');
    expect(html).toMatch(/<label[^>]*for="need">What do you need\?/);
    expect(html).toMatch(/<label[^>]*for="place">ZIP or town/);
    expect(names(html).anywhere).toEqual(expect.arrayContaining(["Lantern Warmline", "Night Watch for NICU Parents"]));
  });

  it("is the only page that may ask where she is", async () => expect((await get()).headers.get("permissions-policy")).toContain("geolocation=(self)"));

  it("weighs little", async () => expect(Buffer.byteLength(await (await get({ ...english, "accept-encoding": "gzip" })).arrayBuffer().then((bytes) => Buffer.from(bytes)))).toBeLessThan(20_000));
});

describe("an answer without scripts", () => {
  it("has what is near first, within her reach, and then what is there for everybody", async () => {
    const html = await post({ need: "support group", place: "90012", reach: "10" });
    expect(names(html).near).toEqual(["Circle of Lanterns", "Dads on the Porch", "Luna Llena", "The Quiet Room"]);
    expect(names(html).anywhere).toEqual(["Night Watch for NICU Parents"]);
    expect(html).toContain("Within 10 miles: 4");
  });

  it("in Puerto Rico is what is listed there, under its own code or the United States', and short codes of both work", async () => {
    const near = { at: { latitude: 18.4, longitude: -66.06 }, city: "San Juan", postalCode: "00901" };
    await makeListing(house, { name: "Isla Uno", ...near, region: "PR", country: "US" });
    await makeListing(house, { name: "Isla Dos", ...near, region: "", country: "PR" });
    const line = await makeListing(house, { name: "Isla 911", kind: "warmline", at: undefined, phone: "+17875550123", country: "PR" });
    await house.db.updateTable("phones").set({ number: "911", dial: "911", dial_kind: "short", country: "PR" }).where("service_id", "=", line).execute();
    await inTransaction(house, (act) => relist(act, [line]));
    const fromThere = { "accept-language": "es-PR" };
    const html = await post({ need: "isla", place: "00901" }, fromThere);
    expect([names(html).near.toSorted(), names(html).anywhere]).toEqual([["Isla Dos", "Isla Uno"], ["Isla 911"]]);
    expect(html).toContain('href="tel:911"');
    expect(names(await post({ need: "" }, fromThere)).anywhere, "lines of the United States too").toEqual(expect.arrayContaining(["Isla 911", "Lantern Warmline"]));
    const there = await (await app.request("/near/us-pr", { headers: fromThere })).text();
    expect(there.slice(there.indexOf("Isla 911"))).toContain('href="tel:911"');
    const elsewhere = await (await app.request("/near/us-pr", { headers: { "accept-language": "fr-FR" } })).text();
    expect(elsewhere.slice(elsewhere.indexOf("Isla 911"))).not.toContain('href="tel:911"');
    await house.db.deleteFrom("services").where("name", "like", "Isla %").execute();
  });

  it("keeps what she typed in the boxes and nowhere else", async () => {
    const html = await post({ need: "gruppo xylophone", place: "90012", facet: ["w_dads", "l_es"], room: "yes" });
    expect(html.match(/xylophone/g)).toHaveLength(1);
    expect(html).toMatch(/name="room" value="yes" checked/);
    expect(html).toMatch(/value="w_dads" checked/);
    expect(html).not.toMatch(/href="[^"]*(xylophone|90012)/);
  });

  it("takes choices, and only those with a fresh yes where room was asked for", async () => {
    expect(names(await post({ place: "los angeles", facet: ["l_es"], room: "yes" })).near).toEqual(["Luna Llena", "Puerta Abierta"]);
    house.passTime({ hours: 24 * 7 });
    expect(names(await post({ place: "los angeles", facet: ["l_es"], room: "yes" })).near).toEqual(["Luna Llena"]);
    house.passTime({ hours: 24 * 14 });
    expect(names(await post({ place: "los angeles", facet: ["l_es"], room: "yes" })).near).toEqual([]);
  });

  it("says plainly how sure it is of each", async () => {
    const html = await post({ place: "90012" });
    for (const words of ["Checked by phone on November 21", "They confirmed it on November 18", "Nobody has checked this yet", "Not checked since August 6", "Two people could not reach this", "Has room now", "We do not know if they have room"]) expect(html).toContain(words);
  });

  it("puts what is in doubt last, and lets it go a day later", async () => {
    expect(names(await post({ place: "90012" })).near.slice(-3)).toContain("Casserole Club");
    house.passTime({ hours: 25 });
    expect(names(await post({ place: "90012" })).near).not.toContain("Casserole Club");
  });

  it("goes farther when nothing is near, and says so", async () => {
    const html = await post({ need: "diapers", place: "Ventura, CA", reach: "10" });
    expect(names(html).near).toEqual(["Little Feet Diaper Bank"]);
    expect(html).toContain("Nothing within 10 miles. These are the nearest.");
  });

  it("says what to do when there is nothing at all", async () => {
    const html = await post({ need: "diapers", place: "Anchorage, AK" });
    expect(names(html).near).toEqual([]);
    expect(html).toContain("Nothing is listed here yet");
    expect(html).toContain('href="/message"');
  });

  it("does not know every place, and says how to name one", async () => {
    const html = await post({ place: "xyzzy" });
    expect(html).toContain("We do not know that place.");
    expect(names(html).anywhere.length).toBeGreaterThan(0);
  });

  it("offers the other towns of a name as buttons, which answer for the box", async () => {
    const html = await post({ place: "springfield" });
    expect(html).toContain("Near Springfield, MA");
    expect(html).toMatch(/name="other" value="Springfield, IL"/);
    expect(await post({ place: "springfield", other: "Springfield, IL" })).toContain("Near Springfield, IL");
  });

  it("draws them on the map of their region, and says the same in words", async () => {
    const html = await post({ place: "90012" });
    expect(html).toMatch(/<svg class="map num" role="img" aria-label="Map: Los Angeles \d+\. Each is in the list\."/);
  });

  it("takes ready words by a button", async () => expect(await post({ need: "", try: "Diapers", place: "90012" })).toContain("Little Feet Diaper Bank"));

  it("speaks Spanish, with its plurals and words as they are typed there", async () => {
    const html = await post({ need: "ayuda con pañales", place: "los ángeles" }, { "accept-language": "es-US" });
    expect(names(html).near).toEqual(["Little Feet Diaper Bank"]);
    expect(html).toContain("Nadie ha revisado esto todavía");
  });

  it("survives whatever is posted", async () => {
    for (const fields of [{ need: "x".repeat(100_000) }, { facet: Array.from({ length: 500 }, (_, at) => `w_${at}`) }, { reach: "1e99", room: "maybe" }, { place: "' or 1=1 --" }, { need: "<script>", place: "\u0000" }]) expect(await post(fields)).toContain('id="found-anywhere"');
  });
});
