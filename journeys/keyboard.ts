import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Visitor } from "./browser.ts";

/** More stops than any screen has. */
const mostStops = 150;
/** A date field has a stop for each of its parts and for its calendar. */
const stopsInOneField = 5;
const mostChoices = 20;

type Named = string | RegExp;
/** What a key brings: an address (`/desk/*`), or words that are seen. */
type Brings = string | RegExp | Locator;
type Marked = Window & { lastStop?: Element; stopTimes?: number; pageStands?: boolean };

/** What has the focus, what is wrong with how it shows, and how often it was the stop before; no words where nothing has it. */
function focusNow(page: Page): Promise<{ readonly words?: string; readonly wrong?: string; readonly times: number }> {
  return page.evaluate(() => {
    const here = document.activeElement;
    if (!here || here === document.body) return { times: 0 };
    const words = `<${here.tagName.toLowerCase()}> ${(here.textContent.trim() || here.getAttribute("name") || here.id).slice(0, 60)}`;
    const { outlineStyle, outlineWidth, outlineColor, opacity } = getComputedStyle(here);
    const drawn = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2 && !/transparent|[,/] 0\)$/.test(outlineColor) && opacity !== "0";
    // WCAG 2.4.11: some part of it is under no bar that stays.
    const parts = [0.1, 0.5, 0.9];
    const seen = [...here.getClientRects()].some((whole) =>
      parts.some((x) =>
        parts.some((y) => {
          // Of what is larger than the window, the part inside it.
          const [left, top] = [Math.max(0, whole.left), Math.max(0, whole.top)];
          const [right, bottom] = [Math.min(innerWidth, whole.right), Math.min(innerHeight, whole.bottom)];
          const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
          return hit !== null && (here.contains(hit) || (hit !== document.body && hit !== document.documentElement && hit.matches("label") && hit.contains(here)));
        }),
      ),
    );
    const marked = window as Marked;
    const times = marked.lastStop === here ? (marked.stopTimes ?? 0) + 1 : 0;
    Object.assign(marked, { lastStop: here, stopTimes: times });
    return { words, times, ...(drawn ? (seen ? {} : { wrong: "is hidden under something" }) : { wrong: "shows no focus" }) };
  });
}

const isFocused = async (page: Page, wanted: Locator) => (await wanted.and(page.locator(":focus")).count()) > 0;

/** Presses Tab until `wanted` has the focus. Every stop on the way must be seen, and none may hold the focus fast. */
async function tabUntil(page: Page, wanted: Locator, what: Named | Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const stops: string[] = [];
  for (let ends = 0; stops.length < mostStops && ends < 2; ) {
    await page.keyboard.press(key);
    const { words, wrong, times } = await focusNow(page);
    if (wrong) throw new Error(`${page.url()}: ${words} ${wrong}`);
    if (times > stopsInOneField) throw new Error(`${page.url()}: the focus can't leave ${words}`);
    if (await isFocused(page, wanted)) return;
    if (words === undefined) ends++;
    else stops.push(words);
  }
  throw new Error(`${page.url()}: the keyboard never reached ${what}. It stopped at:\n${[...new Set(stops)].join("\n")}`);
}

/** Whatever of this page a keyboard can come to, in the order in which it stands there, each with its number on it; of some answers to one question the one that has the focus. */
const numberStops = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
    const answers = (radio: HTMLInputElement) => all.filter((one): one is HTMLInputElement => one instanceof HTMLInputElement && one.type === "radio" && one.name === radio.name && one.form === radio.form);
    const stops = all.filter((element) => {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(":disabled") || element.tabIndex < 0) return false;
      if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
      const group = answers(element);
      return element === (group.find(({ checked }) => checked) ?? group[0]);
    });
    stops.forEach((element, nth) => (element.dataset["stop"] = String(nth)));
    return stops.map((element) => `<${element.tagName.toLowerCase()}> ${(element.textContent.trim() || element.getAttribute("name") || element.id).slice(0, 60)}`);
  });

/** Tab from the top of the page to its end: each stop shows that it has the focus, they come in the order in which they stand, and none is left out. Answers how many there are. */
async function walkThrough(page: Page): Promise<number> {
  const stops = await numberStops(page);
  const been: number[] = [];
  // From where she was last, Tab would go on.
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  for (let presses = 0; presses < mostStops; presses++) {
    await page.keyboard.press("Tab");
    const { words, wrong, times } = await focusNow(page);
    if (wrong) throw new Error(`${page.url()}: ${words} ${wrong}`);
    if (times > stopsInOneField) throw new Error(`${page.url()}: the focus can't leave ${words}`);
    if (words === undefined) break;
    const stop = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset["stop"]);
    // What scrolls by itself is a stop of the browser's own.
    if (stop !== undefined && been.at(-1) !== Number(stop)) been.push(Number(stop));
  }
  expect(been.map((nth) => stops[nth]), `${page.url()}: what the keyboard comes to, in order`).toEqual(stops);
  return stops.length;
}

