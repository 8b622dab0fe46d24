import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { memberScope, type MemberScope } from "../../../platform/http/scope.ts";
import { browser, goodPassphrase, makeMember, makeSignedIn, runJobs } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { hide, muteWord } from "../hiding/commands.ts";
import { hiddenBy } from "../hiding/queries.ts";
import { carryOut, changePost, reply, warm } from "../posts/commands.ts";
import { report } from "../reports/commands.ts";
import { topicFor, topicsIn } from "../topics/queries.ts";
import type { Kept } from "../posts/commands.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const space = await makeSpace(house, people.lucia, { mode: "watch" });
const other = await settleMember(house, await makeMember(house, ["member"]), "Staying Wren");

/** Somebody with a place here and a browser that holds her session. */
async function somebody(handle: string): Promise<{ readonly scope: MemberScope; readonly page: ReturnType<typeof browser> }> {
  const { id, cookie, scope } = await makeSignedIn(house, ["member"], { name: handle, passphrase: goodPassphrase });
  await settleMember(house, id, handle);
  return { scope: memberScope(scope.member), page: browser(app, cookie) };
}

async function answer(who: MemberScope, to: Kept, words: string, unnamed = false): Promise<Kept> {
  const kept = await reply(house, who, to.topicId, { key: randomUUID(), words, language: "en", unnamed });
  if ("refused" in kept) throw new Error(kept.refused);
  return kept;
}

/** In which columns of the whole database this text stands, in letters or in bytes. */
async function whereStands(text: string): Promise<string[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as table, quote_ident(column_name) as column from information_schema.columns
    where table_schema in ('public', 'graphile_worker') and (table_schema, table_name) in (select schemaname, tablename from pg_tables)`.execute(house.db);
  const found: string[] = [];
  for (const { table, column } of rows) {
    const { rows: hits } = await sql`select from ${sql.raw(table)} where strpos(lower(${sql.raw(column)}::text), lower(${text})) > 0 or strpos(${sql.raw(column)}::text, encode(convert_to(${text}, 'UTF8'), 'hex')) > 0 limit 1`.execute(house.db);
    if (hits.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

test("she erases everything: no column of any table holds a word or a name of hers, what others answered stays, and the counts are right", async () => {
  const { scope: her, page } = await somebody("Canary Heron");
  const hers = await write(house, her, space, { title: "canarytitle", words: "canaryopening" });
  const alone = await write(house, her, space, { title: "canaryalone", words: "canaryalone" });
  const unnamed = await write(house, her, space, { title: "canarysecret", words: "canarysecret", unnamed: true });
  const theirs = await write(house, other, space, { title: "Of somebody else", words: "Still awake." });
  await answer(her, theirs, "canaryreply");
  await answer(her, theirs, "canaryhidden", true);
  const stays = await answer(other, hers, "What others say stays.");
  await changePost(house, her, hers.postId, "canarychanged");
  await muteWord(house, her, "canarymuted");
  await page.post(`/community/spaces/${space}/draft`, { words: "canarydraft" });
  await page.post("/community/mine/news", { every: "week" });
  await warm(house, her, theirs.postId, "me_too", true);
  await report(house, her, theirs.postId, { key: randomUUID(), reason: "other", words: "canaryreport" });
  await hide(house, other, hers.postId, "mute");
  expect(await whereStands("canarychanged")).toContain("public.posts.words");
  expect(await whereStands("Canary Heron")).toContain("public.handles.handle");

  expect((await page.get("/community/leave")).text).toContain("Erase everything I wrote");
  expect((await page.post("/community/leave/erase", { words: "not my words" })).text).toContain("These are not your words");
  const left = await page.post("/community/leave/erase", { words: goodPassphrase });
  expect(left.headers.get("clear-site-data")).toBe('"cache", "cookies", "storage"');
  expect(left.text).toContain("What is gone");
  await runJobs(house);

  for (const table of ["drafts", "news_asks"] as const) expect(await house.db.selectFrom(table).selectAll().where("member_id", "=", her.member.memberId).execute(), table).toEqual([]);
  for (const word of ["canary", "Heron"]) expect(await whereStands(word)).toEqual([]);
  expect((await page.get("/community/spaces")).to).toBe("/community");
  expect((await topicFor(house.db, house.keys, other, hers.topicId))?.posts.map(({ id, words }) => [id, words])).toEqual([[stays.postId, "What others say stays."]]);
  expect((await topicFor(house.db, house.keys, other, theirs.topicId))?.topic.replies).toBe(0);
  const listed = await topicsIn(house.db, other, space);
  expect(listed.find(({ id }) => id === hers.topicId)).toMatchObject({ title: "Erased by who wrote it", replies: 1 });
  expect(listed.filter(({ id }) => id === alone.topicId || id === unnamed.topicId)).toEqual([]);
  expect(await hiddenBy(house.db, house.keys, other)).toEqual([]);
  const row = await house.db.selectFrom("members").selectAll().where("id", "=", her.member.memberId).executeTakeFirstOrThrow();
  expect(row.left_at).not.toBeNull();
  expect(row.wrapped_key).toHaveLength(0);
});

test("she leaves her words without a name: what others read stays under nobody's, what waited is erased, and no row says whose it was", async () => {
  const { scope: her, page } = await somebody("Leaving Finch");
  const shown = await write(house, her, space, { words: "These words may stay." });
  const unnamed = await answer(her, shown, "And these.", true);
  const held = await answer(her, shown, "canaryheld");
  await carryOut(house, held.postId, "hold", house.now());
  expect((await page.post("/community/leave/nameless", { words: goodPassphrase })).status).toBe(200);
  const topic = await topicFor(house.db, house.keys, other, shown.topicId);
  expect(topic?.posts.map(({ id, by, words }) => [id, by, words])).toEqual([[shown.postId, undefined, "These words may stay."], [unnamed.postId, undefined, "And these."]]);
  expect(topic?.topic.replies).toBe(1);
  expect(await whereStands("canaryheld")).toEqual([]);
  expect(await whereStands("Leaving Finch")).toEqual([]);
  const rows = await house.db.selectFrom("posts").select(["author_id", "author_mark", "author_sealed", "alias"]).where("topic_id", "=", shown.topicId).execute();
  expect(new Set(rows.flatMap((row) => Object.values(row)))).toEqual(new Set([null]));
});

test("her name is free again, and her consents are rows with dates and without a sentence", async () => {
  const { scope: her, page } = await somebody("Free Again");
  await house.db.insertInto("consents").values({ member_id: her.member.memberId, kind: "collect", wording: "Keep what I write here.", given_at: house.now() }).execute();
  await page.post("/community/leave/erase", { words: goodPassphrase });
  const consents = await house.db.selectFrom("consents").select(["wording", "withdrawn_at"]).where("member_id", "=", her.member.memberId).execute();
  expect(consents).toEqual([{ wording: "", withdrawn_at: house.now() }]);
  await settleMember(house, await makeMember(house, ["member"]), "Free Again");
});

test("who also works here keeps her account until that is ended", async () => {
  const { id, cookie } = await makeSignedIn(house, ["member", "volunteer"], { passphrase: goodPassphrase });
  await settleMember(house, id);
  const refused = await browser(app, cookie).post("/community/leave/erase", { words: goodPassphrase });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain("You also work here");
});
