import { readForm, type Problems, type Typed } from "../../../platform/http/form.ts";
import { isId } from "../../../platform/http/ids.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { MemberId, StaffScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { staffedOf } from "../../../platform/http/visit.ts";
import { networkNow } from "../../network/queries.ts";
import { isEmergencyNumber } from "../../safety/queries.ts";
import { answerOffer, endSeat, giveSeat, openOffers, type OfferId } from "../areas/commands.ts";
import { partsNow } from "../areas/parts/queries.ts";
import { allAreas, areaCounts, coordinatorsNow, seatsHeld } from "../areas/queries.ts";
import { serviceOf, staffWho } from "../gates.ts";
import { partsOf } from "../listing/queries.ts";
import { usMap } from "../map/queries.ts";
import { reportsToRead } from "../reports/queries.ts";
import { ownersNow, silentOwners } from "../renewal/asking/queries.ts";
import type { AreaId } from "../types.ts";
import { decideDuplicate, recordCall } from "./commands.ts";
import { decideConflict } from "./conflicts/commands.ts";
import { conflictForm } from "./conflicts/forms.ts";
import { conflictsOf } from "./conflicts/queries.ts";
import { callForm, callOutcomes, decisionForm, endSeatForm, seatForm } from "./forms.ts";
import { callsTo, dueNow, morningOf, pairsToDecide, queueAreas } from "./queries.ts";
import { letterRoutes, lettersSaid } from "./letters/routes.tsx";
import { mendingRoutes } from "./mending/routes.tsx";
import { partRoutes } from "./parts/routes.tsx";
import { Coverage } from "./views/coverage.tsx";
import { mayBeRung, numbersOf } from "./rules.ts";
import { TendingDesk } from "./views/desk.tsx";
import { Duplicates } from "./views/duplicates.tsx";
import { Places } from "./views/places.tsx";
import { CallSheet } from "./views/sheet.tsx";

