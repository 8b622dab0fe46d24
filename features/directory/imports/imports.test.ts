import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { confirmAll, state } from "../claims/commands.ts";
import { byCall } from "../factory.ts";
import { relist } from "../listing/commands.ts";
import { partsOf } from "../listing/queries.ts";
import { handleReports, takeOut } from "../reports/commands.ts";
import type { ServiceId } from "../types.ts";
import { importFolder } from "./commands.ts";
import { aFolder, aZip, changed, csvOf, ids, lanternStreet, type Table } from "./factory.ts";
import { commandLimits, type Limits } from "./files/rules.ts";
import { tableNames } from "./tables/rules.ts";

const house = await openTestHouse();
const service = ids.service as ServiceId;
/** Limits by which the smallest table is read by a thread of its own. */
const aside = { ...commandLimits, aside: 0 };
let sources = 0;
const aSource = () => `Lantern 211 no. ${(sources += 1)}`;

/** All that an import may write, as one digest: the account of itself left out. */
async function everything(): Promise<string> {
  const parts = [...tableNames, "listings", "listing_claims", "listing_duplicates", "listing_conflicts"].map((name) => sql`(select coalesce(md5(string_agg(x::text, ',' order by x::text)), '') from ${sql.table(name)} x)`);
  const { rows } = await sql<{ all: string }>`select ${sql.join(parts, sql` || `)} as all`.execute(house.db);
  return rows[0]?.all ?? "";
}
const fresh = async () => {
  for (const name of ["listing_conflicts", "directory_import_rows", "directory_imports", "services", "organizations", "locations", "carried", "attributes"]) await sql`delete from ${sql.table(name)}`.execute(house.db);
  await sql`delete from taxonomies where source_id is not null`.execute(house.db);
  await sql`delete from directory_sources`.execute(house.db);
};
const sums = (counts: Awaited<ReturnType<typeof importFolder>>["counts"]) =>
  Object.values(counts).reduce((all, one) => ({ rows: all.rows + one.rows, taken: all.taken + one.taken, merged: all.merged + one.merged, unchanged: all.unchanged + one.unchanged, refused: all.refused + one.refused }), { rows: 0, taken: 0, merged: 0, unchanged: 0, refused: 0 });

