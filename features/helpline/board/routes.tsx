import { isId } from "../../../platform/http/ids.ts";
import { staff, stillSignedIn, type Door, type Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { openStream } from "../../../platform/http/stream.ts";
import { staffedOf, visitOf } from "../../../platform/http/visit.ts";
import { topics } from "../events.ts";
import { staffWho } from "../gates.ts";
import { auditRoutes } from "./audit/routes.tsx";
import { answerDebrief, openDebrief } from "./commands.ts";
import { boardRefresh } from "./live.tsx";
import { phraseRoutes } from "./phrases/routes.tsx";
import { boardNow } from "./queries.ts";
import type { BoardLens, DebriefId } from "./types.ts";
import { BoardPage } from "./views/board.tsx";
import { DebriefRead } from "./views/debrief.tsx";

/** The board of supervisors and coordinators, the phrases, and who opened what. */
export function boardRoutes(room: Room): void {
  const { house } = room;
  const refresh = boardRefresh(house);
  const lensOf = (c: Door, scope: StaffScope): BoardLens => ({ language: visitOf(c).language, zone: scope.member.zone, supervisor: scope.member.roles.has("supervisor") });

  room.get("/board", staffWho("seeBoard"), async (c, scope) => {
    const board = await boardNow(house.db, house.now());
    return show(c, <BoardPage staffed={staffedOf(c, house, scope)} board={board} lens={lensOf(c, scope)} notice={c.req.query("raisedItYourself") === undefined ? undefined : "raisedItYourself"} />);
  });

  room.get("/board/stream", staffWho("seeBoard"), (c, scope) => {
    const lens = JSON.stringify(lensOf(c, scope));
    return openStream(c, house, { key: scope.member.sessionId, lens, seen: 0, stillAllowed: stillSignedIn(c, house, scope.member) }, [{ topic: topics.board, refresh, atOnce: true }]);
  });

  // Only a supervisor reads a debrief, and only of a volunteer who asked to talk.
  room.get("/board/debriefs/:debriefId", staff("supervisor"), async (c, scope) => {
    const id = c.req.param("debriefId");
    const debrief = isId(id) ? await openDebrief(house, scope, id as DebriefId) : undefined;
    if (!debrief) return c.notFound();
    return show(c, <DebriefRead staffed={staffedOf(c, house, scope)} debrief={debrief} />);
  });

  room.post("/board/debriefs/:debriefId/answer", staff("supervisor"), async (c, scope) => {
    const id = c.req.param("debriefId");
    if (!isId(id)) return c.notFound();
    await answerDebrief(house, scope, id as DebriefId);
    return c.redirect("/board", 303);
  });

  auditRoutes(room);
  phraseRoutes(room);
}
