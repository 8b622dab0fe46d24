import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { tendedDirectory } from "../../tending/factory.ts";
import { aFolder, aZip, lanternStreet } from "../factory.ts";
import { importFolder } from "../commands.ts";

const folder = mkdtempSync(join(tmpdir(), "small-hours-hostile-"));
const house = await openTestHouse({ DATA_DIR: folder });
const { app, coordinator: cookie } = await tendedDirectory(house);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kept = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
const stored = async () => [await house.db.selectFrom("directory_imports").select("id").execute(), await house.db.selectFrom("directory_sources").select("id").execute()].flat().length;
const headers = () => ({ cookie, "sec-fetch-site": "same-origin", "accept-language": "en" });
const post = (path: string, body: BodyInit, type?: string) => app.request(path, { method: "POST", body, headers: { ...headers(), ...(type === undefined ? {} : { "content-type": type }) } });

/** An answer that is none of a fault, behind which either a file waits to be looked at, or nothing is kept at all. */
async function holds(answering: Response | Promise<Response>, before: number): Promise<number> {
  const answer = await answering;
  expect(answer.status).toBeLessThan(500);
  const there = answer.status === 303 ? answer.headers.get("location") : undefined;
  if (there) {
    expect((await app.request(there, { headers: headers() })).status).toBe(200);
    expect((await post(`${there}/drop`, new URLSearchParams())).status).toBe(303);
    await house.db.deleteFrom("directory_sources").where("kind", "=", "tabular").execute();
  }
  expect([kept(), await stored()]).toEqual([0, before]);
  return answer.status;
}

type Part = { readonly field: string; readonly file?: string; readonly content: Uint8Array };
const part = ({ field, file, content }: Part): Uint8Array[] => [Buffer.from(`--edge\r\ncontent-disposition: form-data; name="${field}"${file === undefined ? "" : `; filename="${file}"\r\ncontent-type: text/csv`}\r\n\r\n`), content, Buffer.from("\r\n")];
const bodyOf = (parts: readonly Part[]): Buffer => Buffer.concat([...parts.flatMap(part), Buffer.from("--edge--\r\n")]);

const zips = () => [readFileSync(aZip(lanternStreet())), Buffer.from(zipSync({ "services.csv": new Uint8Array(12_000_000).fill(97) })), Buffer.from(zipSync({ "../services.csv": Buffer.from("id,name\n1,x\n") })), Buffer.from(zipSync({ "a\0.csv": Buffer.from("id,name\n1,x\n") })), Buffer.from(zipSync({ "datapackage.json": Buffer.from('{"resources":[{"path":"\\u0000/x"}]}'), "services.csv": Buffer.from("id,name\n1,x\n") }))];

