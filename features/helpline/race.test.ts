import { expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { furnishTheStreet } from "../../cast/street.ts";
import { openDatabase, openPool } from "../../platform/db/database.ts";
import { takeConversation } from "./desk/commands.ts";
import { aParent, onDuty } from "./factory.ts";
import { isRefusal } from "./types.ts";

const house = await openTestHouse();

test("fifty volunteers take from a hundred waiting conversations at once, over two connections pools: each is taken exactly once", async () => {
  await furnishTheStreet(house);
  const volunteers = [];
  for (let at = 0; at < 50; at++) volunteers.push(await onDuty(house, `Volunteer ${at}`, { cap: 2 }));
  const parents = await Promise.all(Array.from({ length: 100 }, () => aParent(house)));
  const secondPool = openPool(house.url, 10);
  const second = { ...house, db: openDatabase(secondPool) };

  // Everyone reaches for the same front of the queue, again and again, until her hands are full.
  const won = await Promise.all(
    volunteers.map(async (volunteer, at) => {
      const mine: string[] = [];
      for (const parent of parents) {
        const taken = await takeConversation(at % 2 ? house : second, volunteer, parent.conversationId);
        if (!isRefusal(taken)) mine.push(taken.conversationId);
        else if (taken.refused === "capReached") break;
      }
      return mine;
    }),
  );

  const all = won.flat();
  expect(new Set(all).size).toBe(all.length);
  expect(all).toHaveLength(100);
  expect(Math.max(...won.map((mine) => mine.length))).toBeLessThanOrEqual(2);
  const open = await house.db.selectFrom("claims").select("conversation_id").where("released_at", "is", null).execute();
  expect(open).toHaveLength(100);
  await second.db.destroy();
}, 120_000);
