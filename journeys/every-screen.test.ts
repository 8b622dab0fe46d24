import { randomBytes } from "node:crypto";
import axe from "axe-core";
import pg from "pg";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { hashToken, newToken } from "../platform/crypto/seal.ts";
import { aVisitor, type Visitor } from "./browser.ts";
import { openStreet } from "./street.ts";
import { goesOnDuty, press, sees, signsIn, takes, writes, writesToUs } from "./steps.ts";
import { said } from "./words.ts";

type Screen = string | readonly [name: string, reach: (page: Page) => Promise<unknown>];
type Wrong = (what: string) => void;

const languages = ["en", "es"] as const;
const street = await openStreet();
const bare = await openStreet({ NODE_ENV: "production", MASTER_KEY: randomBytes(32).toString("hex") });

/** One row of the street's own database, for an address that stands on no page a browser keeps. */
async function fromTables(url: string, query: string, values: readonly unknown[] = []): Promise<Record<string, string>> {
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

/** What axe finds by these rules (all when none is named), as short sentences. */
function found(page: Page, ...rules: string[]): Promise<string[]> {
  const only = rules.length > 0 ? `, runOnly: ${JSON.stringify(rules)}` : "";
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

const fontSize = (page: Page, percent: string) => page.evaluate((size) => void (document.documentElement.style.fontSize = size), percent);

/** Goes to a screen in both languages and holds it to everything that holds for every screen. */
async function visit({ page }: Visitor, screens: readonly Screen[], wrong: Wrong): Promise<void> {
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
      const tell = (where: string, findings: readonly string[]) => findings.forEach((finding) => wrong(`${name} (${language}, ${where}): ${finding}`));
      if ((await page.locator("html").getAttribute("lang")) !== language) tell("day", ["is in another language"]);
      if (typeof screen === "string" && new URL(page.url()).pathname !== new URL(screen, page.url()).pathname) tell("day", [`led to ${new URL(page.url()).pathname}`]);
      tell("day", await found(page));
      tell("320 px", await sideways(page));
      await page.emulateMedia({ colorScheme: "dark" });
      await settled(page);
      tell("night", await found(page, "color-contrast"));
      await page.setViewportSize({ width: 390, height: 844 });
      // The theme's own size is 112.5 %.
      await fontSize(page, "225%");
      tell("text twice as large", await sideways(page));
      await page.evaluate(() => {
        document.documentElement.style.fontSize = "";
        document.documentElement.dir = "rtl";
      });
      tell("right to left", await sideways(page));
    }
  }
}

const wrongs: string[] = [];
const wrong: Wrong = (what) => wrongs.push(what);
const everyone: Visitor[] = [];
/** `statuses`: answers that are meant, and that a browser's console calls errors of its own accord. */
const nothingWrong = (...statuses: number[]) => {
  const complaints = everyone.flatMap((visitor) => visitor.complaints.splice(0)).filter((line) => !statuses.some((status) => line.includes(`a status of ${status}`)));
  expect([...wrongs.splice(0), ...complaints]).toEqual([]);
};
const parent = async (words: string, danger = false) => {
  const visitor = await aVisitor({ base: street.base });
  everyone.push(visitor);
  await writesToUs(visitor, words, "en", danger);
  return visitor;
};
const member = async (name: string) => {
  const visitor = await signsIn(street, await street.linkFor(name));
  everyone.push(visitor);
  return visitor;
};
afterAll(() => Promise.all(everyone.map((visitor) => visitor.close())));

/** A form that comes back with what is to be mended. */
const withError = (path: string, fill: string): Screen => [
  `${path} with an error`,
  async (page) => {
    await page.goto(path);
    await page.locator(fill).fill("x".repeat(9000));
    await page.locator("main form:has(textarea) button[type=submit]").last().click();
    await page.locator("[role=alert]").waitFor();
  },
];

test("a parent's screens hold in both languages, by day and night, on a narrow phone and with large letters", async () => {
  const visitor = await aVisitor({ base: street.base });
  everyone.push(visitor);
  const byLink: Screen = ["a private link", (page) => page.goto(`/back/${newToken()}`)];
  const missing: Screen = ["a page that is not here", (page) => page.goto("/nothing-here")];
  await visit(visitor, ["/", "/message", withError("/message", "#words"), "/back", byLink, "/help", "/help/us", "/help/fr", "/understand", "/groups", "/village", missing, "/sign-in", "/sign-in/recovery", "/sign-in/sent"], wrong);
  nothingWrong(404, 422);
});

