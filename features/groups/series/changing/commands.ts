import { sql } from "kysely";
import { audit } from "../../../../platform/audit/audit.ts";
import type { Tx } from "../../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { MemberId, StaffScope } from "../../../../platform/http/scope.ts";
import { isBefore, type Instant } from "../../../../platform/time/time.ts";
import { writeSessions } from "../../calendar/commands.ts";
import { isDayOf, meetingsOf, startOf } from "../../calendar/rules.ts";
import { topicOf } from "../../events.ts";
import { seriesOf } from "../../queries.ts";
import { restoreSeats } from "../../seats/commands.ts";
import type { CancelReason, Plan, Series, SeriesId, Session, SessionId } from "../../types.ts";
import { planColumns, setFacilitators } from "../proposing/commands.ts";
import { facilitatorsNow, sessionOn } from "../queries.ts";
import { lacksOf, leadersNeeded, moveProblem, wallOf, type MoveProblem } from "../rules.ts";
import type { Lack } from "../types.ts";

export type DayRefusal = { readonly refused: "ended" | "notADay" | "begun" | "isOut" | MoveProblem };

/** A group that meets, locked to the end of the transaction: whoever changes it at the same moment waits. */
async function meeting(tx: Tx, id: SeriesId): Promise<Series | undefined> {
  await tx.selectFrom("series").select("id").where("id", "=", id).forUpdate().execute();
  const [series] = await seriesOf(tx, { ids: [id], state: "meets" });
  return series;
}

/** A day of its plan that has not begun, with the meeting that was written down for it. */
async function dayOf(tx: Tx, id: SeriesId, day: Temporal.PlainDate, now: Instant): Promise<DayRefusal | { readonly series: Series; readonly session: Session | undefined }> {
  const series = await meeting(tx, id);
  if (!series) return { refused: "ended" };
  if (!isDayOf(series.plan, day)) return { refused: "notADay" };
  const session = await sessionOn(tx, id, day);
  const { on, at } = wallOf(series.plan, day);
  const starts = session?.starts ?? startOf(on, at, series.plan.zone).starts;
  return isBefore(now, starts) ? { series, session } : { refused: "begun" };
}

const exception = (tx: Tx, id: SeriesId, day: Temporal.PlainDate) => tx.deleteFrom("series_exceptions").where("series_id", "=", id).where("day", "=", day);

export type SkipReason = "holiday" | "facilitator" | "other";

/** Leaves a day out. Who has a seat then is told. */
export const skipDay = (house: House, { member }: StaffScope, id: SeriesId, day: Temporal.PlainDate, reason: SkipReason): Promise<DayRefusal | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const found = await dayOf(tx, id, day, now);
    if ("refused" in found) return found;
    const { memberId } = member;
    await exception(tx, id, day).execute();
    await tx.insertInto("series_exceptions").values({ series_id: id, day, kind: "skipped", reason, decided_by: memberId, decided_at: now }).execute();
    // Before the plan is followed, so that the meeting keeps this reason and not "other".
    if (found.session && !found.session.cancelledAt) await cancel(act, memberId, found.session.id, reason);
    await writeSessions(act, id);
    await audit(tx, { memberId, act: "skipped_group_day", subjectKind: "group", subjectId: id, reason });
    return undefined;
  });

/** Moves one meeting; its day stays its name. Who has a seat keeps it and is told. */
export const moveDay = (house: House, { member }: StaffScope, id: SeriesId, day: Temporal.PlainDate, to: { readonly on: Temporal.PlainDate; readonly at: Temporal.PlainTime }): Promise<DayRefusal | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const found = await dayOf(tx, id, day, now);
    if ("refused" in found) return found;
    const { series, session } = found;
    if (session?.cancelledAt || series.plan.skipped?.has(day.toString())) return { refused: "isOut" };
    const problem = moveProblem(series.plan, day, to, now);
    if (problem) return { refused: problem };
    await exception(tx, id, day).execute();
    await tx.insertInto("series_exceptions").values({ series_id: id, day, kind: "moved", moved_on: to.on, moved_at: to.at, decided_by: member.memberId, decided_at: now }).execute();
    await writeSessions(act, id);
    await audit(tx, { memberId: member.memberId, act: "moved_group_day", subjectKind: "group", subjectId: id });
    return undefined;
  });

/** A day that was left out, cancelled or moved takes place after all, as its plan has it. Seats that a cancellation let go of are offered to whose they were. */
export const bringBack = (house: House, { member }: StaffScope, id: SeriesId, day: Temporal.PlainDate): Promise<DayRefusal | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const found = await dayOf(tx, id, day, now);
    if ("refused" in found) return found;
    const { series, session } = found;
    if (!isBefore(now, startOf(day, series.plan.at, series.plan.zone).starts)) return { refused: "begun" };
    await exception(tx, id, day).execute();
    if (session?.cancelledAt) {
      await tx.updateTable("group_sessions").set({ cancelled_at: null, cancelled_by: null, cancel_reason: null, changed_at: now, sequence: sql`sequence + 1` }).where("id", "=", session.id).execute();
      await restoreSeats(act, session.id);
    }
    await writeSessions(act, id);
    await audit(tx, { memberId: member.memberId, act: "brought_group_day_back", subjectKind: "group", subjectId: id });
    return undefined;
  });

