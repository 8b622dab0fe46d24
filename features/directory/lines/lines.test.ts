import { beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { allEmergencies, allLines } from "../../safety/queries.ts";
import { state } from "../claims/commands.ts";
import { byCall } from "../factory.ts";
import { partsOf } from "../listing/queries.ts";
import { refusedNumber } from "../phones/rules.ts";
import { bringLines, lineServiceId } from "./commands.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await bringLines(house);
});

const listing = async (key: string) => house.db.selectFrom("listings").selectAll().where("service_id", "=", lineServiceId(key)).executeTakeFirstOrThrow();

describe("the lines that come with the program", () => {
  it("stand in the directory, every one, each unconfirmed from the day on which it was seen", async () => {
    const { count } = await house.db.selectFrom("listings").select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
    expect(Number(count)).toBe(allLines().length + allEmergencies().length);
    const confirmed = await house.db.selectFrom("listing_claims").select("id").where("verified_at", "is not", null).execute();
    expect(confirmed).toEqual([]);
    expect((await listing("line/US/988 Suicide & Crisis Lifeline")).fresh_until.toString()).toBe("2026-11-23T00:00:00Z");
  });

  it("are brought once: a second time changes nothing, not even what people have said since", async () => {
    const id = lineServiceId("line/US/988 Suicide & Crisis Lifeline");
    await inTransaction(house, (act) => state(act, id, [{ field: "contact", value: "as shown" }, { field: "about", value: "as shown" }], byCall));
    expect(await bringLines(house)).toBe(0);
    expect((await listing("line/US/988 Suicide & Crisis Lifeline")).verified_at).not.toBeNull();
  });

  it("keep short codes as they are: no country code is put before them", async () => {
    const { services } = await partsOf(house.db, ["line/US/988 Suicide & Crisis Lifeline", "line/GB/Samaritans", "line/FR/3114", "line/ES/024"].map(lineServiceId));
    for (const phone of services.flatMap(({ phones }) => phones)) if (phone.number.replaceAll(" ", "").length <= 6) expect(phone.dial).toMatchObject({ kind: "short", dial: phone.number.replaceAll(" ", "") });
    expect(services.length).toBeGreaterThan(1);
  });

  it("can all be dialled, and none is one that was replaced", async () => {
    const phones = await house.db.selectFrom("phones").select(["number", "dial", "country"]).execute();
    expect(phones.filter(({ dial }) => dial === null)).toEqual([]);
    expect(phones.filter(({ number, country }) => refusedNumber(number, country ?? "US"))).toEqual([]);
  });

  it("are never hidden where they are for a crisis, however long nobody confirms them", async () => {
    const rows = await house.db.selectFrom("listings").select(["kind", "hidden_at"]).execute();
    for (const { kind, hidden_at } of rows) expect(hidden_at === null, kind).toBe(kind === "crisis_line");
  });

  it("show both values to the coordinator, and 112, where the sources disagree on an ambulance", async () => {
    const disputed = allEmergencies().filter(({ confidence }) => confidence === "disputed");
    const { services } = await partsOf(house.db, disputed.map(({ country }) => lineServiceId(`emergency/${country}`)));
    for (const service of services) expect(service.phones.map(({ number }) => number)).toContain("112");
    expect(services.every(({ description }) => description?.includes("Second source"))).toBe(true);
  });
});
