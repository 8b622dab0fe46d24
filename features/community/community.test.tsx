import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../app.tsx";
import { furnishTheStreet } from "../../cast/street.ts";
import { openTestHouse } from "../../cast/test-house.ts";
import { postsOfMember } from "../../platform/http/limits.ts";
import type { MemberId } from "../../platform/http/scope.ts";
import { browser, makeMember, makeSignedIn, signInAs } from "../accounts/factory.ts";
import { carryOut, changePost, forgetVersions, openTopic, reply, warm, withdrawPost } from "./posts/commands.ts";
import { allOf } from "./mine/queries.ts";
import { joinSpace, leaveSpace, pauseSpace } from "./spaces/commands.ts";
import { makeSpace, settleMember, write } from "./factory.ts";
import { ownPost, topicFor, topicsIn } from "./topics/queries.ts";
import type { PostId, SpaceId } from "./types.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const member = async (handle?: string) => settleMember(house, await makeMember(house, ["member"]), handle);
/** As the safety desk would write it down, for three days. */
async function giveStrike(author: MemberId, subjectId: string, kind: "hold" | "pause"): Promise<void> {
  const at = house.now();
  const { id: caseId } = await house.db.insertInto("cases").values({ subject_kind: "post", subject_id: subjectId, author_member: author, priority: 3, opened_at: at }).returning("id").executeTakeFirstOrThrow();
  const made = { case_id: caseId, by_role: "moderator", at } as const;
  const { id: decisionId } = await house.db.insertInto("case_decisions").values({ ...made, decision: "hold", member_id: people.wren, priority: 3 }).returning("id").executeTakeFirstOrThrow();
  await house.db.insertInto("strikes").values({ ...made, decision_id: decisionId, author_member: author, kind, rule: "kind", given_by: people.wren, ends_at: at.add({ hours: 72 }) }).execute();
}
let everyone: SpaceId;
let shared: SpaceId;

beforeAll(async () => {
  everyone = await makeSpace(house, people.lucia);
  shared = await makeSpace(house, people.lucia, { name: { en: "After loss", es: "Después de una pérdida" }, shared: { en: "I lost a baby.", es: "Perdí un bebé." }, mode: "watch" });
});

