import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { aVisitor, type Visitor } from "./browser.ts";
import { openStreet } from "./street.ts";
import { goesOnDuty, nothingComplained, sees, signsIn, takes, writes, writesToUs } from "./steps.ts";

const elsewhere = createServer((_, answer) => answer.end("away")).listen(0, "127.0.0.1");
await once(elsewhere, "listening");
afterAll(() => void elsewhere.close());
const street = await openStreet({ EXIT_URL: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/` });

/** Walks these pages, by their addresses, to the end of each one's loading. */
async function walks({ page }: Visitor, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const answer = await page.goto(path, { waitUntil: "load" });
    expect(answer?.status(), path).toBe(200);
    expect(new URL(page.url()).pathname, path).toBe(path);
  }
}

type Kept = { readonly local: number; readonly databases: number };
const keptIn = ({ page }: Visitor): Promise<Kept> => page.evaluate(async () => ({ local: localStorage.length, databases: (await indexedDB.databases()).length }));

test("a day in the whole house asks nobody else, keeps nothing for good in a browser, and sets cookies of this host alone", async () => {
  const asked = new Set<string>();
  const watched = (visitor: Visitor): Visitor => {
    visitor.context.on("request", (request) => void asked.add(new URL(request.url()).origin));
    return visitor;
  };
  const visitor = watched(await aVisitor({ base: street.base }));
  await walks(visitor, ["/", "/help", "/help/us", "/understand", "/village", "/about", "/find", "/groups", "/message", "/back", "/sign-in"]);
  await visitor.page.goto("/groups");
  await visitor.page.locator('main a[href^="/groups/meetings/"], main a[href^="/groups/"]:not([href*="calendar"])').first().click();
  await visitor.page.waitForURL(/\/groups\/./);
  await visitor.page.goto("/find");
  await visitor.page.locator("main form button[type=submit]").first().click();
  await visitor.page.locator('main a[href^="/listings/"]').first().click();
  await visitor.page.waitForURL("**/listings/*");

  const parent = watched(await aVisitor({ base: street.base, language: "es" }));
  await writesToUs(parent, "¿Hay alguien?", "es");
  const ana = watched(await signsIn(street, await street.linkFor("ana")));
  await goesOnDuty(ana);
  await takes(ana, "en", "es");
  await writes(ana, "Aquí estoy.");
  await sees(parent, "Aquí estoy.");
  await walks(parent, ["/conversation/keep", "/conversation/erase", "/conversation"]);
  await walks(ana, ["/account", "/account/details", "/account/passphrase"]);

  const noor = watched(await signsIn(street, await street.linkFor("noor")));
  await walks(noor, ["/account", "/evenings", "/evenings/propose"]);
  const lucia = watched(await signsIn(street, await street.linkFor("lucia")));
  await walks(lucia, ["/board", "/board/audit", "/people", "/people/invite", "/settings", "/settings/hours", "/phrases", "/tend", "/tend/map", "/tend/imports", "/account"]);

  const everybody = { visitor, parent, ana, noor, lucia };
  let cookies = 0;
  for (const [name, who] of Object.entries(everybody)) {
    expect(await keptIn(who), name).toEqual({ local: 0, databases: 0 });
    const names = (await who.context.cookies()).map((cookie) => cookie.name);
    expect(names.filter((one) => !one.startsWith("__Host-")), name).toEqual([]);
    cookies += names.length;
  }
  nothingComplained(visitor, parent, ana, noor, lucia);
  expect([...asked]).toEqual([street.base]);
  console.log(`a day in the whole house: 0 requests to others, ${cookies} cookies in five browsers, all __Host-`);
  await Promise.all(Object.values(everybody).map((who) => who.close()));
});
