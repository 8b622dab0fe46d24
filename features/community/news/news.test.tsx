import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { memberScope, type MemberScope } from "../../../platform/http/scope.ts";
import { notifyBy } from "../../../worker.ts";
import { browser, makeMember, makeSignedIn } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { markRead } from "../following/commands.ts";
import { reply, type Kept } from "../posts/commands.ts";
import type { SpaceId } from "../types.ts";
import { askForNews, lookForNews, tellOfNews } from "./commands.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
let space: SpaceId;
let author: MemberScope;

async function somebody(email?: string): Promise<{ readonly scope: MemberScope; readonly page: ReturnType<typeof browser>; readonly topic: Kept }> {
  const { id, cookie, scope } = await makeSignedIn(house, ["member"], email ? { email } : {});
  await settleMember(house, id);
  const hers = memberScope(scope.member);
  return { scope: hers, page: browser(app, cookie), topic: await write(house, hers, space, { title: "canary title", words: "canary words" }) };
}

async function answered(to: Kept): Promise<void> {
  const kept = await reply(house, author, to.topicId, { key: randomUUID(), words: "canary answer", language: "en", unnamed: false });
  if ("refused" in kept) throw new Error(kept.refused);
}
const tell = ({ member }: MemberScope) => tellOfNews(house, notifyBy(house), member.memberId);
const lettersTo = (to: string) => house.letters.filter((letter) => letter.to === to);
const asks = (who: MemberScope) => house.db.selectFrom("news_asks").select("every").where("member_id", "=", who.member.memberId).execute();
/** For whom a job waits. */
async function due(): Promise<string[]> {
  await lookForNews(house);
  const rows = await house.db.withTables<{ "graphile_worker._private_jobs": { payload: { memberId?: string }; key: string | null } }>().selectFrom("graphile_worker._private_jobs").select("payload").where("key", "like", "tell-of-news %").execute();
  return rows.flatMap(({ payload }) => payload.memberId ?? []);
}

beforeAll(async () => {
  space = await makeSpace(house, people.lucia, { mode: "watch" });
  author = await settleMember(house, await makeMember(house, ["member"]));
});

test("who asked is told once a day that there is something new, and nothing of what or where; who did not ask is told nothing", async () => {
  const [hers, other] = [await somebody("news@example.org"), await somebody("quiet@example.org")];
  expect((await hers.page.get("/community/mine")).text).toContain("You are told by e-mail.");
  await hers.page.post("/community/mine/news", { every: "day" });
  expect((await hers.page.get("/community/mine")).text).toMatch(/name="every" value="day" checked/);
  for (const { topic } of [hers, other]) await answered(topic);
  expect(await due()).toEqual([]);
  house.passTime({ hours: 24 });
  expect(await due()).toEqual([hers.scope.member.memberId]);
  await Promise.all([tell(hers.scope), tell(hers.scope)]);
  await tell(other.scope);
  expect(lettersTo("quiet@example.org")).toEqual([]);
  const [letter, ...more] = lettersTo("news@example.org");
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ subject: "Notes" });
  expect(letter?.text).toContain("There are new answers for you.\n");
  expect(letter?.text).toContain("/community/mine\n");
  expect(letter?.stop).toMatch(/\/community\/news\/[\w-]{43}\/stop$/);
  expect(letter?.text).toContain(letter?.stop ?? "?");
  expect(JSON.stringify(letter)).not.toMatch(/canary|first year/i);
});

test("where nothing came since she was told, or she has looked, she is told nothing", async () => {
  const { scope, topic } = await somebody("once@example.org");
  await askForNews(house, scope, "week");
  await answered(topic);
  house.passTime({ hours: 24 * 7 });
  await tell(scope);
  expect(lettersTo("once@example.org")).toHaveLength(1);
  house.passTime({ hours: 24 * 7 });
  await tell(scope);
  expect(lettersTo("once@example.org")).toHaveLength(1);
  await answered(topic);
  await markRead(house, scope, topic.topicId, 3);
  house.passTime({ hours: 24 * 7 });
  await tell(scope);
  expect(lettersTo("once@example.org")).toHaveLength(1);
});

test("her device is told in the same words, and looked for as long as it is news; without any way her page is what she has", async () => {
  const { scope, page, topic } = await somebody();
  expect((await page.get("/community/mine")).text).toContain("You gave no e-mail and no device, and need none");
  await page.json("/account/push", { endpoint: `https://fcm.googleapis.com/fcm/send/${randomUUID()}`, keys: { p256dh: "BPx_x", auth: "aGk" } });
  expect((await page.get("/community/mine")).text).toContain("on the device that you said");
  await askForNews(house, scope, "day");
  await answered(topic);
  house.passTime({ hours: 24 });
  await tell(scope);
  expect(house.pushes[0]).toEqual({ title: "Notes", body: "There are new answers for you.", path: "/community/mine" });
});

test("one press ends it without signing in, by her hand or her mail program's; opening the link ends nothing, and another's link nothing of hers", async () => {
  const [hers, other] = [await somebody("stop@example.org"), await somebody()];
  for (const { scope, topic } of [hers, other]) {
    await askForNews(house, scope, "day");
    await answered(topic);
  }
  house.passTime({ hours: 24 });
  await tell(hers.scope);
  const link = new URL(lettersTo("stop@example.org")[0]?.stop ?? "").pathname;
  const stranger = browser(app);
  expect((await stranger.get(link)).to).toBe("/community/news/stop");
  expect((await stranger.get("/community/news/stop")).text).toContain("No more letters like this?");
  expect(await asks(hers.scope)).toHaveLength(1);
  expect((await stranger.post("/community/news/stop")).text).toContain("Done.");
  expect([await asks(hers.scope), await asks(other.scope)]).toEqual([[], [{ every: "day" }]]);
  await askForNews(house, hers.scope, "day");
  expect((await app.request(link, { method: "POST", body: "List-Unsubscribe=One-Click", headers: { "content-type": "application/x-www-form-urlencoded", host: "localhost:3000" } })).status).toBe(204);
  expect(await asks(hers.scope)).toEqual([]);
  for (const wrong of ["x", "A".repeat(43)]) expect((await app.request(`/community/news/${wrong}/stop`, { method: "POST", headers: { host: "localhost:3000" } })).status).toBe(204);
  await hers.page.post("/community/mine/news", { every: "week" });
  await hers.page.post("/community/mine/news", { every: "never" });
  expect(await asks(hers.scope)).toEqual([]);
});
