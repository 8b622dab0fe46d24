import { z } from "zod";
import { readForm } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { MemberId, StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { handOn } from "../../../../platform/http/step.ts";
import { staffedOf, visitOf } from "../../../../platform/http/visit.ts";
import { isDayOf } from "../../calendar/rules.ts";
import type { Plan } from "../../types.ts";
import { cancelForm, endForm, moveForm, pairForm, planForm, planTyped, skipForm } from "../forms.ts";
import { seriesAt, sessionAt, staffWho, withSeries, withSession } from "../gates.ts";
import { lackInWords } from "../in-words/rules.ts";
import { comingOf, keptSeries, leadingOf, sessionOn, sessionWith } from "../queries.ts";
import { nextOf, standingOf, startsProblem } from "../rules.ts";
import type { Kept } from "../types.ts";
import type { Again } from "../views/mend.tsx";
import { say } from "../words.ts";
import { bringBack, cancelSession, changePlan, endSeries, moveDay, setPair, skipDay, type DayRefusal } from "./commands.ts";
import { changeBy } from "./rules.ts";
import { DayPage } from "./views/day.tsx";
import { PlanCheck, PlanPage } from "./views/plan.tsx";

/** Shows a group's own page again, after something did not go. */
export type GroupPage = (c: Door, scope: StaffScope, again: Again & { readonly refused?: readonly string[]; readonly status?: number }) => Promise<Response> | Response;

const datesShown = 6;

/** What is changed of a group that meets: its plan, one of its days, its pair, its end. */
export function changingRoutes(room: Room, groupPage: GroupPage): void {
  const { house } = room;
  const { db } = house;
  const told = (c: Door, what: string) => handOn(c, "said", `groups_${what}`);

  const meets = async (c: Door, id = seriesAt(c)): Promise<Kept | undefined> => {
    const kept = id && (await keptSeries(db, id));
    return kept && standingOf(kept) === "meets" ? kept : undefined;
  };

  /** The page of one day; not there for a day that the plan does not give. */
  const dayPage = async (c: Door, scope: StaffScope, { refused, status = 200, ...again }: Again & { readonly refused?: string; readonly status?: number } = {}, at = { id: seriesAt(c), day: dayAt(c) }) => {
    const kept = await meets(c, at.id);
    if (!kept || !at.day || !isDayOf(kept.series.plan, at.day)) return c.notFound();
    const session = await sessionOn(db, kept.series.id, at.day);
    const leading = session && (await leadingOf(db, [session.id])).get(session.id);
    return show(c, <DayPage {...again} refused={refused} staffed={staffedOf(c, house, scope)} series={kept.series} day={at.day} session={session && { ...session, ...(leading ?? { leaders: [], absent: [] }) }} now={house.now()} />, status);
  };

  /** A change of one day: back to the group, or to the day with why not. */
  const changed = (c: Door, scope: StaffScope, refusal: DayRefusal | undefined, what: string, again: Again = {}) => {
    if (refusal?.refused === "ended" || refusal?.refused === "notADay") return c.notFound();
    if (refusal) return dayPage(c, scope, { ...again, refused: say(visitOf(c).language)(`refused_${refusal.refused}`), status: 409 });
    told(c, what);
    return c.redirect(`/evenings/series/${c.req.param("series")}`, 303);
  };

  const days = "/evenings/series/:series/days/:day";
  room.get(days, withSeries("changeSession"), (c, scope) => dayPage(c, scope));
  room.post(`${days}/skip`, withSeries("changeSession"), async (c, scope) => {
    const [id, day, form] = [seriesAt(c), dayAt(c), await readForm(c, skipForm)];
    if (!id || !day) return c.notFound();
    if (!form.ok) return dayPage(c, scope, { ...form, status: 422 });
    return changed(c, scope, await skipDay(house, scope, id, day, form.value.reason), "skipped");
  });
  room.post(`${days}/move`, withSeries("changeSession"), async (c, scope) => {
    const [id, day, form] = [seriesAt(c), dayAt(c), await readForm(c, moveForm)];
    if (!id || !day) return c.notFound();
    if (!form.ok) return dayPage(c, scope, { ...form, status: 422 });
    return changed(c, scope, await moveDay(house, scope, id, day, form.value), "moved", { typed: form.typed });
  });
  room.post(`${days}/back`, withSeries("changeSession"), async (c, scope) => {
    const [id, day] = [seriesAt(c), dayAt(c)];
    return id && day ? changed(c, scope, await bringBack(house, scope, id, day), "brought_back") : c.notFound();
  });

  room.post("/evenings/:session/cancel", withSession("changeSession"), async (c, scope) => {
    const id = sessionAt(c);
    const session = id && (await sessionWith(db, id));
    if (!session) return c.notFound();
    const at = { id: session.seriesId, day: session.day };
    const form = await readForm(c, cancelForm);
    if (!form.ok) return dayPage(c, scope, { ...form, status: 422 }, at);
    const refusal = await cancelSession(house, scope, session.id, form.value.reason);
    if (refusal?.refused === "notHere") return c.notFound();
    if (refusal) return dayPage(c, scope, { refused: say(visitOf(c).language)(`refused_${refusal.refused}`), status: 409 }, at);
    told(c, "cancelled");
    return c.redirect("/evenings", 303);
  });

  const planPage = async (c: Door, scope: StaffScope, { status = 200, ...again }: Again & { readonly status?: number } = {}) => {
    const kept = await meets(c);
    if (!kept) return c.notFound();
    const { series } = kept;
    return show(c, <PlanPage staffed={staffedOf(c, house, scope)} series={series} now={house.now()} typed={planTyped(series.plan)} {...again} />, status);
  };
  const readPlan = async (c: Door, kept: Kept) => {
    const form = await readForm(c, planForm, ["days"]);
    const starts = form.ok ? startsProblem(form.value, house.now(), kept.series.plan.starts) : undefined;
    return starts ? { ok: false as const, problems: { starts }, typed: form.typed } : form;
  };
  /** Days that were left out or moved stay so. */
  const withExceptions = (plan: Plan, { series: { plan: { skipped, moved } } }: Kept): Plan => ({ ...plan, ...(skipped ? { skipped } : {}), ...(moved ? { moved } : {}) });

  room.get("/evenings/series/:series/plan", staffWho("approveSeries"), (c, scope) => planPage(c, scope));
  room.post("/evenings/series/:series/plan/again", staffWho("approveSeries"), async (c, scope) => planPage(c, scope, { typed: (await readForm(c, z.unknown())).typed }));
  room.post("/evenings/series/:series/plan/check", staffWho("approveSeries"), async (c, scope) => {
    const kept = await meets(c);
    if (!kept) return c.notFound();
    const form = await readPlan(c, kept);
    if (!form.ok) return planPage(c, scope, { ...form, status: 422 });
    const plan = withExceptions(form.value, kept);
    const change = changeBy(plan, await comingOf(db, kept.series.id, house.now()), house.now());
    return show(c, <PlanCheck {...{ plan, change }} series={kept.series} typed={form.typed} next={nextOf(plan, house.now(), datesShown)} now={house.now()} staffed={staffedOf(c, house, scope)} />);
  });
  room.post("/evenings/series/:series/plan", staffWho("approveSeries"), async (c, scope) => {
    const kept = await meets(c);
    if (!kept) return c.notFound();
    const form = await readPlan(c, kept);
    if (!form.ok) return planPage(c, scope, { ...form, status: 422 });
    return changed(c, scope, await changePlan(house, scope, kept.series.id, form.value), "plan_changed");
  });

  room.post("/evenings/series/:series/pair", staffWho("approveSeries"), async (c, scope) => {
    const [id, form] = [seriesAt(c), await readForm(c, pairForm)];
    if (!id) return c.notFound();
    if (!form.ok) return groupPage(c, scope, { ...form, status: 422 });
    const { first, second } = form.value;
    if (first === second) return groupPage(c, scope, { problems: { second: "samePerson" }, typed: form.typed, status: 422 });
    const refusal = await setPair(house, scope, id, [first as MemberId, second as MemberId]);
    if (refusal?.refused === "ended") return c.notFound();
    if (refusal) return groupPage(c, scope, { typed: form.typed, refused: refusal.lacks.map((lack) => lackInWords(lack, visitOf(c).language)), status: 409 });
    told(c, "pair_set");
    return c.redirect(`/evenings/series/${id}`, 303);
  });

  room.post("/evenings/series/:series/end", staffWho("endSeries"), async (c, scope) => {
    const [id, form] = [seriesAt(c), await readForm(c, endForm)];
    if (!id) return c.notFound();
    if (!form.ok) return groupPage(c, scope, { ...form, status: 422 });
    const refusal = await endSeries(house, scope, id, form.value);
    if (refusal?.refused === "ended") return c.notFound();
    if (refusal) return groupPage(c, scope, { problems: { lastDay: refusal.refused }, typed: form.typed, status: 422 });
    told(c, form.value.lastDay ? "ends_then" : "ended");
    return c.redirect(`/evenings/series/${id}`, 303);
  });
}

/** The day of an address, `:day`. */
function dayAt(c: Door): Temporal.PlainDate | undefined {
  const text = c.req.param("day") ?? "";
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return undefined;
  }
}
