import { afterAll, expect, test } from "vitest";
import { aVisitor, isAccessible, type Visitor } from "./browser.ts";
import { fromTables } from "./hold.ts";
import { openStreet } from "./street.ts";
import { nothingComplained, press, sees, signsIn } from "./steps.ts";
import { said } from "./words.ts";

const street = await openStreet();
const everyone: Visitor[] = [];
afterAll(() => Promise.all(everyone.map((visitor) => visitor.close())));

/** All that is claimed of a listing, and what became of its letters: whatever opening a link might change. */
const stand = (serviceId: string) =>
  fromTables(street.url, "select (select json_agg(c order by c.id)::text from listing_claims c where service_id = $1) as claims, (select json_agg(a order by a.id)::text from owner_asks a where service_id = $1) as asks, (select json_agg(l order by l.id)::text from listings l where service_id = $1) as listings", [serviceId]);

test.each([
  { language: "en", light: "day", size: "desk", scripts: true, name: "Amara Osei, therapist", email: "hello@osei.lantern.example" },
  { language: "es", light: "night", size: "phone", scripts: true, name: "Luna Llena", email: "hola@luna.lantern.example" },
  { language: "en", light: "night", size: "phone", scripts: false, name: "Milk and Moon", email: "milk@moon.lantern.example" },
] as const)("an owner keeps her own listing by the link in a letter ($language, $light, $size, scripts: $scripts)", async ({ language, light, size, scripts, name, email }) => {
  const [k, t] = [said.keep(language), said.tending("en")];
  const { id = "" } = await fromTables(street.url, "update services set email = $2 where name = $1 returning id", [name, email]);
  const { id: listing = "" } = await fromTables(street.url, "select id from listings where service_id = $1", [id]);

  const lucia = await signsIn(street, await street.linkFor("lucia"));
  const owner = await aVisitor({ base: street.base, language, light, size, scripts });
  const parent = await aVisitor({ base: street.base, language });
  everyone.push(lucia, owner, parent);
  await lucia.page.goto(`/tend/${id}`);
  await press(lucia, t("letterDo"));
  await sees(lucia, t("letter_asked"));
  await isAccessible(lucia.page);

  const letter = async () => {
    await lucia.page.goto("/dev/letters");
    return (await lucia.page.getByRole("listitem").filter({ hasText: email }).allTextContents())[0] ?? "";
  };
  await expect.poll(letter, { timeout: 20_000, interval: 300 }).toContain(said.asking(language)("letterSubject", { count: 1 }));
  const [, link = ""] = /(\/keep\/[\w-]{43})(?![\w/-])/.exec(await letter()) ?? [];

  // Mail programs open links: that changes nothing, and the link leaves the address.
  const before = await stand(id);
  await owner.page.goto(link);
  await owner.page.getByRole("heading", { level: 1, name }).waitFor();
  expect(new URL(owner.page.url()).pathname).toBe("/keep");
  expect(await stand(id)).toEqual(before);
  if (scripts) await isAccessible(owner.page);

  await press(owner, k("right"));
  await sees(owner, k("done_right"));
  const claimed = await fromTables(street.url, "select string_agg(distinct method, ' ') as method from listing_claims where service_id = $1 and field in ('about', 'contact') and superseded_at is null", [id]);
  expect(claimed).toEqual({ method: "owner_link" });

  await owner.page.locator("summary", { hasText: k("changeHours") }).click();
  await owner.page.locator("#opensSA").fill("10:15");
  await press(owner, k("save"));
  // One end of a day alone is no day: the form comes back with what she typed.
  await owner.page.getByRole("alert").waitFor();
  expect(await owner.page.locator("#opensSA").inputValue()).toBe("10:15");
  if (scripts) await isAccessible(owner.page);
  await owner.page.locator("#closesSA").fill("12:45");
  await owner.page.locator("form[action='/keep/hours'] button").click();
  await sees(owner, k("done_saved"));
  await parent.page.goto(`/listings/${listing}`);
  await sees(parent, "12:45");

  await press(owner, k("sayNo"));
  await sees(owner, k("done_room"));
  await parent.page.reload();
  await sees(parent, said.find(language)("cardRoomNo"));

  await owner.page.locator("summary", { hasText: k("changeClosed") }).click();
  await press(owner, k("closedDo"));
  await sees(owner, k("done_closed"));
  if (scripts) await isAccessible(owner.page);
  await parent.page.reload();
  await parent.page.getByRole("heading", { level: 1, name: said.listing(language)("hiddenTitle", { name }) }).waitFor();
  await lucia.page.goto(`/tend/${id}`);
  await sees(lucia, t("kind_closed"));

  await press(owner, k("askingStop"));
  await press(owner, k("stopDo"));
  await sees(owner, k("stopDone"));
  await lucia.page.reload();
  await sees(lucia, t("letterWhy_stopped"));
  for (const one of [owner, parent]) expect(one.complaints.filter((line) => !/a status of 4(10|22)/.test(line))).toEqual([]);
  nothingComplained(lucia);
});
