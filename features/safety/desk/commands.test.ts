import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { openDatabase, openPool } from "../../../platform/db/database.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { memberScope } from "../../../platform/http/scope.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import { jobsWaiting } from "../../helpline/board/factory.ts";
import { authorMark, openCase, subjectErased } from "../events.ts";
import { safetyJobs } from "../jobs.ts";
import { decisionOf, decisionsOn, howMuchWaits, standingOfMember } from "../queries.ts";
import type { CaseId, DecisionId } from "../types.ts";
import { appealDecision, decideAppeal } from "./appeals/commands.ts";
import { claimCase, decideCase, noteLook, openCaseOf, releaseCase } from "./commands.ts";
import { aCase, aModerator } from "./factory.ts";
import { askForOpinion, giveOpinion, takeBackQuestion } from "./opinions/commands.ts";
import { caseOf, casesWaiting } from "./queries.ts";
import { giveStrike } from "./strikes/commands.ts";

const house = await openTestHouse();
const [wren, pilar, judith] = [await aModerator(house, "Wren"), await aModerator(house, "Pilar", ["moderator", "member"]), await aModerator(house, "Judith", ["supervisor"])];
const rosa = await makeSignedIn(house, ["member"]);
const asRosa = memberScope(rosa.scope.member);

/** Nobody has carried anything yet; what comes of it when she has is in `care/care.test.ts`. */
const rested = () => house.db.deleteFrom("exposures").execute();
beforeEach(rested);

const seen = async (id: CaseId, who = wren) => {
  const shown = await caseOf(house.db, house.keys, who.scope, id, house.now());
  if (!shown) throw new Error("not on her desk");
  return shown;
};
const ofPost = (subjectId: string) => decisionsOn(house.db, house.keys, "post", subjectId, house.now());
const removed = async (more: Parameters<typeof aCase>[1] = {}) => {
  const subjectId = randomUUID();
  const id = await aCase(house, { subjectId, authorId: rosa.id, ...more });
  const decisionId = (await decideCase(house, wren.scope, id, { decision: "remove", rule: "kind", note: "It calls her a bad mother." })) as DecisionId;
  return { id, subjectId, decisionId };
};
const audited = async (id: string) => (await house.db.selectFrom("audit_entries").select(["act", "reason"]).where("subject_id", "=", id).orderBy("id").execute()).map(({ act, reason }) => (reason ? `${act} ${reason}` : act));

