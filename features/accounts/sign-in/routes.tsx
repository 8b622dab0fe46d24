import type { VNode } from "preact";
import { isToken } from "../../../platform/crypto/seal.ts";
import { dropCookie, forgetAll, forgetPages, isShared, readCookie, sayShared, writeCookie } from "../../../platform/http/cookies.ts";
import { readForm, type FormRead } from "../../../platform/http/form.ts";
import type { House } from "../../../platform/http/house.ts";
import { networkPrefix } from "../../../platform/http/limits.ts";
import { leaving } from "../../../platform/http/member-gates.ts";
import { anyone, type Door, type Room } from "../../../platform/http/room.ts";
import { show } from "../../../platform/http/show.ts";
import { handed, handedOnce, handOn } from "../../../platform/http/step.ts";
import { visitOf } from "../../../platform/http/visit.ts";
import { deviceOf, firstPage, longestHours } from "../rules.ts";
import type { Again, Frame } from "../views/frame.tsx";
import { RecoveryPage } from "../views/recovery.tsx";
import { SignInPage } from "../views/sign-in.tsx";
import { LinkOverPage, LinkSentPage, OpenLinkPage } from "../views/sign-in-links.tsx";
import { VisitOverPage } from "../views/visit-over.tsx";
import { asKey, say } from "../words.ts";
import { askForSignInLink, signInByPassphrase, signInByRecoveryCode, signInTries, signOut, useSignInLink, type From } from "./commands.ts";
import { emailForm, recoveryForm, sharedForm, signInForm } from "./forms.ts";
import { nameBehindLink } from "./queries.ts";
import { waitMinutes } from "./rules.ts";
import type { Way } from "../types.ts";

/** `path` is the page that "language" and "light" lead back to, where it is not the address posted to. */
export const frame = (c: Door, house: House, path: string = c.req.path): Frame => ({ visit: { ...visitOf(c), path }, assets: house.assets, emails: house.delivery.email.canSend });

export const from = (c: Door, { environment }: House, shared: boolean): From => ({ device: deviceOf(c.req.header("user-agent")), shared, prefix: networkPrefix(c, environment.TRUSTED_PROXIES) });

/** The session's cookie, for as long as a session can last, or on a device that others use until the browser closes; the database ends an idle one sooner. */
export const keepSession = (c: Door, token: string): void => writeCookie(c, "session", token, longestHours * 60 * 60);

/** The same, when she has just said whether others use this device: if so, what this browser kept of our pages and scripts until now goes first. */
export function beginSession(c: Door, token: string, shared: boolean): void {
  sayShared(c, shared);
  if (shared) forgetPages(c);
  keepSession(c, token);
}

/** Signed in: the cookie, and her first page. The session that this browser held until now is over. */
export async function enter(c: Door, house: House, token: string, shared: boolean): Promise<Response> {
  const before = readCookie(c, "session");
  if (isToken(before) && before !== token) await house.endSession(before);
  beginSession(c, token, shared);
  const member = await house.memberBySession(token);
  return c.redirect(member ? firstPage(member) : "/sign-in", 303);
}

/** Writes down that a try failed, and by which way: never whose name was typed, nor from where. */
export const noteRefusal = ({ log }: Pick<House, "log">, way: Way | "second_step" | "again", { refused }: { readonly refused: string }): void => log.warn({ way, refused }, "a sign-in was refused");

/** A refusal as the page says it, with the status that goes with it. */
export function refusal(c: Door, refused: { readonly refused: string; readonly seconds?: number }): { again: Again; status: number } {
  const t = say(visitOf(c).language);
  if (refused.seconds === undefined) return { again: { refused: t(asKey(refused.refused)) }, status: 422 };
  c.header("retry-after", String(refused.seconds));
  return { again: { refused: t("tooManyTries", { minutes: waitMinutes(refused.seconds) }) }, status: 429 };
}

export const wrong = (form: Extract<FormRead<unknown>, { ok: false }>): Again => ({ typed: form.typed, problems: form.problems });

/** What stands there once a visit on a device that others use has ended. */
export const VisitOver = (house: House, c: Door): VNode => <VisitOverPage at={frame(c, house, "/")} />;

