import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import type { SideDoor } from "../cast/side-door.ts";
import { startSession } from "../features/accounts/commands.ts";
import { makeMember } from "../features/accounts/factory.ts";
import { makeSpace, settleMember } from "../features/community/factory.ts";
import { pageNeeded } from "../features/safety/events.ts";
import { inTransaction } from "../platform/db/transaction.ts";
import { FaultsBrowser, until } from "./faults-browser.ts";
import { FaultsMember, type Known } from "./faults-members.ts";
import { chanceFrom } from "./faults-people.ts";
import { openToBeKilled } from "./kept-running.ts";

const kills = Number(process.env["KILLS"] ?? 20);
const members = 8;
const leastBetweenKills = 8;
const oneMoreIn = 40;

test(`eight members write, and the server is killed ${kills} times: nothing acknowledged is lost, nothing doubled, nothing without what belongs to it`, async () => {
  const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 1e6));
  const chance = chanceFrom(seed);
  const { program, door } = await openToBeKilled();
  const people: FaultsMember[] = [];
  onTestFinished(() => people.forEach((one) => one.end()));
  const since = performance.now();

  const { id: keeper } = await door.db.selectFrom("members").select("id").where("sign_in_name", "=", "ana").executeTakeFirstOrThrow();
  const spaces = { watched: await makeSpace(door, keeper as never, { mode: "watch" }), readFirst: await makeSpace(door, keeper as never, { mode: "read_first" }) };
  let sent = 0;
  const known: Known = { topics: [], posts: [] };
  const place = {
    ...known,
    spaces,
    onSent: () => void sent++,
    postOf: async (key: string) => (await door.db.selectFrom("posts").select("id").where("sent_key", "=", key).executeTakeFirstOrThrow()).id,
  };
  for (let at = 0; at < members; at++) {
    const id = await makeMember(door, ["member"]);
    await settleMember(door, id, `Heron ${at}`);
    const session = await startSession(door, { memberId: id, way: "passphrase", device: "? on ?" });
    people.push(new FaultsMember(new FaultsBrowser(program.street.base, { cookies: { "__Host-session": session } }), { id, name: `Heron ${at}` }, chanceFrom(seed + at + 1), place));
  }

  const troubles: unknown[] = [];
  const lives = people.map((one) => one.live().catch((error: unknown) => void troubles.push(error)));
  const raised: string[] = [];
  const wanted = () => until(async () => {
    if (troubles.length > 0) throw troubles[0];
    return sent >= due || undefined;
  }, `${due} acts sent`);
  let due = 0;
  for (let kill = 0; kill < kills; kill++) {
    due = sent + leastBetweenKills;
    while (!chance(oneMoreIn)) due++;
    await wanted();
    const id = randomUUID();
    const asks = inTransaction(door, ({ addJob }) => addJob(...pageNeeded({ subjectKind: "post", subjectId: id, reason: "selfHarm", path: "/understand" }))).then(() => raised.push(id));
    await program.kill();
    await asks;
  }
  due = sent + leastBetweenKills;
  await wanted();
  people.forEach((one) => one.end());
  await Promise.all(lives);
  expect(troubles).toEqual([]);
  await until(async () => (await waiting(door, "raise-page")) === 0 || undefined, "every page that was asked for is there");

  const found = { lost: await lost(door, people), doubled: await doubled(door), orphans: await orphans(door) };
  const pages = (await door.db.selectFrom("pages").select("subject_id").where("subject_id", "in", raised).execute()).map(({ subject_id }) => subject_id);
  const total = (of: (one: FaultsMember) => number) => people.reduce((sum, one) => sum + of(one), 0);
  console.log(
    [
      `killed with SIGKILL: ${kills} times in ${((performance.now() - since) / 1000).toFixed(0)} s, under ${members} writers`,
      `acknowledged ${total((one) => one.acknowledged)} acts: ${total((one) => one.posts.length)} posts (${total((one) => one.posts.filter(({ opening }) => opening).length)} topics, ${total((one) => one.posts.filter(({ withdrawn }) => withdrawn).length)} taken back), ${total((one) => one.reports.size)} reports (${total((one) => [...one.reports.values()].filter(({ worried }) => worried).length)} of worry), ${total((one) => one.warm.size)} warm acts; refused ${total((one) => one.refused)}, sent again after a kill ${total((one) => one.sentAgain)}`,
      `lost ${found.lost.length}, doubled ${found.doubled.length}, orphans ${found.orphans.length}; pages asked for ${raised.length}, there ${pages.length} (SEED=${seed})`,
    ].join("\n"),
  );
  expect(found).toEqual({ lost: [], doubled: [], orphans: [] });
  expect(pages.sort()).toEqual(raised.sort());
  expect(Math.min(total((one) => one.posts.length), total((one) => one.reports.size), total((one) => one.warm.size)), "each kind of act was done").toBeGreaterThan(kills / 4);
}, 120_000 + kills * 15_000);

