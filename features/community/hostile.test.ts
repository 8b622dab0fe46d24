import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createApp } from "../../app.tsx";
import { furnishTheStreet } from "../../cast/street.ts";
import { openTestHouse } from "../../cast/test-house.ts";
import { browser, makeSignedIn, signInAs } from "../accounts/factory.ts";
import { makeSpace, settleMember, write } from "./factory.ts";
import { muteWord } from "./hiding/commands.ts";
import { carryOut, reply, withdrawPost } from "./posts/commands.ts";
import { report } from "./reports/commands.ts";
import { joinSpace } from "./spaces/commands.ts";
import { topicFor } from "./topics/queries.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const settle = async () => {
  const { id, cookie } = await makeSignedIn(house, ["member"]);
  return { scope: await settleMember(house, id), cookie };
};
const stranger = await settle();
// So many that no limit of how fast one of them writes stands before what is tried.
const members = await Promise.all(Array.from({ length: 60 }, settle));
const hers = members[0] ?? expect.fail();

const watched = await makeSpace(house, people.lucia, { mode: "watch" });
const readFirst = await makeSpace(house, people.lucia, { mode: "read_first" });
const shared = await makeSpace(house, people.lucia, { mode: "watch", shared: { en: "I lost a baby.", es: "Perdí un bebé." } });
await joinSpace(house, stranger.scope, shared);

// Of another: what waits, what only those who share it read, what was taken out; and what is nobody's but hers.
const open = await write(house, stranger.scope, watched, { title: "For all", words: "For all who read." });
const held = await write(house, stranger.scope, readFirst, { title: "canary-waits-1", words: "canary-waits-2" });
const inside = await write(house, stranger.scope, shared, { title: "canary-inside-1", words: "canary-inside-2" });
const removed = await write(house, stranger.scope, watched, { title: "canary-waits-3", words: "canary-waits-4", unnamed: true });
await carryOut(house, removed.postId, "remove", house.now());
const back = await write(house, stranger.scope, watched, { title: "canary-waits-5", words: "canary-hers-1" });
await withdrawPost(house, stranger.scope, back.postId);
const own = await write(house, hers.scope, watched, { title: "Mine", words: "Mine." });
const answer = await reply(house, stranger.scope, own.topicId, { key: randomUUID(), words: "I am here.", language: "en", unnamed: false });
if ("refused" in answer) throw new Error(answer.refused);
await report(house, stranger.scope, own.postId, { key: randomUUID(), reason: "untrue", words: "canary-hers-2" });
await muteWord(house, stranger.scope, "canary-hers-3");

const cookies = { visitor: "", member: hers.cookie, volunteer: (await signInAs(house, people.ana)).cookie, moderator: (await signInAs(house, people.wren)).cookie, coordinator: (await signInAs(house, people.lucia)).cookie };
type Who = keyof typeof cookies;
const everybody = Object.keys(cookies) as Who[];
/** What one of these may never read: what is hers alone; and whoever does not keep the community, what waits, was taken out or is shared by others. */
const notFor = (role: Who) => (role === "moderator" ? /canary-hers/ : /canary-/);

test("she herself reads what is hers, those who share it what they share, and who keeps the community what waits", async () => {
  const herself = browser(app, stranger.cookie);
  expect((await herself.get(`/community/topics/${held.topicId}`)).text).toContain("canary-waits-2");
  expect((await herself.get(`/community/topics/${inside.topicId}`)).text).toContain("canary-inside-2");
  expect((await herself.get("/community/hidden")).text).toContain("canary-hers-3");
  expect((await browser(app, cookies.moderator).get(`/community/topics/${held.topicId}`)).text).toContain("canary-waits-2");
});