/** The coordinator's morning: what is likely wrong, one call after another, doubles, places and seats. */
export function tendingRoutes(room: Room): void {
  const { house } = room;
  const { db } = house;

  const desk = async (c: Door, scope: StaffScope, everywhere: boolean) => {
    const areas = await queueAreas(db, scope);
    const [parts, due, morning, { count }] = await Promise.all([partsNow(db), dueNow(db, scope, everywhere ? [] : areas, house.now()), morningOf(db, scope, house.now()), pairsToDecide(db, scope, 1)]);
    const said = handedOnce(c, "said");
    const saved = callOutcomes.find((outcome) => outcome === said);
    const owners = await ownersNow(db, house.keys, due.map(({ serviceId }) => serviceId), house.now());
    const silent = new Set((await silentOwners(db, house.now())).map(({ serviceId }) => serviceId));
    return show(c, <TendingDesk {...{ due, morning, areas, parts, everywhere, saved, owners, silent }} lettersSent={lettersSaid(said)} staffed={staffedOf(c, house, scope)} pairs={count} />);
  };

  const sheet = async (c: Door, scope: StaffScope, again?: { problems: Problems; typed: Typed }, conflictGone = false) => {
    const id = serviceOf(c);
    const service = id && (await partsOf(db, [id])).services[0];
    if (!service || service.mergedInto) return c.notFound();
    const [reports, calls, network, [owner], conflicts] = await Promise.all([reportsToRead(db, house.keys, service.id), callsTo(db, scope, service.id), networkNow(db), ownersNow(db, house.keys, [service.id], house.now()), conflictsOf(db, scope, service.id)]);
    const dials = numbersOf(service).flatMap(({ dial }) => dial ?? []);
    return show(c, <CallSheet {...{ service, reports, calls, owner, conflicts, conflictGone, ...again }} letter={again ? undefined : handedOnce(c, "said")} ring={mayBeRung(dials, isEmergencyNumber)} staffed={staffedOf(c, house, scope)} network={network?.name ?? ""} now={house.now()} />, again ? 422 : conflictGone ? 409 : 200);
  };

  const places = async (c: Door, scope: StaffScope, again?: { problems: Problems; typed: Typed }) => {
    const [seats, areas, coordinators, offers] = await Promise.all([seatsHeld(db, house.now()), allAreas(db), coordinatorsNow(db, house.now()), openOffers(house, scope)]);
    return show(c, <Places {...{ seats, areas, coordinators, offers, ...again }} staffed={staffedOf(c, house, scope)} />, again ? 422 : 200);
  };

  room.get("/tend", staffWho("tendListings"), (c, scope) => desk(c, scope, false));
  room.get("/tend/everywhere", staffWho("tendListings"), (c, scope) => desk(c, scope, true));

  room.get("/tend/map", staffWho("tendListings"), async (c, scope) => show(c, <Coverage staffed={staffedOf(c, house, scope)} counts={await areaCounts(db, house.now())} map={usMap()} />));

  room.get("/tend/areas", staffWho("giveSeats"), (c, scope) => places(c, scope));
  room.post("/tend/areas", staffWho("giveSeats"), async (c, scope) => {
    const form = await readForm(c, seatForm);
    if (!form.ok) return places(c, scope, form);
    const refusal = await giveSeat(house, scope, form.value.area as AreaId, form.value.member as MemberId);
    if (refusal) return places(c, scope, { problems: refusal.refused === "hasSeat" ? { member: "seatHas" } : { area: "seatUnknown" }, typed: form.typed });
    return c.redirect("/tend/areas", 303);
  });
  room.post("/tend/areas/end", staffWho("giveSeats"), async (c, scope) => {
    const form = await readForm(c, endSeatForm);
    const ended = form.ok && (await endSeat(house, scope, form.value.area as AreaId, form.value.member as MemberId));
    return ended ? c.redirect("/tend/areas", 303) : c.notFound();
  });
  room.post("/tend/areas/offers/:offerId/answer", staffWho("giveSeats"), async (c, scope) => {
    const id = c.req.param("offerId");
    const answered = isId(id) && (await answerOffer(house, scope, id as OfferId));
    return answered ? c.redirect("/tend/areas", 303) : c.notFound();
  });

  const doubles = async (c: Door, scope: StaffScope, refused = false) => {
    const { pairs, count } = await pairsToDecide(db, scope);
    const { services } = await partsOf(db, pairs.flatMap(({ a, b }) => [a, b]));
    const by = new Map(services.map((service) => [service.id, service]));
    const shown = pairs.flatMap((pair) => {
      const [a, b] = [by.get(pair.a), by.get(pair.b)];
      return a && b ? [{ ...pair, services: [a, b] as const }] : [];
    });
    return show(c, <Duplicates pairs={shown} now={house.now()} {...{ count, refused }} staffed={staffedOf(c, house, scope)} />, refused ? 409 : 200);
  };
  room.get("/tend/duplicates", staffWho("mergeListings"), (c, scope) => doubles(c, scope));
  room.post("/tend/duplicates/:pairId", staffWho("mergeListings"), async (c, scope) => {
    const id = c.req.param("pairId");
    const form = await readForm(c, decisionForm);
    if (!isId(id) || !form.ok) return c.notFound();
    const refusal = await decideDuplicate(house, scope, id, form.value.keep);
    return refusal ? doubles(c, scope, true) : c.redirect("/tend/duplicates", 303);
  });

  letterRoutes(room);
  mendingRoutes(room);
  partRoutes(room);

  room.get("/tend/:serviceId", staffWho("tendListings"), (c, scope) => sheet(c, scope));
  room.post("/tend/:serviceId/call", staffWho("tendListings"), async (c, scope) => {
    const id = serviceOf(c);
    const form = await readForm(c, callForm, ["confirmed"]);
    if (!form.ok) return sheet(c, scope, form);
    const refusal = id ? await recordCall(house, scope, id, form.value) : ({ refused: "notHere" } as const);
    if (refusal?.refused === "numberMissing") return sheet(c, scope, { problems: { number: "numberMissing" }, typed: form.typed });
    if (refusal) return c.notFound();
    handOn(c, "said", form.value.outcome);
    return c.redirect("/tend", 303);
  });

  room.post("/tend/:serviceId/conflicts", staffWho("mergeListings"), async (c, scope) => {
    const id = serviceOf(c);
    const form = await readForm(c, conflictForm);
    if (!id || !form.ok) return c.notFound();
    const refusal = await decideConflict(house, scope, id, form.value.field, form.value.keep);
    return refusal ? sheet(c, scope, undefined, true) : c.redirect(`/tend/${id}`, 303);
  });
}
