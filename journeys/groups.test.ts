import { afterAll, expect, test } from "vitest";
import { languageName } from "../platform/i18n/names.ts";
import { aVisitor, isAccessible, openBrowser, withVoice, type Visitor, type Who } from "./browser.ts";
import { asksForASeat, comesToTheLobby, goesIn, groupsOf, theyOpen } from "./evenings.ts";
import { fromTables } from "./hold.ts";
import { byKeyboard } from "./keyboard.ts";
import { nothingComplained, press, sees, signsIn } from "./steps.ts";
import { openStreet } from "./street.ts";
import { said } from "./words.ts";

await openBrowser(withVoice);
const street = await openStreet({ TRUSTED_PROXIES: "1" });
const meetsIn = groupsOf(street);
const everyone: Visitor[] = [];
afterAll(() => Promise.all(everyone.map((visitor) => visitor.close())));

const aGuest = async (who: Partial<Who> = {}): Promise<Visitor> => {
  const visitor = await aVisitor({ base: street.base, ...who });
  // Each from a network of her own, as one network asks for so many seats at a time and no more.
  await visitor.context.setExtraHTTPHeaders({ "x-forwarded-for": `203.0.${everyone.length}.7` });
  everyone.push(visitor);
  return visitor;
};
const leads = async (name: "noor" | "tomas", who: Partial<Who> = {}): Promise<Visitor> => {
  const visitor = await signsIn(street, await street.linkFor(name), who);
  everyone.push(visitor);
  return visitor;
};
/** Who was here goes home, or her open pages cost the next journey its time. */
const goHome = async (...visitors: Visitor[]) => {
  nothingComplained(...visitors);
  await Promise.all(visitors.map((visitor) => visitor.close()));
};
const soon = { timeout: 15_000, interval: 80 };

type Wired = Window & { wires: RTCPeerConnection[] };
/** Keeps what her browser opens to a room, so that a journey can look at what arrives. */
const wired = ({ context }: Visitor) =>
  context.addInitScript(() => {
    const [Plain, wires] = [window.RTCPeerConnection, [] as RTCPeerConnection[]];
    class Kept extends Plain {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        wires.push(this);
      }
    }
    Object.assign(window, { wires, RTCPeerConnection: Kept });
  });
/** How many voices are heard on this page. */
const voicesHeard = ({ page }: Visitor) =>
  page.evaluate(async () => {
    const reports = await Promise.all((window as unknown as Wired).wires.map(async (wire) => [...(await wire.getStats()).values()]));
    return reports.flat().filter(({ type, kind, totalAudioEnergy }: { type: string; kind?: string; totalAudioEnergy?: number }) => type === "inbound-rtp" && kind === "audio" && (totalAudioEnergy ?? 0) > 0).length;
  });
/** How much sound has come to this page so far. */
const packetsHeard = ({ page }: Visitor): Promise<number> =>
  page.evaluate(async () => {
    const reports = await Promise.all((window as unknown as Wired).wires.map(async (wire) => [...(await wire.getStats()).values()]));
    return reports.flat().reduce((sum: number, { type, kind, packetsReceived }: { type: string; kind?: string; packetsReceived?: number }) => sum + (type === "inbound-rtp" && kind === "audio" ? (packetsReceived ?? 0) : 0), 0);
  });
/** Who talks, as it is said on this page. */
const talkingNow = ({ page }: Visitor) => page.locator("[data-voice-talking]").textContent();
/** Whose pictures are seen on this page, as it stands under each. */
const namesUnder = ({ page }: Visitor) => page.locator("[data-pictures] figcaption:visible").allTextContents();
/** With letters of this size the name begins where the picture ends, and stays within its width. */
const liesUnder = ({ page }: Visitor, size: string): Promise<boolean> =>
  page.locator("[data-pictures] figure:visible").evaluate((frame, letters) => {
    document.documentElement.style.fontSize = letters;
    const [picture, name] = [frame.querySelector("video"), frame.querySelector("figcaption")].map((part) => part?.getBoundingClientRect() ?? new DOMRect());
    return picture !== undefined && name !== undefined && picture.height > 0 && name.height > 0 && name.top >= picture.bottom - 1 && name.left >= picture.left && name.right <= picture.right + 1;
  }, size);
const joinsByVoice = async (visitor: Visitor, language: "en" | "es") => {
  const t = said.evening(language);
  await press(visitor, t("voiceJoin"));
  await visitor.page.locator("[data-voice-state]", { hasText: t("voiceOn") }).waitFor({ timeout: 20_000 });
};
const guest = ({ page }: Visitor, alias: string) => page.locator("#evening li").filter({ hasText: alias });
const seatIn = (path: string): string => path.split("/").at(-1) ?? "";

