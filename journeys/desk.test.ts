import { afterAll, expect, test } from "vitest";
import { aVisitor, type Visitor } from "./browser.ts";
import { signsIn, writesToUs } from "./steps.ts";
import { openStreet } from "./street.ts";

const street = await openStreet();
const everyone: Visitor[] = [];
afterAll(() => Promise.all(everyone.map((visitor) => visitor.close())));

test("a parent says that somebody is in danger: it stands on an open safety desk by itself, is taken there, and everybody's desk says by whom", async () => {
  const [judith, lucia] = [await signsIn(street, await street.linkFor("judith")), await signsIn(street, await street.linkFor("lucia"))];
  const rosa = await aVisitor({ base: street.base });
  everyone.push(judith, lucia, rosa);
  for (const { page } of [judith, lucia]) await page.goto("/safety");
  await writesToUs(rosa, "I am so tired that I scare myself.", "en", true);
  for (const { page } of [judith, lucia]) await page.locator("#desk-now").getByText("a parent said that somebody is in danger").waitFor();

  await judith.page.locator("#desk-now li").filter({ hasText: "a parent said that somebody is in danger" }).getByRole("link", { name: "Open" }).click();
  expect(await judith.page.locator("main").innerText()).not.toContain("so tired");
  await judith.page.getByRole("button", { name: "I take it" }).click();
  await judith.page.waitForURL(/\/desk\/conversations\/[0-9a-f-]+\/concern/);
  await lucia.page.locator("#desk-now").getByText("Judith has it").waitFor();
  for (const { complaints } of everyone) expect(complaints).toEqual([]);
});

test("with scripts off the desk is a page that looks again by itself, and every act on it is a form", async () => {
  const judith = await signsIn(street, await street.linkFor("judith"), { scripts: false });
  const rosa = await aVisitor({ base: street.base });
  everyone.push(judith, rosa);
  await writesToUs(rosa, "I am afraid of tonight.", "en", true);
  await expect.poll(async () => (await judith.page.goto("/safety"), judith.page.getByText("a parent said that somebody is in danger").count()), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await judith.page.locator('meta[http-equiv="refresh"]').count()).toBe(1);
  await judith.page.locator("#desk-now li").filter({ hasText: "a parent said that somebody is in danger" }).filter({ hasText: "Nobody has it" }).getByRole("link", { name: "Open" }).click();
  await judith.page.getByRole("button", { name: "I take it" }).click();
  expect(judith.page.url()).toMatch(/\/desk\/conversations\/[0-9a-f-]+\/concern/);
});
