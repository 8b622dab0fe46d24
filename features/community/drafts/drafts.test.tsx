import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { within } from "../../../platform/db/database.ts";
import { memberScope, moderatorScope, type MemberScope } from "../../../platform/http/scope.ts";
import { browser, makeMember, makeSignedIn } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { carryOut } from "../posts/commands.ts";
import type { Kept } from "../posts/commands.ts";
import type { SpaceId } from "../types.ts";
import { forgetDrafts, keepDraft } from "./commands.ts";
import { draftAt, draftsOf } from "./queries.ts";
import { mostDrafts } from "./rules.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
let space: SpaceId;
let topic: Kept;

async function somebody(): Promise<{ readonly scope: MemberScope; readonly page: ReturnType<typeof browser> }> {
  const { id, cookie, scope } = await makeSignedIn(house, ["member"]);
  await settleMember(house, id);
  return { scope: memberScope(scope.member), page: browser(app, cookie) };
}
const rows = (who: MemberScope) => house.db.selectFrom("drafts").selectAll().where("member_id", "=", who.member.memberId).execute();
/** As her browser posts by itself. */
const byItself = (cookie: string, path: string, said: Record<string, string>) => app.request(path, { method: "POST", body: new URLSearchParams(said), headers: { cookie, host: "localhost:3000", accept: "text/plain" } });

beforeAll(async () => {
  space = await makeSpace(house, people.lucia, { mode: "watch" });
  topic = await write(house, await settleMember(house, await makeMember(house, ["member"])), space, { title: "Who is up?" });
});

