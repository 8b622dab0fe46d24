import { readForm } from "../../../platform/http/form.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { staffedOf, visitOf } from "../../../platform/http/visit.ts";
import { roomsOf } from "../../../platform/rooms/rooms.ts";
import { isDayOf } from "../calendar/rules.ts";
import { may } from "../policy.ts";
import { changingRoutes, type GroupPage } from "./changing/routes.tsx";
import { coverRoutes } from "./covers/routes.tsx";
import { approveForm, dayForm, sendBackForm } from "./forms.ts";
import { seriesAt, staffWho, withSeries } from "./gates.ts";
import { lackInWords } from "./in-words/rules.ts";
import { approveSeries, sendBack, type ProposalRefusal } from "./proposing/commands.ts";
import { datesShown, proposingRoutes } from "./proposing/routes.tsx";
import { comingOf, eveningsOf, facilitatorsNow, seriesFor } from "./queries.ts";
import { lacksOf, nextOf, roomLacks } from "./rules.ts";
import { trainingRoutes } from "./training/routes.tsx";
import { EveningsPage } from "./views/evenings.tsx";
import { SeriesPage } from "./views/series.tsx";
import { say, saidKey, type SeriesKey } from "./words.ts";

/** Groups for those who lead and look after them: evenings, proposals, plans, pairs, covers, training. */
export function seriesRoutes(room: Room): void {
  const { house } = room;
  const { db } = house;

  const evenings = async (c: Door, scope: StaffScope, refused?: SeriesKey) =>
    show(c, <EveningsPage staffed={staffedOf(c, house, scope)} evenings={await eveningsOf(db, scope, house.now())} bears={(kind) => roomsOf(house.rooms, kind).bears} now={house.now()} said={refused ? undefined : saidKey(handedOnce(c, "said"))} refused={refused} />, refused ? 409 : 200);

  const groupPage: GroupPage = async (c, scope, { status = 200, ...again }) => {
    const id = seriesAt(c);
    const kept = id && (await seriesFor(db, scope, id));
    if (!kept) return c.notFound();
    const [now, { member }] = [house.now(), scope];
    const [staff, coming] = await Promise.all([facilitatorsNow(db, now), comingOf(db, kept.series.id, now)]);
    const leads = may("changeSession", member.roles, kept.series.facilitators.some((one) => one.id === member.memberId));
    const lacks = [...lacksOf(kept.series, staff, now), ...roomLacks(kept.series, roomsOf(house.rooms, kept.series.room).bears)];
    return show(c, <SeriesPage {...again} {...{ kept, lacks, staff, coming, now, leads }} staffed={staffedOf(c, house, scope)} next={nextOf(kept.series.plan, now, datesShown)} decides={may("approveSeries", member.roles, false)} said={status === 200 ? saidKey(handedOnce(c, "said")) : undefined} />, status);
  };

  room.get("/evenings", staffWho("proposeSeries"), (c, scope) => evenings(c, scope));
  // Before what takes a meeting's id in the same place.
  proposingRoutes(room);
  trainingRoutes(room);

  room.get("/evenings/series/:series", staffWho("proposeSeries"), (c, scope) => groupPage(c, scope, {}));

  /** A decision: the group with what was done, or with why not. */
  const decided = (c: Door, scope: StaffScope, refusal: ProposalRefusal | undefined, what: string) => {
    const { language } = visitOf(c);
    if (refusal) return groupPage(c, scope, { refused: refusal.refused === "lacks" ? refusal.lacks.map((lack) => lackInWords(lack, language)) : [say(language)(`refused_${refusal.refused}`)], status: 409 });
    handOn(c, "said", `groups_${what}`);
    return c.redirect(`/evenings/series/${c.req.param("series")}`, 303);
  };

  room.post("/evenings/series/:series/approve", staffWho("approveSeries"), async (c, scope) => {
    const [id, form] = [seriesAt(c), await readForm(c, approveForm)];
    return id && form.ok ? decided(c, scope, await approveSeries(house, scope, id, form.value.seen), "approved") : c.notFound();
  });
  room.post("/evenings/series/:series/send-back", staffWho("approveSeries"), async (c, scope) => {
    const [id, form] = [seriesAt(c), await readForm(c, sendBackForm)];
    if (!id) return c.notFound();
    if (!form.ok) return groupPage(c, scope, { ...form, status: 422 });
    return decided(c, scope, await sendBack(house, scope, id, form.value.seen, form.value.said), "sent_back");
  });

  room.post("/evenings/series/:series/days", withSeries("changeSession"), async (c, scope) => {
    const form = await readForm(c, dayForm);
    if (!form.ok) return groupPage(c, scope, { ...form, status: 422 });
    const id = seriesAt(c);
    const kept = id && (await seriesFor(db, scope, id));
    if (!kept || !isDayOf(kept.series.plan, form.value.day)) return groupPage(c, scope, { problems: { day: "notADay" }, typed: form.typed, status: 422 });
    return c.redirect(`/evenings/series/${id}/days/${form.value.day.toString()}`, 303);
  });

  changingRoutes(room, groupPage);
  coverRoutes(room, evenings);
}
