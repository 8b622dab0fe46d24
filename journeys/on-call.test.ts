import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { questions } from "../features/safety/on-call/types.ts";
import { pageNeeded, type PageNeeded } from "../features/safety/events.ts";
import { isAccessible, type Visitor, type Who } from "./browser.ts";
import { until } from "./faults-browser.ts";
import { fromTables } from "./hold.ts";
import { openStreet } from "./street.ts";
import { nothingComplained, press, sees, signsIn } from "./steps.ts";
import { said } from "./words.ts";

const street = await openStreet();
const everyone: Visitor[] = [];
afterAll(() => Promise.all(everyone.map((visitor) => visitor.close())));

async function comes(name: string, who: Partial<Who> = {}): Promise<Visitor> {
  const visitor = await signsIn(street, await street.linkFor(name), who);
  everyone.push(visitor);
  return visitor;
}

/** Somebody is needed, as the forum says it; answers the page's path once its row is there. */
async function needed(changed: Partial<PageNeeded> = {}): Promise<string> {
  const [task, need] = pageNeeded({ subjectKind: "post", subjectId: randomUUID(), reason: "selfHarm", path: "/understand", ...changed });
  await fromTables(street.url, "select graphile_worker.add_job($1, $2::json)", [task, JSON.stringify(need)]);
  const { id } = await until(async () => {
    const row = await fromTables(street.url, "select id from pages where subject_id = $1", [need.subjectId]);
    return row["id"] ? row : undefined;
  }, "the page is there");
  return `/safety/pages/${id}`;
}

describe.each([
  { language: "en", size: "desk", light: "day", scripts: true },
  { language: "es", size: "phone", light: "night", scripts: true },
  { language: "es", size: "phone", light: "day", scripts: false },
] as const)("people on call ($language, $size, scripts $scripts)", ({ language, size, light, scripts }) => {
  const t = said.onCall(language);
  const who = { language, size, light, scripts };
  const holds = ({ page }: Visitor) => (scripts ? isAccessible(page) : Promise.resolve());

  test("Judith gives Ana the night; somebody is needed; Ana is asked, has it, goes through the list and closes it", async () => {
    const [judith, ana] = [await comes("judith", who), await comes("ana", who)];
    await judith.page.goto("/safety/on-call");
    await holds(judith);
    if (!(await judith.page.getByLabel(t("giveWho")).isVisible())) await judith.page.getByText(t("giveTitle")).click();
    await judith.page.getByLabel(t("giveWho")).selectOption({ label: "Ana" });
    await judith.page.getByLabel(t("giveRank")).selectOption({ label: t("asks_first") });
    const now = Temporal.Now.zonedDateTimeISO("America/Los_Angeles").toPlainDateTime();
    for (const [end, at] of [["from", now.subtract({ hours: 1 })], ["until", now.add({ hours: 8 })]] as const) {
      await judith.page.getByLabel(t(`${end}Day`)).fill(at.toPlainDate().toString());
      await judith.page.getByLabel(t(`${end}Time`)).fill(at.toPlainTime().toString({ smallestUnit: "minute" }));
    }
    await press(judith, t("give"));
    await sees(judith, t("nowLine", { rank: t("asks_first"), name: "Ana" }));
    await judith.page.goto("/safety/pages");
    await holds(judith);

    const path = await needed();
    await until(async () => (await fromTables(street.url, "select state from page_calls where page_id = $1", [path.split("/").at(-1)]))["state"] === "sent" || undefined, "Ana is called");
    if (!scripts) await judith.page.reload();
    await judith.page.locator(`a[href="${path}"]`).waitFor();
    await judith.page.goto(path);
    await ana.page.goto(path);
    await sees(ana, t("call_sent", { name: "Ana" }));
    await holds(ana);
    await press(ana, t("iHaveIt"));
    await ana.page.getByRole("button", { name: t("closeIt") }).waitFor();
    if (!scripts) await judith.page.reload();
    await judith.page.locator("#page-who").getByText(t("hasIt", { name: "Ana", time: "" }).replace(/[\s.]*$/, "")).waitFor();

    await press(ana, t("closeIt"));
    await ana.page.locator("[role=alert]").getByText(t("problemOutcome")).waitFor();
    await holds(ana);
    for (const question of questions) await ana.page.locator(`input[name=${question}][value=${question === "baby" ? "not_needed" : "done"}]`).check();
    await ana.page.getByLabel(t("outcome_talked")).check();
    await press(ana, t("closeIt"));
    await sees(ana, t("outcome_talked"));
    await holds(ana);
    await fromTables(street.url, "update on_call_shifts set ended_at = now()");
    nothingComplainedBut422(ana, judith);
  });

  test("Judith has one, asks a second person about help from outside, and Lucía is the second", async () => {
    const [judith, lucia] = [await comes("judith", who), await comes("lucia", who)];
    const path = await needed({ reason: "worried", subjectKind: "report" });
    await judith.page.goto(path);
    await press(judith, t("iHaveIt"));
    await judith.page.getByText(t("discloseTitle")).click();
    await judith.page.getByLabel(t("disclose_life_now")).check();
    await press(judith, t("discloseAsk"));
    await sees(judith, t("discloseWaits"));
    await lucia.page.goto(path);
    await holds(lucia);
    await press(lucia, t("discloseAgree"));
    await lucia.page.getByText(t("discloseAgreed", { name: "Lucía", time: "" }).split(",")[0] ?? "").first().waitFor();
    await judith.page.reload();
    await holds(judith);
    nothingComplained(judith, lucia);
  });
});

/** What a form with a mistake is answered with, a browser's console calls an error of its own accord. */
const nothingComplainedBut422 = (...visitors: Visitor[]) => expect(visitors.flatMap(({ complaints }) => complaints.filter((line) => !line.includes("a status of 422")))).toEqual([]);