test("a conversation's screens hold, at the parent's side and at the desk", async () => {
  const [waiting, talking, ended, afraid] = [await parent("Is anyone here?"), await parent("I have not slept since Sunday."), await parent("Thank you for last night."), await parent("I scare myself.", true)];
  const ana = await member("ana");
  const judith = await member("judith");
  await goesOnDuty(ana);
  const ids: string[] = [];
  for (const [index, words] of ["I scare myself.", "Is anyone here?", "I have not slept since Sunday.", "Thank you for last night."].entries()) {
    if (words === "Is anyone here?") continue;
    await ana.page.goto("/desk");
    await takes(ana, "en", "en", index === 0 ? "first" : "newest");
    ids.push(new URL(ana.page.url()).pathname);
    await writes(ana, "I am here. I have time for you.");
    await ana.page.locator("#entries").getByText("I have time for you.").waitFor();
  }
  const withWords = async (text: string) => {
    for (const id of ids) {
      await ana.page.goto(id);
      if (await ana.page.locator("#entries").getByText(text).isVisible()) return id;
    }
    throw new Error(`Ana is not in the conversation of "${text}"`);
  };
  const [open, over, concern] = [await withWords("not slept since Sunday"), await withWords("for last night"), await withWords("scare myself")];
  await talking.page.goto("/conversation/call-back");
  const t = said.parent("en");
  await talking.page.getByLabel(t("wayCall")).check();
  await talking.page.getByLabel(t("contact")).fill("+1 805 555 0142");
  await talking.page.getByLabel(t("safeNeverName")).check();
  await press(talking, t("callBackSave"));
  await ended.page.goto("/conversation");
  await ended.page.getByText(t("menu")).click();
  await press(ended, t("endIt"));
  await sees(ended, t("helpedTitle"));

  await visit(waiting, ["/conversation"], wrong);
  await visit(talking, ["/conversation", "/conversation/keep", "/conversation/call-back", "/conversation/erase"], wrong);
  await visit(ended, ["/conversation"], wrong);
  await visit(afraid, ["/conversation"], wrong);
  nothingWrong();

  const { id: callBack = "" } = await fromTables(street.url, "select id from call_backs where contact_sealed is not null");
  await judith.page.goto(`/desk/call-backs/${callBack}`);
  await press(judith, said.callBacks("en")("take"));
  await press(judith, said.callBacks("en")("reveal"));
  await sees(judith, "+1 805 555 0142");
  await visit(judith, ["/desk", "/desk/call-backs", `/desk/call-backs/${callBack}`, "/board", "/account"], wrong);
  await visit(ana, ["/desk", open, `${open}/handover`, `${open}/referral`, `${open}/concern`, `${open}/close`, `${over}/close`, over.replace("conversations", "debrief"), `${concern}/concern`, concern, "/desk/thank-you"], wrong);
  await visit(judith, [`${concern}/concern`, concern], wrong);
  await ana.page.goto(over.replace("conversations", "debrief"));
  // The last screens were read in Spanish, and the pages stay in it.
  const closing = said.closures("es");
  await ana.page.getByLabel(closing("shaken")).check();
  await ana.page.getByLabel(closing("wantsTalk")).check();
  await press(ana, closing("keep"));
  await ana.page.waitForURL("**/desk/thank-you?talk");
  const { id: debrief = "" } = await fromTables(street.url, "select id from debriefs limit 1");
  await visit(judith, [`/board/debriefs/${debrief}`, "/board"], wrong);
  nothingWrong();
});

test("the coordinator's screens hold, and each member's own", async () => {
  const lucia = await member("lucia");
  const { id: phrase = "" } = await fromTables(street.url, "select id from phrases limit 1");
  const { id: ana = "" } = await fromTables(street.url, "select id from members where sign_in_name = 'ana'");
  const own = ["/account", "/account/details", "/account/passphrase", "/account/codes", "/account/second-step", "/account/second-step/app"];
  await visit(lucia, ["/board", "/board/audit", "/people", "/people/invite", "/people/invited", "/people/helped", `/people/${ana}`, "/phrases", `/phrases/${phrase}`, "/settings", "/settings/hours", "/settings/retention", ...own], wrong);
  nothingWrong();

  const token = newToken();
  await fromTables(street.url, "insert into invitations (token_hash, for_name, roles, invited_by, invited_at, expires_at) select $1, 'Nora', '{volunteer}', id, now(), now() + interval '1 day' from members where sign_in_name = 'lucia'", [hashToken(token)]);
  const newcomer = await aVisitor({ base: street.base });
  everyone.push(newcomer);
  const join: Screen = ["/join", async (page) => (await page.goto(`/join/${token}`), page.waitForURL("**/join"))];
  await visit(newcomer, [join], wrong);
  nothingWrong();
});

test("the screens of a house that is not set up yet hold", async () => {
  const token = newToken();
  await fromTables(bare.url, "insert into setup_links (token_hash, made_at) values ($1, now())", [hashToken(token)]);
  const first = await aVisitor({ base: bare.base });
  everyone.push(first);
  await first.page.goto(`/setup/${token}`);
  await visit(first, ["/setup", "/", "/message"], wrong);
  nothingWrong(503);
});
