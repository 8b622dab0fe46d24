import { keyOf, readForm } from "../../../../platform/http/form.ts";
import { isId } from "../../../../platform/http/ids.ts";
import { toBeTold } from "../../../../platform/http/member-gates.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { handedOnce } from "../../../../platform/http/step.ts";
import { safePath, visitOf } from "../../../../platform/http/visit.ts";
import { networkNow } from "../../../network/queries.ts";
import { staffWho } from "../../gates.ts";
import { affectedBy, breachById } from "../queries.ts";
import { sayRead, tellMembers } from "./commands.ts";
import { noticeForm, wordsIn } from "./forms.ts";
import { noticesToHer } from "./queries.ts";
import { TellPage, type Telling } from "./views/tell.tsx";
import { ToldPage } from "./views/told.tsx";

/** Telling those whom a breach touched and who have an account, and reading what one was told. */
export function noticeRoutes(room: Room): void {
  const { house } = room;
  const keepers = staffWho("keepBreaches");
  const path = "/privacy/breaches/:breach/notice";

  const breachAt = (c: Door, scope: StaffScope) => {
    const id = c.req.param("breach");
    return isId(id) ? breachById(house.db, house.keys, scope, id) : Promise.resolve(undefined);
  };
  const page = async (c: Door, scope: StaffScope, telling: Omit<Telling, "breach" | "people" | "network" | "formKey"> = {}) => {
    const breach = await breachAt(c, scope);
    if (!breach) return c.notFound();
    const [{ member: people }, network] = await Promise.all([affectedBy(house.db, breach), networkNow(house.db)]);
    const visit = { ...visitOf(c), path: path.replace(":breach", breach.id) };
    return show(c, <TellPage staffed={{ visit, assets: house.assets, member: scope.member }} {...{ breach, people, network, ...telling }} formKey={keyOf(telling.typed)} />, telling.problems ? 422 : 200);
  };

  room.get(path, keepers, (c, scope) => page(c, scope));

  room.post(path, keepers, async (c, scope) => {
    const form = await readForm(c, noticeForm);
    if (!form.ok) return page(c, scope, form);
    const words = wordsIn(form.value);
    if (form.value.act === "look") return page(c, scope, { typed: form.typed, words });
    const breach = await breachAt(c, scope);
    return breach && (await tellMembers(house, scope, breach, { key: form.value.key, words })) ? c.redirect(`/privacy/breaches/${breach.id}`, 303) : c.notFound();
  });

  room.get("/privacy/notices", toBeTold, async (c, scope) => {
    const [notices, network] = await Promise.all([noticesToHer(house.db, house.keys, scope), networkNow(house.db)]);
    return show(c, <ToldPage {...{ visit: visitOf(c), assets: house.assets, zone: scope.member.zone, notices, network }} />);
  });

  room.post("/privacy/notices/:notice/read", toBeTold, async (c, scope) => {
    const id = c.req.param("notice");
    if (isId(id)) await sayRead(house, scope, id);
    return c.redirect(safePath(handedOnce(c, "back") ?? "/privacy/notices"), 303);
  });
}
