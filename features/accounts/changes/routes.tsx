import { readForm } from "../../../platform/http/form.ts";
import { settingUpAStep } from "../../../platform/http/member-gates.ts";
import type { Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce } from "../../../platform/http/step.ts";
import { safePath } from "../../../platform/http/visit.ts";
import { firstPage } from "../rules.ts";
import { frame } from "../sign-in/routes.tsx";
import { ChangedPage } from "../views/changed.tsx";
import { knowOfChanges } from "./commands.ts";
import { knownForm } from "./forms.ts";
import { noticesFor } from "./queries.ts";

/** What changed in how she signs in, for whom no letter reaches. */
export function changesRoutes(room: Room): void {
  const { house } = room;

  room.get("/account/changed", settingUpAStep, async (c, scope) => {
    const notices = await noticesFor(house.db, scope);
    return notices.length === 0 ? c.redirect("/account", 303) : show(c, <ChangedPage at={frame(c, house)} member={scope.member} notices={notices} />);
  });

  room.post("/account/changed", settingUpAStep, async (c, scope) => {
    const form = await readForm(c, knownForm);
    if (form.ok) await knowOfChanges(house, scope, form.value.until);
    return c.redirect(safePath(handedOnce(c, "back") ?? firstPage(scope.member)), 303);
  });
}
