import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { browser, makeSignedIn, signInAs } from "../../accounts/factory.ts";
import { cancelSession } from "../series/changing/commands.ts";
import { eveningsApp, groupOf, makeFacilitator, makeGroup } from "../series/factory.ts";
import { healthOf } from "./queries.ts";
import { shareOf, shown } from "./rules.ts";

test.each([
  [0, { fewer: 3 }],
  [2, { fewer: 3 }],
  [3, { count: 3 }],
  [41, { count: 41 }],
])("%i is shown as %j", (count, as) => expect(shown(count)).toEqual(as));

test.each([
  [3, 6, 50],
  [2, 6, undefined],
  [5, 6, undefined],
  [0, 0, undefined],
])("%i of %i: %s percent, or nothing where it could be somebody", (part, whole, share) => expect(shareOf({ part, whole })).toBe(share));

test("a group's meetings of eight weeks come together, in numbers that are nobody", async () => {
  const house = await openTestHouse();
  const app = eveningsApp(house);
  const lucia = await makeSignedIn(house, ["coordinator"], { name: "Lucía" });
  const page = browser(app, lucia.cookie);
  expect((await page.get("/evenings/health")).text).toContain("No group meets yet.");
  house.setClock("2026-11-24T18:00:00Z");
  const [noor, tomas] = [await makeFacilitator(house, lucia.scope, "Noor"), await makeFacilitator(house, lucia.scope, "Tomás")];
  const id = await makeGroup(house, lucia.scope, [noor.id, tomas.id]);
  expect((await page.get("/evenings/health")).text).toContain("No meeting in this time has numbers yet.");
  const { sessions } = await groupOf(house, id);
  const [first, second, third, fourth] = sessions;
  if (!first || !second || !third || !fourth) throw new Error("It has too few meetings.");
  const totals = (session_id: string, came: number, no_shows: number) => house.db.insertInto("session_totals").values({ session_id, held: came + no_shows, came, waited: 2, no_shows, came_back: came - 4 }).execute();
  await cancelSession(house, lucia.scope, fourth.id, "holiday");
  house.setClock("2027-01-22T18:00:00Z");
  await totals(first.id, 9, 5);
  await totals(second.id, 8, 1);
  await totals(third.id, 7, 1);
  expect(await healthOf(house.db, lucia.scope, house.now())).toMatchObject([{ met: 2, cancelled: 1, held: 17, came: 15, waited: 4, noShows: 2, cameBack: 7 }]);
  const { text } = await browser(app, (await signInAs(house, lucia.id)).cookie).get("/evenings/health");
  expect(text).toContain("2 meetings");
  expect(text).toContain("1 cancelled");
  expect(text).toContain("fewer than 3");
  expect(text).toContain("47 % of those who came");
  expect(text).not.toMatch(/Noor|Tomás/);
  expect((await browser(app, (await signInAs(house, lucia.id)).cookie, "es").get("/evenings/health")).text).toContain("menos de 3");
  expect((await browser(app, (await signInAs(house, noor.id)).cookie).get("/evenings/health")).status).toBe(404);
});
