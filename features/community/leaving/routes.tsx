import { forgetAll } from "../../../platform/http/cookies.ts";
import { readForm, type Problems } from "../../../platform/http/form.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { memberWho } from "../gates.ts";
import { leave } from "./commands.ts";
import { leaveForm, wayTyped } from "./forms.ts";
import type { WayToLeave } from "./rules.ts";
import type { Parting } from "./types.ts";
import { LeavePage, LeftPage, SurePage } from "./views/leave.tsx";

/** She leaves the community for good. */
export function leavingRoutes(room: Room, parting: Parting): void {
  const { house } = room;
  const { assets } = house;
  const sure = (c: Door, how: WayToLeave, problems: Problems = {}, status = 200) => show(c, <SurePage visit={visitOf(c)} {...{ assets, how, problems }} />, status);

  room.get("/community/leave", memberWho("leave"), (c) => show(c, <LeavePage visit={visitOf(c)} assets={assets} />));

  room.get("/community/leave/:how", memberWho("leave"), (c) => {
    const how = wayTyped.safeParse(c.req.param("how"));
    return how.success ? sure(c, how.data) : c.notFound();
  });

  room.post("/community/leave/:how", memberWho("leave"), async (c, scope) => {
    const how = wayTyped.safeParse(c.req.param("how"));
    if (!how.success) return c.notFound();
    const form = await readForm(c, leaveForm);
    if (!form.ok) return sure(c, how.data, form.problems, 422);
    const done = await leave(house, parting, scope, how.data, form.value.words);
    if ("refused" in done) return sure(c, how.data, { words: `leave_${done.refused}` }, done.refused === "tooManyTries" ? 429 : 422);
    // With her cookies and what her browser kept; what it was told before is answered by this page.
    forgetAll(c);
    return show(c, <LeftPage visit={{ ...visitOf(c), path: "/community" }} {...{ assets }} how={how.data} />);
  });
}