const ids = [open, held, inside, removed, back, own, answer].flatMap(({ topicId, postId }) => [topicId, postId]);
const isId = fc.constantFrom<string>(...ids, watched, readFirst, shared);
const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom("", "\0", "\ud800", "'; drop table posts; --", "<script>alert(1)</script>", "../../etc/passwd", "%00", "%", "{}", "null", "[1]", "-1", "1e99", "NaN", "9".repeat(400), "-".repeat(36), "2026-99-99T00:00:00Z", "0000-01-01T00:00:00Z", "2026-11-27T00:00:00Z", "x".repeat(9000), "00000000-0000-0000-0000-000000000000", "A".repeat(43), "//elsewhere.example", "javascript:alert(1)", "__proto__"),
  fc.constantFrom("yes", "no", "en", "both", "loss", "me_too", "worried", "hurts", "block", "mute", "topic", "alias", "word", "watch", "read_first", "3"),
  isId,
  isId.map((id) => `${id} ${"ab".repeat(32)}`),
);
const fields = ["title", "words", "language", "note", "unnamed", "quotes", "quote", "kind", "does", "reason", "before", "what", "id", "at", "word", "offer", "unfolds", "handle", "rules", "collect", "nameEn", "nameEs", "aboutEn", "aboutEs", "sharedEn", "sharedEs", "mode", "reasonEn", "reasonEs", "hours", "before", "place", "after", "every"];
const form = fc.tuple(fc.dictionary(fc.constantFrom(...fields), nasty, { maxKeys: 10 }), fc.option(nasty, { freq: 3, nil: undefined })).map(([said, key]) => ({ words: "Awake.", title: "Awake?", ...said, key: key ?? randomUUID() }));
const value = fc.oneof({ weight: 3, arbitrary: isId }, { weight: 1, arbitrary: nasty }).map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 2000) || "x");
const routes = app.routes.filter(({ path }) => path.startsWith("/community") && !path.endsWith("/stream"));
const wellFormed = (said: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(said).map(([name, text]) => [name, text.toWellFormed()]));

/** What stands without what belongs to it. */
async function halves(): Promise<unknown[]> {
  const { rows } = await sql`
    select 'no first post' as what, t.id from topics t where (select count(*) from posts p where p.topic_id = t.id and p.opening) <> 1
    union all select 'miscounted', t.id from topics t where t.replies <> (select count(*) from posts p where p.topic_id = t.id and not p.opening and p.state = 'shown')
    union all select 'shown or not', t.id from topics t where (t.shown_at is not null) <> exists (select from posts p where p.topic_id = t.id and p.state = 'shown')
    union all select 'nobody reads it', p.id from posts p where p.state = 'held' and not exists (select from graphile_worker._private_jobs j where j.payload->>'subjectId' = p.id::text)
    union all select 'nobody reads the report', r.id from post_reports r where not exists (select from graphile_worker._private_jobs j where j.payload->>'reportId' = r.id::text)`.execute(house.db);
  return rows;
}

const theirs = async () => ({
  posts: await house.db.selectFrom("posts").select(["id", "words", "state", "held_for", "decided_at"]).where("id", "in", ids).where("id", "<>", own.postId).orderBy("id").execute(),
  topics: await house.db.selectFrom("topics").select(["id", "title", "shown_at"]).where("id", "in", ids).where("id", "<>", own.topicId).orderBy("id").execute(),
  reports: await house.db.selectFrom("post_reports").selectAll().where("reporter_id", "=", stranger.scope.member.memberId).execute(),
  words: await house.db.selectFrom("muted_words").selectAll().where("member_id", "=", stranger.scope.member.memberId).execute(),
  place: await house.db.selectFrom("handles").selectAll().where("member_id", "=", stranger.scope.member.memberId).execute(),
});
const before = await theirs();

test("whatever is asked or posted, by whom, nothing of the community fails, nobody reads what is not hers to read, and nothing is kept by halves", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), fc.constantFrom(...everybody, "member" as const), fc.nat(members.length - 1), form, value, async ({ method, path }, role, at, said, id) => {
      house.passTime({ milliseconds: 1 });
      const one = browser(app, role === "member" ? members[at]?.cookie : cookies[role]);
      const address = path.replaceAll(/:\w+/g, id);
      const { status, text, headers, to } = await (method === "GET" ? one.get(`${address}?${new URLSearchParams(wellFormed(said)).toString().slice(0, 4000)}`) : one.post(address, wellFormed(said)));
      const where = `${method} ${address} as ${role}`;
      expect(status, where).toBeLessThan(500);
      expect(`${text}${[...headers.values()].join()}`, where).not.toMatch(notFor(role));
      if (to !== null) expect(to, where).toMatch(/^\/(?![/\\])/);
      // Whoever said that she shares it may read it from then on; here she says so by chance.
      await house.db.deleteFrom("space_members").where("space_id", "=", shared).where("member_id", "<>", stranger.scope.member.memberId).execute();
    }),
    { numRuns: Number(process.env["HISTORIES"] ?? 900) },
  );
  expect(await halves()).toEqual([]);
  expect(await theirs()).toEqual(before);
}, 240_000);