describe("what comes onto the desk", () => {
  test("comes with the act of another feature, and as often as its job runs once", async () => {
    const payload = { subjectKind: "post", subjectId: randomUUID(), reason: "signal", priority: 1, why: ["selfHarm"], authorId: rosa.id } as const;
    await inTransaction(house, (act) => openCase(act, payload));
    const [job] = await jobsWaiting(house, "open-case");
    const work = safetyJobs(house, () => Promise.resolve("sent"))["open-case"];
    await Promise.all([work?.(job?.payload), work?.(job?.payload)]);
    await openCaseOf(house, payload);
    const waiting = (await casesWaiting(house.db, house.keys, wren.scope, house.now())).filter(({ reasons }) => reasons.some(({ why }) => why.includes("selfHarm")));
    expect(waiting).toMatchObject([{ priority: 1, subjectKind: "post", reasons: [{ reason: "signal", why: ["selfHarm"] }] }]);
    // Somebody answered meanwhile; the job that comes late is no new reason.
    await decideCase(house, wren.scope, waiting[0]!.id, { decision: "approve" });
    await work?.(job?.payload);
    expect((await seen(waiting[0]!.id)).waitingSince).toBeUndefined();
    // But the next thing that happens to the same post is.
    await openCaseOf(house, { ...payload, priority: 3, why: [] });
    expect(await seen(waiting[0]!.id)).toMatchObject({ waitingSince: house.now(), priority: 3 });
  });

  test("has one case for each subject, with the gravest of its reasons", async () => {
    const subjectId = randomUUID();
    const [first, second] = [randomUUID(), randomUUID()];
    const report = (reportId: string, priority: 1 | 2 | 3) => aCase(house, { subjectId, reason: "report", priority, why: ["unkind"], reportId });
    const id = await report(first, 3);
    expect(await report(first, 1)).toBe(id);
    expect((await seen(id)).priority).toBe(3);
    expect(await report(second, 1)).toBe(id);
    const { reasons, priority } = await seen(id);
    expect(reasons).toHaveLength(2);
    expect(priority).toBe(1);
    const decision = (await decideCase(house, wren.scope, id, { decision: "approve" })) as DecisionId;
    expect((await decisionOf(house.db, house.keys, decision))?.reportIds.toSorted()).toEqual([first, second].sort());
  });

  test("becomes graver where the same reason comes again with more, and what was inferred goes after ninety days", async () => {
    const subjectId = randomUUID();
    const id = await aCase(house, { subjectId, reason: "signal", priority: 3, why: ["frighteningThoughts"] });
    await aCase(house, { subjectId, reason: "signal", priority: 0, why: ["selfHarm"] });
    await aCase(house, { subjectId, reason: "signal", priority: 2, why: ["selfHarm"] });
    expect(await seen(id)).toMatchObject({ priority: 0, reasons: [{ priority: 0, why: ["frighteningThoughts", "selfHarm"] }] });
    await decideCase(house, wren.scope, id, { decision: "approve" });
    for (const [days, left] of [[89, 2], [2, 0]] as const) {
      house.passTime({ hours: 24 * days });
      await safetyJobs(house, () => Promise.resolve("sent"))["forget-signals"]?.({});
      expect((await seen(id)).reasons[0]?.why).toHaveLength(left);
    }
  });

  test("stands in the order of how grave it is and how long it has waited, and is counted", async () => {
    const other = await openTestHouse();
    const who = await aModerator(other, "Wren");
    const made: CaseId[] = [];
    for (const priority of [2, 0, 3, 0, 2] as const) {
      made.push(await aCase(other, { priority }));
      other.passTime({ minutes: 1 });
    }
    expect((await casesWaiting(other.db, other.keys, who.scope, other.now())).map(({ id }) => id)).toEqual([made[1], made[3], made[0], made[4], made[2]]);
    expect((await howMuchWaits(other.db)).map(({ priority, cases }) => [priority, cases])).toEqual([[0, 2], [2, 2], [3, 1]]);
  });

  test("is never what she wrote herself, with or without her name", async () => {
    for (const author of [{ authorId: pilar.id }, { authorMark: authorMark(house.keys, pilar.id).toString("hex") }]) {
      const id = await aCase(house, author);
      expect((await casesWaiting(house.db, house.keys, pilar.scope, house.now())).map((one) => one.id)).not.toContain(id);
      expect((await casesWaiting(house.db, house.keys, wren.scope, house.now())).map((one) => one.id)).toContain(id);
      expect(await caseOf(house.db, house.keys, pilar.scope, id, house.now())).toBeUndefined();
      expect(await decideCase(house, pilar.scope, id, { decision: "approve" })).toBeUndefined();
      expect(await claimCase(house, pilar.scope, id)).toBeUndefined();
    }
  });
});

