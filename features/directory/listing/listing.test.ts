import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { confirmAll, state, withdraw } from "../claims/commands.ts";
import { byCall, byImport, confirmListing, makeListing, reportUnreachable } from "../factory.ts";
import { termId, taxonomyId } from "../taxonomy/queries.ts";
import { terms } from "../taxonomy/rules.ts";
import type { ServiceId } from "../types.ts";
import { relist } from "./commands.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.setClock("2026-11-26T03:00:00Z"));

const listingsOf = (id: ServiceId) => house.db.selectFrom("listings").selectAll().where("service_id", "=", id).execute();
const onlyListing = async (id: ServiceId) => {
  const [listing, ...more] = await listingsOf(id);
  if (!listing || more.length > 0) throw new Error(`${more.length + 1} listings`);
  return listing;
};
const relisted = (id: ServiceId) => inTransaction(house, (act) => relist(act, [id]));

test("the terms that code knows are the rows that attributes may name", async () => {
  const rows = await house.db.selectFrom("taxonomy_terms").select(["id", "code"]).where("taxonomy_id", "=", taxonomyId).execute();
  expect(new Map(rows.map(({ id, code }) => [code, id]))).toEqual(new Map(terms.map((term) => [term, termId(term)])));
});

describe("a listing", () => {
  it("is found by its words in both languages, its facets and its place", async () => {
    const id = await makeListing(house, { name: "Círculo de Luna", terms: ["w_dads", "i_medicaid"], languages: ["es", "en"] });
    const listing = await onlyListing(id);
    expect(listing).toMatchObject({ area_id: "US-CA", country: "US", kind: "group" });
    expect(listing.tokens).toEqual(expect.arrayContaining(["circulo", "luna", "father", "papa", "w_dads", "i_medicaid", "l_es", "l_en", "k_group", "90012"]));
  });

  it("that has no place of its own stands alone", async () => {
    const id = await makeListing(house, { at: undefined, kind: "warmline" });
    expect(await onlyListing(id)).toMatchObject({ id, latitude: null, country: "US", tokens: expect.arrayContaining(["x_us"]) });
  });

  it("whose source gave no point stands at its postal code, in the zone of that, and is not found from anywhere", async () => {
    const id = await makeListing(house, { postalCode: "78701", region: "TX", city: "Austin" });
    await house.db.updateTable("locations").set({ latitude: null, longitude: null, zone: null }).execute();
    await relisted(id);
    const { latitude, longitude, card, tokens } = await onlyListing(id);
    expect([latitude, longitude]).toEqual([30.27, -97.74]);
    expect(card).toMatchObject({ zone: "America/Chicago" });
    expect(tokens.filter((token) => token.startsWith("x_"))).toEqual([]);
  });

  it("of a service with five thousand places is written and made anew, and those that are gone are taken away", async () => {
    const id = await makeListing(house, { name: "Everywhere club" });
    await sql`with made as (insert into locations (id, name, latitude, longitude, edited_at) select gen_random_uuid(), 'Room ' || n, 34, -118, ${house.now()}::timestamptz from generate_series(1, 5000) n returning id)
      insert into services_at_locations (id, service_id, location_id) select gen_random_uuid(), ${id}::uuid, id from made`.execute(house.db);
    for (let turn = 0; turn < 2; turn++) await relisted(id);
    expect(await listingsOf(id)).toHaveLength(5_001);
    await sql`delete from services_at_locations where service_id = ${id}::uuid and location_id in (select id from locations where name like 'Room %')`.execute(house.db);
    await relisted(id);
    expect(await listingsOf(id)).toHaveLength(1);
  });

  it("says how it was checked, and nothing of that when a part of it was not", async () => {
    const id = await makeListing(house);
    expect((await onlyListing(id)).card).toMatchObject({ checkedHow: "call" });
    house.passTime({ hours: 1 });
    await inTransaction(house, (act) => state(act, id, [{ field: "contact", value: "x" }], { source: "the provider", method: "owner_link" }));
    expect((await onlyListing(id)).card, "the older of the two decides").toMatchObject({ checkedHow: "call" });
    await inTransaction(house, (act) => state(act, id, [{ field: "contact", value: "y" }], { source: "Lantern 211", method: "import" }));
    expect((await onlyListing(id)).card).not.toHaveProperty("checkedHow");
  });

  it("that came by import is unconfirmed, below others at once, and gone at twice its time", async () => {
    const listing = await onlyListing(await makeListing(house, { by: byImport }));
    expect(listing.verified_at).toBeNull();
    expect(listing.sinks_at.equals(house.now())).toBe(true);
    expect(listing.hidden_at?.equals(house.now().add({ hours: 120 * 24 }))).toBe(true);
  });

  it("goes up again when somebody confirms it, and down when its number is edited", async () => {
    const id = await makeListing(house, { by: byImport });
    house.passTime({ hours: 100 * 24 });
    await confirmListing(house, id);
    expect((await onlyListing(id)).fresh_until.equals(house.now().add({ hours: 60 * 24 }))).toBe(true);
    await inTransaction(house, (act) => state(act, id, [{ field: "contact", value: "another number" }], { source: "our coordinator", method: "edit" }));
    expect((await onlyListing(id)).verified_at).toBeNull();
  });

  it("says that they have room only as long as the answer lasts, and never by import", async () => {
    const asked = await onlyListing(await makeListing(house, { accepting: "yes" }));
    expect([asked.accepting, asked.accepting_until?.equals(house.now().add({ hours: 14 * 24 }))]).toEqual(["yes", true]);
    expect(await onlyListing(await makeListing(house, { accepting: "yes", by: byImport }))).toMatchObject({ accepting: null, accepting_until: null });
  });

  it("is in doubt when two people could not reach it, and not when one says so twice", async () => {
    const id = await makeListing(house);
    await reportUnreachable(house, id, "one");
    await expect(reportUnreachable(house, id, "one")).rejects.toThrow(/one_report_a_person/);
    await relisted(id);
    expect((await onlyListing(id)).in_doubt_since).toBeNull();
    house.passTime({ minutes: 5 });
    await reportUnreachable(house, id, "another");
    await relisted(id);
    expect((await onlyListing(id)).in_doubt_since?.equals(house.now())).toBe(true);
  });

  it.each(["defunct", "inactive"])("whose service is %s is not found", async (status) => {
    const id = await makeListing(house);
    await house.db.updateTable("services").set({ status }).where("id", "=", id).execute();
    await relisted(id);
    expect(await listingsOf(id)).toEqual([]);
  });

  it("keeps every statement ever made of it, one of each field in force", async () => {
    const id = await makeListing(house, { accepting: "yes" });
    await inTransaction(house, (act) => state(act, id, [{ field: "accepting", value: "no" }], byCall));
    const said = await house.db.selectFrom("listing_claims").select(["value", "superseded_at"]).where("service_id", "=", id).where("field", "=", "accepting").orderBy("superseded_at").execute();
    expect(said.map(({ value, superseded_at }) => [value, superseded_at === null])).toEqual([["yes", false], ["no", true]]);
  });
});

