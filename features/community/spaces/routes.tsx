import { isId } from "../../../platform/http/ids.ts";
import { keyOf, readForm, type Problems, type Typed } from "../../../platform/http/form.ts";
import type { Door, Room } from "../../../platform/http/room.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { staffedOf, visitOf } from "../../../platform/http/visit.ts";
import { zoneFor } from "../../network/queries.ts";
import { memberWho, readerWho, spaceKeeper, type ReaderScope } from "../gates.ts";
import { offerNoMore, offerToAnswer } from "../answering/commands.ts";
import { waitingForHer } from "../answering/queries.ts";
import { newsFor } from "../following/queries.ts";
import { topicsIn, topicsOnPage } from "../topics/queries.ts";
import { isOpenTo } from "../rules.ts";
import type { Space, SpaceId } from "../types.ts";
import { changeSpace, joinSpace, leaveSpace, openSpace, pauseSpace, resumeSpace } from "./commands.ts";
import { afterForm, newSpaceForm, offerForm, pauseForm, spaceForm } from "./forms.ts";
import { spaceFor, spacesFor, spacesKept } from "./queries.ts";
import { KeepSpace, KeepSpaces } from "./views/keep.tsx";
import { SpacePage } from "./views/space.tsx";
import { Spaces } from "./views/spaces.tsx";

const spaceId = (c: Door): SpaceId | undefined => (isId(c.req.param("space")) ? (c.req.param("space") as SpaceId) : undefined);

/** The spaces, each with its topics, and those who keep them. */
export function spaceRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;

  room.get("/community/spaces", readerWho("seeSpaces"), async (c, scope) => {
    const visit = visitOf(c);
    const [news, spaces, zone, waiting] = await Promise.all([scope.as === "member" ? newsFor(house.db, house.keys, scope) : [], spacesFor(house.db, scope, house.now()), zoneFor(house.db, visit), scope.as === "member" ? waitingForHer(house.db, scope) : []]);
    return show(c, <Spaces {...{ visit, assets, news, spaces, zone, waiting }} name={scope.member.name} keeps={scope.as === "moderator"} />);
  });

  const spacePage = async (c: Door, scope: ReaderScope, refused?: "offerNew") => {
    const id = spaceId(c);
    if (!id) return c.notFound();
    const visit = visitOf(c);
    const after = afterForm.safeParse(c.req.query());
    // Asked at once: of a space that she may not read, the wall shows no topic.
    const [space, found, zone] = await Promise.all([spaceFor(house.db, scope, house.now(), id), topicsIn(house.db, scope, id, after.data), zoneFor(house.db, visit)]);
    if (!space) return c.notFound();
    const [topics, last] = [found.slice(0, topicsOnPage), found[topicsOnPage - 1]];
    const next = found.length > topicsOnPage && last ? new URLSearchParams({ at: last.lastAt.toString(), id: last.id }).toString() : undefined;
    return show(c, <SpacePage {...{ visit, assets, space, topics, next, zone, refused }} writes={scope.as === "member"} />, refused ? 422 : 200);
  };

  room.get("/community/spaces/:space", readerWho("readTopics"), (c, scope) => spacePage(c, scope));

  room.post("/community/spaces/:space/offer", memberWho("offerToAnswer"), async (c, scope) => {
    const id = spaceId(c);
    const space = id && (await spaceFor(house.db, scope, house.now(), id));
    if (!space || !isOpenTo(space)) return c.notFound();
    const form = await readForm(c, offerForm);
    const refused = form.ok && form.value.offer === "no" ? await offerNoMore(house, scope, space.id) : await offerToAnswer(house, scope, space.id);
    return refused ? spacePage(c, scope, refused.refused) : c.redirect(`/community/spaces/${space.id}`, 303);
  });

  room.post("/community/spaces/:space/join", memberWho("joinSpace"), async (c, scope) => {
    const id = spaceId(c);
    if (!id) return c.notFound();
    await joinSpace(house, scope, id);
    return c.redirect(`/community/spaces/${id}`, 303);
  });

  room.post("/community/spaces/:space/leave", memberWho("joinSpace"), async (c, scope) => {
    const id = spaceId(c);
    if (!id) return c.notFound();
    await leaveSpace(house, scope, id);
    return c.redirect("/community/spaces", 303);
  });
  keeperRoutes(room);
}

function keeperRoutes(room: Room): void {
  const { house } = room;
  const kept = async (scope: StaffScope, id: string | undefined): Promise<Space | undefined> => (await spacesKept(house.db, scope, house.now())).find((space) => space.id === id);
  const one = (c: Door, scope: StaffScope, space: Space | undefined, problems: Problems = {}, typed?: Typed) =>
    show(c, <KeepSpace staffed={staffedOf(c, house, scope)} {...{ space, problems, typed }} formKey={keyOf(typed)} />, Object.keys(problems).length > 0 ? 422 : 200);

  room.get("/community/keep", spaceKeeper, async (c, scope) => show(c, <KeepSpaces staffed={staffedOf(c, house, scope)} spaces={await spacesKept(house.db, scope, house.now())} />));

  room.get("/community/keep/new", spaceKeeper, (c, scope) => one(c, scope, undefined));

  room.post("/community/keep", spaceKeeper, async (c, scope) => {
    const form = await readForm(c, newSpaceForm);
    if (!form.ok) return one(c, scope, undefined, form.problems, form.typed);
    await openSpace(house, scope, form.value, form.value.key);
    return c.redirect("/community/keep", 303);
  });

  room.get("/community/keep/:space", spaceKeeper, async (c, scope) => {
    const space = await kept(scope, c.req.param("space"));
    return space ? one(c, scope, space) : c.notFound();
  });

  room.post("/community/keep/:space", spaceKeeper, async (c, scope) => {
    const space = await kept(scope, c.req.param("space"));
    if (!space) return c.notFound();
    const form = await readForm(c, spaceForm);
    if (!form.ok) return one(c, scope, space, form.problems, form.typed);
    await changeSpace(house, scope, space.id, form.value);
    return c.redirect("/community/keep", 303);
  });

  room.post("/community/keep/:space/pause", spaceKeeper, async (c, scope) => {
    const space = await kept(scope, c.req.param("space"));
    if (!space) return c.notFound();
    const form = await readForm(c, pauseForm);
    if (!form.ok) return one(c, scope, space, form.problems, form.typed);
    const { reasonEn, reasonEs, hours } = form.value;
    await pauseSpace(house, scope, space.id, { en: reasonEn, es: reasonEs }, house.now().add({ hours }));
    return c.redirect(`/community/keep/${space.id}`, 303);
  });

  room.post("/community/keep/:space/resume", spaceKeeper, async (c, scope) => {
    const space = await kept(scope, c.req.param("space"));
    if (!space) return c.notFound();
    await resumeSpace(house, scope, space.id);
    return c.redirect(`/community/keep/${space.id}`, 303);
  });
}
