import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { browser, makeMember, signInAs } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../../community/factory.ts";
import { ruleIds } from "../../safety/types.ts";
import { figuresSince } from "./queries.ts";
import { measuresAgainst, removedFor } from "./rules.ts";
import { harms } from "./types.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const { cookie, scope } = await signInAs(house, people.lucia);
const lucia = browser(app, cookie);
const yearAgo = () => house.now().subtract({ hours: 365 * 24 });

test("every harm has something that stands against it, and every rule of the community counts for one", () => {
  for (const harm of harms) expect(measuresAgainst(harm).length, harm).toBeGreaterThan(0);
  for (const rule of ruleIds) expect(harms.some((harm) => removedFor(harm, { removed: { [rule]: 1 } }) === 1), rule).toBe(true);
});

test("the figures are the desk's own, of the last year alone", async () => {
  const space = await makeSpace(house, people.lucia, { mode: "read_first" });
  await makeSpace(house, people.lucia, { mode: "watch" });
  const author = await settleMember(house, await makeMember(house, ["member"]));
  const { postId } = await write(house, author, space);
  const now = house.now();
  const { id } = await house.db.insertInto("cases").values({ subject_kind: "post", subject_id: postId, priority: 2, opened_at: now }).returning("id").executeTakeFirstOrThrow();
  const decided = { case_id: id, decision: "remove", member_id: people.wren, by_role: "moderator", priority: 2 } as const;
  for (const [rule, at] of [["no_hate", now], ["no_hate", now], ["nothing_sold", now], ["no_hate", yearAgo().subtract({ hours: 1 })]] as const) await house.db.insertInto("case_decisions").values({ ...decided, rule, at }).execute();
  for (const minutes of [10, 20, 90]) await house.db.insertInto("case_reasons").values({ case_id: id, reason: "report", priority: 2, why: [], report_id: crypto.randomUUID(), at: now.subtract({ minutes }), answered_at: now }).execute();
  const figures = await figuresSince(house.db, scope, yearAgo());
  expect(figures).toMatchObject({ members: 1, posts: 1, removed: { no_hate: 2, nothing_sold: 1 }, medianMinutes: 20, appeals: 0, spaces: { read_first: 1, held_for_new: 0, watch: 1, pictures: 0 } });
  expect(removedFor("hate", figures)).toBe(2);
});

test("the document has them filled in, says which age is asked, and leaves the judgement to people, as a page and as a spreadsheet", async () => {
  await house.db.updateTable("network").set({ least_age: 16 }).execute();
  const html = (await lucia.get("/privacy/assessment")).text;
  for (const words of ["16 or older", "a question is no proof of age", "all in 1 space,", "20 minutes", "Encouraging or assisting suicide", "[to fill in]"]) expect(html, words).toContain(words);
  const rows = parse((await lucia.get("/privacy/assessment.csv")).text, { bom: true }) as string[][];
  expect(rows.find(([name]) => name === "Hate")?.slice(2)).toEqual(["2", "[to fill in]", "[to fill in]", "[to fill in]"]);
  const spanish = await browser(app, cookie, "es").get("/privacy/assessment");
  expect(spanish.text).toContain("[por completar]");
  expect((await browser(app, (await signInAs(house, people.judith)).cookie).get("/privacy/assessment")).status).toBe(404);
});
