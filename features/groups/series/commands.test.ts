import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import { endRole } from "../../accounts/people/commands.ts";
import { jobsWaiting } from "../../helpline/board/factory.ts";
import type { SeriesId, SessionId } from "../types.ts";
import { bringBack, cancelSession, changePlan, endSeries, moveDay, setPair, skipDay } from "./changing/commands.ts";
import { sayAbsent, sayPresent, takeCover } from "./covers/commands.ts";
import { aProposal, groupOf, makeFacilitator, makeGroup, propose, tuesdays } from "./factory.ts";
import { approveSeries, proposeAgain, proposeSeries, sendBack } from "./proposing/commands.ts";
import { eveningsOf, keptSeries, leadersOfSession, roomAddress } from "./queries.ts";
import { standingOf } from "./rules.ts";
import { recordTraining } from "./training/commands.ts";

const house = await openTestHouse();
const lucia = (await makeSignedIn(house, ["coordinator"], { name: "Lucía" })).scope;
const [noor, tomas, ana] = await Promise.all(["Noor", "Tomás", "Ana"].map((name) => makeFacilitator(house, lucia, name)));
if (!noor || !tomas || !ana) throw new Error("nobody leads");
const pair = [noor.id, tomas.id];

const tuesday = "2026-11-24T18:00:00Z";
beforeEach(async () => {
  house.setClock(tuesday);
  await house.db.deleteFrom("series").execute();
});

const date = (text: string) => Temporal.PlainDate.from(text);
const time = (text: string) => Temporal.PlainTime.from(text);
const acts = async (id: string) => (await house.db.selectFrom("audit_entries").select("act").where("subject_kind", "=", "group").where("subject_id", "=", id).orderBy("id").execute()).map(({ act }) => act);
const wall = (at: Temporal.Instant, zone = "America/Los_Angeles") => at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: "minute" });
const open = async (id: SeriesId) => (await groupOf(house, id)).sessions.filter(({ cancelledAt }) => !cancelledAt);
const on = async (id: SeriesId, day: string) => {
  const found = (await groupOf(house, id)).sessions.find((one) => one.day.toString() === day);
  if (!found) throw new Error(`There is no meeting of ${day}.`);
  return found;
};
const told = async (id: string) => (await jobsWaiting(house, "tell-seats")).filter(({ payload }) => payload["sessionId"] === id).map(({ payload }) => payload["what"]);

