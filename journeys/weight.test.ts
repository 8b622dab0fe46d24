import { expect, test } from "vitest";
import { aVisitor, type Visitor } from "./browser.ts";
import { openStreet } from "./street.ts";
import { fromTables } from "./hold.ts";
import { signsIn, writesToUs } from "./steps.ts";
import { said } from "./words.ts";

const street = await openStreet();

/** An old phone on a bad connection: 400 kbit/s, 400 ms round trip, a processor six times slower. */
const slow = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
const slowerBy = 6;
const readableWithinMs = 2000;
const kilobyte = 1024;

type Load = { readonly readableMs: number; readonly fonts: number; readonly rest: number; readonly requests: number };

/** Loads a page as on its first visit; bytes as they came over the wire, headers included. */
async function load({ page, context }: Visitor, path: string, throttled: boolean): Promise<Load> {
  const debug = await context.newCDPSession(page);
  const kinds = new Map<string, string>();
  const bytes = { fonts: 0, rest: 0, requests: 0 };
  debug.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  debug.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes[kinds.get(requestId) === "Font" ? "fonts" : "rest"] += encodedDataLength;
    bytes.requests += 1;
  });
  await debug.send("Network.enable");
  await debug.send("Network.setCacheDisabled", { cacheDisabled: true });
  if (throttled) {
    await debug.send("Network.emulateNetworkConditions", slow);
    await debug.send("Emulation.setCPUThrottlingRate", { rate: slowerBy });
  }
  await page.goto(path, { waitUntil: "load" });
  const readableMs = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        // The first paint with words; the letters' own face may come after it.
        new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint").forEach(({ startTime }) => done(startTime))).observe({ type: "paint", buffered: true });
      }),
  );
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await debug.detach();
  return { readableMs, ...bytes };
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Infinity;

test("on a slow phone and a bad connection home can be read within two seconds, and weighs little", async () => {
  const loads: Load[] = [];
  for (let time = 0; time < 3; time++) {
    const visitor = await aVisitor({ base: street.base });
    loads.push(await load(visitor, "/", true));
    // What the first paint showed is what she came for: the heading and the way to a volunteer.
    const { top = -1, bottom = Infinity } = (await visitor.page.getByRole("link", { name: said.home("en")("messageVolunteer") }).evaluate((link) => {
      const { top, bottom } = link.getBoundingClientRect();
      return { top, bottom };
    }));
    expect(top).toBeGreaterThan(0);
    expect(bottom).toBeLessThan(844);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  }
  const [{ fonts, rest } = { fonts: Infinity, rest: Infinity }] = loads;
  const readableMs = median(loads.map((one) => one.readableMs));
  console.log(`home: readable after ${Math.round(readableMs)} ms; ${(rest / kilobyte).toFixed(1)} KB and ${(fonts / kilobyte).toFixed(1)} KB of fonts`);
  expect(rest).toBeLessThanOrEqual(30 * kilobyte);
  expect(rest + fonts).toBeLessThanOrEqual(95 * kilobyte);
  expect(readableMs).toBeLessThanOrEqual(readableWithinMs);
});

test("the conversation weighs little too", async () => {
  const visitor = await aVisitor({ base: street.base });
  await writesToUs(visitor, "Is anybody awake?", "en");
  const { rest } = await load(visitor, "/conversation", false);
  console.log(`conversation: ${(rest / kilobyte).toFixed(1)} KB without fonts`);
  expect(rest).toBeLessThanOrEqual(60 * kilobyte);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test("a space and a topic weigh little too, in few requests", async () => {
  const heron = await signsIn(street, await street.linkFor("heron"), { size: "phone" });
  const { id: space } = await fromTables(street.url, "select id from spaces where shared_en is null");
  const { id: topic } = await fromTables(street.url, "select id from topics where title = 'He only sleeps on me'");
  for (const path of [`/community/spaces/${space}`, `/community/topics/${topic}`]) {
    const { rest, requests } = await load(heron, path, false);
    console.log(`${path.split("/")[2]}: ${(rest / kilobyte).toFixed(1)} KB without fonts, ${requests} requests with them`);
    expect(rest).toBeLessThanOrEqual(60 * kilobyte);
    expect(requests).toBeLessThanOrEqual(8);
  }
  expect(heron.complaints).toEqual([]);
  await heron.close();
});

/** How each element of the page is drawn, and where it stands. */
const drawn = ({ page }: Visitor): Promise<readonly string[]> =>
  page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.querySelectorAll("body *")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { color, backgroundColor, borderRadius, font, fill, display, textDecoration } = getComputedStyle(element);
      return [element.outerHTML.slice(0, 80), x, y, width, height, color, backgroundColor, borderRadius, font, fill, display, textDecoration].join("; ");
    });
  });

test.for([
  { language: "en", light: "day", size: "phone" },
  { language: "es", light: "night", size: "desk" },
] as const)("what home is first painted with is what it looks like in the end ($language, $light, $size)", async (who) => {
  const first = await aVisitor({ base: street.base, ...who });
  const whole = await aVisitor({ base: street.base, ...who });
  await first.page.route("**/assets/theme-*.css", (route) => route.fulfill({ contentType: "text/css", body: "" }));
  await Promise.all([first.page.goto("/"), whole.page.goto("/")]);
  expect(await first.page.locator("head style").count()).toBe(1);
  expect(await drawn(first)).toEqual(await drawn(whole));
  // The second time her browser has the whole sheet, and home brings none.
  await whole.page.reload();
  expect(await whole.page.locator("head style").count()).toBe(0);
  expect([...first.complaints, ...whole.complaints]).toEqual([]);
  await Promise.all([first.close(), whole.close()]);
});
