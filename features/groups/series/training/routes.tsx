import { readForm } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { MemberId, StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { staffedOf } from "../../../../platform/http/visit.ts";
import { trainingForm } from "../forms.ts";
import { staffWho } from "../gates.ts";
import { facilitatorsNow } from "../queries.ts";
import type { Again } from "../views/mend.tsx";
import { recordTraining } from "./commands.ts";
import { TrainingPage } from "./views/training.tsx";

/** Who holds the role facilitator, and on which day she was trained. */
export function trainingRoutes(room: Room): void {
  const { house } = room;
  const page = async (c: Door, scope: StaffScope, again?: Again) => show(c, <TrainingPage {...again} staff={await facilitatorsNow(house.db, house.now())} staffed={staffedOf(c, house, scope)} />, again ? 422 : 200);
  room.get("/evenings/training", staffWho("recordTraining"), (c, scope) => page(c, scope));
  room.post("/evenings/training", staffWho("recordTraining"), async (c, scope) => {
    const form = await readForm(c, trainingForm);
    if (!form.ok) return page(c, scope, form);
    const refusal = await recordTraining(house, scope, form.value.member as MemberId, form.value.on);
    if (refusal) return page(c, scope, { problems: refusal.refused === "dayAhead" ? { on: "dayAhead" } : { member: "memberUnknown" }, typed: form.typed });
    return c.redirect("/evenings/training", 303);
  });
}
