import sparticuz from "@sparticuz/chromium";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import axe from "axe-core";
import { afterAll, expect } from "vitest";

const quiet = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];

const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };

let browser: Browser | undefined;

/** A camera and a microphone that are made up, and two ends of one machine that talk by the loopback. */
export const withVoice = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--allow-loopback-in-peer-connection"];

/** The Chromium that npm carries, or the one that CHROMIUM names. */
const executablePath = async (): Promise<string> => process.env["CHROMIUM"] ?? (await sparticuz.executablePath());

/** One a test file. `more`: switches for the first opening. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  browser ??= await chromium.launch({ executablePath: await executablePath(), args: [...quiet, ...more], headless: true });
  return browser;
}
/** A Chromium that keeps its profile in this folder, as one on a family's computer does; closed by the test. */
export const openProfile = async (folder: string, base: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, { executablePath: await executablePath(), args: quiet, headless: true, baseURL: base, locale: "en-US", viewport: sizes.phone });

afterAll(async () => {
  await browser?.close();
  browser = undefined;
});

export type Visitor = { readonly page: Page; readonly context: BrowserContext; readonly complaints: string[]; close(): Promise<void> };
export type Who = { readonly base: string; readonly language?: "en" | "es"; readonly light?: "day" | "night"; readonly size?: "phone" | "desk"; readonly scripts?: boolean };

/** A person with a browser of her own. Anything her console complains of fails the journey at its end. */
export async function aVisitor({ base, language = "en", light = "day", size = "phone", scripts = true }: Who): Promise<Visitor> {
  const context = await (await openBrowser()).newContext({
    baseURL: base,
    locale: language === "es" ? "es-US" : "en-US",
    timezoneId: "America/Los_Angeles",
    colorScheme: light === "night" ? "dark" : "light",
    viewport: sizes[size],
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(12_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) complaints.push(`a third party was asked: ${request.url()}`);
  });
  return { page, context, complaints, close: () => context.close() };
}

/** Nothing that axe knows of is wrong on this screen. */
export async function isAccessible(page: Page): Promise<void> {
  // Through the debugger, as the page's own policy lets no script in.
  const violations = await page.evaluate(`(() => { ${axe.source}; return axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 160)).join(" | "))); })()`);
  expect(violations, page.url()).toEqual([]);
}