describe("a proposal", () => {
  it("waits, and nothing of it meets before a coordinator says yes", async () => {
    const id = await propose(house, noor.scope, aProposal(pair));
    expect(standingOf((await keptSeries(house.db, id)) ?? expect.fail())).toBe("waits");
    expect((await groupOf(house, id)).sessions).toEqual([]);
    expect(await approveSeries(house, lucia, id, house.now())).toBeUndefined();
    const { series, sessions } = await groupOf(house, id);
    expect(series.approvedAt?.toString()).toBe(tuesday);
    expect(sessions.map(({ day }) => day.toString()).slice(0, 3)).toEqual(["2026-11-24", "2026-12-01", "2026-12-08"]);
    expect(sessions).toHaveLength(8);
    expect(await acts(id)).toEqual(["proposed_group", "approved_group"]);
  });

  it("that is sent twice is one", async () => {
    const id = randomUUID() as string as SeriesId;
    await Promise.all([proposeSeries(house, noor.scope, id, aProposal(pair)), proposeSeries(house, noor.scope, id, aProposal(pair))]);
    expect(await acts(id)).toEqual(["proposed_group"]);
  });

  it("lacks a second, a training, or a role, and is not approved", async () => {
    const alone = await propose(house, noor.scope, aProposal([noor.id]));
    expect(await approveSeries(house, lucia, alone, house.now())).toEqual({ refused: "lacks", lacks: [{ lacks: "second" }] });
    const fresh = await makeSignedIn(house, ["facilitator"], { name: "Ruth" });
    const untrained = await propose(house, noor.scope, aProposal([noor.id, fresh.id]));
    expect(await approveSeries(house, lucia, untrained, house.now())).toEqual({ refused: "lacks", lacks: [{ lacks: "training", name: "Ruth" }] });
    expect(await recordTraining(house, lucia, fresh.id, date("2026-11-26"))).toEqual({ refused: "dayAhead" });
    await recordTraining(house, lucia, fresh.id, date("2026-11-20"));
    await endRole(house, lucia, fresh.id, "facilitator");
    expect(await approveSeries(house, lucia, untrained, house.now())).toEqual({ refused: "lacks", lacks: [{ lacks: "role", name: "Ruth" }] });
    expect(await recordTraining(house, lucia, fresh.id, date("2026-11-20"))).toEqual({ refused: "notAFacilitator" });
    expect((await groupOf(house, untrained)).sessions).toEqual([]);
  });

  it("comes back with words, is changed and waits again; what was read before that is not approved", async () => {
    const id = await propose(house, noor.scope, aProposal(pair));
    const seen = house.now();
    house.passTime({ hours: 1 });
    expect(await sendBack(house, lucia, id, seen, "Could it be an hour later?")).toBeUndefined();
    expect(await approveSeries(house, lucia, id, seen)).toEqual({ refused: "decided" });
    house.passTime({ hours: 1 });
    await proposeAgain(house, noor.scope, id, aProposal([noor.id, ana.id], { plan: { ...tuesdays, at: time("20:00") } }));
    const kept = await keptSeries(house.db, id);
    expect(kept && [standingOf(kept), kept.answers.map(({ said, by }) => [said, by]), kept.series.facilitators.map(({ name }) => name)]).toEqual(["waits", [["Could it be an hour later?", "Lucía"]], ["Noor", "Ana"]]);
    expect(await approveSeries(house, lucia, id, seen)).toEqual({ refused: "changedMeanwhile" });
    expect(await approveSeries(house, lucia, id, house.now())).toBeUndefined();
    expect(await approveSeries(house, lucia, id, house.now())).toEqual({ refused: "decided" });
    expect(await proposeAgain(house, noor.scope, id, aProposal(pair))).toEqual({ refused: "decided" });
    expect(await acts(id)).toEqual(["proposed_group", "sent_group_back", "proposed_group_again", "approved_group"]);
  });

  it("that nothing comes of is put aside, and can't be approved", async () => {
    const id = await propose(house, noor.scope, aProposal(pair));
    expect(await endSeries(house, lucia, id, { reason: "Two groups of this kind meet already." })).toBeUndefined();
    expect(standingOf((await keptSeries(house.db, id)) ?? expect.fail())).toBe("ended");
    expect(await approveSeries(house, lucia, id, house.now())).toEqual({ refused: "decided" });
    expect((await groupOf(house, id)).sessions).toEqual([]);
  });

  it("keeps the address of a room of one's own sealed, through a change that does not name it, and drops it with the room", async () => {
    const address = "https://meet.lantern.example/fathers-8153";
    const id = await propose(house, noor.scope, aProposal(pair, { room: "link", address }));
    const row = await house.db.selectFrom("series").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    expect(JSON.stringify({ ...row, room_sealed: row.room_sealed?.toString("latin1") })).not.toContain("8153");
    expect(await roomAddress(house, id)).toBe(address);
    await proposeAgain(house, noor.scope, id, aProposal(pair, { room: "link" }));
    expect(await roomAddress(house, id)).toBe(address);
    await proposeAgain(house, noor.scope, id, aProposal(pair));
    expect(await roomAddress(house, id)).toBeUndefined();
  });
});

