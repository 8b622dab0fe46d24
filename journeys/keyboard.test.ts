import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { spacesOfTheStreet } from "../cast/community.ts";
import { staffOfTheStreet } from "../cast/people.ts";
import { aVisitor, type Visitor, type Who } from "./browser.ts";
import { byKeyboard } from "./keyboard.ts";
import { openStreet } from "./street.ts";
import { caseOf, goesOnDuty, sees, signsIn, waitsFor, writesToUs } from "./steps.ts";
import { said } from "./words.ts";

const other = createServer((_request, response) => response.end("elsewhere")).listen(0, "127.0.0.1");
await once(other, "listening");
const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
afterAll(() => void other.close());
const street = await openStreet({ EXIT_URL: elsewhere });

const passphrase = "kettle window seven lanterns";

/** She comes in by her link, without touching the mouse. */
async function comesIn(name: keyof typeof staffOfTheStreet, who: Partial<Who> = {}) {
  const visitor = await aVisitor({ base: street.base, size: "desk", ...who });
  await visitor.page.goto(await street.linkFor(name));
  const keys = byKeyboard(visitor);
  await keys.presses(said.accounts(who.language ?? "en")("openLink", { name: staffOfTheStreet[name].name }), visitor.page.locator("nav a[href='/account']"));
  return { visitor, keys };
}
/** Nothing went wrong but what was meant: forms that came back, and leaving for elsewhere. */
const leave = async (...visitors: Visitor[]) => {
  expect(visitors.flatMap(({ complaints }) => complaints).filter((line) => !/a status of 4(09|22)/.test(line) && !line.endsWith(elsewhere))).toEqual([]);
  await Promise.all(visitors.map((visitor) => visitor.close()));
};

