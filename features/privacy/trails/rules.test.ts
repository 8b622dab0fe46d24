import { sql } from "kysely";
import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { classOf, dataClasses } from "../rules.ts";
import type { ClassId } from "../types.ts";
import { byClass, trails, trailsIn } from "./rules.ts";

const house = await openTestHouse();

/** Columns that name a member who did something to what is another's, or to what is nobody's: the row is not about her. */
const acted = /_by$|^(from|to)_member$|^asked_by_member$|^verified_by$|^owner_id$/;
/** Rows that hang on a row that a trail names, or stand under seal, or name who worked on what is another's. */
const elsewhere = new Set(["entries.member_id", "claims.member_id", "closures.member_id", "referrals.member_id", "call_back_tries.member_id", "concern_pages.member_id", "case_claims.member_id", "case_views.member_id", "case_decisions.member_id", "case_settlements.member_id", "case_pairings.with_member", "case_pairing_calls.member_id", "page_calls.member_id", "evening_lines.member_id", "evening_presence.member_id", "evening_sides.member_id", "evening_small_rooms.member_id", "session_messages.member_id", "hidden_members.hidden_id", "listing_calls.member_id", "directory_imports.member_id", "passkey_challenges.member_id"]);

test("every column that names a member is a trail, or says by its name that she only acted there, or is known to hang on another", async () => {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname::text as "table", a.attname::text as "column" from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.confrelid = 'members'::regclass`.execute(house.db);
  const known = new Set(trails.map(({ table, column }) => `${table}.${column}`));
  const lost = rows.map(({ table, column }) => `${table}.${column}`).filter((one) => !known.has(one) && !elsewhere.has(one) && !acted.test(one.split(".")[1] ?? ""));
  expect(lost.sort()).toEqual([]);
});

test("every table that hangs on a conversation has a trail, or holds nobody's words", async () => {
  const { rows } = await sql<{ table: string }>`select c.relname::text as "table" from pg_constraint k join pg_class c on c.oid = k.conrelid where k.contype = 'f' and k.confrelid = 'conversations'::regclass`.execute(house.db);
  const known = new Set(trails.filter(({ person }) => person === "conversation").map(({ table }) => table));
  expect(rows.map(({ table }) => table).filter((table) => !known.has(table)).sort()).toEqual(["debriefs", "invitations_in"]);
});

test("every class about somebody has a trail, but those in which nobody can be told", () => {
  const without = (Object.keys(dataClasses) as ClassId[]).filter((id) => dataClasses[id].about !== "nobody" && trailsIn([id]).length === 0);
  expect(without).toEqual(["calls", "texts", "tips"]);
  expect(trails.every(({ table }) => table in classOf)).toBe(true);
});

test("rows are added up by class in the order of the pages, and a class without any is left out", () => {
  expect(byClass([{ table: "posts", rows: 2 }, { table: "unnamed_posts", rows: 1 }, { table: "entries", rows: 4 }, { table: "consents", rows: 0 }])).toEqual([{ id: "conversations", rows: 4 }, { id: "posts", rows: 3 }]);
});