test("another's post, topic and space are not there, by any address and any act", async () => {
  const said = { key: randomUUID(), title: "x", words: "in another's name", kind: "me_too", does: "yes", reason: "hurts", what: "mute", offer: "yes" };
  for (const { method, path } of routes.filter((route) => /:(post|topic|space)/.test(route.path) && !route.path.includes("/keep")))
    for (const role of everybody)
      for (const [post, topic, space] of [[held.postId, held.topicId, shared], [inside.postId, inside.topicId, shared], [removed.postId, removed.topicId, shared], [back.postId, back.topicId, shared]] as const) {
        if (/\/(join|leave)$/.test(path)) continue;
        const one = browser(app, cookies[role]);
        const address = path.replace(":post", post).replace(":topic", topic).replace(":space", space);
        const { status, to, text } = await (method === "GET" ? one.get(address) : one.post(address, { ...said, key: randomUUID() }));
        const where = `${method} ${path} as ${role}: ${status} ${to}`;
        expect(text, where).not.toMatch(notFor(role));
        // Who keeps the community reads all; a space says of itself what is shared in it, and asks whoever does not share it to join.
        const looks = method === "GET" || path.endsWith("/search");
        const reads = looks && ((role === "moderator" && /:topic|:space(\/search)?$/.test(path)) || (role === "member" && path.endsWith(":space")));
        expect(reads || status === 404 || (role === "visitor" && to === "/community"), where).toBe(true);
      }
  expect(await theirs()).toEqual(before);
  expect(await halves()).toEqual([]);
});

test("no other method does anything at any address", async () => {
  for (const path of new Set(routes.map((route) => route.path)))
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
      const response = await app.request(path.replace(":post", own.postId).replace(":topic", own.topicId).replace(":space", watched), { method, headers: { cookie: cookies.member, host: "localhost:3000", origin: "http://localhost:3000" } });
      expect([403, 404, 405], `${method} ${path}`).toContain(response.status);
    }
  expect(await theirs()).toEqual(before);
});

test("what is typed as a page or a program is shown as it was typed, and what no text can hold is left out", async () => {
  const one = browser(app, members[1]?.cookie);
  const { to } = await one.post(`/community/spaces/${watched}/topics`, { key: randomUUID(), title: "<b>T</b>", words: "<img src=x onerror=alert(1)> '; drop table posts; -- \0end" });
  const { text } = await one.get(to ?? "");
  expect(text).toContain("&lt;img src=x onerror=alert(1)> '; drop table posts; -- end");
  expect(text).not.toMatch(/<img src=x|<b>T/);
  expect((await one.post(`/community/spaces/${watched}/topics`, { key: randomUUID(), title: "x", words: "y".repeat(6001) })).status).toBe(422);
  expect((await one.post(`/community/spaces/${watched}/topics`, { key: randomUUID(), title: "x", words: "y".repeat(3_000_000) })).status).toBe(413);
});

test("what only looks like a time or an id is answered like any other that is not there", async () => {
  const one = browser(app, members[1]?.cookie);
  for (const at of ["2026-99-99T00:00:00Z", "0000-01-01T00:00:00Z", "2026-11-27T::Z"]) expect((await one.get(`/community/spaces/${watched}?${new URLSearchParams({ at, id: open.topicId }).toString()}`)).status, at).toBe(200);
  for (const kind of ["block", "mute", "alias", "topic", "word"]) for (const id of ["-".repeat(36), `${"a".repeat(36)} ${"ab".repeat(32)}`, `${open.topicId} ${"ab".repeat(32)}`]) expect([303, 404], `${kind} ${id}`).toContain((await one.post("/community/hidden/show", { kind, id })).status);
});