it("whatever is posted as a list, it is a file that waits or a kind word, and nothing is half kept", async () => {
  const before = await stored();
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 30 }), fc.constantFrom("", "Lantern 211", "ΟΔΟΣ", "İstanbul", "US", "ZZ", "us", "../../etc", "__proto__", "x".repeat(3_000))).map((some) => some.replaceAll('"', "").replaceAll("--edge", ""));
  const content = fc.oneof(fc.constantFrom(...zips()), fc.uint8Array({ maxLength: 300 }), text.map((some) => Buffer.from(some)), fc.constantFrom("Name,City\nx,y\n", "Name;City\nx;y\n", `Name,City\n${"x,".repeat(3_000)}\n`, "\uFEFFid,name\n", "constructor,__proto__,toString\n1,2,3\n").map((some) => Buffer.from(some)));
  const aPart: fc.Arbitrary<Part> = fc.oneof(fc.record({ field: fc.constantFrom("name", "country", "known", "__proto__", "file", "x".repeat(200)), content: text.map((some) => Buffer.from(some)) }), fc.record({ field: fc.constantFrom("file", "name", "toString"), file: fc.oneof(text, fc.constantFrom("../../x.csv", "..\\x.csv", "incoming", "a%00.csv", "a\0.csv", "services.csv")), content }));
  const whole = fc.tuple(fc.constantFrom("Lantern 211", "ΟΔΟΣ", "İstanbul", "a\0b"), fc.constantFrom("US", "ZZ"), fc.constantFrom("a.csv", "../x.zip", "a\0.csv", "services.csv"), content).map(([name, country, file, bytes]): Part[] => [{ field: "name", content: Buffer.from(name) }, { field: "country", content: Buffer.from(country) }, { field: "file", file, content: bytes }]);
  const types = fc.constantFrom("multipart/form-data; boundary=edge", "multipart/form-data; boundary=edge", "multipart/form-data; boundary=edge", "multipart/form-data", "multipart/form-data; boundary=other", "text/plain", "application/json", "");
  const good: Part[] = [{ field: "name", content: Buffer.from("Lantern 211") }, { field: "country", content: Buffer.from("US") }, { field: "file", file: "a.csv", content: Buffer.from("Name,City\nx,y\n") }];
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(whole, fc.array(aPart, { maxLength: 30 })), types, fc.option(fc.nat(), { freq: 1 }), fc.option(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { freq: 1 }), async (parts, type, cut, turn) => {
      const body = bodyOf(parts);
      if (turn && body.length < 100_000) body[turn[0] % body.length] = (body[turn[0] % body.length] ?? 0) ^ turn[1];
      statuses.add(await holds(post("/tend/imports", new Uint8Array(cut === null ? body : body.subarray(0, cut % (body.length + 1))), type), before));
    }),
    { numRuns: 150, examples: [[good, "multipart/form-data; boundary=edge", null, null]] },
  );
  expect([...statuses]).toEqual(expect.arrayContaining([303, 422]));
}, 120_000);

it("whatever is posted beside it is answered: other pages, other ids, thousands of fields", async () => {
  const before = await stored();
  const many = Array.from({ length: 20_000 }, (_, at) => `column_${at}=x`).join("&");
  const nobody = "00000000-0000-4000-8000-000000000000";
  for (const path of [`/tend/imports/${nobody}/begin`, "/tend/imports/..%2f..%2fetc/begin", `/tend/imports/${nobody}/drop`, "/tend/imports/directory", "/tend/imports/directory/x/read", "/tend/imports"])
    for (const [body, type] of [[many, "application/x-www-form-urlencoded"], ["{", "application/json"], ["--edge\r\n", "multipart/form-data; boundary=edge"], ["name=%00%ff&url=http://[&country=__", "application/x-www-form-urlencoded"]] as const) await holds(post(path, body, type), before);
  for (const query of ["?page=-1", "?page=1e99", "?page=%00", "?page[]=1"]) expect((await app.request(`/tend/imports/${nobody}${query}`, { headers: headers() })).status).toBe(404);
});

it("columns of a preview may be asked for by any name, thousands of them", async () => {
  const form = new FormData();
  for (const [name, value] of [["name", "Odd list"], ["country", "US"]] as const) form.set(name, value);
  form.set("file", new File(["Titel,__proto__,constructor\nWarm meals,x,y\n"], "odd.csv"));
  const there = (await post("/tend/imports", form)).headers.get("location") ?? "";
  const many = Array.from({ length: 5_000 }, (_, at) => [`column_${at}`, "x"]);
  for (const fields of [many, [["column_name", "nothing"]], [["__proto__", "x"], ["column_city", "__proto__"]], [["column_name", "x".repeat(5_000)]]]) expect((await post(`${there}/begin`, new URLSearchParams(fields as string[][]))).status).toBeLessThan(500);
  await house.db.deleteFrom("directory_imports").execute();
});

it("a refusal that names what no table takes is written down all the same", async () => {
  const account = await importFolder(house, join(aFolder({ "a.zip": zipSync({ "a\0/services.csv": Buffer.from("id,name\n1,x\n") }) }), "a.zip"), "ΟΔΟΣ");
  expect(account.refused?.reason).toBe("zipPathWrong");
});
