import { expect } from "vitest";
import type { Street } from "./street.ts";
import { aVisitor, type Visitor, type Who } from "./browser.ts";
import { fromTables } from "./hold.ts";
import { said } from "./words.ts";

type Language = "en" | "es";

/** Presses a button or link by its words. */
export const press = (visitor: Visitor, words: string) => visitor.page.getByRole("button", { name: words, exact: true }).or(visitor.page.getByRole("link", { name: words, exact: true })).first().click();

export const sees = (visitor: Visitor, words: string) => visitor.page.getByText(words).first().waitFor({ state: "visible", timeout: 15_000 });

/** A parent opens a conversation from home, without an account. */
export async function writesToUs(visitor: Visitor, words: string, language: Language, danger = false): Promise<void> {
  const home = said.home(language);
  const start = said.parent(language);
  await visitor.page.goto("/");
  await press(visitor, home("messageVolunteer"));
  await visitor.page.getByLabel(start("words")).fill(words);
  if (danger) await visitor.page.getByLabel(start("dangerYes"), { exact: true }).check();
  await press(visitor, start("start"));
  await visitor.page.waitForURL("**/conversation");
  await sees(visitor, words);
}

/** A member of staff comes in by the link that the start printed. */
export async function signsIn(street: Street, link: string, who: Partial<Who> = {}): Promise<Visitor> {
  const visitor = await aVisitor({ base: street.base, size: "desk", ...who });
  await visitor.page.goto(link);
  await visitor.page.locator("main button").first().click();
  await visitor.page.waitForURL(/\/(desk|board|people|safety|account|community)/);
  return visitor;
}

export async function goesOnDuty(visitor: Visitor, language: Language = "en"): Promise<void> {
  const t = said.desk(language);
  await visitor.page.goto("/desk");
  if (await visitor.page.getByRole("button", { name: t("goOffDuty") }).isVisible()) return;
  await visitor.page.getByLabel("English").check();
  await visitor.page.getByLabel("Español").check();
  await visitor.page.getByLabel(t("cap")).selectOption("5");
  await press(visitor, t("goOnDuty"));
  await visitor.page.getByRole("button", { name: t("goOffDuty") }).waitFor();
}

/** Takes the newest of those who wait in this language, or whoever stands first. */
export async function takes(visitor: Visitor, language: Language, ofLanguage: Language, which: "newest" | "first" = "newest"): Promise<void> {
  const t = said.desk(language);
  const row = visitor.page.locator("#queue li", { hasText: t(ofLanguage === "es" ? "languageEs" : "languageEn") }).filter({ has: visitor.page.getByRole("button", { name: t("take") }) });
  await (which === "first" ? row.first() : row.last()).getByRole("button", { name: t("take") }).click();
  await visitor.page.waitForURL("**/desk/conversations/*");
}

export async function writes(visitor: Visitor, words: string): Promise<void> {
  await visitor.page.locator("#words").fill(words);
  await visitor.page.locator("form[data-composer] button[type=submit]").click();
}

/** The case that a topic's first post has come to, once its job has run. */
export async function caseOf({ url }: Street, topic: string): Promise<string> {
  const found = () => fromTables(url, "select c.id::text as id from cases c join posts p on p.id = c.subject_id::uuid where p.topic_id = $1 and p.opening", [topic]);
  await expect.poll(async () => (await found())["id"] ?? "", { timeout: 15_000 }).not.toBe("");
  return `/safety/cases/${(await found())["id"]}`;
}

/** Until a topic's first post stands so. */
export const waitsFor = ({ url }: Street, topic: string, state: string) => expect.poll(async () => (await fromTables(url, "select state from posts where topic_id = $1 and opening", [topic]))["state"], { timeout: 15_000 }).toBe(state);

export function nothingComplained(...visitors: Visitor[]): void {
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
}