test("a parent by keyboard alone: she writes, asks for a call, comes back by her six words, deletes, and leaves at once", async () => {
  const parent = await aVisitor({ base: street.base });
  const { page } = parent;
  const keys = byKeyboard(parent);
  const t = said.parent("en");
  await page.goto("/");
  await page.keyboard.press("Tab");
  await keys.isAt(page.getByRole("link", { name: "Skip to the page" }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await keys.isAt(page.locator("main").getByRole("link").first());
  await page.goto("/");
  await keys.follows(said.home("en")("messageVolunteer"), "/message");
  await keys.writes(t("words"), "By keyboard.");
  await keys.chooses(t("danger"), t("dangerSkip"));
  await keys.opens(t("stage"));
  await keys.chooses(t("stage"), t("stageAfterBirth"));
  await keys.presses(t("start"), "/conversation");
  await keys.writes(t("yourMessage"), "More words.");
  await keys.hits("Control+Enter", page.locator("#entries").getByText("More words."));

  await keys.opens(t("menu"));
  await keys.follows(t("askCallBack"), "/conversation/call-back");
  await keys.presses(t("callBackSave"), t("problemSafeWay"));
  await keys.isAt(page.getByRole("alert"));
  await keys.follows(t("problemWay"), page.locator("#way:focus"));
  await keys.chooses(t("callBackWay"), t("wayCall"));
  await keys.writes(t("contact"), "+1 805 555 0142");
  await keys.chooses(t("safeWay"), t("safeNeverName"));
  await keys.presses(t("callBackSave"), "/conversation");

  await keys.opens(t("menu"));
  await keys.follows(t("keepOpen"), "/conversation/keep");
  const words = (await page.locator("[aria-labelledby=six-words]").textContent()) ?? "";
  await keys.follows(t("conversationTitle"), "/conversation");
  await keys.opens(t("menu"));
  await keys.presses(t("leaveDevice"), said.home("en")("homeTitle"));
  await keys.follows(said.home("en")("messageVolunteer"), "/message");
  await keys.follows(t("comeBackInstead"), "/back");
  await keys.writes(t("backWords"), words);
  await keys.presses(t("backOpen"), "/conversation");
  await sees(parent, "More words.");
  await keys.opens(t("menu"));
  await keys.follows(t("deleteIt"), "/conversation/erase");
  await keys.presses(t("eraseNow"), t("erasedText"));

  const before = await page.evaluate(() => history.length);
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press("Shift");
  await page.waitForURL(elsewhere);
  // The page that she left is not behind her.
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(before);
  await leave(parent);
});

test("a volunteer by keyboard alone: passphrase and second step, duty, taking, words, a phrase, a note, a line, handing over", async () => {
  const parent = await aVisitor({ base: street.base });
  await writesToUs(parent, "Is anybody awake?", "en", true);
  const judith = await signsIn(street, await street.linkFor("judith"));
  await goesOnDuty(judith);
  const { visitor: ana, keys } = await comesIn("ana", { light: "night" });
  const { page } = ana;
  const [a, t] = [said.accounts("en"), said.desk("en")];
  await keys.follows("My account", "/account");
  await keys.follows(a("setPassphrase"), "/account/passphrase");
  await keys.writes(a("passphraseNew"), passphrase);
  await keys.presses(a("passphraseSave"), a("saved"));
  const [code = ""] = await setsUpAnApp(keys, page);
  await keys.presses("Sign out", a("signedOut"));
  await keys.writes(a("signInName"), "ana");
  await keys.writes(a("passphrase"), passphrase);
  await keys.hits("Enter", "/sign-in/second-step");
  await keys.writes(a("stepCode"), code);
  await keys.hits("Enter", "/desk");

  await keys.ticks("Español");
  await keys.picks(t("cap"), "3");
  await keys.presses(t("goOnDuty"), page.getByRole("button", { name: t("goOffDuty") }));
  await keys.presses(t("take"), "/desk/conversations/*");
  await keys.writes(t("yourMessage"), "I am here.");
  await keys.presses(t("send"), page.locator("#entries").getByText("I am here."));
  await keys.isAt(page.getByLabel(t("yourMessage")));

  await keys.opens(t("phrases"));
  await keys.presses(/Not alone/, page.locator("#words:focus"));
  await keys.hits("Control+Enter", page.locator("#entries").getByText("You are not to blame."));
  await sees(parent, "You are not to blame.");

  await keys.opens(t("writeNote"));
  await keys.writes(t("writeNote"), "She lives with her sister.");
  await keys.presses(t("saveNote"), "She lives with her sister.");
  await keys.follows(t("refer"), "/desk/conversations/*/referral");
  await keys.writes(t("referNeed"), "diapers");
  await keys.writes(t("referPlace"), "90012");
  await keys.presses(t("referFind"), t("referFound"));
  await keys.chooses(t("referLines"), /Postpartum/);
  await keys.presses(t("referDo"), "/desk/conversations/*");
  await sees(parent, "Postpartum Support International");

  await keys.follows(t("handover"), "/desk/conversations/*/handover");
  await keys.presses(t("handoverDo"), page.getByRole("alert"));
  await keys.isAt(page.getByRole("alert"));
  await keys.chooses(t("handoverTo"), /^Judith/);
  await keys.writes(t("handoverNote"), "She is fed and calm. Her sister comes at seven.");
  await keys.presses(t("handoverDo"), "/desk");
  await sees(parent, said.parent("en")("standingWith", { names: "Judith" }));

  await judith.page.goto("/desk");
  const second = byKeyboard(judith);
  await second.follows(t("heldOpen"), "/desk/conversations/*");
  await second.follows(t("handover"), "/desk/conversations/*/handover");
  await second.writes(t("handoverNote"), "She would like someone who has twins.");
  await second.presses(t("handoverDo"), "/desk");
  await judith.page.locator("#queue").getByText(t("risk")).first().waitFor();
  await keys.presses(t("goOffDuty"), t("offDutyLead"));
  await second.presses(t("goOffDuty"), t("offDutyLead"));
  await leave(parent, ana, judith);
});

test("a concern by keyboard alone: raised, acknowledged by a supervisor, written up and closed; then the end, and a minute for herself", async () => {
  const parent = await aVisitor({ base: street.base });
  await writesToUs(parent, "I can't any more.", "en");
  const { visitor: judith, keys: supervisor } = await comesIn("judith");
  const { visitor: ana, keys } = await comesIn("ana", { language: "es", light: "night" });
  const { page } = ana;
  const [t, c, end] = [said.desk("es"), said.concerns("es"), said.closures("es")];
  await keys.ticks("English");
  await keys.presses(t("goOnDuty"), page.getByRole("button", { name: t("goOffDuty") }));
  await keys.presses(page.locator("#queue li", { hasText: t("languageEn") }).last().getByRole("button"), "/desk/conversations/*");
  await keys.writes(t("yourMessage"), "I am with you.");
  await keys.hits("Control+Enter", page.locator("#entries").getByText("I am with you."));

  await keys.follows(t("concern"), "/desk/conversations/*/concern");
  await keys.presses(c("raise"), c("nowRaised"));
  await keys.chooses(c("desire"), c("not_clear"));
  await keys.presses(c("close"), c("cantCloseYet"));

  const b = said.board("en");
  await supervisor.follows("Board", "/board");
  await supervisor.presses(judith.page.getByRole("listitem").filter({ hasText: b("raisedBy", { name: "Ana" }) }).getByRole("button"), "/desk/conversations/*/concern");
  await supervisor.follows(said.concerns("en")("backToConversation"), "/desk/conversations/*");
  await supervisor.presses(said.desk("en")("join"), said.desk("en")("joinedSupervisor", { name: "Judith" }));
  await supervisor.presses(said.desk("en")("leave"), "/desk");

  for (const area of ["intent", "capability", "buffers", "baby_safety", "psychosis_signs", "unwanted_thoughts"] as const) await keys.chooses(c(area), c("no"));
  await keys.writes(c("wordsLabel"), "Her sister is with her.");
  await keys.chooses(c("step"), new RegExp(c("someone_near")));
  await keys.presses(c("save"), c("saved"));
  await keys.presses(c("close"), c("closedLabel"));

  await keys.follows(c("backToConversation"), "/desk/conversations/*");
  await keys.follows(t("close"), "/desk/conversations/*/close");
  await keys.presses(end("close"), page.getByRole("alert"));
  await keys.isAt(page.getByRole("alert"));
  await keys.chooses(end("outcome"), end("crisis_help"));
  await keys.ticks(end("overwhelmed"));
  await keys.presses(end("close"), "/desk/debrief/*");
  await keys.chooses(end("how"), end("shaken"));
  await keys.writes(end("words"), "My hands are cold.");
  await keys.ticks(end("wantsTalk"));
  await keys.presses(end("keep"), "/desk/thank-you?talk");
  await keys.follows(end("toDesk"), "/desk");
  await keys.presses(t("goOffDuty"), t("offDutyLead"));

  await supervisor.follows("Board", "/board");
  await supervisor.follows(b("wishOpen", { name: "Ana" }), "/board/debriefs/*");
  await supervisor.presses(b("wishAnswer", { name: "Ana" }), "/board");
  await leave(parent, ana, judith);
});

test("a call-back by keyboard alone: taken, looked at, tried, ended", async () => {
  const parent = await aVisitor({ base: street.base });
  await writesToUs(parent, "Please call me.", "en");
  const p = said.parent("en");
  await parent.page.goto("/conversation/call-back");
  await parent.page.getByLabel(p("wayCall")).check();
  await parent.page.getByLabel(p("contact")).fill("+1 805 555 0142");
  await parent.page.getByLabel(p("safeNeverName")).check();
  await parent.page.getByRole("button", { name: p("callBackSave") }).click();
  await parent.page.waitForURL("**/conversation");

  const { visitor: judith, keys } = await comesIn("judith");
  const { page } = judith;
  const t = said.callBacks("en");
  await keys.follows(said.desk("en")("toCallBacks"), "/desk/call-backs");
  await keys.follows(page.getByRole("listitem").filter({ hasText: t("way_call") }).getByRole("link"), "/desk/call-backs/*");
  await keys.presses(t("take"), page.getByRole("button", { name: t("reveal") }));
  await keys.presses(t("reveal"), "+1 805 555 0142");
  await keys.presses(t("reachedNo"), /^Judith, .+: no answer$/);
  await keys.presses(t("endButton"), t("problemChoice"));
  await keys.presses(t("reachedYes"), /^Judith, .+: reached$/);
  await keys.chooses(t("outcome"), t("outcome_reached"));
  await keys.presses(t("endButton"), t("kept_reached"));
  await leave(parent, judith);
});

test("the queue changes under her hands: her place stays hers, and when it is taken the focus goes to the heading", async () => {
  const first = await aVisitor({ base: street.base });
  await writesToUs(first, "The first of two.", "en");
  const marco = await signsIn(street, await street.linkFor("marco"));
  await goesOnDuty(marco);
  const { visitor: ana, keys } = await comesIn("ana");
  const { page } = ana;
  const t = said.desk("en");
  await keys.presses(t("goOnDuty"), page.getByRole("button", { name: t("goOffDuty") }));
  const rows = page.locator("#queue li[id^=waiting]");
  const wanted = (await rows.last().getAttribute("id")) ?? "";
  await keys.comesTo(page.locator(`#${wanted} button`));
  const before = await rows.count();
  const second = await aVisitor({ base: street.base });
  // In danger, so that she comes to stand before the row under Ana's hands.
  await writesToUs(second, "The second of two.", "en", true);
  await expect.poll(() => rows.count()).toBe(before + 1);
  await keys.isAt(page.locator(`#${wanted} button`));
  await marco.page.goto("/desk");
  await marco.page.locator(`#${wanted} button`).click();
  await marco.page.waitForURL("**/desk/conversations/*");
  await expect.poll(() => page.locator(`#${wanted}`).count()).toBe(0);
  await keys.isAt(page.getByRole("heading", { name: t("queueTitle") }));
  await keys.presses(t("take"), "/desk/conversations/*");
  await leave(first, second, ana, marco);
});

test("words arrive while her hands go on: the focus stays where she went", async () => {
  const parent = await aVisitor({ base: street.base });
  const { page } = parent;
  const keys = byKeyboard(parent);
  const t = said.parent("en");
  await writesToUs(parent, "The first words.", "en");
  await keys.writes(t("yourMessage"), "More words.");
  // A slow phone: what has arrived is drawn only when its next frame comes.
  await page.evaluate(() => {
    const slow = window as typeof window & { draw?: () => void };
    const [frame, held] = [window.requestAnimationFrame.bind(window), [] as FrameRequestCallback[]];
    window.requestAnimationFrame = (drawn) => held.push(drawn);
    slow.draw = () => (window.requestAnimationFrame = frame, held.forEach((drawn) => frame(drawn)));
  });
  // What is on its way may have arrived before anybody looks: what counts is that it came, and is not drawn yet.
  await page.keyboard.press("Control+Enter");
  await page.locator("turbo-stream").first().waitFor({ state: "attached" });
  await page.keyboard.press("Tab");
  const send = page.getByRole("button", { name: t("send"), exact: true });
  await keys.isAt(send);
  await page.evaluate(() => (window as typeof window & { draw?: () => void }).draw?.());
  await page.locator("#entries").getByText("More words.").waitFor();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await keys.isAt(send);
  await leave(parent);
});

test("a coordinator by keyboard alone: she invites, gives and ends roles, keeps phrases and hours; the newcomer joins with a second step", async () => {
  const { visitor: lucia, keys } = await comesIn("lucia", { language: "es" });
  const { page } = lucia;
  const [a, b, n] = [said.accounts("es"), said.board("es"), said.home("es")];
  await keys.follows("Personas", "/people");
  await keys.follows(a("invite"), "/people/invite");
  await keys.presses(a("makeInvitation"), page.getByRole("alert"));
  await keys.isAt(page.getByRole("alert"));
  await keys.writes(a("forName"), "Nora");
  await keys.ticks(new RegExp(`^${a("coordinator")}`));
  await keys.presses(a("makeInvitation"), "/people/invited");
  const link = await page.getByLabel(a("inviteLink")).inputValue();

  const { nora, codes, visitor } = await joins(link);
  await nora.hits("Enter", "/sign-in/second-step");
  await nora.writes(said.accounts("en")("stepCode"), codes[0] ?? "");
  // She gave no address for a letter, so that her own page tells her of the app.
  await nora.presses(said.accounts("en")("stepContinue"), "/account/changed");
  await nora.presses(said.accounts("en")("changedKnown"), "/desk");

  await keys.follows(a("backToPeople"), "/people");
  await keys.follows(a("openPerson", { name: "Nora" }), "/people/*");
  await keys.chooses(a("role"), new RegExp(`^${a("supervisor")}`));
  // The browser itself says whether the day or the month comes first.
  await keys.sets(a("oneLastDay"), "12122027", "2027-12-12");
  await keys.presses(a("giveRole"), a("endRole", { role: a("supervisor") }));
  await keys.presses(a("endRole", { role: a("supervisor") }), page.getByText(a("supervisor")));

  await keys.follows("Frases", "/phrases");
  await keys.opens(b("phraseNew"));
  await keys.writes(b("phraseTitle"), "Agua");
  await keys.writes(b("phraseEn"), "Have you had a glass of water?");
  await keys.writes(b("phraseEs"), "¿Ya tomaste un vaso de agua?");
  await keys.presses(b("phraseAdd"), page.getByRole("heading", { name: "Agua" }));
  await keys.follows(b("phraseEditThis", { title: "Agua" }), "/phrases/*");
  await keys.writes(b("phraseTitle"), "Un vaso de agua");
  await keys.presses(b("phraseSave"), page.getByRole("heading", { name: "Un vaso de agua" }));
  await keys.follows(b("phraseEditThis", { title: "Un vaso de agua" }), "/phrases/*");
  await keys.presses(b("phraseRemove"), "/phrases");

  await keys.follows("Ajustes", "/settings");
  await keys.follows(n("settingsHours"), "/settings/hours");
  await keys.ticks(n("day1"));
  await keys.sets(n("opens"), "1130p", "23:30");
  await keys.sets(n("closes"), "0200a", "02:00");
  const night = page.getByRole("button", { name: /11:30/ });
  await keys.presses(n("hoursAddButton"), night);
  await keys.presses(night, n("hoursAdd"));
  await leave(lucia, visitor);
});

/** Makes an app her second step, and writes down the codes that she is shown. */
async function setsUpAnApp(keys: ReturnType<typeof byKeyboard>, page: Page): Promise<string[]> {
  const t = said.accounts("en");
  await keys.follows(t("useApp"), "/account/second-step/app");
  const secret = (await page.locator("main p", { hasText: /^[A-Z2-7 ]{30,}$/ }).innerText()).replaceAll(" ", "");
  await keys.writes(t("appCode"), new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await keys.presses(t("appConfirm"), "/account/codes");
  const codes = await page.getByRole("list", { name: t("codesTitle") }).getByRole("listitem").allInnerTexts();
  await keys.follows(t("codesDone"), "/account");
  return codes;
}

/** Someone new takes an invitation, makes an app her second step, writes down her codes, and signs in anew up to that step. */
async function joins(link: string) {
  const visitor = await aVisitor({ base: street.base, light: "night" });
  const nora = byKeyboard(visitor);
  const t = said.accounts("en");
  await visitor.page.goto(link);
  await nora.writes(t("signInName"), "nora");
  await nora.writes(t("passphrase"), passphrase);
  await nora.presses(t("join"), "/account/second-step");
  const codes = await setsUpAnApp(nora, visitor.page);
  await nora.presses("Sign out", t("signedOut"));
  await nora.writes(t("signInName"), "nora");
  await nora.writes(t("passphrase"), passphrase);
  return { nora, codes, visitor };
}

/** She takes a place in the community, after a form that came back, and goes to its first space. */
async function joinsCommunity(name: string, { language = "en", ...who }: Partial<Who> = {}) {
  const visitor = await aVisitor({ base: street.base, language, ...who });
  const keys = byKeyboard(visitor);
  const t = said.community(language);
  await visitor.page.goto("/community");
  await keys.follows(t("join"), "/community/join");
  await keys.writes(t("handle"), name);
  await keys.presses(t("joinNow"), visitor.page.getByRole("alert"));
  await keys.isAt(visitor.page.getByRole("alert"));
  await keys.follows(t("rulesMissing"), visitor.page.locator("#rules:focus"));
  await visitor.page.keyboard.press("Space");
  await keys.ticks(t("agreeCollect"));
  await keys.chooses(t("ageAsk"), t("ageOld", { age: 13 }));
  await keys.presses(t("joinNow"), "/community/key");
  await keys.follows(t("keyKept"), "/community/spaces");
  await keys.follows(spacesOfTheStreet.firstYear.name[language], "/community/spaces/*");
  return { visitor, keys };
}

const inTheForum = {
  en: { author: "By keys", reader: "Also by keys", title: "Up again at four", words: "The street is dark and he is wide awake.", answer: "I remember the light under the door." },
  es: { author: "Con teclas", reader: "También con teclas", title: "Otra vez a las cuatro", words: "La calle está oscura y él está despierto.", answer: "Recuerdo la luz debajo de la puerta." },
} as const;

test.each(["en", "es"] as const)("the forum by keyboard alone (%s): a place, a first post, a moderator who approves it, an answer, a warm act, a report, and away", async (language) => {
  const [t, d, written] = [said.community(language), said.safetyDesk(language), inTheForum[language]];
  const { visitor: author, keys } = await joinsCommunity(written.author, { language });
  await keys.follows(t("writeTopic"), "/community/spaces/*/new");
  await keys.writes(t("topicTitle"), written.title);
  await keys.writes(t("yourWords"), written.words);
  await keys.picks(t("noteLabel"), t("note_birth"));
  await keys.presses(t("send"), "/community/topics/*");
  // What was done has the focus, and her own post comes after it.
  await keys.isAt(author.page.getByRole("status").filter({ hasText: t("saidHeld") }));
  await keys.comesTo(author.page.getByRole("link", { name: t("change"), exact: true }));
  const topic = new URL(author.page.url()).pathname.split("/").at(-1) ?? "";
  const at = await caseOf(street, topic);

  const { visitor: wren, keys: desk } = await comesIn("wren", { language, light: "night" });
  await desk.follows(wren.page.locator(`a[href="${at}"]`), at);
  await desk.presses(d("claim"), d("done_claimed"));
  await desk.isAt(wren.page.getByRole("status").filter({ hasText: d("done_claimed") }));
  await desk.presses(d("decide"), wren.page.getByRole("alert"));
  await desk.isAt(wren.page.getByRole("alert"));
  await desk.chooses(d("decisionLabel"), d("do_approve"));
  await desk.presses(d("decide"), d("done_decided"));
  await desk.isAt(wren.page.getByRole("status").filter({ hasText: d("done_decided") }));
  await waitsFor(street, topic, "shown");

  const { visitor: reader, keys: answering } = await joinsCommunity(written.reader, { language, size: "desk" });
  const { page } = reader;
  await answering.follows(written.title, "/community/topics/*");
  await answering.opens(t("speaksOfOpen", { what: t("note_birth") }));
  const first = page.locator("#posts > li").first();
  await answering.presses(t("warm_sitting_with_you"), page.getByRole("button", { name: t("warm_sitting_with_you"), pressed: true }));
  // The page came anew, and she is where she was.
  await answering.isAt(first);
  await page.keyboard.press("Tab");
  await answering.isAt(first.getByRole("button").first());
  await answering.follows(t("quote"), page.locator("#reply:focus"));
  await answering.writes(t("yourWords"), written.answer);
  await answering.ticks(t("unnamed"));
  const hers = page.locator("#posts > li").filter({ hasText: t("youUnnamed") });
  await answering.presses(t("send"), hers);
  await answering.isAt(hers);

  await answering.follows(t("reportOrBlock"), "/community/posts/*/report");
  await answering.presses(t("reportSend"), page.getByRole("alert"));
  await answering.isAt(page.getByRole("alert"));
  await answering.chooses(t("reportWhy"), t("reason_worried"));
  await answering.presses(t("reportSend"), "/community/reports");
  await answering.isAt(page.getByRole("status").filter({ hasText: t("saidWorried") }));
  await answering.comesTo(page.locator("[data-exit] button"));
  await page.keyboard.press("Enter");
  await page.waitForURL(elsewhere);
  await page.goto(`${street.base}/community/reports`);
  await page.waitForURL("**/community");
  await leave(author, wren, reader);
});

test("how she signs in was changed elsewhere, by keyboard alone: the page that tells her, walked through, and answered by Enter", async () => {
  const a = said.accounts("es");
  const onADevice = async () => {
    const visitor = await aVisitor({ base: street.base, language: "es", size: "desk" });
    await visitor.page.goto(await street.linkFor("farol"));
    const keys = byKeyboard(visitor);
    await keys.presses(a("openLink", { name: "Farol Sereno" }), "/community/**");
    return { visitor, keys };
  };
  const [{ visitor: there, keys: other }, { visitor: here, keys }] = [await onADevice(), await onADevice()];
  await there.page.goto("/account");
  await other.presses(a("newCodes"), "/account/codes");
  await here.page.goto("/community/spaces");
  await here.page.waitForURL("**/account/changed");
  expect(await keys.walksHere()).toBeGreaterThan(5);
  await keys.presses(a("signOutOthers"), "/account/changed");
  await expect.poll(async () => (await there.page.goto("/account"), there.page.url())).toMatch(/\/sign-in$/);
  await keys.presses(a("changedKnown"), "/account");
  await leave(there, here);
});

test("what is kept, and what went wrong with it, by keyboard alone: every page walked through, a breach written down and told of, and read before her next page", async () => {
  const p = said.privacy("es");
  const { visitor: writing, keys: hers } = await joinsCommunity("By keys again");
  const t = said.community("en");
  await hers.follows(t("writeTopic"), "/community/spaces/*/new");
  await hers.writes(t("topicTitle"), "Awake");
  await hers.writes(t("yourWords"), "He sleeps, and I do not.");
  await hers.presses(t("send"), "/community/topics/*");
  await hers.walks("/privacy");
  await hers.opens(said.privacy("en")("name_posts"));
  await hers.walksHere();
  await hers.walks("/privacy/mine");
  await hers.walks("/privacy/notices");

  const { visitor: lucia, keys } = await comesIn("lucia", { language: "es", light: "night" });
  const { page } = lucia;
  for (const path of ["/privacy/register", "/privacy/assessment", "/privacy/breaches"]) expect(await keys.walks(path), path).toBeGreaterThan(10);
  await keys.opens(p("breachNew"));
  await keys.walksHere();
  await keys.chooses(p("breachKind"), p("kind_lost"));
  await keys.writes(p("breachWhat"), "Una computadora quedó en el autobús.");
  await keys.presses(p("breachSave"), page.getByRole("alert"));
  await keys.isAt(page.getByRole("alert"));
  await keys.ticks(new RegExp(`^${p("name_posts")}`));
  await keys.presses(p("breachSave"), "/privacy/breaches/*-*");
  await keys.walksHere();
  await keys.picks(p("stepWhat"), p("step_note"));
  await keys.presses(p("stepSave"), page.getByText(p("step_note")).and(page.locator("strong")));
  await keys.follows(p("tellWrite"), "/privacy/breaches/*/notice");
  await keys.walksHere();
  for (const [part, words] of [["happened", "It was left on the bus."], ["did", "It was wiped."], ["may", "Take new key words."]] as const) {
    for (const language of ["en", "es"]) {
      await keys.comesTo(page.locator(`textarea[name=${part}_${language}]`));
      await keys.types(words);
    }
  }
  await keys.presses(p("tellLook"), p("tellLooked"));
  await keys.walksHere();
  await keys.presses(/^Mostrarlo a/, p("step_members_told"));

  await hers.page.goto("/community/spaces");
  await hers.page.waitForURL("**/privacy/notices");
  await hers.walksHere();
  await hers.presses(said.privacy("en")("toldKnown"), "/community/spaces");
  await hers.walks("/privacy/notices");
  await leave(writing, lucia);
});
