import { afterEach, describe, expect, test } from "vitest";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { parentScope } from "../../../platform/http/scope.ts";
import { clearTheLine, helplineApp, jobsWaiting, listening, signedInAs } from "../board/factory.ts";
import { eraseConversation } from "../erasure/commands.ts";
import { leaveContact, type ContactGiven } from "../promises/commands.ts";
import { aParent } from "../factory.ts";
import type { CallBackId } from "../types.ts";
import { closeCallBack, remindOfCallBack } from "./commands.ts";

const house = await openTestHouse();
const street = await furnishTheStreet(house);
const app = helplineApp(house);
const ana = await signedInAs(house, app, "Ana", ["volunteer"]);
const marco = await signedInAs(house, app, "Marco", ["volunteer"]);
const judith = await signedInAs(house, app, "Judith", ["supervisor"]);
const lucia = await signedInAs(house, app, "Lucía", ["coordinator"]);
afterEach(() => clearTheLine(house));

const contact = "+1 555 010 7788";
/** Long enough to be no part of an id on the page. */
const number = /010 ?7788/;
async function promised(given: Partial<ContactGiven> = {}) {
  const parent = await aParent(house, { nickname: "Maya", words: "canary-9034 I am so tired" });
  await leaveContact(house, parent, { way: "call", contact, safeWay: "never_name_us", bestTime: "morning", ...given });
  const { id } = await house.db.selectFrom("call_backs").select("id").where("conversation_id", "=", parent.conversationId).executeTakeFirstOrThrow();
  return { id, path: `/desk/call-backs/${id}`, conversation: parent.conversationId };
}
const rowOf = (id: string) => house.db.selectFrom("call_backs").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const auditOf = (id: string, act: string) => house.db.selectFrom("audit_entries").selectAll().where("subject_id", "=", id).where("act", "=", act).execute();

describe("the list of promises", () => {
  test("says what, when and whose, and never how to reach anybody", async () => {
    const { path } = await promised();
    const { status, text } = await ana.page.get("/desk/call-backs");
    expect(status).toBe(200);
    expect(text).toContain(`href="${path}"`);
    expect(text).toContain("Best time: Morning");
    expect(text).not.toMatch(number);
    expect(text).not.toContain("Maya");
    expect(text).not.toContain("canary");
  });

  test("marks what is overdue, calmly", async () => {
    const { id, path } = await promised();
    await house.db.updateTable("call_backs").set({ due_at: house.now().subtract({ minutes: 1 }) }).where("id", "=", id).execute();
    expect((await ana.page.get("/desk/call-backs")).text).toContain("Overdue");
    expect((await ana.page.get(path)).text).toContain("Overdue");
  });

  test("without promises says so", async () => {
    await house.db.updateTable("call_backs").set({ done_at: house.now(), outcome: "reached" }).where("done_at", "is", null).execute();
    expect((await ana.page.get("/desk/call-backs")).text).toContain("No promise is open.");
  });
});

test("whoever leaves another way to be reached is not put off by it: an open promise keeps its time", async () => {
  const { id, conversation } = await promised();
  const { due_at: due } = await rowOf(id);
  house.passTime({ hours: 20 });
  await leaveContact(house, parentScope(conversation), { way: "text", contact, safeWay: "text_only", bestTime: "any" });
  expect(await rowOf(id)).toMatchObject({ way: "text", done_at: null });
  expect((await rowOf(id)).due_at.equals(due)).toBe(true);
  const reminders = (await jobsWaiting(house, "remind-of-call-back")).filter(({ payload }) => payload["conversationId"] === conversation);
  expect(reminders.map(({ runAt }) => runAt)).toEqual([due.subtract({ hours: 12 }).toString()]);
  house.setClock("2026-11-24T11:00:00Z");
});

