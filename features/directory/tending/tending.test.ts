import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { hashToken } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { ownerScope } from "../../../platform/http/scope.ts";
import { signedIn } from "../../network/factory.ts";
import { byImport, makeListing, reportUnreachable, stranger } from "../factory.ts";
import { findListings } from "../finder/queries.ts";
import { askFor } from "../finder/rules.ts";
import { relist } from "../listing/commands.ts";
import { keepOwnerContacts, sendAnew } from "../renewal/commands.ts";
import { ownerLink, sendAsks } from "../renewal/factory.ts";
import { reportListing } from "../reports/commands.ts";
import { reportsToRead } from "../reports/queries.ts";
import type { ServiceId } from "../types.ts";
import { tendedDirectory } from "./factory.ts";

const house = await openTestHouse();
house.setClock("2026-11-26T15:00:00Z");
const { app, coordinator, volunteer } = await tendedDirectory(house);
beforeEach(async () => {
  house.setClock("2026-11-26T15:00:00Z");
  await house.db.deleteFrom("services").execute();
  await house.db.deleteFrom("coordinator_seats").execute();
});

const get = async (path: string, cookie = coordinator) => app.request(path, { headers: { cookie } });
const text = async (path: string) => (await get(path)).text();
const post = (path: string, fields: readonly (readonly [string, string])[], cookie = coordinator) =>
  app.request(path, { method: "POST", body: new URLSearchParams(fields.map(([name, value]) => [name, value])), headers: { cookie, "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" } });
const shown = async () => (await findListings(house.db, askFor("", { facets: [], accepting: false, near: undefined, within: undefined, country: undefined }), house.now())).map(({ listing }) => listing.card.name);
const called = (id: ServiceId, ...fields: readonly (readonly [string, string])[]) => post(`/tend/${id}/call`, fields);

describe("the queue", () => {
  it("begins with a crisis line that nobody confirmed, and leaves out what is confirmed for longer", async () => {
    await makeListing(house, { name: "Calm Pantry", kind: "resource", by: byImport });
    await makeListing(house, { name: "Night Line", kind: "crisis_line", at: undefined, by: byImport });
    await makeListing(house, { name: "Sure Circle" });
    const html = await text("/tend");
    expect(html.indexOf("Night Line")).toBeGreaterThan(0);
    expect(html.indexOf("Calm Pantry")).toBeGreaterThan(html.indexOf("Night Line"));
    expect(html).not.toContain("Sure Circle");
  });

  it("is of her own places where she holds a seat, and of all when she asks", async () => {
    await makeListing(house, { name: "Texas Circle", region: "TX", by: byImport });
    await makeListing(house, { name: "California Circle", by: byImport });
    const { member_id } = await house.db.selectFrom("member_roles").select("member_id").where("role", "=", "coordinator").executeTakeFirstOrThrow();
    await house.db.insertInto("coordinator_seats").values({ area_id: "US-TX", member_id, since: house.now() }).execute();
    expect(await text("/tend")).toContain("Texas Circle");
    expect(await text("/tend")).not.toContain("California Circle");
    expect(await text("/tend/everywhere")).toContain("California Circle");
  });

  it("says so when there is nothing to do, in her places or at all", async () => {
    expect(await text("/tend")).toContain("Nothing in your places is to be looked at now");
    expect(await text("/tend/everywhere")).toContain("Nothing is to be looked at now");
  });

  it("is for coordinators alone", async () => {
    const id = await makeListing(house);
    for (const path of ["/tend", "/tend/areas", "/tend/duplicates", `/tend/${id}`]) expect((await get(path, volunteer)).status, path).toBe(404);
    expect((await post(`/tend/${id}/call`, [["outcome", "closed"]], volunteer)).status).toBe(404);
    expect(await shown()).toHaveLength(1);
  });
});

