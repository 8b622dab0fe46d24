import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeEach, describe, expect, it, test, vi } from "vitest";
import { createApp } from "../../../../app.tsx";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import { mostStreams } from "../../../../platform/http/open-data.ts";
import { bringLines } from "../../lines/commands.ts";
import { byImport, makeListing, writeListing, type Wanted } from "../../factory.ts";
import { relist } from "../../listing/commands.ts";
import { terms } from "../../taxonomy/rules.ts";
import { kinds } from "../../types.ts";
import { addEverything, idOf, makeRichListing } from "../factory.ts";
import { tabular } from "../forms.ts";
import { bringInto, emptyDirectory, exported, filesIn, kept, rowsIn } from "./factory.ts";

const house = await openTestHouse();
const other = await openTestHouse();
const app = createApp(house);
// All tables of two directories, several times a test: on a busy machine that is half a minute.
vi.setConfig({ testTimeout: 120_000 });
const start = Temporal.Instant.from("2026-11-26T03:00:00Z");

beforeEach(async () => {
  for (const one of [house, other]) {
    one.setClock(start);
    await emptyDirectory(one);
  }
});

/** What is exported here, brought in there and exported again is the same. */
async function goesRound(): Promise<Record<string, unknown>> {
  const first = await exported(house);
  const account = await bringInto(other, first);
  expect(account.refused).toBeUndefined();
  const refused = await other.db.selectFrom("directory_import_rows").select(["file", "line", "reason", "detail"]).where("import_id", "=", account.importId).where("fate", "=", "refused").execute();
  expect(refused).toEqual([]);
  const second = await exported(other);
  expect(kept(second)).toEqual(kept(first));
  return kept(first);
}

const asked = async (headers = {}) => app.request("/hsds/export.zip", { headers });

