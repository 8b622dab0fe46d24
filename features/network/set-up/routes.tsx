import { dropCookie, readCookie, writeCookie } from "../../../platform/http/cookies.ts";
import { passphraseProblem } from "../../../platform/crypto/passphrase-rule.ts";
import { isToken } from "../../../platform/crypto/seal.ts";
import { readForm, type Problems, type Typed } from "../../../platform/http/form.ts";
import { anyone, type Door, type Gate, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { careCardFor, countryChoices } from "../../safety/queries.ts";
import { createNetwork } from "./commands.ts";
import { setUpForm } from "./forms.ts";
import { isSetUp, linkIsOpen } from "./queries.ts";
import type { Accounts } from "./types.ts";
import { NotYet } from "./views/not-yet.tsx";
import { SetUp } from "./views/set-up.tsx";

const minutes = 60;

/** Whoever came by a set-up link that is still open. */
const holderOfLink: Gate<{ token: string }> = {
  admits: ["visitor"],
  async open(c, { db }) {
    const token = readCookie(c, "step");
    return isToken(token) && (await linkIsOpen(db, token)) ? { token } : undefined;
  },
};

/** The one-time way from an installed program to a network. */
export function setUpRoutes(room: Room, accounts: Accounts): void {
  const { house } = room;
  const form = (c: Door, typed?: Typed, problems: Problems = {}) => {
    const visit = visitOf(c);
    return show(c, <SetUp visit={visit} assets={house.assets} countries={countryChoices(visit.language)} typed={typed} problems={problems} />, typed ? 422 : 200);
  };

  // The token leaves the address at once: it then stands in no history and no log.
  room.get("/setup/:token", anyone, async (c) => {
    const token = c.req.param("token");
    if (!isToken(token) || !(await linkIsOpen(house.db, token))) return c.notFound();
    writeCookie(c, "step", token, 60 * minutes);
    return c.redirect("/setup", 303);
  });

  room.get("/setup", holderOfLink, (c) => form(c));

  room.post("/setup", holderOfLink, async (c, { token }) => {
    const read = await readForm(c, setUpForm, ["languages"]);
    if (!read.ok) return form(c, read.typed, read.problems);
    const { passphrase, name, signInName } = read.value;
    const problem = passphraseProblem(passphrase, [name, signInName]);
    if (problem) return form(c, read.typed, { passphrase: problem });
    if (!(await createNetwork(house, token, read.value, visitOf(c).language, accounts))) return c.notFound();
    dropCookie(c, "step");
    return c.redirect("/sign-in", 303);
  });
}

/** Pages that need no network: set-up itself, help numbers, how a page looks, and what a machine asks. */
const withoutNetwork = /^\/(setup|help|offline|assets|health|ready)(\/|$)|^\/(language|light|country|quiet|exit|exit\/back|es|en|offline\.js|(icon|notes|recipes|lists)\.svg|(manifest|(notes|recipes|lists)-(en|es))\.webmanifest|robots\.txt)$/;

/** In production every other page says that there is no network yet. Stands before all rooms, since this one is mounted first. */
export function closedUntilSetUp(room: Room): void {
  const { house } = room;
  if (house.environment.NODE_ENV !== "production") return;
  let exists = false;
  room.hono.use("*", async (c, next) => {
    if (exists || withoutNetwork.test(c.req.path)) return next();
    exists = await isSetUp(house.db);
    if (exists) return next();
    const visit = visitOf(c);
    return show(c, <NotYet visit={{ ...visit, path: "/" }} assets={house.assets} care={careCardFor(visit.language, visit.country)} />, 503);
  });
}
