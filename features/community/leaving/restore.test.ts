import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { eraseAllAgain } from "../../../open-house.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { exportTo, importFrom } from "../../../platform/db/backup.ts";
import { readErasures } from "../../../platform/db/erasures.ts";
import { openDatabase, openPool } from "../../../platform/db/database.ts";
import { databaseAt } from "../../../platform/db/test-server.ts";
import type { House } from "../../../platform/http/house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { forgetMember } from "../../accounts/commands.ts";
import { makeMember } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { communityJobs } from "../jobs.ts";
import { forgetInCommunity } from "./commands.ts";

const folder = mkdtempSync(join(tmpdir(), "sh-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const house = await openTestHouse({ ERASURES_FILE: join(folder, "erasures") });
const key = { key: randomBytes(32) };

async function copyOf(pool: pg.Pool): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await exportTo(pool, new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(chunk), done()) }), key);
  return Buffer.concat(chunks);
}

/** A new database, of the same program, with what the backup holds. */
async function restored(file: Buffer): Promise<{ readonly after: pg.Pool; readonly db: House["db"] }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: databaseAt(inject("databaseUrl"), "postgres") });
  await admin.connect();
  await admin.query("select pg_advisory_lock(1)");
  await admin.query(`create database ${name} template template_small_hours`);
  await admin.end();
  const url = databaseAt(inject("databaseUrl"), name);
  const after = new pg.Pool({ connectionString: url, max: 2, options: "-c small_hours.who=house" });
  await importFrom(after, Readable.from([file]), key);
  return { after, db: openDatabase(openPool(url, 2)) };
}

/** A checksum of each table but for the rows that speak of her and of what she wrote. */
async function sums(pool: pg.Pool, not: readonly string[]): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string }>("select tablename::text as name from pg_tables where schemaname = 'public' and tablename <> 'audit_entries' order by 1");
  const all: Record<string, string> = {};
  for (const { name } of rows) {
    const sum = await pool.query<{ sum: string }>(`select coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as sum from "${name}" t where not t::text like any ($1)`, [not.map((id) => `%${id}%`)]);
    all[name] = sum.rows[0]?.sum ?? "";
  }
  return all;
}

test("a backup made before she left does not bring her back: what she erased is erased again before the first page, and nothing else is touched", async () => {
  const pool = openPool(house.url, 2);
  const coordinator = await makeMember(house, ["coordinator"]);
  const space = await makeSpace(house, coordinator, { mode: "watch" });
  const [her, stays] = [await settleMember(house, await makeMember(house, ["member"]), "Gone Heron"), await settleMember(house, await makeMember(house, ["member"]), "Staying Owl")];
  const hers = await write(house, her, space, { words: "Of her who leaves.", title: "Hers" });
  const unnamed = await write(house, her, space, { words: "Hers without a name.", title: "Also hers", unnamed: true });
  await write(house, stays, space, { words: "Of her who stays." });
  const file = await copyOf(pool);

  await inTransaction(house, (act) => forgetInCommunity(house, act, { forget: forgetMember }, her.member.memberId, "erase"));
  await communityJobs(house, () => Promise.resolve())["note-member-erased"]?.({ id: her.member.memberId, how: "erase" });
  await pool.end();

  const { after, db } = await restored(file);
  expect((await after.query("select from posts where id = any($1) and words <> ''", [[hers.postId, unnamed.postId]])).rowCount).toBe(2);
  const about = [her.member.memberId, hers.topicId, hers.postId, unnamed.topicId, unnamed.postId];
  const before = await sums(after, about);
  await eraseAllAgain({ ...house, db });
  expect((await after.query("select state, words, author_id, author_sealed from posts where id = any($1)", [[hers.postId, unnamed.postId]])).rows).toEqual([
    { state: "erased", words: "", author_id: null, author_sealed: null },
    { state: "erased", words: "", author_id: null, author_sealed: null },
  ]);
  expect((await after.query("select from handles where handle = 'Gone Heron'")).rowCount).toBe(0);
  expect((await after.query("select from members where left_at is not null and length(wrapped_key) = 0")).rowCount).toBe(1);
  expect(await sums(after, about)).toEqual(before);
  await after.end();
  await db.destroy();
});

test("a line that was cut off, or that somebody else wrote, erases nobody, and the next one is read", async () => {
  const file = join(folder, "erasures");
  const { erasures } = await readErasures(house);
  expect(erasures).toHaveLength(1);
  expect(readFileSync(file, "utf8")).not.toContain(erasures[0]?.id);
  writeFileSync(file, `${readFileSync(file, "utf8")}bm90.b3Vycw==\nAAAA`);
  const id = randomUUID();
  await communityJobs(house, () => Promise.resolve())["note-member-erased"]?.({ id, how: "nameless" });
  expect(await readErasures(house)).toEqual({ erasures: [...erasures, { kind: "member", id, how: "nameless" }], unread: 2 });
});
