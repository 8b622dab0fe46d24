import { afterEach, describe, expect, test } from "vitest";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { unseal } from "../../../platform/crypto/seal.ts";
import { parentScope } from "../../../platform/http/scope.ts";
import { anAnsweredParent, clearTheLine, helplineApp, jobsWaiting, listening, signedInAs } from "../board/factory.ts";
import { endConversation } from "../commands.ts";
import { eraseConversation } from "../erasure/commands.ts";
import { leaveContact } from "../promises/commands.ts";
import { boundTo } from "../rules.ts";
import { tellOfDebrief } from "./commands.ts";

const house = await openTestHouse();
const street = await furnishTheStreet(house);
const app = helplineApp(house);
const ana = await signedInAs(house, app, "Ana", ["volunteer"]);
const marco = await signedInAs(house, app, "Marco", ["volunteer"]);
const judith = await signedInAs(house, app, "Judith", ["supervisor"]);
const lucia = await signedInAs(house, app, "Lucía", ["coordinator"]);
afterEach(() => clearTheLine(house));

const closureOf = (id: string) => house.db.selectFrom("closures").selectAll().where("conversation_id", "=", id).executeTakeFirst();
const standing = (id: string) => house.db.selectFrom("conversations").select(["ended_at", "ended_by"]).where("id", "=", id).executeTakeFirstOrThrow();
const promiseOf = (id: string) => house.db.selectFrom("call_backs").selectAll().where("conversation_id", "=", id).executeTakeFirstOrThrow();
const withContact = (id: string) => leaveContact(house, parentScope(id as never), { way: "text", contact: "+15550107788", safeWay: "text_only", bestTime: "any" });

describe("closing a conversation", () => {
  test("ends it and notes outcome and reasons, in one act, and thanks the volunteer", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    const { status, to } = await ana.page.post(`${path}/close`, { outcome: "listened", reasons: ["anxiety", "feeding_sleep", "anxiety"] });
    expect([status, to]).toEqual([303, "/desk/thank-you"]);
    expect(await standing(id)).toMatchObject({ ended_by: "volunteer" });
    expect(await closureOf(id)).toMatchObject({ member_id: ana.id, outcome: "listened", reasons: ["anxiety", "feeding_sleep"], follow_up_on: null });
    expect((await ana.page.get("/desk/thank-you")).text).toContain("Someone was not alone, because you were there.");
  });

  test("without an outcome shows the form again with all that was chosen, and ends nothing", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    const { status, text } = await ana.page.post(`${path}/close`, { reasons: ["loss", "nonsense"], followUp: "yes" });
    expect(status).toBe(422);
    expect(text).toContain("Choose how it ended.");
    expect(text).toContain("Choose from the list.");
    expect(text).toMatch(/value="loss" checked/);
    expect((await standing(id)).ended_at).toBeNull();
  });

  test("waits for an open concern, and says where it is", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    await ana.page.post(`${path}/concern/raise`);
    for (const answer of [await ana.page.get(`${path}/close`), await ana.page.post(`${path}/close`, { outcome: "listened" })]) {
      expect(answer.text).toContain("Close the concern first, then the conversation.");
      expect(answer.text).toContain(`href="${path}/concern"`);
    }
    expect((await standing(id)).ended_at).toBeNull();
    expect(await closureOf(id)).toBeUndefined();
  });

  test("twice at once ends it once", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    const answers = await Promise.all([ana.page.post(`${path}/close`, { outcome: "listened" }), ana.page.post(`${path}/close`, { outcome: "referred" })]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await house.db.selectFrom("audit_entries").select("id").where("act", "=", "closed_conversation").where("subject_id", "=", id).execute()).toHaveLength(1);
    expect(await house.db.selectFrom("entries").select("seq").where("conversation_id", "=", id).where("kind", "=", "ended").execute()).toHaveLength(1);
  });

  test("after the parent ended it herself, her volunteer still notes how it was", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    await endConversation(house, parentScope(id));
    expect((await ana.page.get(`${path}/close`)).text).toContain("It has ended.");
    expect((await ana.page.post(`${path}/close`, { outcome: "ended_early" })).status).toBe(303);
    expect(await standing(id)).toMatchObject({ ended_by: "parent" });
    expect(await closureOf(id)).toMatchObject({ outcome: "ended_early" });
  });

  test("after the parent erased it, too: the note holds nobody's words", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    await eraseConversation(house, id, "parent");
    expect((await ana.page.post(`${path}/close`, { outcome: "listened", reasons: ["loss"] })).status).toBe(303);
    expect(await closureOf(id)).toMatchObject({ outcome: "listened" });
  });

  test("is not for another volunteer, a coordinator, or a volunteer who handed it over", async () => {
    const { path, id } = await anAnsweredParent(house, ana.scope);
    for (const who of [marco, lucia]) {
      expect((await who.page.get(`${path}/close`)).status).toBe(404);
      expect((await who.page.post(`${path}/close`, { outcome: "listened" })).status).toBe(404);
    }
    await house.db.updateTable("claims").set({ released_at: house.now(), release_reason: "handed_over" }).where("conversation_id", "=", id).execute();
    expect((await ana.page.post(`${path}/close`, { outcome: "listened" })).status).toBe(404);
    expect((await standing(id)).ended_at).toBeNull();
  });

  test("in Spanish, all of it", async () => {
    const pilar = await signedInAs(house, app, "Pilar", ["volunteer"], "es");
    const { path } = await anAnsweredParent(house, pilar.scope);
    expect((await pilar.page.get(`${path}/close`)).text).toContain("¿De qué se trató?");
    expect((await pilar.page.post(`${path}/close`, {})).text).toContain("Elige cómo terminó.");
    expect((await pilar.page.get("/desk/thank-you")).text).toContain("Gracias");
  });
});

