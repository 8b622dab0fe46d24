import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { within } from "../../../platform/db/database.ts";
import { memberScope, type MemberScope } from "../../../platform/http/scope.ts";
import { browser, makeMember, makeSignedIn, signInAs } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { hide, muteWord } from "../hiding/commands.ts";
import { carryOut, reply, withdrawPost } from "../posts/commands.ts";
import type { Kept } from "../posts/commands.ts";
import { joinSpace } from "../spaces/commands.ts";
import type { SpaceId } from "../types.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const settled = async (handle: string) => settleMember(house, await makeMember(house, ["member"]), handle);
let space: SpaceId;
let shared: SpaceId;
let author: MemberScope;
let reader: MemberScope;
let page: ReturnType<typeof browser>;
let at: string;

async function answer(who: MemberScope, to: Kept, words: string, unnamed = false): Promise<Kept> {
  const kept = await reply(house, who, to.topicId, { key: randomUUID(), words, language: "en", unnamed });
  if ("refused" in kept) throw new Error(kept.refused);
  return kept;
}
const finds = async (words: string, by = page) => (await by.post(at, { words })).text;

beforeAll(async () => {
  space = await makeSpace(house, people.lucia, { mode: "watch" });
  shared = await makeSpace(house, people.lucia, { mode: "watch", shared: { en: "I lost a baby.", es: "Perdí un bebé." } });
  author = await settled("Finding Heron");
  const { id, cookie, scope } = await makeSignedIn(house, ["member"]);
  await settleMember(house, id, "Looking Wren");
  reader = memberScope(scope.member);
  page = browser(app, cookie);
  at = `/community/spaces/${space}/search`;
});

test("a word is found by its beginning, with or without accents, in the title or the words, and shown in its sentence", async () => {
  const kept = await write(house, author, space, { title: "¿Cuándo duerme?", words: "Soy nueva. Mi bebé llora toda la noche. Gracias." });
  await answer(author, kept, "The third night was the worst.Then it was over.");
  for (const words of ["bebe", "BEBÉ noche", "cuando llora"]) expect(await finds(words), words).toMatch(/Mi (<mark[^>]*>)?bebé/u);
  expect(await finds("llor")).toContain(">llora</mark>");
  expect(await finds("llor")).not.toContain("Soy nueva");
  expect(await finds("worst.then")).toContain("Finding Heron");
  expect(await finds("orst")).toContain("Nothing was found");
  expect((await page.get(at)).text).not.toContain("Nothing was found");
});

test("what is looked for stands in no address: the words are posted, and the page that answers names its own path alone", async () => {
  const shown = await finds("canarylookedfor");
  expect(shown).not.toMatch(/(href|action|src)="[^"]*canarylookedfor/);
  expect(shown).toContain(`action="${at}"`);
  expect((await page.get(`${at}?words=canarylookedfor`)).text).not.toContain("canarylookedfor");
});

test("without a word, with a whole page of them, or sixty times in a minute it is refused kindly, with what was typed", async () => {
  const { id, cookie } = await makeSignedIn(house, ["member"]);
  await settleMember(house, id);
  const other = browser(app, cookie);
  for (const words of ["", "  …  ", "'\"&|!:*()"]) expect((await other.post(at, { words })).status).toBe(422);
  expect((await other.post(at, { words: " ?! " })).text).toContain("Write a word to look for.");
  expect((await other.post(at, { words: "x".repeat(101) })).text).toContain("That is too long.");
  for (let turn = 0; turn < 60; turn++) await other.post(at, { words: "abc" });
  const refused = await other.post(at, { words: "my words" });
  expect([refused.status, refused.text.includes("Search again in a minute"), refused.text.includes('value="my words"')]).toEqual([422, true, true]);
  expect((await page.post(at, { words: "abc" })).status).toBe(200);
});

