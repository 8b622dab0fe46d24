import { isId } from "../../../../platform/http/ids.ts";
import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { staffedOf } from "../../../../platform/http/visit.ts";
import { staffWho } from "../../gates.ts";
import type { ShiftId } from "../types.ts";
import type { OnCallKey } from "../words.ts";
import { endShift, giveShift, writeFallback } from "./commands.ts";
import { fallbackForm, shiftForm, spanOf } from "./forms.ts";
import { fallbackNow, rosterFor } from "./queries.ts";
import { FallbackScreen } from "./views/fallback.tsx";
import { RosterScreen } from "./views/roster.tsx";

type Shown = { readonly notice?: OnCallKey; readonly problems?: Problems; readonly typed?: Typed };

/** Who is on call, given and ended by supervisors and coordinators; and what is said where nobody is reached. */
export function rosterRoutes(room: Room): void {
  const { house } = room;
  const path = "/safety/on-call";
  const screen = async (c: Door, scope: StaffScope, status = 200, shown: Shown = {}) => show(c, <RosterScreen staffed={staffedOf(c, house, scope)} roster={await rosterFor(house.db, scope, house.now())} {...shown} />, status);
  const fallback = async (c: Door, scope: StaffScope, status = 200, shown: Shown = {}) => show(c, <FallbackScreen staffed={staffedOf(c, house, scope)} fallback={await fallbackNow(house.db)} {...shown} />, status);

  room.get(path, staffWho("seeRoster"), (c, scope) => screen(c, scope));

  room.post(`${path}/shifts`, staffWho("giveShift"), async (c, scope) => {
    const form = await readForm(c, shiftForm);
    if (!form.ok) return screen(c, scope, 422, form);
    const { memberId, rank } = form.value;
    const refusal = await giveShift(house, scope, { memberId, rank, ...spanOf(form.value, scope.member.zone) });
    return refusal ? screen(c, scope, 409, { notice: refusal.refused, typed: form.typed }) : c.redirect(path, 303);
  });

  room.post(`${path}/shifts/:shift/end`, staffWho("giveShift"), async (c, scope) => {
    const id = c.req.param("shift");
    if (!isId(id)) return c.notFound();
    await endShift(house, scope, id as ShiftId);
    return c.redirect(path, 303);
  });

  room.get(`${path}/fallback`, staffWho("writeFallback"), (c, scope) => fallback(c, scope));

  room.post(`${path}/fallback`, staffWho("writeFallback"), async (c, scope) => {
    const form = await readForm(c, fallbackForm);
    if (!form.ok) return fallback(c, scope, 422, form);
    await writeFallback(house, scope, form.value);
    return c.redirect(path, 303);
  });
}
