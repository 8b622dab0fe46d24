import { readForm } from "../../../../platform/http/form.ts";
import type { Room } from "../../../../platform/http/room.ts";
import type { SeatId, SessionId } from "../../types.ts";
import type { Acts } from "../types.ts";
import { endInterpreter, hearInterpreter, interpretAloud, leaderHearsInterpreter, nameInterpreter } from "./commands.ts";
import { askForm, endForm, hearForm, speakForm } from "./forms.ts";

/** Who interprets, to whom she speaks, and who listens. */
export function interpretingRoutes({ house }: Room, { leader, seat }: Acts): void {
  leader("interpreter", async (c, id) => {
    const form = await readForm(c, askForm);
    if (form.ok) await nameInterpreter(house, id, form.value.seat as SeatId, form.value.into);
  });
  leader("no-interpreter", async (c, id) => {
    const form = await readForm(c, endForm);
    if (form.ok) await endInterpreter(house, id, form.value.seat as SeatId, "facilitator");
  });
  leader("listen", async (c, id, scope) => {
    const form = await readForm(c, hearForm);
    if (form.ok) await leaderHearsInterpreter(house, scope, id, form.value);
  });

  seat("interpreter", async (c, scope) => {
    const form = await readForm(c, hearForm);
    if (form.ok) await hearInterpreter(house, scope, form.value);
  });
  seat("interpreting", async (c, scope) => {
    const form = await readForm(c, speakForm);
    if (!form.ok) return;
    await (form.value.does === "end" ? endInterpreter(house, scope.sessionId as SessionId, scope.seatId as SeatId, "herself") : interpretAloud(house, scope, form.value.does === "aloud"));
  });
}