describe("the contact", () => {
  test("is on no page before somebody who keeps the promise asks to see it", async () => {
    const { path } = await promised();
    await ana.page.post(`${path}/take`);
    for (const who of [ana, marco, judith, lucia]) expect((await who.page.get(path)).text).not.toMatch(number);
  });

  test("is shown once, right under the words that keep her safe, and the look is an audit row", async () => {
    const { id, path } = await promised();
    await ana.page.post(`${path}/take`);
    const { status, text } = await ana.page.post(`${path}/reveal`);
    expect(status).toBe(200);
    expect(text).toContain(contact);
    expect(text).toContain('href="tel:+15550107788"');
    expect(text).toContain("They call themselves Maya.");
    const between = text.slice(text.indexOf("Never say who we are."), text.indexOf('href="tel:'));
    expect(between.length).toBeGreaterThan(0);
    expect(between).not.toContain("<form");
    expect((await ana.page.get(path)).text).not.toMatch(number);
    const rows = await auditOf(id, "revealed_contact");
    expect(rows.map((row) => row.member_id)).toEqual([ana.id]);
    expect(JSON.stringify(await house.db.selectFrom("audit_entries").selectAll().execute())).not.toMatch(/010 ?7788|canary|Maya/);
  });

  test.each([
    ["text_only", "call", "Text only. Do not call.", "sms:"],
    ["may_name_us", "call", "You may leave a voicemail, and say who we are.", "tel:"],
    ["never_name_us", "text", "Never say who we are.", "sms:"],
  ] as const)("with the safe way %s says it in large words", async (safeWay, way, words, scheme) => {
    const { path } = await promised({ safeWay, way });
    const { text } = await judith.page.post(`${path}/reveal`);
    expect(text).toContain(words);
    expect(text).toContain(`href="${scheme}+15550107788"`);
  });

  test("stays closed to a volunteer who does not keep the promise", async () => {
    const { id, path } = await promised();
    const { status, text } = await ana.page.post(`${path}/reveal`);
    expect(status).toBe(409);
    expect(text).toContain("Keep this promise first");
    expect(text).not.toMatch(number);
    expect(await auditOf(id, "revealed_contact")).toEqual([]);
  });

  test("is gone with the conversation, and the page says so", async () => {
    const { path, conversation, id } = await promised();
    await house.db.updateTable("call_backs").set({ owner_id: ana.id }).where("id", "=", id).execute();
    await eraseConversation(house, conversation, "parent");
    await house.db.updateTable("call_backs").set({ done_at: null, outcome: null }).where("id", "=", id).execute();
    expect((await ana.page.get(path)).text).toContain("The contact is gone, and nobody can call.");
    const { status, text } = await ana.page.post(`${path}/reveal`);
    expect(status).toBe(409);
    expect(text).toContain("The contact is no longer kept.");
  });

  test("of a promise that has ended is not shown any more", async () => {
    const { path } = await promised();
    await judith.page.post(`${path}/close`, { outcome: "declined" });
    const { status, text } = await judith.page.post(`${path}/reveal`);
    expect(status).toBe(409);
    expect(text).not.toMatch(number);
    expect(text).toContain("This promise has ended.");
  });
});