describe("a folder of tables", () => {
  it("comes in with its ids, each service listed, and says of each that nobody has confirmed it", async () => {
    await fresh();
    const account = await importFolder(house, aFolder(lanternStreet()), { name: aSource(), country: "US" });
    expect(account.refused).toBeUndefined();
    expect(sums(account.counts)).toEqual({ rows: 12, taken: 12, merged: 0, unchanged: 0, refused: 0 });
    const { services } = await partsOf(house.db, [service]);
    expect(services[0]).toMatchObject({ name: "Circle of Mothers", kind: "group", organization: "Lantern House", url: "https://lantern.example.org/circle", languages: ["es"], status: "active" });
    expect(services[0]?.phones[0]?.dial).toEqual({ kind: "e164", dial: "+12135550123", shown: "213-555-0123", country: "US" });
    expect(services[0]?.places[0]).toMatchObject({ zone: "America/Los_Angeles", address: { city: "Los Angeles" } });
    expect(services[0]?.terms).toEqual(expect.arrayContaining(["s_group", "w_after_birth"]));
    const claims = services[0]?.claims ?? [];
    expect(claims.map(({ field }) => field).sort()).toEqual(["about", "contact", "hours", "languages", "place", "who"]);
    expect(claims.every(({ method, verifiedAt }) => method === "import" && verifiedAt === undefined)).toBe(true);
    expect(claims[0]?.statedAt.toString()).toBe("2026-10-01T00:00:00Z");
    const listed = await house.db.selectFrom("listings").select(["service_id", "area_id", "verified_at"]).execute();
    expect(listed.map(({ area_id, verified_at }) => [area_id, verified_at])).toEqual(expect.arrayContaining([["US-CA", null], [null, null]]));
  });

  it("is listed the same at first, when its rows go in as a copy, as when they are made anew, whatever marks its words have", async () => {
    await fresh();
    const odd = 'Circle "of" Mothers, {one} \\ NULL \\N ñandú';
    await importFolder(house, aFolder(changed("services.csv", (rows) => rows.map((row, at) => (at === 0 ? { ...row, name: odd, description: "Tea,\ttalk\nand \\. again" } : { ...row, name: "null" })))), aSource());
    const listed = () => house.db.selectFrom("listings").selectAll().orderBy("id").execute();
    const first = await listed();
    expect(first.map(({ card }) => (card as { name: string }).name).sort()).toEqual([odd, "null"].sort());
    await inTransaction(house, (act) => relist(act, first.map(({ service_id }) => service_id as ServiceId)));
    const anew = await listed();
    expect(anew.map((row, at) => ({ ...row, changed_at: first[at]?.changed_at }))).toEqual(first);
  });

  it("is read by two threads as by one: a second reading of the same changes nothing, and counts each row", async () => {
    await fresh();
    const [folder, source] = [aFolder(lanternStreet()), aSource()];
    await importFolder(house, folder, source);
    const before = await everything();
    const again = await importFolder(house, folder, source, aside);
    expect(sums(again.counts)).toEqual({ rows: 12, taken: 0, merged: 0, unchanged: 12, refused: 0 });
    expect(again.written).toBe(0);
    expect(await everything()).toBe(before);
  });

  it("becomes the same rows by two threads as by one, with a place in another country than its source", async () => {
    const folder = aFolder(changed("addresses.csv", (rows) => rows.map((row) => ({ ...row, state_province: "ON", postal_code: "K1A 0B1", city: "Ottawa", country: "CA" }))));
    const readBy = async (limits: Limits) => {
      await fresh();
      const { counts } = await importFolder(house, folder, { name: aSource(), country: "US" }, limits);
      const rows = await Promise.all(tableNames.map(async (name) => [name, (await sql<{ row: object }>`select to_jsonb(x) - '{id,source_id,edited_at}'::text[] as row from ${sql.table(name)} x where source_id is not null order by 1`.execute(house.db)).rows] as const));
      return { counts, rows };
    };
    const one = await readBy(commandLimits);
    expect(one.rows.flatMap(([, rows]) => rows).length).toBeGreaterThan(11);
    expect(await readBy(aside)).toEqual(one);
  });

  it.each([
    ["in a table that the second thread reads", "languages.csv"],
    ["in one that the first reads", "phones.csv"],
  ])("is refused as a whole for what is wrong %s, and nothing of it is left", async (_where, name) => {
    await fresh();
    const before = await everything();
    const account = await importFolder(house, aFolder({ ...lanternStreet(), [name]: `${csvOf(lanternStreet()[name] ?? [])}"cut` }), aSource(), aside);
    expect(account.refused).toEqual({ reason: "fileCut", detail: `${name}:3` });
    expect(await everything()).toBe(before);
  });

  it("takes what people write as their text, with what a spreadsheet would call noted", async () => {
    await fresh();
    const [description, fees] = ["- Therapy(CBT)\n- Tea", '=HYPERLINK("http://evil.example")'];
    const account = await importFolder(house, aFolder(changed("services.csv", (rows) => rows.map((row, at) => (at === 0 ? { ...row, description, fees_description: fees } : row)))), aSource());
    expect(sums(account.counts)).toMatchObject({ taken: 12, refused: 0 });
    expect(account.counts["services.csv"]?.notes).toMatchObject({ formulaAsText: 1 });
    expect((await partsOf(house.db, [service])).services[0]).toMatchObject({ description, fees });
  });

  it("that is read again changes nothing at all", async () => {
    await fresh();
    const source = aSource();
    const folder = aFolder(lanternStreet());
    await importFolder(house, folder, source);
    const before = await everything();
    house.passTime({ hours: 5 });
    const again = await importFolder(house, folder, source);
    expect(again).toMatchObject({ written: 0, duplicates: 0, conflicts: 0 });
    expect(sums(again.counts)).toEqual({ rows: 12, taken: 0, merged: 0, unchanged: 12, refused: 0 });
    expect(await everything()).toBe(before);
  });

  it("as an archive is the same", async () => {
    await fresh();
    const source = aSource();
    await importFolder(house, aFolder(lanternStreet()), source);
    const before = await everything();
    expect(sums((await importFolder(house, aZip(lanternStreet()), source)).counts)).toMatchObject({ rows: 12, unchanged: 12 });
    expect(await everything()).toBe(before);
  });

  it("changes what has changed, and lets go of hours that it no longer gives", async () => {
    await fresh();
    const source = aSource();
    await importFolder(house, aFolder(lanternStreet()), source);
    const next = { ...changed("services.csv", (rows) => rows.map((row, at) => (at === 0 ? { ...row, name: "Circle of New Mothers" } : row))), "schedules.csv": [{ id: "f0000000-0000-4000-8000-000000000002", service_id: ids.service, freq: "WEEKLY", byday: "WE", opens_at: "09:00", closes_at: "10:00" }] };
    const account = await importFolder(house, aFolder(next), source);
    expect(account.counts["services.csv"]).toMatchObject({ taken: 0, merged: 1, unchanged: 1 });
    expect(account.counts["schedules.csv"]).toMatchObject({ taken: 1, gone: 1 });
    const { services } = await partsOf(house.db, [service]);
    expect(services[0]).toMatchObject({ name: "Circle of New Mothers", hours: [{ byday: "WE" }] });
    expect(await house.db.selectFrom("listings").select(sql<string>`card ->> 'name'`.as("name")).where("service_id", "=", service).executeTakeFirst()).toEqual({ name: "Circle of New Mothers" });
  });

  it("of the older standard has ids of its own made into ours, the same ones each time", async () => {
    await fresh();
    const source = aSource();
    const old: Record<string, Table> = {
      "organizations.csv": [{ id: "136", name: "LANTERN HOUSE", url: "www.lantern.example.org" }],
      "services.csv": [{ id: "7", organization_id: "136", name: "SITE", status: "", description: "A place where several things are given." }, { id: "8", organization_id: "7", name: "WARM MEALS", status: "", description: "Meals\\n\\n###MON###" }],
      "locations.csv": [{ id: "7", organization_id: "7", name: "SITE" }],
      "services_at_location.csv": [{ id: "7", service_id: "8", location_id: "7" }],
      "physical_addresses.csv": [{ id: "7", location_id: "7", address_1: "9 Lantern Street", city: "Miami", state_province: "FL ", postal_code: "33130", country: "   " }],
      "phones.csv": [{ id: "7", service_id: "8", location_id: "7", number: "305-555-0100 x12" }, { id: "8", service_id: "8", location_id: "7", number: "" }],
      "regular_schedules.csv": ["Monday", "Tuesday", "Friday"].map((weekday) => ({ id: "", service_id: "8", weekday, opens_at: "9:00am", closes_at: "5:00pm", original_text: "9-5, Mon, Tue, Fri" })),
      "languages.csv": [{ id: "8", service_id: "8", language: "English and Creole" }, { id: "8", service_id: "8", language: "Spanish" }],
      "eligibility.csv": [{ id: "", service_id: "8", eligibility: "Families in the county" }],
      "taxonomy.csv": [{ id: "X-1", name: "Congregate Meals", parent_id: "X", parent_name: "Basics", vocabulary: "Lantern" }],
      "services_taxonomy.csv": [{ id: "1", service_id: "8", taxonomy_id: "X-1" }],
    };
    const account = await importFolder(house, aFolder(old), { name: source, country: "US" });
    expect(sums(account.counts)).toEqual({ rows: 16, taken: 15, merged: 0, unchanged: 0, refused: 1 });
    expect(account.counts["services.csv"]?.notes).toEqual({ statusMissing: 2 });
    const row = await house.db.selectFrom("services").select("id").where("name", "=", "WARM MEALS").executeTakeFirstOrThrow();
    const [meals] = (await partsOf(house.db, [row.id as ServiceId])).services;
    expect(meals).toMatchObject({ organization: "LANTERN HOUSE", description: "Meals", url: "https://www.lantern.example.org", eligibility: "Families in the county", languages: expect.arrayContaining(["en", "ht", "es"]), hours: [{ byday: "MO,TU,FR" }], terms: expect.arrayContaining(["s_meals"]) });
    expect(meals?.places[0]?.phones).toMatchObject([{ number: "305-555-0100", extension: "12", dial: { dial: "+13055550100" } }]);
    expect(meals?.places[0]?.address).toMatchObject({ country: "US", state_province: "FL" });
    const before = await everything();
    expect(await importFolder(house, aFolder(old), source)).toMatchObject({ written: 0 });
    expect(await everything()).toBe(before);
  });

  it("takes nothing that came from another source, and nothing of what hangs on that", async () => {
    await fresh();
    await importFolder(house, aFolder(lanternStreet()), aSource());
    const before = await everything();
    const account = await importFolder(house, aFolder(lanternStreet()), aSource());
    // Lists of terms are shared.
    expect(sums(account.counts)).toEqual({ rows: 12, taken: 0, merged: 0, unchanged: 2, refused: 10 });
    const reasons = await house.db.selectFrom("directory_import_rows").select("reason").distinct().where("import_id", "=", account.importId).where("fate", "=", "refused").execute();
    expect(reasons).toEqual([{ reason: "heldByOther" }]);
    expect(await everything()).toBe(before);
  });
});

