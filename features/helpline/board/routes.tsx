import { isId } from "../../../platform/http/ids.ts";
import { staff, stillSignedIn, type Door, type Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { openStream } from "../../../platform/http/stream.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { topics } from "../events.ts";
import { staffWho } from "../gates.ts";
import { auditRoutes } from "./audit/routes.tsx";
import { answerDebrief, openDebrief } from "./commands.ts";
import { boardRefresh } from "./live.tsx";
import { phraseRoutes } from "./phrases/routes.tsx";
import { boardNow, zoneOf } from "./queries.ts";
import type { BoardLens, DebriefId } from "./types.ts";
import { BoardPage } from "./views/board.tsx";
import { DebriefRead } from "./views/debrief.tsx";

/** The board of supervisors and coordinators, the phrases, and who opened what. */
export function boardRoutes(room: Room): void {
  const { house } = room;
  const refresh = boardRefresh(house);
  const lensOf = async (c: Door, scope: StaffScope): Promise<BoardLens> => ({ language: visitOf(c).language, zone: await zoneOf(house.db, scope), supervisor: scope.member.roles.has("supervisor") });

  room.get("/board", staffWho("seeBoard"), async (c, scope) => {
    const [board, lens] = await Promise.all([boardNow(house.db, house.now()), lensOf(c, scope)]);
    const staffed = { visit: visitOf(c), assets: house.assets, member: scope.member, zone: lens.zone };
    return show(c, <BoardPage {...{ staffed, board, lens }} notice={c.req.query("raisedItYourself") === undefined ? undefined : "raisedItYourself"} />);
  });

  room.get("/board/stream", staffWho("seeBoard"), async (c, scope) => {
    const lens = JSON.stringify(await lensOf(c, scope));
    return openStream(c, house, { key: scope.member.sessionId, lens, seen: 0, stillAllowed: stillSignedIn(c, house, scope.member) }, [{ topic: topics.board, refresh, atOnce: true }]);
  });

  // Only a supervisor reads a debrief, and only of a volunteer who asked to talk.
  room.get("/board/debriefs/:debriefId", staff("supervisor"), async (c, scope) => {
    const id = c.req.param("debriefId");
    const debrief = isId(id) ? await openDebrief(house, scope, id as DebriefId) : undefined;
    if (!debrief) return c.notFound();
    const staffed = { visit: visitOf(c), assets: house.assets, member: scope.member, zone: await zoneOf(house.db, scope) };
    return show(c, <DebriefRead {...{ staffed, debrief }} />);
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
