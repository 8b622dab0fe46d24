import { audit } from "../../../../platform/audit/audit.ts";
import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import type { Door, Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { staffedOf } from "../../../../platform/http/visit.ts";
import { staffWho } from "../../gates.ts";
import { auditForm, type AuditFilter } from "./forms.ts";
import { auditPage, everyMember } from "./queries.ts";
import { AuditPage } from "./views/audit.tsx";

const everything: AuditFilter = { member: undefined, conversation: undefined, before: undefined };

/** Who opened what. A search is posted, so that no one's name stands in an address, and is itself an audit row. */
export function auditRoutes(room: Room): void {
  const { house } = room;

  const page = async (c: Door, scope: StaffScope, filter: AuditFilter, shown: { problems?: Problems; typed?: Typed } = {}) => {
    const [found, members] = await Promise.all([auditPage(house.db, scope, filter), everyMember(house.db, scope)]);
    return show(c, <AuditPage staffed={staffedOf(c, house, scope)} members={members} {...found} {...shown} />, shown.problems ? 422 : 200);
  };

  room.get("/board/audit", staffWho("seeAudit"), (c, scope) => page(c, scope, everything));

  room.post("/board/audit", staffWho("seeAudit"), async (c, scope) => {
    const form = await readForm(c, auditForm);
    if (!form.ok) return page(c, scope, everything, form);
    const { member, conversation, before } = form.value;
    const subject = conversation ? ({ subjectKind: "conversation", subjectId: conversation } as const) : ({ subjectKind: "member", subjectId: member } as const);
    const found = await page(c, scope, form.value, { typed: form.typed });
    if ((member || conversation) && !before) await audit(house.db, { memberId: scope.member.memberId, act: "searched_audit", ...subject });
    return found;
  });
}
