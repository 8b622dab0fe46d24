import { expect, test } from "vitest";
import { eveningsOf, keptOf } from "../features/groups/series/queries.ts";
import { standingOf } from "../features/groups/series/rules.ts";
import { meetingsOf } from "../features/groups/queries.ts";
import { signInAs } from "../features/accounts/factory.ts";
import { groupsOfTheStreet, groupsOfTheStreetAre } from "./groups.ts";
import { furnishTheStreet } from "./street.ts";
import { openTestHouse } from "./test-house.ts";

test("the groups of the street meet, in both languages, led by two; one waits for a yes", async () => {
  const house = await openTestHouse();
  // A clock with more than milliseconds, as the wall's.
  house.setClock("2026-11-24T18:00:00.123456789Z");
  const people = await furnishTheStreet(house);
  await groupsOfTheStreet(house, people);
  const groups = await keptOf(house.db);
  expect(groups.map((kept) => standingOf(kept)).sort()).toEqual([...Object.keys(groupsOfTheStreetAre).map(() => "meets"), "waits"]);
  const meetings = await meetingsOf(house.db, { from: house.now() });
  expect(new Set(meetings.map(({ series }) => series.language))).toEqual(new Set(["en", "es"]));
  expect(new Set(meetings.map(({ series }) => series.id)).size).toBe(Object.keys(groupsOfTheStreetAre).length);
  const { scope } = await signInAs(house, people.noor);
  const { hers, trained, toCover } = await eveningsOf(house.db, scope, house.now());
  expect([trained, toCover, hers.every(({ leaders }) => leaders.length === 2)]).toEqual([true, [], true]);
});
