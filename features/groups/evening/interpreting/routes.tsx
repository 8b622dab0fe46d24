import { readForm } from "../../../../platform/http/form.ts";
import { limitsOf } from "../../../../platform/http/limits.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { SeatScope, StaffScope } from "../../../../platform/http/scope.ts";
import { actedInPlace } from "../../../../platform/http/show.ts";
import { herSeat } from "../../gates.ts";
import { withSession } from "../../series/gates.ts";
import type { SeatId, SessionId } from "../../types.ts";
import { showLeader } from "../commands.ts";
import { followVoices } from "../voice/commands.ts";
import { endInterpreter, hearInterpreter, interpretAloud, leaderHearsInterpreter, nameInterpreter } from "./commands.ts";
import { askForm, endForm, hearForm, speakForm } from "./forms.ts";

/** Who interprets, to whom she speaks, and who listens. */
export function interpretingRoutes(room: Room): void {
  const { house } = room;

  const leaderAct = (path: string, work: (c: Door, id: SessionId, scope: StaffScope) => Promise<unknown>) =>
    room.post(`/evenings/:session/${path}`, withSession("leadSession"), async (c, scope) => {
      const id = c.req.param("session") as SessionId;
      await showLeader(house, scope, id);
      await work(c, id, scope);
      await followVoices(house, id);
      return actedInPlace(c, `/evenings/${id}`);
    });

  leaderAct("interpreter", async (c, id) => {
    const form = await readForm(c, askForm);
    if (form.ok) await nameInterpreter(house, id, form.value.seat as SeatId, form.value.into);
  });
  leaderAct("no-interpreter", async (c, id) => {
    const form = await readForm(c, endForm);
    if (form.ok) await endInterpreter(house, id, form.value.seat as SeatId, "facilitator");
  });
  leaderAct("listen", async (c, id, scope) => {
    const form = await readForm(c, hearForm);
    if (form.ok) await leaderHearsInterpreter(house, scope, id, form.value);
  });

  const seatAct = (path: string, work: (c: Door, scope: SeatScope) => Promise<unknown>) =>
    room.post(`/seats/:seat/${path}`, herSeat, async (c, scope) => {
      if (!(await limitsOf(house).tooManyActs(`turn ${scope.seatId}`))) {
        await work(c, scope);
        await followVoices(house, scope.sessionId as SessionId);
      }
      return actedInPlace(c, `/seats/${scope.seatId}/room`);
    });

  seatAct("interpreter", async (c, scope) => {
    const form = await readForm(c, hearForm);
    if (form.ok) await hearInterpreter(house, scope, form.value);
  });
  seatAct("interpreting", async (c, scope) => {
    const form = await readForm(c, speakForm);
    if (!form.ok) return;
    await (form.value.does === "end" ? endInterpreter(house, scope.sessionId as SessionId, scope.seatId as SeatId, "herself") : interpretAloud(house, scope, form.value.does === "aloud"));
  });
}
