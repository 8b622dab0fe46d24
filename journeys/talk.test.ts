import { expect, test } from "vitest";
import { aVisitor, isAccessible } from "./browser.ts";
import { openStreet } from "./street.ts";
import { goesOnDuty, nothingComplained, press, sees, signsIn, takes, writes, writesToUs } from "./steps.ts";
import { said } from "./words.ts";

const street = await openStreet();

test.each([
  { language: "en", light: "day", size: "phone" },
  { language: "es", light: "night", size: "phone" },
  { language: "es", light: "day", size: "desk" },
  { language: "en", light: "night", size: "desk" },
] as const)("a parent and a volunteer talk both ways ($language, $light, $size), and neither reloads a page", async ({ language, light, size }) => {
  const parent = await aVisitor({ base: street.base, language, light, size });
  const ana = await signsIn(street, await street.linkFor("ana"), { language, light });
  await goesOnDuty(ana, language);
  const hello = `${language} ${light} ${size}: is anybody awake?`;
  await writesToUs(parent, hello, language);
  await takes(ana, language, language);
  await sees(ana, hello);
  await sees(parent, said.parent(language)("standingWith", { names: "Ana" }));
  await ana.page.locator("#words").pressSequentially("I am");
  await sees(parent, said.parent(language)("writing", { name: "Ana" }));
  await writes(ana, "I am here. I have time.");
  await sees(parent, "I am here. I have time.");
  await writes(parent, "Thank you. I have not slept.");
  await sees(ana, "Thank you. I have not slept.");
  await sees(parent, said.parent(language)("delivered"));
  await isAccessible(parent.page);
  await isAccessible(ana.page);
  await parent.page.getByText(said.parent(language)("menu")).click();
  await press(parent, said.parent(language)("endIt"));
  await sees(parent, said.parent(language)("helpedTitle"));
  await isAccessible(parent.page);
  nothingComplained(parent, ana);
  await ana.page.goto("/desk");
  await press(ana, said.desk(language)("goOffDuty"));
  await Promise.all([parent.close(), ana.close()]);
});

test("her phone dies: with six words she is back in her conversation on another phone, and nothing is missing", async () => {
  const first = await aVisitor({ base: street.base });
  await writesToUs(first, "My battery is at two percent.", "en");
  await first.page.goto("/conversation/keep");
  await isAccessible(first.page);
  const words = await first.page.locator("p[aria-labelledby=six-words]").innerText();
  const link = await first.page.locator("p[aria-labelledby=private-link]").innerText();
  await first.close();

  const second = await aVisitor({ base: street.base, language: "es", light: "night" });
  await second.page.goto("/back");
  await isAccessible(second.page);
  await second.page.getByLabel(said.parent("es")("backWords")).fill(words.toUpperCase());
  await press(second, said.parent("es")("backOpen"));
  await sees(second, "My battery is at two percent.");

  const third = await aVisitor({ base: street.base });
  await third.page.goto(link);
  await press(third, said.parent("en")("backOpen"));
  await sees(third, "My battery is at two percent.");
  expect(third.page.url()).not.toContain(link.slice(-20));
  nothingComplained(first, second, third);
  await Promise.all([second.close(), third.close()]);
});

test("with scripts off a parent writes, reads the answer and deletes it all for good", async () => {
  const parent = await aVisitor({ base: street.base, scripts: false });
  const ana = await signsIn(street, await street.linkFor("ana"));
  await goesOnDuty(ana);
  await writesToUs(parent, "No scripts on this old phone.", "en");
  await takes(ana, "en", "en");
  await writes(ana, "I read you.");
  await ana.page.locator("#entries").getByText("I read you.").waitFor();
  const frame = parent.page.frameLocator("iframe");
  await parent.page.reload();
  await sees(parent, "I read you.");
  await writes(parent, "And I read you.");
  await sees(parent, "And I read you.");
  await frame.getByText(said.parent("en")("nothingNew")).waitFor();
  await sees(ana, "And I read you.");
  await parent.page.goto("/conversation/erase");
  await press(parent, said.parent("en")("eraseNow"));
  await sees(parent, said.parent("en")("erasedText"));
  await parent.page.goto("/conversation");
  expect(parent.page.url()).toContain("/back");
  await sees(ana, said.desk("en")("noLongerYours"));
  expect(await ana.page.content()).not.toContain("And I read you.");
  expect((await ana.page.reload())?.status()).toBe(404);
  await Promise.all([parent.close(), ana.close()]);
});

test("nobody is on duty: she leaves a number and the way that is safe, and a volunteer sees it only by looking", async () => {
  const parent = await aVisitor({ base: street.base, language: "es", light: "night" });
  await writesToUs(parent, "Prefiero que me llamen.", "es");
  const t = said.parent("es");
  await parent.page.goto("/conversation/call-back");
  await isAccessible(parent.page);
  await press(parent, t("callBackSave"));
  await sees(parent, t("problemSafeWay"));
  await isAccessible(parent.page);
  await parent.page.getByLabel(t("wayCall")).check();
  await parent.page.getByLabel(t("contact")).fill("+1 805 555 0142");
  await parent.page.getByLabel(t("safeNeverName")).check();
  await press(parent, t("callBackSave"));
  await parent.page.waitForURL("**/conversation");
  await sees(parent, t("calledBack"));

  const judith = await signsIn(street, await street.linkFor("judith"));
  await judith.page.goto("/desk/call-backs");
  await isAccessible(judith.page);
  expect(await judith.page.content()).not.toContain("0142");
  await judith.page.getByRole("listitem").filter({ hasText: said.callBacks("en")("way_call") }).getByRole("link").first().click();
  await press(judith, said.callBacks("en")("take"));
  await press(judith, said.callBacks("en")("reveal"));
  await sees(judith, "+1 805 555 0142");
  await sees(judith, said.callBacks("en")("before_never_name_us"));
  await isAccessible(judith.page);
  nothingComplained(judith);
  await Promise.all([parent.close(), judith.close()]);
});
