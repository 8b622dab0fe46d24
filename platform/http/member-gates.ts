import { isBefore, type Instant } from "../time/time.ts";
import { isToken } from "../crypto/seal.ts";
import { readCookie } from "./cookies.ts";
import type { House } from "./house.ts";
import { stepOwed, toldFirst, type Door, type Gate } from "./room.ts";
import { handOn } from "./step.ts";
import { signedInRoles, staffScope, type SignedIn, type StaffScope } from "./scope.ts";

/** The member whose session this browser holds, whatever her roles. */
export function memberAt(c: Door, house: House): Promise<SignedIn | undefined> {
  const token = readCookie(c, "session");
  return isToken(token) ? house.memberBySession(token) : Promise.resolve(undefined);
}

/** A gate for members, whatever their roles; `elsewhere` says where one who may not pass yet goes first, and `first` what stands before her page. */
const members = (elsewhere: (member: SignedIn) => string | undefined, first: typeof toldFirst = () => undefined): Gate<StaffScope> => ({
  admits: signedInRoles,
  async open(c, house) {
    const member = await memberAt(c, house);
    if (!member) return c.req.method === "GET" ? c.redirect("/sign-in", 303) : undefined;
    const path = elsewhere(member);
    return path === undefined ? (first(c, member) ?? staffScope(member)) : c.redirect(path, 303);
  },
});

/** Anyone signed in; who works here with her second step. */
export const anyMember = members(stepOwed, toldFirst);

/** The same, on the page that tells her what stands before any other. */
export const toBeTold = members(stepOwed);

/** Setting up a second step: whoever has none yet, or has just taken it. Otherwise half a sign-in could replace the other half. */
export const settingUpAStep = members((member) => (member.hasTwoStep ? stepOwed(member) : undefined));

/** Taking the second step: for who has one and has not taken it in this session. */
export const takingAStep = members((member) => (member.twoStep ? "/account" : member.hasTwoStep ? undefined : "/account/second-step"));

/** So long it counts that she showed who she is, for what changes how she signs in. */
const freshMinutes = 10;
export const isFresh = ({ provedAt }: Pick<SignedIn, "provedAt">, now: Instant): boolean => isBefore(now, provedAt.add({ minutes: freshMinutes }));

/** Asks her to show once more that it is she; then she is led back to the page, or to her account (or to `formAt`) from where a form was sent. */
export function askAgain(c: Door, formAt = "/account"): Response {
  handOn(c, "back", c.req.method === "GET" ? c.req.path : formAt);
  return c.redirect("/account/again", 303);
}

/** Who passes `gate`, and has shown within ten minutes that it is she. `stale` answers where a script asks. */
export const freshly = (gate: Gate<StaffScope>, stale: (c: Door) => Response = (c) => askAgain(c)): Gate<StaffScope> => ({
  admits: gate.admits,
  async open(c, house) {
    const scope = await gate.open(c, house);
    return scope === undefined || scope instanceof Response || isFresh(scope.member, house.now()) ? scope : stale(c);
  },
});

/** Leaving: any session at all. */
export const leaving = members(() => undefined);