describe("what a person here has said since", () => {
  it("stays, and what the source says is kept beside it for a decision, once", async () => {
    await fresh();
    const source = aSource();
    await importFolder(house, aFolder(lanternStreet()), source);
    await inTransaction(house, (act) => confirmAll(act, service, byCall, ["about", "contact"]));
    const next = { ...changed("services.csv", (rows) => rows.map((row, at) => (at === 0 ? { ...row, name: "Another name", interpretation_services: "By phone" } : row))), "phones.csv": [{ id: ids.phone, service_id: ids.service, number: "213-555-0199", type: "voice" }] };
    const account = await importFolder(house, aFolder(next), source);
    expect(account).toMatchObject({ conflicts: 2 });
    expect(account.counts["phones.csv"]).toMatchObject({ refused: 1 });
    const { services } = await partsOf(house.db, [service]);
    expect(services[0]).toMatchObject({ name: "Circle of Mothers", phones: [{ number: "213-555-0123" }] });
    expect(services[0]?.claims.find(({ field }) => field === "contact")).toMatchObject({ method: "call", verifiedRole: "coordinator" });
    const conflicts = await house.db.selectFrom("listing_conflicts").select(["field", "record_table", "theirs"]).orderBy("field").execute();
    expect(conflicts).toMatchObject([{ field: "about", record_table: "services", theirs: { name: "Another name" } }, { field: "contact", record_table: "phones", theirs: { number: "213-555-0199" } }]);
    const before = await everything();
    expect(await importFolder(house, aFolder(next), source)).toMatchObject({ written: 0, conflicts: 0 });
    expect(await everything()).toBe(before);
  });

  it.each(["closed", "removed"] as const)("%s: what was taken out stays out, whatever its source changes, and the source's word waits for a decision", async (how) => {
    await fresh();
    const source = aSource();
    await importFolder(house, aFolder(lanternStreet()), source);
    await inTransaction(house, (act) => (how === "closed" ? takeOut(act, service, "defunct") : handleReports(act, service, { outcome: "removed" })));
    const { status } = await house.db.selectFrom("services").select("status").where("id", "=", service).executeTakeFirstOrThrow();
    const next = changed("services.csv", (rows) => rows.map((row, at) => (at === 0 ? { ...row, email: "new@example.org", description: "A new description of the group." } : row)));
    expect(await importFolder(house, aFolder(next), source)).toMatchObject({ refused: undefined, conflicts: 1 });
    expect(await house.db.selectFrom("services").select(["status", "email"]).where("id", "=", service).executeTakeFirst()).toEqual({ status, email: "new@example.org" });
    expect(await house.db.selectFrom("listings").select("id").where("service_id", "=", service).execute()).toEqual([]);
    expect(await importFolder(house, aFolder(next), source)).toMatchObject({ written: 0, conflicts: 0 });
  });

  it("about what the source says alike is no difference", async () => {
    await fresh();
    const source = aSource();
    await importFolder(house, aFolder(lanternStreet()), source);
    await inTransaction(house, (act) => state(act, service, [{ field: "accepting", value: "yes" }], byCall));
    await inTransaction(house, (act) => confirmAll(act, service, byCall));
    expect(await importFolder(house, aFolder(lanternStreet()), source)).toMatchObject({ written: 0, conflicts: 0 });
  });
});