describe("a follow-up", () => {
  test("is a promise that the volunteer keeps, due that evening, with its reminder", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    await withContact(id);
    await house.db.updateTable("call_backs").set({ done_at: house.now(), outcome: "reached" }).where("conversation_id", "=", id).execute();
    expect((await ana.page.post(`${path}/close`, { outcome: "listened", followUp: "yes", followUpOn: "2026-11-27" })).status).toBe(303);
    const promise = await promiseOf(id);
    expect([promise.owner_id, promise.due_at.toString(), promise.done_at]).toEqual([ana.id, "2026-11-28T04:00:00Z", null]);
    expect((await closureOf(id))?.follow_up_on?.toString()).toBe("2026-11-27");
    const jobs = (await jobsWaiting(house, "remind-of-call-back")).filter(({ payload }) => payload["conversationId"] === id);
    expect(jobs.map(({ runAt }) => Temporal.Instant.from(runAt).toString())).toEqual(["2026-11-27T16:00:00Z"]);
  });

  test("on a later day leaves an open promise as it is, and comes after it", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    await withContact(id);
    const before = await promiseOf(id);
    expect((await ana.page.get(`${path}/close`)).text).toContain("A later day comes after it.");
    await ana.page.post(`${path}/close`, { outcome: "listened", followUp: "yes", followUpOn: "2026-11-27" });
    expect(await promiseOf(id)).toEqual(before);
    const kept = `/desk/call-backs/${before.id}`;
    await lucia.page.post(`${kept}/try`, { reached: "yes" });
    expect((await lucia.page.post(`${kept}/close`, { outcome: "reached" })).status).toBe(303);
    const next = await promiseOf(id);
    expect([next.owner_id, next.due_at.toString(), next.done_at]).toEqual([ana.id, "2026-11-28T04:00:00Z", null]);
    house.passTime({ seconds: 61 });
    expect((await ana.page.post(`${kept}/close`, { outcome: "reached" })).status).toBe(303);
    expect((await promiseOf(id)).done_at).not.toBeNull();
  });

  test("on an earlier day moves an open promise there", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    await withContact(id);
    await house.db.updateTable("call_backs").set({ due_at: "2026-11-30T00:00:00Z" as never }).where("conversation_id", "=", id).execute();
    await ana.page.post(`${path}/close`, { outcome: "listened", followUp: "yes", followUpOn: "2026-11-27" });
    const moved = await promiseOf(id);
    expect([moved.owner_id, moved.due_at.toString()]).toEqual([ana.id, "2026-11-28T04:00:00Z"]);
  });

  test.each([
    ["", "Choose the day."],
    ["soon", "Choose the day."],
    ["2026-11-24", "Choose a day after today."],
    ["2027-11-24", "Choose a day within three months."],
  ])("on the day “%s” is asked for again: %s", async (day, sentence) => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    await withContact(id);
    const { status, text } = await ana.page.post(`${path}/close`, { outcome: "listened", followUp: "yes", followUpOn: day });
    expect(status).toBe(422);
    expect(text).toContain(sentence);
    expect((await standing(id)).ended_at).toBeNull();
  });

  test("cannot be promised without a way to reach them", async () => {
    const { id, path } = await anAnsweredParent(house, ana.scope);
    expect((await ana.page.get(`${path}/close`)).text).toContain("ask them to leave one before you close");
    const { status, text } = await ana.page.post(`${path}/close`, { outcome: "listened", followUp: "yes", followUpOn: "2026-11-27" });
    expect(status).toBe(422);
    expect(text).toContain("so we can’t promise this");
    expect((await standing(id)).ended_at).toBeNull();
  });
});