describe("a call", () => {
  it("that finds all right confirms every field, answers the reports and leaves the queue", async () => {
    const id = await makeListing(house, { name: "Quiet Circle", by: byImport });
    await reportUnreachable(house, id, "a".repeat(32));
    expect((await called(id, ["outcome", "all_right"], ["accepting", "waitlist"], ["waitDays", "14"])).status).toBe(303);
    const claims = await house.db.selectFrom("listing_claims").select(["field", "value", "verified_role"]).where("service_id", "=", id).where("superseded_at", "is", null).execute();
    expect(claims.every(({ verified_role }) => verified_role === "coordinator")).toBe(true);
    expect(claims).toEqual(expect.arrayContaining([expect.objectContaining({ field: "accepting", value: "waitlist" }), expect.objectContaining({ field: "wait", value: "14" })]));
    expect(await house.db.selectFrom("listing_reports").select("outcome").where("service_id", "=", id).execute()).toEqual([{ outcome: "confirmed" }]);
    expect(await text("/tend")).not.toContain("Quiet Circle");
  });

  it("that finds some of it right confirms only what was said", async () => {
    const id = await makeListing(house, { by: byImport });
    await called(id, ["outcome", "some_right"], ["confirmed", "contact"]);
    const claims = await house.db.selectFrom("listing_claims").select(["field"]).where("service_id", "=", id).where("verified_at", "is not", null).where("superseded_at", "is", null).execute();
    expect(claims).toEqual([{ field: "contact" }]);
  });

  it("that nobody answers changes nothing, and comes up again the next morning", async () => {
    const id = await makeListing(house, { name: "Silent Circle", by: byImport });
    await called(id, ["outcome", "no_answer"]);
    expect(await text("/tend")).not.toContain("Silent Circle");
    house.passTime({ hours: 17 });
    const nextDay = await signedIn(house, "coordinator", "next-day");
    expect(await (await get("/tend", nextDay)).text()).toContain("Silent Circle");
    expect(await (await get(`/tend/${id}`, nextDay)).text()).toContain("Nobody answered");
  });

  it("to an emergency number is never asked for: its sheet says to look it up", async () => {
    const id = await makeListing(house, { kind: "crisis_line", at: undefined, phone: undefined, by: byImport });
    await house.db.insertInto("phones").values({ id: randomUUID(), service_id: id, number: "911", type: "voice", dial: "911", dial_kind: "short", country: "US" }).execute();
    const html = await text(`/tend/${id}`);
    expect(html).toContain("Never ring this number to try it.");
    expect(html).not.toContain("tel:911");
  });

  it.each(["all_right", "wrong_number"])("that ends with '%s' leaves what is said to be unsafe hidden, with its note, until she says what she found", async (outcome) => {
    const id = await makeListing(house, { name: "Door Circle" });
    const frightened = stranger(`frightened ${outcome}`);
    await reportListing(house, { serviceId: id, kind: "unsafe", note: "A man asked where I live.", byWhom: frightened });
    expect(await text(`/tend/${id}`)).toContain("It is true. Take it out");
    await called(id, ["outcome", outcome]);
    expect(await shown()).toEqual([]);
    expect(await reportsToRead(house.db, house.keys, id)).toMatchObject([{ kind: "unsafe", note: "A man asked where I live." }]);
    await called(id, ["outcome", "no_answer"], ["unsafe", "not_so"]);
    expect(await reportsToRead(house.db, house.keys, id)).toEqual([]);
    expect(await shown()).toEqual(["Door Circle"]);
    expect(await text(`/tend/${id}`)).not.toContain("It is true. Take it out");
    await called(id, ["outcome", "no_answer"], ["unsafe", "removed"]);
    expect(await shown(), "what is decided already is not decided again").toEqual(["Door Circle"]);
  });

  it("that finds it unsafe indeed takes it out", async () => {
    const id = await makeListing(house);
    await reportListing(house, { serviceId: id, kind: "unsafe", byWhom: stranger("somebody else") });
    await called(id, ["outcome", "no_answer"], ["unsafe", "removed"]);
    expect(await house.db.selectFrom("listings").select("id").execute()).toEqual([]);
  });

  it("that reaches a stranger takes the number away", async () => {
    const id = await makeListing(house, { phone: "+12135550177" });
    await called(id, ["outcome", "wrong_number"]);
    expect(await house.db.selectFrom("phones").select("id").where("service_id", "=", id).execute()).toEqual([]);
    const { card } = await house.db.selectFrom("listings").select("card").where("service_id", "=", id).executeTakeFirstOrThrow();
    expect(JSON.stringify(card)).not.toContain("5550177");
  });

  it("that reaches a stranger by one of several numbers is asked which: that one goes from all who showed it, the others stay", async () => {
    const [id, neighbour] = [await makeListing(house, { name: "Quiet Circle", phone: "+12135550177" }), await makeListing(house, { name: "Next Door", phone: undefined })];
    const { organization_id } = await house.db.selectFrom("services").select("organization_id").where("id", "=", id).executeTakeFirstOrThrow();
    const { location_id } = await house.db.selectFrom("services_at_locations").select("location_id").where("service_id", "=", id).executeTakeFirstOrThrow();
    await house.db.updateTable("services_at_locations").set({ location_id }).where("service_id", "=", neighbour).execute();
    const phone = (dial: string, hangs: object) => ({ id: randomUUID(), number: dial.slice(2), type: "voice", dial, dial_kind: "e164", country: "US", ...hangs });
    await house.db.insertInto("phones").values([phone("+12135550178", { location_id }), phone("+12135550179", { organization_id })]).execute();
    await inTransaction(house, (act) => relist(act, [id, neighbour]));
    const cards = async () => JSON.stringify(await house.db.selectFrom("listings").select("card").execute());
    const numbers = async () => (await house.db.selectFrom("phones").select("dial").orderBy("dial").execute()).map(({ dial }) => dial);
    const unsaid = await called(id, ["outcome", "wrong_number"]);
    expect([unsaid.status, (await unsaid.text()).includes("Say which number was wrong.")]).toEqual([422, true]);
    expect(await house.db.selectFrom("listing_calls").select("id").execute()).toEqual([]);
    expect(await cards()).toContain("5550178");
    expect((await called(id, ["outcome", "wrong_number"], ["number", "+12135550178"])).status).toBe(303);
    expect(await numbers()).toEqual(["+12135550177", "+12135550179"]);
    expect(await cards(), "the neighbour shows it no more either").not.toContain("5550178");
    await called(id, ["outcome", "wrong_number"], ["number", "+12135550179"]);
    expect(await numbers(), "the organization's goes too").toEqual(["+12135550177"]);
  });

  it.each(["closed", "asked_to_leave"])("that ends with '%s' takes the listing out", async (outcome) => {
    const id = await makeListing(house);
    await called(id, ["outcome", outcome]);
    expect(await shown()).toEqual([]);
  });

  it.each([
    [[], "Say how the call was."],
    [[["outcome", "some_right"]], "Tick what they said is right"],
    [[["outcome", "some_right"], ["confirmed", "../../etc/passwd"]], "too long, or not one of the choices"],
    [[["outcome", "all_right"], ["waitDays", "soon"]], "Give a number of days"],
  ] as const)("with %j is shown again, and nothing is saved", async (fields, words) => {
    const id = await makeListing(house, { by: byImport });
    const answer = await called(id, ...fields);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
    expect(await house.db.selectFrom("listing_calls").select("id").execute()).toEqual([]);
  });

  it.each(["nothing", randomUUID()])("of %s is not there", async (id) => {
    expect((await get(`/tend/${id}`)).status).toBe(404);
    expect((await post(`/tend/${id}/call`, [["outcome", "closed"]])).status).toBe(404);
  });
});