const waiting = async (door: SideDoor, task: string): Promise<number> =>
  (await sql<{ count: number }>`select count(*)::int as count from graphile_worker.jobs where task_identifier = ${task} and attempts < max_attempts`.execute(door.db)).rows[0]?.count ?? 0;

/** What a moderator was asked to look at: a post, and where a report asked, that. As a job that waits, or taken up by the desk. */
async function asked(door: SideDoor): Promise<ReadonlySet<string>> {
  const jobs = sql`select j.payload->>'subjectId' as id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'open-case'
    union all select j.payload->>'reportId' from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'open-case' and j.payload->>'reportId' is not null`;
  const { rows: [desk] } = await sql<{ there: boolean }>`select to_regclass('case_reasons') is not null as there`.execute(door.db);
  const taken = desk?.there ? sql`union all select subject_id::text from cases union all select report_id::text from case_reasons where report_id is not null` : sql``;
  return new Set((await sql<{ id: string }>`${jobs} ${taken}`.execute(door.db)).rows.map(({ id }) => id));
}

/** What was acknowledged and is not there as it was acknowledged. */
async function lost(door: SideDoor, people: readonly FaultsMember[]): Promise<string[]> {
  const posts = new Map((await door.db.selectFrom("posts").select(["id", "sent_key", "topic_id", "opening", "state", "words", "author_id", "author_mark"]).execute()).map((row) => [row.sent_key, row]));
  const reports = new Map((await door.db.selectFrom("post_reports").select(["id", "sent_key", "reporter_id"]).execute()).map((row) => [row.sent_key, row]));
  const warm = new Set((await door.db.selectFrom("warm_acts").select(["post_id", "member_id", "kind"]).execute()).map((row) => `${row.member_id} ${row.post_id} ${row.kind}`));
  const cases = await asked(door);
  const gone: string[] = [];
  const miss = (what: string, holds: boolean | undefined) => void (holds || gone.push(what));
  for (const one of people) {
    for (const own of one.posts) {
      const row = posts.get(own.key);
      miss(`post ${own.key}`, row?.id === own.id && row.topic_id === own.topic && row.opening === own.opening && (row.author_id === one.id || (row.author_id === null && row.author_mark !== null)));
      miss(`words of ${own.key}`, own.withdrawn ? row?.state === "withdrawn" && row.words === "" : row?.words === own.words);
    }
    for (const key of one.reports.keys()) {
      const row = reports.get(key);
      miss(`report ${key}`, row?.reporter_id === one.id);
      miss(`case of report ${key}`, row && cases.has(row.id));
    }
    for (const [which, does] of one.warm) miss(`warm ${which}`, warm.has(`${one.id} ${which}`) === does);
  }
  return gone;
}

/** What is there twice: no text was written twice. */
async function doubled(door: SideDoor): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select words as text from posts where words <> '' group by words having count(*) > 1
    union all select title from topics where space_id in (select space_id from posts) group by title having count(*) > 1
    union all select sent_key::text from posts group by sent_key having count(*) > 1
    union all select sent_key::text from post_reports group by sent_key having count(*) > 1`.execute(door.db);
  return rows.map(({ text }) => text);
}

/** What is there without what belongs to it. */
async function orphans(door: SideDoor): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select 'topic without a first post ' || t.id as what from topics t where (select count(*) from posts p where p.topic_id = t.id and p.opening) <> 1
    union all select 'post without a topic ' || p.id from posts p left join topics t on t.id = p.topic_id where t.id is null or t.space_id <> p.space_id
    union all select 'unfollowed by who opened it ' || p.topic_id from posts p where p.opening and not exists (select from follows f where f.topic_id = p.topic_id)
    union all select 'followed, not there ' || f.topic_id from follows f left join topics t on t.id = f.topic_id where t.id is null
    union all select 'reported, not there ' || r.id from post_reports r left join posts p on p.id = r.post_id where p.id is null
    union all select 'answers miscounted ' || t.id from topics t where t.replies <> (select count(*) from posts p where p.topic_id = t.id and not p.opening and p.state = 'shown')
    union all select 'a topic shown with nothing in it, or the other way round ' || t.id from topics t where (t.shown_at is not null) <> exists (select from posts p where p.topic_id = t.id and p.state = 'shown')
    union all select 'never shown ' || p.id from posts p where p.state = 'shown' and p.shown_at is null
    union all select 'without her name, in no list of hers ' || count(*) from posts where author_mark is not null having count(*) <> (select count(*) from unnamed_posts)
    union all select 'in silence ' || t.id from topics t where t.shown_at is not null and t.replies = 0 and not exists (
      select from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier = 'ask-to-answer' and j.payload->>'topicId' = t.id::text)`.execute(door.db);
  const cases = await asked(door);
  const unread = await sql<{ id: string; what: string }>`select id, 'waits, and nobody is asked ' || id as what from posts where state = 'held' union all select id, 'reported, and nobody is asked ' || id from post_reports`.execute(door.db);
  return [...rows, ...unread.rows.filter(({ id }) => !cases.has(id))].map(({ what }) => what);
}
