import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import { makeMember } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { hide } from "../hiding/commands.ts";
import { carryOut, reply, withdrawPost } from "../posts/commands.ts";
import type { SpaceId } from "../types.ts";
import { askToAnswer, offerNoMore, offerToAnswer } from "./commands.ts";
import { waitingForHer } from "./queries.ts";
import { rounds, whoToAsk, type Offer } from "./rules.ts";

const at = (minutes: number) => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000);
const ids = Array.from({ length: 20 }, (_, index) => `m${index}` as MemberId);

test("whoever offers, nobody is asked twice for a topic, nor its author, nor whom one of the two hides, and who was asked long ago comes first", () => {
  const offer = fc.record({ memberId: fc.constantFrom(...ids), offeredAt: fc.nat(1000).map(at), askedAt: fc.option(fc.nat(1000).map(at), { nil: undefined }) });
  fc.assert(
    fc.property(fc.uniqueArray(offer, { selector: ({ memberId }) => memberId }), fc.constantFrom(...ids), fc.subarray(ids), (offers: Offer[], author, apart) => {
      const asked = new Set<MemberId>();
      for (const [round, { people }] of rounds.entries()) {
        const now = whoToAsk(offers, { round, author, asked, apart: new Set(apart) });
        expect(now.length).toBeLessThanOrEqual(people);
        const free = offers.filter(({ memberId }) => memberId !== author && !asked.has(memberId) && !apart.includes(memberId));
        expect(now).toHaveLength(Math.min(people, free.length));
        for (const one of now) expect([asked.has(one), one === author, apart.includes(one)]).toEqual([false, false, false]);
        const passedOver = free.filter(({ memberId }) => !now.includes(memberId));
        for (const one of now) for (const other of passedOver) expect(offers.find(({ memberId }) => memberId === one)?.askedAt?.epochMilliseconds ?? 0).toBeLessThanOrEqual(other.askedAt?.epochMilliseconds ?? 0);
        now.forEach((one) => asked.add(one));
      }
    }),
  );
});

const house = await openTestHouse();
const people = await furnishTheStreet(house);

/** What the safety desk was asked to look at. */
const casesAsked = async () => (await sql<{ payload: unknown }>`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'open-case'`.execute(house.db)).rows.map(({ payload }) => payload);

test("where nobody answers, those who offered are asked in rounds, then a moderator; after an answer nobody is", async () => {
  const space: SpaceId = await makeSpace(house, people.lucia, { mode: "watch" });
  const member = async () => settleMember(house, await makeMember(house, ["member"]));
  const told: MemberId[][] = [];
  const notify = (who: readonly MemberId[]) => Promise.resolve(void told.push([...who]));
  const helpers = [await member(), await member(), await member(), await member()];
  expect(await offerToAnswer(house, helpers[0] ?? expect.fail(), space)).toEqual({ refused: "offerNew" });
  for (const helper of helpers) for (let count = 0; count < 3; count++) await write(house, helper, space);
  for (const helper of helpers) expect(await offerToAnswer(house, helper, space)).toBeUndefined();
  const author = await member();
  const { topicId, postId } = await write(house, author, space, { title: "In silence", unnamed: true });
  await hide(house, helpers[0] ?? expect.fail(), (await write(house, author, space)).postId, "block");
  for (const round of [0, 0, 1, 1]) await askToAnswer(house, notify, topicId, round);
  expect(told.map((who) => who.length)).toEqual([2, 1]);
  expect(told.flat()).not.toContain(helpers[0]?.member.memberId);
  expect(told.flat()).not.toContain(author.member.memberId);
  const [first] = helpers.filter(({ member: { memberId } }) => told.flat().includes(memberId));
  expect(first && (await waitingForHer(house.db, first))).toEqual([{ id: topicId, title: "In silence" }]);
  await reply(house, author, topicId, { key: randomUUID(), words: "Still awake.", language: "en", unnamed: true });
  await askToAnswer(house, notify, topicId, 2);
  expect(await casesAsked()).toContainEqual(expect.objectContaining({ subjectKind: "post", subjectId: postId, reason: "unanswered", priority: 3, why: [] }));
  const answer = await reply(house, helpers[1] ?? expect.fail(), topicId, { key: randomUUID(), words: "I am here.", language: "en", unnamed: false });
  expect(answer).toHaveProperty("state", "shown");
  await askToAnswer(house, notify, topicId, 2);
  expect(told).toHaveLength(2);
  expect(first && (await waitingForHer(house.db, first))).toEqual([]);
  await offerNoMore(house, helpers[1] ?? expect.fail(), space);
  expect(await house.db.selectFrom("answer_offers").select("member_id").where("space_id", "=", space).execute()).toHaveLength(3);
});

test("a topic that was away, or whose last answer went, stands in silence anew and is looked at again", async () => {
  const space = await makeSpace(house, people.lucia, { mode: "watch" });
  const member = async () => settleMember(house, await makeMember(house, ["member"]));
  const helpers = [await member(), await member()];
  for (const helper of helpers) for (let count = 0; count < 3; count++) await write(house, helper, space);
  for (const helper of helpers) expect(await offerToAnswer(house, helper, space)).toBeUndefined();
  const { topicId, postId } = await write(house, await member(), space);
  const next = async () => {
    const { rows } = await sql<{ round: number; at: Temporal.Instant }>`select (payload->>'round')::int as round, run_at as at from graphile_worker._private_jobs where key = ${`ask-to-answer ${topicId}`}`.execute(house.db);
    return rows.map(({ round, at }) => [round, at.since(house.now()).total("minutes")]);
  };
  const nobody = () => Promise.resolve();
  expect(await next()).toEqual([[0, 30]]);
  await askToAnswer(house, nobody, topicId, 0);
  house.passTime({ minutes: 1 });
  await carryOut(house, postId, "hold", house.now());
  house.passTime({ minutes: 1 });
  await carryOut(house, postId, "put_back", house.now());
  expect(await next()).toEqual([[0, 30]]);
  await askToAnswer(house, nobody, topicId, 0);
  expect(await next()).toEqual([[1, 60]]);
  const answer = await reply(house, helpers[0] ?? expect.fail(), topicId, { key: randomUUID(), words: "I am here.", language: "en", unnamed: false });
  if ("refused" in answer) throw new Error(answer.refused);
  house.passTime({ minutes: 90 });
  await askToAnswer(house, nobody, topicId, 1);
  await withdrawPost(house, helpers[0] ?? expect.fail(), answer.postId);
  expect(await next()).toEqual([[0, 30]]);
});
