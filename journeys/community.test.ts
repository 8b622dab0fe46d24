import { afterAll, expect, test } from "vitest";
import { aVisitor, type Visitor, type Who } from "./browser.ts";
import { nothingComplained, press, sees, signsIn } from "./steps.ts";
import { openStreet } from "./street.ts";
import { fromTables } from "./hold.ts";
import { said } from "./words.ts";

const street = await openStreet();
afterAll(() => street.stop());

type Language = "en" | "es";
let places = 0;

/** She takes a place, and writes down nothing of hers but a name that nobody knows. */
async function comesIn(language: Language, who: Partial<Who> = {}): Promise<Visitor> {
  const t = said.community(language);
  const visitor = await aVisitor({ base: street.base, language, ...who });
  await visitor.page.goto("/community");
  await press(visitor, t("join"));
  places += 1;
  await visitor.page.getByLabel(t("handle"), { exact: true }).fill(`Journey ${"abcdefgh"[places] ?? "z"}${language}`);
  await visitor.page.getByLabel(t("agreeRules"), { exact: true }).check();
  await visitor.page.getByLabel(t("agreeCollect"), { exact: true }).check();
  await press(visitor, t("joinNow"));
  await visitor.page.waitForURL("**/community/key");
  await press(visitor, t("keyKept"));
  await visitor.page.waitForURL("**/community/spaces");
  return visitor;
}

test.each<[Language, Partial<Who>]>([
  ["en", { size: "phone", light: "night" }],
  ["es", { size: "desk", light: "day" }],
  ["en", { size: "phone", scripts: false }],
])("a first post: it waits and says so, others read it once it was read, and somebody answers (%s, %j)", async (language, who) => {
  const t = said.community(language);
  const [author, reader] = [await comesIn(language, who), await comesIn(language)];
  const title = language === "en" ? `Nobody told me ${places}` : `Nadie me dijo ${places}`;
  await author.page.getByRole("link", { name: language === "en" ? "The first year" : "El primer año" }).click();
  await press(author, t("writeTopic"));
  await author.page.getByLabel(t("topicTitle"), { exact: true }).fill(title);
  await author.page.getByLabel(t("yourWords"), { exact: true }).fill("That it could be so quiet and so loud.");
  await press(author, t("send"));
  await sees(author, t("saidHeld"));
  await sees(author, t("held_new"));
  const at = new URL(author.page.url()).pathname;
  expect((await reader.page.goto(at))?.status()).toBe(404);
  await fromTables(street.url, "with shown as (update posts set state = 'shown', shown_at = now() where topic_id = $1 returning topic_id) update topics set shown_at = now() where id in (select topic_id from shown)", [at.split("/").at(-1)]);
  await reader.page.goto(at);
  await reader.page.getByRole("button", { name: t("warm_me_too") }).click();
  await reader.page.getByRole("button", { name: t("warm_me_too"), pressed: true }).waitFor();
  await reader.page.getByLabel(t("yourWords"), { exact: true }).fill("I remember that.");
  await reader.page.getByLabel(t("unnamed"), { exact: true }).check();
  await press(reader, t("send"));
  await sees(reader, t("youUnnamed"));
  await author.page.goto(at);
  await sees(author, t("got_me_too"));
  await author.page.goto("/community/mine");
  await sees(author, title);
  nothingComplained(author);
  for (const visitor of [author, reader]) await visitor.close();
});

test("she blocks whom she does not want to read, reports what hurt, and hears what came of it", async () => {
  const t = said.community("en");
  const heron = await signsIn(street, await street.linkFor("heron"), { size: "phone" });
  await heron.page.goto("/community/spaces");
  await heron.page.getByRole("link", { name: "The first year" }).click();
  await heron.page.getByRole("link", { name: "He only sleeps on me" }).click();
  const kettle = heron.page.locator("#posts > li", { hasText: "Warm Kettle" });
  await kettle.getByRole("link", { name: t("reportOrBlock") }).click();
  await heron.page.getByLabel(t("reason_worried"), { exact: true }).check();
  await press(heron, t("reportSend"));
  await sees(heron, t("saidWorried"));
  await heron.page.getByRole("link", { name: "He only sleeps on me" }).click();
  await kettle.getByRole("link", { name: t("reportOrBlock") }).click();
  await press(heron, t("hideBlock", { name: "Warm Kettle" }));
  await sees(heron, t("saidHidden"));
  await heron.page.goto("/community/spaces");
  await heron.page.getByRole("link", { name: "The first year" }).click();
  await heron.page.getByRole("link", { name: "He only sleeps on me" }).click();
  await heron.page.locator("#posts > li", { hasText: "Slow Willow" }).waitFor();
  expect(await kettle.count()).toBe(0);
  await heron.page.goto("/community/hidden");
  await press(heron, t("showAgain", { name: "Warm Kettle" }));
  await sees(heron, t("hiddenNone"));
  nothingComplained(heron);
  await heron.close();
});
