import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import { within } from "../../../../platform/db/database.ts";
import { moderatorScope, seatScope, staffRoles, staffScope, type DeskScope, type SignedInRole, type StaffRole } from "../../../../platform/http/scope.ts";
import { browser, makeSignedIn } from "../../../accounts/factory.ts";
import { makeListing, stranger } from "../../../directory/factory.ts";
import { handleReports, moveReports, reportListing } from "../../../directory/reports/commands.ts";
import { listingsForDesk } from "../../../directory/reports/queries.ts";
import type { ServiceId } from "../../../directory/types.ts";
import { answerReport, tellWorry, writeReport } from "../../../groups/evening/reports/commands.ts";
import { notesForDesk } from "../../../groups/evening/reports/queries.ts";
import { aSeat, makeGroup, nextSession } from "../../../groups/factory.ts";
import { forgetAttendance } from "../../../groups/letters/commands.ts";
import { aTakenParent } from "../../../helpline/board/factory.ts";
import { acknowledgeConcern, closeConcern, raiseConcern } from "../../../helpline/concerns/commands.ts";
import { concernsForDesk } from "../../../helpline/concerns/queries.ts";
import { aParent, onDuty } from "../../../helpline/factory.ts";
import { worksheetAreas, type ConcernId } from "../../../helpline/types.ts";
import { makeNetwork } from "../../../network/factory.ts";
import { openCaseInRoom, settleCase } from "../../events.ts";
import { safetyApp } from "../../factory.ts";
import { doJobs, listener, testNight } from "../../on-call/factory.ts";
import { deskKinds, kindsFor } from "../../policy.ts";
import { subjectKinds, type CaseId, type KindInRoom } from "../../types.ts";
import { claimCase } from "../commands.ts";
import { aCase, aModerator } from "../factory.ts";
import { caseOf, deskNow } from "../queries.ts";

const house = await openTestHouse();
house.setClock(testNight);
await makeNetwork(house);
const ports = { subjects: {}, rooms: { concern: concernsForDesk, group: notesForDesk, listing: listingsForDesk } };
const app = safetyApp(house, ports);
const [wren, judith, lucia] = [await aModerator(house, "Wren"), await aModerator(house, "Judith", ["supervisor"]), await aModerator(house, "Lucía", ["coordinator"])];
const [ofWren, ofJudith, ofLucia] = [browser(app, wren.cookie), browser(app, judith.cookie), browser(app, lucia.cookie)];
const canary = "canary-4471 the bridge";

beforeEach(() => house.db.deleteFrom("exposures").execute());

const doneJobs = () => doJobs(house, listener().reach, ["open-case", "settle-case", "raise-page"]);
const idOf = async (subjectId: string) => (await house.db.selectFrom("cases").select("id").where("subject_id", "=", subjectId).executeTakeFirstOrThrow()).id as CaseId;
const waits = async (subjectId: string) => (await house.db.selectFrom("cases").select(["priority", "waiting_since"]).where("subject_id", "=", subjectId).executeTakeFirst())?.waiting_since != null;
const onDesk = async (who: typeof wren, subjectId: string) => (await deskNow(house.db, house.keys, ports, who.scope, "en", house.now())).find((one) => one.subjectId === subjectId);
const history = async (who: typeof wren, subjectId: string) => (await caseOf(house.db, house.keys, who.scope, await idOf(subjectId), house.now()))?.settlements.map(({ how, name }) => [how, name]);
/** Whatever the desk keeps of it. */
const kept = async () => JSON.stringify([await house.db.selectFrom("cases").selectAll().execute(), await house.db.selectFrom("case_reasons").selectAll().execute(), await house.db.selectFrom("case_settlements").selectAll().execute()]);

