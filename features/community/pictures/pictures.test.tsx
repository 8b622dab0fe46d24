import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { memberScope } from "../../../platform/http/scope.ts";
import { jpegOf, pngOf, twoHalves, withExif } from "../../../platform/pictures/factory.ts";
import { browser, makeSignedIn } from "../../accounts/factory.ts";
import { aCase, aModerator } from "../../safety/desk/factory.ts";
import { decideCase } from "../../safety/desk/commands.ts";
import { aPicture, makeSpace, settleMember, write } from "../factory.ts";
import { forgetInCommunity } from "../leaving/commands.ts";
import { carryOut, changePost, forgetVersions, withdrawPost } from "../posts/commands.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { topicFor } from "../topics/queries.ts";
import type { PostId, SpaceId } from "../types.ts";
import { addPicture, removePicture } from "./commands.ts";

const folder = mkdtempSync(join(tmpdir(), "small-hours-pictures-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const house = await openTestHouse({ DATA_DIR: folder });
const people = await furnishTheStreet(house);
const app = createApp(house);
const secret = "Rosa, 34.05 N 118.24 W";
let [space, without]: [SpaceId, SpaceId] = ["" as SpaceId, "" as SpaceId];
let photograph: Uint8Array;
beforeAll(async () => {
  space = await makeSpace(house, people.lucia, { mode: "watch", pictures: true });
  without = await makeSpace(house, people.lucia, { mode: "watch" });
  photograph = withExif(await jpegOf(twoHalves(64, 32)), 1, secret);
});

async function somebody() {
  const { id, cookie, scope } = await makeSignedIn(house, ["member"]);
  await settleMember(house, id);
  return { id, cookie, scope: memberScope(scope.member), page: browser(app, cookie) };
}
const form = (fields: Record<string, string | Uint8Array>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, typeof value === "string" ? value : new File([Uint8Array.from(value)], "IMG_0042.jpg", { type: "image/jpeg" }));
  return data;
};
const keyIn = (page: string): string => /action="\/community\/pictures".*?name="key" value="([^"]+)"/s.exec(page)?.[1] ?? "";
const picturesOf = (post: string) => house.db.selectFrom("post_pictures").selectAll().where("post_id", "=", post).where("gone_at", "is", null).orderBy("seq").execute();
const postIn = (path: string | null): PostId => (/posts\/([0-9a-f-]{36})/.exec(path ?? "")?.[1] ?? "") as PostId;
const stateOf = async (post: PostId) => (await house.db.selectFrom("posts").select("state").where("id", "=", post).executeTakeFirstOrThrow()).state;
const filesLeft = () => (existsSync(join(folder, "uploads")) ? readdirSync(join(folder, "uploads")) : []);
const asked = async (post: PostId) => (await sql<{ payload: { subjectId: string; why: string[]; reason: string; priority: number } }>`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'open-case' order by j.id`.execute(house.db)).rows.map(({ payload }) => payload).filter(({ subjectId }) => subjectId === post);