describe("a day", () => {
  it("that is left out is cancelled with its reason and told once, and comes back where the plan has it", async () => {
    const id = await makeGroup(house, lucia, pair);
    const session = await on(id, "2026-12-01");
    expect(await skipDay(house, noor.scope, id, date("2026-12-01"), "holiday")).toBeUndefined();
    expect(await on(id, "2026-12-01")).toMatchObject({ id: session.id, cancelReason: "holiday", sequence: 1 });
    expect(await told(session.id)).toEqual(["cancelled"]);
    expect(await moveDay(house, noor.scope, id, date("2026-12-01"), { on: date("2026-12-02"), at: time("19:00") })).toEqual({ refused: "isOut" });
    expect(await bringBack(house, noor.scope, id, date("2026-12-01"))).toBeUndefined();
    expect(await on(id, "2026-12-01")).toMatchObject({ id: session.id, cancelledAt: undefined, sequence: 2 });
    expect((await groupOf(house, id)).series.plan.skipped?.size).toBe(0);
    expect(await acts(id)).toEqual(["proposed_group", "approved_group", "skipped_group_day", "brought_group_day_back"]);
  });

  it("further ahead is left out before it is written down", async () => {
    const id = await makeGroup(house, lucia, pair);
    expect(await skipDay(house, noor.scope, id, date("2027-02-09"), "facilitator")).toBeUndefined();
    expect((await groupOf(house, id)).series.plan.skipped).toEqual(new Set(["2027-02-09"]));
    expect(await skipDay(house, noor.scope, id, date("2027-02-10"), "other")).toEqual({ refused: "notADay" });
  });

  it("is moved under its own name, and back", async () => {
    const id = await makeGroup(house, lucia, pair);
    const session = await on(id, "2026-12-01");
    expect(await moveDay(house, noor.scope, id, date("2026-12-01"), { on: date("2026-12-03"), at: time("10:30") })).toBeUndefined();
    const moved = await on(id, "2026-12-01");
    expect([moved.id, wall(moved.starts), moved.moved, moved.sequence]).toEqual([session.id, "2026-12-03T10:30", true, 1]);
    expect(await told(session.id)).toEqual(["moved"]);
    expect(house.told).toContain(`group ${session.id}`);
    expect(await moveDay(house, noor.scope, id, date("2026-12-08"), { on: date("2026-12-03"), at: time("11:00") })).toEqual({ refused: "moveTwice" });
    await bringBack(house, noor.scope, id, date("2026-12-01"));
    expect(wall((await on(id, "2026-12-01")).starts)).toBe("2026-12-01T19:00");
  });

  it("that has begun stays as it is", async () => {
    const id = await makeGroup(house, lucia, pair);
    const session = await on(id, "2026-11-24");
    house.setClock("2026-11-25T03:05:00Z");
    const today = date("2026-11-24");
    expect(await skipDay(house, noor.scope, id, today, "other")).toEqual({ refused: "begun" });
    expect(await moveDay(house, noor.scope, id, today, { on: date("2026-11-26"), at: time("19:00") })).toEqual({ refused: "begun" });
    expect(await bringBack(house, noor.scope, id, today)).toEqual({ refused: "begun" });
    expect(await cancelSession(house, noor.scope, session.id, "technical")).toEqual({ refused: "begun" });
    expect(await sayAbsent(house, noor.scope, session.id)).toEqual({ refused: "begun" });
    await changePlan(house, lucia, id, { ...tuesdays, at: time("21:00") });
    expect(wall((await on(id, "2026-11-24")).starts)).toBe("2026-11-24T19:00");
    expect(wall((await on(id, "2026-12-01")).starts)).toBe("2026-12-01T21:00");
  });

  it("is cancelled once, with whoever has a seat to be told", async () => {
    const id = await makeGroup(house, lucia, pair);
    const session = await on(id, "2026-12-01");
    const results = await Promise.all([cancelSession(house, noor.scope, session.id, "technical"), cancelSession(house, lucia, session.id, "other")]);
    expect(results.filter((one) => one === undefined)).toHaveLength(1);
    expect(results.find(Boolean)).toEqual({ refused: "isOut" });
    expect(await on(id, "2026-12-01")).toMatchObject({ sequence: 1 });
    expect(await told(session.id)).toEqual(["cancelled"]);
    expect(await cancelSession(house, lucia, randomUUID() as string as SessionId, "other")).toEqual({ refused: "notHere" });
    await bringBack(house, lucia, id, date("2026-12-01"));
    expect(await on(id, "2026-12-01")).toMatchObject({ cancelledAt: undefined, sequence: 2 });
  });
});