describe("keeping a promise", () => {
  test("a volunteer takes it from the coordinator; another volunteer then can't", async () => {
    const { id, path } = await promised();
    expect([street.lucia, lucia.id]).toContain((await rowOf(id)).owner_id);
    expect((await ana.page.post(`${path}/take`)).status).toBe(303);
    expect((await rowOf(id)).owner_id).toBe(ana.id);
    const late = await marco.page.post(`${path}/take`);
    expect(late.status).toBe(409);
    expect(late.text).toContain("Another volunteer keeps this promise already.");
    expect((await judith.page.post(`${path}/take`)).status).toBe(303);
    expect(await auditOf(id, "took_call_back")).toHaveLength(2);
  });

  test("two volunteers at once: one keeps it", async () => {
    const { id, path } = await promised();
    const answers = await Promise.all([ana.page.post(`${path}/take`), marco.page.post(`${path}/take`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await auditOf(id, "took_call_back")).toHaveLength(1);
  });

  test("may end after three tries, not before, and a second tap is no second try", async () => {
    const { id, path } = await promised();
    await ana.page.post(`${path}/take`);
    for (const hours of [0, 3, 6]) {
      house.passTime({ hours });
      const early = await ana.page.post(`${path}/close`, { outcome: "three_tries" });
      expect(early.status).toBe(409);
      expect(early.text).toContain("There are not three tries yet.");
      await Promise.all([ana.page.post(`${path}/try`, { reached: "no" }), ana.page.post(`${path}/try`, { reached: "no" })]);
    }
    expect(await house.db.selectFrom("call_back_tries").select("id").where("call_back_id", "=", id).execute()).toHaveLength(3);
    expect((await ana.page.post(`${path}/close`, { outcome: "three_tries" })).status).toBe(303);
    expect((await rowOf(id)).outcome).toBe("three_tries");
    expect((await ana.page.get(path)).text).toContain("Ended after three tries.");
  });

  test("ends when they were reached, once, whoever closes at the same moment", async () => {
    const { id, path } = await promised();
    await judith.page.post(`${path}/try`, { reached: "yes" });
    expect((await judith.page.get(path)).text).toMatch(/name="outcome" value="reached" checked/);
    const answers = await Promise.all([judith.page.post(`${path}/close`, { outcome: "reached" }), lucia.page.post(`${path}/close`, { outcome: "declined" })]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await auditOf(id, "closed_call_back")).toHaveLength(1);
  });

  test("a promise made anew counts its tries anew", async () => {
    const { id, path, conversation } = await promised();
    for (const minutes of [0, 5, 5]) {
      house.passTime({ minutes });
      await judith.page.post(`${path}/try`, { reached: "no" });
    }
    house.passTime({ minutes: 5 });
    await leaveContact(house, { as: "parent", conversationId: conversation } as never, { way: "text", contact, safeWay: "text_only", bestTime: "any" });
    expect((await judith.page.post(`${path}/close`, { outcome: "three_tries" })).status).toBe(409);
    expect((await rowOf(id)).done_at).toBeNull();
  });

  test("only its keeper notes tries and ends it, among volunteers", async () => {
    const { path, id } = await promised();
    expect((await ana.page.post(`${path}/try`, { reached: "yes" })).status).toBe(409);
    expect((await ana.page.post(`${path}/close`, { outcome: "declined" })).status).toBe(409);
    expect((await rowOf(id)).done_at).toBeNull();
  });

  test("nonsense is answered kindly, and a promise that is not there is not there", async () => {
    const { path } = await promised();
    expect((await judith.page.post(`${path}/close`, { outcome: "withdrawn" })).status).toBe(422);
    expect((await judith.page.post(`${path}/try`, {})).status).toBe(422);
    for (const nowhere of ["/desk/call-backs/00000000-0000-4000-8000-000000000000", "/desk/call-backs/x'--"]) {
      expect((await judith.page.get(nowhere)).status).toBe(404);
      expect((await judith.page.post(`${nowhere}/reveal`)).status).toBe(404);
      expect((await judith.page.post(`${nowhere}/close`, { outcome: "reached" })).status).toBe(404);
    }
  });

  test("in Spanish, all of it", async () => {
    const { path } = await promised();
    const pilar = await signedInAs(house, app, "Pilar", ["coordinator"], "es");
    expect((await pilar.page.get("/desk/call-backs")).text).toContain("Promesas por cumplir");
    expect((await pilar.page.post(`${path}/reveal`)).text).toContain("Nunca digas quiénes somos.");
  });
});

describe("a promise to write in the conversation", () => {
  test("has no contact to show and says how it is kept", async () => {
    await house.db.updateTable("shifts").set({ ended_at: house.now() }).where("ended_at", "is", null).execute();
    const parent = await aParent(house);
    const { id } = await house.db.selectFrom("call_backs").select("id").where("conversation_id", "=", parent.conversationId).executeTakeFirstOrThrow();
    const { text } = await judith.page.get(`/desk/call-backs/${id}`);
    expect(text).toContain("Take the conversation from the queue and write; that keeps the promise.");
    expect((await judith.page.post(`/desk/call-backs/${id}/reveal`)).status).toBe(409);
  });
});

describe("reminders", () => {
  test("go to the owner after 12 hours, to every coordinator after 20, and once more when it is due; then never again", async () => {
    const { id, conversation, path } = await promised();
    await ana.page.post(`${path}/take`);
    const everyCoordinator = (await house.db.selectFrom("member_roles").select("member_id").where("role", "=", "coordinator").execute()).map(({ member_id }) => member_id).sort();
    const ear = listening();
    const made = house.now();
    for (const hours of [12, 20, 24]) {
      house.setClock(made.add({ hours }));
      await remindOfCallBack(house, conversation, ear.notify);
    }
    expect(ear.calls.map(({ to }) => [...to].sort())).toEqual([[ana.id], everyCoordinator, everyCoordinator]);
    expect(ear.calls.map(({ message }) => message.path)).toEqual([path, path, path]);
    expect(ear.calls[2]?.message.es.body).toBe("Una promesa vence ahora. Mira quién puede cumplirla.");
    expect(JSON.stringify(ear.calls)).not.toMatch(/010 ?7788|canary|Maya/);
    const waiting = (await jobsWaiting(house, "remind-of-call-back")).filter(({ payload }) => payload["conversationId"] === conversation);
    expect(waiting.every(({ runAt }) => Temporal.Instant.compare(runAt, made.add({ hours: 24 })) <= 0)).toBe(true);
    await closeCallBack(house, judith.scope, id as CallBackId, "declined");
    await remindOfCallBack(house, conversation, ear.notify);
    expect(ear.calls).toHaveLength(3);
    expect((await rowOf(id)).outcome).toBe("declined");
  });
});