test.each([
  { language: "en", light: "night", size: "phone", kind: "anxiety" },
  { language: "es", light: "day", size: "desk", kind: "nicu" },
] as const)("a mother has a seat tonight in three taps, is reminded, waits, is let in, is heard, and says how she leaves ($language, $light, $size)", async ({ language, light, size, kind }) => {
  const [t, e] = [said.groups(language), said.evening(language)];
  const meets = await meetsIn(9, { kind, language });
  const maya = await aGuest({ language, light, size });
  const { page } = maya;
  await page.goto("/");
  await press(maya, said.home(language)("joinGroup"));
  await sees(maya, t("title"));
  await isAccessible(page);
  await page.locator(`#meeting-${meets.session}`).getByRole("link", { name: new RegExp(`^${t("save")}`) }).click();
  const alias = await page.locator("#alias").inputValue();
  await isAccessible(page);
  await page.getByRole("button", { name: t("saveTitle"), exact: true }).click();
  await sees(maya, t("seatHeldTitle"));
  await sees(maya, t("asAlias", { alias }));

  await page.locator("summary", { hasText: t("remindOpen") }).click();
  await page.getByLabel(t("email"), { exact: true }).fill(`${kind}@lantern.example`);
  await press(maya, t("reachKeep"));
  await sees(maya, t("reach_email"));
  await isAccessible(page);
  const seat = new URL(page.url()).pathname;
  // She asked for it this afternoon; and the five minutes of the clock are over.
  await fromTables(street.url, "update seats set asked_at = now() - interval '3 hours' where id = $1", [seatIn(seat)]);
  await fromTables(street.url, "select graphile_worker.add_job('remind-seats', '{}'::json)::text as job");
  const letters = async () => (await (await maya.context.request.get("/dev/letters")).text()).split("<li").filter((letter) => letter.includes(`${kind}@lantern.example`)).join("");
  await expect.poll(letters, soon).toContain("/seats/open/");
  const letter = await letters();
  expect(letter).toContain(t("letterSubject"));
  expect(letter).not.toMatch(/group|grupo|baby|bebé/i);
  await page.goto(/\/seats\/open\/[\w-]{43}/.exec(letter)?.[0] ?? "");
  expect(new URL(page.url()).pathname).toBe(seat);

  await comesToTheLobby(maya, language);
  await sees(maya, t("lobbyAlone"));
  await isAccessible(page);
  const [noor, tomas] = [await leads("noor", { language }), await leads("tomas")];
  await wired(noor);
  await wired(maya);
  await theyOpen(noor, tomas, meets, language);
  await sees(maya, e("leadersAre", { names: new Intl.ListFormat(language).format(["Noor", "Tomás"]) }));
  await guest(noor, alias).getByRole("button", { name: e("admit"), exact: true }).click();
  await goesIn(maya, language);
  await joinsByVoice(maya, language);
  await joinsByVoice(noor, language);
  await expect.poll(() => voicesHeard(noor), soon).toBe(1);
  await expect.poll(() => voicesHeard(maya), soon).toBe(1);
  await expect.poll(() => talkingNow(noor), soon).toContain(alias);
  await expect.poll(() => talkingNow(maya), soon).toContain("Noor");

  for (const one of [maya, noor]) await press(one, e("voiceCamera"));
  await expect.poll(() => namesUnder(noor), soon).toEqual([alias]);
  await expect.poll(() => namesUnder(maya), soon).toEqual([`Noor (${e("leaderMark")})`]);
  // Under it, also with letters twice as large, and not over a face.
  for (const size of ["", "225%"]) {
    expect(await liesUnder(maya, size)).toBe(true);
    await isAccessible(page);
  }
  await liesUnder(maya, "");
  await press(noor, e("voiceCameraOff"));
  await expect.poll(() => namesUnder(maya), soon).toEqual([]);

  await press(noor, e("muteAll"));
  await sees(maya, e("voiceSilenced"));
  await guest(noor, alias).getByText(e("isMuted")).waitFor();
  await isAccessible(page);
  const before = await packetsHeard(noor);
  await press(maya, e("handUp"));
  await guest(noor, alias).getByText(e("handIsUp")).waitFor();
  await press(noor, e("callNext"));
  await sees(maya, e("turnYours"));
  expect(await packetsHeard(noor)).toBe(before);
  // Nobody but she turns her microphone on again, also when it is her turn.
  await sees(maya, e("voiceSilenced"));
  await press(maya, e("voiceUnmute"));
  await sees(maya, e("voiceOn"));
  await guest(noor, alias).getByText(e("isMuted")).waitFor({ state: "detached" });
  await expect.poll(() => packetsHeard(noor), soon).toBeGreaterThan(before);
  await page.getByLabel(e("lineLabel")).fill("I am glad that I came.");
  await press(maya, e("lineSend"));
  await noor.page.locator("#entries").getByText("I am glad that I came.").waitFor();
  await page.locator("#entries").getByText("I am glad that I came.").waitFor();
  expect(await page.getByLabel(e("lineLabel")).inputValue()).toBe("");
  // Nothing that she did ended her sound.
  expect(await page.locator("[data-voice-in]").isVisible()).toBe(true);
  await isAccessible(page);
  await isAccessible(noor.page);

  await press(maya, e("leaveRoom"));
  await sees(maya, t("leaveTitle"));
  await isAccessible(page);
  await press(maya, t("leave_lighter"));
  await sees(maya, t("leaveThanks"));
  await guest(noor, alias).waitFor({ state: "detached" });
  await expect.poll(() => fromTables(street.url, "select leaving from seats where id = $1", [seatIn(seat)])).toEqual({ leaving: "lighter" });
  await goHome(maya, noor, tomas);
});

