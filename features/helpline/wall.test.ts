import { randomBytes, randomUUID } from "node:crypto";
import { PassThrough } from "node:stream";
import { sql, type KyselyPlugin } from "kysely";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../cast/test-house.ts";
import { exportTo, importFrom } from "../../platform/db/backup.ts";
import { openDatabase, openPool, wallStands, within, type Reader } from "../../platform/db/database.ts";
import { staffRoles, type ConversationId } from "../../platform/http/scope.ts";
import { sendMessage } from "./commands.ts";
import { aFullConversation, aMember, aParent, inside, onDuty } from "./factory.ts";
import { may } from "./policy.ts";
import { conversationsHeld, conversationsWaiting, entriesAfter, standingOf } from "./queries.ts";

const house = await openTestHouse();
const pool = openPool(house.url, 2);
afterAll(() => pool.end());

/** Every table that hangs on a conversation by a reference, however far, or by a column of that name; a later one, too. */
async function tablesOf(db: Reader): Promise<{ name: string; walled: boolean }[]> {
  const { rows } = await sql<{ name: string; walled: boolean }>`
    with recursive hanging as (
      select 'conversations'::regclass::oid as oid
      union select attrelid from pg_attribute a join pg_class c on c.oid = a.attrelid where attname = 'conversation_id' and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      union select k.conrelid from pg_constraint k join hanging h on h.oid = k.confrelid where k.contype = 'f')
    select c.relname::text as name, c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'the_house') as walled
    from pg_class c join hanging h on h.oid = c.oid order by 1`.execute(db);
  return rows;
}

const tables = (await tablesOf(house.db)).map(({ name }) => name);
const ofConversation: Record<string, string> = { conversations: "id", call_back_tries: "(select conversation_id from call_backs b where b.id = call_back_id)", concern_pages: "(select conversation_id from concerns n where n.id = concern_id)" };

