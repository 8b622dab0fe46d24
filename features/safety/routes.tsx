import { countryName } from "../../platform/i18n/names.ts";
import type { z } from "zod";
import { isToken } from "../../platform/crypto/seal.ts";
import { dropCookie, forgetAll, forgetPages, isShared, keepChoice, readCookie, writeCookie } from "../../platform/http/cookies.ts";
import { readForm, typedText } from "../../platform/http/form.ts";
import type { House } from "../../platform/http/house.ts";
import { anyone, Room, type Door } from "../../platform/http/room.ts";
import { show } from "../../platform/http/show.ts";
import { safePath, visitOf } from "../../platform/http/visit.ts";
import { deskRoutes } from "./desk/routes.tsx";
import { backForm, countryForm, findForm, languageForm, lightForm, quietForm } from "./forms.ts";
import { offlineRoutes } from "./offline/routes.tsx";
import { pageRoutes } from "./on-call/pages/routes.tsx";
import { rosterRoutes } from "./on-call/roster/routes.tsx";
import { promiseRoutes } from "./promise/routes.tsx";
import { careCardFor, helpFor, knownCountry } from "./queries.ts";
import { countriesByName, findCountries } from "./rules.ts";
import type { DeskPorts } from "./types.ts";
import { Away } from "./views/away.tsx";
import { CountryPage } from "./views/country-page.tsx";
import { HelpIndex } from "./views/help-index.tsx";
import { Understand } from "./views/understand.tsx";

/** Help numbers of every country, what feelings mean, how the page looks, leaving fast, all of it offline; the people on call; and the safety desk, which asks `ports` for what a case is about. */
export function safetyRoom(house: House, ports: DeskPorts = { subjects: {} }): Room {
  const room = new Room(house);
  helpRoutes(room);
  choiceRoutes(room);
  leavingRoutes(room);
  offlineRoutes(room);
  pageRoutes(room);
  rosterRoutes(room);
  promiseRoutes(room);
  deskRoutes(room, ports);
  return room;
}

function helpRoutes(room: Room): void {
  const { house } = room;
  const { assets } = house;
  const index = (c: Door, search?: Parameters<typeof HelpIndex>[0]["search"]) => {
    const visit = visitOf(c);
    const own = knownCountry(visit.country);
    return show(c, <HelpIndex visit={visit} assets={assets} own={own} care={careCardFor(visit.language, own)} chosen={own === readCookie(c, "country")} countries={countriesByName(visit.language)} {...(search ? { search } : {})} />);
  };

  room.get("/help", anyone, (c) => index(c));

  room.post("/help", anyone, async (c) => {
    const form = await readForm(c, findForm);
    const typed = typedText(form.typed, "place").slice(0, 80);
    const found = findCountries(typed, countriesByName(visitOf(c).language));
    const only = found.length === 1 ? found[0] : undefined;
    return only ? c.redirect(`/help/${only.country.toLowerCase()}`, 303) : index(c, { typed, found });
  });

  room.get("/help/:country", anyone, (c) => {
    const visit = visitOf(c);
    const code = c.req.param("country") ?? "";
    const country = knownCountry(code.toUpperCase());
    if (!country) return c.notFound();
    if (code !== code.toLowerCase()) return c.redirect(`/help/${code.toLowerCase()}`, 303);
    const chosen = readCookie(c, "country") === country;
    return show(c, <CountryPage visit={visit} assets={assets} help={helpFor(country)} name={countryName(country, visit.language)} code={country} chosen={chosen} />);
  });

  room.get("/understand", anyone, (c) => {
    const visit = visitOf(c);
    return show(c, <Understand visit={visit} assets={assets} help={helpFor(visit.country)} />);
  });
}

/** What she chooses for herself on this device: one cookie each, and back to where she was. */
function choiceRoutes(room: Room): void {
  choice(room, "/language", languageForm, (c, { language }) => keepChoice(c, "language", language));
  choice(room, "/light", lightForm, (c, { light }) => keepChoice(c, "light", light));
  choice(room, "/country", countryForm, (c, { country }) => keepChoice(c, "country", country));
  choice(room, "/quiet", quietForm, (c, { quiet }) => (quiet === "0" ? dropCookie(c, "quiet") : keepChoice(c, "quiet", quiet)));
  for (const language of ["en", "es"] as const)
    room.get(`/${language}`, anyone, (c) => {
      keepChoice(c, "language", language);
      return c.redirect("/", 303);
    });
}

function choice<S extends z.ZodType<{ back?: string | undefined }>>(room: Room, path: string, schema: S, keep: (c: Door, value: z.output<S>) => void): void {
  room.post(path, anyone, async (c) => {
    const form = await readForm(c, schema);
    if (form.ok) keep(c, form.value);
    return c.redirect(safePath(typedText(form.typed, "back")), 303);
  });
}

function leavingRoutes(room: Room): void {
  const { house } = room;
  const endSessionOf = async (c: Door): Promise<void> => {
    const token = readCookie(c, "session");
    if (isToken(token)) await house.endSession(token);
  };

  /**
   * Whoever was signed in is so no more. The key to a conversation stays: she may want to come back to it. What the browser kept of us goes, and no page of ours
   * opens by "back". On a device that others use every cookie goes, too, and only the answer after that says that she left.
   */
  room.post("/exit", anyone, async (c) => {
    await endSessionOf(c);
    const shared = isShared(c);
    if (shared) forgetAll(c);
    else {
      dropCookie(c, "session");
      goneFrom(c);
    }
    return show(c, <Away to={shared ? "/exit" : house.environment.EXIT_URL} />);
  });

  // Where the script leads at once, while its post is on the way.
  room.get("/exit", anyone, async (c) => {
    c.header("cache-control", "no-store");
    c.header("referrer-policy", "no-referrer");
    if (isShared(c)) {
      await endSessionOf(c);
      forgetAll(c);
      return c.redirect("/exit", 303);
    }
    goneFrom(c);
    return c.redirect(house.environment.EXIT_URL, 303);
  });

  room.post("/exit/back", anyone, async (c) => {
    const form = await readForm(c, backForm);
    dropCookie(c, "left");
    return c.redirect(safePath(typedText(form.typed, "back")), 303);
  });
}

function goneFrom(c: Door): void {
  forgetPages(c);
  writeCookie(c, "left", "1");
}