describe("a plan", () => {
  it("changed across a change of the clocks keeps its wall time on both sides", async () => {
    house.setClock("2027-02-15T18:00:00Z");
    const id = await makeGroup(house, lucia, pair, { plan: { ...tuesdays, starts: date("2027-02-16") } });
    await changePlan(house, lucia, id, { ...tuesdays, starts: date("2027-02-16"), at: time("20:30") });
    const walls = (await open(id)).map(({ starts }) => [wall(starts), starts.toString().slice(11, 16)]);
    expect(walls).toContainEqual(["2027-03-09T20:30", "04:30"]);
    expect(walls).toContainEqual(["2027-03-16T20:30", "03:30"]);
    expect(await acts(id)).toContain("changed_group_plan");
  });

  it("changed into an hour of the night that does not exist is later that night, and says so", async () => {
    house.setClock("2027-02-15T18:00:00Z");
    const id = await makeGroup(house, lucia, pair, { plan: { ...tuesdays, starts: date("2027-02-21"), rhythm: { every: "weeks", weeks: 1, days: ["SU"] } } });
    await changePlan(house, lucia, id, { ...tuesdays, starts: date("2027-02-21"), rhythm: { every: "weeks", weeks: 1, days: ["SU"] }, at: time("02:30") });
    expect((await open(id)).filter(({ shifted }) => shifted).map(({ starts }) => wall(starts))).toEqual(["2027-03-14T03:30"]);
  });

  it("with other days cancels the old ones that people know of and tells them, and writes the new", async () => {
    const id = await makeGroup(house, lucia, pair);
    const before = await open(id);
    await changePlan(house, lucia, id, { ...tuesdays, rhythm: { every: "weeks", weeks: 2, days: ["WE"] } });
    const { sessions } = await groupOf(house, id);
    expect(sessions.filter(({ cancelledAt }) => cancelledAt).map((one) => one.id)).toEqual(before.map((one) => one.id));
    expect((await open(id)).map(({ day }) => day.toString())).toEqual(["2026-11-25", "2026-12-09", "2026-12-23", "2027-01-06"]);
    for (const one of before) expect(await told(one.id)).toEqual(["cancelled"]);
  });

  it("ends now, or after a day, and not before it ends anyway", async () => {
    const id = await makeGroup(house, lucia, pair);
    expect(await endSeries(house, lucia, id, { lastDay: date("2026-11-20"), reason: "–" })).toEqual({ refused: "lastDayPast" });
    expect(await endSeries(house, lucia, id, { lastDay: date("2026-12-08"), reason: "The season is over." })).toBeUndefined();
    expect((await open(id)).map(({ day }) => day.toString())).toEqual(["2026-11-24", "2026-12-01", "2026-12-08"]);
    expect((await groupOf(house, id)).series.endedAt).toBeUndefined();
    expect(await endSeries(house, lucia, id, { lastDay: date("2026-12-20"), reason: "–" })).toEqual({ refused: "endsBefore" });
    expect(await endSeries(house, lucia, id, { reason: "Nobody comes." })).toBeUndefined();
    expect(await open(id)).toEqual([]);
    expect(await endSeries(house, lucia, id, { reason: "–" })).toEqual({ refused: "ended" });
    expect(await changePlan(house, lucia, id, tuesdays)).toEqual({ refused: "ended" });
    expect((await acts(id)).filter((act) => act === "ended_group")).toHaveLength(2);
  });
});

