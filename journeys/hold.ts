import axe from "axe-core";
import pg from "pg";
import type { Page } from "playwright-core";
import type { Visitor } from "./browser.ts";

/** An address, or a name and the way there. */
export type Screen = string | readonly [name: string, reach: (page: Page) => Promise<unknown>];
export type Wrong = (what: string) => void;

const languages = ["en", "es"] as const;

/** One row of the street's own database, for an address that stands on no page a browser keeps. */
export async function fromTables(url: string, query: string, values: readonly unknown[] = []): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // It asks as the house, or the wall shows it nothing.
  await client.query("select set_config('small_hours.who', 'house', false)");
  const { rows } = await client.query<Record<string, string>>(query, [...values]);
  await client.end();
  return rows[0] ?? {};
}

/** Nothing is between two lights or sizes any more. */
const settled = (page: Page) => page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));

/** The rule that is slowest by far, and says the same in every language. */
const colours = "color-contrast";

/** What axe finds, as short sentences. */
function found(page: Page, rules: "all" | "colours" | "all but colours"): Promise<string[]> {
  const only = { all: "", colours: `, runOnly: ["${colours}"]`, "all but colours": `, rules: { "${colours}": { enabled: false } }` }[rules];
  return page.evaluate(`(() => { if (!window.axe) { ${axe.source} } return axe.run(document, { resultTypes: ["violations"]${only} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html, any }) => html.slice(0, 120) + " " + ((any[0] || {}).message || "")).join(" | "))); })()`);
}

/** What reaches past the side of the window, unless it stands in a part that scrolls by itself. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const wide = root.clientWidth;
    if (root.scrollWidth <= wide) return [];
    const scrolls = (element: Element): boolean => element.parentElement !== null && (/auto|scroll|hidden/.test(getComputedStyle(element.parentElement).overflowX) || scrolls(element.parentElement));
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > wide + 0.5 || left < -0.5) && !scrolls(element);
    });
    return [`${root.scrollWidth} px in ${wide}: ${out.slice(0, 4).map((element) => element.outerHTML.slice(0, 110)).join(" | ")}`];
  });
}

/** Titles that break within a word, and what of the dock is cut off or broken. */
function broken(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isBroken = (text: Node): string[] =>
      Array.from((text.textContent ?? "").matchAll(/[\p{L}\p{N}]+/gu), ({ index, 0: word }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top))).size > 1 ? word : "";
      }).filter(Boolean);
    const words = [...document.querySelectorAll("h1, h2, h3, .dock-label")].flatMap((element) => {
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const texts: Node[] = [];
      while (walk.nextNode()) texts.push(walk.currentNode);
      return element.checkVisibility({ contentVisibilityAuto: true }) ? texts.flatMap(isBroken) : [];
    });
    const cut = [...document.querySelectorAll(".dock > a")].filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1);
    return [...words.map((word) => `breaks within "${word}"`), ...cut.map(({ textContent }) => `cuts off "${textContent}"`)];
  });
}

const fontSize = (page: Page, percent: string) => page.evaluate((size) => void (document.documentElement.style.fontSize = size), percent);

/** Goes to each screen in both languages, holds it to everything that holds for every screen, and says which addresses these were. */
export async function visit({ page }: Visitor, screens: readonly Screen[], wrong: Wrong, been: Set<string>): Promise<void> {
  for (const language of languages) {
    const other = page.locator(`header button[name=language][value=${language}]`);
    if (page.url() === "about:blank") await page.goto("/");
    if (await other.isVisible()) await Promise.all([page.waitForNavigation(), other.click()]);
    for (const screen of screens) {
      const [name, reach] = typeof screen === "string" ? [screen, (at: Page) => at.goto(screen)] : screen;
      await page.setViewportSize({ width: 320, height: 700 });
      await page.emulateMedia({ colorScheme: "light" });
      await reach(page);
      await settled(page);
      been.add(new URL(page.url()).pathname);
      const tell = (where: string, findings: readonly string[]) => findings.forEach((finding) => wrong(`${name} (${language}, ${where}): ${finding}`));
      if ((await page.locator("html").getAttribute("lang")) !== language) tell("day", ["is in another language"]);
      if (typeof screen === "string" && new URL(page.url()).pathname !== new URL(screen, page.url()).pathname) tell("day", [`led to ${new URL(page.url()).pathname}`]);
      const first = language === languages[0];
      tell("day", await found(page, first ? "all" : "all but colours"));
      tell("320 px", [...(await sideways(page)), ...(await broken(page))]);
      await page.emulateMedia({ colorScheme: "dark" });
      await settled(page);
      if (first) tell("night", await found(page, "colours"));
      await page.setViewportSize({ width: 390, height: 844 });
      // The theme's own size is 112.5 %.
      await fontSize(page, "225%");
      tell("text twice as large", [...(await sideways(page)), ...(await broken(page))]);
      await page.evaluate(() => {
        document.documentElement.style.fontSize = "";
        document.documentElement.dir = "rtl";
      });
      tell("right to left", await sideways(page));
    }
  }
}