test.each([
  { language: "en", light: "day", size: "desk" },
  { language: "es", light: "night", size: "phone" },
] as const)("a group is full, a mother waits, and when a seat comes free her open page says so by itself, and she takes it ($language, $light, $size)", async ({ language, light, size }) => {
  const t = said.groups(language);
  const meets = await meetsIn(240, { kind: "loss", language, seats: 2 });
  const [first, second, maya] = [await aGuest(), await aGuest(), await aGuest({ language, light, size })];
  await asksForASeat(first, meets, "Kettle");
  await asksForASeat(second, meets, "Lamp");
  await maya.page.goto("/groups");
  await maya.page.locator(`#meeting-${meets.session}`).getByText(t("full")).waitFor();
  await maya.page.locator(`#meeting-${meets.session}`).getByRole("link", { name: new RegExp(`^${t("wait")}`) }).click();
  await isAccessible(maya.page);
  await press(maya, t("waitTitle"));
  await sees(maya, t("seatWaitingTitle"));
  await sees(maya, t("waitText", { n: 0 }));
  await isAccessible(maya.page);
  await maya.page.evaluate(() => Object.assign(window, { stands: true }));

  await press(first, said.groups("en")("giveBack"));
  await sees(first, said.groups("en")("seatGone"));
  await sees(maya, t("seatOfferedTitle"));
  expect(await maya.page.evaluate("window.stands")).toBe(true);
  await isAccessible(maya.page);
  await press(maya, t("offerTake"));
  await sees(maya, t("seatHeldTitle"));
  await maya.page.goto("/seats");
  await sees(maya, t("state_held"));
  await isAccessible(maya.page);
  await goHome(first, second, maya);
});