describe("one service told twice", () => {
  const twin = (name: string, description: string): Table => [{ id: "b0000000-0000-4000-8000-000000000009", organization_id: ids.organization, name, description, status: "active" }];

  it("within a source is proposed where name and words are the same, and never merged", async () => {
    await fresh();
    const rows = lanternStreet()["services.csv"] ?? [];
    const account = await importFolder(house, aFolder({ ...lanternStreet(), "services.csv": [...rows, ...twin("circle of  MOTHERS", rows[0]?.["description"] ?? "")] }), aSource());
    expect(account.duplicates).toBe(1);
    expect(await house.db.selectFrom("listing_duplicates").select(["why", "decided_at"]).execute()).toEqual([{ why: "same_words", decided_at: null }]);
    expect(await house.db.selectFrom("listings").select("id").execute()).toHaveLength(3);
  });

  it("within a source is not proposed where another program of the house has the name", async () => {
    await fresh();
    const rows = lanternStreet()["services.csv"] ?? [];
    expect((await importFolder(house, aFolder({ ...lanternStreet(), "services.csv": [...rows, ...twin("Circle of Mothers", "Reading aloud to children of three to five years, each Saturday.")] }), aSource())).duplicates).toBe(0);
  });

  it("by two sources is proposed for the same number and a name alike", async () => {
    await fresh();
    await importFolder(house, aFolder(lanternStreet()), aSource());
    const flat = csvOf([{ Name: "Circle of mothers (Tuesdays)", Organization: "Lantern", Phone: "(213) 555-0123", City: "Los Angeles" }, { Name: "Legal aid", Organization: "Lantern", Phone: "(213) 555-0123", City: "Los Angeles" }]);
    const account = await importFolder(house, aFolder({ "list.csv": flat }), { name: aSource(), kind: "spreadsheet" });
    expect(account).toMatchObject({ refused: undefined, duplicates: 1 });
    expect(await house.db.selectFrom("listing_duplicates").select("why").execute()).toEqual([{ why: "same_phone_and_name" }]);
  });
});

