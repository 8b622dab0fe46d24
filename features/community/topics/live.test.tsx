import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { memberScope, moderatorScope, type MemberScope } from "../../../platform/http/scope.ts";
import type { Stream } from "../../../platform/live/hub.ts";
import { browser, makeMember, makeSignedIn } from "../../accounts/factory.ts";
import { topicOf } from "../events.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { hide } from "../hiding/commands.ts";
import { carryOut, reply, withdrawPost, type Kept } from "../posts/commands.ts";
import { joinSpace } from "../spaces/commands.ts";
import type { ReaderScope } from "../gates.ts";
import type { SpaceId } from "../types.ts";
import { lensOf, topicRefresh } from "./live.tsx";
import { topicFor } from "./queries.ts";
import { lastOf } from "./rules.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const settled = async () => settleMember(house, await makeMember(house, ["member"]));
const server = createAdaptorServer({ fetch: app.fetch });
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
afterAll(() => void server.close());
let space: SpaceId;

async function answer(who: MemberScope, to: Kept, words: string, unnamed = false): Promise<Kept> {
  const kept = await reply(house, who, to.topicId, { key: randomUUID(), words, language: "en", unnamed });
  if ("refused" in kept) throw new Error(kept.refused);
  return kept;
}

/** Her page of a topic, as it listens: what it is told, and the number that her browser comes back with. */
async function opened(scope: ReaderScope, { topicId }: Kept, lastEventId?: number) {
  const after = lastOf((await topicFor(house.db, house.keys, scope, topicId))?.posts ?? []);
  const frames: string[] = [];
  const stream: Stream = { lens: lensOf(scope, "en", after), seen: lastEventId ?? after, send: (text) => void frames.push(text) };
  return {
    /** What the page is told now; undefined where it is told nothing. */
    async looks() {
      frames.length = 0;
      await topicRefresh(house)(topicOf(topicId), new Set([stream]));
      const [frame] = frames;
      return frame && (/>([^<>]*new answer[^<>]*)</.exec(frame)?.[1] ?? "nothing new");
    },
    id: () => Number(/^id: (\d+)/.exec(frames[0] ?? "")?.[1]),
  };
}

beforeAll(async () => {
  space = await makeSpace(house, people.lucia, { mode: "watch" });
});

test("an open page is told how much is new since it was opened, once for each change; what it was told of before its line broke, it is not told again", async () => {
  const [author, reader, other] = [await settled(), await settled(), await settled()];
  const topic = await write(house, author, space);
  const page = await opened(reader, topic);
  expect(await page.looks()).toBeUndefined();
  await answer(author, topic, "one");
  expect(await page.looks()).toBe("One new answer: show it");
  const cut = page.id();
  expect(await page.looks()).toBeUndefined();
  await answer(other, topic, "two", true);
  expect(await page.looks()).toBe("2 new answers: show them");
  const back = await opened(reader, topic, cut);
  expect(await back.looks()).toBeDefined();
  expect(back.id()).toBe(cut + 1);
});

test("what waits is told of once it was read, though what was written later is on the page already; what was put back is told of anew", async () => {
  const [author, reader] = [await settled(), await settled()];
  const topic = await write(house, author, space);
  const held = await answer(author, topic, "first");
  await carryOut(house, held.postId, "hold", house.now());
  await answer(author, topic, "second");
  const page = await opened(reader, topic);
  expect(await page.looks()).toBeUndefined();
  house.passTime({ minutes: 1 });
  await carryOut(house, held.postId, "put_back", house.now());
  expect(await page.looks()).toBe("One new answer: show it");
});

test("her own words, whom she hides, who blocked her and what was taken back are no news to her", async () => {
  const [author, reader, muted, blocks] = [await settled(), await settled(), await settled(), await settled()];
  const topic = await write(house, author, space);
  const mine = await answer(reader, topic, "mine");
  const theirs = await answer(muted, topic, "before");
  await hide(house, reader, theirs.postId, "mute");
  await hide(house, blocks, mine.postId, "block");
  const page = await opened(reader, topic);
  await answer(reader, topic, "mine again", true);
  await answer(muted, topic, "not for her");
  await answer(blocks, topic, "not for her either");
  const taken = await answer(author, topic, "taken back");
  await withdrawPost(house, author, taken.postId);
  expect(await page.looks()).toBe("nothing new");
  const moderator = await opened(moderatorScope({ ...reader.member, memberId: people.wren, roles: new Set(["moderator"]) }), topic);
  await answer(muted, topic, "for who keeps it");
  expect(await moderator.looks()).toBe("One new answer: show it");
});

