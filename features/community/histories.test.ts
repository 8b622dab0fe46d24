import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { furnishTheStreet } from "../../cast/street.ts";
import { openTestHouse } from "../../cast/test-house.ts";
import { moderatorScope, type MemberScope } from "../../platform/http/scope.ts";
import type { Instant } from "../../platform/time/time.ts";
import { makeMember } from "../accounts/factory.ts";
import { makeSpace, settleMember, write } from "./factory.ts";
import { allOf } from "./mine/queries.ts";
import { carryOut, changePost, reply, withdrawPost } from "./posts/commands.ts";
import { changeHours, heldReasonsOf, newcomersPosts } from "./rules.ts";
import { topicFor, topicsIn } from "./topics/queries.ts";
import { decisions, spaceModes, type Decision, type PostId, type PostState, type SpaceId, type SpaceMode, type TopicId } from "./types.ts";

/** Histories of one topic each: 200 in every run, more with HISTORIES=2000. */
const histories = Number(process.env["HISTORIES"] ?? 200);

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const members: MemberScope[] = [];
for (let count = 0; count < 4; count++) members.push(await settleMember(house, await makeMember(house, ["member"])));
const spaces = new Map<SpaceMode, SpaceId>();
for (const mode of spaceModes) spaces.set(mode, await makeSpace(house, people.lucia, { mode }));
const settled = members[3] ?? expect.fail();
const watched = spaces.get("watch") ?? expect.fail();
for (let count = 0; count < newcomersPosts; count++) await write(house, settled, watched);
const keeper = moderatorScope({ ...settled.member, memberId: people.wren, roles: new Set(["moderator"]) });

const who = fc.nat(members.length - 1);
const which = fc.nat(20);
const contact = fc.boolean();
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("writes" as const), who, contact, unnamed: fc.boolean(), quotes: fc.option(which, { nil: undefined }) }) },
  // Of a decision that comes late: for so long it was under way. Twice: its job ran again.
  { weight: 7, arbitrary: fc.record({ kind: fc.constant("decides" as const), which, decision: fc.constantFrom(...decisions), late: fc.constantFrom(0, 0, 2, 5, 20), twice: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("changes" as const), who: fc.option(who, { nil: undefined }), which, contact, same: fc.integer({ min: 0, max: 5 }).map((one) => one === 0) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("takesBack" as const), who: fc.option(who, { nil: undefined }), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("timePasses" as const), minutes: fc.constantFrom(3, 30, changeHours * 60 + 1) }) },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** A post as it should stand. */
type Modelled = { readonly id: PostId; readonly author: MemberScope; readonly opening: boolean; readonly unnamed: boolean; readonly writtenAt: Instant; readonly quotes: PostId | undefined; state: PostState; words: string; editedAt: Instant | undefined; decidedAt: Instant | undefined };
type World = { readonly mode: SpaceMode; readonly topic: TopicId; readonly posts: Modelled[] };

/** Posts of each that were shown once, in all histories. */
const accepted = new Map<MemberScope, Set<PostId>>(members.map((one) => [one, new Set()]));
for (let count = 0; count < newcomersPosts; count++) accepted.get(settled)?.add(randomUUID() as string as PostId);
const waits = (mode: SpaceMode, author: MemberScope, text: string) => heldReasonsOf(mode, accepted.get(author)?.size ?? 0, text).length > 0;
const stands = (post: Modelled, state: PostState) => {
  post.state = state;
  if (state === "shown") accepted.get(post.author)?.add(post.id);
};

let written = 0;
const wordsWith = (contact: boolean) => `words ${++written}${contact ? " text me: five one two 555 0143" : ""}`;
const isSooner = (one: Instant, other: Instant | undefined) => other !== undefined && Temporal.Instant.compare(one, other) < 0;
const isOver = (post: Modelled) => post.state === "withdrawn";
const isOpen = ({ posts }: World) => posts.some(({ state }) => state === "shown");

async function live(world: World, step: Act): Promise<void> {
  house.passTime({ seconds: 1 });
  const post = "which" in step ? (world.posts[step.which % world.posts.length] ?? expect.fail()) : undefined;
  switch (step.kind) {
    case "timePasses":
      house.passTime({ minutes: step.minutes });
      return;
    case "writes":
      return writes(world, step);
    case "decides":
      return decides(post ?? expect.fail(), step);
    case "changes": {
      const by = step.who === undefined ? post?.author : members[step.who];
      return changes(world, post ?? expect.fail(), by ?? expect.fail(), step.same ? (post?.words ?? "") : wordsWith(step.contact));
    }
    case "takesBack": {
      const by = step.who === undefined ? post?.author : members[step.who];
      const taken = await withdrawPost(house, by ?? expect.fail(), post?.id ?? expect.fail());
      const may = post && by === post.author && post.state !== "removed";
      expect(taken !== undefined).toBe(may);
      if (may) Object.assign(post, { state: "withdrawn", words: "" });
    }
  }
}

async function writes(world: World, { who: by, contact: withContact, unnamed, quotes }: Extract<Act, { kind: "writes" }>): Promise<void> {
  const author = members[by] ?? expect.fail();
  const words = wordsWith(withContact);
  const quoted = quotes === undefined ? undefined : world.posts[quotes % world.posts.length];
  const kept = await reply(house, author, world.topic, { key: randomUUID(), words, language: "en", unnamed }, quoted?.id);
  expect("refused" in kept).toBe(!isOpen(world));
  if ("refused" in kept) return;
  const state = waits(world.mode, author, words) ? "held" : "shown";
  expect(kept.state).toBe(state);
  const post: Modelled = { id: kept.postId, author, opening: false, unnamed, writtenAt: house.now(), quotes: quoted?.state === "shown" ? quoted.id : undefined, state, words, editedAt: undefined, decidedAt: undefined };
  stands(post, state);
  world.posts.push(post);
}