describe("a cover", () => {
  it("is wanted when one can't, seen by who is trained, and taken by exactly one of two who take it at once", async () => {
    const id = await makeGroup(house, lucia, pair);
    const { id: session } = await on(id, "2026-12-01");
    const ruth = await makeFacilitator(house, lucia, "Ruth");
    expect(await takeCover(house, ana.scope, session)).toEqual({ refused: "taken" });
    expect(await sayAbsent(house, noor.scope, session)).toBeUndefined();
    expect(await leadersOfSession(house.db, session, house.now())).toEqual([tomas.id]);
    const sees = async (who: typeof ana) => (await eveningsOf(house.db, who.scope, house.now())).toCover.map((one) => one.session.id);
    expect([await sees(ana), await sees(noor), await sees(tomas)]).toEqual([[session], [], []]);
    expect(await takeCover(house, tomas.scope, session)).toEqual({ refused: "leads" });
    const results = await Promise.all([takeCover(house, ana.scope, session), takeCover(house, ruth.scope, session)]);
    expect(results.filter((one) => one === undefined)).toHaveLength(1);
    expect(results.find(Boolean)).toEqual({ refused: "taken" });
    expect(await leadersOfSession(house.db, session, house.now())).toHaveLength(2);
    expect(await sayPresent(house, noor.scope, session)).toEqual({ refused: "taken" });
    expect((await acts(id)).slice(2)).toEqual(["said_absent_from_group", "covers_group_meeting"]);
  });

  it("is no longer wanted when she can, after all; who covers can give it back", async () => {
    const id = await makeGroup(house, lucia, pair);
    const { id: session } = await on(id, "2026-12-01");
    await sayAbsent(house, noor.scope, session);
    expect(await sayPresent(house, noor.scope, session)).toBeUndefined();
    expect(await leadersOfSession(house.db, session, house.now())).toEqual(pair);
    await sayAbsent(house, tomas.scope, session);
    await takeCover(house, ana.scope, session);
    await sayAbsent(house, ana.scope, session);
    expect(await leadersOfSession(house.db, session, house.now())).toEqual([noor.id]);
    expect(await sayAbsent(house, ana.scope, session)).toEqual({ refused: "notLeading" });
  });

  it("is not for who has not been trained, nor of a meeting that does not take place", async () => {
    const id = await makeGroup(house, lucia, pair);
    const { id: session } = await on(id, "2026-12-01");
    await sayAbsent(house, noor.scope, session);
    const fresh = await makeSignedIn(house, ["facilitator"], { name: "Ben" });
    expect(await takeCover(house, fresh.scope, session)).toEqual({ refused: "untrained" });
    await cancelSession(house, lucia, session, "other");
    expect(await takeCover(house, ana.scope, session)).toEqual({ refused: "isOut" });
  });

  it("is wanted too when one of the pair is no facilitator any more, and a coordinator sets another pair", async () => {
    const ben = await makeFacilitator(house, lucia, "Ben");
    const id = await makeGroup(house, lucia, [noor.id, ben.id]);
    await endRole(house, lucia, ben.id, "facilitator");
    const { id: session } = await on(id, "2026-12-01");
    expect((await eveningsOf(house.db, lucia, house.now())).all.find((one) => one.session.id === session)).toMatchObject({ wanted: true, leaders: [{ name: "Noor" }] });
    expect(await setPair(house, lucia, id, [noor.id, ben.id])).toMatchObject({ refused: "lacks" });
    expect(await setPair(house, lucia, id, [noor.id, noor.id])).toMatchObject({ refused: "lacks" });
    expect(await setPair(house, lucia, id, [tomas.id, ana.id])).toBeUndefined();
    expect(new Set(await leadersOfSession(house.db, session, house.now()))).toEqual(new Set([tomas.id, ana.id]));
  });
});

test("a training is written down once", async () => {
  const ruth = await makeSignedIn(house, ["facilitator"]);
  await recordTraining(house, lucia, ruth.id, date("2026-11-01"));
  await recordTraining(house, lucia, ruth.id, date("2026-11-01"));
  expect(await house.db.selectFrom("audit_entries").select("act").where("subject_id", "=", ruth.id).where("act", "=", "recorded_facilitator_training").execute()).toHaveLength(1);
});