describe("a place in the community", () => {
  const key = (text: string) => /name="key" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const fields = (text: string, handle: string) => ({ key: key(text), handle, language: "en", age: "old", rules: "yes", collect: "yes" });

  test("is had with a name and two yeses; the key is shown, opens it on another phone, and no e-mail is asked for", async () => {
    const maya = browser(app);
    expect((await maya.get("/community")).text).toContain("You are not alone");
    const form = (await maya.get("/community/join")).text;
    expect(form).not.toMatch(/type="(email|tel)"/);
    expect((await maya.post("/community/join", fields(form, "Night Heron"))).to).toBe("/community/key");
    const shown = (await maya.get("/community/key")).text;
    const [, name = ""] = />(night\.heron\.\d{4})</.exec(shown) ?? [];
    const [, words = ""] = /<p class="num[^"]*">([a-zé ]+)<\/p>/u.exec(shown) ?? [];
    expect(words.split(" ")).toHaveLength(6);
    expect((await maya.get("/community/spaces")).text).toContain("You are Night Heron here.");
    const elsewhere = browser(app);
    expect((await elsewhere.post("/sign-in", { signInName: name, passphrase: ` ${words.toUpperCase().replaceAll(" ", ", ")} ` })).to).toBe("/community");
    expect((await elsewhere.get("/community")).to).toBe("/community/spaces");
    const consents = await house.db.selectFrom("consents as c").innerJoin("handles as h", "h.member_id", "c.member_id").select(["c.kind", "c.wording"]).where("h.handle", "=", "Night Heron").orderBy("c.kind").execute();
    expect(consents.map(({ kind }) => kind)).toEqual(["collect", "rules"]);
    expect(consents[0]?.wording).toContain("You may keep what I write here");
  });

  test("a form that is sent twice makes one place, and the key that is shown last opens it", async () => {
    const [one, two] = [browser(app), browser(app)];
    const posted = fields((await one.get("/community/join")).text, "Slow Kettle");
    const answers = await Promise.all([one.post("/community/join", posted), two.post("/community/join", posted)]);
    expect(answers.map(({ to }) => to)).toEqual(["/community/key", "/community/key"]);
    expect(await house.db.selectFrom("handles").select("handle").where("handle", "=", "Slow Kettle").execute()).toHaveLength(1);
  });

  test("a name that is somebody's, or sounds as if we were speaking, is refused kindly and stays typed", async () => {
    const one = browser(app);
    const posted = fields((await one.get("/community/join")).text, "Night  héron");
    const taken = await one.post("/community/join", posted);
    expect([taken.status, taken.text.includes("Somebody has this name"), taken.text.includes("Night  héron")]).toEqual([422, true, true]);
    expect((await one.post("/community/join", { ...posted, handle: "The Moderator" })).text).toContain("as if we were speaking");
    expect((await one.post("/community/join", { ...posted, handle: "New Name", rules: "" })).text).toContain("what we ask of each other");
  });

  test("asks her age only as the network has it, keeps nothing of the answer, and sends whoever is younger to a volunteer", async () => {
    const one = browser(app);
    await house.db.updateTable("network").set({ least_age: 16 }).execute();
    const form = (await one.get("/community/join")).text;
    expect(form).toContain("16 or older");
    expect(form).not.toMatch(/type="date"/);
    const posted = fields(form, "Young Tern");
    expect((await one.post("/community/join", { ...posted, age: "" })).text).toContain("Choose one of the two.");
    expect((await one.post("/community/join", { key: posted.key, age: "young" })).to, "also with nothing else filled in").toBe("/community/younger");
    const younger = (await one.get("/community/younger")).text;
    for (const words of ["open from 16", 'href="/message"', 'href="tel:112"']) expect(younger, words).toContain(words);
    expect(await house.db.selectFrom("handles").select("handle").where("handle", "=", "Young Tern").execute()).toEqual([]);
    await house.db.updateTable("network").set({ least_age: null }).execute();
    expect((await browser(app).get("/community/join")).text).not.toContain("How old are you");
    expect((await browser(app).get("/community/younger")).to).toBe("/community");
    const { age, ...unasked } = posted;
    expect([age, (await browser(app).post("/community/join", unasked)).to]).toEqual(["old", "/community/key"]);
    await house.db.updateTable("network").set({ least_age: 13 }).execute();
  });

  test("who works here has none by that, and no list of people shows who has one", async () => {
    const lucia = await signInAs(house, people.lucia);
    expect((await browser(app, lucia.cookie).get("/community/spaces")).status).toBe(404);
    const listed = (await browser(app, lucia.cookie).get("/people")).text;
    expect([listed.includes("Lucía"), listed.includes("Night Heron"), listed.includes("night.heron")]).toEqual([true, false, false]);
  });
});

