import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import type { Reached } from "../../../../platform/delivery/notify.ts";
import { staffScope, type MemberId, type StaffRole } from "../../../../platform/http/scope.ts";
import { browser, makeSignedIn } from "../../../accounts/factory.ts";
import { acknowledgeConcern } from "../../../helpline/concerns/commands.ts";
import { concernsForDesk } from "../../../helpline/concerns/queries.ts";
import { aParent } from "../../../helpline/factory.ts";
import type { ConcernId } from "../../../helpline/types.ts";
import { makeNetwork } from "../../../network/factory.ts";
import { safetyApp } from "../../factory.ts";
import { doJobs, listener, onCall, testNight } from "../../on-call/factory.ts";
import type { CaseId } from "../../types.ts";
import { takeBreak } from "../care/commands.ts";
import { claimCase, decideCase, openCaseOf, releaseCase } from "../commands.ts";
import { aCase, aModerator } from "../factory.ts";
import { askForOpinion } from "../opinions/commands.ts";
import { caseOf } from "../queries.ts";
import { showAtDesk } from "./commands.ts";
import { cannotSit, sitWith } from "./joining/commands.ts";

const house = await openTestHouse();
house.setClock(testNight);
await makeNetwork(house);
const ports = { subjects: {}, rooms: { concern: concernsForDesk } };
const app = safetyApp(house, ports);

type Someone = Awaited<ReturnType<typeof aModerator>>;
let [wren, pilar, judith] = [{} as Someone, {} as Someone, {} as Someone];

/** Nobody of the evening before is there, or on call. */
beforeEach(async () => {
  house.passTime({ hours: 24 });
  await house.db.deleteFrom("desk_presence").execute();
  await house.db.deleteFrom("exposures").execute();
  await house.db.updateTable("on_call_shifts").set({ ended_at: house.now() }).execute();
  await house.db.updateTable("member_roles").set({ ended_at: house.now() }).execute();
  await sql`delete from graphile_worker._private_jobs`.execute(house.db);
  [wren, pilar, judith] = [await aModerator(house, "Wren"), await aModerator(house, "Pilar"), await aModerator(house, "Judith", ["supervisor"])];
});

const there = async (...people: Someone[]) => {
  for (const { scope } of people.toReversed()) {
    house.passTime({ seconds: 5 });
    await showAtDesk(house, scope);
  }
};
const called = async (answers?: (memberId: MemberId) => Reached) => {
  const ear = listener(answers);
  await doJobs(house, ear.reach, ["ask-next-to-sit", "call-to-sit", "open-case", "case-taken", "settle-case"]);
  return ear.calls;
};
const urgent = (more: Parameters<typeof aCase>[1] = {}) => aCase(house, { priority: 0, reason: "signal", why: ["selfHarm"], ...more });
const sits = async (id: CaseId) => (await caseOf(house.db, house.keys, judith.scope, id, house.now()))?.pairings.filter(({ ended }) => !ended).map(({ with: first, joined, asking }) => [first.name, joined?.name, asking?.name]);