test("a facilitator's evening: nobody opens alone, one and all are let in, turns, aside and back, one removed for good, the end, and what a second person reads", async () => {
  const [t, e, es] = [said.groups("en"), said.evening("en"), said.evening("es")];
  const meets = await meetsIn(9, { kind: "fathers" });
  const [noor, tomas] = [await leads("noor", { light: "night" }), await leads("tomas", { language: "es" })];
  await noor.page.goto("/evenings");
  await isAccessible(noor.page);
  await noor.page.locator(`a[href='/evenings/${meets.session}']`).first().click();
  await press(noor, e("openRoom"));
  await sees(noor, e("open_needsTwo"));
  await isAccessible(noor.page);

  const [river, kettle, lamp] = [await aGuest(), await aGuest({ light: "night" }), await aGuest({ size: "desk" })];
  for (const [one, alias] of [[kettle, "Kettle"], [lamp, "Lamp"]] as const) {
    await asksForASeat(one, meets, alias);
    if (one === kettle) await comesToTheLobby(one);
  }
  await lamp.page.locator("summary", { hasText: t("comeBackTitle") }).click();
  const link = new URL((await lamp.page.locator("#seat-link").inputValue()).trim()).pathname;
  await comesToTheLobby(lamp);
  const seat = await asksForASeat(river, meets, "River");
  await press(river, t("goIn"));
  await river.page.getByLabel(t("agreeText")).check();
  await theyOpen(noor, tomas, meets);
  await sees(river, e("leadersAre", { names: "Noor and Tomás" }));
  // What came in by itself took her tick from nobody.
  expect(await river.page.getByLabel(t("agreeText")).isChecked()).toBe(true);
  await press(river, t("agreeAct"));
  await sees(river, t("lobbyWaiting"));

  await guest(noor, "River").getByRole("button", { name: e("admit"), exact: true }).click();
  await goesIn(river);
  await sees(kettle, t("lobbyWaiting"));
  await tomas.page.getByText(es("state_open")).waitFor();
  await press(tomas, es("admitAll"));
  await Promise.all([goesIn(kettle), goesIn(lamp)]);
  await isAccessible(tomas.page);

  await press(kettle, e("handUp"));
  await press(lamp, e("handUp"));
  await guest(noor, "Lamp").getByText(e("handIsUp")).waitFor();
  await press(noor, e("callNext"));
  await sees(river, e("turnOf", { alias: "Kettle" }));
  await press(kettle, e("pass"));
  await guest(noor, "Kettle").getByText(e("passed")).waitFor();
  await press(tomas, es("callNext"));
  await sees(lamp, e("turnYours"));

  await press(river, e("sideAsk"));
  await sees(river, e("sideAsked"));
  await guest(noor, "River").getByText(e("sideWants")).waitFor();
  await guest(noor, "River").getByRole("button", { name: e("sideBegin"), exact: true }).click();
  await sees(river, e("sideOn", { name: "Noor" }));
  await guest(tomas, "River").getByText(es("sideIn")).waitFor();
  await isAccessible(river.page);
  await guest(noor, "River").getByRole("button", { name: e("back"), exact: true }).click();
  await river.page.getByRole("button", { name: e("sideAsk"), exact: true }).waitFor();

  const row = guest(noor, "Lamp");
  await row.locator("summary").click();
  await press(river, e("handUp"));
  await guest(noor, "River").getByText(e("handIsUp")).waitFor();
  // What she unfolded stayed open while the evening went on.
  await row.getByRole("button", { name: e("remove"), exact: true }).click();
  await sees(lamp, t("seatRemoved"));
  await isAccessible(lamp.page);
  await row.waitFor({ state: "detached" });
  await lamp.page.goto(link);
  await sees(lamp, t("seatRemoved"));
  for (const page of ["lobby", "room"]) {
    await lamp.page.goto(`${new URL(lamp.page.url()).pathname.replace(/\/(lobby|room)$/, "")}/${page}`);
    expect(new URL(lamp.page.url()).pathname).toMatch(/^\/seats\/[0-9a-f-]{36}$/);
  }
  expect(await (await lamp.context.request.post(`${new URL(lamp.page.url()).pathname}/voice`, { data: { offer: "v=0" } })).json()).toEqual({ refused: "closed" });

  await noor.page.locator("summary", { hasText: e("closeRoom") }).click();
  await noor.page.locator("details[open]").getByRole("button", { name: e("closeRoom"), exact: true }).click();
  await sees(river, e("roomOver"));
  await sees(kettle, e("roomOver"));
  await press(river, e("toSeat"));
  await sees(river, t("leaveTitle"));
  expect(new URL(river.page.url()).pathname).toBe(seat);
  await press(river, t("leave_talk"));
  await sees(river, t("leaveTalkText"));
  await isAccessible(river.page);
  await sees(noor, `River: ${e("talkWants")}`);

  for (const [field, button, words] of [["debriefTitle", "debriefKeep", "It was heavy for me."], ["incidentTitle", "incidentSend", "Somebody shouted at another."]] as const) {
    await noor.page.locator("summary", { hasText: e("afterTitle") }).click();
    await noor.page.getByLabel(e(field), { exact: true }).fill(words);
    if (field === "debriefTitle") await isAccessible(noor.page);
    await press(noor, e(button));
    await sees(noor, e("reportKept"));
  }
  await isAccessible(noor.page);
  await noor.page.goto("/evenings/reports");
  await sees(noor, "It was heavy for me.");
  expect(await noor.page.content()).not.toContain("Somebody shouted at another.");
  await isAccessible(noor.page);
  const lucia = await signsIn(street, await street.linkFor("lucia"), { language: "es", light: "night" });
  await lucia.page.goto("/evenings/reports");
  await sees(lucia, "Somebody shouted at another.");
  expect(await lucia.page.content()).not.toContain("It was heavy for me.");
  await isAccessible(lucia.page);
  await press(lucia, es("reportRead"));
  await sees(lucia, es("reportsNone"));
  await goHome(noor, tomas, river, kettle, lamp, lucia);
});

