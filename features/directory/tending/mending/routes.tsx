import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../../platform/http/step.ts";
import { staffedOf, visitOf } from "../../../../platform/http/visit.ts";
import { networkNow } from "../../../network/queries.ts";
import { isEmergencyNumber } from "../../../safety/queries.ts";
import { serviceOf, staffWho } from "../../gates.ts";
import { partsOf } from "../../listing/queries.ts";
import { changeRoutes, partRoutes, type Again } from "../../renewal/changes/routes.tsx";
import { ownListing } from "../../renewal/queries.ts";
import type { Hand } from "../../renewal/types.ts";
import { mayBeRung, numbersOf } from "../rules.ts";
import { Mend } from "./views/mend.tsx";

/** What a coordinator heard is other than what we show: she writes it down, by the forms and rules of an owner's own page. */
export function mendingRoutes(room: Room): void {
  const { house } = room;
  const { db, now } = house;
  const at = "/tend/:serviceId/mend";
  const gate = staffWho("tendListings");

  /** By her call; of an emergency number, which nobody rings, by the page on which she read it. */
  const handOf = async (c: Door, { member }: StaffScope): Promise<Hand | undefined> => {
    const id = serviceOf(c);
    const [service] = id ? (await partsOf(db, [id])).services : [];
    if (!service || service.mergedInto) return undefined;
    const rung = mayBeRung(numbersOf(service).flatMap(({ dial }) => dial ?? []), isEmergencyNumber);
    const source = (await networkNow(db))?.name ?? "Small Hours";
    return { serviceId: service.id, stating: { source, method: rung ? "call" : "web_page", by: { memberId: member.memberId, role: "coordinator" } } };
  };

  const page = async (c: Door, scope: StaffScope, again: Again = {}) => {
    const hand = await handOf(c, scope);
    const own = hand && (await ownListing(db, hand, now()));
    if (!own) return c.notFound();
    const visit = visitOf(c);
    return show(c, <Mend {...{ own, visit, ...again }} saved={!again.problems && handedOnce(c, "said") === "mended"} staffed={staffedOf(c, house, scope)} />, again.problems ? 422 : 200);
  };

  room.get(at, gate, (c, scope) => page(c, scope));

  const done = (c: Door) => {
    handOn(c, "said", "mended");
    return c.redirect(`/tend/${serviceOf(c)}/mend`, 303);
  };
  changeRoutes(room, partRoutes(room, { at, gate, handOf, again: page, done, gone: (c) => c.notFound() }));
}