describe("what goes out as tables", () => {
  it("is one archive with each table of the standard, its headings, its size and its digest", async () => {
    await makeRichListing(house, "rich", { name: "Círculo de Luna", terms: ["w_dads", "i_medicaid", "c_free"], accepting: "yes", waitDays: 12 });
    const answer = await asked();
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("content-disposition")]).toEqual([200, "application/zip", 'attachment; filename="hsds-2026-11-26.zip"']);
    const files = filesIn(new Uint8Array(await answer.arrayBuffer()));
    expect(Object.keys(files)).toEqual([...tabular.map(({ file }) => file), "datapackage.json"]);
    const { resources, created } = JSON.parse(files["datapackage.json"] ?? "") as { created: string; resources: { path: string; bytes: number; hash: string; schema: { fields: { name: string }[] } }[] };
    expect(created).toBe("2026-11-26T03:00:00Z");
    for (const { path, bytes, hash, schema } of resources) {
      const text = files[path] ?? "";
      expect([Buffer.byteLength(text), `sha256:${createHash("sha256").update(text).digest("hex")}`], path).toEqual([bytes, hash]);
      expect(text.split("\n")[0], path).toBe(schema.fields.map(({ name }) => name).join(","));
    }
    for (const { file, row, numeric } of tabular) {
      const rows = rowsIn(files[file]);
      if (file !== "meta_table_descriptions.csv") expect(rows.length, file).toBeGreaterThan(0);
      for (const cells of rows) {
        const said = Object.fromEntries(Object.entries(cells).flatMap(([name, cell]) => (cell === "" ? [] : [[name, numeric.has(name) ? Number(cell) : cell]])));
        expect(row.safeParse(said).error?.issues ?? [], `${file} ${JSON.stringify(cells)}`).toEqual([]);
      }
    }
  });

  it("holds nothing of what is over: no room, no hours, no service that is hidden, and no link to it", async () => {
    const [id, gone] = [await makeListing(house, { kind: "resource", accepting: "yes", hours: [["MO", "10:00", "11:00"]] }), await makeListing(house, { name: "Old circle", organization: "Old house", by: byImport })];
    const said = async (file: string) => rowsIn(filesIn(await exported(house))[file]).map((row) => row["service_id"] ?? row["id"]);
    expect((await said("services.csv")).sort()).toEqual([id, gone].sort());
    expect(await said("service_capacity.csv")).toEqual([id]);
    expect(await said("schedules.csv")).toEqual([id]);
    house.setClock(start.add({ hours: 14 * 24 }));
    expect(await said("service_capacity.csv")).toEqual([]);
    const { organization_id } = await house.db.selectFrom("services").select("organization_id").where("id", "=", gone).executeTakeFirstOrThrow();
    await house.db.updateTable("locations").set({ organization_id }).execute();
    house.setClock(start.add({ hours: 130 * 24 }));
    const files = filesIn(await exported(house));
    expect(rowsIn(files["services.csv"]).map((row) => row["id"])).toEqual([id]);
    expect(Object.values(files).filter((text) => text.includes("Old")), "neither it nor its house").toEqual([]);
    expect(rowsIn(files["locations.csv"]).map((row) => row["organization_id"])).toEqual([""]);
  });

  it("is nothing that a spreadsheet would run", async () => {
    await makeListing(house, { name: '=HYPERLINK("https://evil.example","Circle")', fees: "'=1+1", organization: "@SUM(1)" });
    const files = filesIn(await exported(house));
    expect(rowsIn(files["services.csv"]).map(({ name, fees_description }) => [name, fees_description])).toEqual([[`'=HYPERLINK("https://evil.example","Circle")`, "''=1+1"]]);
    expect(rowsIn(files["organizations.csv"]).map(({ name }) => name)).toEqual(["'@SUM(1)"]);
    await goesRound();
  });

  it.each(['+1+IMPORTXML("http://evil.example")', '-1+HYPERLINK("http://evil.example")', "- Therapy(CBT)\n- Tea", "  @SUM(1)", "\t=1+1", "\rno"])("nor in whatever cell it stands: %j", async (text) => {
    await makeRichListing(house, "rich", { name: text, organization: text, description: text, howToApply: text, street: text, city: text, fees: text, email: "+luna@example.org" });
    const cells = Object.entries(filesIn(await exported(house))).filter(([file]) => file.endsWith(".csv")).flatMap(([, csv]) => rowsIn(csv).flatMap((row) => Object.values(row)));
    expect(cells.filter((cell) => /^\s*[=+@-]|^[\t\r]/.test(cell) && !/^[+-]?[\d ().-]*$/.test(cell))).toEqual([]);
    expect(cells).toContain(`'${text}`);
    await goesRound();
  });
});

