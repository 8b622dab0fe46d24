import { isToken } from "../../platform/crypto/seal.ts";
import { readCookie } from "../../platform/http/cookies.ts";
import { isId } from "../../platform/http/ids.ts";
import { staff, type Gate } from "../../platform/http/room.ts";
import { deskScope, parentScope, staffRoles, type ConversationId, type DeskScope, type ParentScope, type StaffScope } from "../../platform/http/scope.ts";
import { admitted, may, type HelplineAct } from "./policy.ts";
import { conversationByLink, isHolding } from "./queries.ts";

/** The parent who holds this conversation's key; without one (or after it was erased) the way back in. */
export const herConversation: Gate<ParentScope> = {
  admits: ["parent"],
  async open(c, house) {
    const token = readCookie(c, "conversation");
    const id = isToken(token) ? await conversationByLink(house.db, token) : undefined;
    if (id) return parentScope(id);
    return c.req.method === "GET" && !c.req.path.endsWith("/stream") ? c.redirect("/back", 303) : undefined;
  },
};

/** Staff whose role the policy names for this act on some condition. */
export function staffWho(act: HelplineAct): Gate<StaffScope> {
  return staff(...staffRoles.filter((role) => admitted(act).includes(role)));
}

/** Staff inside the conversation of `:id`, on the policy's condition for this act; for anyone else it is not there (404). */
export function inConversation(act: HelplineAct): Gate<DeskScope> {
  const door = staffWho(act);
  return {
    admits: door.admits,
    async open(c, house) {
      const scope = await door.open(c, house);
      if (scope === undefined || scope instanceof Response) return scope;
      const id = c.req.param("id");
      if (!isId(id)) return undefined;
      const { member } = scope;
      const holding = await isHolding(house.db, member.memberId, id as ConversationId);
      return may(act, member.roles, holding) ? deskScope(member, id as ConversationId, holding) : undefined;
    },
  };
}