const after: Readonly<Record<Decision, PostState>> = { approve: "shown", put_back: "shown", ask_to_change: "asked", remove: "removed", hold: "held" };

async function decides(post: Modelled, { decision, late, twice }: Extract<Act, { kind: "decides" }>): Promise<void> {
  const at = house.now().subtract({ seconds: late });
  for (let times = 0; times < (twice ? 2 : 1); times++) await carryOut(house, post.id, decision, at);
  const isLater = post.decidedAt === undefined || isSooner(post.decidedAt, at);
  // Nobody has read what was written since.
  const isOfOtherWords = after[decision] === "shown" && isSooner(at, post.editedAt);
  if (isOver(post) || !isLater || isOfOtherWords) return;
  post.decidedAt = at;
  stands(post, after[decision]);
}

async function changes(world: World, post: Modelled, by: MemberScope, words: string): Promise<void> {
  const changed = await changePost(house, by, post.id, words);
  if (by !== post.author) return void expect(changed).toBeUndefined();
  if (words === post.words) return void expect(changed).toMatchObject({ state: post.state });
  const inTime = post.state === "asked" || ((post.state === "held" || post.state === "shown") && Temporal.Instant.compare(house.now(), post.writtenAt.add({ hours: changeHours })) < 0);
  if (!inTime) return void expect(changed).toEqual({ refused: "tooLate" });
  const state = post.state === "shown" && !waits(world.mode, by, words) ? "shown" : "held";
  expect(changed).toMatchObject({ state });
  Object.assign(post, { state, words, editedAt: house.now() });
}

/** What the tables and two who read say right after each act; all who read, at the end. */
async function look(world: World, readers: readonly MemberScope[]): Promise<void> {
  const { topic, posts } = world;
  const shown = posts.filter(({ state }) => state === "shown");
  const row = await house.db.selectFrom("topics").select(["replies", "shown_at", "space_id"]).where("id", "=", topic).executeTakeFirstOrThrow();
  expect(row.replies, "as many answers as are shown").toBe(shown.filter(({ opening }) => !opening).length);
  expect(row.shown_at !== null, "shown while anything in it is").toBe(isOpen(world));
  const rows = await house.db.selectFrom("posts").select(["state", "held_for"]).where("topic_id", "=", topic).where("state", "=", "held").execute();
  for (const { held_for } of rows) expect(held_for, "whoever waits is told why").not.toEqual([]);
  for (const reader of readers) {
    const read = await topicFor(house.db, house.keys, reader, topic);
    const own = posts.filter(({ author }) => author === reader);
    if (!isOpen(world) && own.length === 0) {
      expect(read).toBeUndefined();
      continue;
    }
    const open = new Set(shown.map(({ id }) => id));
    const wanted = posts.filter((post) => post.state === "shown" || post.author === reader);
    expect(read?.posts.map(({ id, own: hers, state, words, unnamed }) => ({ id, hers, state, words, unnamed }))).toEqual(wanted.map(({ id, author, state, words, unnamed }) => ({ id, hers: author === reader, state, words, unnamed })));
    expect(read?.posts.map(({ quotes }) => quotes?.id)).toEqual(wanted.map(({ quotes }) => (quotes && open.has(quotes) ? quotes : undefined)));
    const listed = (await topicsIn(house.db, reader, row.space_id as SpaceId)).find(({ id }) => id === topic);
    expect(listed !== undefined, "in the list while anything in it is shown").toBe(isOpen(world));
    if (listed) expect(listed.begins).toBe(posts.find((post) => post.opening && post.state === "shown")?.words ?? "");
  }
}

async function lookAtTheEnd(world: World): Promise<void> {
  await look(world, members);
  const kept = await topicFor(house.db, house.keys, keeper, world.topic);
  expect(kept?.posts.map(({ id, state, own }) => [id, state, own])).toEqual(world.posts.map(({ id, state }) => [id, state, false]));
  for (const one of members) {
    const mine = (await allOf(house.db, house.keys, one)).filter(({ topicId }) => topicId === world.topic);
    expect(new Map(mine.map(({ id, state, words }) => [id, `${state} ${words}`]))).toEqual(new Map(world.posts.filter(({ author }) => author === one).map(({ id, state, words }) => [id, `${state} ${words}`])));
  }
}

test(`over ${histories} histories of a topic its answers are counted right, nobody reads what is not shown, and who wrote it sees how it truly stands`, async () => {
  let acts = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...spaceModes), who, fc.boolean(), fc.array(act, { minLength: 1, maxLength: 25, size: "max" }), async (mode, by, unnamed, steps) => {
      house.passTime({ minutes: 1 });
      const author = members[by] ?? expect.fail();
      const words = wordsWith(false);
      const { topicId, postId, state } = await write(house, author, spaces.get(mode) ?? expect.fail(), { words, unnamed });
      expect(state).toBe(waits(mode, author, `Is anybody awake?\n${words}`) ? "held" : "shown");
      const opening: Modelled = { id: postId, author, opening: true, unnamed, writtenAt: house.now(), quotes: undefined, state, words, editedAt: undefined, decidedAt: undefined };
      stands(opening, state);
      const world: World = { mode, topic: topicId, posts: [opening] };
      for (const [at, step] of steps.entries()) {
        await live(world, step);
        acts++;
        await look(world, [author, members[at % members.length] ?? author]);
      }
      await lookAtTheEnd(world);
    }),
    { numRuns: histories, ...(process.env["SEED"] ? { seed: Number(process.env["SEED"]) } : {}) },
  );
  expect(acts).toBeGreaterThan(histories);
}, 120_000 + histories * 1500);
