import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { makeNetwork } from "../../network/factory.ts";
import { directoryApp } from "../factory.ts";
import { factId, type Fact } from "../taxonomy/queries.ts";
import { importFolder } from "./commands.ts";
import { aFolder, ids, lanternStreet } from "./factory.ts";

const house = await openTestHouse();
const app = directoryApp(house);
beforeAll(() => makeNetwork(house));

let sources = 0;
const about = { kind: "service", wait_days: "service", time_zone: "location", dial: "phone" } as const;
const links = { service: ids.service, location: ids.location, phone: ids.phone } as const;

/** Lantern Street, whose file says these facts besides. */
async function said(...facts: readonly (readonly [Fact, string])[]) {
  await sql`delete from services`.execute(house.db);
  for (const name of ["organizations", "locations", "carried", "attributes"]) await sql`delete from ${sql.table(name)}`.execute(house.db);
  await sql`delete from taxonomies where source_id is not null`.execute(house.db);
  const rows = facts.map(([fact, value], at) => ({ id: `a0000000-0000-4000-8000-0000000001${String(at).padStart(2, "0")}`, link_id: links[about[fact]], taxonomy_term_id: factId(fact), link_entity: about[fact], value }));
  const files = lanternStreet();
  const account = await importFolder(house, aFolder({ ...files, "attributes.csv": [...(files["attributes.csv"] ?? []), ...rows] }), { name: `Facts ${(sources += 1)}`, country: "US" });
  expect(account.refused).toBeUndefined();
  return account.counts["attributes.csv"];
}
const phone = () => house.db.selectFrom("phones").select(["dial", "country"]).where("id", "=", ids.phone).executeTakeFirstOrThrow();
const page = () => app.request(`/listings/${ids.at}`, { headers: { "accept-language": "en" } });

describe("what a file says of a record beside its columns", () => {
  it.each(["Foo/Bar", "+05:00", "", "America/Los_Angeles' --"])("a zone that is none (%s) is left out and noted, and the page still says when it is open", async (zone) => {
    expect((await said(["time_zone", zone]))?.notes).toEqual({ leftOut: 1 });
    const answer = await page();
    expect(answer.status).toBe(200);
    expect((await answer.text()).replaceAll("\u202f", " ")).toContain("10:00 AM");
  });

  it("a zone said twice is one", async () => {
    await said(["time_zone", "America/Denver"], ["time_zone", "America/Denver"]);
    expect(await house.db.selectFrom("locations").select("zone").execute()).toEqual([{ zone: "America/Denver" }]);
    expect((await page()).status).toBe(200);
  });

  it.each(["US +18339435746", "US +18669033787", "US +19005550199", "US 911", "GB +442079460000"])("a number that rings somewhere else than it says (%s) is not dialled", async (dial) => {
    expect((await said(["dial", dial]))?.notes).toEqual({ numberAsText: 1 });
    expect(await phone()).toEqual({ dial: "+12135550123", country: "US" });
  });

  it("the same number is, and two sayings of it are none", async () => {
    expect((await said(["dial", "US +12135550123"]))?.notes).toEqual({});
    expect(await phone()).toEqual({ dial: "+12135550123", country: "US" });
    await said(["dial", "US +12135550123"], ["dial", "US +12135550199"]);
    expect(await phone()).toEqual({ dial: "+12135550123", country: "US" });
  });
});

it("a zone that was taken before is none to whoever opens the page", async () => {
  await said();
  await house.db.updateTable("locations").set({ zone: "Foo/Bar" }).execute();
  await house.db.updateTable("schedules").set({ zone: "Foo/Baz" }).execute();
  await sql`update listings set card = card || '{"zone": "Foo/Bar"}'`.execute(house.db);
  for (const path of [`/listings/${ids.at}`, `/listings/${ids.service}`, `/listings/${ids.at}/card.vcf`]) expect((await app.request(path)).status, path).toBeLessThan(400);
});