describe("after a hard one", () => {
  const hardOne = async () => {
    const parent = await anAnsweredParent(house, ana.scope, { stage: "after_loss" });
    return { ...parent, debrief: `/desk/debrief/${parent.id}` };
  };

  test("the volunteer is asked how she is", async () => {
    const { path, debrief } = await hardOne();
    expect((await ana.page.post(`${path}/close`, { outcome: "listened" })).to).toBe(debrief);
    expect((await ana.page.get(debrief)).text).toContain("How are you?");
  });

  test("her words are sealed with her own key, and one debrief is kept however often it is sent", async () => {
    const { path, debrief, id } = await hardOne();
    await ana.page.post(`${path}/close`, { outcome: "listened" });
    const sent = { how: "shaken", words: "canary-5120 it was close to home", wantsTalk: "yes" };
    const answers = await Promise.all([ana.page.post(debrief, sent), ana.page.post(debrief, sent)]);
    expect(answers.map(({ to }) => to)).toEqual(["/desk/thank-you?talk", "/desk/thank-you?talk"]);
    const rows = await house.db.selectFrom("debriefs").selectAll().where("conversation_id", "=", id).execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.words_sealed?.toString("latin1")).not.toContain("canary");
    const { wrapped_key } = await house.db.selectFrom("members").select("wrapped_key").where("id", "=", ana.id).executeTakeFirstOrThrow();
    expect(unseal(house.keys.openDataKey(wrapped_key, ana.id), rows[0]?.words_sealed ?? Buffer.alloc(0), boundTo(ana.id, "debrief"))).toBe("canary-5120 it was close to home");
    expect((await ana.page.get("/desk/thank-you?talk")).text).toContain("A supervisor knows that you want to talk.");
    expect((await ana.page.get(debrief)).to).toBe("/desk/thank-you");
  });

  test("how she is must be said, and what was typed stays", async () => {
    const { path, debrief } = await hardOne();
    await ana.page.post(`${path}/close`, { outcome: "listened" });
    const { status, text } = await ana.page.post(debrief, { words: "canary-5121", wantsTalk: "yes" });
    expect(status).toBe(422);
    expect(text).toContain("Choose how you are.");
    expect(text).toContain("canary-5121");
  });

  test("nobody writes the debrief of a conversation that she was not in", async () => {
    const { debrief } = await hardOne();
    expect((await marco.page.get(debrief)).status).toBe(404);
    expect((await marco.page.post(debrief, { how: "fine" })).status).toBe(404);
    expect((await lucia.page.get(debrief)).status).toBe(404);
  });

  test("who wants to talk reaches the supervisors, once, without a word of it", async () => {
    const { path, debrief, id } = await hardOne();
    await ana.page.post(`${path}/close`, { outcome: "listened" });
    await ana.page.post(debrief, { how: "not_ok", words: "canary-5122", wantsTalk: "yes" });
    const row = await house.db.selectFrom("debriefs").select("id").where("conversation_id", "=", id).executeTakeFirstOrThrow();
    expect((await jobsWaiting(house, "tell-of-debrief")).map(({ payload }) => payload["debriefId"])).toContain(row.id);
    const ear = listening();
    await tellOfDebrief(house, row.id, ear.notify);
    expect([...(ear.calls[0]?.to ?? [])]).toEqual(expect.arrayContaining([judith.id, street.judith]));
    expect(JSON.stringify(ear.calls)).not.toContain("canary");
    await judith.page.post(`/board/debriefs/${row.id}/answer`);
    await tellOfDebrief(house, row.id, ear.notify);
    expect(ear.calls).toHaveLength(1);
  });
});
