import { NIL } from "uuid";
import { isId } from "../../../platform/http/ids.ts";
import { readForm } from "../../../platform/http/form.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { staffedOf } from "../../../platform/http/visit.ts";
import { staffWho } from "../gates.ts";
import type { CallBackId } from "../types.ts";
import { closeCallBack, noteTry, revealContact, takeCallBack, type CallBackRefusal, type Revealed } from "./commands.ts";
import { closeForm, tryForm } from "./forms.ts";
import { callBackBy, callBacksOpen } from "./queries.ts";
import { CallBackList } from "./views/list.tsx";
import { PromisePage, type RefusedKey } from "./views/promise.tsx";

/** The promises to write or call back: who keeps each, how to reach them, how it went. */
export function callBackRoutes(room: Room): void {
  const { house } = room;
  const keepers = staffWho("revealContact");
  const path = "/desk/call-backs/:callBackId";
  const idOf = (c: Door): CallBackId => {
    const id = c.req.param("callBackId");
    // An address that names no row finds none.
    return (isId(id) ? id : NIL) as CallBackId;
  };

  const page = async (c: Door, scope: StaffScope, status = 200, shown: { refused?: RefusedKey; revealed?: Revealed } = {}) => {
    const now = house.now();
    const promise = await callBackBy(house.db, scope, idOf(c), now);
    return promise ? show(c, <PromisePage staffed={staffedOf(c, house, scope)} {...{ promise, now }} {...shown} />, status) : c.notFound();
  };
  const answer = (c: Door, scope: StaffScope, refusal: CallBackRefusal | undefined) =>
    refusal === undefined ? c.redirect(`/desk/call-backs/${idOf(c)}`, 303) : refusal.refused === "notFound" ? c.notFound() : page(c, scope, 409, { refused: refusal.refused });

  room.get("/desk/call-backs", keepers, async (c, scope) => {
    const now = house.now();
    const promises = await callBacksOpen(house.db, scope, now);
    return show(c, <CallBackList staffed={staffedOf(c, house, scope)} {...{ promises, now }} />);
  });

  room.get(path, keepers, (c, scope) => page(c, scope));

  room.post(`${path}/take`, keepers, async (c, scope) => answer(c, scope, await takeCallBack(house, scope, idOf(c))));

  // Answers with the page itself: the contact is on no page that can be opened again without another audit row.
  room.post(`${path}/reveal`, keepers, async (c, scope) => {
    const looked = await revealContact(house, scope, idOf(c));
    return "revealed" in looked ? page(c, scope, 200, looked) : answer(c, scope, looked);
  });

  room.post(`${path}/try`, keepers, async (c, scope) => {
    const form = await readForm(c, tryForm);
    if (!form.ok) return page(c, scope, 422, { refused: "choice" });
    return answer(c, scope, await noteTry(house, scope, idOf(c), form.value.reached === "yes"));
  });

  room.post(`${path}/close`, keepers, async (c, scope) => {
    const form = await readForm(c, closeForm);
    if (!form.ok) return page(c, scope, 422, { refused: "choice" });
    return answer(c, scope, await closeCallBack(house, scope, idOf(c), form.value.outcome));
  });
}