describe("what is written", () => {
  test("of a newcomer waits, is its author's alone and says so; approved, others read it and answer", async () => {
    const [author, reader] = [await member("Amber Moon"), await member()];
    const kept = await write(house, author, everyone);
    expect(kept.state).toBe("held");
    expect((await topicFor(house.db, house.keys, author, kept.topicId))?.posts).toMatchObject([{ own: true, state: "held", heldFor: ["new"] }]);
    expect(await topicFor(house.db, house.keys, reader, kept.topicId)).toBeUndefined();
    expect(await topicsIn(house.db, reader, everyone)).toEqual([]);
    expect(await house.db.selectFrom("posts").select("id").where("id", "=", kept.postId).execute()).toHaveLength(1);
    await carryOut(house, kept.postId, "approve", house.now());
    await carryOut(house, kept.postId, "approve", house.now());
    const [line] = await topicsIn(house.db, reader, everyone);
    expect(line).toMatchObject({ id: kept.topicId, by: "Amber Moon", begins: "He only sleeps on me.", replies: 0 });
    const answer = await reply(house, reader, kept.topicId, { key: randomUUID(), words: "I am. Mine too.", language: "en", unnamed: false });
    if ("refused" in answer) throw new Error(answer.refused);
    await carryOut(house, answer.postId, "approve", house.now());
    const shown = await topicFor(house.db, house.keys, author, kept.topicId);
    expect(shown?.topic.replies).toBe(1);
    expect(shown?.posts.map(({ words, own }) => [words, own])).toEqual([["He only sleeps on me.", true], ["I am. Mine too.", false]]);
  });

  test("sent twenty times at once it is one post", async () => {
    const author = await member();
    const topic = { key: randomUUID(), title: "Twice", words: "Did it go?", language: "en" as const, note: undefined, unnamed: false };
    const results = await Promise.all(Array.from({ length: 20 }, () => openTopic(house, author, everyone, topic)));
    const done = results.flatMap((result) => ("postId" in result ? [result.postId] : []));
    expect([done.length, new Set(done).size]).toEqual([20, 1]);
    expect(await house.db.selectFrom("topics").select("id").where("title", "=", "Twice").execute()).toHaveLength(1);
  });

  test("sent again after more than anybody writes in ten minutes is answered as it was at first; what is new waits", async () => {
    const { id, cookie } = await makeSignedIn(house, ["member"]);
    await settleMember(house, id);
    const author = browser(app, cookie);
    const opening = { key: randomUUID(), title: "Again", words: "Did it go?" };
    const { to } = await author.post(`/community/spaces/${everyone}/topics`, opening);
    await house.db.updateTable("topics").set({ shown_at: house.now() }).where("title", "=", "Again").execute();
    const forms = Array.from({ length: postsOfMember - 1 }, (_, turn) => ({ key: randomUUID(), words: `Answer ${turn}` }));
    const first = [];
    for (const form of forms) first.push((await author.post(`${to}/replies`, form)).to);
    const late = { key: randomUUID(), words: "One too many" };
    const refused = await author.post(`${to}/replies`, late);
    expect([refused.status, refused.text.includes("send them in ten minutes"), refused.text.includes(">One too many</textarea>")]).toEqual([422, true, true]);
    for (const [at, form] of forms.entries()) expect(await author.post(`${to}/replies`, form)).toMatchObject({ status: 303, to: first[at] });
    expect(await author.post(`/community/spaces/${everyone}/topics`, opening)).toMatchObject({ status: 303, to });
    expect((await author.post(`${to}/replies`, late)).status).toBe(422);
    expect(await house.db.selectFrom("posts").select("id").where("author_id", "=", id).execute()).toHaveLength(postsOfMember);
  });

  test("is read by itself as it is read in its topic, by its author alone: in each state, by her name and without it, and also where she left the space", async () => {
    const [author, reader] = [await member(), await member()];
    await joinSpace(house, author, shared);
    await joinSpace(house, reader, shared);
    for (const unnamed of [false, true]) {
      const { topicId, postId } = await write(house, author, shared, { unnamed });
      const answer = await reply(house, author, topicId, { key: randomUUID(), words: "More.", language: "en", unnamed }, postId);
      if ("refused" in answer) throw new Error(answer.refused);
      for (const decision of ["approve", "hold", "ask_to_change", "remove"] as const) {
        house.passTime({ minutes: 1 });
        await carryOut(house, answer.postId, decision, house.now());
        const inTopic = (await topicFor(house.db, house.keys, author, topicId))?.posts.find(({ id }) => id === answer.postId);
        expect(inTopic).toMatchObject({ own: true, unnamed, words: "More." });
        expect(await ownPost(house.db, house.keys, author, answer.postId)).toEqual(inTopic);
        expect(await ownPost(house.db, house.keys, reader, answer.postId)).toBeUndefined();
      }
      await leaveSpace(house, author, shared);
      expect(await ownPost(house.db, house.keys, author, answer.postId)).toMatchObject({ words: "More.", state: "removed" });
      await joinSpace(house, author, shared);
    }
    expect(await ownPost(house.db, house.keys, author, randomUUID() as PostId)).toBeUndefined();
  });

  test("by a way to reach somebody waits where its author is new, and says why", async () => {
    const author = await member();
    const kept = await write(house, author, everyone, { words: "Text me: five one two 555 0143" });
    expect((await topicFor(house.db, house.keys, author, kept.topicId))?.posts[0]?.heldFor).toEqual(["new", "contact"]);
  });

  test("without her name is under one alias in a topic and another in the next, is hers to read and to take back, and no row says who it was", async () => {
    const [author, reader] = [await member("Plain Fern"), await member()];
    const topic = await write(house, author, everyone, { unnamed: true });
    await carryOut(house, topic.postId, "approve", house.now());
    const again = await reply(house, author, topic.topicId, { key: randomUUID(), words: "Me again.", language: "en", unnamed: true });
    const other = await write(house, author, everyone, { unnamed: true });
    if ("refused" in again) throw new Error(again.refused);
    const rows = await house.db.selectFrom("posts").selectAll().where("id", "in", [topic.postId, again.postId, other.postId]).orderBy("seq").execute();
    expect(rows.map(({ author_id }) => author_id)).toEqual([null, null, null]);
    expect(rows[0]?.alias).toBe(rows[1]?.alias);
    expect(rows[2]?.author_mark?.equals(rows[0]?.author_mark ?? Buffer.alloc(0))).toBe(false);
    expect(JSON.stringify(rows.map(({ author_sealed, author_mark }) => [author_sealed?.toString("latin1"), author_mark?.toString("latin1")]))).not.toContain(author.member.memberId);
    expect((await topicFor(house.db, house.keys, author, topic.topicId))?.posts.map(({ own, unnamed, state }) => [own, unnamed, state])).toEqual([[true, true, "shown"], [true, true, "held"]]);
    expect((await topicFor(house.db, house.keys, reader, topic.topicId))?.posts.map(({ own, by }) => [own, by])).toEqual([[false, rows[0]?.alias]]);
    expect((await allOf(house.db, house.keys, author)).map(({ id }) => id).sort()).toEqual([topic.postId, again.postId, other.postId].sort());
    expect(await allOf(house.db, house.keys, reader)).toEqual([]);
    expect(await withdrawPost(house, reader, again.postId)).toBeUndefined();
    expect(await withdrawPost(house, author, again.postId)).toEqual({ topicId: topic.topicId });
  });

  test("is changed within a day and waits again where newcomers do; what it was is kept for who keeps the community", async () => {
    const author = await member();
    const kept = await write(house, author, everyone);
    await carryOut(house, kept.postId, "approve", house.now());
    expect(await changePost(house, author, kept.postId, "Other words.")).toMatchObject({ state: "held" });
    expect(await topicsIn(house.db, await member(), everyone)).not.toContainEqual(expect.objectContaining({ id: kept.topicId }));
    expect((await house.db.selectFrom("post_versions").select("words").where("post_id", "=", kept.postId).execute()).map(({ words }) => words)).toEqual(["He only sleeps on me."]);
    house.passTime({ hours: 25 });
    expect(await changePost(house, author, kept.postId, "Too late.")).toEqual({ refused: "tooLate" });
    await carryOut(house, kept.postId, "ask_to_change", house.now());
    expect(await changePost(house, author, kept.postId, "As you asked.")).toMatchObject({ state: "held" });
  });

  test("of whom a moderator holds or paused is shown unread by no change either", async () => {
    const space = await makeSpace(house, people.lucia, { mode: "watch" });
    for (const kind of ["hold", "pause"] as const) {
      const author = await member();
      const kept = await write(house, author, space);
      expect(kept.state).toBe("shown");
      await giveStrike(author.member.memberId, kept.postId, kind);
      expect(await changePost(house, author, kept.postId, "Other words.")).toMatchObject({ state: "held" });
    }
  });

  test("is kept for thirty days in the words that it had, and then they are gone", async () => {
    const author = await member();
    const kept = await write(house, author, everyone, { words: "Words that she takes back." });
    await withdrawPost(house, author, kept.postId);
    const before = () => house.db.selectFrom("post_versions").select("words").where("post_id", "=", kept.postId).execute();
    house.passTime({ hours: 29 * 24 });
    await forgetVersions(house);
    expect(await before()).toEqual([{ words: "Words that she takes back." }]);
    house.passTime({ hours: 25 });
    await forgetVersions(house);
    expect(await before()).toEqual([]);
  });

  test("what was decided late does not undo what was decided after, and what she took back stays so", async () => {
    const author = await member();
    const kept = await write(house, author, everyone);
    const early = house.now();
    house.passTime({ minutes: 5 });
    await carryOut(house, kept.postId, "remove", house.now());
    await carryOut(house, kept.postId, "approve", early);
    const stateNow = async () => (await house.db.selectFrom("posts").select("state").where("id", "=", kept.postId).executeTakeFirst())?.state;
    expect(await stateNow()).toBe("removed");
    house.passTime({ minutes: 5 });
    await carryOut(house, kept.postId, "put_back", house.now());
    await withdrawPost(house, author, kept.postId);
    house.passTime({ minutes: 5 });
    await carryOut(house, kept.postId, "approve", house.now());
    expect(await stateNow()).toBe("withdrawn");
  });
});