test("of many who state at once, each field has one statement in force", async () => {
  const id = await makeListing(house);
  await Promise.all(Array.from({ length: 10 }, (_, turn) => inTransaction(house, (act) => state(act, id, [{ field: "wait", value: String(turn) }], byCall))));
  const inForce = await house.db.selectFrom("listing_claims").select("value").where("service_id", "=", id).where("field", "=", "wait").where("superseded_at", "is", null).execute();
  expect(inForce).toHaveLength(1);
});

const methods = fc.constantFrom("call", "owner_link", "owner_text", "web_page", "import", "edit" as const);
const aStatement = fc.oneof(
  fc.record({ field: fc.constant("accepting" as const), value: fc.constantFrom("yes", "no", "waitlist") }),
  fc.record({ field: fc.constant("wait" as const), value: fc.constantFrom("0", "21", "long") }),
  fc.record({ field: fc.constantFrom("about", "contact", "cost" as const), value: fc.constantFrom("as shown", "other") }),
);
const aTurn = fc.record({ method: methods, hours: fc.integer({ min: 0, max: 60 * 24 }), what: fc.oneof(aStatement, fc.constantFrom("all", "nothing of room", "cannot reach" as const)) });

test("what statements alone change on a listing is what making it anew would say, and what a search reads is the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aTurn, { minLength: 1, maxLength: 6 }), fc.boolean(), async (turns, placed) => {
      house.setClock("2026-11-26T03:00:00Z");
      const id = await makeListing(house, { accepting: "yes", waitDays: 3, ...(placed ? {} : { at: undefined }) });
      for (const [turn, { method, hours, what }] of turns.entries()) {
        house.passTime({ hours });
        if (what === "cannot reach") {
          await reportUnreachable(house, id, `stranger ${turn}`);
          await relisted(id);
        } else await inTransaction(house, (act) => (what === "all" ? confirmAll(act, id, { source: "somebody", method }) : what === "nothing of room" ? withdraw(act, id, ["accepting", "wait"]) : state(act, id, [what], { source: "somebody", method })));
      }
      const before = await onlyListing(id);
      await relisted(id);
      const after = await onlyListing(id);
      expect({ ...before, changed_at: undefined }).toEqual({ ...after, changed_at: undefined });
      const { rows } = await sql<{ same: boolean }>`select found is not distinct from searched_of(listings) as same from listings left join listing_search as found using (id) where service_id = ${id}`.execute(house.db);
      expect(rows).toEqual([{ same: true }]);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("what is listed no more is searched no more", async () => {
  const id = await makeListing(house);
  const { id: listing } = await onlyListing(id);
  await house.db.deleteFrom("services").where("id", "=", id).execute();
  expect(await house.db.selectFrom("listing_search").select("id").where("id", "=", listing).execute()).toEqual([]);
});
