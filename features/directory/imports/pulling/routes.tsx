import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { staffedOf } from "../../../../platform/http/visit.ts";
import { networkNow } from "../../../network/queries.ts";
import { allAreas } from "../../areas/queries.ts";
import { staffWho } from "../../gates.ts";
import { sourceForm } from "../forms.ts";
import { addApiSource, askToPull } from "./commands.ts";
import { leavingRoutes } from "./leaving/routes.tsx";
import { apiSources } from "./queries.ts";
import { AddDirectory } from "./views/add-directory.tsx";

/** Other directories that are read by their API: added once, read each night or when she says so. */
export function pullingRoutes(room: Room): void {
  const { house } = room;
  const { db } = house;
  const importer = staffWho("importListings");

  const form = async (c: Door, scope: StaffScope, again?: { problems: Problems; typed: Typed }) => {
    const [areas, network] = await Promise.all([allAreas(db), networkNow(db)]);
    return show(c, <AddDirectory staffed={staffedOf(c, house, scope)} areas={areas} country={network?.country ?? "US"} {...again} />, again ? 422 : 200);
  };

  room.get("/tend/imports/directory", importer, (c, scope) => form(c, scope));
  room.post("/tend/imports/directory", importer, async (c, scope) => {
    const read = await readForm(c, sourceForm);
    if (!read.ok) return form(c, scope, read);
    const added = await addApiSource(house, scope, read.value);
    return typeof added === "string" ? c.redirect("/tend/imports", 303) : form(c, scope, { problems: { name: added.refused }, typed: read.typed });
  });

  room.post("/tend/imports/directory/:sourceId/read", importer, async (c, scope) => {
    const source = (await apiSources(db, scope)).find(({ id }) => id === c.req.param("sourceId"));
    if (!source) return c.notFound();
    await askToPull(house, source.id);
    return c.redirect("/tend/imports", 303);
  });

  leavingRoutes(room);
}