/** The conversations whose rows a query without any `where` shows. */
async function shown(db: Reader, table: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select ${sql.raw(ofConversation[table] ?? "conversation_id")} as id from ${sql.table(table)}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

const [ana, marco, judith] = [await onDuty(house, "Ana", { cap: 10 }), await onDuty(house, "Marco", { cap: 10 }), await onDuty(house, "Judith", { roles: ["supervisor"] })];
const [rosa, maya] = [await aFullConversation(house, ana), await aFullConversation(house, marco)];
const waiting = await aParent(house, { words: "Nobody has me yet." });

/** What only the house asks for, and what belongs to a member and not to a conversation. */
const houseAlone = ["conversation_keys", "call_back_tries", "conversation_origins", "blocks"];
const only = (id: ConversationId) => new Set<string>([id]);

describe("the wall", () => {
  test("stands before every table that hangs on a conversation, and its owner does not pass it", async () => {
    expect(tables.length).toBeGreaterThanOrEqual(15);
    expect((await tablesOf(house.db)).filter(({ walled }) => !walled)).toEqual([]);
    expect(await wallStands(pool)).toBe(true);
  });

  test("a table that comes later without it is found", async () => {
    const added = await house.db.transaction().execute(async (tx) => {
      await sql`create table later (conversation_id uuid)`.execute(tx);
      await sql`create table later_still (of_concern uuid references concerns)`.execute(tx);
      const found = (await tablesOf(tx)).filter(({ walled }) => !walled);
      await sql`drop table later, later_still`.execute(tx);
      return found.map(({ name }) => name);
    });
    expect(added).toEqual(["later", "later_still"]);
  });

  test.each(tables)("shows of %s nothing to a statement that does not say for whom it asks", async (table) => {
    expect((await shown(house.db, table)).size).toBeGreaterThan(1);
    const stranger = new pg.Client({ connectionString: house.url });
    await stranger.connect();
    for (const asked of [stranger, pool]) expect((await asked.query(`select from ${table}`)).rowCount).toBe(0);
    await stranger.end();
  });

  test.each(tables)("shows of %s to Rosa her own rows alone, though the query forgot its where", async (table) => {
    const hers = table === "debriefs" || houseAlone.includes(table) ? new Set() : only(rosa.conversationId);
    expect(await shown(within(house.db, rosa), table)).toEqual(hers);
  });

  test.each(tables)("shows of %s to a volunteer what she holds, and no other's", async (table) => {
    const desk = within(house.db, inside(ana, rosa));
    expect(await shown(desk, table)).toEqual(houseAlone.includes(table) ? new Set() : only(rosa.conversationId));
    const elsewhere = await shown(within(house.db, inside(ana, maya)), table);
    // Who is with her, and her own debriefs and claims: no words of anybody's.
    if (table === "claims") expect(elsewhere).toEqual(new Set([rosa.conversationId, maya.conversationId]));
    else if (table === "debriefs") expect(elsewhere).toEqual(only(rosa.conversationId));
    else if (table === "invitations_in") expect(elsewhere).toEqual(only(maya.conversationId));
    else expect(elsewhere).toEqual(new Set());
  });
});

describe("a volunteer", () => {
  test("sees in the queue who waits, and not a word of theirs", async () => {
    expect((await conversationsWaiting(house.db, ana)).map(({ id }) => id)).toEqual([waiting.conversationId]);
    expect(await shown(within(house.db, ana), "entries")).toEqual(only(rosa.conversationId));
    expect(await entriesAfter(house.db, house.keys, inside(ana, waiting), 0)).toEqual([]);
    expect((await conversationsHeld(house.db, ana)).map(({ id }) => id)).toEqual([rosa.conversationId]);
  });

  test("sees no further from the moment that she holds it no more", async () => {
    const parent = await aFullConversation(house, marco);
    const scope = inside(marco, parent);
    expect((await entriesAfter(house.db, house.keys, scope, 0)).length).toBeGreaterThan(0);
    await house.db.updateTable("claims").set({ released_at: house.now(), release_reason: "handed_over" }).where("conversation_id", "=", parent.conversationId).execute();
    expect(await entriesAfter(house.db, house.keys, scope, 0)).toEqual([]);
    expect(await standingOf(house.db, scope)).toBeUndefined();
    expect(await sendMessage(house, scope, "I am still here", randomUUID())).toEqual({ refused: "conversationEnded" });
  });

  test("who was asked in reads on until she leaves", async () => {
    const guest = await aMember(house, "Ines");
    const words = async () => (await entriesAfter(house.db, house.keys, inside(guest, rosa), 0)).length;
    expect(await words()).toBe(0);
    await house.db.updateTable("invitations_in").set({ joined_by: guest.member.memberId, joined_at: house.now() }).where("conversation_id", "=", rosa.conversationId).execute();
    expect(await words()).toBeGreaterThan(0);
    await house.db.updateTable("invitations_in").set({ left_at: house.now() }).where("joined_by", "=", guest.member.memberId).execute();
    expect(await words()).toBe(0);
  });

  test("opens no conversation to herself", async () => {
    const claim = { conversation_id: waiting.conversationId, member_id: ana.member.memberId, taken_at: house.now() };
    await expect(within(house.db, ana).insertInto("claims").values(claim).execute()).rejects.toThrow(/row-level security/);
    await expect(within(house.db, ana).insertInto("invitations_in").values({ conversation_id: waiting.conversationId, invited_by: ana.member.memberId, invited_at: house.now(), joined_by: ana.member.memberId }).execute()).rejects.toThrow(/row-level security/);
  });
});

test("the wall keeps out of another's conversation each role that the policy keeps out, and in nobody's way whom it lets in", async () => {
  for (const role of staffRoles) {
    const member = await aMember(house, `A ${role}`, [role]);
    const reads = async () => (await entriesAfter(house.db, house.keys, inside(member, maya), 0)).length > 0;
    expect(await reads(), role).toBe(may("readConversation", [role], false));
    await house.db.insertInto("invitations_in").values({ conversation_id: maya.conversationId, invited_by: marco.member.memberId, invited_at: house.now(), joined_by: member.member.memberId, joined_at: house.now() }).execute();
    if (may("readConversation", [role], true)) expect(await reads(), role).toBe(true);
  }
});

test("a supervisor reads the one conversation that she is in, and on her desk none but what she holds", async () => {
  expect(await shown(within(house.db, inside(judith, maya, false)), "entries")).toEqual(only(maya.conversationId));
  expect(await shown(within(house.db, judith), "entries")).toEqual(new Set());
});

describe("what is written", () => {
  const at = house.now();
  const words = (id: ConversationId) => ({ conversation_id: id, seq: 99, kind: "message", author: "parent", body_sealed: Buffer.of(1), at });

  test("into another's conversation is refused", async () => {
    for (const scope of [rosa, ana, inside(ana, rosa), inside(ana, maya)]) {
      await expect(within(house.db, scope).insertInto("entries").values(words(maya.conversationId)).execute()).rejects.toThrow(/row-level security/);
    }
  });

  test("over another's changes nothing", async () => {
    for (const scope of [rosa, ana, inside(ana, rosa)]) {
      await within(house.db, scope).updateTable("conversations").set({ parent_read_seq: 77 }).execute();
      await within(house.db, scope).deleteFrom("entries").execute();
    }
    expect((await house.db.selectFrom("conversations").select("id").where("parent_read_seq", "=", 77).execute()).map(({ id }) => id)).toEqual([rosa.conversationId]);
    expect(await shown(house.db, "entries")).toContain(maya.conversationId);
    expect((await entriesAfter(house.db, house.keys, rosa, 0)).length).toBeGreaterThan(0);
  });
});

test("a query that lost its where shows no more: the same code, with every where taken out of it", async () => {
  const forgetful: KyselyPlugin = {
    transformQuery: ({ node }) => {
      const { where: _forgotten, ...rest } = node as typeof node & { where?: unknown };
      return rest as typeof node;
    },
    transformResult: async ({ result }) => result,
  };
  const asked = (db: typeof house.db) => db.transaction().execute(async (tx) => (await tx.withPlugin(forgetful).selectFrom("entries").select("conversation_id").where("conversation_id", "=", rosa.conversationId).execute()).map((row) => row.conversation_id));
  expect(new Set(await asked(house.db)).size).toBeGreaterThan(2);
  expect(new Set(await asked(within(house.db, rosa)))).toEqual(only(rosa.conversationId));
  const right = await entriesAfter(house.db, house.keys, inside(ana, rosa), 0);
  const mutated = await within(house.db, inside(ana, rosa)).transaction().execute((tx) => entriesAfter(tx.withPlugin(forgetful), house.keys, inside(ana, rosa), 0));
  expect(mutated).toEqual(right);
  expect(right.length).toBeGreaterThan(0);
});

describe("a connection", () => {
  const single = openPool(house.url, 1);
  const db = openDatabase(single);
  afterAll(() => db.destroy());
  const remembered = async () => (await single.query<{ all: string }>("select concat(current_setting('small_hours.who', true), current_setting('small_hours.member', true), current_setting('small_hours.conversation', true), current_setting('small_hours.seat', true), current_setting('small_hours.session', true)) as all")).rows[0]?.all;

  test("that goes back to the pool remembers nobody: after a query, an error, a transaction, one that failed", async () => {
    const hers = within(db, rosa);
    await shown(hers, "entries");
    expect(await remembered()).toBe("");
    await expect(sql`select 1 / (select 0 from entries limit 1)`.execute(hers)).rejects.toThrow(/zero/);
    expect(await remembered()).toBe("");
    expect(await hers.transaction().execute(async (tx) => [await shown(tx, "entries"), await shown(tx, "conversations")])).toEqual([only(rosa.conversationId), only(rosa.conversationId)]);
    expect(await remembered()).toBe("");
    await expect(hers.transaction().execute((tx) => sql`select 1 / 0`.execute(tx))).rejects.toThrow(/zero/);
    expect(await remembered()).toBe("");
    expect((await shown(db, "entries")).size).toBeGreaterThan(1);
    expect(await remembered()).toBe("");
  });

  test("that many share shows each her own, whatever is asked between", async () => {
    const shared = openDatabase(openPool(house.url, 3));
    const turns = Array.from({ length: 300 }, (_, at) => [rosa, maya, waiting][at % 3] ?? rosa);
    await Promise.all(
      turns.map(async (parent, at) => {
        if (at % 7 === 0) await sql`select no_such_column from entries`.execute(within(shared, parent)).catch(() => undefined);
        if (at % 5 === 0) await within(shared, parent).transaction().execute((tx) => shown(tx, "entries"));
        expect(await shown(within(shared, parent), "entries")).toEqual(only(parent.conversationId));
        if (at % 3 === 0) expect((await shown(shared, "entries")).size).toBeGreaterThan(2);
      }),
    );
    await shared.destroy();
  });
});

test("a backup holds every row from behind the wall, and a restore puts the wall up again", async () => {
  const target: TestHouse = await openTestHouse();
  const [file, key] = [new PassThrough(), { key: randomBytes(32) }];
  const [from, to] = [openPool(house.url, 1), openPool(target.url, 1)];
  await Promise.all([exportTo(from, file, key), importFrom(to, file, key)]);
  for (const table of tables) expect(await shown(target.db, table), table).toEqual(await shown(house.db, table));
  expect((await tablesOf(target.db)).filter(({ walled }) => !walled)).toEqual([]);
  await Promise.all([from.end(), to.end()]);
});
