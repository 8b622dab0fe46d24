import { memberAt } from "../../platform/http/member-gates.ts";
import { staff, beforeAll, type Gate } from "../../platform/http/room.ts";
import { memberScope, moderatorScope, staffRoles, type MemberScope, type ModeratorScope, type StaffScope } from "../../platform/http/scope.ts";
import { admitted, type SafetyAct } from "./policy.ts";

/** Staff whose role the policy names for this act on some condition. */
export const staffWho = (act: SafetyAct): Gate<StaffScope> => staff(...staffRoles.filter((role) => admitted(act).includes(role)));

/** Who keeps the community, for an act that the policy opens to her role. */
export function deskOf(act: SafetyAct): Gate<ModeratorScope> {
  const door = staffWho(act);
  return {
    admits: door.admits,
    async open(c, house) {
      const scope = await door.open(c, house);
      return scope === undefined || scope instanceof Response ? scope : moderatorScope(scope.member);
    },
  };
}

/** A member of the community, for what was decided about her own. */
export const ofTheCommunity: Gate<MemberScope> = {
  admits: ["member"],
  async open(c, house) {
    const member = await memberAt(c, house);
    if (!member) return c.req.method === "GET" ? c.redirect("/sign-in", 303) : undefined;
    return member.roles.has("member") ? (beforeAll(c, member) ?? memberScope(member)) : undefined;
  },
};
