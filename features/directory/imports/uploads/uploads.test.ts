import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { findListings } from "../../finder/queries.ts";
import { askFor } from "../../finder/rules.ts";
import { directoryJobs } from "../../jobs.ts";
import { tendedDirectory } from "../../tending/factory.ts";
import { aZip, csvOf, lanternStreet, type Table } from "../factory.ts";
import type { ImportId } from "../types.ts";
import { forgetOldUploads, readUploadIn, uploadBytes } from "./commands.ts";

const folder = mkdtempSync(join(tmpdir(), "small-hours-uploads-"));
const house = await openTestHouse({ DATA_DIR: folder });
const { app, coordinator, volunteer } = await tendedDirectory(house);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kept = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const get = (path: string, cookie = coordinator) => app.request(path, { headers: { cookie, "accept-language": "en" } });
const text = async (path: string) => (await get(path)).text();
const post = (path: string, fields: Readonly<Record<string, string>> = {}) => app.request(path, { method: "POST", body: new URLSearchParams(fields), headers: { cookie: coordinator, "sec-fetch-site": "same-origin" } });
const handIn = async (name: string, content: string | Uint8Array<ArrayBuffer> | undefined, fields: Readonly<Record<string, string>> = {}, cookie = coordinator) => {
  const form = new FormData();
  for (const [field, value] of Object.entries({ name: "Lantern 211", country: "US", ...fields })) form.set(field, value);
  form.set("file", content === undefined ? new File([], "") : new File([content], name));
  return app.request("/tend/imports", { method: "POST", body: form, headers: { cookie, "sec-fetch-site": "same-origin", "accept-language": "en" } });
};
const readAll = async (answer: Response): Promise<string> => {
  const there = answer.headers.get("location") ?? "";
  await readUploadIn(house, there.split("/").at(-1) as ImportId);
  return there;
};
const found = async () => (await findListings(house.db, askFor("", { facets: [], accepting: false, near: undefined, within: undefined, country: undefined }), house.now())).map(({ listing }) => listing.card.name);

const templateRow = { Name: "Grupo Luna", Organization: "Lantern House", Phone: "213-555-0111", City: "Los Angeles", State: "CA", "ZIP or postal code": "90012" };
const template = (rows: Table) => csvOf(rows);

describe("a file of our own spreadsheet", () => {
  it("is looked at, read when she says so, and accounted for to the last row", async () => {
    expect(await text("/tend/imports")).toContain("Nothing has been brought in yet");
    const [bad, formula] = [{ ...templateRow, Name: "" }, { ...templateRow, Name: "=1+1" }];
    const answer = await handIn("My list.csv", template([templateRow, { ...templateRow, Name: "Grupo Sol", Phone: "213-555-0112" }, bad, formula]));
    expect(answer.status).toBe(303);
    const there = answer.headers.get("location") ?? "";
    const preview = await text(there);
    expect(preview).toContain("My list.csv, from Lantern 211");
    expect(preview).toContain("It is our own spreadsheet");
    expect(await found()).toEqual([]);
    expect((await post(`${there}/begin`)).headers.get("location")).toBe(there);
    expect(await text(there)).toContain("It is being read");
    await directoryJobs(house, () => Promise.resolve())["read-upload"]?.({ importId: there.split("/").at(-1) });
    const account = await text(there);
    expect(account).toContain("A needed cell is empty: Name");
    expect(await found()).toEqual(expect.arrayContaining(["Grupo Luna", "Grupo Sol"]));
    expect(await text("/tend/imports")).toContain("2 new, 0 changed, 2 refused");
    expect(kept()).toEqual([]);
    const csv = await text(`${there}/rows.csv`);
    expect(csv).toContain(`my_list.csv,5,'=1+1,refused,A cell holds a formula: Name`);
  });

  it("is offered empty in both languages, and is known again when it comes back", async () => {
    for (const [file, name] of [["listings-en.csv", "Name,"], ["lugares-es.csv", "Nombre,"]] as const) {
      const empty = await text(`/tend/imports/template/${file}`);
      expect(empty.replace("\uFEFF", "").startsWith(name)).toBe(true);
      const there = (await handIn(file, `${empty}Grupo,Casa\n`)).headers.get("location") ?? "";
      expect(await text(there)).toContain("It is our own spreadsheet");
      await post(`${there}/drop`);
    }
    expect((await get("/tend/imports/template/nothing.csv")).status).toBe(404);
  });
});

