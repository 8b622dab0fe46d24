import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import { isId } from "../../../../platform/http/ids.ts";
import { anyone, type Door, type Room } from "../../../../platform/http/room.ts";
import { show } from "../../../../platform/http/show.ts";
import { strangerAt } from "../../../../platform/http/stranger.ts";
import { visitOf } from "../../../../platform/http/visit.ts";
import { careCardFor } from "../../../safety/queries.ts";
import { reportListing } from "../../reports/commands.ts";
import { serviceNamed } from "../page/queries.ts";
import { reportForm } from "./forms.ts";
import { ReportPage } from "./views/report.tsx";
import { Thanks } from "./views/thanks.tsx";

/** A stranger's word that a listing is wrong: four plain reasons, a note if she likes, and what happens then. */
export function reportRoutes(room: Room): void {
  const { house } = room;
  const { db, assets } = house;

  const form = async (c: Door, again: { problems?: Problems; typed?: Typed } = {}) => {
    const service = await serviceNamed(db, c.req.param("id") ?? "");
    return service ? show(c, <ReportPage visit={visitOf(c)} assets={assets} id={c.req.param("id") ?? ""} name={service.name} {...again} />, again.problems ? 422 : 200) : c.notFound();
  };

  room.get("/listings/:id/report", anyone, (c) => form(c));

  room.post("/listings/:id/report", anyone, async (c) => {
    const id = c.req.param("id") ?? "";
    const service = isId(id) ? await serviceNamed(db, id) : undefined;
    if (!service) return c.notFound();
    const read = await readForm(c, reportForm);
    if (!read.ok) return form(c, read);
    const done = await reportListing(house, { serviceId: service.id, ...read.value, byWhom: strangerAt(c, house) });
    if ("refused" in done && done.refused === "notHere") return c.notFound();
    const visit = visitOf(c);
    return show(c, <Thanks visit={visit} assets={assets} kind={read.value.kind} done={done} care={careCardFor(visit.language, visit.country)} />);
  });
}