test("who does not share a space is told nothing of it, and finds no stream there", async () => {
  const shared = await makeSpace(house, people.lucia, { mode: "watch", shared: { en: "I lost a baby.", es: "Perdí un bebé." } });
  const author = await settled();
  await joinSpace(house, author, shared);
  const topic = await write(house, author, shared);
  const { id, cookie, scope } = await makeSignedIn(house, ["member"]);
  await settleMember(house, id);
  const page = await opened(memberScope(scope.member), topic);
  await answer(author, topic, "canary");
  expect(await page.looks()).toBe("nothing new");
  const outside = browser(app, cookie);
  expect((await outside.get(`/community/topics/${topic.topicId}/stream?after=0`)).status).toBe(404);
  expect((await outside.post(`/community/topics/${topic.topicId}/new`, { after: "0" })).status).toBe(404);
});

test("she asks for what is new and is shown that alone, in a page that stays; without scripts she is led to the topic", async () => {
  const { id, cookie, scope } = await makeSignedIn(house, ["member"]);
  await settleMember(house, id);
  const reader = memberScope(scope.member);
  const author = await settled();
  const topic = await write(house, author, space, { words: "the old words" });
  const after = lastOf((await topicFor(house.db, house.keys, reader, topic.topicId))?.posts ?? []);
  await answer(author, topic, "the new words");
  const at = `/community/topics/${topic.topicId}`;
  const body = new URLSearchParams({ after: String(after) });
  const shown = await app.request(`${at}/new`, { method: "POST", body, headers: { cookie, host: "localhost:3000", accept: "text/vnd.turbo-stream.html" } });
  const text = await shown.text();
  expect(shown.headers.get("content-type")).toContain("turbo-stream");
  expect([text.includes("the new words"), text.includes("the old words"), text.includes(`stream?after=${after + 1}`)]).toEqual([true, false, true]);
  expect((await browser(app, cookie).post(`${at}/new`, { after: String(after) })).to).toBe(at);
  for (const wrong of ["-1", "x", "9".repeat(20)]) expect((await browser(app, cookie).post(`${at}/new`, { after: wrong })).status, wrong).toBe(404);
  expect((await browser(app, cookie).get(at)).text).toContain(`${at}/stream?after=${after + 1}`);
});

/** What the stream of a topic says first to a browser that comes (back) with this cursor. */
function firstHeard(cookie: string, path: string, lastEventId?: string): Promise<string> {
  return new Promise((heard, failed) => {
    const asked = request({ port, host: "127.0.0.1", path, agent: false, headers: { cookie, ...(lastEventId ? { "last-event-id": lastEventId } : {}) } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("error", () => undefined);
      answer.on("data", (piece: string) => {
        text += piece;
        if (!text.includes("data: ")) return;
        asked.destroy();
        heard(text);
      });
    });
    asked.on("error", failed);
    asked.end();
  });
}

test("over the wire: a line that broke comes back with the number it was told last, hears what came meanwhile, and nothing twice", async () => {
  const { id, cookie } = await makeSignedIn(house, ["member"]);
  await settleMember(house, id);
  const author = await settled();
  const topic = await write(house, author, space);
  const path = `/community/topics/${topic.topicId}/stream?after=1`;
  const first = firstHeard(cookie, path);
  await answer(author, topic, "while it listens");
  expect(await first).toMatch(/id: 2\ndata: .*One new answer/);
  await answer(author, topic, "while it is cut");
  expect(await firstHeard(cookie, path, "2")).toMatch(/id: 3\ndata: .*2 new answers/);
  const quiet = firstHeard(cookie, path, "3");
  await answer(author, topic, "and one more");
  expect(await quiet).toMatch(/id: 4\ndata: .*3 new answers/);
  expect(await quiet).not.toContain("id: 3");
});

test("twenty that come at one moment are numbered one by one", async () => {
  const author = await settled();
  const topic = await write(house, author, space);
  await Promise.all(Array.from({ length: 20 }, async (_, at) => answer(at % 2 ? author : await settled(), topic, `at once ${at}`)));
  const rows = await house.db.selectFrom("posts").select("shown_number").where("topic_id", "=", topic.topicId).orderBy("shown_number").execute();
  expect(rows.map(({ shown_number }) => shown_number)).toEqual(Array.from({ length: 21 }, (_, at) => at + 1));
});

test("the name of a topic's wake-up is one word, as several are told in one line", () => expect(topicOf("x" as never)).not.toMatch(/\s/));
