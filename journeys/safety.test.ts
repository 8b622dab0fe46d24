import { expect, test } from "vitest";
import { aVisitor, isAccessible } from "./browser.ts";
import { openStreet } from "./street.ts";
import { goesOnDuty, nothingComplained, press, sees, signsIn, takes, writes, writesToUs } from "./steps.ts";
import { said } from "./words.ts";

const street = await openStreet();

test("a parent says that someone is in danger: help numbers first, front of the queue, and a supervisor has it", async () => {
  const parent = await aVisitor({ base: street.base, light: "night" });
  const judith = await signsIn(street, await street.linkFor("judith"));
  await judith.page.goto("/board");
  await writesToUs(parent, "I am scared of myself tonight.", "en", true);
  await parent.page.getByRole("link", { name: /988/ }).first().waitFor();
  await isAccessible(parent.page);
  const board = said.board("en");
  await sees(judith, board("parentSaid"));
  await isAccessible(judith.page);
  await press(judith, board("iHaveIt"));
  await sees(judith, board("hasIt", { name: "Judith" }));

  const ana = await signsIn(street, await street.linkFor("ana"));
  await goesOnDuty(ana);
  await ana.page.locator("#queue li").first().getByText(said.desk("en")("risk")).waitFor();
  await takes(ana, "en", "en", "first");
  await writes(ana, "I am here with you. Are you alone?");
  await sees(parent, "I am here with you. Are you alone?");
  await ana.page.getByRole("link", { name: said.desk("en")("concernOpen") }).click();
  await isAccessible(ana.page);
  const t = said.concerns("en");
  // Half done, it does not close, and what was answered stays.
  await ana.page.getByRole("group", { name: t("desire") }).getByLabel(t("not_clear")).check();
  await press(ana, t("close"));
  await sees(ana, t("cantCloseYet"));
  expect(await ana.page.getByRole("group", { name: t("desire") }).getByLabel(t("not_clear")).isChecked()).toBe(true);
  await isAccessible(ana.page);
  for (const area of ["desire", "intent", "capability", "buffers", "baby_safety", "psychosis_signs", "unwanted_thoughts"] as const) await ana.page.getByRole("group", { name: t(area) }).getByLabel(t("no"), { exact: true }).check();
  await ana.page.getByLabel(t("someone_near")).check();
  await press(ana, t("close"));
  await sees(ana, t("closedBy", { name: "Ana", time: "" }).split(",")[0] ?? "");
  await judith.page.goto("/board");
  await judith.page.getByText(board("concernsEmpty")).waitFor();
  nothingComplained(parent, judith);
  await Promise.all([parent.close(), judith.close(), ana.close()]);
});

test("a volunteer hands over with a note, and the parent is never alone", async () => {
  const parent = await aVisitor({ base: street.base, language: "es" });
  const [ana, judith] = [await signsIn(street, await street.linkFor("ana")), await signsIn(street, await street.linkFor("judith"))];
  await goesOnDuty(ana);
  await goesOnDuty(judith);
  await writesToUs(parent, "Mi bebé no para de llorar.", "es");
  await takes(ana, "en", "es");
  await writes(ana, "Aquí estoy.");
  await sees(parent, "Aquí estoy.");
  await ana.page.getByRole("link", { name: said.desk("en")("handover") }).click();
  await isAccessible(ana.page);
  await press(ana, said.desk("en")("handoverDo"));
  await sees(ana, said.desk("en")("refusedNoteMissing"));
  await ana.page.getByLabel(/Judith/).check();
  await ana.page.getByLabel(said.desk("en")("handoverNote")).fill("The baby is fed. Her sister comes at seven.");
  await press(ana, said.desk("en")("handoverDo"));
  await ana.page.waitForURL("**/desk");
  await sees(parent, said.parent("es")("standingWith", { names: "Judith" }));
  await judith.page.goto("/desk");
  await judith.page.locator("#queue").getByRole("link", { name: said.desk("en")("heldOpen") }).first().click();
  await sees(judith, "The baby is fed. Her sister comes at seven.");
  expect(await parent.page.content()).not.toContain("Her sister comes");
  await writes(judith, "Hola, soy Judith.");
  await sees(parent, "Hola, soy Judith.");
  await Promise.all([parent.close(), ana.close(), judith.close()]);
});

test("a paste of 100 KB is refused kindly and stays in the box", async () => {
  const parent = await aVisitor({ base: street.base });
  await writesToUs(parent, "Hello.", "en");
  const long = "I am tired. ".repeat(8500);
  await parent.page.locator("#words").fill(long);
  await parent.page.locator("form[data-composer] button[type=submit]").click();
  await sees(parent, said.parent("en")("problemWordsLong"));
  expect((await parent.page.locator("#words").inputValue()).length).toBeGreaterThan(100_000);
  await parent.close();
});