test.each([
  { language: "en", light: "night", size: "phone" },
  { language: "es", light: "day", size: "desk" },
] as const)("what is said is typed by a person, and read large by who turned it on; a half-typed line stays while the evening goes on ($language, $light, $size)", async ({ language, light, size }) => {
  const e = said.evening(language);
  const meets = await meetsIn(9, { kind: "twins", language });
  const [noor, tomas, river, kettle] = [await leads("noor", { language, light }), await leads("tomas"), await aGuest({ language, light, size }), await aGuest({ language, light, size })];
  for (const [one, alias] of [[river, "River"], [kettle, "Kettle"]] as const) {
    await asksForASeat(one, meets, alias);
    await comesToTheLobby(one, language);
  }
  await theyOpen(noor, tomas, meets, language);
  await press(noor, e("admitAll"));
  await Promise.all([goesIn(river, language), goesIn(kettle, language)]);
  await press(river, e("captionsOn"));
  await sees(river, e("captionsNone"));
  await sees(noor, e("captionsRead", { n: 1 }));
  const caption = ({ page }: Visitor) => page.locator("#caption");
  const lines = ({ page }: Visitor) => page.locator("#captions [role=log]");
  await noor.page.locator("summary", { hasText: e("captionsWrite") }).click();
  await caption(noor).fill("We begin with a breath.");
  await caption(noor).press("Enter");
  await lines(river).getByText("We begin with a breath.").waitFor();
  await sees(river, e("captionsPerson"));
  await isAccessible(river.page);
  expect(await kettle.page.content()).not.toContain("We begin with a breath.");

  await guest(noor, "Kettle").locator("summary").click();
  await guest(noor, "Kettle").getByRole("button", { name: e("captionsAsk"), exact: true }).click();
  await sees(kettle, e("captionsYours"));
  await caption(kettle).pressSequentially("River says that ");
  await press(river, e("handUp"));
  await guest(noor, "River").getByText(e("handIsUp")).waitFor();
  await press(noor, e("callNext"));
  await sees(kettle, e("turnOf", { alias: "River" }));
  await caption(kettle).pressSequentially("she slept.");
  await caption(kettle).press("Enter");
  await lines(river).getByText("River says that she slept.").waitFor();
  expect(await caption(kettle).inputValue()).toBe("");
  await isAccessible(kettle.page);
  await isAccessible(noor.page);
  await caption(kettle).fill("x".repeat(301));
  await caption(kettle).press("Enter");
  await kettle.page.locator("#caption-problem", { hasText: e("problemCaption") }).waitFor();
  expect(await caption(kettle).inputValue()).toHaveLength(301);
  await guest(noor, "Kettle").getByRole("button", { name: e("captionsNoMore"), exact: true }).click();
  await caption(kettle).waitFor({ state: "detached" });
  expect(kettle.complaints.splice(0)).toEqual([expect.stringContaining("status of 422")]);
  await goHome(noor, tomas, river, kettle);
});

/** How loud each voice that is carried now sounds on this page. */
const loudness = ({ page }: Visitor) => page.evaluate(() => [...document.querySelectorAll("audio")].map(({ volume }) => volume).sort());

/** What came to each of this page's receivers so far: packets, and how much sound was in them. */
const soundsOf = ({ page }: Visitor): Promise<{ readonly packets: number; readonly energy: number }[]> =>
  page.evaluate(async () => {
    type Report = { type: string; kind?: string; packetsReceived?: number; totalAudioEnergy?: number };
    const reports: Report[] = (await Promise.all((window as unknown as Wired).wires.map(async (wire) => [...(await wire.getStats()).values()] as Report[]))).flat();
    return reports.filter(({ type, kind }) => type === "inbound-rtp" && kind === "audio").map(({ packetsReceived, totalAudioEnergy }) => ({ packets: packetsReceived ?? 0, energy: totalAudioEnergy ?? 0 }));
  });

/** How many voices come to each of these pages now and sound there, while two seconds of sound came to the first. */
async function voicesNow(first: Visitor, ...others: Visitor[]): Promise<number[]> {
  const pages = [first, ...others];
  const [before, packets] = [await Promise.all(pages.map(soundsOf)), await packetsHeard(first)];
  await expect.poll(async () => (await packetsHeard(first)) - packets, soon).toBeGreaterThan(150);
  const after = await Promise.all(pages.map(soundsOf));
  return after.map((sounds, at) => sounds.filter(({ packets: some, energy }, slot) => some > (before[at]?.[slot]?.packets ?? 0) && energy > (before[at]?.[slot]?.energy ?? 0)).length);
}

