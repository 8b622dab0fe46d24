import { isId } from "../../../../platform/http/ids.ts";
import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { ModeratorScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { staffedOf } from "../../../../platform/http/visit.ts";
import { deskOf } from "../../gates.ts";
import { answerWish, chooseTopics, handOverDesk, keepDebrief, takeBreak } from "./commands.ts";
import { handoverForm, howForm, topicsForm } from "./forms.ts";
import { mineOf } from "./queries.ts";
import { MinePage } from "./views/mine.tsx";

export type QueueShown = { readonly problems?: Problems; readonly typed?: Typed };

/** Looking after whoever keeps the community: her own page, a rest, a note for the next. `queue` shows what waits, with that note as it was typed. */
export function careRoutes(room: Room, queue: (c: Door, scope: ModeratorScope, status: number, shown: QueueShown) => Promise<Response>): void {
  const { house } = room;
  const herself = deskOf("lookAfterHerself");
  const mine = "/safety/mine";

  const page = async (c: Door, scope: ModeratorScope, status = 200, problems: Problems = {}) =>
    show(c, <MinePage staffed={staffedOf(c, house, scope)} mine={await mineOf(house.db, scope, house.now())} done={c.req.query("done") !== undefined} problems={problems} />, status);

  room.get(mine, herself, (c, scope) => page(c, scope));
  room.post(`${mine}/rest`, herself, async (c, scope) => {
    await takeBreak(house, scope);
    return c.redirect("/safety", 303);
  });
  room.post(`${mine}/topics`, herself, async (c, scope) => {
    const form = await readForm(c, topicsForm, ["topics"]);
    if (!form.ok) return page(c, scope, 422, form.problems);
    await chooseTopics(house, scope, form.value.topics);
    return c.redirect(`${mine}?done`, 303);
  });
  room.post(`${mine}/how`, herself, async (c, scope) => {
    const form = await readForm(c, howForm);
    if (!form.ok) return page(c, scope, 422, form.problems);
    await keepDebrief(house, scope, { how: form.value.how, wantsTalk: form.value.wantsTalk !== undefined });
    return c.redirect(`${mine}?done`, 303);
  });
  room.post("/safety/handover", deskOf("handOverDesk"), async (c, scope) => {
    const form = await readForm(c, handoverForm);
    if (!form.ok) return queue(c, scope, 422, form);
    await handOverDesk(house, scope, form.value.handover);
    return c.redirect("/safety", 303);
  });
  room.post("/safety/wishes/:wish", deskOf("answerWish"), async (c, scope) => {
    const id = c.req.param("wish");
    if (!isId(id)) return c.notFound();
    await answerWish(house, scope, id);
    return c.redirect("/safety", 303);
  });
}
