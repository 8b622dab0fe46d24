import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { openProfile } from "./browser.ts";
import { filesOf, foundIn } from "./profile.ts";
import { openStreet } from "./street.ts";
import { said } from "./words.ts";

// The plain site that leaving leads to; the tests ask nobody outside.
const elsewhere = createServer((_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end("<title>Weather</title><p>Sunny.</p>"));
elsewhere.listen(0, "127.0.0.1");
await once(elsewhere, "listening");
const away = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
const street = await openStreet({ EXIT_URL: away });
afterAll(() => void elsewhere.close());
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "small-hours-profile-"));
  folders.push(folder);
  return folder;
};
/** A word that is in no other word, so that no packing can take it apart. */
const canary = (): string => randomBytes(12).toString("hex");
const community = said.community("en");
const parent = said.parent("en");
let places = 0;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const cookie = async (context: BrowserContext, name: string) => (await context.cookies()).find((one) => one.name === `__Host-${name}`)?.value ?? "";

/** A hard evening: she comes in, writes and reads in the forum and on the helpline, and leaves two drafts. Says which words may stand nowhere. */
async function anEvening(context: BrowserContext, shared: boolean): Promise<{ page: Page; words: Record<string, string> }> {
  const page = context.pages()[0] ?? (await context.newPage());
  const words: Record<string, string> = { title: canary(), post: canary(), reply: canary(), message: canary(), draft: canary(), sent: canary() };
  await page.goto("/community/join");
  const handle = `Lamp ${"abcdefgh"[places++] ?? "z"}`;
  await page.getByLabel(community("handle"), { exact: true }).fill(handle);
  await page.getByLabel(community("ageOld", { age: 13 }), { exact: true }).check();
  for (const key of ["agreeRules", "agreeCollect"] as const) await page.getByLabel(community(key), { exact: true }).check();
  if (shared) await page.getByLabel(community("shared"), { exact: true }).check();
  await button(page, community("joinNow")).click();
  await page.waitForURL("**/community/key");
  words["six words"] = await page.locator("main p.num").innerText();
  words["session"] = await cookie(context, "session");
  await page.goto("/community/spaces");
  await page.getByRole("link", { name: "The first year" }).click();
  await page.getByRole("link", { name: community("writeTopic") }).first().click();
  await page.getByLabel(community("topicTitle"), { exact: true }).fill(words["title"] ?? "");
  await page.getByLabel(community("yourWords"), { exact: true }).fill(words["post"] ?? "");
  await button(page, community("send")).click();
  await page.getByText(words["post"] ?? "").first().waitFor();
  await page.goto("/community/mine");
  await page.getByText(words["title"] ?? "").first().click();
  await page.getByText(words["post"] ?? "").first().waitFor();
  // On another person's page she begins an answer, and does not send it.
  await page.goto("/community/spaces");
  await page.getByRole("link", { name: "The first year" }).click();
  await page.locator("main a[href^='/community/topics/']").first().click();
  await page.getByLabel(community("yourWords"), { exact: true }).fill(words["reply"] ?? "");
  await page.goto("/message");
  await page.getByLabel(parent("words")).fill(words["message"] ?? "");
  await button(page, parent("start")).click();
  await page.waitForURL("**/conversation");
  words["key of the conversation"] = await cookie(context, "conversation");
  await page.locator("#words").fill(words["sent"] ?? "");
  await page.locator("form[data-composer] button[type=submit]").click();
  await page.locator("#entries").getByText(words["sent"] ?? "").waitFor();
  await page.locator("#words").pressSequentially(words["draft"] ?? "");
  // She reads on, and her browser has time to write down what it wants to keep.
  await page.goto("/help/us");
  await page.waitForLoadState("networkidle");
  return { page, words };
}

const ways: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  "the button on each page": (page) => button(page, "Sign out and leave nothing here").click().then(() => page.getByRole("heading", { name: "You are signed out" }).waitFor()),
  "leaving fast": async (page) => {
    await page.locator("[data-exit] button").click({ noWaitAfter: true });
    await page.waitForURL(away);
    for (let time = 0; time < 3; time++) {
      await page.goBack({ waitUntil: "load" }).catch(() => undefined);
      await page.waitForURL((url) => !url.href.startsWith(street.base) || url.pathname === "/exit");
      expect(`${await page.title()} ${await page.locator("body").innerText()}`).not.toMatch(/Small Hours|Exit|Help/);
    }
  },
  "half an hour in which nobody comes": async (page) => {
    await page.goto("/community/mine");
    await page.clock.install();
    await page.goto("/community/mine");
    await page.clock.runFor("31:00");
    await page.getByRole("heading", { name: "You are signed out" }).waitFor();
  },
};

test.each(Object.keys(ways))("on a device that others use, no word of hers stands in the browser's profile after %s", async (way) => {
  const folder = newFolder();
  const context = await openProfile(folder, street.base);
  const { page, words } = await anEvening(context, true);
  await ways[way]?.(page);
  expect((await context.cookies(street.base)).filter(({ name }) => name !== "__Host-left")).toEqual([]);
  expect((await fetch(`${street.base}/account`, { headers: { cookie: `__Host-session=${words["session"]}` }, redirect: "manual" })).status).toBe(303);
  await context.close();
  expect(filesOf(folder).length).toBeGreaterThan(10);
  expect(foundIn(folder, words)).toEqual([]);
});

test("on a device of her own the same evening is found there, so that the search can find", async () => {
  const folder = newFolder();
  const context = await openProfile(folder, street.base);
  const { words } = await anEvening(context, false);
  await context.close();
  const found = foundIn(folder, words);
  console.log(`in a profile of her own: ${found.join(", ")}`);
  expect(found.some((one) => one.startsWith("draft"))).toBe(true);
});

test("a page that a browser may keep is found in its profile, whichever way it was packed", async () => {
  const words = { plain: canary(), gzip: canary(), br: canary() };
  const pack = { plain: (text: string) => Buffer.from(text), gzip: (text: string) => gzipSync(text), br: (text: string) => brotliCompressSync(text) };
  const kind = (path: string | undefined) => (["plain", "gzip", "br"] as const).find((one) => path === `/${one}`);
  const keeping = createServer(({ url }, answer) => {
    const way = kind(url);
    if (!way) return void answer.writeHead(404).end();
    answer.writeHead(200, { "content-type": "text/html", "cache-control": "max-age=86400", ...(way === "plain" ? {} : { "content-encoding": way }) });
    answer.end(pack[way](`<title>Kept</title><p>${"It is a long night. ".repeat(20)}${words[way]}</p>`));
  });
  keeping.listen(0, "127.0.0.1");
  await once(keeping, "listening");
  const folder = newFolder();
  const context = await openProfile(folder, `http://127.0.0.1:${(keeping.address() as AddressInfo).port}`);
  const page = context.pages()[0] ?? (await context.newPage());
  for (const way of ["plain", "gzip", "br"]) await page.goto(`/${way}`);
  await context.close();
  keeping.close();
  const found = foundIn(folder, words);
  for (const way of Object.keys(words)) expect(found.some((one) => one.startsWith(`${way} in`)), way).toBe(true);
});
