import { existsSync, mkdirSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { expect, test } from "vitest";
import { heading } from "../features/directory/imports/flat/rules.ts";
import { aVisitor, isAccessible, type Visitor } from "./browser.ts";
import { openStreet } from "./street.ts";
import { nothingComplained, press, sees, signsIn } from "./steps.ts";
import { said } from "./words.ts";

type Language = "en" | "es";
const street = await openStreet();

/** Our own spreadsheet, filled in: two places that can be found, and one row without a name. */
const filledIn = (empty: string, language: Language, place: string): string => {
  const [headings = []] = parse(empty, { bom: true });
  const row = (cells: Partial<Record<"name" | "organization" | "phone" | "city" | "region" | "postal_code", string>>) =>
    headings.map((name) => Object.entries(cells).find(([column]) => heading(column as "name", language) === name)?.[1] ?? "");
  const both = { organization: `Casa ${place}`, city: "Los Angeles", region: "CA", postal_code: "90012" } as const;
  return stringify([headings, row({ ...both, name: `${place} Circle`, phone: "213-555-0131" }), row({ ...both, name: `${place} Pantry`, phone: "213-555-0132" }), row({ ...both, phone: "213-555-0133" })]);
};

/** She opens what she brought in again until it has been read. */
async function untilRead(visitor: Visitor, language: Language): Promise<void> {
  const t = said.imports(language);
  for (let left = 40; left > 0 && !(await visitor.page.getByText(t("refusedTitle")).first().isVisible()); left--) {
    await visitor.page.waitForTimeout(500);
    await visitor.page.reload();
  }
}

async function findsOne(base: string, name: string, language: Language): Promise<void> {
  const parent = await aVisitor({ base, language, scripts: false });
  const t = said.find(language);
  await parent.page.goto("/find");
  await parent.page.getByLabel(t("needLabel")).fill(name);
  await parent.page.getByLabel(t("placeLabelZip")).fill("90012");
  await press(parent, t("find"));
  await sees(parent, name);
  await parent.close();
}

test.each([
  { language: "en", size: "desk", light: "day", scripts: true, place: "Alder" },
  { language: "es", size: "phone", light: "night", scripts: true, place: "Cedro" },
  { language: "es", size: "desk", light: "day", scripts: false, place: "Olmo" },
] as const)("a coordinator hands in our own spreadsheet; two places can be found, and the third row has its reason ($language, $size, scripts $scripts)", async ({ language, size, light, scripts, place }) => {
  const t = said.imports(language);
  const lucia = await signsIn(street, await street.linkFor("lucia"), { language, size, light, scripts });
  const { page } = lucia;
  // Axe is a script as well.
  const holds = () => (scripts ? isAccessible(page) : undefined);
  await page.goto("/tend");
  await press(lucia, said.tending(language)("imports"));
  await holds();
  await shows(lucia, `list-${place}`);
  const download = page.waitForEvent("download");
  await press(lucia, t(language === "en" ? "templateEn" : "templateEs"));
  const stream = await (await download).createReadStream();
  const empty = Buffer.concat(await stream.toArray()).toString();
  await press(lucia, t("bringFile"));
  await page.getByLabel(t("file"), { exact: true }).setInputFiles({ name: "lista.csv", mimeType: "text/csv", buffer: Buffer.from(filledIn(empty, language, place)) });
  await press(lucia, t("look"));
  // She forgot to say whose it is: what she chose stays but for the file, which browsers let go of.
  await sees(lucia, t("sourceMissing"));
  // A browser names every 422 in its console.
  lucia.complaints.length = 0;
  await holds();
  await shows(lucia, `upload-${place}`);
  await page.getByLabel(new RegExp(`^(${t("sourceName").replaceAll("?", "\\?")}|${t("sourceNameNew")})$`)).and(page.locator("input")).fill(`Lista ${place}`);
  await page.getByLabel(t("file"), { exact: true }).setInputFiles({ name: "lista.csv", mimeType: "text/csv", buffer: Buffer.from(filledIn(empty, language, place)) });
  await press(lucia, t("look"));
  await sees(lucia, t("previewLead", { file: "lista.csv", source: `Lista ${place}` }));
  await holds();
  await shows(lucia, `preview-${place}`);
  await press(lucia, t("begin"));
  await untilRead(lucia, language);
  await sees(lucia, `${t("row_cellMissing")}: ${heading("name", language)}`);
  await holds();
  await shows(lucia, `account-${place}`);
  await findsOne(street.base, `${place} Circle`, language);
  nothingComplained(lucia);
  await lucia.close();
});

test("a list of another program is asked about once, by column", async () => {
  const t = said.imports("en");
  const lucia = await signsIn(street, await street.linkFor("lucia"), { size: "phone" });
  for (const turn of ["first", "second"] as const) {
    await lucia.page.goto("/tend/imports/new");
    if (turn === "first") await lucia.page.locator("#name").fill("County list");
    else await lucia.page.locator("#known").selectOption({ label: "County list" });
    await lucia.page.locator("#file").setInputFiles({ name: "county.csv", mimeType: "text/csv", buffer: Buffer.from("Titel,Ort,Tel\nBirch Table,Los Angeles,213-555-0141\nBirch Room,Los Angeles,213-555-0142\n") });
    await press(lucia, t("look"));
    if (turn === "second") break;
    await sees(lucia, t("mapTitle"));
    await lucia.page.locator("#column_name").selectOption("Titel");
    await lucia.page.locator("#column_phone").selectOption("Tel");
    await lucia.page.locator("#column_city").selectOption("Ort");
    await isAccessible(lucia.page);
    await shows(lucia, "mapping");
    await press(lucia, t("begin"));
  }
  await sees(lucia, t("mapKnown"));
  await isAccessible(lucia.page);
  nothingComplained(lucia);
  await lucia.close();
});

test.each(["en", "es"] as const)("a directory is added by its address, and what is none is said (%s)", async (language) => {
  const t = said.imports(language);
  const lucia = await signsIn(street, await street.linkFor("lucia"), { language, size: language === "es" ? "phone" : "desk" });
  await lucia.page.goto("/tend/imports");
  await press(lucia, t("apiAdd"));
  await isAccessible(lucia.page);
  await lucia.page.locator("#name").fill("Lantern directory");
  await lucia.page.locator("#url").fill("ftp://directory.example.org");
  await press(lucia, t("apiBegin"));
  await sees(lucia, t("urlWrong"));
  lucia.complaints.length = 0;
  await isAccessible(lucia.page);
  await shows(lucia, `directory-${language}`);
  // Nobody is asked there: an address of our own network is refused before any word goes out.
  await lucia.page.locator("#name").fill(`Lantern directory ${language}`);
  await lucia.page.locator("#url").fill("https://127.0.0.1/hsds");
  await press(lucia, t("apiBegin"));
  await sees(lucia, `Lantern directory ${language}`);
  for (let left = 20; left > 0 && !(await lucia.page.getByText(t("whole_apiForbidden")).first().isVisible()); left--) {
    await lucia.page.waitForTimeout(500);
    await lucia.page.reload();
  }
  await sees(lucia, t("whole_apiForbidden"));
  await isAccessible(lucia.page);
  await shows(lucia, `directories-${language}`);
  nothingComplained(lucia);
  await lucia.close();
});

/** A picture for whoever wants to look, where the environment says where to. */
async function shows({ page }: Visitor, name: string): Promise<void> {
  const folder = process.env["PICTURES"];
  if (!folder) return;
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  expect(existsSync(`${folder}/${name}.png`)).toBe(true);
}
