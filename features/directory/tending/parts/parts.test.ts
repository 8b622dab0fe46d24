import { beforeEach, describe, expect, it } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import { makeMember } from "../../../accounts/factory.ts";
import { areaCounts, lookedAfterBy } from "../../areas/queries.ts";
import { byImport, makeListing } from "../../factory.ts";
import { areasOver } from "../../hsds/asks/queries.ts";
import { countLedger } from "../../ledger/commands.ts";
import { ledgerNow } from "../../ledger/queries.ts";
import type { AreaId } from "../../types.ts";
import { tendedDirectory } from "../factory.ts";

const house = await openTestHouse();
house.setClock("2026-11-26T15:00:00Z");
const { app, coordinator, volunteer } = await tendedDirectory(house);
const { member_id } = await house.db.selectFrom("member_roles").select("member_id").where("role", "=", "coordinator").executeTakeFirstOrThrow();
beforeEach(async () => {
  await house.db.deleteFrom("services").execute();
  for (const table of ["coordinator_seats", "seat_offers", "ledger_days", "audit_entries"] as const) await house.db.deleteFrom(table).execute();
  await house.db.deleteFrom("areas").where("id", "like", "%/%").execute();
});

const get = (path: string, cookie = coordinator) => app.request(path, { headers: { cookie } });
const text = async (path: string, cookie = coordinator) => (await get(path, cookie)).text();
const post = (path: string, fields: Readonly<Record<string, string>>, cookie = coordinator) =>
  app.request(path, { method: "POST", body: new URLSearchParams(fields), headers: { cookie, "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" } });

const coast = { region: "US-CA", nameEn: "Central Coast", nameEs: "Costa Central", prefixes: "931, 934" };
const id = "US-CA/central-coast" as AreaId;
const named = (more: Readonly<Record<string, string>> = {}) => post("/tend/areas/parts", { ...coast, ...more });
const seat = (area: string, member = member_id) => post("/tend/areas", { area, member });
const inCoast = { name: "Harbor Circle", postalCode: "93101-1204", city: "Santa Barbara", by: byImport };
const inLosAngeles = { name: "Freeway Circle", by: byImport };

