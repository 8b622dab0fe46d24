import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { furnishTheStreet } from "../../cast/street.ts";
import type { ParentScope, StaffScope } from "../../platform/http/scope.ts";
import * as helpline from "./commands.ts";
import { eraseConversation } from "./erasure/commands.ts";
import { leaveContact } from "./promises/commands.ts";
import * as desk from "./desk/commands.ts";
import { closeCallBack, takeCallBack } from "./call-backs/commands.ts";
import { closeConversation } from "./closures/commands.ts";
import type { Closure } from "./closures/forms.ts";
import type { CallBackId } from "./types.ts";
import { aMember, aParent, inside } from "./factory.ts";
import { conversationsWaiting, isHolding } from "./queries.ts";
import { isOnDuty } from "./rules.ts";

/** Histories of parents: 2,000 in every run, 10,000 with HISTORIES=10000. */
const histories = Number(process.env["HISTORIES"] ?? 2000);
const parentsAWorld = 40;

const house = await openTestHouse();
await furnishTheStreet(house);
const volunteers: StaffScope[] = [];
for (const name of ["Ana", "Marco", "Grace", "Sam"]) volunteers.push(await aMember(house, name));
const judith = await aMember(house, "Judith", ["supervisor"]);
const lucia = await aMember(house, "Lucía", ["coordinator"]);

