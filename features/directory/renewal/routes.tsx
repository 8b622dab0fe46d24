import type { z } from "zod";
import { hashToken, isToken } from "../../../platform/crypto/seal.ts";
import { keepChoice, readCookie, writeCookie } from "../../../platform/http/cookies.ts";
import { readForm, type Problems, type Typed } from "../../../platform/http/form.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import type { OwnerScope } from "../../../platform/http/scope.ts";
import { show } from "../../../platform/http/show.ts";
import { handedOnce, handOn } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { networkNow } from "../../network/queries.ts";
import type { ServiceId } from "../types.ts";
import { changeContact, changeCost, changeFacts, changeHours, changeLanguages, confirmShown, keepOwnerContacts, sayClosed, sayInWords, sayOpen, sayRoom, sendAnew, stopLetters } from "./commands.ts";
import { askingForm, contactForm, costForm, factsForm, hoursForm, languagesForm, readAddresses, readPhones, readWeek, rightForm, roomForm, wordsForm } from "./forms.ts";
import { herListing } from "./gates.ts";
import { contactsOf, linkOf, ownListing } from "./queries.ts";
import { byOwnerLink } from "./rules.ts";
import type { OwnListing } from "./types.ts";
import { Keep, type Part } from "./views/keep.tsx";
import { LinkOver, StopWriting } from "./views/over.tsx";

/** How long a browser holds the link that was opened: long enough for a form, short enough for a shared desk. */
const holdSeconds = 60 * 60;

/** A provider keeps her own listing: by a link, without an account, with scripts off. Nothing is changed by opening anything. */
export function renewalRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;

  type Again = { readonly part?: Part; readonly problems?: Problems; readonly typed?: Typed };
  const page = async (c: Door, scope: OwnerScope, again: Again = {}) => {
    const visit = visitOf(c);
    const own = await ownListing(house.db, scope, house.now());
    if (!own) return c.redirect("/keep/over", 303);
    const zone = own.zone ?? visit.zone ?? (await networkNow(house.db))?.zone ?? "UTC";
    const done = again.problems ? undefined : handedOnce(c, "said");
    return show(c, <Keep {...{ visit, assets, own, zone, done, ...again }} contacts={await contactsOf(house.db, house.keys, scope)} />, again.problems ? 422 : 200);
  };
  const home = async () => (await networkNow(house.db))?.country ?? "US";
  const done = (c: Door, said: string) => {
    handOn(c, "said", said);
    return c.redirect("/keep", 303);
  };
  /** One part of the page: its form is read, and kept unless something in it is to be mended; then it comes back with all that was typed. */
  const part = <S extends z.ZodType>(name: Part, said: string, schema: S, lists: readonly string[], keep: (scope: OwnerScope, value: z.output<S>, own: OwnListing) => Promise<Problems | void>) =>
    room.post(`/keep/${name}`, herListing, async (c, scope) => {
      const form = await readForm(c, schema, lists);
      const own = await ownListing(house.db, scope, house.now());
      if (!own) return c.redirect("/keep/over", 303);
      const problems = form.ok ? ((await keep(scope, form.value, own)) ?? {}) : form.problems;
      return Object.keys(problems).length > 0 ? page(c, scope, { part: name, problems, typed: form.typed }) : done(c, said);
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

  part("contact", "done_saved", contactForm, [], async (scope, value, own) => {
    const { contact, problems } = readPhones(own, value, await home());
    return Object.keys(problems).length > 0 ? problems : changeContact(house, scope, own, contact);
  });
  part("hours", "done_saved", hoursForm, [], async (scope, value, own) => {
    const { week, problems } = readWeek(value);
    return Object.keys(problems).length > 0 ? problems : changeHours(house, scope, own, week, value.hoursWords || undefined);
  });
  part("languages", "done_saved", languagesForm, ["language"], (scope, { language }) => changeLanguages(house, scope, language));
  part("cost", "done_saved", costForm, ["cost", "insurance"], (scope, { cost, insurance, fees }) => changeCost(house, scope, [...cost, ...insurance], fees));
  part("facts", "done_saved", factsForm, ["who", "how", "peer"], (scope, { who, how, peer }) => changeFacts(house, scope, [...who, ...how, ...peer]));
  part("words", "done_told", wordsForm, [], (scope, { words }) => sayInWords(house, scope, words));
  part("asking", "done_asking", askingForm, [], async (scope, value) => {
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
