import { readForm } from "../../../../platform/http/form.ts";
import { limitsOf } from "../../../../platform/http/limits.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { actedInPlace } from "../../../../platform/http/show.ts";
import { herSeat } from "../../gates.ts";
import { withSession } from "../../series/gates.ts";
import type { SeatId, SessionId } from "../../types.ts";
import { showLeader } from "../commands.ts";
import { followVoices } from "../voice/commands.ts";
import { backToGroup, bringAllBack, leaveSmallRoom, putInRoom, splitEvenly, visitRoom } from "./commands.ts";
import { putForm, splitForm, visitForm } from "./forms.ts";

/** The room split into small ones, and together again. */
export function smallRoomRoutes(room: Room): void {
  const { house } = room;

  const act = (path: string, work: (c: Door, id: SessionId, scope: StaffScope) => Promise<unknown>) =>
    room.post(`/evenings/:session/small-rooms${path}`, withSession("leadSession"), async (c, scope) => {
      const id = c.req.param("session") as SessionId;
      await showLeader(house, scope, id);
      await work(c, id, scope);
      await followVoices(house, id);
      return actedInPlace(c, `/evenings/${id}`);
    });

  act("", async (c, id) => {
    const form = await readForm(c, splitForm);
    if (form.ok) await splitEvenly(house, id, form.value.rooms);
  });
  act("/put", async (c, id) => {
    const form = await readForm(c, putForm);
    if (!form.ok) return;
    const seat = form.value.seat as SeatId;
    await (form.value.room === 0 ? backToGroup(house, id, seat) : putInRoom(house, id, seat, form.value.room));
  });
  act("/visit", async (c, id, scope) => {
    const form = await readForm(c, visitForm);
    if (form.ok) await visitRoom(house, scope, id, form.value.room || undefined);
  });
  act("/end", (_c, id) => bringAllBack(house, id));

  room.post("/seats/:seat/small-room/leave", herSeat, async (c, scope) => {
    if (!(await limitsOf(house).tooManyActs(`turn ${scope.seatId}`))) {
      await leaveSmallRoom(house, scope);
      await followVoices(house, scope.sessionId as SessionId);
    }
    return actedInPlace(c, `/seats/${scope.seatId}/room`);
  });
}