describe("a part of a region", () => {
  it("is named on the desk, in both languages, and has a page of its own that its region leads to", async () => {
    expect((await named()).status).toBe(303);
    expect(await text("/near/us-ca.central-coast", "")).toContain("Help in Central Coast");
    expect(await (await app.request("/near/us-ca.central-coast", { headers: { "accept-language": "es" } })).text()).toContain("Ayuda en Costa Central");
    expect(await text("/near/us-ca", "")).toContain('href="/near/us-ca.central-coast"');
    expect(await text("/near/us-ca.central-coast", "")).toContain("All of California");
    expect(await text("/tend/areas/parts")).toContain("931, 934");
    expect((await post("/near", { place: "costa cen" }, "")).headers.get("location")).toBe("/near/us-ca.central-coast");
    expect(await house.db.selectFrom("audit_entries").select(["act", "reason"]).where("act", "=", "named_part").execute()).toEqual([{ act: "named_part", reason: id }]);
  });

  it("has the listings whose postal codes begin so, and the lines of its region; the region keeps all", async () => {
    await makeListing(house, inCoast);
    await makeListing(house, inLosAngeles);
    await makeListing(house, { ...inCoast, name: "Same Digits, Elsewhere", region: "TX" });
    await makeListing(house, { name: "Region Line", kind: "warmline" });
    await named();
    const page = await text("/near/us-ca.central-coast", "");
    expect(["Harbor Circle", "Freeway Circle", "Same Digits, Elsewhere", "Region Line"].map((name) => page.includes(name))).toEqual([true, false, false, true]);
    const region = await text("/near/us-ca", "");
    expect(["Harbor Circle", "Freeway Circle"].map((name) => region.includes(name))).toEqual([true, true]);
    const counts = await areaCounts(house.db, house.now());
    expect([counts.get(id)?.shown, counts.get("US-CA" as AreaId)?.shown]).toEqual([1, 3]);
    expect(await areasOver(house.db, "US", "CA", "93101")).toEqual(["US", "US-CA", id]);
    await countLedger(house);
    expect((await ledgerNow(house.db))?.areas.map(({ area, shown }) => [area, shown])).toEqual([["US", 4], ["US-CA", 3], [id, 1], ["US-TX", 1]]);
    expect(await text("/freshness", "")).toContain("Central Coast");
  });

  it("has seats of its own: its queue is hers, she is called about it, and the region's coordinator about the rest", async () => {
    const [harbor, freeway] = [await makeListing(house, inCoast), await makeListing(house, inLosAngeles)];
    const other = await makeMember(house, ["coordinator"]);
    await named();
    expect((await seat(id)).status).toBe(303);
    await seat("US-CA", other);
    const queue = await text("/tend");
    expect([queue.includes("Harbor Circle"), queue.includes("Freeway Circle"), queue.includes("Your places: Central Coast")]).toEqual([true, false, true]);
    expect(await lookedAfterBy(house.db, harbor, house.now())).toEqual([member_id as MemberId]);
    expect(await lookedAfterBy(house.db, freeway, house.now())).toEqual([other]);
    expect(await text("/near/us-ca.central-coast", "")).toContain("A coordinator looks after Central Coast");
    expect(await text("/tend/areas")).toContain("End the seat of");
    await house.db.deleteFrom("coordinator_seats").where("area_id", "=", id).execute();
    expect(await lookedAfterBy(house.db, harbor, house.now()), "a part without a seat is the region's").toEqual([other]);
  });

  it.each([
    [{ prefixes: "900, 9312" }, "prefixes", "Codes that begin with 9312 are in Central Coast already."],
    [{ prefixes: "93" }, "prefixes", "Codes that begin with 93 are in Central Coast already."],
    [{ prefixes: "900, 787" }, "prefixes", "No postal code in California begins with 787."],
    [{ prefixes: "900x" }, "prefixes", "No postal code in California begins with 900X."],
    [{ prefixes: " , " }, "prefixes", "Say how its postal codes begin"],
    [{ nameEs: " " }, "nameEs", "Give it a name in both languages."],
    [{ nameEn: "Central  coast" }, "nameEn", "The region has a part of that name already."],
    [{ nameEn: "The Coast" }, "nameEn", "The region has a part of that name already."],
    [{ region: "US" }, "region", "Choose a region."],
    [{ region: "US-CA/central-coast" }, "region", "Choose a region."],
    [{ region: "FR", prefixes: "75" }, "region", "We do not know the postal codes of France yet."],
  ])("is refused kindly for %o, and what was typed stays", async (wrong, field, sentence) => {
    await named();
    const typed = { nameEn: "Deep South", nameEs: "Muy al Sur", prefixes: "900", ...("nameEn" in wrong && wrong.nameEn === "The Coast" ? { nameEs: "costa central" } : {}), ...wrong };
    const answer = await named(typed);
    const html = await answer.text();
    expect([answer.status, html.includes(sentence), html.includes(`href="#${field}"`)]).toEqual([422, true, true]);
    expect(html).toContain(`value="${typed.nameEn}"`);
    expect(html).toContain(`value="${typed.prefixes}"`);
    expect(await house.db.selectFrom("areas").select("id").where("id", "like", "%/%").execute()).toEqual([{ id }]);
  });

  it("may begin like another region's", async () => {
    expect((await named({ region: "US-TX", prefixes: "733" })).status).toBe(303);
    expect((await named({ region: "US-OK", prefixes: "73" })).status).toBe(303);
  });

  it("is never two that share a code, however many name it at once", async () => {
    const answers = await Promise.all(["North", "South", "East"].map((name) => named({ nameEn: name, nameEs: name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422]);
  });

  it("is ended: its seats with it, offers and entries are the region's, and its page leads there", async () => {
    await makeListing(house, inCoast);
    await named();
    await seat(id);
    await post("/near/us-ca.central-coast/offer", { name: "Inés", contact: "ines@lantern.example" }, "");
    expect(await text("/tend/areas")).toContain("Central Coast");
    await countLedger(house);
    expect((await post("/tend/areas/parts/end", { area: id })).status).toBe(303);
    expect(await house.db.selectFrom("coordinator_seats").select("area_id").where("until", "is", null).execute()).toEqual([]);
    expect(await house.db.selectFrom("seat_offers").select("area_id").execute()).toEqual([{ area_id: "US-CA" }]);
    expect((await get("/near/us-ca.central-coast", "")).headers.get("location")).toBe("/near/us-ca");
    expect((await get("/near/us-ca.nowhere", "")).status).toBe(404);
    expect(await text("/near/us-ca", "")).toContain("Harbor Circle");
    expect((await ledgerNow(house.db))?.areas.map(({ area }) => area)).toEqual(["US", "US-CA"]);
    expect((await post("/tend/areas/parts/end", { area: id })).status).toBe(404);
    expect((await post("/tend/areas/parts/end", { area: "US-CA" })).status).toBe(404);
    expect(await (await seat(id)).text()).toContain("Choose a place.");
  });

  it("stands again under its old address, with the codes it is given then", async () => {
    await named();
    await post("/tend/areas/parts/end", { area: id });
    expect((await named({ prefixes: "934" })).status).toBe(303);
    expect(await house.db.selectFrom("areas").select(["id", "postal_prefixes", "until"]).where("parent", "=", "US-CA").execute()).toEqual([{ id, postal_prefixes: ["934"], until: null }]);
  });

  it("is a coordinator's alone to name and to end", async () => {
    await named();
    expect((await get("/tend/areas/parts", volunteer)).status).toBe(404);
    expect((await post("/tend/areas/parts", { ...coast, prefixes: "900" }, volunteer)).status).toBe(404);
    expect((await post("/tend/areas/parts/end", { area: id }, volunteer)).status).toBe(404);
    expect((await get("/near/us-ca.central-coast", "")).status).toBe(200);
  });
});