describe("whoever takes what is most urgent", () => {
  test("has a second person asked at once, who is called in words that say nothing and joins by one tap; the case says who is with her", async () => {
    const id = await urgent();
    await there(wren, pilar);
    expect(await claimCase(house, wren.scope, id)).toBe("taken");
    const calls = await called();
    expect(calls).toMatchObject([{ to: pilar.id, message: { path: `/safety/cases/${id}`, en: { title: "A colleague asks you to sit with them" } } }]);
    expect(await sits(id)).toEqual([["Wren", undefined, "Pilar"]]);
    const [ofWren, ofPilar] = [browser(app, wren.cookie), browser(app, pilar.cookie)];
    expect((await ofPilar.get("/safety")).text).toContain("Wren has this, and asks you to sit with them.");
    expect((await ofWren.get("/safety")).text).toContain("Pilar is asked to sit with this, too.");
    expect((await ofPilar.post(`/safety/cases/${id}/sit`)).to).toBe(`/safety/cases/${id}?joined`);
    for (const who of [ofWren, ofPilar]) expect((await who.get(`/safety/cases/${id}`)).text).toContain("Wren and Pilar sit with this together");
    house.passTime({ minutes: 6 });
    expect(await called()).toEqual([]);
    await claimCase(house, wren.scope, id);
    await decideCase(house, wren.scope, id, { decision: "approve" });
    expect(await sits(id)).toEqual([]);
    expect((await ofPilar.get(`/safety/cases/${id}`)).text).toContain("Wren and Pilar sit with this together");
    expect((await house.db.selectFrom("exposures").select(["member_id", "points"]).execute()).map(({ member_id, points }) => [member_id === wren.id ? "Wren" : member_id === pilar.id ? "Pilar" : "", points]).sort()).toEqual([["Pilar", 8], ["Wren", 8]]);
  });

  test("has the next one asked where one says no, and where one says nothing for five minutes, each once", async () => {
    const id = await urgent();
    await there(pilar, judith);
    await onCall(house, (await aModerator(house, "Marco")).id, "first");
    await claimCase(house, wren.scope, id);
    expect((await called()).map(({ to }) => to)).toEqual([pilar.id]);
    expect(await cannotSit(house, pilar.scope, id)).toBe("declined");
    expect((await called()).map(({ to }) => to)).toEqual([judith.id]);
    house.passTime({ minutes: 4 });
    expect(await called()).toEqual([]);
    house.passTime({ minutes: 1 });
    expect(await called()).toHaveLength(1);
    expect((await sits(id))?.[0]?.[2]).toBe("Marco");
    house.passTime({ minutes: 5 });
    expect(await called()).toEqual([]);
    expect(await sitWith(house, pilar.scope, id)).toBe("joined");
    expect(await sitWith(house, judith.scope, id)).toEqual({ refused: "someoneSitsAlready" });
    expect(await sitWith(house, wren.scope, id)).toEqual({ refused: "youHaveItYourself" });
  });

  test("may go on alone where nobody is there or on call, and it is said; whoever comes can still join", async () => {
    const id = await urgent();
    await house.db.updateTable("member_roles").set({ ended_at: house.now() }).where("member_id", "=", judith.id).execute();
    await claimCase(house, wren.scope, id);
    expect(await called()).toEqual([]);
    expect((await browser(app, wren.cookie).get(`/safety/cases/${id}`)).text).toContain("Nobody else is here or on call now. It may be done alone");
    const page = (await browser(app, pilar.cookie).get(`/safety/cases/${id}`)).text;
    expect(page).toContain("I sit with Wren");
    expect(await sitWith(house, pilar.scope, id)).toBe("joined");
  });

  test("is not asked to have company by who rests, who wrote it, or whose roles do not act on it", async () => {
    const author = await makeSignedIn(house, ["moderator", "member"], { name: "Rosa" });
    const id = await urgent({ authorId: author.id });
    const lucia = await aModerator(house, "Lucía", ["coordinator"]);
    await showAtDesk(house, { member: author.scope.member } as Someone["scope"]);
    await there(pilar, lucia);
    await takeBreak(house, pilar.scope);
    await claimCase(house, wren.scope, id);
    expect((await called()).map(({ to }) => to)).toEqual([judith.id]);
    expect(await sitWith(house, lucia.scope, id)).toBeUndefined();
  });

  test("and gives it back, or goes away, has nobody asked any more", async () => {
    const [given, left] = [await urgent(), await urgent()];
    await there(pilar, judith);
    await claimCase(house, wren.scope, given);
    await releaseCase(house, wren.scope, given);
    expect(await called()).toEqual([]);
    await claimCase(house, wren.scope, left);
    await called();
    house.passTime({ minutes: 20 });
    expect(await called()).toEqual([]);
    expect((await browser(app, pilar.cookie).get(`/safety/cases/${left}`)).text).not.toContain("sit with");
  });
});

test("who comes back to what was hers has the next one asked, and so has who takes it by a question to a colleague", async () => {
  const [id, other] = [await urgent(), await urgent()];
  await there(pilar);
  await claimCase(house, wren.scope, id);
  await called();
  house.passTime({ minutes: 20 });
  expect(await called()).toEqual([]);
  await claimCase(house, wren.scope, id);
  expect((await called()).map(({ to }) => to)).toEqual([judith.id]);
  await there(pilar);
  expect(await askForOpinion(house, wren.scope, other, "Is she alone?")).toBe("asked");
  expect((await called()).map(({ to }) => to)).toEqual([pilar.id]);
});

describe("nobody is asked", () => {
  test("for what is less urgent, until it becomes so while somebody has it", async () => {
    const subjectId = crypto.randomUUID();
    const id = await aCase(house, { subjectId, priority: 1 });
    await there(pilar);
    await claimCase(house, wren.scope, id);
    expect(await called()).toEqual([]);
    await openCaseOf(house, { subjectKind: "post", subjectId, reason: "signal", priority: 0, why: ["selfHarm"] });
    expect((await called()).map(({ to }) => to)).toEqual([pilar.id]);
  });

  test("again by the same job, or for a call that was answered meanwhile; one that did not leave is tried again", async () => {
    const id = await urgent();
    await there(pilar);
    await claimCase(house, wren.scope, id);
    const calls: Reached[] = ["failed", "sent"];
    expect(await called(() => calls.shift() ?? "sent")).toHaveLength(1);
    expect(await house.db.selectFrom("case_pairing_calls").select("state").where("case_id", "=", id).execute()).toEqual([{ state: "sent" }]);
    await claimCase(house, wren.scope, id);
    expect(await called()).toEqual([]);
  });
});

test("a concern that a supervisor has at the helpline is sat with by a second of those who act on it", async () => {
  const { conversationId } = await aParent(house, { inDanger: true });
  const concern = (await house.db.selectFrom("concerns").select("id").where("conversation_id", "=", conversationId).executeTakeFirstOrThrow()).id as ConcernId;
  const lucia = await aModerator(house, "Lucía", ["coordinator"] satisfies StaffRole[]);
  await there(lucia, pilar);
  await acknowledgeConcern(house, staffScope(judith.scope.member), concern);
  expect((await called()).map(({ to }) => to)).toEqual([lucia.id]);
  const { id } = await house.db.selectFrom("cases").select("id").where("subject_id", "=", concern).executeTakeFirstOrThrow();
  expect((await browser(app, lucia.cookie).get("/safety")).text).toContain("Judith has this, and asks you to sit with them.");
  expect(await sitWith(house, lucia.scope, id as CaseId)).toBe("joined");
  expect((await browser(app, judith.cookie).get(`/safety/cases/${id}`)).text).toContain("Judith and Lucía sit with this together");
});
