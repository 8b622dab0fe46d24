import { isId } from "../../../../platform/http/ids.ts";
import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { MemberScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { visitOf } from "../../../../platform/http/visit.ts";
import { ofTheCommunity } from "../../gates.ts";
import type { DecisionId } from "../../types.ts";
import { appealForm } from "../forms.ts";
import { isRefusal, type Refusal } from "../types.ts";
import { appealDecision } from "./commands.ts";
import { decisionAboutHer } from "./queries.ts";
import { ToldPage } from "./views/told.tsx";

/** What was decided about a member's own, and her one appeal. */
export function appealRoutes(room: Room): void {
  const { house } = room;
  const path = "/safety/decisions/:decision";

  const page = async (c: Door, scope: MemberScope, status = 200, shown: { refused?: Refusal["refused"]; problems?: Problems; typed?: Typed } = {}) => {
    const id = c.req.param("decision");
    const told = isId(id) ? await decisionAboutHer(house.db, house.keys, scope, id, house.now()) : undefined;
    return told ? show(c, <ToldPage visit={visitOf(c)} assets={house.assets} zone={scope.member.zone} told={told} {...shown} />, status) : c.notFound();
  };

  room.get(path, ofTheCommunity, (c, scope) => page(c, scope));

  room.post(`${path}/appeal`, ofTheCommunity, async (c, scope) => {
    const id = c.req.param("decision");
    const form = await readForm(c, appealForm);
    if (!form.ok) return page(c, scope, 422, form);
    const made = isId(id) ? await appealDecision(house, scope, id as DecisionId, form.value.appeal) : undefined;
    if (made === undefined) return c.notFound();
    return isRefusal(made) ? page(c, scope, 409, made) : c.redirect(`/safety/decisions/${id}`, 303);
  });
}