describe("spaces", () => {
  test("of those who share something open to who says so, and to nobody else by any address", async () => {
    const [inside, outside] = [await makeSignedIn(house, ["member"]), await makeSignedIn(house, ["member"])];
    await settleMember(house, inside.id);
    await settleMember(house, outside.id);
    const [here, there] = [browser(app, inside.cookie), browser(app, outside.cookie)];
    expect((await here.get(`/community/spaces/${shared}/new`)).status).toBe(404);
    expect((await here.get(`/community/spaces/${shared}`)).text).toContain("I lost a baby.");
    await here.post(`/community/spaces/${shared}/join`);
    const form = (await here.get(`/community/spaces/${shared}/new`)).text;
    const key = /name="key" value="([^"]+)"/.exec(form)?.[1] ?? "";
    const sent = await here.post(`/community/spaces/${shared}/topics`, { key, title: "His name", words: "We called him Sol.", note: "loss" });
    expect(sent.to).toMatch(/^\/community\/topics\//);
    expect((await here.get(sent.to ?? "")).text).toContain("We called him Sol.");
    const post = await house.db.selectFrom("posts").select("id").where("topic_id", "=", sent.to?.split("/").at(-1) ?? "").executeTakeFirstOrThrow();
    for (const path of [sent.to ?? "", `/community/posts/${post.id}`, `/community/posts/${post.id}/change`]) expect((await there.get(path)).status, path).toBe(404);
    for (const [path, body] of [[`${sent.to}/replies`, { key: randomUUID(), words: "x" }], [`/community/posts/${post.id}/warm`, { kind: "me_too", does: "yes" }], [`/community/spaces/${shared}/topics`, { key: randomUUID(), title: "x", words: "x" }]] as const) expect((await there.post(path, body)).status, path).toBe(404);
    expect((await there.get(`/community/spaces/${shared}`)).text).not.toContain("His name");
  });

  test("that are paused say why and until when, and what was typed stays", async () => {
    const space = await makeSpace(house, people.lucia, { mode: "watch" });
    const hers = await makeSignedIn(house, ["member"]);
    const author = await settleMember(house, hers.id);
    const kept = await write(house, author, space);
    expect(kept.state).toBe("shown");
    const lucia = await signInAs(house, people.lucia);
    await pauseSpace(house, lucia.scope, space, { en: "We read what came in.", es: "Leemos lo que llegó." }, house.now().add({ hours: 3 }));
    const page = browser(app, hers.cookie);
    expect((await page.get(`/community/spaces/${space}`)).text).toContain("We read what came in.");
    const refused = await page.post(`/community/topics/${kept.topicId}/replies`, { key: randomUUID(), words: "Still here." });
    expect(refused.status).toBe(422);
    house.passTime({ hours: 4 });
    expect((await page.post(`/community/topics/${kept.topicId}/replies`, { key: randomUUID(), words: "Still here." })).status).toBe(303);
  });

  test("a coordinator opens and changes them; nobody else does", async () => {
    const lucia = browser(app, (await signInAs(house, people.lucia)).cookie);
    const fields = { key: randomUUID(), language: "en", nameEn: "Fathers", nameEs: "Padres", aboutEn: "For fathers.", aboutEs: "Para padres.", sharedEn: "I am a father.", sharedEs: "", mode: "read_first" };
    expect((await lucia.post("/community/keep", fields)).text).toContain("both languages, or in none");
    expect((await lucia.post("/community/keep", { ...fields, sharedEs: "Soy padre." })).to).toBe("/community/keep");
    expect((await lucia.get("/community/keep")).text).toContain("Fathers");
    const wren = browser(app, (await signInAs(house, people.wren)).cookie);
    expect((await wren.get("/community/keep")).status).toBe(404);
    expect((await wren.get("/community/spaces")).text).toContain("as a moderator");
  });
});

test("warm acts are said once, unsaid, counted nowhere, and not to oneself", async () => {
  const space = await makeSpace(house, people.lucia, { mode: "watch" });
  const [author, one, two] = [await member(), await member(), await member()];
  const { postId, topicId } = await write(house, author, space);
  for (const who of [one, one, two, author]) await warm(house, who, postId, "me_too", true);
  expect(await house.db.selectFrom("warm_acts").select("kind").where("post_id", "=", postId).execute()).toHaveLength(2);
  const seen = (await topicFor(house.db, house.keys, author, topicId))?.posts[0];
  expect([[...(seen?.warm ?? [])], [...(seen?.hers ?? [])]]).toEqual([["me_too"], []]);
  await warm(house, one, postId, "me_too", false);
  await warm(house, two, postId, "me_too", false);
  expect((await topicFor(house.db, house.keys, author, topicId))?.posts[0]?.warm.size).toBe(0);
});