describe("a concern of the helpline", () => {
  const concernOf = async (conversationId: string) => (await house.db.selectFrom("concerns").select("id").where("conversation_id", "=", conversationId).executeTakeFirstOrThrow()).id as ConcernId;

  test("comes to the desk when a parent says that somebody is in danger, to those who act on it, with none of her words", async () => {
    const { conversationId } = await aParent(house, { inDanger: true, words: canary });
    await doneJobs();
    const id = await concernOf(conversationId);
    expect(await onDesk(judith, id)).toMatchObject({ priority: 0, subjectKind: "concern", reasons: [{ reason: "concern", why: ["parent_said"] }], room: { path: `/desk/conversations/${conversationId}/concern` } });
    expect((await onDesk(lucia, id))?.room?.path).toBe("/board");
    expect(await onDesk(wren, id)).toBeUndefined();
    const [path, page] = [`/safety/cases/${await idOf(id)}`, await ofJudith.get("/safety")];
    for (const words of ["Concern", "At once", "a parent said that somebody is in danger", "Nobody has it"]) expect(page.text).toContain(words);
    expect((await ofWren.get(path)).status).toBe(404);
    expect((await ofWren.get("/safety")).text).not.toContain(path);
    for (const text of [page.text, (await ofJudith.get(path)).text, await kept()]) expect(text).not.toContain("canary");
  });

  test("is taken and closed where it is worked on, and the desk shows that room's truth and no other", async () => {
    const ana = await onDuty(house, "Ana", { cap: 9 });
    const { id: conversationId, desk } = await aTakenParent(house, ana);
    await raiseConcern(house, desk);
    await doneJobs();
    const id = await concernOf(conversationId);
    const path = `/safety/cases/${await idOf(id)}`;
    expect((await ofJudith.get(path)).text).toContain(`action="/desk/concerns/${id}/acknowledge"`);
    expect(await claimCase(house, judith.scope, await idOf(id))).toEqual({ refused: "inItsRoom" });
    await acknowledgeConcern(house, staffScope(judith.scope.member), id);
    expect((await onDesk(lucia, id))?.room?.claim?.holder?.name).toBe("Judith");
    expect((await ofJudith.get(path)).text).toContain("You have it");
    expect((await ofLucia.get(path)).text).toContain("Judith has it");
    house.passTime({ hours: 3 });
    expect((await onDesk(lucia, id))?.room?.claim?.holder?.name).toBe("Judith");
    const sheet = { worksheet: { answers: Object.fromEntries(worksheetAreas.map((area) => [area, "no" as const])), words: canary }, step: "safety_plan" as const, version: "" };
    expect(await closeConcern(house, { ...desk, member: judith.scope.member } as DeskScope, sheet)).toBeUndefined();
    await doneJobs();
    expect([await waits(id), await history(lucia, id)]).toEqual([false, [["closed", "Judith"]]]);
    expect((await ofJudith.get(path)).text).toContain("Judith: Closed in its own room");
    expect(await kept()).not.toContain("canary");
  });
});

describe("what worried somebody in a group", () => {
  const meeting = async () => nextSession(house, await makeGroup(house, { starts: "2031-11-25" }));
  const seated = async () => {
    const session = await meeting();
    const seat = await aSeat(house, session.id, { alias: "Maya" });
    if ("refused" in seat) throw new Error(seat.refused);
    return seatScope(seat.seatId, session.id);
  };

  test("comes to the coordinators' desk from whoever had a seat, once however often it is sent, and leaves it when a second person has read it", async () => {
    const [scope, key] = [await seated(), randomUUID()];
    for (let time = 0; time < 3; time++) await tellWorry(house, scope, { key, words: canary });
    await doneJobs();
    expect(await onDesk(lucia, key)).toMatchObject({ priority: 1, subjectKind: "group", reasons: [{ reason: "report", why: ["who_came"] }], room: { path: "/evenings/reports", state: "No second person has read it yet" } });
    for (const who of [wren, judith]) expect(await onDesk(who, key)).toBeUndefined();
    expect(await kept()).not.toContain("canary");
    expect(await claimCase(house, lucia.scope, await idOf(key))).toBe("taken");
    expect(await answerReport(house, (await makeSignedIn(house, ["coordinator"], { name: "Bea" })).scope, key)).toBe(true);
    await doneJobs();
    expect([await waits(key), await history(lucia, key)]).toEqual([false, [["read", "Bea"]]]);
  });

  test("asks the people on call as well where somebody may be in danger now", async () => {
    const [scope, key] = [await seated(), randomUUID()];
    await tellWorry(house, scope, { key, words: canary, danger: true });
    await doneJobs();
    expect(await onDesk(lucia, key)).toMatchObject({ priority: 0, reasons: [{ why: ["danger", "who_came"] }] });
    expect(await house.db.selectFrom("pages").select(["subject_kind", "reason"]).where("subject_id", "=", key).execute()).toEqual([{ subject_kind: "room", reason: "worried" }]);
  });

  test("comes from who leads as an incident does; what stays with her is no case", async () => {
    const [noor, session] = [await makeSignedIn(house, ["facilitator"], { name: "Noor" }), await meeting()];
    await writeReport(house, noor.scope, session.id, { kind: "debrief", words: canary, wantsTalk: true });
    await writeReport(house, noor.scope, session.id, { kind: "incident", words: canary });
    await doneJobs();
    const notes = await house.db.selectFrom("evening_reports").select(["id", "kind"]).where("session_id", "=", session.id).execute();
    for (const { id, kind } of notes) expect((await onDesk(lucia, id))?.reasons, kind).toEqual(kind === "incident" ? [{ reason: "report", why: ["who_leads"] }] : undefined);
  });

  test("leaves the desk with its note, when the days of that are over", async () => {
    const [scope, key] = [await seated(), randomUUID()];
    await tellWorry(house, scope, { key, words: canary });
    await doneJobs();
    house.passTime({ hours: 24 * 91 });
    await forgetAttendance(house);
    await doneJobs();
    expect([await waits(key), await history(lucia, key)]).toEqual([false, [["gone", undefined]]]);
    const bea = await aModerator(house, "Bea", ["coordinator"]);
    expect((await browser(app, bea.cookie).get(`/safety/cases/${await idOf(key)}`)).text).toContain("What this was about is not here any more.");
  });
});