describe("a table with one listing a row", () => {
  const rows = [
    { Name: "Grupo Luna", Organization: "Lantern House", Phone: "213-555-0111", City: "Los Angeles", State: "California", "ZIP or postal code": "90012", Street: "1 Moon Street", Languages: "Spanish; English", "Hours (Mon-Fri 9am-5pm; Sat 10am-2pm)": "Tue 10am-11:30am", "Words for it (separated by ;)": "Support group; After birth", Cost: "Free", Website: "luna.example.org" },
    { Name: "", Organization: "Lantern House", Phone: "213-555-0112", City: "Los Angeles" },
    { Name: "Sol", Organization: "Lantern House", Phone: "833-943-5746", City: "Los Angeles", "Hours (Mon-Fri 9am-5pm; Sat 10am-2pm)": "when the moon is full" },
  ];
  it.each([
    ["as a spreadsheet saves it, with a mark before it and semicolons", `\uFEFF${csvOf(rows, ";", "\r\n")}`],
    ["with commas", csvOf(rows)],
    ["with tabs", csvOf(rows, "\t")],
  ])("%s", async (_how, text) => {
    await fresh();
    const source = { name: aSource(), kind: "spreadsheet" } as const;
    const folder = aFolder({ "luna.csv": text });
    const account = await importFolder(house, folder, source);
    expect(account.counts["luna.csv"]).toMatchObject({ rows: 3, taken: 2, refused: 1, notes: { statusMissing: 2, urlMended: 1, hoursAsText: 1, partLeftOut: 1 } });
    const { id } = await house.db.selectFrom("services").select("id").where("name", "=", "Grupo Luna").executeTakeFirstOrThrow();
    const [luna] = (await partsOf(house.db, [id as ServiceId])).services;
    expect(luna).toMatchObject({ organization: "Lantern House", languages: expect.arrayContaining(["es", "en"]), terms: ["c_free", "s_group", "w_after_birth"], url: "https://luna.example.org" });
    expect(luna?.places[0]).toMatchObject({ address: { address_1: "1 Moon Street", state_province: "CA", country: "US" }, hours: [{ byday: "TU" }], phones: [{ dial: { dial: "+12135550111" } }] });
    const before = await everything();
    expect(await importFolder(house, folder, source)).toMatchObject({ written: 0 });
    expect(await everything()).toBe(before);
  });

  it("saved in Windows letters keeps its accents", async () => {
    await fresh();
    await importFolder(house, aFolder({ "luna.csv": Buffer.from(csvOf([{ Nombre: "Círculo de mamás", Teléfono: "213-555-0111", Ciudad: "Los Ángeles" }]), "latin1") }), { name: aSource(), kind: "spreadsheet" });
    expect(await house.db.selectFrom("services").select("name").execute()).toEqual([{ name: "Círculo de mamás" }]);
  });

  it("of another program is read by the headings that such exports use", async () => {
    await fresh();
    const row = { ResourceAgencyNum: "77", PublicName: "Warm Meals", ParentAgency: "Lantern House", AgencyDescription: "Meals &amp; more", Phone1Number: "213-555-0177", PhysicalAddress1: "7 Moon Street", PhysicalCity: "Los Angeles", PhysicalStateProvince: "CA", PhysicalPostalCode: "90012", HoursOfOperation: "Mon-Fri 9-5pm", LanguagesOffered: "English, Spanish", TaxonomyTerms: "Congregate Meals", FeeStructureSource: "No fee", LastVerifiedOn: "10/1/2026" };
    const account = await importFolder(house, aFolder({ "icarol.csv": csvOf([row]) }), { name: aSource(), kind: "airs" });
    expect(account.counts["icarol.csv"]).toMatchObject({ rows: 1, taken: 1 });
    const { id } = await house.db.selectFrom("services").select("id").executeTakeFirstOrThrow();
    const [meals] = (await partsOf(house.db, [id as ServiceId])).services;
    expect(meals).toMatchObject({ name: "Warm Meals", description: "Meals & more", organization: "Lantern House", terms: ["c_free", "s_meals"] });
    expect(meals?.places[0]?.hours).toMatchObject([{ byday: "MO,TU,WE,TH,FR" }]);
    expect(meals?.places[0]?.hours[0]?.opensAt?.toString()).toBe("09:00:00");
    expect(meals?.claims.find(({ field }) => field === "about")?.statedAt.toString()).toBe("2026-10-01T00:00:00Z");
  });
});
