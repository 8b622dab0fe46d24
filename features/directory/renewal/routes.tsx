import { hashToken, isToken } from "../../../platform/crypto/seal.ts";
import { keepChoice, readCookie, writeCookie } from "../../../platform/http/cookies.ts";
import { readForm } from "../../../platform/http/form.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import type { OwnerScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { networkNow, zoneFor } from "../../network/queries.ts";
import type { ServiceId } from "../types.ts";
import { changeRoutes, partRoutes, type Again } from "./changes/routes.tsx";
import { confirmShown, keepOwnerContacts, sayClosed, sayInWords, sayOpen, sayRoom, sendAnew, stopLetters } from "./commands.ts";
import { askingForm, readAddresses, rightForm, roomForm, wordsForm } from "./forms.ts";
import { herListing } from "./gates.ts";
import { contactsOf, linkOf, ownListing } from "./queries.ts";
import { byHerLink, byOwnerLink } from "./rules.ts";
import { Keep } from "./views/keep.tsx";
import { LinkOver, StopWriting } from "./views/over.tsx";

/** How long a browser holds the link that was opened: long enough for a form, short enough for a shared desk. */
const holdSeconds = 60 * 60;

/** A provider keeps her own listing: by a link, without an account, with scripts off. Nothing is changed by opening anything. */
export function renewalRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;

  const page = async (c: Door, scope: OwnerScope, again: Again = {}) => {
    const visit = visitOf(c);
    const own = await ownListing(house.db, scope, house.now());
    if (!own) return c.redirect("/keep/over", 303);
    const zone = own.zone ?? (await zoneFor(house.db, visit));
    const done = again.problems ? undefined : handedOnce(c, "said");
    return show(c, <Keep {...{ visit, assets, own, zone, done, ...again }} contacts={await contactsOf(house.db, house.keys, scope)} />, again.problems ? 422 : 200);
  };
  const home = async () => (await networkNow(house.db))?.country ?? "US";
  const done = (c: Door, said: string) => {
    handOn(c, "said", said);
    return c.redirect("/keep", 303);
  };
  const part = partRoutes(room, {
    at: "/keep",
    gate: herListing,
    handOf: (_c, scope) => Promise.resolve(byHerLink(scope)),
    again: page,
    done: (c, which) => done(c, which === "words" ? "done_told" : which === "asking" ? "done_asking" : "done_saved"),
    gone: (c) => c.redirect("/keep/over", 303),
  });

  room.get("/keep", herListing, (c, scope) => page(c, scope));

  room.post("/keep/right", herListing, async (c, scope) => {
    const form = await readForm(c, rightForm);
    const kept = await confirmShown(house, scope, form.ok ? form.value.version : "");
    return "refused" in kept ? page(c, scope, { problems: { right: "problemChanged" } }) : done(c, "done_right");
  });

  room.post("/keep/room", herListing, async (c, scope) => {
    const form = await readForm(c, roomForm);
    if (!form.ok) return page(c, scope, { problems: { wait: "problemAny" } });
    const { room: accepting, wait } = form.value;
    await inTransaction(house, (act) => sayRoom(act, scope.serviceId as ServiceId, accepting, accepting === "no" ? undefined : wait, byOwnerLink, scope.linkHash));
    return done(c, "done_room");
  });

  changeRoutes(room, part);
  part("words", wordsForm, [], (_hand, { words }, _own, scope) => sayInWords(house, scope, words));
  part("asking", askingForm, [], async (_hand, value, _own, scope) => {
    const { addresses, problems } = readAddresses(value, await home());
    return Object.keys(problems).length > 0 ? problems : keepOwnerContacts(house, scope, addresses);
  });

  room.post("/keep/closed", herListing, async (c, scope) => {
    await inTransaction(house, (act) => sayClosed(house, act, scope.serviceId as ServiceId, scope.linkHash));
    const own = await ownListing(house.db, scope, house.now());
    return done(c, own?.service.kind === "crisis_line" ? "done_closedLine" : "done_closed");
  });

  room.post("/keep/open", herListing, async (c, scope) => {
    await sayOpen(house, scope);
    return done(c, "done_open");
  });

  room.get("/keep/stop", herListing, (c) => show(c, <StopWriting visit={visitOf(c)} assets={assets} done={false} />));

  room.post("/keep/stop", herListing, async (c, scope) => {
    await stopLetters(house, scope.linkHash);
    return show(c, <StopWriting visit={visitOf(c)} assets={assets} done />);
  });

  room.get("/keep/over", anyone, (c) => show(c, <LinkOver visit={visitOf(c)} assets={assets} again={isToken(readCookie(c, "keep"))} />));

  room.post("/keep/again", anyone, async (c) => {
    const token = readCookie(c, "keep");
    if (isToken(token)) await sendAnew(house, token);
    return show(c, <LinkOver visit={visitOf(c)} assets={assets} again={false} sent />);
  });

  // The token leaves the address at once, so that it stands in no history; and since mail programs open links, opening one does nothing.
  const hold = async (c: Door, token: string, then: string) => {
    if (!isToken(token)) return c.redirect("/keep/over", 303);
    writeCookie(c, "keep", token, holdSeconds);
    const link = await linkOf(house.db, token, house.now());
    if (link && readCookie(c, "language") === undefined) keepChoice(c, "language", link.language);
    return c.redirect(then, 303);
  };
  room.get("/keep/:token", anyone, (c) => hold(c, c.req.param("token") ?? "", "/keep"));
  room.get("/keep/:token/stop", anyone, (c) => hold(c, c.req.param("token") ?? "", "/keep/stop"));

  // A mail program's own "unsubscribe" posts here (RFC 8058). It can only stop letters.
  room.post("/keep/:token/stop", anyone, async (c) => {
    const token = c.req.param("token");
    if (isToken(token)) await stopLetters(house, hashToken(token));
    return c.body(null, 204);
  });
}
