import { isId } from "../../../../platform/http/ids.ts";
import type { Room } from "../../../../platform/http/room.ts";
import { show } from "../../../../platform/http/show.ts";
import { staffedOf } from "../../../../platform/http/visit.ts";
import { meetingsOf } from "../../queries.ts";
import { staffWho } from "../../series/gates.ts";
import { answerReport, openReports } from "./commands.ts";
import { readerOf } from "./queries.ts";
import { Reports } from "./views/reports.tsx";

/** What those who lead wrote after an evening: each her own, and what waits for a second reader. */
export function reportRoutes(room: Room): void {
  const { house } = room;

  room.get("/evenings/reports", staffWho("readDebriefs"), async (c, scope) => {
    const reports = await openReports(house, scope);
    const meetings = await meetingsOf(house.db, { ids: [...new Set(reports.map(({ session }) => session))] });
    return show(c, <Reports {...{ reports, meetings, ...readerOf(scope) }} staffed={staffedOf(c, house, scope)} />);
  });

  room.post("/evenings/reports/:report/read", staffWho("readIncidents"), async (c, scope) => {
    const id = c.req.param("report");
    if (isId(id)) await answerReport(house, scope, id);
    return c.redirect("/evenings/reports", 303);
  });
}