test.each([
  { language: "en", light: "day", size: "phone", into: "es" },
  { language: "es", light: "night", size: "desk", into: "ht" },
] as const)("somebody interprets: who listens hears her above the group and is heard by it, nobody else hears a sound of her, and she says to all what a mother said ($language, $light, $size)", async ({ language, light, size, into }) => {
  const e = said.evening(language);
  const spoken = languageName(into, language);
  const meets = await meetsIn(9, { kind: "after-birth", language });
  const [noor, tomas] = [await leads("noor", { language, light }), await leads("tomas")];
  const names = ["River", "Kettle", "Lamp"] as const;
  const guests = await Promise.all(names.map(() => aGuest({ language, light, size })));
  const [river, kettle, lamp] = guests as [Visitor, Visitor, Visitor];
  await Promise.all(guests.map(wired));
  for (const [at, one] of guests.entries()) {
    await asksForASeat(one, meets, names[at] ?? "");
    await comesToTheLobby(one, language);
  }
  await theyOpen(noor, tomas, meets, language);
  await press(noor, e("admitAll"));
  await Promise.all(guests.map((one) => goesIn(one, language)));
  for (const one of guests) await joinsByVoice(one, language);
  await expect.poll(() => voicesNow(kettle, lamp, river), soon).toEqual([2, 2, 2]);

  await guest(noor, "River").locator("summary").click();
  const choice = guest(noor, "River").getByLabel(e("interpretInto"), { exact: true });
  if (into !== "es") await choice.selectOption(into);
  // What she chose stays while the evening goes on.
  await press(lamp, e("handUp"));
  await guest(noor, "Lamp").getByText(e("handIsUp")).waitFor();
  expect(await choice.inputValue()).toBe(into);
  await isAccessible(noor.page);
  await guest(noor, "River").getByRole("button", { name: e("interpretAsk"), exact: true }).click();
  await sees(river, e("interpretApart", { into: spoken }));
  await sees(river, e("interpretHeardBy", { n: 0 }));
  await guest(noor, "River").getByText(e("interpretsFor", { into: spoken, n: 0 })).waitFor();
  for (const one of [kettle, lamp]) await sees(one, e("interpreterHere", { into: spoken, names: "River" }));
  await expect.poll(() => voicesNow(river, kettle, lamp), soon).toEqual([2, 1, 1]);

  await byKeyboard(kettle).presses(e("interpreterOn", { into: spoken }), e("interpreterHeard"));
  await sees(river, e("interpretHeardBy", { n: 1 }));
  await guest(noor, "River").getByText(e("interpretsFor", { into: spoken, n: 1 })).waitFor();
  await sees(noor, e("interpretListening", { names: "Kettle" }));
  await expect.poll(() => voicesNow(kettle, lamp, river), soon).toEqual([2, 1, 2]);
  await expect.poll(() => loudness(kettle), soon).toEqual([0.2, 0.2, 0.2, 1]);
  expect(new Set(await loudness(lamp))).toEqual(new Set([1]));
  for (const one of [river, kettle, noor]) {
    await isAccessible(one.page);
    const wide = one.page.viewportSize();
    await one.page.setViewportSize({ width: 320, height: 640 });
    expect(await one.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    if (wide) await one.page.setViewportSize(wide);
  }
  // Who leads may listen, too: she who interprets knows that one more does, and nobody in the group who.
  await press(noor, e("interpreterOn", { into: spoken }));
  await sees(river, e("interpretHeardBy", { n: 2 }));
  await noor.page.locator("#evening[data-voice-apart]").waitFor();
  for (const one of [river, lamp]) expect(await one.page.getByText(e("interpretListening", { names: "" }).replace(/[ .]+$/, "")).count()).toBe(0);

  await press(river, e("interpretToAll"));
  await sees(river, e("interpretAloud", { into: spoken }));
  await expect.poll(() => voicesNow(kettle, lamp, river), soon).toEqual([2, 2, 2]);
  await expect.poll(async () => new Set(await loudness(kettle)), soon).toEqual(new Set([1]));
  await press(river, e("interpretToThem"));
  await expect.poll(() => voicesNow(kettle, lamp), soon).toEqual([2, 1]);
  await press(kettle, e("interpreterOff"));
  await expect.poll(() => voicesNow(river, kettle, lamp), soon).toEqual([2, 1, 1]);
  await press(river, e("interpretEnd"));
  for (const one of [kettle, lamp]) await one.page.getByText(e("interpreterHere", { into: spoken, names: "River" })).waitFor({ state: "detached" });
  await expect.poll(() => voicesNow(kettle, lamp), soon).toEqual([2, 2]);
  // Nothing of it ended their sound.
  for (const one of guests) expect(await one.page.locator("[data-voice-in]").isVisible()).toBe(true);
  await goHome(noor, tomas, ...guests);
});

test.each([
  { language: "en", light: "day", size: "phone" },
  { language: "es", light: "night", size: "desk" },
] as const)("a room is split into small ones: the group hears and reads nothing of them, one comes back by herself, a facilitator visits in sight of all, and all are back in one tap ($language, $light, $size)", async ({ language, light, size }) => {
  const e = said.evening(language);
  const meets = await meetsIn(9, { kind: "lgbtq", language });
  const [noor, tomas] = [await leads("noor", { language, light }), await leads("tomas")];
  const names = ["River", "Kettle", "Lamp", "Tea"] as const;
  const guests = await Promise.all(names.map(() => aGuest({ language, light, size })));
  const [river, kettle, lamp] = guests as [Visitor, Visitor, Visitor];
  await Promise.all([wired(noor), wired(river)]);
  // One after the other: who comes first is dealt out first.
  for (const [at, one] of guests.entries()) {
    await asksForASeat(one, meets, names[at] ?? "");
    await comesToTheLobby(one, language);
  }
  await theyOpen(noor, tomas, meets, language);
  await press(noor, e("admitAll"));
  await Promise.all(guests.map((one) => goesIn(one, language)));
  await joinsByVoice(river, language);
  await joinsByVoice(noor, language);
  await expect.poll(() => voicesHeard(noor), soon).toBe(1);

  await noor.page.locator("summary", { hasText: e("smallRooms") }).click();
  await isAccessible(noor.page);
  const split = noor.page.waitForResponse("**/small-rooms");
  await press(noor, e("smallSplit", { n: 2 }));
  await split;
  await sees(river, e("smallIn", { n: 1 }));
  await sees(kettle, e("smallIn", { n: 2 }));
  const before = await packetsHeard(noor);
  await river.page.getByLabel(e("lineLabel")).fill("I did not want to say it to all.");
  await press(river, e("lineSend"));
  await lamp.page.locator("#entries").getByText("I did not want to say it to all.").waitFor();
  await isAccessible(river.page);
  expect(await packetsHeard(noor)).toBe(before);
  for (const { page } of [noor, kettle]) expect(await page.content()).not.toContain("I did not want to say it to all.");

  await noor.page.locator("#small-room-1").getByRole("button", { name: e("smallVisit"), exact: true }).click();
  await sees(river, e("smallVisitor", { names: "Noor", n: 1 }));
  await expect.poll(() => packetsHeard(noor), soon).toBeGreaterThan(before);
  await isAccessible(noor.page);
  await press(lamp, e("sideEnd"));
  await sees(lamp, e("turnNobody"));
  expect(await kettle.page.locator("#evening li").allTextContents()).toEqual([`Kettle (${e("you")})`, "Tea"]);
  await press(noor, e("smallEnd"));
  for (const one of [river, kettle]) await sees(one, e("turnNobody"));
  await noor.page.locator("#small-room-1").waitFor({ state: "detached" });
  // Nothing of it ended her sound.
  expect(await river.page.locator("[data-voice-in]").isVisible()).toBe(true);
  await goHome(noor, tomas, ...guests);
});

test("with scripts off a mother finds a group, comes to the lobby, is let in, and says something by writing", async () => {
  const [t, e] = [said.groups("es"), said.evening("es")];
  const meets = await meetsIn(9, { kind: "after-birth", language: "es" });
  const [maya, noor, tomas] = [await aGuest({ language: "es", scripts: false }), await leads("noor"), await leads("tomas")];
  await maya.page.goto("/groups");
  await maya.page.locator(`#meeting-${meets.session}`).getByRole("link", { name: new RegExp(`^${t("save")}`) }).click();
  await maya.page.locator("#alias").fill("Ventana");
  await press(maya, t("saveTitle"));
  await press(maya, t("goIn"));
  await press(maya, t("agreeAct"));
  await sees(maya, t("problemAgree"));
  await maya.page.getByLabel(t("agreeText")).check();
  await press(maya, t("agreeAct"));
  // It is said once, by the part that looks again.
  const look = maya.page.frameLocator("iframe");
  await look.getByText(t("lobbyAlone")).waitFor();
  expect(await maya.page.getByText(t("lobbyAlone")).isVisible()).toBe(false);
  await theyOpen(noor, tomas, meets);
  await guest(noor, "Ventana").getByRole("button", { name: said.evening("en")("admit"), exact: true }).click();
  await guest(noor, "Ventana").getByText(said.evening("en")("turns", { n: 0 })).waitFor();
  // How it stands is looked up again by itself beside what she writes, which stays.
  await maya.page.locator("#note-form summary").click();
  await maya.page.getByLabel(e("noteLabel"), { exact: true }).fill("Me da miedo entrar, pero");
  await look.getByText(t("admittedTitle")).waitFor({ timeout: 25_000 });
  expect(await maya.page.getByLabel(e("noteLabel"), { exact: true }).inputValue()).toBe("Me da miedo entrar, pero");
  await look.getByRole("link", { name: t("goIn"), exact: true }).click();
  await maya.page.waitForURL("**/room");
  await maya.page.locator("[data-voice] noscript p").waitFor({ state: "attached" });
  await maya.page.getByLabel(e("lineLabel")).fill("Con este teléfono viejo solo puedo escribir.");
  await press(maya, e("lineSend"));
  await noor.page.locator("#entries").getByText("solo puedo escribir").waitFor();
  await maya.page.locator("#entries").getByText("solo puedo escribir").waitFor();
  await press(maya, e("handUp"));
  await maya.page.getByRole("button", { name: e("handDown"), exact: true }).waitFor();
  await noor.page.getByLabel(said.evening("en")("lineLabel")).fill("Te leemos.");
  await press(noor, said.evening("en")("lineSend"));
  await noor.page.locator("#entries").getByText("Te leemos.").waitFor();
  await press(maya, e("captionsOn"));
  await noor.page.locator("summary", { hasText: said.evening("en")("captionsWrite") }).click();
  await noor.page.locator("#caption").fill("Buenas noches a todas.");
  await noor.page.locator("#caption").press("Enter");
  await noor.page.locator("#captions [role=log]").getByText("Buenas noches a todas.").waitFor();
  // Nothing comes by itself, so that nothing takes what she is writing.
  await maya.page.getByRole("link", { name: e("lookAgain"), exact: true }).click();
  await sees(maya, "Te leemos.");
  await sees(maya, "Buenas noches a todas.");
  await sees(maya, e("captionsPerson"));
  await press(maya, e("leaveRoom"));
  await press(maya, t("leave_same"));
  await sees(maya, t("leaveThanks"));
  nothingComplained(noor, tomas);
  await Promise.all([maya.close(), noor.close(), tomas.close()]);
});

test("by keyboard alone a mother finds a group, saves a seat, comes in, raises her hand, writes, and leaves", async () => {
  const [t, e] = [said.groups("en"), said.evening("en")];
  const meets = await meetsIn(9, { kind: "nicu", language: "en" });
  const [maya, noor, tomas] = [await aGuest({ size: "desk", light: "night" }), await leads("noor"), await leads("tomas")];
  const keys = byKeyboard(maya);
  await maya.page.goto("/");
  await keys.follows(said.home("en")("joinGroup"), "/groups");
  await keys.follows(maya.page.locator(`#meeting-${meets.session}`).getByRole("link", { name: new RegExp(`^${t("save")}`) }), "/groups/meetings/*");
  await keys.writes(t("aliasLabel"), "River");
  await keys.presses(t("saveTitle"), "/seats/*");
  await keys.follows(t("goIn"), "/lobby");
  await keys.ticks(t("agreeText"));
  await keys.presses(t("agreeAct"), t("lobbyAlone"));
  await theyOpen(noor, tomas, meets);
  await guest(noor, "River").getByRole("button", { name: e("admit"), exact: true }).click();
  await sees(maya, t("admittedTitle"));
  await keys.follows(t("goIn"), "/room");

  await keys.presses(e("handUp"), maya.page.getByRole("button", { name: e("handDown"), exact: true }));
  await keys.writes(e("lineLabel"), "By keyboard.");
  await keys.presses(e("lineSend"), maya.page.locator("#entries").getByText("By keyboard."));
  await noor.page.locator("#entries").getByText("By keyboard.").waitFor();
  await keys.opens(e("noteLabel"));
  await keys.writes(e("noteLabel"), "I may go soon.");
  await keys.presses(e("noteSend"), maya.page.locator("#entries").getByText("I may go soon."));
  await noor.page.locator("#entries").getByText("I may go soon.").waitFor();
  await isAccessible(maya.page);
  await keys.presses(e("leaveRoom"), "/seats/*");
  await keys.presses(t("leave_heavier"), t("leaveHeavierText"));
  await isAccessible(maya.page);
  await goHome(maya, noor, tomas);
});
