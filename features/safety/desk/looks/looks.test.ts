import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import { browser, makeSignedIn, signInAs } from "../../../accounts/factory.ts";
import { authorMark } from "../../events.ts";
import { safetyApp } from "../../factory.ts";
import { looksAt } from "../../queries.ts";
import type { CaseId, DeskSubject } from "../../types.ts";
import { decideCase } from "../commands.ts";
import { aCase, aModerator } from "../factory.ts";

const house = await openTestHouse();
const words = "Everybody here is a fool.";
const post: DeskSubject = { where: "After birth", title: undefined, words, by: "Lamp 12", state: "removed", at: house.now(), language: "en", before: [], notes: [], pictures: [] };
let asked = 0;
const app = safetyApp(house, {
  subjects: { post: () => ((asked += 1), Promise.resolve(post)) },
  nameBehind: { post: () => Promise.resolve("Rosa of the lamp") },
});
/** Each request comes with a session of its own, as days pass between them. */
const pages = (id: MemberId) => {
  const page = async () => browser(app, (await signInAs(house, id)).cookie);
  const seen = async (answer: ReturnType<Awaited<ReturnType<typeof page>>["get"]>) => {
    const { status, to, text } = await answer;
    expect([200, 303, 404, 409, 422]).toContain(status);
    expect(to).not.toBe("/sign-in");
    return { status, to, text };
  };
  return { get: async (path: string) => seen((await page()).get(path)), post: async (path: string, fields: Record<string, string>) => seen((await page()).post(path, fields)) };
};
const moderator = async (name: string, roles: Parameters<typeof aModerator>[2] = ["moderator"]) => {
  const one = await aModerator(house, name, roles);
  return { ...one, page: pages(one.id) };
};
const [wren, pilar] = [await moderator("Wren"), await moderator("Pilar", ["moderator", "member"])];
const author = async () => {
  const one = await makeSignedIn(house, ["member"]);
  return { ...one, page: pages(one.id) };
};

async function removed(more: Parameters<typeof aCase>[1]): Promise<{ id: CaseId; path: string }> {
  await house.db.deleteFrom("exposures").execute();
  const id = await aCase(house, { subjectId: randomUUID(), ...more });
  await decideCase(house, wren.scope, id, { decision: "remove", rule: "kind" });
  return { id, path: `/safety/cases/${id}` };
}
const look = { what: "words", lookReason: "report", lookNote: "A neighbour asked again." };
const lookIn = async (path: string, who = pilar) => /looks\/([0-9a-f-]{36})\/(answer|review)/.exec((await who.page.get(path)).text)?.[1] ?? "";
const acts = async (id: string) => (await house.db.selectFrom("audit_entries").select("act").where("subject_id", "=", id).orderBy("id").execute()).map(({ act }) => act);

