import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { CopyRows, copyLine } from "./copy.ts";

const house = await openTestHouse();

test("rows that are copied in a transaction come out as they went in, whatever their letters, lists as well", async () => {
  const some = fc.string({ unit: "binary" }).map((letters) => letters.replaceAll("\0", "").toWellFormed());
  const text = fc.option(some, { nil: null });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text, fc.option(fc.array(fc.oneof(some, fc.constantFrom('"', "\\", "NULL", "{a,b}", "")), { maxLength: 4 }), { nil: null })), { minLength: 1, maxLength: 20 }), async (rows) => {
      await house.db.transaction().execute(async (tx) => {
        await sql`create temporary table copied (at int generated always as identity, a text, b text, c text[]) on commit drop`.execute(tx);
        const { rows: none } = await sql`copy copied (a, b, c) from stdin ${new CopyRows(rows.map(copyLine))}`.execute(tx);
        const { rows: found } = await sql<{ a: string | null; b: string | null; c: string[] | null }>`select a, b, c from copied order by at`.execute(tx);
        expect(none).toEqual([]);
        expect(found.map(({ a, b, c }) => [a, b, c])).toEqual(rows);
      });
    }),
    { numRuns: 50 },
  );
});

test("a copy that the database refuses is an error, and the connection is as good as before", async () => {
  const wrong = house.db.transaction().execute(async (tx) => {
    await sql`create temporary table copied (a int) on commit drop`.execute(tx);
    await sql`copy copied (a) from stdin ${new CopyRows(["one"])}`.execute(tx);
  });
  await expect(wrong).rejects.toThrow(/invalid input syntax/);
  expect((await sql<{ one: number }>`select 1 as one`.execute(house.db)).rows).toEqual([{ one: 1 }]);
  await expect(sql`copy members from stdin ${new CopyRows([""])}`.execute(house.db)).rejects.toThrow(/transaction/);
});