describe("a listing that somebody did not feel safe with", () => {
  let someone = 0;
  const say = (serviceId: ServiceId, kind: "unsafe" | "full" = "unsafe") => reportListing(house, { serviceId, kind, byWhom: stranger(`somebody ${(someone += 1)}`), note: canary });
  const handle = (id: ServiceId) => inTransaction(house, (act) => handleReports(act, id, { outcome: "not_so", by: lucia.id }));

  test("comes to the coordinators' desk under its public name, leaves it when one of them has looked, and comes back with the next report", async () => {
    const id = await makeListing(house, { name: "Warm Hands" });
    await say(id, "full");
    await doneJobs();
    expect(await onDesk(lucia, id)).toBeUndefined();
    for (let time = 0; time < 3; time++) await say(id);
    await doneJobs();
    expect(await onDesk(lucia, id)).toMatchObject({ priority: 1, subjectKind: "listing", room: { path: `/tend/${id}`, where: "Warm Hands" } });
    expect((await onDesk(lucia, id))?.reasons).toHaveLength(1);
    for (const who of [wren, judith]) expect(await onDesk(who, id)).toBeUndefined();
    house.passTime({ minutes: 5 });
    await handle(id);
    await doneJobs();
    expect([await waits(id), await history(lucia, id)]).toEqual([false, [["not_so", "Lucía"]]]);
    house.passTime({ minutes: 5 });
    await say(id);
    await doneJobs();
    expect(await waits(id)).toBe(true);
    expect(await kept()).not.toContain("canary");
  });
});

test("of two listings that became one, the one that stays is on the desk with what was said of the other", async () => {
  const [stays, goes] = [await makeListing(house, { name: "Two Rivers" }), await makeListing(house, { name: "Two Rivers again" })];
  await reportListing(house, { serviceId: goes, kind: "unsafe", byWhom: stranger("a reader of the other") });
  await doneJobs();
  house.passTime({ minutes: 5 });
  await inTransaction(house, (act) => moveReports(house, act, stays, goes));
  await doneJobs();
  expect([await waits(goes), await history(lucia, goes), (await onDesk(lucia, stays))?.room?.where]).toEqual([false, [["merged", undefined]], "Two Rivers"]);
});

describe("what a room settles", () => {
  const [early, late] = [house.now(), house.now().add({ minutes: 5 })];
  const asked = (subjectKind: KindInRoom, subjectId: string, now = early) => inTransaction(house, ({ addJob }) => openCaseInRoom({ addJob, now }, { subjectKind, subjectId, reason: "report", priority: 1, why: [] }));
  const settled = (subjectKind: KindInRoom, subjectId: string, now = late) => inTransaction(house, ({ addJob }) => settleCase({ addJob, now }, { subjectKind, subjectId, how: "confirmed", by: lucia.id }));

  test("is settled on the desk in whichever order the jobs are done, and twice is once", async () => {
    const id = randomUUID();
    await settled("listing", id);
    await doneJobs();
    await asked("listing", id);
    await settled("listing", id);
    await doneJobs();
    expect([await waits(id), await history(lucia, id)]).toEqual([false, [["confirmed", "Lucía"]]]);
  });

  test("does not answer what the room asked for after it", async () => {
    const id = randomUUID();
    await asked("listing", id);
    await doneJobs();
    await asked("listing", id, late.add({ minutes: 1 }));
    await doneJobs();
    await settled("listing", id);
    await doneJobs();
    expect(await waits(id)).toBe(true);
  });

  test("is what she carried who had it", async () => {
    const id = randomUUID();
    await asked("group", id);
    await doneJobs();
    await settled("group", id);
    await doneJobs();
    expect(await house.db.selectFrom("exposures").select(["member_id", "points"]).execute()).toEqual([{ member_id: lucia.id, points: 5 }]);
  });
});

describe("the wall around the desk", () => {
  test("shows each role the kinds that its policy names, and a coordinator nothing of the forum", async () => {
    const ids = new Map<string, string>();
    for (const subjectKind of subjectKinds) ids.set(await aCase(house, { subjectKind }), subjectKind);
    const seen = async (roles: readonly SignedInRole[]) => {
      const scope = moderatorScope((await makeSignedIn(house, roles as StaffRole[])).scope.member);
      const { rows } = await sql<{ id: string }>`select id from cases`.execute(within(house.db, scope));
      return rows.flatMap(({ id }) => ids.get(id) ?? []).sort();
    };
    for (const role of staffRoles) expect(await seen([role]), role).toEqual([...kindsFor([role])].sort());
    expect(await seen(["moderator", "coordinator"])).toEqual([...subjectKinds].sort());
    expect(Object.keys(deskKinds).sort()).toEqual([...subjectKinds].sort());
    const [space] = (await sql<{ who: string }>`select current_setting('small_hours.who', true) as who`.execute(within(house.db, lucia.scope))).rows;
    expect(space?.who).toBe("coordinator");
  });
});