/** Presses a key and waits for what it brings. Where that leaves the page standing, it leaves the focus in it. */
async function pressFor(page: Page, key: string, brings: Brings): Promise<void> {
  await page.evaluate(() => void ((window as Marked).pageStands = true));
  await page.keyboard.press(key);
  if (typeof brings === "string" && brings.startsWith("/")) await page.waitForURL(`**${brings}`);
  else await (typeof brings === "string" || brings instanceof RegExp ? page.getByText(brings) : brings).first().waitFor();
  const isLost = () => page.evaluate(() => (window as Marked).pageStands === true && (document.activeElement === null || document.activeElement === document.body));
  // What it brings may have stood there before, on a page that goes at this moment.
  const lost = await isLost().catch(() => page.waitForLoadState().then(isLost));
  expect(lost, `${page.url()}: ${key} lost the focus`).toBe(false);
}

/** Someone who has no mouse: all that she does is keys. */
export function byKeyboard({ page }: Visitor) {
  const at = (role: "button" | "link" | "checkbox", name: Named | Locator) => (typeof name === "string" || name instanceof RegExp ? page.getByRole(role, { name, exact: true }) : name);
  const keys = {
    page,
    /** Follows a link, or presses a button. */
    follows: async (name: Named | Locator, brings: Brings) => (await tabUntil(page, at("link", name), name), pressFor(page, "Enter", brings)),
    presses: async (name: Named | Locator, brings: Brings) => (await tabUntil(page, at("button", name), name), pressFor(page, "Enter", brings)),
    /** Opens what is folded away. */
    opens: async (name: string) => (await tabUntil(page, page.locator("summary", { hasText: name }), name), pressFor(page, "Enter", page.locator("details[open] > summary", { hasText: name }))),
    async ticks(name: Named) {
      await tabUntil(page, at("checkbox", name), name);
      await page.keyboard.press("Space");
    },
    /** One of a few: Tab reaches the question, arrows its answers. */
    async chooses(question: string, answer: Named) {
      const group = page.getByRole("group", { name: question, exact: true });
      const wanted = group.getByRole("radio", { name: answer, exact: true });
      await tabUntil(page, group.getByRole("radio"), question);
      for (let turns = 0; turns < mostChoices && !(await isFocused(page, wanted)); turns++) await page.keyboard.press("ArrowDown");
      if (!(await wanted.isChecked())) await page.keyboard.press("Space");
      expect(await wanted.isChecked(), `${question} ${answer}`).toBe(true);
    },
    /** Chooses from a list by the first letters. */
    async picks(label: string, words: string) {
      const list = page.getByLabel(label, { exact: true });
      await tabUntil(page, list, label);
      await page.keyboard.type(words);
      expect(await list.locator("option:checked").textContent()).toBe(words);
    },
    /** Fills a field in, in the place of what was there. */
    async writes(label: string, words: string) {
      await tabUntil(page, page.getByLabel(label, { exact: true }), label);
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type(words);
    },
    /** Fills in a day or a time, part by part, as its parts stand in her language. */
    async sets(label: string, parts: string, value: string) {
      const field = page.getByLabel(label, { exact: true }).first();
      await tabUntil(page, field, label);
      await page.keyboard.type(parts);
      expect(await field.inputValue()).toBe(value);
    },
    /** Goes to this page, and through all of it. */
    walks: async (path: string) => (await page.goto(path), walkThrough(page)),
    walksHere: () => walkThrough(page),
    comesTo: (wanted: Locator) => tabUntil(page, wanted, wanted),
    /** Goes back to where she was. */
    backTo: (label: string) => tabUntil(page, page.getByLabel(label, { exact: true }), label, "Shift+Tab"),
    types: (words: string) => page.keyboard.type(words),
    /** A key where the focus is. */
    hits: (key: string, brings: Brings) => pressFor(page, key, brings),
    /** The focus is here by itself. */
    isAt: (wanted: Locator) => expect.poll(() => isFocused(page, wanted)).toBe(true),
  };
  return keys;
}
