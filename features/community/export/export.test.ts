import { sql } from "kysely";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { memberScope } from "../../../platform/http/scope.ts";
import { makeMember, makeSignedIn } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { keepDraft } from "../drafts/commands.ts";
import { askForNews } from "../news/commands.ts";
import { muteWord } from "../hiding/commands.ts";
import { warm } from "../posts/commands.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);

async function filesOf(cookie: string): Promise<{ readonly json: string; readonly html: string }> {
  const answer = await app.request("/community/export", { method: "POST", headers: { cookie, host: "localhost:3000", "content-type": "application/x-www-form-urlencoded" } });
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="my-copy.zip"');
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return { json: strFromU8(files["all.json"] ?? new Uint8Array()), html: strFromU8(files["all.html"] ?? new Uint8Array()) };
}

test("one click gives her all that is hers, by her name and without it, and nothing that somebody else wrote", async () => {
  const space = await makeSpace(house, people.lucia, { mode: "watch" });
  const { id, cookie, scope } = await makeSignedIn(house, ["member"], { name: "Taking Wren" });
  await settleMember(house, id, "Taking Wren");
  const her = memberScope(scope.member);
  const other = await settleMember(house, await makeMember(house, ["member"]), "Quiet Owl");
  await write(house, her, space, { title: "Mine", words: "By my name <b>." });
  await write(house, her, space, { title: "Also mine", words: "Without my name.", unnamed: true });
  const theirs = await write(house, other, space, { title: "Theirs", words: "Only the owl said this." });
  await warm(house, her, theirs.postId, "thank_you", true);
  await muteWord(house, her, "a word she hides");
  await keepDraft(house, her, { spaceId: space }, { title: "Begun", words: "Not sent yet." }, undefined);
  await askForNews(house, her, "week");
  await house.db.insertInto("consents").values({ member_id: id, kind: "collect", wording: "Keep what I write here.", given_at: house.now() }).execute();
  const { json, html } = await filesOf(cookie);
  for (const text of [json, html]) {
    for (const mine of ["Taking Wren", "Without my name.", "Keep what I write here.", "Firefox on Android", "a word she hides", "Theirs", "Not sent yet."]) expect(text).toContain(mine);
    for (const notHers of ["Only the owl said this", other.member.memberId]) expect(text).not.toContain(notHers);
  }
  expect(html).toContain("By my name &lt;b>.");
  expect(html).toContain("Once a week at most");
  // Ten thousand posts more are all in it.
  const rows = sql`insert into posts (id, topic_id, space_id, author_id, words, language, state, sent_key, written_at)
    select gen_random_uuid(), ${theirs.topicId}, ${space}, ${id}, repeat('One of many nights. ', 20) || n, 'en', 'shown', gen_random_uuid(), ${house.now()} from generate_series(1, 10000) n`;
  await rows.execute(house.db);
  const many = JSON.parse((await filesOf(cookie)).json) as { posts: unknown[] };
  expect(many.posts).toHaveLength(10_002);
});

test("her account is no staff page: no desk in it, and what is hers in the community beside her ways in", async () => {
  const { id, cookie } = await makeSignedIn(house, ["member"], { name: "Account Wren" });
  await settleMember(house, id, "Account Wren");
  const page = await (await app.request("/account", { headers: { cookie, host: "localhost:3000" } })).text();
  for (const path of ["/community/mine", "/community/consents", "/community/leave"]) expect(page).toContain(`href="${path}"`);
  expect(page).not.toContain("You hold no role");
  expect(page).not.toContain('href="/desk"');
  expect(page).toContain('href="/help"');
  expect(page).toContain('action="/sign-out"');
});
