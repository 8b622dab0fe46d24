import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { within, type Reader } from "../../../platform/db/database.ts";
import { memberScope, moderatorScope } from "../../../platform/http/scope.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import { aFullCase } from "./factory.ts";

const house = await openTestHouse();
const [wren, pilar, rosa] = [await makeSignedIn(house, ["moderator"]), await makeSignedIn(house, ["moderator", "member"]), await makeSignedIn(house, ["member"])];
const ana = await makeSignedIn(house, ["volunteer", "supervisor"]);

/** Every table that hangs on a case by a reference, however far; a later one, too. */
async function tablesOf(db: Reader): Promise<{ name: string; walled: boolean }[]> {
  const { rows } = await sql<{ name: string; walled: boolean }>`
    with recursive hanging as (
      select 'cases'::regclass::oid as oid
      union select k.conrelid from pg_constraint k join hanging h on h.oid = k.confrelid where k.contype = 'f')
    select c.relname::text as name, c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'the_house') as walled
    from pg_class c join hanging h on h.oid = c.oid order by 1`.execute(db);
  return rows;
}
const tables = (await tablesOf(house.db)).map(({ name }) => name);
const caseOf: Record<string, string> = { cases: "id" };

/** The cases whose rows a query without any `where` shows. */
async function shown(db: Reader, table: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select ${sql.raw(caseOf[table] ?? "case_id")} as id from ${sql.table(table)}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

const [ofRosa, ofPilar, ofNobody] = [await aFullCase(house, wren.id, { authorId: rosa.id }), await aFullCase(house, wren.id, { authorId: pilar.id }), await aFullCase(house, wren.id, { authorMark: randomBytes(32).toString("hex") })];

describe("the wall around the safety desk", () => {
  test("stands before every table that hangs on a case", async () => {
    expect(tables.length).toBeGreaterThanOrEqual(12);
    expect((await tablesOf(house.db)).filter(({ walled }) => !walled)).toEqual([]);
  });

  test.each(tables)("shows of %s nothing to who does not say for whom she asks, nor to a volunteer or supervisor at the helpline", async (table) => {
    expect(await shown(house.db, table)).toEqual(new Set([ofRosa, ofPilar, ofNobody]));
    const stranger = new pg.Client({ connectionString: house.url });
    await stranger.connect();
    expect((await stranger.query(`select from ${table}`)).rowCount).toBe(0);
    await stranger.end();
    expect(await shown(within(house.db, ana.scope), table)).toEqual(new Set());
  });

  test.each(tables)("shows of %s to a moderator what is on the desk, but for what she wrote herself", async (table) => {
    expect(await shown(within(house.db, moderatorScope(wren.scope.member)), table)).toEqual(new Set([ofRosa, ofPilar, ofNobody]));
    expect(await shown(within(house.db, moderatorScope(pilar.scope.member)), table)).toEqual(new Set([ofRosa, ofNobody]));
  });

  test.each(tables)("shows of %s to a member at most what was asked of her, and who looked", async (table) => {
    expect(await shown(within(house.db, memberScope(rosa.scope.member)), table)).toEqual(new Set(["strikes", "looks"].includes(table) ? [ofRosa] : []));
  });

  test("lets nobody but the house write", async () => {
    const desk = within(house.db, moderatorScope(wren.scope.member));
    await expect(desk.insertInto("case_claims").values({ case_id: ofRosa, member_id: wren.id, taken_at: house.now(), seen_at: house.now() }).execute()).rejects.toThrow(/row-level security/);
    await desk.updateTable("case_decisions").set({ decision: "approve" }).execute();
    await desk.deleteFrom("strikes").execute();
    expect(new Set((await house.db.selectFrom("case_decisions").select("decision").execute()).map(({ decision }) => decision))).toEqual(new Set(["remove"]));
    expect(await shown(house.db, "strikes")).toEqual(new Set([ofRosa, ofPilar, ofNobody]));
  });
});
