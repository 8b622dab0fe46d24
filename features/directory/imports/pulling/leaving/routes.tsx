import type { Door, Room } from "../../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../../platform/http/scope.ts";
import { show } from "../../../../../platform/http/show.ts";
import { handOn } from "../../../../../platform/http/step.ts";
import { staffedOf } from "../../../../../platform/http/visit.ts";
import { staffWho } from "../../../gates.ts";
import { apiSources, type ApiSource } from "../queries.ts";
import { takeAway } from "./commands.ts";
import { leavingOf } from "./queries.ts";
import { TakeAway } from "./views/take-away.tsx";

/** A directory is taken away: first what would come of it, then the act. */
export function leavingRoutes(room: Room): void {
  const { house } = room;
  const { db } = house;
  const importer = staffWho("importListings");
  const sourceAt = async (c: Door, scope: StaffScope): Promise<ApiSource | undefined> => (await apiSources(db, scope)).find(({ id }) => id === c.req.param("sourceId"));

  const question = async (c: Door, scope: StaffScope, source: ApiSource, beingRead = false) =>
    show(c, <TakeAway staffed={staffedOf(c, house, scope)} {...{ source, beingRead }} leaving={await leavingOf(db, scope, source.id)} />, beingRead ? 409 : 200);

  room.get("/tend/imports/directory/:sourceId/away", importer, async (c, scope) => {
    const source = await sourceAt(c, scope);
    return source ? question(c, scope, source) : c.notFound();
  });
  room.post("/tend/imports/directory/:sourceId/away", importer, async (c, scope) => {
    const source = await sourceAt(c, scope);
    const refusal = source && (await takeAway(house, scope, source.id));
    if (!source || refusal?.refused === "notHere") return c.notFound();
    if (refusal) return question(c, scope, source, true);
    handOn(c, "said", "away");
    return c.redirect("/tend/imports", 303);
  });
}
