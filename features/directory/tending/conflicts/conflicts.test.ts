import { beforeEach, describe, expect, it } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import { confirmAll } from "../../claims/commands.ts";
import { byCall } from "../../factory.ts";
import { emptyDirectory } from "../../hsds/export/factory.ts";
import { importFolder } from "../../imports/commands.ts";
import { aFolder, changed, ids, lanternStreet } from "../../imports/factory.ts";
import { partsOf } from "../../listing/queries.ts";
import { tendedDirectory } from "../factory.ts";
import type { ServiceId } from "../../types.ts";

const service = ids.service as ServiceId;
const house = await openTestHouse();
house.setClock("2026-11-26T15:00:00Z");
const { app, coordinator, volunteer } = await tendedDirectory(house);

const next = { ...changed("services.csv", (rows) => rows.map((row, at) => (at === 0 ? { ...row, name: "Circle of New Mothers" } : row))), "phones.csv": [{ id: ids.phone, service_id: ids.service, number: "213-555-0199", type: "voice" }] };
beforeEach(async () => {
  await emptyDirectory(house);
  await importFolder(house, aFolder(lanternStreet()), "Lantern 211");
  await inTransaction(house, (act) => confirmAll(act, service, byCall));
  await importFolder(house, aFolder(next), "Lantern 211");
});

const text = async (path: string, language = "en") => (await app.request(path, { headers: { cookie: coordinator, "accept-language": language } })).text();
const decide = (field: string, keep: string, cookie = coordinator) =>
  app.request(`/tend/${service}/conflicts`, { method: "POST", body: new URLSearchParams({ field, keep }), headers: { cookie, "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" } });
const known = async () => (await partsOf(house.db, [service])).services[0];
const shown = async () => {
  const parts = await known();
  return [parts?.name, parts?.phones.map(({ number }) => number)];
};

describe("what a source says of what somebody here stands for", () => {
  it("comes up in the queue and stands on the call sheet beside ours, field by field", async () => {
    expect(await text("/tend")).toContain("An import says something else");
    const html = await text(`/tend/${service}`);
    for (const words of ["A list says something else", "Circle of New Mothers", "213-555-0199", "213-555-0123", "Lantern 211", "Take theirs"]) expect(html).toContain(words);
    expect(await text(`/tend/${service}`, "es")).toContain("Tomar lo suyo");
  });

  it("waits no more once ours is kept, also when the source says it again", async () => {
    for (const field of ["about", "contact"]) expect((await decide(field, "ours")).status).toBe(303);
    expect(await shown()).toEqual(["Circle of Mothers", ["213-555-0123"]]);
    expect(await text(`/tend/${service}`)).not.toContain("A list says something else");
    expect(await text("/tend")).not.toContain("An import says something else");
    expect(await importFolder(house, aFolder(next), "Lantern 211")).toMatchObject({ written: 0, conflicts: 0 });
  });

  it("is written when it is taken: the field is the source's again, confirmed by nobody, and follows it", async () => {
    for (const field of ["about", "contact"]) expect((await decide(field, "theirs")).status).toBe(303);
    expect(await shown()).toEqual(["Circle of New Mothers", ["213-555-0199"]]);
    expect((await known())?.claims.filter(({ field }) => field === "about" || field === "contact")).toMatchObject([{ method: "import", verifiedAt: undefined }, { method: "import", verifiedAt: undefined }]);
    const { card, verified_at } = await house.db.selectFrom("listings").select(["card", "verified_at"]).where("service_id", "=", service).executeTakeFirstOrThrow();
    expect([card, verified_at]).toEqual([expect.objectContaining({ name: "Circle of New Mothers", phone: expect.objectContaining({ dial: "+12135550199" }) }), null]);
    expect(await importFolder(house, aFolder(next), "Lantern 211")).toMatchObject({ refused: undefined, conflicts: 0 });
    const later = { ...next, "phones.csv": [{ id: ids.phone, service_id: ids.service, number: "213-555-0166", type: "voice" }] };
    expect(await importFolder(house, aFolder(later), "Lantern 211")).toMatchObject({ conflicts: 0 });
    expect(await shown()).toEqual(["Circle of New Mothers", ["213-555-0166"]]);
  });

  it("may be of hours, a place, a language: each is read out on both sides, and comes as its source has it", async () => {
    const moved = {
      ...lanternStreet(),
      "schedules.csv": [{ id: ids.schedule, service_id: ids.service, freq: "WEEKLY", byday: "WE", opens_at: "09:00", closes_at: "10:30" }],
      "addresses.csv": [{ id: ids.address, location_id: ids.location, address_1: "9 Moon Street", city: "Pasadena", state_province: "CA", postal_code: "91101", country: "US", address_type: "physical" }],
      "languages.csv": [{ id: ids.language, service_id: ids.service, name: "French", code: "fr" }],
      "locations.csv": [{ id: ids.location, location_type: "physical", organization_id: ids.organization, name: "The new school", latitude: "34.15", longitude: "-118.14" }],
    };
    await importFolder(house, aFolder(moved), "Lantern 211");
    const html = await text(`/tend/${service}`);
    for (const words of ["WE 09:00–10:30", "9 Moon Street, Pasadena, CA, 91101", "12 Lantern Street, Los Angeles, CA, 90012", "French", "The new school"]) expect(html).toContain(words);
    for (const field of ["hours", "place", "languages"]) expect((await decide(field, "theirs")).status, field).toBe(303);
    expect(await known()).toMatchObject({ hours: [{ byday: "WE" }], languages: ["fr"], places: [{ name: "The new school", latitude: 34.15, address: { city: "Pasadena" } }] });
    const { card } = await house.db.selectFrom("listings").select("card").where("service_id", "=", service).executeTakeFirstOrThrow();
    expect(card).toMatchObject({ city: "Pasadena", languages: ["fr"] });
    await importFolder(house, aFolder(moved), "Lantern 211");
    expect(await importFolder(house, aFolder(moved), "Lantern 211")).toMatchObject({ written: 0, conflicts: 0 });
  });

  it("is decided once, and by a coordinator alone", async () => {
    expect((await decide("about", "theirs", volunteer)).status).toBe(404);
    const answers = await Promise.all([decide("about", "ours"), decide("about", "theirs")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await answers.find(({ status }) => status === 409)?.text()).toContain("Somebody has decided this already.");
    expect((await decide("nonsense", "ours")).status).toBe(404);
    expect(await house.db.selectFrom("audit_entries").select("reason").where("act", "in", ["conflict_ours", "conflict_theirs"]).where("subject_id", "=", service).execute()).toContainEqual({ reason: "about" });
  });
});
