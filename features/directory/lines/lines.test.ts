import { beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { allEmergencies, allLines } from "../../safety/queries.ts";
import { state } from "../claims/commands.ts";
import { byCall, reportUnreachable } from "../factory.ts";
import { asItStands } from "../../safety/rules.ts";
import { partsOf } from "../listing/queries.ts";
import { refusedNumber } from "../phones/rules.ts";
import { bringLines, lineServiceId } from "./commands.ts";
import { linesNow } from "./queries.ts";

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

describe("what coordinators and owners do to a line", () => {
  const lineAt = async (name: string) => {
    const row = allLines().find((line) => line.name === name && line.country === "US");
    const standings = await linesNow(house.db);
    return row && standings.get(row);
  };
  const psi = "Postpartum Support International (PSI) HelpLine";

  it("is known to the help pages: as it came, with a number gone, in doubt, and gone itself", async () => {
    const id = lineServiceId(`line/US/${psi}`);
    expect(await lineAt(psi)).toEqual({ gone: false, doubted: false, numbers: expect.arrayContaining(["1-800-944-4773", "971-203-7773"]), call: "1-800-944-4773" });
    await house.db.deleteFrom("phones").where("service_id", "=", id).where("number", "=", "971-203-7773").execute();
    expect((await lineAt(psi))?.numbers).not.toContain("971-203-7773");
    for (const who of ["one", "two"]) await reportUnreachable(house, id, who);
    expect(await lineAt(psi)).toMatchObject({ gone: false, doubted: true });
    await house.db.updateTable("services").set({ status: "defunct" }).where("id", "=", id).execute();
    expect(await lineAt(psi)).toMatchObject({ gone: true });
  });

  it("changes no page where nothing was changed: every line as it came stands as our list has it", async () => {
    const standings = await linesNow(house.db);
    const changed = allLines().filter((line) => line.name !== psi && JSON.stringify(asItStands(line, standings.get(line)), Object.keys({ ...line, to: 1, word: 1, en: 1, es: 1, days: 1, from: 1 }).sort()) !== JSON.stringify(line, Object.keys({ ...line, to: 1, word: 1, en: 1, es: 1, days: 1, from: 1 }).sort()));
    expect(changed).toEqual([]);
  });

  it("never has a machine's number take the place of one that a person answers", async () => {
    const name = "Perinatal Support Washington Warm Line";
    const id = lineServiceId(`line/US/${name}`);
    const call = (await lineAt(name))?.call;
    expect(call).toBeDefined();
    for (const type of ["TTY", "pager", "fax", "sms"]) {
      await house.db.updateTable("phones").set({ type }).where("service_id", "=", id).execute();
      expect((await lineAt(name))?.call, type).toBeUndefined();
    }
  });
});
