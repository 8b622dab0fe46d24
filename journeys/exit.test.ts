import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { aVisitor, type Visitor } from "./browser.ts";
import { openStreet } from "./street.ts";
import { signsIn, writesToUs } from "./steps.ts";

// The plain site that leaving leads to; the tests ask nobody outside.
const elsewhere = createServer((_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end("<title>Weather</title><p>Sunny.</p>"));
elsewhere.listen(0, "127.0.0.1");
await once(elsewhere, "listening");
afterAll(() => void elsewhere.close());
const away = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
const street = await openStreet({ EXIT_URL: away });

const canary = "canary-of-a-hard-night";
const sizes = [
  ["phone", { width: 390, height: 844 }],
  ["tablet", { width: 820, height: 1180 }],
  ["desk", { width: 1280, height: 900 }],
] as const;

/** Notes, in her own page, how long it takes from her press until nothing of the page is drawn. */
const watchBlank = ({ page }: Visitor) =>
  page.addInitScript(() => {
    const watch = ({ timeStamp }: Event) => {
      const look = () => {
        if (document.documentElement.hidden) console.log(`blank after ${(performance.now() - timeStamp).toFixed(0)} ms`);
        else requestAnimationFrame(look);
      };
      look();
    };
    addEventListener("click", watch, true);
    addEventListener("keyup", watch, true);
  });

/** Every page of ours that she is given from now on, as it came. */
function pagesFrom({ page }: Visitor): Promise<string>[] {
  const texts: Promise<string>[] = [];
  page.on("response", (answer) => {
    if (answer.url().startsWith(street.base) && answer.request().isNavigationRequest() && answer.status() === 200) texts.push(answer.text().catch(() => ""));
  });
  return texts;
}

/** Goes back as far as there is anything, and says what stood on the screen each time it came to rest. */
async function goesBack({ page }: Visitor, times: number): Promise<string[]> {
  const seen: string[] = [];
  for (let time = 0; time < times; time++) {
    await page.goBack({ waitUntil: "load" }).catch(() => undefined);
    await page.waitForURL((url) => !url.href.startsWith(street.base) || url.pathname === "/exit").catch(() => undefined);
    seen.push(`${await page.title()} ${await page.locator("body").innerText().catch(() => "")}`);
  }
  return seen;
}

test.for(sizes)("on a %s a volunteer leaves by the button: nothing of ours after Back, and her session is dead on the server", async ([name, viewport]) => {
  const ana = await signsIn(street, await street.linkFor("ana"));
  await watchBlank(ana);
  await ana.page.setViewportSize(viewport);
  const blank: string[] = [];
  ana.page.on("console", (message) => void (message.text().startsWith("blank") && blank.push(message.text())));
  for (const path of ["/", "/help/us", "/account"]) await ana.page.goto(path);
  const session = (await ana.context.cookies()).find((cookie) => cookie.name === "__Host-session")?.value ?? "";
  const asks = () => fetch(`${street.base}/account`, { headers: { cookie: `__Host-session=${session}` }, redirect: "manual" }).then(({ status }) => status);
  expect(await asks()).toBe(200);
  const given = pagesFrom(ana);
  await ana.page.locator("[data-exit] button").click({ noWaitAfter: true });
  await ana.page.waitForURL(away);
  console.log(`exit on a ${name}: ${blank[0] ?? "not seen"}`);
  await expect.poll(asks).toBe(303);
  expect((await ana.context.cookies(street.base)).map((cookie) => cookie.name)).not.toContain("__Host-session");
  for (const seen of await goesBack(ana, 4)) expect(seen).not.toMatch(/Small Hours|Ana|Help|Exit/);
  for (const text of await Promise.all(given)) expect(text).not.toMatch(/Small Hours|<main/);
  await ana.close();
});

test.for(sizes)("on a %s a parent leaves by Shift three times, and comes back when she opens the address anew", async ([name, viewport]) => {
  const rosa = await aVisitor({ base: street.base });
  await watchBlank(rosa);
  await rosa.page.setViewportSize(viewport);
  const blank: string[] = [];
  rosa.page.on("console", (message) => void (message.text().startsWith("blank") && blank.push(message.text())));
  await writesToUs(rosa, canary, "en");
  const given = pagesFrom(rosa);
  for (let press = 0; press < 3; press++) await rosa.page.keyboard.press("Shift");
  await rosa.page.waitForURL(away);
  console.log(`Shift on a ${name}: ${blank[0] ?? "not seen"}`);
  for (const seen of await goesBack(rosa, 3)) expect(seen).not.toMatch(/Small Hours|canary|Exit/);
  for (const text of await Promise.all(given)) expect(text).not.toMatch(/Small Hours|canary/);
  // Whoever wants to come back types the address: the key to her conversation is still hers.
  await rosa.page.goto("/conversation");
  await rosa.page.getByText(canary).waitFor();
  await rosa.close();
});

test.for(sizes)("on a %s with scripts off the button is a form that does the same", async ([, viewport]) => {
  const ana = await signsIn(street, await street.linkFor("ana"), { scripts: false });
  await ana.page.setViewportSize(viewport);
  await ana.page.goto("/account");
  const session = (await ana.context.cookies()).find((cookie) => cookie.name === "__Host-session")?.value ?? "";
  await ana.page.locator("[data-exit] button").click();
  await ana.page.waitForURL(away);
  expect((await fetch(`${street.base}/account`, { headers: { cookie: `__Host-session=${session}` }, redirect: "manual" })).status).toBe(303);
  await ana.page.goBack();
  const text = await ana.page.locator("html").innerText();
  expect(text).not.toMatch(/Small Hours|Ana|Help|Exit/);
  await ana.page.goto("/");
  await ana.page.getByRole("button", { name: "Continue" }).click();
  await ana.page.getByRole("heading", { level: 1 }).waitFor();
  await ana.close();
});