const who = fc.nat(3);
const which = fc.nat(parentsAWorld - 1);
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("opens" as const), inDanger: fc.boolean(), spanish: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("writes" as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("ends" as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("erases" as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("asksForACall" as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("comesOn" as const), who, hours: fc.constantFrom(1, 2), cap: fc.integer({ min: 1, max: 3 }), languages: fc.constantFrom(["en"] as const, ["es"] as const, ["en", "es"] as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("goesOff" as const), who }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("takes" as const), who }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("answers" as const), who, which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("handsOver" as const), who, to: fc.option(who, { nil: undefined }), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("closes" as const), who, which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("supervisorComes" as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("supervisorGoes" as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("keepsPromise" as const), which, outcome: fc.constantFrom("reached" as const, "declined" as const) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("timePasses" as const), seconds: fc.constantFrom(5, 30, 61, 119, 121, 3600), alive: fc.array(who, { maxLength: 4 }) }) },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

async function live(parents: ParentScope[], step: Act): Promise<void> {
  const parent = "which" in step ? parents[step.which % Math.max(1, parents.length)] : undefined;
  const volunteer = "who" in step ? (volunteers[step.who] as StaffScope) : undefined;
  switch (step.kind) {
    case "opens":
      if (parents.length < parentsAWorld) parents.push(await aParent(house, { inDanger: step.inDanger, language: step.spanish ? "es" : "en", words: "hello" }));
      return;
    case "timePasses":
      house.passTime({ seconds: step.seconds });
      for (const one of new Set(step.alive)) await desk.signOfLife(house, (volunteers[one] as StaffScope).member.memberId);
      return desk.sweepTheLine(house);
    case "comesOn":
      return desk.goOnDuty(house, volunteer as StaffScope, { languages: step.languages, cap: step.cap, hours: step.hours });
    case "goesOff":
      return desk.goOffDuty(house, volunteer as StaffScope);
    case "takes": {
      const first = (await conversationsWaiting(house.db, volunteer as StaffScope)).find(({ id }) => parents.some(({ conversationId }) => conversationId === id));
      if (first) await desk.takeConversation(house, volunteer as StaffScope, first.id);
      return;
    }
  }
  if (!parent) return;
  if (step.kind === "writes") await helpline.sendMessage(house, parent, "still here", randomUUID());
  if (step.kind === "ends") await helpline.endConversation(house, parent);
  if (step.kind === "erases") await eraseConversation(house, parent.conversationId, "parent");
  if (step.kind === "asksForACall") await leaveContact(house, parent, { way: "text", contact: "+18055550100", safeWay: "text_only", bestTime: "any" });
  if (step.kind === "supervisorComes") await desk.joinConversation(house, inside(judith, parent));
  if (step.kind === "supervisorGoes") await desk.leaveConversation(house, inside(judith, parent));
  if (step.kind === "keepsPromise") {
    const open = await house.db.selectFrom("call_backs").select("id").where("conversation_id", "=", parent.conversationId).where("done_at", "is", null).executeTakeFirst();
    const id = open?.id as CallBackId | undefined;
    if (id) await takeCallBack(house, lucia, id);
    if (id) await closeCallBack(house, lucia, id, step.outcome);
  }
  if (volunteer && (await isHolding(house.db, volunteer.member.memberId, parent.conversationId))) {
    if (step.kind === "answers") await helpline.sendMessage(house, inside(volunteer, parent), "I am here", randomUUID());
    if (step.kind === "closes") await closeConversation(house, inside(volunteer, parent), { outcome: "listened", reasons: [], followUpOn: undefined } as Closure);
    if (step.kind === "handsOver") await desk.handOver(house, inside(volunteer, parent), step.to === undefined ? undefined : volunteers[step.to]?.member.memberId, "note");
  }
}

/** After every step: whoever has not ended waits or is held, never neither and never both; nobody is held by one who is gone once the line was swept. */
async function nobodyIsLost(parents: readonly ParentScope[]): Promise<void> {
  const ids = parents.map(({ conversationId }) => conversationId);
  if (ids.length === 0) return;
  const rows = await house.db
    .selectFrom("conversations as c")
    .leftJoin("claims as k", (join) => join.onRef("k.conversation_id", "=", "c.id").on("k.released_at", "is", null))
    .leftJoin("shifts as s", (join) => join.onRef("s.member_id", "=", "k.member_id").on("s.ended_at", "is", null))
    .select(["c.id", "c.waiting_since", "c.ended_at", "k.member_id", "s.id as shift"])
    .where("c.id", "in", ids)
    .execute();
  for (const row of rows) {
    const places = [row.ended_at !== null, row.waiting_since !== null, row.member_id !== null].filter(Boolean);
    expect(places, `${row.id} is in exactly one place`).toHaveLength(1);
    if (row.member_id) expect(row.shift, "who holds a parent has an open shift").not.toBeNull();
  }
}

/** When everything has come to rest with nobody on duty: each parent was answered, has a promise with an owner, or went by her own choice. */
async function everyoneIsSeenTo(parents: readonly ParentScope[]): Promise<void> {
  house.passTime({ hours: 9 });
  await desk.sweepTheLine(house);
  expect((await house.db.selectFrom("shifts").selectAll().where("ended_at", "is", null).execute()).some((shift) => isOnDuty({ endsAt: shift.ends_at, seenAt: shift.seen_at, cap: shift.cap }, house.now()))).toBe(false);
  await nobodyIsLost(parents);
  for (const { conversationId } of parents) {
    const row = await house.db
      .selectFrom("conversations as c")
      .leftJoin("call_backs as b", (join) => join.onRef("b.conversation_id", "=", "c.id").on("b.done_at", "is", null))
      .select(["c.ended_by", "c.ended_at", "c.erased_by", "b.owner_id"])
      .select((or) => or.exists(or.selectFrom("entries as e").select("e.seq").whereRef("e.conversation_id", "=", "c.id").where("e.author", "=", "staff").where("e.kind", "=", "message")).as("answered"))
      .select((or) => or.exists(or.selectFrom("call_backs as k").select("k.id").whereRef("k.conversation_id", "=", "c.id").where("k.outcome", "in", ["reached", "declined"])).as("called"))
      .where("c.id", "=", conversationId)
      .executeTakeFirstOrThrow();
    const byHerChoice = row.ended_by === "parent" || row.erased_by === "parent";
    const answered = row.ended_at !== null && Boolean(row.answered || row.called);
    expect(byHerChoice || answered || row.owner_id !== null, `${conversationId} is seen to`).toBe(true);
  }
}

test("every parent ends answered, with a promise that has an owner, or gone by her own choice", async () => {
  let lived = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 120, maxLength: 220 }), async (steps) => {
      const parents: ParentScope[] = [];
      for (const step of steps) await live(parents, step);
      while (parents.length < parentsAWorld) parents.push(await aParent(house));
      await nobodyIsLost(parents);
      await everyoneIsSeenTo(parents);
      lived += parents.length;
      for (const { conversationId } of parents) await eraseConversation(house, conversationId, "parent");
    }),
    { numRuns: Math.ceil(histories / parentsAWorld), endOnFailure: true, interruptAfterTimeLimit: 1_500_000, markInterruptAsFailure: true },
  );
  expect(lived).toBeGreaterThanOrEqual(histories);
}, 1_600_000);