describe("two moderators", () => {
  test("who take a case at once: one has it, the other is told, twenty times over two processes", async () => {
    const secondPool = openPool(house.url, 4);
    const second = { ...house, db: openDatabase(secondPool) };
    for (let turn = 0; turn < 20; turn++) {
      const id = await aCase(house);
      const took = await Promise.all([claimCase(house, wren.scope, id), claimCase(second, pilar.scope, id)]);
      expect(took.filter((one) => one === "taken")).toHaveLength(1);
      expect(took).toContainEqual({ refused: "someoneHasIt" });
      expect(await house.db.selectFrom("case_claims").select("id").where("case_id", "=", id).where("released_at", "is", null).execute()).toHaveLength(1);
    }
    await second.db.destroy();
  });

  test("who decide at once make one decision, one job and one answer", async () => {
    for (let turn = 0; turn < 20; turn++) {
      await rested();
      const subjectId = randomUUID();
      const id = await aCase(house, { subjectId });
      const decided = await Promise.all([decideCase(house, wren.scope, id, { decision: "approve" }), decideCase(house, pilar.scope, id, { decision: "remove", rule: "kind" })]);
      expect(decided.filter((one) => typeof one === "string")).toHaveLength(1);
      expect(await ofPost(subjectId)).toHaveLength(1);
      expect((await jobsWaiting(house, "post-decided")).filter(({ payload }) => payload["subjectId"] === subjectId)).toHaveLength(1);
    }
  });

  test("see of each other who has a case and who looks at it, until a quarter of an hour without a sign is over", async () => {
    const id = await aCase(house);
    await claimCase(house, wren.scope, id);
    await noteLook(house, pilar.scope, id);
    expect(await seen(id)).toMatchObject({ holder: "Wren", viewers: ["Pilar"] });
    house.passTime({ minutes: 10 });
    expect((await seen(id)).viewers).toEqual([]);
    await noteLook(house, wren.scope, id);
    house.passTime({ minutes: 14 });
    expect(await claimCase(house, pilar.scope, id)).toEqual({ refused: "someoneHasIt" });
    house.passTime({ minutes: 1 });
    expect((await seen(id)).holder).toBeUndefined();
    expect(await claimCase(house, pilar.scope, id)).toBe("taken");
    expect(await releaseCase(house, wren.scope, id)).toBe("released");
    expect((await seen(id)).holder).toBe("Pilar");
    await releaseCase(house, pilar.scope, id);
    expect((await seen(id)).holder).toBeUndefined();
  });
});

describe("a decision", () => {
  test("tells the post's feature which one it is, and nobody's words", async () => {
    const { id, subjectId, decisionId } = await removed();
    const [job] = (await jobsWaiting(house, "post-decided")).filter(({ payload }) => payload["subjectId"] === subjectId);
    expect(job?.payload).toEqual({ decisionId, subjectKind: "post", subjectId, decision: "remove" });
    expect(await decisionOf(house.db, house.keys, decisionId)).toMatchObject({ decision: "remove", rule: "kind", note: "It calls her a bad mother.", byRole: "moderator" });
    const { note_sealed } = await house.db.selectFrom("case_decisions").select("note_sealed").where("id", "=", decisionId).executeTakeFirstOrThrow();
    expect(note_sealed?.includes("mother")).toBe(false);
    expect(await audited(id)).toEqual(["decided_case desk_remove"]);
    expect(await decideCase(house, pilar.scope, id, { decision: "approve" })).toEqual({ refused: "nothingWaits" });
  });

  test("to hold leaves the case waiting with who decided it", async () => {
    const id = await aCase(house);
    await decideCase(house, wren.scope, id, { decision: "hold" });
    expect(await seen(id)).toMatchObject({ holder: "Wren", state: { waiting: true } });
    expect(await decideCase(house, pilar.scope, id, { decision: "approve" })).toEqual({ refused: "someoneHasIt" });
    expect(await decideCase(house, wren.scope, id, { decision: "approve" })).toEqual(expect.any(String));
  });

  test("shows its author the role of who made it, and no name", async () => {
    const { subjectId } = await removed();
    const told = await ofPost(subjectId);
    expect(told).toMatchObject([{ decision: "remove", byRole: "moderator", rule: "kind", note: "It calls her a bad mother.", appeal: { state: "open", until: house.now().add({ hours: 168 }) } }]);
    expect(JSON.stringify(told)).not.toMatch(/Wren/);
  });

  test("keeps no words once the post is erased, and the post does not come back", async () => {
    const { id, subjectId, decisionId } = await removed();
    await appealDecision(house, asRosa, decisionId, "I was tired.");
    await inTransaction(house, (act) => subjectErased(act, { subjectKind: "post", subjectId }));
    for (const { payload } of await jobsWaiting(house, "forget-subject")) await safetyJobs(house, () => Promise.resolve("sent"))["forget-subject"]?.(payload);
    expect(await seen(id)).toMatchObject({ erased: true, waitingSince: undefined, decisions: [{ decision: "remove", note: undefined }], appeals: [{ words: undefined }] });
    await openCaseOf(house, { subjectKind: "post", subjectId, reason: "held", priority: 0, why: [] });
    expect((await seen(id)).waitingSince).toBeUndefined();
  });
});

