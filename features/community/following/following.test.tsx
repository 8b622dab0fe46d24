import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { memberScope, type MemberScope } from "../../../platform/http/scope.ts";
import { browser, makeMember, makeSignedIn } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { hide } from "../hiding/commands.ts";
import { reply, type Kept } from "../posts/commands.ts";
import { joinSpace, leaveSpace } from "../spaces/commands.ts";
import type { SpaceId } from "../types.ts";
import { follow } from "./commands.ts";
import { newsFor } from "./queries.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const settled = async () => settleMember(house, await makeMember(house, ["member"]));
const news = async (who: MemberScope) => (await newsFor(house.db, house.keys, who)).map(({ title, count }) => [title, count]);
let space: SpaceId;

async function somebody(): Promise<{ readonly scope: MemberScope; readonly page: ReturnType<typeof browser> }> {
  const { id, cookie, scope } = await makeSignedIn(house, ["member"]);
  await settleMember(house, id);
  return { scope: memberScope(scope.member), page: browser(app, cookie) };
}

async function answer(who: MemberScope, to: Kept, words = "An answer.", unnamed = false): Promise<Kept> {
  const kept = await reply(house, who, to.topicId, { key: randomUUID(), words, language: "en", unnamed });
  if ("refused" in kept) throw new Error(kept.refused);
  return kept;
}

beforeAll(async () => {
  space = await makeSpace(house, people.lucia, { mode: "watch" });
});

test("what others answer in a topic that she opened is new for her until she looks, and her own answers never are", async () => {
  const [{ scope, page }, other] = [await somebody(), await settled()];
  const topic = await write(house, scope, space, { title: "Mine to follow" });
  await answer(scope, topic);
  await answer(scope, topic, "without my name", true);
  expect(await news(scope)).toEqual([]);
  await answer(other, topic);
  await answer(other, topic);
  expect(await news(scope)).toEqual([["Mine to follow", 2]]);
  for (const at of ["/community/mine", "/community/spaces"]) {
    const shown = (await page.get(at)).text;
    for (const there of ["New for you", "Mine to follow", "2 new answers"]) expect(shown, at).toContain(there);
  }
  await page.get(`/community/topics/${topic.topicId}`);
  expect(await news(scope)).toEqual([]);
  expect((await page.get("/community/spaces")).text).not.toContain("New for you");
});

test("she follows a topic of another from what stands in it now, sees that she does, and follows it no more", async () => {
  const [{ scope, page }, author] = [await somebody(), await settled()];
  const topic = await write(house, author, space, { title: "Of another" });
  await answer(author, topic);
  const at = `/community/topics/${topic.topicId}`;
  expect((await page.get(at)).text).toContain("Follow this topic");
  for (let turn = 0; turn < 2; turn++) expect((await page.post(`${at}/follow`, { does: "yes" })).to).toBe(`${at}#reply`);
  expect(await news(scope)).toEqual([]);
  expect((await page.get(at)).text).toContain("Stop following");
  await answer(author, topic);
  expect(await news(scope)).toEqual([["Of another", 1]]);
  for (let turn = 0; turn < 2; turn++) expect((await page.post(`${at}/follow`, { does: "no" })).to).toBe(`${at}#reply`);
  expect(await news(scope)).toEqual([]);
});

test("whom she hides, a topic that she muted, and a space that she left bring her no news", async () => {
  const [{ scope }, author, muted] = [await somebody(), await settled(), await settled()];
  const shared = await makeSpace(house, people.lucia, { mode: "watch", shared: { en: "I lost a baby.", es: "Perdí un bebé." } });
  for (const who of [scope, author]) await joinSpace(house, who, shared);
  const [quiet, loud, inside] = [await write(house, author, space, { title: "quiet" }), await write(house, author, space, { title: "loud" }), await write(house, author, shared, { title: "inside" })];
  for (const { topicId } of [quiet, loud, inside]) await follow(house, scope, topicId, true);
  const theirs = await answer(muted, quiet);
  expect(await news(scope)).toEqual([["quiet", 1]]);
  await hide(house, scope, theirs.postId, "block");
  expect(await news(scope)).toEqual([]);
  const said = await answer(author, loud);
  house.passTime({ minutes: 1 });
  await answer(author, inside);
  expect(await news(scope)).toEqual([["inside", 1], ["loud", 1]]);
  await hide(house, scope, said.postId, "topic");
  await leaveSpace(house, scope, shared);
  expect(await news(scope)).toEqual([]);
});

test("what is not open to her cannot be followed", async () => {
  const { scope, page } = await somebody();
  const shared = await makeSpace(house, people.lucia, { mode: "watch", shared: { en: "I lost a baby.", es: "Perdí un bebé." } });
  const author = await settled();
  await joinSpace(house, author, shared);
  const inside = await write(house, author, shared);
  const held = await write(house, author, await makeSpace(house, people.lucia, { mode: "read_first" }));
  for (const id of [inside.topicId, held.topicId, randomUUID(), "x"]) for (const does of ["yes", "no"]) expect((await page.post(`/community/topics/${id}/follow`, { does })).status).toBe(404);
  expect(await house.db.selectFrom("follows").selectAll().where("member_id", "=", scope.member.memberId).execute()).toEqual([]);
});

test("looking again at an older page takes nothing back, and twenty at once read up to the last", async () => {
  const [{ scope, page }, other] = [await somebody(), await settled()];
  const topic = await write(house, scope, space);
  for (let turn = 0; turn < 3; turn++) await answer(other, topic);
  await Promise.all(Array.from({ length: 20 }, () => page.get(`/community/topics/${topic.topicId}`)));
  expect(await house.db.selectFrom("follows").select("read_number").where("member_id", "=", scope.member.memberId).execute()).toEqual([{ read_number: 4 }]);
});
