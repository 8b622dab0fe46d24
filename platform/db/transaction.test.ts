import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";

const house = await openTestHouse();

test("a reading of one moment sees nothing that comes later, writes nothing, and is asked by the house", async () => {
  const count = async (db: typeof house.db) => (await sql<{ n: number }>`select count(*)::int as n from organizations`.execute(db)).rows[0]?.n;
  const write = (db: typeof house.db) => db.insertInto("organizations").values({ id: randomUUID(), name: "Lantern", edited_at: house.now() }).execute();
  const oneMoment = () => house.db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  await oneMoment().execute(async (tx) => {
    expect((await sql`select current_setting('small_hours.who') as who`.execute(tx)).rows).toEqual([{ who: "house" }]);
    expect(await count(tx)).toBe(0);
    await write(house.db);
    expect(await count(tx)).toBe(0);
  });
  expect(await count(house.db)).toBe(1);
  await expect(oneMoment().execute(write)).rejects.toThrow("read-only");
  await write(house.db);
  expect((await sql`select current_setting('small_hours.who', true) as who`.execute(house.db)).rows, "and each later statement says for itself").toEqual([{ who: "house" }]);
});
