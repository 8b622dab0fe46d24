import { isId } from "../../../platform/http/ids.ts";
import { staff, type Gate } from "../../../platform/http/room.ts";
import { staffRoles, type StaffScope } from "../../../platform/http/scope.ts";
import { admitted, may, type GroupsAct } from "../policy.ts";
import type { SessionId } from "../types.ts";
import { leads } from "./queries.ts";

/** Staff who lead the meeting of `:session`, on the policy's condition for this act; for anyone else it is not there. */
export function whoLeads(act: GroupsAct): Gate<StaffScope> {
  const door = staff(...staffRoles.filter((role) => admitted(act).includes(role)));
  return {
    admits: door.admits,
    async open(c, house) {
      const scope = await door.open(c, house);
      if (scope === undefined || scope instanceof Response) return scope;
      const id = c.req.param("session");
      return isId(id) && may(act, scope.member.roles, await leads(house.db, scope, id as SessionId, house.now())) ? scope : undefined;
    },
  };
}