/** A new plan from now on. What has begun stays as it was; meetings that the new plan has not are cancelled, and every seat is told. */
export const changePlan = (house: House, { member }: StaffScope, id: SeriesId, plan: Plan): Promise<DayRefusal | undefined> =>
  inTransaction(house, async (act) => {
    const { tx } = act;
    if (!(await meeting(tx, id))) return { refused: "ended" };
    await tx.updateTable("series").set(planColumns(plan)).where("id", "=", id).execute();
    await writeSessions(act, id);
    await audit(tx, { memberId: member.memberId, act: "changed_group_plan", subjectKind: "group", subjectId: id });
    return undefined;
  });

/** Ends a group: now, or after `lastDay`. Refused where it ends before that day anyway. A proposal is put aside in the same way. Who proposed it or leads it is told. */
export const endSeries = (house: House, { member }: StaffScope, id: SeriesId, { lastDay, reason }: { readonly lastDay?: Temporal.PlainDate | undefined; readonly reason: string }): Promise<{ readonly refused: "ended" | "endsBefore" | "lastDayPast" } | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now, addJob } = act;
    await tx.selectFrom("series").select("id").where("id", "=", id).forUpdate().execute();
    const [series] = await seriesOf(tx, { ids: [id] });
    if (!series || series.endedAt) return { refused: "ended" };
    const { plan } = series;
    if (lastDay && Temporal.PlainDate.compare(lastDay, now.toZonedDateTimeISO(plan.zone).toPlainDate()) < 0) return { refused: "lastDayPast" };
    const after = lastDay && startOf(lastDay.add({ days: 1 }), new Temporal.PlainTime(), plan.zone).starts;
    if (after && meetingsOf(plan, after, after.add({ hours: 366 * 24 })).length === 0) return { refused: "endsBefore" };
    const how = lastDay && series.approvedAt ? { until: lastDay, count: null } : { ended_at: now };
    await tx.updateTable("series").set({ ...how, ended_by: member.memberId, end_reason: reason }).where("id", "=", id).execute();
    await writeSessions(act, id);
    await audit(tx, { memberId: member.memberId, act: "ended_group", subjectKind: "group", subjectId: id });
    const what = series.approvedAt ? "ended" : "answered";
    await addJob("tell-staff", { what, id, by: member.memberId }, { key: `tell-staff ${what} ${id}` });
    return undefined;
  });

export type CancelRefusal = { readonly refused: "notHere" | "begun" | "isOut" };

/** Cancels one meeting. Its seats are told, and let go, by the job that this queues. */
export const cancelSession = (house: House, { member }: StaffScope, sessionId: SessionId, reason: CancelReason): Promise<CancelRefusal | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now } = act;
    const session = await tx.selectFrom("group_sessions").select(["series_id", "starts_at", "cancelled_at"]).where("id", "=", sessionId).forUpdate().executeTakeFirst();
    if (!session) return { refused: "notHere" };
    if (session.cancelled_at) return { refused: "isOut" };
    if (!isBefore(now, session.starts_at)) return { refused: "begun" };
    await cancel(act, member.memberId, sessionId, reason);
    await audit(tx, { memberId: member.memberId, act: "cancelled_group_meeting", subjectKind: "group", subjectId: session.series_id, reason });
    return undefined;
  });

async function cancel({ tx, now, addJob, tell }: Act, by: MemberId, id: SessionId, reason: CancelReason): Promise<void> {
  await tx.updateTable("group_sessions").set({ cancelled_at: now, cancelled_by: by, cancel_reason: reason, changed_at: now, sequence: sql`sequence + 1` }).where("id", "=", id).execute();
  await addJob("tell-seats", { sessionId: id, what: "cancelled" }, { key: `tell-seats ${id} cancelled` });
  tell(topicOf(id));
}

export type PairRefusal = { readonly refused: "ended" } | { readonly refused: "lacks"; readonly lacks: readonly Lack[] };

/** Who leads a group from now on. One that meets already is led by two who are trained. */
export const setPair = (house: House, { member }: StaffScope, id: SeriesId, pair: readonly MemberId[]): Promise<PairRefusal | undefined> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    const series = await meeting(tx, id);
    if (!series) return { refused: "ended" };
    const staff = await facilitatorsNow(tx, now);
    const named = pair.flatMap((one) => staff.find((each) => each.id === one) ?? []);
    const lacks = lacksOf({ facilitators: named, plan: series.plan }, staff, now).filter(({ lacks: what }) => what !== "meetings");
    if (lacks.length > 0 || new Set(pair).size !== leadersNeeded) return { refused: "lacks", lacks: lacks.length > 0 ? lacks : [{ lacks: "second" }] };
    await setFacilitators(tx, id, pair, now);
    const open = await tx.selectFrom("group_sessions").select("id").where("series_id", "=", id).where("ends_at", ">", now).execute();
    tell(...open.map((one) => topicOf(one.id as SessionId)));
    await audit(tx, { memberId: member.memberId, act: "set_group_pair", subjectKind: "group", subjectId: id });
    return undefined;
  });