describe("a second opinion", () => {
  test("is waited for, is another's, and decides nothing", async () => {
    const id = await aCase(house);
    expect(await askForOpinion(house, wren.scope, id, "Is this a method?")).toBe("asked");
    expect(await giveOpinion(house, wren.scope, id, { would: "approve", words: "" })).toEqual({ refused: "youAsked" });
    expect(await decideCase(house, wren.scope, id, { decision: "approve" })).toEqual({ refused: "opinionWaits" });
    expect(await giveOpinion(house, pilar.scope, id, { would: "ask_to_change", words: "Without the last line it could stay." })).toBe("given");
    expect(await giveOpinion(house, judith.scope, id, { would: "remove", words: "" })).toEqual({ refused: "noQuestion" });
    expect((await seen(id)).opinions).toMatchObject([{ askedBy: "Wren", question: "Is this a method?", given: { by: "Pilar", would: "ask_to_change", words: "Without the last line it could stay." } }]);
    expect(await decideCase(house, wren.scope, id, { decision: "approve" })).toEqual(expect.any(String));
  });

  test("that nobody gives is taken back by who asked", async () => {
    const id = await aCase(house);
    await askForOpinion(house, wren.scope, id, "What do you think?");
    await takeBackQuestion(house, pilar.scope, id);
    expect((await seen(id)).state.opinionAskedBy).toBe(wren.id);
    await takeBackQuestion(house, wren.scope, id);
    expect(await decideCase(house, wren.scope, id, { decision: "approve" })).toEqual(expect.any(String));
  });

  test("of two colleagues at once is one", async () => {
    const id = await aCase(house);
    await askForOpinion(house, wren.scope, id, "What do you think?");
    const given = await Promise.all([giveOpinion(house, pilar.scope, id, { would: "approve", words: "" }), giveOpinion(house, judith.scope, id, { would: "remove", words: "" })]);
    expect(given.filter((one) => one === "given")).toHaveLength(1);
    expect((await seen(id)).opinions).toHaveLength(1);
  });
});

describe("a strike", () => {
  test("is told to its author as what it is, and is in force until it is over", async () => {
    const { id, subjectId } = await removed();
    expect(await giveStrike(house, wren.scope, id, { kind: "pause", rule: "kind", days: 3, note: "Three days of rest." })).toBe("given");
    expect(await giveStrike(house, wren.scope, id, { kind: "note", rule: "kind" })).toEqual({ refused: "struckAlready" });
    const endsAt = house.now().add({ hours: 72 });
    expect((await ofPost(subjectId))[0]?.strike).toEqual({ kind: "pause", rule: "kind", note: "Three days of rest.", endsAt, liftedAt: undefined });
    expect((await standingOfMember(house.db, house.keys, rosa.id, house.now())).pausedUntil).toEqual(endsAt);
    expect((await seen(id)).strikes[0]).toMatchObject({ kind: "pause" });
    house.passTime({ hours: 73 });
    expect((await standingOfMember(house.db, house.keys, rosa.id, house.now())).pausedUntil).toBeUndefined();
  });

  test("for what was written without a name holds for the mark, and names nobody on the desk", async () => {
    const { id } = await removed({ authorId: undefined, authorMark: authorMark(house.keys, rosa.id).toString("hex") });
    expect(await giveStrike(house, wren.scope, id, { kind: "hold", rule: "kind", days: 1 })).toBe("given");
    expect((await standingOfMember(house.db, house.keys, rosa.id, house.now())).heldUntil).toEqual(house.now().add({ hours: 24 }));
    expect((await house.db.selectFrom("strikes").select(["author_member", "author_mark"]).where("case_id", "=", id).executeTakeFirstOrThrow()).author_member).toBeNull();
    const shown = await seen(id);
    expect(shown.strikes.map(({ kind }) => kind), "only those of the mark").toEqual(["hold"]);
    expect(JSON.stringify(shown)).not.toContain(rosa.id);
  });

  test("that asks her to leave waits for a colleague's opinion", async () => {
    const id = await aCase(house, { authorId: rosa.id });
    await decideCase(house, wren.scope, id, { decision: "hold" });
    expect(await giveStrike(house, wren.scope, id, { kind: "leave", rule: "no_hate" })).toEqual({ refused: "needsColleague" });
    await askForOpinion(house, wren.scope, id, "May she stay?");
    await giveOpinion(house, pilar.scope, id, { would: "remove", words: "" });
    expect(await giveStrike(house, wren.scope, id, { kind: "leave", rule: "no_hate" })).toBe("given");
  });
});