describe("out, in and out again is the same", () => {
  it("for one of everything, and once more from there", async () => {
    await makeRichListing(house, "rich", { name: "Círculo de Luna", terms: ["w_dads", "i_medicaid", "c_free", "p_babies"], accepting: "yes", waitDays: 12, languages: ["es", "en"], hours: [["MO,WE", "10:00", "11:30"]], credential: { kind: "pmh_c" } });
    await makeListing(house, { name: "Night line", kind: "warmline", at: undefined, accepting: "no" });
    await house.db.insertInto("carried").values({ id: idOf("meta"), noun: "meta_table_description", link_entity: "meta_table_description", link_id: idOf("meta"), body: JSON.stringify({ name: "services", language: "en", character_set: "UTF-8" }) }).execute();
    await goesRound();
    house.setClock(start.add({ hours: 24 }));
    other.setClock(start.add({ hours: 24 }));
    const second = await exported(other);
    await emptyDirectory(house);
    await bringInto(house, second);
    expect(kept(await exported(house))).toEqual(kept(second));
  });

  it("for the lines that come with the program, into a directory without them", async () => {
    await bringLines(house);
    const tables = await goesRound();
    expect((tables["services.csv"] as object[]).length).toBeGreaterThan(200);
    expect(String(tables["phones.csv"])).toContain(",988,");
  });

  it("a service of nobody gets an organization of its own name", async () => {
    const id = await makeListing(house, { name: "Just us" });
    await house.db.updateTable("services").set({ organization_id: null }).execute();
    await house.db.deleteFrom("organizations").execute();
    await house.db.updateTable("services").set({ organization_id: null }).where("id", "=", id).execute();
    const tables = await goesRound();
    const [organization] = rowsIn(String(tables["organizations.csv"]));
    expect(organization).toMatchObject({ name: "Just us", description: "Just us" });
    expect(tables["services.csv"]).toMatchObject([{ id, organization_id: organization?.["id"] }]);
  });

  const text = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom("", " ", "-", "'", "'=1", "=1+1", "@SUM(1)", "a\r\nb", "a\rb", "\n", '"', 'a,"b', "ñandú 日本", "&amp; <b>", "\uFEFFx", "x".repeat(300))).map((some) => some.replaceAll("\u0000", "").toWellFormed());
  const wanted: fc.Arbitrary<Wanted> = fc.record(
    {
      name: text,
      organization: text,
      description: text,
      fees: text,
      howToApply: text,
      street: text,
      email: fc.oneof(fc.emailAddress(), text),
      url: fc.oneof(fc.webUrl(), text),
      kind: fc.constantFrom(...kinds),
      at: fc.option(fc.record({ latitude: fc.integer({ min: -90e7, max: 90e7 }).map((part) => part / 1e7), longitude: fc.integer({ min: -180e7, max: 180e7 }).map((part) => part / 1e7) }), { nil: undefined }),
      city: text,
      postalCode: fc.constantFrom("", "90012", "?"),
      country: fc.constantFrom("US", "BR", ""),
      phone: fc.constantFrom("+12135550123", undefined),
      extension: fc.constantFrom("7", "012", "x"),
      languages: fc.subarray(["en", "es", "yue"]),
      terms: fc.subarray([...terms], { maxLength: 6 }),
      hours: fc.subarray([["MO,WE", "10:00", "11:30"], ["1TU", "00:00", "23:59"]] as [string, string, string][]),
      accepting: fc.constantFrom("yes", "no", "waitlist"),
      waitDays: fc.integer({ min: 0, max: 400 }),
      by: fc.constantFrom(undefined, byImport),
    },
    { requiredKeys: [] },
  ).map(({ by, ...rest }) => ({ ...rest, ...(by ? { by } : {}) }));

  it("for whatever people write, at random moments", async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(wanted, fc.boolean()), { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 200 }), async (some, days) => {
        for (const one of [house, other]) {
          one.setClock(start);
          await emptyDirectory(one);
        }
        await inTransaction(house, async (act) => {
          for (const [one, rich] of some) {
            const id = await writeListing(act, one);
            if (rich) await addEverything(act, id, `random ${made++}`);
            await relist(act, [id]);
          }
        });
        for (const one of [house, other]) one.setClock(start.add({ hours: 24 * days }));
        await goesRound();
      }),
      { numRuns: 8 },
    );
  }, 600_000);
});

test("an answer to HEAD says what it would be and makes nothing", async () => {
  const answer = await app.request("/hsds/export.zip", { method: "HEAD" });
  expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([200, "application/zip", ""]);
});

test("so many read all of it at once and no more; who lets go makes room for the next", async () => {
  const ask = () => app.request("/hsds/export.zip");
  const open = await Promise.all(Array.from({ length: mostStreams }, ask));
  expect(open.map(({ status }) => status)).toEqual(open.map(() => 200));
  const next = await ask();
  expect([next.status, next.headers.get("retry-after"), next.headers.get("content-type")]).toEqual([503, "60", "application/problem+json"]);
  await Promise.all(open.map(({ body }) => body?.cancel()));
  await vi.waitFor(async () => {
    const later = await ask();
    await later.body?.cancel();
    expect(later.status).toBe(200);
  });
});