describe("the words of what was removed", () => {
  test("are open while something about it waits, and closed to the desk after it", async () => {
    const rosa = await author();
    const id = await aCase(house, { authorId: rosa.id });
    const path = `/safety/cases/${id}`;
    expect((await wren.page.get(path)).text).toContain(words);
    await decideCase(house, wren.scope, id, { decision: "remove", rule: "kind" });
    asked = 0;
    const closed = (await wren.page.get(path)).text;
    expect(closed).not.toContain(words);
    expect(closed).toContain("its words are closed");
    expect(asked, "they are not even asked for").toBe(0);
  });

  test("open with a second person for a day, for who asked alone, and their author sees it", async () => {
    const rosa = await author();
    const { id, path } = await removed({ authorId: rosa.id });
    expect((await wren.page.post(`${path}/looks`, { ...look, lookNote: "", how: "two" })).status).toBe(422);
    expect((await wren.page.post(`${path}/looks`, { ...look, how: "two" })).to).toBe(path);
    expect((await wren.page.post(`${path}/looks`, { ...look, how: "two" })).status).toBe(409);
    expect((await wren.page.get(path)).text).not.toContain(words);
    expect(await looksAt(house.db, house.keys, rosa.id)).toEqual([]);
    expect((await pilar.page.get("/safety")).text).toContain("Wren asks to see the words of what was removed");
    const lookId = await lookIn(path);
    expect((await wren.page.post(`${path}/looks/${lookId}/answer`, { yes: "yes" })).status, "not herself").toBe(409);
    expect((await pilar.page.post(`${path}/looks/${lookId}/answer`, { yes: "yes" })).to).toBe(path);
    expect((await wren.page.get(path)).text).toContain(words);
    expect((await pilar.page.get(path)).text, "for who asked alone").not.toContain(words);
    expect(await acts(id)).toEqual(expect.arrayContaining(["asked_to_look", "agreed_to_look", "saw_private"]));
    expect(await looksAt(house.db, house.keys, rosa.id)).toMatchObject([{ what: "words", reason: "report", byRole: "moderator", agreed: true }]);
    const hers = (await rosa.page.get("/safety/looks")).text;
    for (const said of ["The words of a post of yours that was removed", "To answer a report", "A second person agreed before.", "a moderator"]) expect(hers).toContain(said);
    expect(hers).not.toMatch(/Wren|Pilar|neighbour/);
    house.passTime({ hours: 25 });
    expect((await wren.page.get(path)).text).not.toContain(words);
  });

  test("stay closed where the second person says no", async () => {
    const rosa = await author();
    const { path } = await removed({ authorId: rosa.id });
    await wren.page.post(`${path}/looks`, { ...look, how: "two" });
    await pilar.page.post(`${path}/looks/${await lookIn(path)}/answer`, { yes: "no" });
    expect((await wren.page.get(path)).text).not.toContain(words);
    expect(await looksAt(house.db, house.keys, rosa.id)).toEqual([]);
  });

  test("open to one alone for half an hour, and another reviews it; whoever is owed a review looks alone no more", async () => {
    const rosa = await author();
    const { path } = await removed({ authorId: rosa.id });
    await wren.page.post(`${path}/looks`, { ...look, lookReason: "danger", how: "alone" });
    expect((await wren.page.get(path)).text).toContain(words);
    house.passTime({ minutes: 30 });
    expect((await wren.page.get(path)).text).not.toContain(words);
    expect((await rosa.page.get("/safety/looks")).text).toContain("One person looked alone. Another reviews it.");
    house.passTime({ hours: 72 });
    expect((await wren.page.post(`${path}/looks`, { ...look, how: "alone" })).text).toContain("was not reviewed in time");
    const lookId = await lookIn(path);
    expect((await wren.page.post(`${path}/looks/${lookId}/review`, { yes: "yes" })).status).toBe(409);
    expect((await pilar.page.post(`${path}/looks/${lookId}/review`, { yes: "no" })).to).toBe(path);
    expect(await looksAt(house.db, house.keys, rosa.id)).toMatchObject([{ reason: "danger", agreed: false, wasRight: false }]);
    expect((await rosa.page.get("/safety/looks")).text).toContain("it was not right");
    expect((await wren.page.post(`${path}/looks`, { ...look, how: "alone" })).to).toBe(path);
  });
});

describe("the name behind an alias", () => {
  test("is on no page until a look at it is open, and then its owner sees that it was", async () => {
    const rosa = await author();
    const { path } = await removed({ authorMark: authorMark(house.keys, rosa.id).toString("hex") });
    await wren.page.post(`${path}/looks`, { ...look, how: "two" });
    await pilar.page.post(`${path}/looks/${await lookIn(path)}/answer`, { yes: "yes" });
    expect((await wren.page.get(path)).text, "a look at the words opens no name").not.toContain("Rosa of the lamp");
    await wren.page.post(`${path}/looks`, { ...look, what: "name", lookReason: "danger", how: "two" });
    expect((await wren.page.get(path)).text).not.toContain("Rosa of the lamp");
    await pilar.page.post(`${path}/looks/${await lookIn(path)}/answer`, { yes: "yes" });
    expect((await wren.page.get(path)).text).toContain("Written by Rosa of the lamp");
    expect((await looksAt(house.db, house.keys, rosa.id)).map(({ what }) => what).sort()).toEqual(["name", "words"]);
  });

  test("that a moderator wrote herself is not hers to agree to", async () => {
    const { path } = await removed({ authorMark: authorMark(house.keys, pilar.id).toString("hex") });
    await wren.page.post(`${path}/looks`, { ...look, how: "two" });
    expect((await pilar.page.get("/safety")).text).not.toContain(path);
    const { id } = await house.db.selectFrom("looks").select("id").orderBy("asked_at", "desc").limit(1).executeTakeFirstOrThrow();
    expect((await pilar.page.post(`${path}/looks/${id}/answer`, { yes: "yes" })).status).toBe(404);
  });
});
