import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { furnishTheStreet } from "../../../cast/street.ts";
import { browser } from "../../accounts/factory.ts";
import { byImport, confirmListing, makeListing, stranger } from "../factory.ts";
import { reportListing } from "../reports/commands.ts";
import { countLedger } from "./commands.ts";
import { ledgerNow } from "./queries.ts";
import { isLate, percentOf } from "./rules.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await furnishTheStreet(house);
});
beforeEach(async () => {
  house.setClock("2026-03-02T20:00:00Z");
  await house.db.deleteFrom("services").execute();
  await house.db.deleteFrom("ledger_days").execute();
});
const pass = (days: number) => house.passTime({ hours: days * 24 });
const count = async () => {
  await countLedger(house);
  const ledger = await ledgerNow(house.db);
  if (!ledger) throw new Error("no ledger");
  return ledger;
};

test("percents never round up to all", () => expect([percentOf(999, 1000), percentOf(0, 0), percentOf(2, 3)]).toEqual([99, undefined, 66]));

describe("the ledger", () => {
  it("counts what is shown, confirmed, in doubt, reported, hidden and never confirmed, of the network and of each area with those within", async () => {
    await makeListing(house, { name: "old", kind: "provider" });
    pass(60);
    const texas = await makeListing(house, { name: "fresh", region: "TX" });
    await makeListing(house, { name: "imported", by: byImport });
    const doubted = await makeListing(house, { name: "doubted" });
    await makeListing(house, { name: "gone", by: byImport, region: "TX" });
    await house.db.updateTable("listings").set({ hidden_at: house.now() }).where("service_id", "in", house.db.selectFrom("services").select("id").where("name", "=", "gone")).execute();
    for (const who of ["a", "b"]) await reportListing(house, { serviceId: doubted, kind: "cannot_reach", byWhom: stranger(who) });
    await reportListing(house, { serviceId: texas, kind: "wrong", byWhom: stranger("c") });
    const ledger = await count();
    expect(ledger.network).toEqual({ area: "", shown: 4, verified30: 2, verified90: 3, medianAgeDays: 0, inDoubt: 1, openReports: 3, hiddenExpired: 1, neverConfirmed: 1 });
    expect(ledger.areas.map(({ area, shown, openReports, hiddenExpired }) => [area, shown, openReports, hiddenExpired])).toEqual([["US", 4, 3, 1], ["US-CA", 3, 2, 0], ["US-TX", 1, 1, 1]]);
  });

  it("is the empty truth of an empty directory", async () => {
    expect((await count()).network).toMatchObject({ shown: 0, verified90: 0, medianAgeDays: undefined });
    const page = await browser(createApp(house)).get("/freshness");
    expect(page.text).toContain("none");
  });

  it("keeps a row a day; within the day it is counted again after some hours, and the days before stay", async () => {
    const id = await makeListing(house, { kind: "provider" });
    await count();
    await makeListing(house, { by: byImport });
    house.passTime({ hours: 1 });
    expect((await count()).network.shown, "counted an hour ago").toBe(1);
    house.passTime({ hours: 5 });
    expect((await count()).network.shown).toBe(2);
    pass(100);
    await confirmListing(house, id);
    const { trend, day } = await count();
    expect([day.toString(), trend.length]).toEqual(["2026-06-10", 1]);
    const { length } = await house.db.selectFrom("ledger_days").select("day").where("area_id", "=", "").execute();
    expect(length).toBe(2);
  });

  it("counts in the network's own day", async () => {
    house.setClock("2026-03-03T05:00:00Z");
    expect((await count()).day.toString()).toBe("2026-03-02");
  });

  it("says when it is late", async () => {
    const ledger = await count();
    expect(isLate(ledger, house.now().add({ hours: 25 }))).toBe(false);
    expect(isLate(ledger, house.now().add({ hours: 27 }))).toBe(true);
    pass(3);
    expect((await browser(createApp(house)).get("/freshness")).text).toContain("This count is late.");
  });
});

describe("everybody reads", () => {
  it("the page, in both languages, with its day", async () => {
    await makeListing(house);
    for (let day = 0; day < 3; day++) {
      await count();
      pass(1);
    }
    const app = createApp(house);
    const english = (await browser(app).get("/freshness")).text;
    expect(english).toContain("Counted on March 4, 2026 at 12:00 PM.");
    expect(english).toContain("From 100 % on March 2 to 100 % on March 4.");
    expect(english).toContain("California");
    const spanish = (await browser(app, "", "es").get("/freshness")).text;
    expect(spanish).toContain("Contado el 4 de marzo de 2026");
    expect(spanish).toContain("Confirmados en 90 días");
  });

  it("the same as data, and before the first count that there is none", async () => {
    const app = createApp(house);
    expect(await (await app.request("/freshness.json")).json()).toEqual({ day: null });
    expect((await browser(app).get("/freshness")).text).toContain("Nothing has been counted yet.");
    await makeListing(house);
    await count();
    const open: unknown = await (await app.request("/freshness.json")).json();
    expect(open).toMatchObject({ day: "2026-03-02", network: { shown: 1, verified_in_90_days_percent: 100, median_age_of_verification_days: 0, in_doubt: 0 }, areas: [{ area: "US" }, { area: "US-CA" }] });
  });
});
