import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { makeMember } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { carryOut, reply } from "../posts/commands.ts";
import { report } from "../reports/commands.ts";
import { reportsOf } from "../reports/queries.ts";
import { reportsADay, urgencyOf } from "../reports/rules.ts";
import { topicFor, topicsIn } from "../topics/queries.ts";
import type { PostId, SpaceId } from "../types.ts";
import { hide, muteWord, showAgain } from "./commands.ts";
import { hiddenBy, wordsOf } from "./queries.ts";
import { standsIn } from "./rules.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const member = async () => settleMember(house, await makeMember(house, ["member"]));
let space: SpaceId;
beforeAll(async () => {
  space = await makeSpace(house, people.lucia, { mode: "watch" });
});
const readBy = async (who: Awaited<ReturnType<typeof member>>, topic: Parameters<typeof topicFor>[3]) => (await topicFor(house.db, house.keys, who, topic))?.posts.map(({ words }) => words);

describe("from the first minute of a place", () => {
  test("whom she blocks she does not read, and is not read by; shown again, it is as it was", async () => {
    const [one, other, third] = [await member(), await member(), await member()];
    const { topicId, postId } = await write(house, one, space, { words: "of one" });
    const answer = await reply(house, other, topicId, { key: randomUUID(), words: "of the other", language: "en", unnamed: false });
    if ("refused" in answer) throw new Error(answer.refused);
    expect(await hide(house, one, answer.postId, "block")).toBe(true);
    expect(await readBy(one, topicId)).toEqual(["of one"]);
    expect(await readBy(other, topicId)).toEqual(["of the other"]);
    expect((await topicsIn(house.db, other, space)).map(({ id }) => id)).not.toContain(topicId);
    expect(await readBy(third, topicId)).toEqual(["of one", "of the other"]);
    const [hidden] = await hiddenBy(house.db, house.keys, one);
    expect(hidden).toMatchObject({ kind: "block", name: other.member.name });
    expect(await hiddenBy(house.db, house.keys, other)).toEqual([]);
    if (hidden) await showAgain(house, one, hidden);
    expect(await readBy(other, topicId)).toEqual(["of one", "of the other"]);
    expect(await hide(house, one, postId, "block")).toBe(false);
  });

  test("whom she mutes reads her as before; a topic that she mutes is out of her list alone", async () => {
    const [one, other] = [await member(), await member()];
    const { topicId, postId } = await write(house, one, space, { words: "of one" });
    await hide(house, other, postId, "mute");
    expect(await readBy(other, topicId)).toEqual([]);
    const mine = await write(house, other, space, { words: "mine" });
    expect(await readBy(one, mine.topicId)).toEqual(["mine"]);
    await hide(house, one, mine.postId, "topic");
    expect((await topicsIn(house.db, one, space)).map(({ id }) => id)).not.toContain(mine.topicId);
    expect(await readBy(one, mine.topicId)).toEqual(["mine"]);
  });

  test("who wrote under an alias is hidden in that topic, and nothing else of hers goes with it", async () => {
    const [author, reader] = [await member(), await member()];
    const named = await write(house, author, space, { words: "by my name" });
    const unnamed = await write(house, author, space, { words: "without it", unnamed: true });
    await hide(house, reader, unnamed.postId, "block");
    expect(await readBy(reader, unnamed.topicId)).toEqual([]);
    expect(await readBy(reader, named.topicId)).toEqual(["by my name"]);
    expect(await house.db.selectFrom("hidden_members").select("hidden_id").where("member_id", "=", reader.member.memberId).execute()).toEqual([]);
    expect((await hiddenBy(house.db, house.keys, reader))[0]?.kind).toBe("alias");
    const [hidden] = await hiddenBy(house.db, house.keys, reader);
    if (hidden) await showAgain(house, reader, hidden);
    expect(await readBy(reader, unnamed.topicId)).toEqual(["without it"]);
  });

  test("words that she does not want to meet lie under her own key", async () => {
    const one = await member();
    await muteWord(house, one, "Canary-8153");
    expect([...(await wordsOf(house.db, house.keys, one)).values()]).toEqual(["Canary-8153"]);
    const rows = await house.db.selectFrom("muted_words").selectAll().execute();
    expect(JSON.stringify(rows.map(({ word_sealed }) => word_sealed.toString("latin1")))).not.toContain("anary");
  });
});

describe("words that stand in a text", () => {
  test.each([["It was a stillbirth.", "stillbirth", true], ["Dos pérdidas", "perdida", true], ["The losses", "loss", true], ["blossom", "loss", false], ["", "x", false], ["anything", "", false]] as const)("%j has %j: %s", (text, word, stands) => expect(standsIn(text, [word])).toBe(stands));
});

describe("reports", () => {
  const reported = (who: Awaited<ReturnType<typeof member>>, post: PostId, reason: "hurts" | "worried" | "sells", key = randomUUID()) => report(house, who, post, { key, reason, words: "See the last line." });

  test("are one where they are sent twice, ask a moderator, and their outcome is told", async () => {
    const [author, reader] = [await member(), await member()];
    const { postId } = await write(house, author, space);
    const key = randomUUID();
    await Promise.all(Array.from({ length: 5 }, () => reported(reader, postId, "hurts", key)));
    expect(await reportsOf(house.db, reader)).toMatchObject([{ reason: "hurts", outcome: undefined }]);
    expect(await reportsOf(house.db, author)).toEqual([]);
    house.passTime({ minutes: 1 });
    await carryOut(house, postId, "remove", house.now());
    expect(await reportsOf(house.db, reader)).toMatchObject([{ outcome: "removed" }]);
    expect(await reported(author, postId, "hurts")).toBeUndefined();
  });

  test("of worry come through however many there were, and who wrote the post learns of none", async () => {
    const [author, reader] = [await member(), await member()];
    const { postId, topicId } = await write(house, author, space);
    for (let count = 0; count < reportsADay; count++) expect(await reported(reader, postId, "sells")).toEqual({ reported: true });
    expect(await reported(reader, postId, "hurts")).toEqual({ refused: "reportsMany" });
    house.passTime({ minutes: 1 });
    expect(await reported(reader, postId, "worried")).toEqual({ reported: true });
    house.passTime({ minutes: 1 });
    await carryOut(house, postId, "approve", house.now());
    expect((await reportsOf(house.db, reader))[0]).toMatchObject({ reason: "worried", outcome: "looked_after" });
    expect((await topicFor(house.db, house.keys, author, topicId))?.posts[0]).toMatchObject({ state: "shown", heldFor: [] });
  });

  test.each([
    ["worried", [], 1],
    ["method", [], 1],
    ["hurts", [], 2],
    ["sells", [], 3],
    ["hurts", ["left", "left", "left", "left", "left"], 3],
    ["hurts", [undefined, "left", "left", "left", "left"], 2],
    ["hurts", ["left", "left", "removed", "left", "left"], 2],
    ["worried", ["left", "left", "left", "left", "left"], 1],
  ] as const)("%s after %j is read in its turn as %i", (reason, lately, urgency) => expect(urgencyOf(reason, lately)).toBe(urgency));
});