test("each form that is sent twenty times at once is sent once", async () => {
  // Of her own: the members of the test before have sent what chance brought.
  const [writer, reader] = [await settle(), await settle()];
  const twenty = async (who: { cookie: string }, path: string, said: Record<string, string> = {}) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser(app, who.cookie).post(path, said)));
    for (const { status } of answers) expect(status, path).toBe(303);
    expect(new Set(answers.map(({ to }) => to)).size, path).toBe(1);
    return answers[0]?.to ?? "";
  };
  const space = await makeSpace(house, people.lucia, { mode: "watch" });
  const topic = await twenty(writer, `/community/spaces/${space}/topics`, { key: randomUUID(), title: "Once", words: "Once." });
  const topicId = topic.split("/").at(-1) ?? "";
  const answered = await twenty(reader, `${topic}/replies`, { key: randomUUID(), words: "One answer." });
  const post = answered.split("#post-").at(-1) ?? "";
  const opening = (await topicFor(house.db, house.keys, writer.scope, topicId as never))?.posts[0]?.id ?? expect.fail();
  await twenty(reader, `/community/posts/${post}/change`, { words: "Other words." });
  await twenty(reader, `/community/posts/${opening}/warm`, { kind: "thank_you", does: "yes" });
  await twenty(reader, `/community/posts/${opening}/report`, { key: randomUUID(), reason: "worried", words: "" });
  await twenty(reader, "/community/hidden/words", { word: "stillbirth" });
  for (const what of ["topic", "mute"]) await twenty(writer, `/community/posts/${post}/hide`, { what });
  await twenty(writer, "/community/hidden/show", { kind: "mute", id: reader.scope.member.memberId });
  await twenty(reader, `/community/spaces/${shared}/join`);
  await twenty(reader, `/community/spaces/${shared}/leave`);
  await twenty(reader, "/community/mine/unfolds", { unfolds: "loss" });
  const of = async (table: "posts" | "post_versions" | "warm_acts" | "post_reports" | "muted_words" | "muted_topics" | "hidden_members" | "space_members" | "follows") =>
    Number((await sql<{ count: number }>`select count(*) from ${sql.table(table)} where ${table === "posts" || table === "muted_topics" || table === "follows" ? sql`topic_id = ${topicId}` : table === "post_versions" ? sql`post_id = ${post}` : table === "warm_acts" || table === "post_reports" ? sql`post_id = ${opening}` : sql`member_id in (${writer.scope.member.memberId}, ${reader.scope.member.memberId})`}`.execute(house.db)).rows[0]?.count);
  expect({ posts: await of("posts"), versions: await of("post_versions"), warm: await of("warm_acts"), reports: await of("post_reports"), words: await of("muted_words"), topics: await of("muted_topics"), hidden: await of("hidden_members"), joined: await of("space_members"), follows: await of("follows") })
    .toEqual({ posts: 2, versions: 1, warm: 1, reports: 1, words: 1, topics: 1, hidden: 0, joined: 0, follows: 1 });
  await twenty(reader, `/community/posts/${post}/withdraw`);
  expect(await of("post_versions")).toBe(2);
  const keeper = { cookie: cookies.coordinator };
  await twenty(keeper, "/community/keep", { key: randomUUID(), language: "en", nameEn: "Once", nameEs: "Una vez", aboutEn: "About.", aboutEs: "Sobre.", sharedEn: "", sharedEs: "", mode: "watch" });
  expect(await house.db.selectFrom("spaces").select("id").where("name_en", "=", "Once").execute()).toHaveLength(1);
  await twenty(keeper, `/community/keep/${space}/pause`, { reasonEn: "We read.", reasonEs: "Leemos.", hours: "3" });
  expect(await house.db.selectFrom("space_pauses").select("id").where("space_id", "=", space).where("ended_at", "is", null).execute()).toHaveLength(1);
  await twenty(keeper, `/community/keep/${space}/resume`);
  expect(await halves()).toEqual([]);
}, 120_000);
