import { readForm, typedText, type Problems, type Typed } from "../../../platform/http/form.ts";
import { findByWords } from "../../../platform/i18n/finding.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { networkNow } from "../../network/queries.ts";
import { careCardFor, knownCountry } from "../../safety/queries.ts";
import type { AreaId } from "../types.ts";
import { speechIn } from "../finder/words.ts";
import { offerToLookAfter } from "./commands.ts";
import { findForm, offerForm } from "./forms.ts";
import { wasPart } from "./parts/queries.ts";
import { allAreas, areaById, standsIn } from "./queries.ts";
import { above, areaIdOf, areaName, areaPath, areasByName, isPart, type NamedArea } from "./rules.ts";
import { AreaIndex } from "./views/area-index.tsx";
import { AreaPage } from "./views/area-page.tsx";
import { Offer, OfferThanks } from "./views/offer.tsx";

/** A page a place: every state and country, who looks after it, what stands there, or how to begin. */
export function areaRoutes(room: Room): void {
  const { house } = room;
  const { db, assets } = house;

  const index = async (c: Door, search?: { typed: string; found: readonly NamedArea[] }) => {
    const visit = visitOf(c);
    return show(c, <AreaIndex visit={visit} assets={assets} areas={areasByName(await allAreas(db), visit.language)} {...(search ? { search } : {})} />);
  };
  room.get("/near", anyone, (c) => index(c));
  room.post("/near", anyone, async (c) => {
    const form = await readForm(c, findForm);
    const typed = typedText(form.typed, "place").slice(0, 80);
    const found = findByWords(typed, areasByName(await allAreas(db), visitOf(c).language));
    const only = found.length === 1 ? found[0] : undefined;
    return only ? c.redirect(`/near/${areaPath(only.id)}`, 303) : index(c, { typed, found });
  });

  const areaAt = async (c: Door) => {
    const id = areaIdOf(c.req.param("area") ?? "");
    return id && areaById(db, id);
  };

  /** A part that was ended leads to its region; what was never an area is not here. */
  const elsewhere = async (c: Door) => {
    const id = areaIdOf(c.req.param("area") ?? "");
    const region = id && isPart(id) ? above(id)[0] : undefined;
    return region && (await wasPart(db, id as AreaId)) ? c.redirect(`/near/${areaPath(region)}`, 303) : c.notFound();
  };

  room.get("/near/:area", anyone, async (c) => {
    const area = await areaAt(c);
    if (!area) return elsewhere(c);
    const visit = visitOf(c);
    const stands = await standsIn(db, area.id, house.now());
    const network = await networkNow(db);
    const country = knownCountry(visit.country) ?? network?.country ?? "US";
    const when = { now: house.now().epochMilliseconds, zone: visit.zone ?? network?.zone ?? "UTC" };
    return show(c, <AreaPage {...{ visit, assets, area, when, country, ...stands }} speech={speechIn(visit.language)} care={careCardFor(visit.language, area.id.slice(0, 2))} />);
  });

  const offer = async (c: Door, again?: { problems: Problems; typed: Typed }) => {
    const area = await areaAt(c);
    if (!area) return c.notFound();
    const [visit, network] = [visitOf(c), await networkNow(db)];
    return show(c, <Offer {...{ visit, assets, ...again }} path={areaPath(area.id)} name={areaName(area.id, visit.language, area.called)} network={network?.name ?? ""} />, again ? 422 : 200);
  };
  room.get("/near/:area/offer", anyone, (c) => offer(c));
  room.post("/near/:area/offer", anyone, async (c) => {
    const area = await areaAt(c);
    const form = await readForm(c, offerForm);
    if (!area || !form.ok) return offer(c, form.ok ? undefined : form);
    const visit = visitOf(c);
    await offerToLookAfter(house, area.id, visit.language, form.value);
    return show(c, <OfferThanks {...{ visit, assets }} path={areaPath(area.id)} name={areaName(area.id, visit.language, area.called)} />);
  });
}