test("a topic that she began is there when she comes back, with all that she chose, and goes when it is sent", async () => {
  const { scope, page } = await somebody();
  const said = { key: randomUUID(), title: "canary begun", words: "Half a sen", language: "es", note: "loss", unnamed: "yes" };
  expect((await page.post(`/community/spaces/${space}/draft`, said)).to).toBe(`/community/spaces/${space}/new`);
  const form = (await page.get(`/community/spaces/${space}/new`)).text;
  for (const there of ['value="canary begun"', ">Half a sen</textarea>", "Kept at 3:00 AM", "Only you can read it"]) expect(form).toContain(there);
  for (const chosen of [/<option value="loss" selected/, /name="unnamed" value="yes"[^>]* checked/, /name="language" value="es" checked/]) expect(form).toMatch(chosen);
  const [row] = await rows(scope);
  expect(row?.said_sealed.includes("canary")).toBe(false);
  const sent = await page.post(`/community/spaces/${space}/topics`, { ...said, key: randomUUID() });
  expect(sent.to).toMatch(/^\/community\/topics\//);
  expect(await rows(scope)).toEqual([]);
  expect((await page.get(`/community/spaces/${space}/new`)).text).not.toContain("canary");
});

test("an answer that she began keeps what it answers to, is listed among what is hers, and is thrown away when she says so", async () => {
  const { scope, page } = await somebody();
  const at = `/community/topics/${topic.topicId}`;
  expect((await page.post(`${at}/draft`, { key: randomUUID(), words: "So am I, and", quotes: topic.postId })).to).toBe(`${at}#reply`);
  const shown = (await page.get(at)).text;
  expect(shown).toContain(">So am I, and</textarea>");
  expect(shown).toContain(`name="quotes" value="${topic.postId}"`);
  const mine = (await page.get("/community/mine")).text;
  for (const there of ["Begun and not sent", "Go on answering to “Who is up?”", `href="${at}#reply"`, "So am I, and"]) expect(mine).toContain(there);
  await page.post("/community/mine/drafts", { place: topic.topicId });
  expect(await rows(scope)).toEqual([]);
  expect((await page.get("/community/mine")).text).not.toContain("Begun and not sent");
});

test("her browser keeps it by itself and is told when; emptied it goes, and what comes after it was sent brings nothing back", async () => {
  const { scope, page } = await somebody();
  const cookie = `__Host-session=${page.jar.get("__Host-session")}`;
  const at = `/community/topics/${topic.topicId}`;
  const key = randomUUID();
  const kept = await byItself(cookie, `${at}/draft`, { key, words: "by itself" });
  expect([kept.status, await kept.text()]).toEqual([200, "Kept at 3:00 AM. Only you can read it. After 30 days it goes."]);
  expect(await (await byItself(cookie, `${at}/draft`, { key, words: "  " })).text()).toBe("");
  expect(await rows(scope)).toEqual([]);
  await byItself(cookie, `${at}/draft`, { key, words: "by itself, and more" });
  await Promise.all([page.post(`${at}/replies`, { key, words: "by itself, and more" }), ...Array.from({ length: 5 }, () => byItself(cookie, `${at}/draft`, { key, words: "by itself, and m" }))]);
  await byItself(cookie, `${at}/draft`, { key, words: "late" });
  expect(await rows(scope)).toEqual([]);
});

test("it is hers alone, before the gates and behind the wall, and opens at no other place", async () => {
  const [hers, other] = [await somebody(), await somebody()];
  await hers.page.post(`/community/topics/${topic.topicId}/draft`, { key: randomUUID(), words: "canary of mine" });
  expect((await other.page.get(`/community/topics/${topic.topicId}`)).text).not.toContain("canary of mine");
  await other.page.post("/community/mine/drafts", { place: topic.topicId });
  expect(await rows(hers.scope)).toHaveLength(1);
  for (const scope of [other.scope, moderatorScope({ ...other.scope.member }), moderatorScope({ ...hers.scope.member })]) expect(await within(house.db, scope).selectFrom("drafts").select("place_id").execute()).toEqual([]);
  expect(await within(house.db, hers.scope).selectFrom("drafts").select("place_id").execute()).toHaveLength(1);
  await house.db.updateTable("drafts").set({ topic_id: null, space_id: space }).where("member_id", "=", hers.scope.member.memberId).execute();
  await expect(draftAt(house.db, house.keys, hers.scope, { spaceId: space })).rejects.toThrow();
});

test("where the topic is not open to her any more, her words are still hers to read, and nothing new is kept there", async () => {
  const { scope, page } = await somebody();
  const gone = await write(house, await settleMember(house, await makeMember(house, ["member"])), space, { title: "canary of another" });
  await page.post(`/community/topics/${gone.topicId}/draft`, { key: randomUUID(), words: "What I wanted to say" });
  await carryOut(house, gone.postId, "remove", house.now());
  const mine = (await page.get("/community/mine")).text;
  expect(mine).toContain("What I wanted to say");
  expect(mine).toContain("is not open to you now");
  expect(mine).not.toContain("canary of another");
  expect((await page.post(`/community/topics/${gone.topicId}/draft`, { key: randomUUID(), words: "more" })).status).toBe(404);
  expect(await draftsOf(house.db, house.keys, scope, "en")).toMatchObject([{ where: undefined, said: { words: "What I wanted to say" } }]);
});

test("what is too long to keep, or comes too often, is refused with all that was typed", async () => {
  const { scope, page } = await somebody();
  const long = await page.post(`/community/spaces/${space}/draft`, { key: randomUUID(), title: "Mine", words: "x".repeat(12_001) });
  expect([long.status, long.text.includes("That is too long."), long.text.includes('value="Mine"')]).toEqual([422, true, true]);
  for (let turn = 0; turn < 60; turn++) await page.post(`/community/topics/${topic.topicId}/draft`, { words: `turn ${turn}` });
  const often = await page.post(`/community/topics/${topic.topicId}/draft`, { words: "once more" });
  expect([often.status, often.text.includes("keep them again in a minute"), often.text.includes(">once more</textarea>")]).toEqual([422, true, true]);
  expect(await draftsOf(house.db, house.keys, scope, "en")).toMatchObject([{ said: { words: "turn 59" } }]);
});

test("fifty is the most that is kept, each can still be changed, and after thirty days they go", async () => {
  const { scope } = await somebody();
  const spaces = await Promise.all(Array.from({ length: mostDrafts + 1 }, () => makeSpace(house, people.lucia)));
  for (const spaceId of spaces.slice(1)) expect(await keepDraft(house, scope, { spaceId }, { words: "begun" }, undefined)).toEqual({ keptAt: house.now() });
  expect(await keepDraft(house, scope, { spaceId: spaces[0] as SpaceId }, { words: "one more" }, undefined)).toEqual({ refused: "draftsMany" });
  house.passTime({ hours: 24 * 20 });
  expect(await keepDraft(house, scope, { spaceId: spaces[1] as SpaceId }, { words: "changed" }, undefined)).toEqual({ keptAt: house.now() });
  house.passTime({ hours: 24 * 10, minutes: 1 });
  await forgetDrafts(house);
  expect(await draftsOf(house.db, house.keys, scope, "en")).toMatchObject([{ said: { words: "changed" } }]);
});