describe("two that look alike", () => {
  const pair = async () => {
    const [one, two] = [await makeListing(house, { name: "One Circle" }), await makeListing(house, { name: "Other Circle" })].sort();
    const { id } = await house.db.insertInto("listing_duplicates").values({ service_a: one ?? "", service_b: two ?? "", why: "same_phone_and_name", found_at: house.now() }).returning("id").executeTakeFirstOrThrow();
    return { id, a: one ?? "", b: two ?? "" };
  };

  it("are put together by a person: one stays, with the places that only the other had", async () => {
    const { id, a, b } = await pair();
    expect(await text("/tend/duplicates")).toContain("One Circle");
    expect((await post(`/tend/duplicates/${id}`, [["keep", "a"]])).status).toBe(303);
    const { merged_into } = await house.db.selectFrom("services").select("merged_into").where("id", "=", b).executeTakeFirstOrThrow();
    expect(merged_into).toBe(a);
    expect(await house.db.selectFrom("listings").select("service_id").execute()).toEqual([{ service_id: a }, { service_id: a }]);
    expect(await text("/tend/duplicates")).toContain("No two entries look alike now");
  });

  it("lose nothing that was said of either: what is open, and how the owner is asked, is of the one that stays", async () => {
    const { id, a, b } = await pair();
    const [one, other] = [a as ServiceId, b as ServiceId];
    await reportListing(house, { serviceId: other, kind: "unsafe", note: "A man asked where I live.", byWhom: stranger("frightened") });
    for (const serviceId of [one, other]) await reportListing(house, { serviceId, kind: "cannot_reach", byWhom: stranger("the same person") });
    const contacts = async () => (await house.db.selectFrom("owner_contacts").select(["service_id", "way", "language"]).orderBy("way").execute());
    const { token } = await ownerLink(house, other);
    const address = (language: "en" | "es", ways: readonly ("email" | "text")[]) => ways.map((way) => ({ way, language, address: way === "text" ? "+13105550188" : "moms@circle.example" }));
    await keepOwnerContacts(house, ownerScope(one, hashToken("")), address("en", ["text"]));
    house.passTime({ minutes: 1 });
    await keepOwnerContacts(house, ownerScope(other, hashToken(token)), address("es", ["email", "text"]));
    await post(`/tend/duplicates/${id}`, [["keep", "a"]]);
    expect((await reportsToRead(house.db, house.keys, one)).map(({ kind, note }) => [kind, note]).sort()).toEqual([["cannot_reach", undefined], ["cannot_reach", undefined], ["unsafe", "A man asked where I live."]]);
    expect(await contacts()).toEqual([{ service_id: a, way: "email", language: "es" }, { service_id: a, way: "text", language: "es" }]);
    expect(await shown(), "what is said to be unsafe is still hidden").toEqual([]);
    await called(one, ["outcome", "no_answer"], ["unsafe", "not_so"]);
    const { in_doubt_since } = await house.db.selectFrom("listings").select("in_doubt_since").where("service_id", "=", a).executeTakeFirstOrThrow();
    expect(in_doubt_since, "one person's word is not two people's").toBeNull();
    house.passTime({ hours: 25 });
    await sendAnew(house, token);
    expect(await sendAsks(house)).toBe(0);
  });

  const doubt = async (id: string) => (await house.db.selectFrom("listings").select("in_doubt_since").where("service_id", "=", id).executeTakeFirstOrThrow()).in_doubt_since;
  const unreached = (serviceId: string, who: Buffer) => reportListing(house, { serviceId: serviceId as ServiceId, kind: "cannot_reach", byWhom: who });
  const whoever = (browser: string, network: string) => Buffer.concat([stranger(browser).subarray(0, 16), stranger(network).subarray(0, 16)]);

  it.each(["a", "b"])("were reported by one person, who counts once when '%s' stays, wherever she was; and counts as herself when she says it again", async (keep) => {
    const { id, a, b } = await pair();
    await unreached(a, whoever("her phone", "home"));
    house.passTime({ hours: 2 });
    await unreached(b, whoever("her phone", "the clinic"));
    await post(`/tend/duplicates/${id}`, [["keep", keep]]);
    const stays = keep === "a" ? a : b;
    expect(await doubt(stays), "one person's word is not two people's").toBeNull();
    expect(await unreached(stays, whoever("her phone", "a café"))).toMatchObject({ again: true });
    expect(await unreached(stays, whoever("her sister's", "far away"))).toMatchObject({ again: false });
    expect(await doubt(stays), "her sister is a second person").not.toBeNull();
  });

  it("were reported by two people, who are two when they are one, and one person of a third listing still is", async () => {
    const { id, a, b } = await pair();
    await unreached(a, whoever("her phone", "home"));
    await unreached(b, whoever("another", "elsewhere"));
    await post(`/tend/duplicates/${id}`, [["keep", "a"]]);
    expect(await doubt(a)).not.toBeNull();
    await called(a as ServiceId, ["outcome", "all_right"]);
    expect(await house.db.selectFrom("listing_reports").select(["who_sealed", "by_whom", "wrapped_key"]).distinct().execute(), "nothing of who wrote is left").toEqual([{ who_sealed: null, by_whom: null, wrapped_key: null }]);
  });

  it("once merged into one, are merged on: her word from the first of three still counts once", async () => {
    const { id, a, b } = await pair();
    const third = await makeListing(house, { name: "Third Circle" });
    await unreached(b, whoever("her phone", "home"));
    await unreached(third, whoever("her phone", "home"));
    await post(`/tend/duplicates/${id}`, [["keep", "a"]]);
    const [first, second] = [a, third].sort() as [string, string];
    const next = await house.db.insertInto("listing_duplicates").values({ service_a: first, service_b: second, why: "same_phone_and_name", found_at: house.now() }).returning("id").executeTakeFirstOrThrow();
    await post(`/tend/duplicates/${next.id}`, [["keep", first === third ? "a" : "b"]]);
    expect(await doubt(third)).toBeNull();
    expect(await house.db.selectFrom("listing_reports").select("service_id").where("kind", "=", "cannot_reach").execute()).toEqual([{ service_id: third }, { service_id: third }]);
  });

  it("stay two when she says so", async () => {
    const { id } = await pair();
    await post(`/tend/duplicates/${id}`, [["keep", "both"]]);
    expect(await shown()).toHaveLength(2);
  });

  test("of two who decide at once, one hears that it is done", async () => {
    const { id } = await pair();
    const statuses = (await Promise.all([post(`/tend/duplicates/${id}`, [["keep", "a"]]), post(`/tend/duplicates/${id}`, [["keep", "b"]])])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([303, 409]);
    expect(await house.db.selectFrom("services").select("id").where("merged_into", "is", null).execute()).toHaveLength(1);
  });
});

describe("a seat", () => {
  it("is given and ended, and the same twice is refused kindly", async () => {
    const { member_id } = await house.db.selectFrom("member_roles").select("member_id").where("role", "=", "coordinator").executeTakeFirstOrThrow();
    const fields = [["area", "US-TX"], ["member", member_id]] as const;
    expect((await post("/tend/areas", fields)).status).toBe(303);
    expect(await (await post("/tend/areas", fields)).text()).toContain("She holds this seat already.");
    expect((await post("/tend/areas/end", fields)).status).toBe(303);
    expect((await post("/tend/areas/end", fields)).status).toBe(404);
    expect(await (await post("/tend/areas", [["area", "Atlantis"], ["member", member_id]])).text()).toContain("Choose a place.");
  });

  it("is offered for by anybody: sealed, told to the coordinators, read by them, and gone when answered", async () => {
    const offered = await post("/near/us-tx/offer", [["name", "Inés"], ["contact", "ines@lantern.example"], ["why", "My sister was ill."]], "");
    expect(await offered.text()).toContain("Thank you");
    const row = await house.db.selectFrom("seat_offers").selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain("ines@lantern.example");
    expect(await text("/tend/areas")).toContain("ines@lantern.example");
    expect((await post(`/tend/areas/offers/${row.id}/answer`, [])).status).toBe(303);
    expect(await house.db.selectFrom("seat_offers").select(["wrapped_key", "contact_sealed"]).execute()).toEqual([{ wrapped_key: null, contact_sealed: null }]);
    expect((await post("/near/us-tx/offer", [["name", ""], ["contact", "x@y.example"]], "")).status).toBe(422);
    expect((await get("/near/atlantis/offer", "")).status).toBe(404);
  });
});
