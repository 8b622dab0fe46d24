import { isId } from "../../../platform/http/ids.ts";
import { readForm } from "../../../platform/http/form.ts";
import type { Door, Gate, Room } from "../../../platform/http/room.ts";
import { deskScope, type ConversationId, type DeskScope, type MemberId } from "../../../platform/http/scope.ts";
import type { Reader } from "../../../platform/db/database.ts";
import { show } from "../../../platform/http/show.ts";
import { staffedOf } from "../../../platform/http/visit.ts";
import { networkNow } from "../../network/queries.ts";
import { inConversation, staffWho } from "../gates.ts";
import { closeConversation, keepDebrief } from "./commands.ts";
import { closureForm, debriefForm } from "./forms.ts";
import { closingOf, hasDebriefed, heldAtItsEnd, wasWith } from "./queries.ts";
import { ClosePage, type CloseProps } from "./views/close.tsx";
import { DebriefPage, ThankYouPage } from "./views/debrief.tsx";

/** Staff who were in the conversation of `:id` before, though they are not any more. */
function formerly(was: (db: Reader, memberId: MemberId, id: ConversationId) => Promise<boolean>): Gate<DeskScope> {
  const door = staffWho("closeConversation");
  return {
    admits: door.admits,
    async open(c, house) {
      const scope = await door.open(c, house);
      if (scope === undefined || scope instanceof Response) return scope;
      const id = c.req.param("id") as ConversationId | undefined;
      return isId(id) && (await was(house.db, scope.member.memberId, id)) ? deskScope(scope.member, id, false) : undefined;
    },
  };
}

/** Whoever holds it, or held it when the parent ended it: she may still note how it ended. */
const closing: Gate<DeskScope> = {
  admits: inConversation("closeConversation").admits,
  open: async (c, house) => (await inConversation("closeConversation").open(c, house)) ?? formerly(heldAtItsEnd).open(c, house),
};

/** Closing a conversation, and a minute for the volunteer after a hard one. */
export function closureRoutes(room: Room): void {
  const { house } = room;

  const page = async (c: Door, scope: DeskScope, status = 200, shown: Pick<CloseProps, "refused" | "problems" | "typed"> = {}) => {
    const known = await closingOf(house.db, scope);
    const refused = known.closedBy ? ("closedBySomeone" as const) : undefined;
    return show(c, <ClosePage staffed={staffedOf(c, house, scope)} refused={refused} id={scope.conversationId} closing={known} {...shown} />, status);
  };

  room.get("/desk/conversations/:id/close", closing, (c, scope) => page(c, scope));

  room.post("/desk/conversations/:id/close", closing, async (c, scope) => {
    const zone = (await networkNow(house.db))?.zone ?? "UTC";
    const form = await readForm(c, closureForm(house.now().toZonedDateTimeISO(zone).toPlainDate()), ["reasons"]);
    if (!form.ok) return page(c, scope, 422, form);
    const done = await closeConversation(house, scope, form.value);
    if ("closed" in done) return c.redirect(done.hard ? `/desk/debrief/${scope.conversationId}` : "/desk/thank-you", 303);
    if (done.refused === "noContact") return page(c, scope, 422, { problems: { followUpOn: done.refused }, typed: form.typed });
    return page(c, scope, 409, { refused: done.refused, typed: form.typed });
  });

  room.get("/desk/debrief/:id", formerly(wasWith), async (c, scope) =>
    (await hasDebriefed(house.db, scope)) ? c.redirect("/desk/thank-you", 303) : show(c, <DebriefPage staffed={staffedOf(c, house, scope)} id={scope.conversationId} />),
  );

  room.post("/desk/debrief/:id", formerly(wasWith), async (c, scope) => {
    const form = await readForm(c, debriefForm);
    if (!form.ok) return show(c, <DebriefPage staffed={staffedOf(c, house, scope)} id={scope.conversationId} {...form} />, 422);
    await keepDebrief(house, scope, form.value);
    return c.redirect(form.value.wantsTalk ? "/desk/thank-you?talk" : "/desk/thank-you", 303);
  });

  room.get("/desk/thank-you", staffWho("closeConversation"), (c, scope) => show(c, <ThankYouPage staffed={staffedOf(c, house, scope)} talk={c.req.query("talk") !== undefined} />));
}