describe("a post with a picture", () => {
  test("is kept first, waits, and shows its picture to others once a person has looked at it; the file says nothing of her", async () => {
    const [hers, other, wren] = [await somebody(), await somebody(), await aModerator(house, "Wren of the pictures")];
    const composer = (await hers.page.get(`/community/spaces/${space}/new`)).text;
    expect(composer).toContain("With a picture");
    const kept = await hers.page.post(`/community/spaces/${space}/topics`, { key: randomUUID(), title: "Her crib", words: "It is done.", language: "en", picture: "yes" });
    const post = postIn(kept.to);
    expect(kept.to).toBe(`/community/posts/${post}/pictures`);
    expect(await stateOf(post)).toBe("held");
    const page = (await hers.page.get(kept.to ?? "")).text;
    for (const says of ["Your words are kept", "It is done.", "A person looks at them before others see it", 'enctype="multipart/form-data"', "Add a picture"]) expect(page, says).toContain(says);
    expect((await hers.page.send("/community/pictures", form({ key: keyIn(page), post, shows: "A crib by the window", picture: photograph }))).to).toBe(kept.to);
    const [picture] = await picturesOf(post);
    expect(picture?.shows).toBe("A crib by the window");
    for (const word of ["Exif", "Rosa", "34.05", "IMG_0042"]) expect(picture?.bytes.includes(word), word).toBe(false);
    expect(filesLeft()).toEqual([]);
    const at = `/community/pictures/${picture?.id}`;
    expect((await hers.page.get(kept.to ?? "")).text).toContain(at);
    expect((await other.page.get(at)).status).toBe(404);
    expect((await browser(app).get(at)).to).toBe("/community");
    const { topic_id } = await house.db.selectFrom("posts").select("topic_id").where("id", "=", post).executeTakeFirstOrThrow();
    expect((await other.page.get(`/community/topics/${topic_id}`)).status).toBe(404);
    expect((await asked(post)).map(({ why }) => why)).toContainEqual(["picture"]);

    const id = await aCase(house, { subjectId: post, authorId: hers.id, why: ["picture"] });
    const desk = browser(app, wren.cookie);
    const shown = (await desk.get(`/safety/cases/${id}`)).text;
    for (const says of ["pictures come with it", "Picture: A crib by the window", `/safety/cases/${id}/pictures/${picture?.id}`, 'loading="lazy"']) expect(shown, says).toContain(says);
    const seen = await desk.get(`/safety/cases/${id}/pictures/${picture?.id}`);
    expect([seen.status, seen.headers.get("content-type"), seen.headers.get("cache-control"), seen.headers.get("cross-origin-resource-policy")]).toEqual([200, "image/jpeg", "no-store", "same-origin"]);
    expect((await desk.get(`/safety/cases/${await aCase(house)}/pictures/${picture?.id}`)).status).toBe(404);
    expect((await other.page.get(`/safety/cases/${id}/pictures/${picture?.id}`)).status).toBe(404);

    await carryOut(house, post, "approve", house.now());
    const read = (await other.page.get(`/community/topics/${topic_id}`)).text;
    expect(read).toContain("Picture: A crib by the window (1 kB)");
    expect((await other.page.get(at)).status).toBe(200);
  });

  test("is none where the space takes none, whatever is sent", async () => {
    const hers = await somebody();
    expect((await hers.page.get(`/community/spaces/${without}/new`)).text).not.toContain("With a picture");
    const kept = await write(house, hers.scope, without, { picture: true });
    expect(kept.state).toBe("shown");
    expect((await hers.page.get(`/community/posts/${kept.postId}/pictures`)).status).toBe(404);
    // The tick of a page from before they were turned off leads nowhere else than to her post.
    const readFirst = await makeSpace(house, people.lucia, { mode: "read_first" });
    expect((await hers.page.post(`/community/spaces/${readFirst}/topics`, { key: randomUUID(), title: "Hers", words: "It waits.", language: "en", picture: "yes" })).to).toMatch(/^\/community\/topics\//);
    expect(await addPicture(house, hers.scope, kept.postId, { bytes: photograph, shows: "x", key: randomUUID() }, () => Promise.resolve(false))).toEqual({ refused: "picturesNotHere" });
    expect(await picturesOf(kept.postId)).toEqual([]);
  });

  test("without her name shows it to her while it waits, to nobody else, and no address tells of her", async () => {
    const [hers, other] = [await somebody(), await somebody()];
    const kept = await write(house, hers.scope, space, { unnamed: true, picture: true });
    const id = await aPicture(house, hers.scope, kept.postId);
    expect((await hers.page.get(`/community/pictures/${id}`)).status).toBe(200);
    expect((await topicFor(house.db, house.keys, hers.scope, kept.topicId))?.posts[0]?.pictures).toHaveLength(1);
    expect((await other.page.get(`/community/pictures/${id}`)).status).toBe(404);
  });

  test("that others read already waits again from then on, and a decision of before shows nothing that came after it", async () => {
    const [hers, other] = [await somebody(), await somebody()];
    const kept = await write(house, hers.scope, space);
    expect(kept.state).toBe("shown");
    const before = house.now();
    const id = await aPicture(house, hers.scope, kept.postId);
    expect(await stateOf(kept.postId)).toBe("held");
    await carryOut(house, kept.postId, "approve", before.subtract({ seconds: 1 }));
    expect(await stateOf(kept.postId)).toBe("held");
    expect((await other.page.get(`/community/pictures/${id}`)).status).toBe(404);
    await changePost(house, hers.scope, kept.postId, "Other words beside it.");
    expect(await stateOf(kept.postId)).toBe("held");
    await carryOut(house, kept.postId, "approve", house.now());
    await changePost(house, hers.scope, kept.postId, "And others again.");
    expect(await stateOf(kept.postId)).toBe("shown");
    expect((await other.page.get(`/community/pictures/${id}`)).status).toBe(200);
  });

  test("is judged by what she says that it shows, too, and she is told what was found in it", async () => {
    const hers = await somebody();
    const kept = await write(house, hers.scope, space, { picture: true });
    await aPicture(house, hers.scope, kept.postId, { shows: "The pills. Tonight I am going to kill myself." });
    expect((await asked(kept.postId)).map(({ reason, priority }) => [reason, priority])).toContainEqual(["signal", 0]);
    expect((await hers.page.get(`/community/topics/${kept.topicId}`)).text).toContain("can mean that a life is in danger");
  });
});

describe("a picture that she takes away", () => {
  test("is gone for everybody at once, stays for thirty days for who keeps the community, and then for nobody", async () => {
    const [hers, other] = [await somebody(), await somebody()];
    const kept = await write(house, hers.scope, space);
    const [first, second] = [await aPicture(house, hers.scope, kept.postId), await aPicture(house, hers.scope, kept.postId)];
    await carryOut(house, kept.postId, "approve", house.now());
    expect((await hers.page.post(`/community/posts/${kept.postId}/pictures/${first}/remove`)).to).toBe(`/community/posts/${kept.postId}/pictures`);
    for (const who of [hers, other]) expect([(await who.page.get(`/community/pictures/${first}`)).status, (await who.page.get(`/community/pictures/${second}`)).status]).toEqual([404, 200]);
    expect(await stateOf(kept.postId)).toBe("shown");
    expect((await hers.page.post(`/community/posts/${kept.postId}/pictures/${first}/remove`)).status).toBe(404);
    expect(await removePicture(house, other.scope, kept.postId, second)).toBeUndefined();
    await withdrawPost(house, hers.scope, kept.postId);
    for (const who of [hers, other]) expect((await who.page.get(`/community/pictures/${second}`)).status).toBe(404);
    const left = async () => (await house.db.selectFrom("post_pictures").select("id").where("post_id", "=", kept.postId).execute()).length;
    await forgetVersions(house);
    expect(await left()).toBe(2);
    await house.db.updateTable("post_pictures").set({ gone_at: house.now().subtract({ hours: 24 * 31 }) }).where("post_id", "=", kept.postId).execute();
    await forgetVersions(house);
    expect(await left()).toBe(0);
  });

  test("where she was asked to change her post brings it back to be read", async () => {
    const hers = await somebody();
    const kept = await write(house, hers.scope, space, { title: "Her new hat", words: "Grandmother knitted it.", picture: true });
    const id = await aPicture(house, hers.scope, kept.postId);
    await carryOut(house, kept.postId, "ask_to_change", house.now());
    expect(await stateOf(kept.postId)).toBe("asked");
    await removePicture(house, hers.scope, kept.postId, id);
    expect(await stateOf(kept.postId)).toBe("held");
    expect((await asked(kept.postId)).length).toBe(3);
  });

  test("goes with her in both ways to leave, and is in her copy before", async () => {
    for (const how of ["erase", "nameless"] as const) {
      const [hers, other] = [await somebody(), await somebody()];
      const kept = await write(house, hers.scope, space, { title: "Stays or goes" });
      const id = await aPicture(house, hers.scope, kept.postId);
      await carryOut(house, kept.postId, "approve", house.now());
      const copy = await app.request("/community/export", { method: "POST", headers: { cookie: hers.cookie, host: "localhost:3000", "content-type": "application/x-www-form-urlencoded" } });
      const files = unzipSync(new Uint8Array(await copy.arrayBuffer()));
      expect(Buffer.from(files[`pictures/${id}.jpg`] ?? [])).toEqual((await picturesOf(kept.postId))[0]?.bytes);
      expect(strFromU8(files["all.html"] ?? new Uint8Array())).toContain(`<img src="pictures/${id}.jpg" alt="A crib by the window"`);
      await inTransaction(house, (act) => forgetInCommunity(house, act, { forget: () => Promise.resolve() }, hers.id, how));
      expect(await house.db.selectFrom("post_pictures").select("id").where("post_id", "=", kept.postId).execute()).toEqual([]);
      expect((await other.page.get(`/community/pictures/${id}`)).status).toBe(404);
      expect((await other.page.get(`/community/topics/${kept.topicId}`)).text).not.toContain("/community/pictures/");
    }
  });
});

describe("what can't be taken", () => {
  test("is said kindly, keeps what was typed, and leaves nothing behind", async () => {
    const hers = await somebody();
    const kept = await write(house, hers.scope, space, { picture: true });
    const huge = Buffer.from(await pngOf(twoHalves(40, 20)));
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    const sent = { post: kept.postId, shows: "A crib", key: randomUUID() };
    for (const [fields, sentence, status] of [
      [{ ...sent, picture: Buffer.from("<svg onload=alert(1)>") }, "We can’t read this as a picture", 422],
      [{ ...sent, picture: huge }, "This picture is very large", 422],
      [{ ...sent, picture: Buffer.alloc(12_500_000, 1) }, "larger than 12 MB", 413],
      [{ ...sent }, "Choose a picture", 422],
      [{ ...sent, shows: " ", picture: photograph }, "Say in a few words what it shows", 422],
      [{ ...sent, shows: "x".repeat(300), picture: photograph }, "Say it in fewer words", 422],
      [{ ...sent, key: "x", picture: photograph }, "was lost on the way", 422],
    ] as const) {
      const answer = await hers.page.send("/community/pictures", form(fields));
      expect([answer.status, answer.text.includes(sentence)], sentence).toEqual([status, true]);
      if (fields.shows === "A crib") expect(answer.text).toContain('value="A crib"');
    }
    expect([await picturesOf(kept.postId), filesLeft()]).toEqual([[], []]);
  });

  test("is anything for a post of another, and it tells nothing of that post", async () => {
    const [hers, other] = [await somebody(), await somebody()];
    const kept = await write(house, hers.scope, space, { picture: true });
    for (const post of [kept.postId, randomUUID(), "x"]) expect((await other.page.send("/community/pictures", form({ post, shows: "Mine", key: randomUUID(), picture: photograph }))).status).toBe(404);
    expect((await other.page.get(`/community/posts/${kept.postId}/pictures`)).status).toBe(404);
    expect(await picturesOf(kept.postId)).toEqual([]);
  });

  test("is a fifth one, also where many come at one moment; and what is sent twice is one", async () => {
    const hers = await somebody();
    const kept = await write(house, hers.scope, space, { picture: true });
    const [small, key] = [await jpegOf(twoHalves(8, 8)), randomUUID()];
    const add = (one = randomUUID()) => addPicture(house, hers.scope, kept.postId, { bytes: small, shows: "x", key: one }, () => Promise.resolve(false));
    await Promise.all([add(key), add(key), add(), add(), add(), add()]);
    expect(await picturesOf(kept.postId)).toHaveLength(4);
    expect(await add()).toEqual({ refused: "picturesMost" });
    expect((await hers.page.get(`/community/posts/${kept.postId}/pictures`)).text).toContain("A post takes no more");
    expect((await house.db.selectFrom("posts").select("pictures").where("id", "=", kept.postId).executeTakeFirstOrThrow()).pictures).toBe(4);
  });

  test("is more of them than anybody takes who thinks of who looks at them", async () => {
    const hers = await somebody();
    const kept = await write(house, hers.scope, space, { picture: true });
    let last = 303;
    for (let n = 0; n < 13; n++) last = (await hers.page.send("/community/pictures", form({ post: kept.postId, shows: "x", key: randomUUID(), picture: Buffer.from("no picture") }))).status;
    expect(last).toBe(422);
    expect((await hers.page.send("/community/pictures", form({ post: kept.postId, shows: "x", key: randomUUID(), picture: photograph }))).text).toContain("That was a lot in a short time");
    expect(await picturesOf(kept.postId)).toEqual([]);
  });

  test("the pictures of a case that is closed, before somebody asked to look", async () => {
    const [hers, wren, pilar] = [await somebody(), await aModerator(house, "Wren who decides"), await aModerator(house, "Pilar who looks")];
    const kept = await write(house, hers.scope, space, { picture: true });
    const picture = await aPicture(house, hers.scope, kept.postId);
    const id = await aCase(house, { subjectId: kept.postId, authorId: hers.id });
    await decideCase(house, wren.scope, id, { decision: "remove", rule: "kind" });
    expect((await browser(app, pilar.cookie).get(`/safety/cases/${id}/pictures/${picture}`)).status).toBe(404);
  });
});