describe("an appeal", () => {
  test("is its author's, once, and answered once, by somebody else than who decided", async () => {
    const { id, subjectId, decisionId } = await removed();
    const daniel = memberScope((await makeSignedIn(house, ["member"])).scope.member);
    expect(await appealDecision(house, daniel, decisionId, "Not mine")).toBeUndefined();
    const both = await Promise.all([appealDecision(house, asRosa, decisionId, "I meant myself."), appealDecision(house, asRosa, decisionId, "I meant myself.")]);
    expect(both).toEqual(expect.arrayContaining(["made", { refused: "appealedAlready" }]));
    expect((await ofPost(subjectId))[0]?.appeal).toMatchObject({ state: "waits" });
    expect(await seen(id)).toMatchObject({ priority: 2, appeals: [{ words: "I meant myself.", answered: undefined }], state: { waiting: true, appealWaits: true } });

    expect(await decideAppeal(house, wren.scope, id, { outcome: "stands", words: "It stays so." })).toEqual({ refused: "youDecided" });
    expect(await decideCase(house, pilar.scope, id, { decision: "put_back" })).toEqual({ refused: "appealFirst" });
    const answers = await Promise.all([decideAppeal(house, pilar.scope, id, { outcome: "gave_way", words: "You wrote of yourself. It is back." }), decideAppeal(house, judith.scope, id, { outcome: "stands", words: "No." })]);
    expect(answers.filter((one) => one === "answered")).toHaveLength(1);
  });

  test("that was given way to puts the post back and lifts the strike", async () => {
    const { id, subjectId, decisionId } = await removed();
    await giveStrike(house, wren.scope, id, { kind: "hold", rule: "kind", days: 7 });
    await appealDecision(house, asRosa, decisionId, "I meant myself.");
    expect(await decideAppeal(house, pilar.scope, id, { outcome: "gave_way", words: "You wrote of yourself. It is back." })).toBe("answered");
    const told = await ofPost(subjectId);
    expect(told).toMatchObject([{ decision: "put_back" }, { decision: "remove", appeal: { state: "gave_way", words: "You wrote of yourself. It is back." }, strike: { kind: "hold", liftedAt: house.now() } }]);
    expect((await jobsWaiting(house, "post-decided")).filter(({ payload }) => payload["subjectId"] === subjectId).map(({ payload }) => payload["decision"])).toEqual(["remove", "put_back"]);
    expect((await seen(id)).waitingSince).toBeUndefined();
  });

  test("that was not leaves it as it was, and there is no second", async () => {
    const { id, subjectId, decisionId } = await removed();
    await appealDecision(house, asRosa, decisionId, "Please look again.");
    await decideAppeal(house, judith.scope, id, { outcome: "stands", words: "We read it twice. It stays away." });
    expect(await ofPost(subjectId)).toMatchObject([{ decision: "remove", appeal: { state: "stands", words: "We read it twice. It stays away." } }]);
    expect(await appealDecision(house, asRosa, decisionId, "And again")).toEqual({ refused: "appealedAlready" });
    expect((await seen(id)).waitingSince).toBeUndefined();
  });

  test("after seven days comes too late, and the author's page says so as long before", async () => {
    const { subjectId, decisionId } = await removed();
    house.passTime({ hours: 168 });
    expect((await ofPost(subjectId))[0]?.appeal).toMatchObject({ state: "open" });
    house.passTime({ seconds: 1 });
    expect((await ofPost(subjectId))[0]?.appeal).toBeUndefined();
    expect(await appealDecision(house, asRosa, decisionId, "Late")).toEqual({ refused: "appealOver" });
  });

  test("is made of what was written without a name, too, by her alone", async () => {
    const { decisionId } = await removed({ authorId: undefined, authorMark: authorMark(house.keys, rosa.id).toString("hex") });
    expect(await appealDecision(house, memberScope(pilar.scope.member), decisionId, "Not mine")).toBeUndefined();
    expect(await appealDecision(house, asRosa, decisionId, "Mine")).toBe("made");
  });
});
