import { readForm } from "../../../platform/http/form.ts";
import type { House } from "../../../platform/http/house.ts";
import { askAgain, freshly } from "../../../platform/http/member-gates.ts";
import { staff, type Door, type Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { isId } from "../../../platform/http/ids.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { openToCoordinators as may } from "../policy.ts";
import { publicUrl } from "../../../platform/http/public-url.ts";
import { frame, refusal, wrong } from "../sign-in/routes.tsx";
import type { InvitationId, Person } from "../types.ts";
import type { Again } from "../views/frame.tsx";
import { InvitePage } from "../views/invite.tsx";
import { OneLinkPage, PeoplePage } from "../views/people.tsx";
import { PersonPage } from "../views/person.tsx";
import { SignMemberOutPage } from "../views/sign-member-out.tsx";
import { endRole, endSessionsOf, giveRole, helpBackIn, invite, takeStepsAway, withdrawInvitation } from "./commands.ts";
import { invitationForm, memberForm, roleForm } from "./forms.ts";
import { memberCalled, openInvitations, people, person } from "./queries.ts";
import { endOfDay } from "./rules.ts";

/** The coordinator's list of people, invitations and roles. */
export function peopleRoutes(room: Room): void {
  const { house } = room;
  const seeing = staff(...may["see people and their roles"].roles);
  const inviting = staff(...may["invite and withdraw"].roles);
  const giving = staff(...may["give and end a role"].roles);
  const signingOut = freshly(staff(...may["sign somebody out everywhere"].roles), (c) => askAgain(c, `/people/${c.req.param("id")}`));
  const signingMembersOut = freshly(staff(...may["sign a member out, by her name"].roles), (c) => askAgain(c, "/people/sign-out"));
  const helping = staff(...may["help somebody back in"].roles);
  const takingAway = freshly(helping, (c) => askAgain(c, `/people/${c.req.param("id")}`));

  room.get("/people", seeing, async (c, scope) => {
    const now = house.now();
    const [everyone, invitations] = await Promise.all([people(house.db, scope), openInvitations(house.db, scope, now)]);
    return show(c, <PeoplePage at={frame(c, house)} member={scope.member} now={now} people={everyone} invitations={invitations} />);
  });

  room.get("/people/invite", inviting, (c, { member }) => show(c, <InvitePage at={frame(c, house)} member={member} />));

  room.post("/people/invitations", inviting, async (c, scope) => {
    const again = (problems: Again) => show(c, <InvitePage at={frame(c, house, "/people/invite")} member={scope.member} again={problems} />, 422);
    const form = await readForm(c, invitationForm, ["roles"]);
    if (!form.ok) return again(wrong(form));
    const { lastDay, email, ...invitation } = form.value;
    const rolesExpireAt = lastDay && endOfDay(lastDay, scope.member.zone, house.now());
    if (lastDay && !rolesExpireAt) return again({ typed: form.typed, problems: { lastDay: "dayPast" } });
    handOn(c, "inviting", await invite(house, scope, { ...invitation, email, rolesExpireAt, language: visitOf(c).language }));
    return c.redirect("/people/invited", 303);
  });

  room.get("/people/invited", inviting, (c, { member }) => {
    const token = handedOnce(c, "inviting");
    return show(c, <OneLinkPage at={frame(c, house)} member={member} kind="invitation" link={token && `${origin(c, house)}/join/${token}`} />);
  });

  room.get("/people/helped", helping, (c, { member }) => {
    const path = handedOnce(c, "helping");
    return show(c, <OneLinkPage at={frame(c, house)} member={member} kind="signIn" link={path && `${origin(c, house)}${path}`} />);
  });

  const signOutPage = (c: Door, { member }: StaffScope, again?: Again) =>
    show(c, <SignMemberOutPage at={frame(c, house)} member={member} done={handedOnce(c, "said") === "memberSignedOut"} again={again} />, again ? 422 : 200);

  room.get("/people/sign-out", signingMembersOut, (c, scope) => signOutPage(c, scope));

  room.post("/people/sign-out", signingMembersOut, async (c, scope) => {
    const form = await readForm(c, memberForm);
    if (!form.ok) return signOutPage(c, scope, wrong(form));
    const id = await memberCalled(house.db, scope, form.value.member);
    if (!id || id === scope.member.memberId) return signOutPage(c, scope, { typed: form.typed, problems: { member: "noSuchMember" } });
    await endSessionsOf(house, scope, id);
    handOn(c, "said", "memberSignedOut");
    return c.redirect("/people/sign-out", 303);
  });

  room.post("/people/invitations/:id/withdraw", inviting, async (c, scope) => {
    const id = c.req.param("id");
    if (!isId(id)) return c.notFound();
    await withdrawInvitation(house, scope, id as InvitationId);
    return c.redirect("/people", 303);
  });

  room.get("/people/:id", seeing, async (c, scope) => {
    const one = await personAt(c, house, scope);
    return one ? personPage(c, house, scope, one) : c.notFound();
  });

  room.post("/people/:id/roles", giving, async (c, scope) => {
    const one = await personAt(c, house, scope);
    if (!one) return c.notFound();
    const form = await readForm(c, roleForm);
    if (!form.ok) return personPage(c, house, scope, one, wrong(form), 422);
    const { role, lastDay } = form.value;
    const expiresAt = lastDay && endOfDay(lastDay, scope.member.zone, house.now());
    if (lastDay && !expiresAt) return personPage(c, house, scope, one, { typed: form.typed, problems: { lastDay: "dayPast" } }, 422);
    const done = await giveRole(house, scope, one.id, role, expiresAt);
    return "refused" in done ? personPage(c, house, scope, one, { ...refusal(c, done).again, typed: form.typed }, 422) : c.redirect(`/people/${one.id}`, 303);
  });

  room.post("/people/:id/roles/end", giving, async (c, scope) => {
    const one = await personAt(c, house, scope);
    const form = await readForm(c, roleForm);
    if (!one || !form.ok) return c.notFound();
    const done = await endRole(house, scope, one.id, form.value.role);
    return "refused" in done ? personPage(c, house, scope, one, refusal(c, done).again, 422) : c.redirect(`/people/${one.id}`, 303);
  });

  room.post("/people/:id/sign-out", signingOut, async (c, scope) => {
    const one = await personAt(c, house, scope);
    if (!one || one.id === scope.member.memberId) return c.notFound();
    await endSessionsOf(house, scope, one.id);
    return c.redirect(`/people/${one.id}`, 303);
  });

  room.post("/people/:id/steps-taken-away", takingAway, async (c, scope) => {
    const one = await personAt(c, house, scope);
    if (!one || one.id === scope.member.memberId) return c.notFound();
    await takeStepsAway(house, scope, one.id);
    return c.redirect(`/people/${one.id}`, 303);
  });

  room.post("/people/:id/sign-in-link", helping, async (c, scope) => {
    const one = await personAt(c, house, scope);
    if (!one || one.id === scope.member.memberId) return c.notFound();
    handOn(c, "helping", await helpBackIn(house, scope, one.id));
    return c.redirect("/people/helped", 303);
  });
}

const personAt = (c: Door, { db }: House, scope: StaffScope): Promise<Person | undefined> => {
  const id = c.req.param("id");
  return isId(id) ? person(db, scope, id) : Promise.resolve(undefined);
};

function personPage(c: Door, house: House, scope: StaffScope, one: Person, again: Again = {}, status = 200): Response {
  return show(c, <PersonPage at={frame(c, house, `/people/${one.id}`)} member={scope.member} person={one} now={house.now()} again={again} />, status);
}

/** Where a link that is read off this screen leads: the public address, or in a demo the one this browser came by. */
function origin(c: Door, house: House): string {
  if (house.environment.PUBLIC_URL !== undefined) return publicUrl(house);
  const came = c.req.header("host");
  return came && /^[\w.-]+(?::\d+)?$/.test(came) ? `http://${came}` : publicUrl(house);
}