test("what waits, was taken out or taken back is found by nobody, not even its author, and comes back with what was put back", async () => {
  const { id, cookie } = await makeSignedIn(house, ["member"]);
  const her = await settleMember(house, id, "Waiting Heron");
  const kept = await write(house, her, space, { words: "quokka in the garden" });
  const back = await answer(her, kept, "another quokka, alone");
  const readers = [page, browser(app, cookie), browser(app, (await signInAs(house, people.wren)).cookie)];
  const shownTo = async (words: string) => Promise.all(readers.map(async (one) => /in the garden|, alone/.test(await finds(words, one))));
  expect(await shownTo("quokka")).toEqual([true, true, true]);
  await withdrawPost(house, her, back.postId);
  await carryOut(house, kept.postId, "hold", house.now());
  expect(await shownTo("quokka")).toEqual([false, false, false]);
  house.passTime({ minutes: 1 });
  await carryOut(house, kept.postId, "put_back", house.now());
  expect(await shownTo("quokka")).toEqual([true, true, true]);
});

test("whom she hides is not found by her, and whoever blocked her is not found by her either; an alias and a muted topic are hidden as they are elsewhere", async () => {
  const [muted, blocks] = [await settled("Muted Owl"), await settled("Blocking Owl")];
  const open = await write(house, author, space, { title: "Of owls", words: "Who said wombat?" });
  const first = await answer(muted, open, "wombat of one who is muted");
  await answer(blocks, open, "wombat of one who blocks");
  const unnamed = await answer(author, open, "wombat of an alias", true);
  const topic = await write(house, author, space, { title: "A wombat topic", words: "Only this." });
  const hers = await write(house, reader, space, { words: "my own wombat" });
  expect((await finds("wombat")).match(/<li /g)?.length).toBe(6);
  await hide(house, reader, first.postId, "mute");
  await hide(house, blocks, hers.postId, "block");
  await hide(house, reader, unnamed.postId, "mute");
  await hide(house, reader, topic.postId, "topic");
  const left = await finds("wombat");
  for (const gone of ["is muted", "who blocks", "of an alias", "A wombat topic"]) expect(left).not.toContain(gone);
  for (const stays of ["Of owls", "my own"]) expect(left).toContain(stays);
});

test("what is folded in its topic shows its title and why, and no sentence; her own is never folded for her word", async () => {
  await write(house, author, space, { title: "Hard to say", words: "The numbat is folded by its note.", note: "loss" });
  await write(house, author, space, { title: "Easy to say", words: "The numbat met a Ferret." });
  await write(house, reader, space, { title: "Mine to say", words: "My numbat met a ferret." });
  await muteWord(house, reader, "ferret");
  const found = await finds("numbat");
  for (const shown of ["Hard to say", "speaks of the loss of a baby", "Easy to say", "has a word that you do not want to meet", "met a ferret"]) expect(found).toContain(shown);
  for (const folded of ["folded by its note", "met a Ferret"]) expect(found).not.toContain(folded);
});

test("a space that she did not join, one that is none, and words of another space are not there", async () => {
  await joinSpace(house, author, shared);
  await write(house, author, shared, { words: "A bilby for those who share it." });
  expect((await page.get(`/community/spaces/${shared}/search`)).status).toBe(404);
  expect((await page.post(`/community/spaces/${shared}/search`, { words: "bilby" })).status).toBe(404);
  expect((await page.post(`/community/spaces/${randomUUID()}/search`, { words: "bilby" })).status).toBe(404);
  expect(await finds("bilby")).toContain("Nothing was found");
});

test("more than a page goes on where it ended, each once", async () => {
  const topic = await write(house, author, space, { words: "To begin." });
  for (let turn = 0; turn < 25; turn++) await answer(author, topic, `potoroo number ${turn}.`);
  const first = await finds("potoroo");
  const [, before = ""] = /name="before" value="(\d+)"/.exec(first) ?? [];
  const second = (await page.post(at, { words: "potoroo", before })).text;
  const numbers = [first, second].flatMap((text) => [...text.matchAll(/number (\d+)\./g)].map(([, number]) => Number(number)));
  expect(numbers).toEqual(Array.from({ length: 25 }, (_, turn) => 24 - turn));
  expect(second).not.toContain('name="before"');
});

test("a member's search reads the posts of her space in their order, and no other's", async () => {
  const { rows } = await sql<{ "QUERY PLAN": string }>`explain select id from posts p where p.space_id = ${space} and p.state = 'shown' and p.search @@ to_tsquery('simple', 'night:*') order by p.seq desc limit 21`.execute(within(house.db, reader));
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("posts_shown_in_space");
});
