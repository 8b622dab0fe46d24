import { mkdirSync, readdirSync, statSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { aVisitor, type Visitor, type Who } from "./browser.ts";
import { asksForASeat, comesToTheLobby, goesIn, groupsOf, theyOpen } from "./evenings.ts";
import { openStreet } from "./street.ts";
import { goesOnDuty, press, sees, signsIn, takes, writes, writesToUs } from "./steps.ts";
import { said } from "./words.ts";

const folder = "docs/pictures";
const mostBytes = 1_400_000;

mkdirSync(folder, { recursive: true });
const street = await openStreet();
const meetsIn = groupsOf(street);
const everyone: Visitor[] = [];
afterAll(() => Promise.all(everyone.map((visitor) => visitor.close())));

async function comes(who: Partial<Who> = {}): Promise<Visitor> {
  const visitor = await aVisitor({ base: street.base, ...who });
  everyone.push(visitor);
  return visitor;
}

/** One picture of what the window shows, once its letters are there and nothing moves. */
async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    document.getAnimations().forEach((animation) => animation.finish());
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.screenshot({ path: `${folder}/${name}.png`, animations: "disabled", caret: "hide" });
}

/** Each wrote one thing, so that the street's windows are lit and the queue has its first. */
const others = [
  { words: "My son is nine days old. I cry when he cries.", language: "en" },
  { words: "No sé si lo estoy haciendo bien.", language: "es" },
  { words: "My wife sleeps. I am afraid to pick up the baby.", language: "en" },
  { words: "Mi madre dice que exagero.", language: "es" },
  { words: "It is our third night home from the hospital.", language: "en" },
  { words: "Everyone says that it goes by so fast. It does not.", language: "en" },
  { words: "Tengo miedo de que llegue la noche.", language: "es" },
  { words: "We lost our son in March.", language: "en" },
] as const;

test("the screens of the street, as its people see them", async () => {
  for (const { words, language } of others) {
    const other = await comes({ language });
    await writesToUs(other, words, language);
    await other.close();
  }

  const maya = await comes({ light: "night" });
  await writesToUs(maya, "Is anybody awake?", "en");
  const ana = await signsIn(street, await street.linkFor("ana"), { light: "night" });
  const judith = await signsIn(street, await street.linkFor("judith"));
  everyone.push(ana, judith);
  await goesOnDuty(ana);
  await goesOnDuty(judith);
  await takes(ana, "en", "en");
  const talk = [
    [ana, maya, "I am. Hello, I am Ana. I have twins, they are three now. I have time for you."],
    [maya, ana, "She is six weeks old. I love her and I feel nothing, and then I feel so guilty."],
    [ana, maya, "I know that one. It is not your fault, and it gets better with help. When did you last sleep?"],
    [maya, ana, "I think on Sunday."],
  ] as const;
  for (const [writer, reader, words] of talk) {
    await writes(writer, words);
    await sees(reader, words);
  }
  await sees(maya, said.parent("en")("delivered"));
  await maya.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await picture(maya.page, "conversation-phone-night");
  await ana.page.reload();
  await picture(ana.page, "desk-conversation-night");

  for (const light of ["day", "night"] as const) {
    const visitor = await comes({ light });
    await visitor.page.goto("/");
    await sees(visitor, said.home("en")("peopleHere", { count: 10 }));
    await picture(visitor.page, `home-phone-${light}`);
  }
  const rosa = await comes({ language: "es" });
  await rosa.page.goto("/message");
  await picture(rosa.page, "message-phone-day");

  const afraid = await comes();
  await writesToUs(afraid, "I am scared of myself tonight.", "en", true);
  await judith.page.goto("/desk");
  await sees(judith, said.desk("en")("risk"));
  await picture(judith.page, "desk-day");
  await judith.page.goto("/board");
  await sees(judith, said.board("en")("parentSaid"));
  await picture(judith.page, "board-day");
  await press(judith, said.board("en")("iHaveIt"));
  await judith.page.goto("/desk");
  await takes(judith, "en", "en", "first");
  await writes(judith, "I am here with you. Are you alone?");
  await judith.page.getByRole("link", { name: said.desk("en")("concernOpen") }).click();
  await judith.page.getByRole("group", { name: said.concerns("en")("desire") }).waitFor();
  await picture(judith.page, "concern-day");

  for (const [light, language] of [["day", "en"], ["night", "es"]] as const) {
    const mother = await comes({ light, language });
    const t = said.find(language);
    await mother.page.goto("/find");
    await mother.page.getByLabel(t("placeLabelZip")).fill("90012");
    await press(mother, t("find"));
    await mother.page.locator("#found-near").waitFor();
    await mother.page.locator("#found-near").evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 90));
    await picture(mother.page, `find-phone-${light}`);
  }
  const rosaTonight = await comes({ language: "es", light: "night" });
  const nextWeek = await comes();
  await nextWeek.page.goto("/groups");
  await picture(nextWeek.page, "groups-phone-day");
  const meets = await meetsIn(9, { kind: "after-birth" });
  const guests = await Promise.all(["Lantern", "Kettle", "Wren"].map(async (alias) => [await comes({ light: "night" }), alias] as const));
  for (const [guest, alias] of guests) {
    await asksForASeat(guest, meets, alias);
    await comesToTheLobby(guest);
  }
  await asksForASeat(rosaTonight, meets, "Estrella");
  await comesToTheLobby(rosaTonight, "es");
  await rosaTonight.page.evaluate(() => scrollTo(0, 0));
  await picture(rosaTonight.page, "lobby-phone-night");
  const noor = await signsIn(street, await street.linkFor("noor"));
  const tomas = await signsIn(street, await street.linkFor("tomas"));
  everyone.push(noor, tomas);
  await theyOpen(noor, tomas, meets);
  await press(noor, said.evening("en")("admitAll"));
  for (const [guest] of guests) await goesIn(guest);
  await guests[0]?.[0].page.getByRole("button", { name: said.evening("en")("handUp"), exact: true }).click();
  await noor.page.getByText(said.evening("en")("handIsUp")).waitFor();
  await picture(noor.page, "evening-day");

  const coordinator = await signsIn(street, street.coordinator);
  everyone.push(coordinator);
  await coordinator.page.goto("/tend");
  await picture(coordinator.page, "tend-day");

  for (const [name, light, leads] of [["space", "day", []], ["topic", "night", ["He only sleeps on me"]]] as const) {
    const willow = await signsIn(street, await street.linkFor("willow"), { size: "phone", light });
    everyone.push(willow);
    await willow.page.goto("/community/spaces");
    for (const link of ["The first year", ...leads]) {
      await willow.page.getByRole("link", { name: link }).click();
      await sees(willow, link);
    }
    await picture(willow.page, `${name}-phone-${light}`);
  }
  const wren = await signsIn(street, await street.linkFor("wren"));
  everyone.push(wren);
  await wren.page.goto("/safety");
  await wren.page.locator("main a[href^='/safety/cases/']").first().click();
  await press(wren, said.safetyDesk("en")("claim"));
  await wren.page.locator("[name=decision]").first().waitFor();
  await picture(wren.page, "safety-day");

  const bytes = readdirSync(folder).map((name) => statSync(`${folder}/${name}`).size);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(mostBytes);
});
