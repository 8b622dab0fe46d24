import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { makeNetwork } from "../../network/factory.ts";
import { aTakenParent, jobsWaiting, listening } from "../board/factory.ts";
import { eraseConversation } from "../erasure/commands.ts";
import { aMember, aParent, onDuty } from "../factory.ts";
import type { ConcernId } from "../types.ts";
import { acknowledgeConcern, pageNextSupervisor, raiseConcern } from "./commands.ts";

const house = await openTestHouse();
await makeNetwork(house);
const openConcernOf = async (conversationId: string) =>
  (await house.db.selectFrom("concerns").select("id").where("conversation_id", "=", conversationId).where("closed_at", "is", null).executeTakeFirstOrThrow()).id as ConcernId;
const secondsToNext = async (concernId: string) => {
  const waiting = (await jobsWaiting(house, "page-supervisor")).filter(({ payload }) => payload["concernId"] === concernId);
  return waiting.map(({ runAt }) => house.now().until(runAt).total("seconds"));
};

test("while nobody can be paged, it looks again every minute", async () => {
  const parent = await aParent(house, { inDanger: true });
  const id = await openConcernOf(parent.conversationId);
  const ear = listening();
  await pageNextSupervisor(house, id, ear.notify);
  expect(ear.calls).toEqual([]);
  expect(await secondsToNext(id)).toEqual([60]);
});

test("pages whoever is on duty first, then the next each minute, and stops when one says 'I have it'", async () => {
  const volunteer = await onDuty(house, "Ana", { cap: 9 });
  const judith = await aMember(house, "Judith", ["supervisor"]);
  const helga = await onDuty(house, "Helga", { roles: ["supervisor"], hours: 8 });
  const { id: conversation, desk } = await aTakenParent(house, volunteer);
  await raiseConcern(house, desk);
  const id = await openConcernOf(conversation);
  const ear = listening();
  await pageNextSupervisor(house, id, ear.notify);
  expect(ear.calls.map(({ to }) => to)).toEqual([[helga.member.memberId]]);
  house.passTime({ seconds: 30 });
  await pageNextSupervisor(house, id, ear.notify);
  expect(ear.calls).toHaveLength(1);
  house.passTime({ seconds: 30 });
  await pageNextSupervisor(house, id, ear.notify);
  expect(ear.calls.map(({ to }) => to)).toEqual([[helga.member.memberId], [judith.member.memberId]]);
  expect(await secondsToNext(id)).toEqual([60]);
  await acknowledgeConcern(house, judith, id);
  house.passTime({ seconds: 60 });
  await pageNextSupervisor(house, id, ear.notify);
  expect(ear.calls).toHaveLength(2);
  const acknowledged = await house.db.selectFrom("concern_pages").select("member_id").where("concern_id", "=", id).where("acknowledged_at", "is not", null).execute();
  expect(acknowledged.map(({ member_id }) => member_id)).toEqual([judith.member.memberId]);
});

test("says nothing of the parent, in English and Spanish, and leads to the board", async () => {
  const parent = await aParent(house, { inDanger: true, nickname: "canary-name", words: "canary-words" });
  const ear = listening();
  await pageNextSupervisor(house, await openConcernOf(parent.conversationId), ear.notify);
  expect(ear.calls[0]?.message).toEqual({
    en: { title: "Someone needs you", body: "Open the board. Please say “I have it” if you do." },
    es: { title: "Alguien te necesita", body: "Abre el panel. Si puedes, di «Me encargo»." },
    path: "/board",
  });
});

test("a page that cannot be delivered does not break the chain", async () => {
  const parent = await aParent(house, { inDanger: true });
  const id = await openConcernOf(parent.conversationId);
  await pageNextSupervisor(house, id, () => Promise.reject(new Error("the push service is down")));
  expect(await secondsToNext(id)).toEqual([60]);
  house.passTime({ seconds: 60 });
  const ear = listening();
  await pageNextSupervisor(house, id, ear.notify);
  expect(ear.calls).toHaveLength(1);
});

test("two looks at once page one person", async () => {
  const parent = await aParent(house, { inDanger: true });
  const id = await openConcernOf(parent.conversationId);
  const ear = listening();
  await Promise.all([1, 2, 3].map(() => pageNextSupervisor(house, id, ear.notify)));
  expect(ear.calls).toHaveLength(1);
  expect(await secondsToNext(id)).toHaveLength(1);
});

test("an erased conversation pages nobody", async () => {
  const parent = await aParent(house, { inDanger: true });
  const id = await openConcernOf(parent.conversationId);
  await eraseConversation(house, parent.conversationId, "parent");
  const ear = listening();
  await pageNextSupervisor(house, id, ear.notify);
  expect(ear.calls).toEqual([]);
});