describe("a file of another program", () => {
  const rows = [{ Titel: "Warm Meals", Ort: "Los Angeles", Tel: "213-555-0177" }];

  it("asks which column is which, keeps the answer with its source, and does not ask again", async () => {
    const there = (await handIn("fremd.csv", csvOf(rows), { name: "County list" })).headers.get("location") ?? "";
    const preview = await text(there);
    expect(preview).toContain("Which column is which?");
    expect(preview).toContain("Titel · Warm Meals");
    const again = await post(`${there}/begin`, { column_city: "Ort" });
    expect(again.status).toBe(422);
    const asked = await again.text();
    expect(asked).toContain("Choose the column that holds the name");
    expect(asked).toMatch(/<option value="Ort" selected>/);
    await post(`${there}/begin`, { column_name: "Titel", column_city: "Ort", column_phone: "Tel" });
    await readUploadIn(house, there.split("/").at(-1) as ImportId);
    expect(await found()).toContain("Warm Meals");
    const source = await house.db.selectFrom("directory_sources").select(["id", "mapping"]).where("name", "=", "County list").executeTakeFirstOrThrow();
    expect(source.mapping).toEqual({ name: "Titel", city: "Ort", phone: "Tel" });
    const next = await handIn("fremd.csv", csvOf(rows), { name: "", known: source.id });
    expect(await text(next.headers.get("location") ?? "")).toContain("The columns are the same as the last time");
    await post(`${next.headers.get("location") ?? ""}/begin`, { column_name: "Titel", column_city: "Ort", column_phone: "Tel" });
    const account = await text(await readAll(next));
    expect(account).toContain("No row was refused");
  });

  it("as an archive of the standard shows its tables", async () => {
    const there = (await handIn("export.zip", new Uint8Array(readFileSync(aZip({ ...lanternStreet(), "extra.csv": "a,b\n1,2\n" }))), { name: "Lantern HSDS" })).headers.get("location") ?? "";
    const preview = await text(there);
    expect(preview).toContain("services.csv");
    expect(preview).toContain("the standard has no such table");
    await post(`${there}/begin`);
    await readUploadIn(house, there.split("/").at(-1) as ImportId);
    expect(await found()).toContain("Circle of Mothers");
  });
});

describe("what can't be taken", () => {
  const problem = async (answer: Promise<Response>) => [(await answer).status, /role="alert"[\s\S]*?<\/ul>/.exec(await (await answer).text())?.[0].replace(/<[^>]+>/g, " ").replace(/\s+/g, " ")];

  it("is said on the form, with what was typed, and nothing of it is kept", async () => {
    await house.db.insertInto("directory_sources").values({ name: "Lines of many countries", kind: "seed", made_at: house.now() }).execute();
    const before = await house.db.selectFrom("directory_imports").select("id").execute();
    expect((await problem(handIn("", undefined)))[1]).toContain("Choose a file");
    expect((await problem(handIn("a.csv", "Name,City\nx,y\n", { name: "" })))[1]).toContain("Say who it is from");
    expect((await problem(handIn("a.zip", new Uint8Array(readFileSync(aZip({ "xl/workbook.xml": "<x/>" }))))))[1]).toContain("Save it as CSV");
    expect((await problem(handIn("services.csv", "id,title\n1,2\n")))[1]).toContain("A heading is missing: services.csv: name");
    expect((await problem(handIn("a.csv", "Name,City\nx,y\n", { name: "lines of many countries" })))[1]).toContain("That name belongs to a list that does not come in files");
    expect(await (await handIn("", undefined, { name: "Kept as typed" })).text()).toContain("Kept as typed");
    expect(kept()).toEqual([]);
    expect(await house.db.selectFrom("directory_imports").select("id").execute()).toEqual(before);
  });

  it("when it is larger than a page takes is answered 413 in words, and nothing of it stays", async () => {
    let left = Math.ceil(uploadBytes / 4_000_000) + 2;
    const [piece, encoder] = [new Uint8Array(4_000_000).fill(97), new TextEncoder()];
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(encoder.encode('--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nBig one\r\n--x\r\ncontent-disposition: form-data; name="country"\r\n\r\nUS\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="big.csv"\r\n\r\n')),
      pull(stream) {
        if (left-- > 0) return stream.enqueue(piece);
        stream.enqueue(encoder.encode("\r\n--x--\r\n"));
        stream.close();
      },
    });
    const answer = await app.request("/tend/imports", { method: "POST", body, duplex: "half", headers: { cookie: coordinator, "sec-fetch-site": "same-origin", "content-type": "multipart/form-data; boundary=x" } } as RequestInit);
    expect(answer.status).toBe(413);
    const page = await answer.text();
    expect(page).toContain("The file is too big: at most 200 MB");
    expect(page).toContain("Big one");
    expect(kept()).toEqual([]);
  });

  it("is a form that breaks off in the middle", async () => {
    const answer = await app.request("/tend/imports", { method: "POST", body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nName,City\r\nHalf a', headers: { cookie: coordinator, "sec-fetch-site": "same-origin", "content-type": "multipart/form-data; boundary=x" } });
    expect(answer.status).toBe(422);
    expect(kept()).toEqual([]);
  });

  it("comes from whoever may not, or from another site", async () => {
    expect((await handIn("a.csv", "Name,City\nx,y\n", {}, volunteer)).status).toBe(404);
    expect((await get("/tend/imports", volunteer)).status).toBe(404);
    const elsewhere = await app.request("/tend/imports", { method: "POST", body: new FormData(), headers: { cookie: coordinator, "sec-fetch-site": "cross-site" } });
    expect(elsewhere.status).toBe(403);
    expect(kept()).toEqual([]);
  });
});

it("a file that nobody says yes to in two days goes", async () => {
  const there = (await handIn("luna.csv", template([templateRow]))).headers.get("location") ?? "";
  await forgetOldUploads(house);
  expect(kept()).toHaveLength(1);
  const now = house.now();
  house.setClock(Temporal.Now.instant().add({ hours: 49 }));
  await forgetOldUploads(house);
  house.setClock(now);
  expect(kept()).toEqual([]);
  expect((await get(there)).status).toBe(404);
});
