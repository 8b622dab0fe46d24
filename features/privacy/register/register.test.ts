import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { browser, makeSignedIn, signInAs } from "../../accounts/factory.ts";
import { settleMember } from "../../community/factory.ts";
import { classOf } from "../rules.ts";
import { classIds } from "../types.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const lucia = browser(app, (await signInAs(house, people.lucia)).cookie);

test("the register names every class with its ground, receivers and time, and every table of the database once, as a page and as a spreadsheet", async () => {
  await house.db.updateTable("network").set({ conversation_days: 9, privacy_contact: "privacy@lantern.example" }).execute();
  const html = (await lucia.get("/privacy/register")).text;
  for (const said of ["privacy@lantern.example", "no longer than 9 days after it ended", "GDPR 6.1d, 9.2c", "one key for each conversation, member or case"]) expect(html, said).toContain(said);
  const answer = await lucia.get("/privacy/register.csv");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="register.csv"');
  const rows = parse(answer.text, { bom: true, columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(classIds.length);
  expect(rows.flatMap((row) => (row["Tables"] ?? "").split(", ")).sort()).toEqual(Object.keys(classOf).sort());
  expect(rows.every((row) => Object.values(row).every((cell) => cell !== ""))).toBe(true);
  expect(rows[0]?.["How long"]).toContain("no longer than 9 days");
});

test("in Spanish it says the same classes", async () => {
  const spanish = browser(app, (await signInAs(house, people.lucia)).cookie, "es");
  const rows = parse((await spanish.get("/privacy/register.csv")).text, { bom: true }) as string[][];
  expect(rows[0]).toContain("Cuánto tiempo");
  expect(rows).toHaveLength(classIds.length + 1);
});

test("what members said yes to give away is listed while it is in force, and nothing else", async () => {
  expect((await lucia.get("/privacy/register")).text).toContain("Nothing may be given");
  const { id } = await makeSignedIn(house, ["member"], { name: "Giving Wren" });
  await settleMember(house, id, "Giving Wren");
  const at = house.now();
  const yes = (kind: string, wording: string, withdrawn = false) => house.db.insertInto("consents").values({ member_id: id, kind, wording, given_at: at, withdrawn_at: withdrawn ? at : null }).execute();
  await yes("share", "You may give this to Dr. Vega.");
  await yes("share", "You may give this to an old clinic.", true);
  await yes("collect", "You may keep it.");
  const html = (await lucia.get("/privacy/register")).text;
  expect(html).toContain("You may give this to Dr. Vega.");
  for (const not of ["an old clinic", "You may keep it."]) expect(html).not.toContain(not);
});

test("it is for coordinators alone", async () => {
  for (const who of [people.ana, people.judith, people.wren]) expect((await browser(app, (await signInAs(house, who)).cookie).get("/privacy/register")).status).toBe(404);
});
