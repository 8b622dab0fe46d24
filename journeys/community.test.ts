import { afterAll, expect, test } from "vitest";
import { aVisitor, type Visitor, type Who } from "./browser.ts";
import { caseOf, nothingComplained, press, sees, signsIn, waitsFor } from "./steps.ts";
import { openStreet } from "./street.ts";
import { fromTables } from "./hold.ts";
import { said } from "./words.ts";
import { jpegOf, twoHalves, withExif } from "../platform/pictures/factory.ts";

const street = await openStreet({ TRUSTED_PROXIES: "1" });
afterAll(() => street.stop());

type Language = "en" | "es";
let places = 0;
const keys = new Map<Visitor, string>();

/** She takes a place, and writes down nothing of hers but a name that nobody knows. */
async function comesIn(language: Language, who: Partial<Who> = {}): Promise<Visitor> {
  const t = said.community(language);
  const visitor = await aVisitor({ base: street.base, language, ...who });
  places += 1;
  // Each from a network of her own: one network takes so many places at a time and no more.
  await visitor.context.setExtraHTTPHeaders({ "x-forwarded-for": `203.0.${places}.7` });
  await visitor.page.goto("/community");
  await press(visitor, t("join"));
  await visitor.page.getByLabel(t("handle"), { exact: true }).fill(`Journey ${String.fromCharCode(97 + (places % 26), 97 + Math.floor(places / 26))} ${language}`);
  await visitor.page.getByLabel(t("ageOld", { age: 13 }), { exact: true }).check();
  await visitor.page.getByLabel(t("agreeRules"), { exact: true }).check();
  await visitor.page.getByLabel(t("agreeCollect"), { exact: true }).check();
  await press(visitor, t("joinNow"));
  await visitor.page.waitForURL("**/community/key");
  keys.set(visitor, await visitor.page.locator("main p.num").innerText());
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

test.each<[Language, Partial<Who>]>([
  ["en", { size: "phone", light: "night" }],
  ["es", { size: "phone", scripts: false }],
])("a picture: her words are kept first, it is made small and bare, and others open it once it was looked at (%s, %j)", async (language, who) => {
  const t = said.community(language);
  const [author, reader] = [await comesIn(language, who), await comesIn(language)];
  await author.page.getByRole("link", { name: language === "en" ? "The first year" : "El primer año" }).click();
  await press(author, t("writeTopic"));
  await author.page.getByLabel(t("topicTitle"), { exact: true }).fill("Her crib");
  await author.page.getByLabel(t("yourWords"), { exact: true }).fill("It stands by the window.");
  await author.page.getByLabel(t("withPicture"), { exact: true }).check();
  await press(author, t("send"));
  await sees(author, t("picturesLead"));
  await author.page.getByLabel(t("pictureFile"), { exact: true }).setInputFiles({ name: "IMG_0042.jpg", mimeType: "image/jpeg", buffer: Buffer.from(withExif(await jpegOf(twoHalves(2000, 1000)), 6, "Rosa at home")) });
  if (who.scripts !== false) await author.page.waitForFunction(() => document.querySelector<HTMLInputElement>("#picture")?.files?.[0]?.name === "picture.jpg");
  await author.page.getByLabel(t("pictureShows"), { exact: true }).fill("A crib");
  await press(author, t("pictureAdd"));
  await sees(author, t("saidPicture"));
  await sees(author, t("held_picture"));
  const { post_id: post, topic_id: topic, width, height } = await fromTables(street.url, "select i.post_id, p.topic_id, i.width, i.height from post_pictures i join posts p on p.id = i.post_id order by i.seq desc limit 1");
  expect([width, height]).toEqual([800, 1600]);
  await author.page.locator("summary", { hasText: "A crib" }).click();
  await shows(author);
  await press(author, t("pictureDone"));
  expect((await reader.page.goto(`/community/topics/${topic}`))?.status()).toBe(404);
  await fromTables(street.url, "with shown as (update posts set state = 'shown', shown_at = now() where id = $1 returning topic_id) update topics set shown_at = now() where id in (select topic_id from shown)", [post]);
  await reader.page.goto(`/community/topics/${topic}`);
  await reader.page.locator("summary", { hasText: "A crib" }).click();
  await shows(reader);
  nothingComplained(author);
  for (const visitor of [author, reader]) await visitor.close();
});

/** The picture on her page has come, and can be seen. */
const shows = ({ page }: Visitor) => page.locator("main img").first().evaluate(async (picture: HTMLImageElement) => {
  await picture.decode();
  if (picture.naturalWidth !== 800) throw new Error(`It is ${picture.naturalWidth} wide.`);
});

test.each<[Partial<Who>]>([[{}], [{ scripts: false }]])("what she typed and did not send is there when she comes back, and goes when it is sent (%j)", async (who) => {
  const t = said.community("en");
  const author = await comesIn("en", { size: "phone", ...who });
  await author.page.getByRole("link", { name: "The first year" }).click();
  await press(author, t("writeTopic"));
  const at = author.page.url();
  await author.page.getByLabel(t("topicTitle"), { exact: true }).fill("Begun at four");
  await author.page.getByLabel(t("yourWords"), { exact: true }).fill("Then he woke");
  if (who.scripts === false) await press(author, t("draftKeep"));
  else await author.page.locator("[data-kept]", { hasText: "Kept at" }).waitFor();
  await author.page.goto("/community/mine");
  await sees(author, "Then he woke");
  await author.page.goto(at);
  expect(await author.page.getByLabel(t("topicTitle"), { exact: true }).inputValue()).toBe("Begun at four");
  await press(author, t("send"));
  await sees(author, t("saidHeld"));
  await author.page.goto("/community/mine");
  expect(await author.page.getByText(t("draftsTitle")).count()).toBe(0);
  nothingComplained(author);
  await author.close();
});

test.each<[Language, Partial<Who>]>([
  ["en", { size: "phone" }],
  ["es", { size: "desk", scripts: false }],
])("answers that come while she reads and types move nothing: a line says how many, and shows them when she asks (%s, %j)", async (language, who) => {
  const t = said.community(language);
  await fromTables(street.url, "update spaces set mode = 'watch' where shared_en is null");
  const heron = await signsIn(street, await street.linkFor("heron"), { size: "phone" });
  const reader = await comesIn(language, who);
  await heron.page.goto("/community/spaces");
  await heron.page.getByRole("link", { name: "The first year" }).click();
  await press(heron, said.community("en")("writeTopic"));
  await heron.page.locator("#title").fill(`Live ${places}`);
  await heron.page.locator("#words").fill("Somebody there? ".repeat(40));
  await press(heron, said.community("en")("send"));
  await heron.page.waitForURL("**/community/topics/*");
  const at = new URL(heron.page.url()).pathname;
  await reader.page.goto(at);
  const words = reader.page.locator("#reply #words");
  await words.pressSequentially("Half a sen");
  const place = () => words.boundingBox();
  const before = await place();
  const answers = async (text: string) => {
    await heron.page.locator("#reply #words").fill(text);
    await press(heron, said.community("en")("send"));
    await sees(heron, text);
  };
  await answers("First of two.");
  if (who.scripts !== false) await reader.page.getByRole("button", { name: t("newPosts", { count: 1 }) }).waitFor();
  await answers("Second of two.");
  const posts = reader.page.locator("#posts > li");
  if (who.scripts === false) {
    expect(await posts.count()).toBe(1);
    await reader.page.goto(at);
    expect(await posts.count()).toBe(3);
  } else {
    const line = reader.page.getByRole("button", { name: t("newPosts", { count: 2 }) });
    await line.waitFor();
    expect(await posts.count()).toBe(1);
    expect(await place()).toEqual(before);
    expect(await words.evaluate((field) => field === document.activeElement)).toBe(true);
    await line.click();
    await sees(reader, "Second of two.");
    expect(await posts.count()).toBe(3);
    expect(await words.inputValue()).toBe("Half a sen");
    await answers("And a third.");
    await reader.page.getByRole("button", { name: t("newPosts", { count: 1 }) }).click();
    await sees(reader, "And a third.");
    expect(await posts.count()).toBe(4);
  }
  nothingComplained(heron, reader);
  await fromTables(street.url, "update spaces set mode = 'held_for_new' where shared_en is null");
  for (const visitor of [heron, reader]) await visitor.close();
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

test.each<[Language]>([["en"], ["es"]])("a moderator's evening, an appeal that somebody else decides, and a way out that leaves nothing (%s)", async (language) => {
  const [t, d] = [said.community(language), said.safetyDesk("en")];
  const author = await comesIn(language);
  await author.page.getByRole("link", { name: language === "en" ? "The first year" : "El primer año" }).click();
  await press(author, t("writeTopic"));
  await author.page.getByLabel(t("topicTitle"), { exact: true }).fill(`A long night ${places}`);
  await author.page.getByLabel(t("yourWords"), { exact: true }).fill("He cried until the light came. Then we both slept.");
  await press(author, t("send"));
  await sees(author, t("saidHeld"));
  const topic = new URL(author.page.url()).pathname.split("/").at(-1) ?? "";
  const at = await caseOf(street, topic);

  const wren = await signsIn(street, await street.linkFor("wren"));
  await wren.page.goto("/safety");
  await wren.page.goto(at);
  await press(wren, d("claim"));
  await sees(wren, "He cried until the light came.");
  await wren.page.locator("[name=decision][value=remove]").check();
  await wren.page.locator("#rule").selectOption("other_place");
  await press(wren, d("decide"));
  await sees(wren, d("done_decided"));
  await waitsFor(street, topic, "removed");

  await author.page.goto(`/community/topics/${topic}`);
  await press(author, t("whyAndWhat"));
  await press(author, t("decidedSee"));
  const told = said.safetyDesk(language);
  await author.page.getByLabel(told("appealLabel"), { exact: true }).fill("It is about our night. I name nobody.");
  await press(author, told("appealSend"));
  await sees(author, told("appealWaits"));

  const pilar = await signsIn(street, await street.linkFor("pilar"));
  await pilar.page.goto(at);
  await pilar.page.locator("form[action$='/claim'] button").click();
  await pilar.page.locator("[name=outcome][value=gave_way]").check();
  await pilar.page.locator("[name=answer]").fill("You are right. It stands here again.");
  await pilar.page.locator("form[action$='/appeal'] button[type=submit]").click();
  await waitsFor(street, topic, "shown");
  await author.page.reload();
  await sees(author, told("appealGaveWay"));

  await author.page.goto("/community/leave");
  await press(author, t("leave_erase_choose"));
  await author.page.locator("#words").fill(keys.get(author) ?? "");
  await press(author, t("leave_erase_now"));
  await sees(author, t("leftTitle"));
  await waitsFor(street, topic, "erased");
  expect(await fromTables(street.url, "select words from posts where topic_id = $1", [topic])).toEqual({ words: "" });
  await author.page.goto("/community/spaces");
  await author.page.waitForURL("**/community");
  for (const visitor of [author, wren, pilar]) await visitor.close();
});

test.each<[Language]>([["en"], ["es"]])("words that sound like danger: her own page says who was asked, with the numbers, and a person on call has it (%s)", async (language) => {
  const t = said.community(language);
  const author = await comesIn(language);
  await author.page.getByRole("link", { name: language === "en" ? "The first year" : "El primer año" }).click();
  await press(author, t("writeTopic"));
  await author.page.getByLabel(t("topicTitle"), { exact: true }).fill(language === "en" ? "Tonight" : "Esta noche");
  await author.page.getByLabel(t("yourWords"), { exact: true }).fill(language === "en" ? "I'm going to kill myself. I have pills and I wrote the letters." : "Me voy a matar. Tengo pastillas y ya escribí las cartas.");
  await press(author, t("send"));
  await sees(author, t("heard_asking"));
  await sees(author, t("heardMaybeWrong"));
  const topic = new URL(author.page.url()).pathname.split("/").at(-1) ?? "";
  const page = () => fromTables(street.url, "select g.id::text as id from pages g join posts p on p.id::text = g.subject_id where p.topic_id = $1", [topic]);
  await expect.poll(async () => (await page())?.["id"] ?? "", { timeout: 15_000 }).not.toBe("");
  const judith = await signsIn(street, await street.linkFor("judith"));
  await judith.page.goto(`/safety/pages/${(await page())["id"]}`);
  await judith.page.locator("form[action$='/have'] button").first().click();
  await judith.page.waitForLoadState();
  await author.page.reload();
  await sees(author, t("heard_somebodyHasIt"));
  await press(author, t("heardPromise"));
  await author.page.waitForURL("**/safety/promise");
  nothingComplained(author);
  for (const visitor of [author, judith]) await visitor.close();
});
