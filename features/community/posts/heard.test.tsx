import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { browser, makeSignedIn } from "../../accounts/factory.ts";
import { readingOf, signalFigures } from "../../safety/queries.ts";
import { makeSpace, settleMember, write } from "../factory.ts";
import { topicsIn } from "../topics/queries.ts";
import type { SpaceId } from "../types.ts";
import { changePost } from "./commands.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
let space: SpaceId;
beforeAll(async () => {
  space = await makeSpace(house, people.lucia, { mode: "watch" });
});

const urgent = "I have the pills here and I wrote the letters. Tonight I am going to kill myself.";
const thoughts = "I keep seeing myself drop her down the stairs. I would never do it, it horrifies me. Am I a monster?";
const ordinary = "Does anybody know a good bottle for reflux?";

const jobs = async (task: string) => (await sql<{ payload: Record<string, unknown> }>`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = ${task} order by j.id`.execute(house.db)).rows.map(({ payload }) => payload);

describe("words that sound like danger", () => {
  test("are what these tests take them for", () => expect([urgent, thoughts, ordinary].map((words) => readingOf(words).priority)).toEqual(["P0", "P2", "P3"]));

  test("ask the people on call in the transaction of the post, come first on the desk, hide nothing, and are told to their author alone", async () => {
    const [hers, others] = [await makeSignedIn(house, ["member"]), await makeSignedIn(house, ["member"])];
    const [author, reader] = [await settleMember(house, hers.id), await settleMember(house, others.id)];
    const kept = await write(house, author, space, { title: "Goodbye", words: urgent });
    expect(kept.state).toBe("shown");
    expect(await jobs("raise-page")).toMatchObject([{ subjectKind: "post", subjectId: kept.postId, path: "/safety" }]);
    expect(await jobs("open-case")).toContainEqual(expect.objectContaining({ subjectId: kept.postId, reason: "signal", priority: 0, authorId: hers.id }));
    expect((await topicsIn(house.db, reader, space)).map(({ id }) => id)).toContain(kept.topicId);
    const page = (await browser(app, hers.cookie, "en-US").get(`/community/topics/${kept.topicId}`)).text;
    for (const says of ["can mean that a life is in danger", "are being asked right now", "often wrong", "nobody outside was told", 'href="tel:988"', "/safety/promise"]) expect(page).toContain(says);
    const theirs = (await browser(app, others.cookie).get(`/community/topics/${kept.topicId}`)).text;
    for (const says of ["can mean that a life is in danger", "often wrong", "/safety/promise"]) expect(theirs).not.toContain(says);
  });

  test("without her name ask as well, and no job says who she is", async () => {
    const hers = await makeSignedIn(house, ["member"]);
    const author = await settleMember(house, hers.id);
    const kept = await write(house, author, space, { words: urgent, unnamed: true });
    const all = JSON.stringify([...(await jobs("raise-page")), ...(await jobs("open-case"))].filter(({ subjectId }) => subjectId === kept.postId));
    expect(all).toContain("authorMark");
    expect(all).not.toContain(hers.id);
    expect(all).not.toMatch(/pills|letters|kill/);
  });

  test("are found in a change, too", async () => {
    const author = await settleMember(house, (await makeSignedIn(house, ["member"])).id);
    const kept = await write(house, author, space, { words: ordinary });
    expect((await jobs("raise-page")).map(({ subjectId }) => subjectId)).not.toContain(kept.postId);
    await changePost(house, author, kept.postId, urgent);
    expect((await jobs("raise-page")).map(({ subjectId }) => subjectId)).toContain(kept.postId);
  });

  test("are found in a title, too, and its author is told so", async () => {
    const hers = await makeSignedIn(house, ["member"]);
    const kept = await write(house, await settleMember(house, hers.id), space, { title: "Tonight I am going to kill myself", words: "He sleeps." });
    expect((await jobs("raise-page")).map(({ subjectId }) => subjectId)).toContain(kept.postId);
    expect((await browser(app, hers.cookie, "en-US").get(`/community/topics/${kept.topicId}`)).text).toContain("can mean that a life is in danger");
  });

  test("that are thoughts nobody wants call nobody, and reassure", async () => {
    const hers = await makeSignedIn(house, ["member"]);
    const kept = await write(house, await settleMember(house, hers.id), space, { words: thoughts });
    expect((await jobs("raise-page")).map(({ subjectId }) => subjectId)).not.toContain(kept.postId);
    expect(await jobs("open-case")).toContainEqual(expect.objectContaining({ subjectId: kept.postId, reason: "signal", priority: 2 }));
    const page = (await browser(app, hers.cookie).get(`/community/topics/${kept.topicId}`)).text;
    expect(page).toContain("Having one is not the same as wanting it");
    expect(page).not.toContain("life is in danger");
  });

  test("leave nothing on anybody: no row beside the queue's reason holds what was found", async () => {
    const { rows } = await sql<{ name: string }>`select column_name::text as name from information_schema.columns where table_schema = 'public' and table_name in ('posts', 'topics', 'members', 'handles')`.execute(house.db);
    expect(rows.map(({ name }) => name).filter((name) => /risk|score|signal|priority|danger/.test(name))).toEqual([]);
  });
});

test("the promise says who reads, what is never done, and how often the program was wrong", async () => {
  for (const language of ["en", "es"] as const) {
    const page = (await browser(app, "", language).get("/safety/promise")).text;
    for (const { urgentFound, ordinaryRaised } of Object.values(signalFigures)) for (const figure of [urgentFound, ordinaryRaised]) expect(page).toContain(`${new Intl.NumberFormat(language).format(figure)} %`);
    expect(page).toMatch(language === "en" ? /never calls the police/ : /nunca llama a la policía/);
  }
});
