import { sql } from "kysely";
import { expect, test, vi } from "vitest";

// A program that has just begun: the names that other tests' statements took would leave none to look at.
vi.resetModules();
const { openTestHouse } = await import("../../cast/test-house.ts");
const { aParent, inside, onDuty } = await import("./factory.ts");
const { takeConversation } = await import("./desk/commands.ts");
const { entriesAfter, standingOf } = await import("./queries.ts");
const house = await openTestHouse();

test("how a conversation stands and what it holds are planned once, for her and for the desk", async () => {
  const parent = await aParent(house);
  const volunteer = await onDuty(house, "Ana");
  await takeConversation(house, volunteer, parent.conversationId);
  const kept = await house.db.transaction().execute(async (tx) => {
    for (const scope of [parent, inside(volunteer, parent)]) {
      await standingOf(tx, scope);
      await entriesAfter(tx, house.keys, scope, 0);
    }
    return (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(tx)).rows.map(({ statement }) => statement);
  });
  expect(kept.filter((text) => text.includes("as supervising"))).toHaveLength(2);
  expect(kept.filter((text) => text.includes("as said_danger"))).toHaveLength(1);
});
