import { anyMember } from "../../../platform/http/member-gates.ts";
import type { Gate, Room } from "../../../platform/http/room.ts";
import type { ParentScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { zoneFor } from "../../network/queries.ts";
import { looksAt } from "../../safety/queries.ts";
import { keepingNow } from "../queries.ts";
import { heldOfConversation, heldOfMember, openedOf } from "./queries.ts";
import { OpenedBy, Report, SeenBy } from "./views/report.tsx";

/** What is held of the one who asks: who has an account, and who holds the key of a conversation (GDPR, art. 15; RCW 19.373.040). */
export function reportRoutes(room: Room, herConversation: Gate<ParentScope>): void {
  const { house } = room;
  const { db, assets, keys } = house;

  room.get("/privacy/mine", anyMember, async (c, scope) => {
    const [held, looks, { clocks }] = await Promise.all([heldOfMember(db, scope), looksAt(db, keys, scope.member.memberId), keepingNow(db)]);
    const inCommunity = scope.member.roles.has("member");
    return show(c, <Report {...{ visit: visitOf(c), assets, held, clocks }} of={inCommunity ? "place" : "account"} seen={inCommunity ? <SeenBy language={visitOf(c).language} looks={looks.length} /> : undefined} />);
  });

  room.get("/privacy/conversation", herConversation, async (c, scope) => {
    const visit = visitOf(c);
    const [held, opened, zone, { clocks }] = await Promise.all([heldOfConversation(db, scope), openedOf(db, scope), zoneFor(db, visit), keepingNow(db)]);
    return show(c, <Report {...{ visit, assets, held, clocks }} of="conversation" seen={<OpenedBy {...{ language: visit.language, opened, zone }} />} />);
  });
}
