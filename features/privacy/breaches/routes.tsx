import { keyOf, readForm, type Problems, type Typed } from "../../../platform/http/form.ts";
import { isId } from "../../../platform/http/ids.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { csvFile, show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { staffWho } from "../gates.ts";
import { csvOf } from "../in-words/rules.ts";
import { keepingNow } from "../queries.ts";
import { listAffected, noteBreach, recordBreach } from "./commands.ts";
import { breachForm, stepForm } from "./forms.ts";
import { affectedRows } from "./in-words/rules.ts";
import { noticesOf } from "./notices/queries.ts";
import { noticeRoutes } from "./notices/routes.tsx";
import { affectedBy, breachById, breachesAll } from "./queries.ts";
import { clocksOfBreach } from "./rules.ts";
import { BreachPage } from "./views/breach.tsx";
import { Breaches } from "./views/breaches.tsx";

type Again = { readonly problems?: Problems; readonly typed?: Typed };
const all = "/privacy/breaches";

/** What went wrong with what is kept: written down, whom it touched, which clocks run, what was done, a notice to start from. */
export function breachRoutes(room: Room): void {
  const { house } = room;
  const keepers = staffWho("keepBreaches");
  const staffed = (c: Door, { member }: StaffScope) => ({ visit: visitOf(c), assets: house.assets, member });

  const list = async (c: Door, scope: StaffScope, again: Again = {}) =>
    show(c, <Breaches staffed={staffed(c, scope)} {...again} formKey={keyOf(again.typed)} breaches={await breachesAll(house.db, scope)} now={house.now()} />, again.problems ? 422 : 200);

  const page = async (c: Door, scope: StaffScope, again: Again = {}) => {
    const id = c.req.param("breach");
    const breach = isId(id) ? await breachById(house.db, house.keys, scope, id) : undefined;
    if (!breach) return c.notFound();
    const [affected, notices, { network }] = await Promise.all([affectedBy(house.db, breach), noticesOf(house.db, scope, breach.id), keepingNow(house.db)]);
    const people = Object.values(affected).reduce((sum, one) => sum + one, 0);
    const clocks = clocksOfBreach(network?.country ?? "", people, breach.knownAt, breach.steps, house.now());
    return show(c, <BreachPage staffed={staffed(c, scope)} {...again} formKey={keyOf(again.typed)} {...{ breach, affected, notices, clocks, network }} />, again.problems ? 422 : 200);
  };

  room.get(all, keepers, (c, scope) => list(c, scope));

  room.post(all, keepers, async (c, scope) => {
    const form = await readForm(c, breachForm, ["classes"]);
    if (!form.ok) return list(c, scope, form);
    const { fromOn, untilOn, knownOn, knownAt, ...said } = form.value;
    const { zone } = scope.member;
    const times = { from: fromOn.toZonedDateTime(zone).toInstant(), until: untilOn.add({ days: 1 }).toZonedDateTime(zone).toInstant(), knownAt: knownOn.toZonedDateTime({ timeZone: zone, plainTime: knownAt }).toInstant() };
    return c.redirect(`${all}/${await recordBreach(house, scope, { ...said, ...times })}`, 303);
  });

  room.get(`${all}/:breach`, keepers, (c, scope) => page(c, scope));

  room.post(`${all}/:breach/steps`, keepers, async (c, scope) => {
    const id = c.req.param("breach");
    const form = await readForm(c, stepForm);
    if (!form.ok) return page(c, scope, form);
    return isId(id) && (await noteBreach(house, scope, id, form.value)) ? c.redirect(`${all}/${id}`, 303) : c.notFound();
  });

  noticeRoutes(room);

  // Asked for by a form, since taking it is an act that is written down.
  room.post(`${all}/:breach/people`, keepers, async (c, scope) => {
    const id = c.req.param("breach");
    const breach = isId(id) ? await breachById(house.db, house.keys, scope, id) : undefined;
    return breach ? csvFile("people.csv", csvOf(affectedRows(visitOf(c).language, await listAffected(house, scope, breach)))) : c.notFound();
  });
}
