import { isId } from "../../../../platform/http/ids.ts";
import { readForm, type Problems, type Typed } from "../../../../platform/http/form.ts";
import { stillSignedIn, type Door, type Room } from "../../../../platform/http/room.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { show } from "../../../../platform/http/show.ts";
import { openStream } from "../../../../platform/http/stream.ts";
import { staffedOf, visitOf } from "../../../../platform/http/visit.ts";
import { topics } from "../../events.ts";
import { staffWho } from "../../gates.ts";
import type { DisclosureId, PageId } from "../types.ts";
import type { OnCallKey } from "../words.ts";
import { acknowledgePage, agreeToDisclosure, askForDisclosure, closePage, giveBackPage, type Done } from "./commands.ts";
import { closingForm, closingOf, disclosureForm } from "./forms.ts";
import { lensOf, pagesRefresh } from "./live.tsx";
import { pageFor, pagesFor, standingTo } from "./queries.ts";
import { PagesList } from "./views/list.tsx";
import { PageScreen } from "./views/page.tsx";

type Shown = { readonly notice?: OnCallKey; readonly problems?: Problems; readonly typed?: Typed };

/** Who is needed for what: the list, and each page with "I have it", the checklist and its end. */
export function pageRoutes(room: Room): void {
  const { house } = room;
  const path = "/safety/pages/:page";
  const refresh = pagesRefresh(house);
  const idOf = (c: Door) => c.req.param("page") as PageId;

  const screen = async (c: Door, scope: StaffScope, status = 200, shown: Shown = {}) => {
    const page = isId(idOf(c)) ? await pageFor(house.db, scope, idOf(c)) : undefined;
    return page ? show(c, <PageScreen staffed={staffedOf(c, house, scope)} page={page} {...shown} />, status) : c.notFound();
  };
  /** A refusal and what was typed are shown where they were sent from. */
  const after = (c: Door, scope: StaffScope, done: Done, typed?: Typed) => {
    if (done === "not_there") return c.notFound();
    if (done === "done") return c.redirect(`/safety/pages/${idOf(c)}`, 303);
    const notice = done === "over" ? "overAlready" : done.refused === "nobodyHasIt" ? "nobodyHasItYet" : done.refused;
    return screen(c, scope, 409, { notice, ...(typed ? { typed } : {}) });
  };
  const act = (name: string, gate: Parameters<typeof staffWho>[0], work: (scope: StaffScope, id: PageId, c: Door) => Promise<Done>) =>
    room.post(`${path}/${name}`, staffWho(gate), async (c, scope) => (isId(idOf(c)) ? after(c, scope, await work(scope, idOf(c), c)) : c.notFound()));

  const stream = (c: Door, scope: StaffScope, page?: PageId) =>
    openStream(c, house, { key: scope.member.sessionId, lens: lensOf(scope, visitOf(c).language, page), seen: 0, stillAllowed: stillSignedIn(c, house, scope.member) }, [{ topic: topics.pages, refresh, atOnce: true }]);

  room.get("/safety/pages", staffWho("seePage"), async (c, scope) => show(c, <PagesList staffed={staffedOf(c, house, scope)} {...await pagesFor(house.db, scope)} />));
  room.get("/safety/pages/stream", staffWho("seePage"), (c, scope) => stream(c, scope));
  room.get(path, staffWho("seePage"), (c, scope) => screen(c, scope));
  room.get(`${path}/stream`, staffWho("seePage"), async (c, scope) => (isId(idOf(c)) && (await standingTo(house.db, scope, idOf(c))) ? stream(c, scope, idOf(c)) : c.notFound()));

  act("have", "seePage", (scope, id) => acknowledgePage(house, scope, id));
  act("give-back", "closePage", (scope, id) => giveBackPage(house, scope, id));
  act("disclosures/:disclosure/agree", "agreeToDisclosure", (scope, id, c) => agreeToDisclosure(house, scope, id, c.req.param("disclosure") as DisclosureId));

  room.post(`${path}/disclosures`, staffWho("askForDisclosure"), async (c, scope) => {
    const form = await readForm(c, disclosureForm);
    if (!form.ok) return screen(c, scope, 422, form);
    return isId(idOf(c)) ? after(c, scope, await askForDisclosure(house, scope, idOf(c), form.value.reason)) : c.notFound();
  });

  room.post(`${path}/close`, staffWho("closePage"), async (c, scope) => {
    const form = await readForm(c, closingForm);
    if (!form.ok) return screen(c, scope, 422, form);
    return isId(idOf(c)) ? after(c, scope, await closePage(house, scope, idOf(c), closingOf(form.value)), form.typed) : c.notFound();
  });
}
