import { isId } from "../../../platform/http/ids.ts";
import { readForm, type Problems, type Typed } from "../../../platform/http/form.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { DeskScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { staffedOf } from "../../../platform/http/visit.ts";
import { inConversation, staffWho } from "../gates.ts";
import { standingOf } from "../queries.ts";
import type { ConcernId } from "../types.ts";
import { acknowledgeConcern, closeConcern, noteConcernOpened, raiseConcern, saveSheet } from "./commands.ts";
import { sheetForm, sheetOf } from "./forms.ts";
import { concernOf } from "./queries.ts";
import { ConcernPage, type ConcernProps } from "./views/concern.tsx";

type Shown = { notice?: ConcernProps["notice"]; problems?: Problems; typed?: Typed };

/** A concern: raised, worked on, acknowledged, closed. */
export function concernRoutes(room: Room): void {
  const { house } = room;
  const path = "/desk/conversations/:id/concern";
  const inIt = inConversation("raiseConcern");
  const pageOf = ({ conversationId }: DeskScope) => `/desk/conversations/${conversationId}/concern`;

  const page = async (c: Door, scope: DeskScope, status = 200, shown: Shown = {}) => {
    const [concern, standing] = await Promise.all([concernOf(house.db, house.keys, scope), standingOf(house.db, scope)]);
    if (concern) await noteConcernOpened(house, scope, concern.id);
    return show(c, <ConcernPage staffed={staffedOf(c, house, scope)} concern={concern} id={scope.conversationId} erased={standing?.erasedAt !== undefined} {...shown} />, status);
  };

  room.get(path, inIt, (c, scope) => {
    const notice = (["saved", "nowRaised"] as const).find((name) => c.req.query(name) !== undefined);
    return page(c, scope, 200, notice ? { notice } : {});
  });

  room.post(`${path}/raise`, inIt, async (c, scope) => {
    await raiseConcern(house, scope);
    return c.redirect(`${pageOf(scope)}?nowRaised`, 303);
  });

  room.post(path, inIt, async (c, scope) => {
    const form = await readForm(c, sheetForm);
    if (!form.ok) return page(c, scope, 422, form);
    const refusal = await saveSheet(house, scope, sheetOf(form.value));
    if (refusal) return page(c, scope, 409, { notice: refusal.refused, typed: form.typed });
    return c.redirect(`${pageOf(scope)}?saved`, 303);
  });

  room.post(`${path}/close`, inIt, async (c, scope) => {
    const form = await readForm(c, sheetForm);
    if (!form.ok) return page(c, scope, 422, form);
    const refusal = await closeConcern(house, scope, sheetOf(form.value));
    if (refusal?.refused === "someoneElseSaved") return page(c, scope, 409, { notice: "someoneElseSaved", typed: form.typed });
    return refusal ? page(c, scope, 409, { notice: "cantCloseYet" }) : c.redirect(pageOf(scope), 303);
  });

  room.post("/desk/concerns/:concernId/acknowledge", staffWho("acknowledgeConcern"), async (c, scope) => {
    const id = c.req.param("concernId");
    const done = isId(id) ? await acknowledgeConcern(house, scope, id as ConcernId) : undefined;
    if (!done) return c.notFound();
    if ("refused" in done) return c.redirect(`/board?${done.refused}`, 303);
    return c.redirect(scope.member.roles.has("supervisor") ? `/desk/conversations/${done.conversationId}/concern` : "/board", 303);
  });
}
