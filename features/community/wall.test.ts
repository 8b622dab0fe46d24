import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { furnishTheStreet } from "../../cast/street.ts";
import { openTestHouse } from "../../cast/test-house.ts";
import { openPool, within, type Reader } from "../../platform/db/database.ts";
import { moderatorScope, parentScope, type ConversationId } from "../../platform/http/scope.ts";
import { aFullCommunity } from "./factory.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const tables = ["handles", "consents", "spaces", "space_pauses", "space_members", "topics", "posts", "post_versions", "post_pictures", "unnamed_posts", "warm_acts", "follows", "hidden_members", "hidden_aliases", "muted_topics", "muted_words", "post_reports", "answer_offers", "answer_asks", "drafts", "news_asks"] as const;
const { author, inside, outside } = await aFullCommunity(house, people.lucia);
const keeper = moderatorScope({ ...author.member, memberId: people.wren, roles: new Set(["moderator"]) });

/** What a statement without any `where` is shown. */
const shown = async (db: Reader, table: string): Promise<number> => Number((await sql<{ count: number }>`select count(*) from ${sql.table(table)}`.execute(db)).rows[0]?.count ?? 0);
const titles = async (db: Reader) => (await db.selectFrom("topics").select("title").orderBy("title").execute()).map(({ title }) => title);

describe("behind the gates, the tables themselves", () => {
  test("every one of the community is behind the wall, forced", async () => {
    const { rows } = await sql<{ name: string }>`select relname::text as name from pg_class where relname = any(${[...tables]}) and relrowsecurity and relforcerowsecurity`.execute(house.db);
    expect(rows.map(({ name }) => name).sort()).toEqual([...tables].sort());
  });

  test("show nothing to a statement that says nothing, and nothing to a parent of the helpline", async () => {
    const pool = openPool(house.url, 1);
    await pool.query("select set_config('small_hours.who', '', false)");
    for (const table of tables) {
      const { rows } = await pool.query<{ count: number }>(`select count(*) from ${table}`);
      expect(Number(rows[0]?.count), table).toBe(0);
      expect(await shown(within(house.db, parentScope(crypto.randomUUID() as string as ConversationId)), table), table).toBe(0);
    }
    await pool.end();
    expect(await shown(house.db, "posts")).toBe(4);
  });

  test("show a member what is open to her, and what is hers in any state", async () => {
    expect(await titles(within(house.db, author))).toEqual(["held", "open", "shared", "unnamed"]);
    expect(await titles(within(house.db, inside))).toEqual(["open", "shared", "unnamed"]);
    expect(await titles(within(house.db, outside))).toEqual(["open", "unnamed"]);
    expect(await titles(within(house.db, keeper))).toEqual(["held", "open", "shared", "unnamed"]);
  });

  test("tell no member what another one joined, agreed to, follows, or wrote without her name", async () => {
    expect([await shown(within(house.db, author), "consents"), await shown(within(house.db, outside), "consents")]).toEqual([0, 1]);
    for (const table of ["space_members", "unnamed_posts", "follows", "post_versions"]) expect(await shown(within(house.db, outside), table), table).toBe(0);
    expect(await shown(within(house.db, keeper), "unnamed_posts")).toBe(0);
    expect(await shown(within(house.db, author), "unnamed_posts")).toBe(1);
    for (const table of ["drafts", "news_asks"]) for (const [who, rows] of [[author, 0], [inside, 1], [keeper, 0]] as const) expect(await shown(within(house.db, who), table), table).toBe(rows);
    expect(await shown(within(house.db, keeper), "post_versions")).toBe(1);
  });

  test("show a picture with its post alone, and one that was taken away to who keeps the community", async () => {
    for (const [who, rows] of [[author, 1], [inside, 1], [outside, 1], [keeper, 2]] as const) expect(await shown(within(house.db, who), "post_pictures")).toBe(rows);
    await house.db.updateTable("posts").set({ state: "held" }).where("pictures", ">", 0).execute();
    for (const [who, rows] of [[author, 1], [inside, 0], [outside, 0], [keeper, 2]] as const) expect(await shown(within(house.db, who), "post_pictures")).toBe(rows);
  });

  test("are written by the house alone", async () => {
    for (const scope of [author, keeper]) {
      await expect(within(house.db, scope).insertInto("space_members").values({ space_id: crypto.randomUUID(), member_id: scope.member.memberId, joined_at: house.now() }).execute()).rejects.toThrow(/row-level security/);
      const { numUpdatedRows } = await within(house.db, scope).updateTable("posts").set({ words: "changed" }).executeTakeFirst();
      expect(numUpdatedRows).toBe(0n);
    }
  });
});
