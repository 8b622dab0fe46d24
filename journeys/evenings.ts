import { afterAll, expect } from "vitest";
import { makeGroup, nextSession, type GroupWanted } from "../features/groups/factory.ts";
import { openDatabase, openPool } from "../platform/db/database.ts";
import type { MemberId } from "../platform/http/scope.ts";
import type { Language } from "../platform/i18n/words.ts";
import { wallClock } from "../platform/time/time.ts";
import type { Visitor } from "./browser.ts";
import { press } from "./steps.ts";
import type { Street } from "./street.ts";
import { said } from "./words.ts";

export type Meets = { readonly series: string; readonly session: string };

/** Groups of one street that begin when a journey wants them to, led by Noor and Tomás. */
export function groupsOf(street: Street) {
  const pool = openPool(street.url, 2);
  const house = { db: openDatabase(pool), now: wallClock, bus: { tell: () => undefined, close: () => Promise.resolve() } };
  afterAll(() => house.db.destroy());
  /** A meeting in so many minutes: below ten it goes to who is here, before that seats are offered. */
  return async (minutes: number, wanted: GroupWanted = {}): Promise<Meets> => {
    const starts = wallClock().toZonedDateTimeISO("UTC").add({ minutes });
    const leaders = await house.db.selectFrom("members").select("id").where("sign_in_name", "in", ["noor", "tomas"]).execute();
    const series = await makeGroup(house, { rhythm: { every: "once" }, starts: starts.toPlainDate().toString(), at: starts.toPlainTime().toString().slice(0, 5), zone: "UTC", ledBy: leaders.map(({ id }) => id as MemberId), ...wanted });
    return { series, session: (await nextSession(house, series)).id };
  };
}

/** From a meeting's page to a seat, or a wait for one, by a name alone; answers her seat's address. */
export async function asksForASeat({ page }: Visitor, { session }: Meets, alias: string): Promise<string> {
  await page.goto(`/groups/meetings/${session}`);
  await page.locator("#alias").fill(alias);
  await page.locator("main form:has(#alias) button").click();
  await page.waitForURL(/\/seats\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** From her seat into the lobby: she reads what all ask of each other, and is ready. */
export async function comesToTheLobby(visitor: Visitor, language: Language = "en"): Promise<void> {
  const t = said.groups(language);
  await press(visitor, t("goIn"));
  await visitor.page.waitForURL("**/lobby");
  await visitor.page.getByLabel(t("agreeText")).check();
  await press(visitor, t("agreeAct"));
  await visitor.page.locator("#note-form").waitFor();
}

/** The door opens by itself, and she goes in. */
export async function goesIn(visitor: Visitor, language: Language = "en"): Promise<void> {
  await visitor.page.getByRole("link", { name: said.groups(language)("goIn"), exact: true }).click();
  await visitor.page.waitForURL("**/room");
}

/** Both are here, and one of them opens the room. */
export async function theyOpen(noor: Visitor, tomas: Visitor, { session }: Meets, language: Language = "en"): Promise<void> {
  for (const { page } of [noor, tomas]) await page.goto(`/evenings/${session}`);
  await expect.poll(() => noor.page.locator("#evening").textContent()).toMatch(/Noor.*Tomás|Tomás.*Noor/);
  await press(noor, said.evening(language)("openRoom"));
  await noor.page.getByText(said.evening(language)("state_open")).waitFor();
}
