import type { Locator } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { aVisitor, isAccessible, type Visitor } from "./browser.ts";
import { byKeyboard } from "./keyboard.ts";
import { fromTables } from "./hold.ts";
import { openStreet } from "./street.ts";
import { press, sees, signsIn } from "./steps.ts";
import { said } from "./words.ts";

const street = await openStreet();
const everyone: Visitor[] = [];
afterAll(() => Promise.all(everyone.map((visitor) => visitor.close())));

type Hands = Pick<ReturnType<typeof byKeyboard>, "follows" | "presses" | "chooses" | "ticks">;

/** The same morning with a mouse. */
function byMouse({ page }: Visitor): Hands {
  const brings = (what: string | RegExp | Locator) => (typeof what === "string" && what.startsWith("/") ? page.waitForURL(`**${what}`) : (typeof what === "object" && "first" in what ? what : page.getByText(what)).first().waitFor());
  const named = (role: "link" | "button" | "checkbox", name: string | RegExp | Locator) => (typeof name === "object" && "first" in name ? name : page.getByRole(role, { name, exact: true })).first();
  return {
    follows: async (name, what) => (await named("link", name).click(), brings(what)),
    presses: async (name, what) => (await named("button", name).click(), brings(what)),
    chooses: (question, answer) => page.getByRole("group", { name: question, exact: true }).getByRole("radio", { name: answer, exact: true }).check(),
    ticks: (name) => named("checkbox", name).check(),
  };
}

test.each([
  { language: "en", light: "night", hand: "keyboard", worst: "Casserole Club", twins: ["Puerta Abierta", "Dads on the Porch"], volunteers: "Inés" },
  { language: "es", light: "day", hand: "mouse", worst: "Harbor Family Psychiatry", twins: ["Luna Llena", "Circle of Lanterns"], volunteers: "Tomás" },
] as const)("a coordinator's morning ($language, $light, by $hand): the worst first, a call, a double, the map, an offer", async ({ language, light, hand, worst, twins, volunteers }) => {
  const t = said.tending(language);
  // What came in since yesterday.
  const { id: worstId = "" } = await fromTables(street.url, "select id from services where name = $1", [worst]);
  if (language === "es") await fromTables(street.url, "insert into listing_reports (service_id, kind, made_at) values ($1, 'unsafe', now())", [worstId]);
  await fromTables(street.url, "insert into listing_duplicates (service_a, service_b, why, found_at) select least(a.id, b.id), greatest(a.id, b.id), 'same_phone_and_name', now() from services a, services b where a.name = $1 and b.name = $2", [...twins]);
  const offering = await aVisitor({ base: street.base, language });
  const a = said.areas(language);
  await offering.page.goto("/near/us-tx/offer");
  await offering.page.getByLabel(a("offerName")).fill(volunteers);
  await offering.page.getByLabel(a("offerContact")).fill("+1 512 555 0142");
  await press(offering, a("offerSend"));
  await sees(offering, a("offerThanks"));

  const lucia = await signsIn(street, await street.linkFor("lucia"), { language, light });
  everyone.push(offering, lucia);
  const { page } = lucia;
  const hands = hand === "keyboard" ? byKeyboard(lucia) : byMouse(lucia);
  const isHere = async (title: string) => {
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await isAccessible(page);
  };

  await hands.follows(page.locator("nav a[href='/tend']"), "/tend");
  await isHere(t("title"));
  // What somebody has run into already goes before what is only likely.
  await page.getByRole("list", { name: t("queue") }).getByRole("listitem").first().getByText(worst, { exact: true }).waitFor();

  await hands.follows(t("callNext"), `/tend/${worstId}`);
  await isHere(t("sheetTitle", { name: worst }));
  await sees(lucia, t("script2"));
  expect(await page.locator("main a[href^='tel:']").first().isVisible()).toBe(true);
  await hands.chooses(t("outcomeTitle"), t("out_some_right"));
  await hands.presses(t("save"), page.getByRole("alert"));
  await isHere(t("sheetTitle", { name: worst }));
  expect(await page.getByRole("group", { name: t("outcomeTitle") }).getByRole("radio", { name: t("out_some_right") }).isChecked()).toBe(true);
  await hands.ticks(t("field_contact"));
  await hands.ticks(t("field_about"));
  await hands.presses(t("save"), t("saved_some_right"));
  await isHere(t("title"));
  expect(await page.getByRole("list", { name: t("queue") }).getByText(worst).count()).toBe(0);
  const { verified_role } = await fromTables(street.url, "select verified_role from listing_claims where service_id = $1 and field = 'contact' and superseded_at is null", [worstId]);
  expect(verified_role).toBe("coordinator");

  await hands.follows(page.locator("main a[href='/tend/duplicates']"), "/tend/duplicates");
  await isHere(t("dupTitle"));
  for (const twin of twins) await sees(lucia, twin);
  await hands.presses(language === "en" ? t("dupBoth") : t("dupKeepA"), t("dupEmpty"));
  const { decision } = await fromTables(street.url, "select decision from listing_duplicates order by found_at desc limit 1");
  expect(decision).toBe(language === "en" ? "kept_both" : "merged");
  await isHere(t("dupTitle"));
  await hands.follows(t("back"), "/tend");

  await hands.follows(t("map"), "/tend/map");
  await isHere(t("mapTitle"));
  await page.locator("main p", { hasText: t("mapUnchecked") }).first().waitFor();
  await hands.follows(t("back"), "/tend");

  await hands.follows(t("places"), "/tend/areas");
  await isHere(t("placesTitle"));
  await sees(lucia, "+1 512 555 0142");
  await hands.presses(t("offerAnswered"), t("offersEmpty"));
  await isHere(t("placesTitle"));
  expect(await page.content()).not.toContain("555 0142");
  for (const one of [lucia, offering]) expect(one.complaints.filter((line) => !line.includes("a status of 422"))).toEqual([]);
});
