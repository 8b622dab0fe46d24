import { readForm } from "../../../platform/http/form.ts";
import { isId } from "../../../platform/http/ids.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { DeskScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { staffedOf } from "../../../platform/http/visit.ts";
import { inConversation, staffWho } from "../gates.ts";
import { blockOpener, liftBlock } from "./commands.ts";
import { blockForm } from "./forms.ts";
import { blockingOf } from "./queries.ts";
import type { BlockId } from "./types.ts";
import { BlockPage, type BlockProps } from "./views/block.tsx";

/** Keeping an abusive opener out for a time, and lifting that before its time. */
export function blockRoutes(room: Room): void {
  const { house } = room;

  const page = async (c: Door, scope: DeskScope, status = 200, shown: Pick<BlockProps, "problems" | "typed"> = {}) => {
    const blocking = await blockingOf(house.db, scope, house.now());
    return show(c, <BlockPage staffed={staffedOf(c, house, scope)} blocking={blocking} id={scope.conversationId} {...shown} />, status);
  };

  room.get("/desk/conversations/:id/block", inConversation("blockOpener"), (c, scope) => page(c, scope));

  room.post("/desk/conversations/:id/block", inConversation("blockOpener"), async (c, scope) => {
    const form = await readForm(c, blockForm);
    if (!form.ok) return page(c, scope, 422, form);
    const { block } = await blockingOf(house.db, scope, house.now());
    const done = block !== undefined || (await blockOpener(house, scope, form.value));
    return done ? c.redirect(c.req.path, 303) : page(c, scope, 409);
  });

  room.post("/board/blocks/:blockId/lift", staffWho("liftBlock"), async (c, scope) => {
    const id = c.req.param("blockId");
    if (!isId(id)) return c.notFound();
    await liftBlock(house, scope, id as BlockId);
    return c.redirect("/board", 303);
  });
}
