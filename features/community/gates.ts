import { memberAt } from "../../platform/http/member-gates.ts";
import { staff, beforeAll, type Gate } from "../../platform/http/room.ts";
import { memberScope, moderatorScope, type MemberScope, type ModeratorScope, type StaffScope } from "../../platform/http/scope.ts";
import { admitted, type CommunityAct } from "./policy.ts";

/** A member of the community; whoever is not signed in is shown what it is, and how to come in. */
export const memberWho = (act: CommunityAct): Gate<MemberScope> => ({
  admits: admitted(act).filter((role) => role === "member"),
  async open(c, house) {
    const member = await memberAt(c, house);
    if (!member) return c.req.method === "GET" ? c.redirect("/community", 303) : undefined;
    return member.roles.has("member") ? (beforeAll(c, member) ?? memberScope(member)) : undefined;
  },
});

export type ReaderScope = MemberScope | ModeratorScope;

/** Who reads in it: its members, and who keeps it. */
export const readerWho = (act: CommunityAct): Gate<ReaderScope> => ({
  admits: admitted(act).filter((role) => role === "member" || role === "moderator"),
  async open(c, house) {
    const member = await memberAt(c, house);
    if (!member) return c.redirect("/community", 303);
    if (member.roles.has("member")) return beforeAll(c, member) ?? memberScope(member);
    return member.roles.has("moderator") ? (beforeAll(c, member) ?? moderatorScope(member)) : undefined;
  },
});

/** Those who open, change and close spaces. */
export const spaceKeeper: Gate<StaffScope> = staff("coordinator");