/** Signing in by passphrase, e-mail link and recovery code, and signing out. Passkeys have a table of their own. */
export function signInRoutes(room: Room): void {
  const { house } = room;
  const tries = signInTries(house, "sign-in");
  const linkTries = signInTries(house, "link");

  room.get("/sign-in", anyone, (c) => {
    const said = handedOnce(c, "said");
    return show(c, <SignInPage at={frame(c, house)} said={said === undefined ? undefined : asKey(said)} />);
  });

  room.post("/sign-in", anyone, async (c) => {
    const form = await readForm(c, signInForm);
    if (!form.ok) return show(c, <SignInPage at={frame(c, house)} again={wrong(form)} />, 422);
    const entered = await signInByPassphrase(house, tries, form.value, from(c, house, form.value.shared));
    if ("token" in entered) return enter(c, house, entered.token, form.value.shared);
    noteRefusal(house, "passphrase", entered);
    const { again, status } = refusal(c, entered);
    return show(c, <SignInPage at={frame(c, house)} again={{ ...again, typed: form.typed }} />, status);
  });

  room.post("/sign-in/email", anyone, async (c) => {
    if (!house.delivery.email.canSend) return c.notFound();
    const form = await readForm(c, emailForm);
    if (!form.ok) return show(c, <SignInPage at={frame(c, house, "/sign-in")} again={wrong(form)} />, 422);
    const asked = await askForSignInLink(house, linkTries, form.value.email, from(c, house, false).prefix);
    if ("asked" in asked) return c.redirect("/sign-in/sent", 303);
    const { again, status } = refusal(c, asked);
    return show(c, <SignInPage at={frame(c, house, "/sign-in")} again={again} />, status);
  });

  room.get("/sign-in/sent", anyone, (c) => show(c, <LinkSentPage at={frame(c, house)} />));

  // The token leaves the address at once: a page that was redirected from is not kept in the browser's history.
  room.get("/sign-in/link/:token", anyone, (c) => {
    const token = c.req.param("token");
    if (isToken(token)) handOn(c, "link", token, 10 * 60);
    return c.redirect("/sign-in/link", 303);
  });

  room.get("/sign-in/link", anyone, async (c) => {
    const token = handed(c, "link");
    const name = isToken(token) ? await nameBehindLink(house.db, token, house.now()) : undefined;
    return name === undefined ? show(c, <LinkOverPage at={frame(c, house)} />, 410) : show(c, <OpenLinkPage at={frame(c, house)} name={name} />);
  });

  room.post("/sign-in/link", anyone, async (c) => {
    const token = handedOnce(c, "link");
    const form = await readForm(c, sharedForm);
    const shared = form.ok && form.value.shared;
    const entered = isToken(token) ? await useSignInLink(house, token, from(c, house, shared)) : undefined;
    if (entered && "token" in entered) return enter(c, house, entered.token, shared);
    noteRefusal(house, "email_link", { refused: "linkOver" });
    return show(c, <LinkOverPage at={frame(c, house)} />, 410);
  });

  room.get("/sign-in/recovery", anyone, (c) => show(c, <RecoveryPage at={frame(c, house)} />));

  room.post("/sign-in/recovery", anyone, async (c) => {
    const form = await readForm(c, recoveryForm);
    if (!form.ok) return show(c, <RecoveryPage at={frame(c, house)} again={wrong(form)} />, 422);
    const entered = await signInByRecoveryCode(house, tries, form.value, from(c, house, form.value.shared));
    if ("token" in entered) return enter(c, house, entered.token, form.value.shared);
    noteRefusal(house, "recovery_code", entered);
    const { again, status } = refusal(c, entered);
    return show(c, <RecoveryPage at={frame(c, house)} again={{ ...again, typed: form.typed }} />, status);
  });

  // A page that stood untouched leads here by itself; so does the button that each page has on a device that others use.
  const over = async (c: Door) => {
    const token = readCookie(c, "session");
    if (!isShared(c)) return c.redirect("/sign-in", 303);
    if (isToken(token)) await house.endSession(token);
    forgetAll(c);
    return show(c, VisitOver(house, c));
  };
  room.get("/sign-in/over", anyone, over);
  room.post("/sign-in/over", anyone, over);

  // Typing is no visit: the script says meanwhile that somebody is there.
  room.post("/sign-in/here", leaving, (c) => c.body(null, 204));

  room.post("/sign-out", leaving, async (c, scope) => {
    await signOut(house, scope);
    if (isShared(c)) {
      forgetAll(c);
      return show(c, VisitOver(house, c));
    }
    dropCookie(c, "session");
    forgetPages(c);
    handOn(c, "said", "signedOut");
    return c.redirect("/sign-in", 303);
  });
}
