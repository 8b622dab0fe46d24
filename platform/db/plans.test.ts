import { sql } from "kysely";
import { expect, it, vi } from "vitest";

// A program that has just begun: the names that other tests' statements took would leave none to look at.
vi.resetModules();
const { openTestHouse } = await import("../../cast/test-house.ts");
const house = await openTestHouse();

it("lists of every length leave the names of plans to statements that come again", async () => {
  const kept = await house.db.connection().execute(async (db) => {
    for (let most = 1; most <= 520; most++) {
      const some = Array.from({ length: most }, (_, at) => `Z${at}`);
      await db.selectFrom("areas").select("id").where("id", "in", some).execute();
      if (most < 40) await sql`select * from (values ${sql.join(some.map((one) => sql`(${one}::text)`))}) v (one)`.execute(db);
    }
    for (let turn = 0; turn < 2; turn++) await db.selectFrom("areas").select(["id", "parent"]).where("id", "=", "US").execute();
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
    return rows.map(({ statement }) => statement);
  });
  expect(kept.filter((text) => text.includes("\"parent\""))).toHaveLength(1);
  expect(kept.filter((text) => / in \(/.test(text)).length).toBeLessThanOrEqual(3);
});

it("a statement that says so is planned once, and leaves the next one to PostgreSQL's own choice", async () => {
  const plans = await house.db.connection().execute(async (db) => {
    for (const code of ["US", "US-TX", "FJ"]) {
      await sql`/* planned once */ select parent from areas where id = ${code}`.execute(db);
      await sql`select id, parent from areas where id = ${code}`.execute(db);
    }
    const { rows } = await sql<{ once: boolean; generic: number; custom: number }>`
      select starts_with(statement, '/* planned once') as once, generic_plans as generic, custom_plans as custom from pg_prepared_statements where statement ~ 'parent from area[s]' order by 1`.execute(db);
    return rows;
  });
  expect(plans).toEqual([
    { once: false, generic: 0, custom: 3 },
    { once: true, generic: 3, custom: 0 },
  ]);
});
