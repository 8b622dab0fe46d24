import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aVisitor, isAccessible, openBrowser, withVoice, type Visitor } from "./browser.ts";
import { asksForASeat, comesToTheLobby, goesIn, groupsOf, theyOpen } from "./evenings.ts";
import { type Janus, janusIsHere, startJanus } from "./janus.ts";
import { nothingComplained, press, signsIn } from "./steps.ts";
import { openStreet, type Street } from "./street.ts";
import { said } from "./words.ts";

await openBrowser(withVoice);
const soon = { timeout: 20_000, interval: 100 };
const e = said.evening("en");

/** The pictures that her page shows now: of each, whether frames of it came. */
const pictures = ({ page }: Visitor) => page.locator("[data-pictures] video:visible").evaluateAll((all) => all.map((one) => (one as HTMLVideoElement).videoWidth > 0));

/** Whose pictures they are, as it stands under each. */
const namesUnder = ({ page }: Visitor) => page.locator("[data-pictures] figcaption:visible").allTextContents();

const comesIn = async (visitor: Visitor): Promise<void> => {
  await press(visitor, e("voiceJoin"));
  await visitor.page.locator("[data-voice-state]", { hasText: e("voiceOn") }).waitFor({ timeout: 20_000 });
};

describe.skipIf(!janusIsHere)("an evening on a Janus", () => {
  let janus: Janus;
  let street: Street;

  beforeAll(async () => {
    janus = await startJanus("of-this-journey-alone");
    street = await openStreet({ JANUS_URL: janus.url, JANUS_API_SECRET: "of-this-journey-alone" });
  });
  afterAll(async () => {
    await street.stop();
    janus.stop();
  });

  test("a mother and a facilitator hear and see each other on their pages, and a camera that is off is a picture less", async () => {
    const meets = await groupsOf(street)(9, { room: "janus", camera: "welcome" });
    const maya = await aVisitor({ base: street.base });
    await asksForASeat(maya, meets, "River");
    await comesToTheLobby(maya);
    const [noor, tomas] = [await signsIn(street, await street.linkFor("noor")), await signsIn(street, await street.linkFor("tomas"))];
    await theyOpen(noor, tomas, meets);
    await noor.page.locator("#evening li").filter({ hasText: "River" }).getByRole("button", { name: e("admit"), exact: true }).click();
    await goesIn(maya);
    await Promise.all([comesIn(maya), comesIn(noor)]);
    for (const one of [maya, noor]) await press(one, e("voiceCamera"));
    for (const one of [maya, noor]) await expect.poll(() => pictures(one), soon).toEqual([true]);
    await expect.poll(() => namesUnder(noor), soon).toEqual(["River"]);
    await expect.poll(() => namesUnder(maya), soon).toEqual([`Noor (${e("leaderMark")})`]);

    await isAccessible(maya.page);
    await press(noor, e("voiceCameraOff"));
    await expect.poll(() => pictures(maya), soon).toEqual([]);
    await noor.page.locator("#evening li").filter({ hasText: "River" }).locator("summary").click();
    await noor.page.locator("#evening li").filter({ hasText: "River" }).getByRole("button", { name: e("remove"), exact: true }).click();
    await maya.page.locator("[data-voice-in]").waitFor({ state: "hidden" });
    nothingComplained(maya, noor, tomas);
    await Promise.all([maya, noor, tomas].map((one) => one.close()));
  });
});
