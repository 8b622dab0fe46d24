import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { HttpBindings } from "@hono/node-server";
import type { VNode } from "preact";
import { forgetAll, isShared, readCookie } from "./cookies.ts";
import { isToken } from "../crypto/seal.ts";
import type { House } from "./house.ts";
import { nearestOf } from "./nearest.ts";
import type { Door, Room, RouteEntry } from "./room.ts";
import { answerHeaders, asHtml, pageHeaders } from "./show.ts";

export type App = { readonly fetch: Hono<{ Bindings: HttpBindings }>["fetch"]; readonly request: Hono<{ Bindings: HttpBindings }>["request"]; readonly routes: readonly RouteEntry[] };

/** The largest body taken. Beyond it the reader stops, and the page says what to do; nothing of it is kept. */
const maxBodyBytes = 1_000_000;

/** A form of another site, a body too large, a limit: what an operator should be able to see when it comes in numbers. */
const keptOut: ReadonlySet<number> = new Set([403, 413, 429]);

type ErrorPage = (house: House, c: Door) => VNode;

/** Puts rooms behind one front door: origin check, size limit, and one page each for "not here" and "our fault"; `left` stands before every page for whoever left fast, until she says that she is back; `over` once, where a session on a device that others use has ended. */
export function buildApp(house: House, rooms: readonly Room[], pages: { notHere: ErrorPage; ourFault: ErrorPage; tooLarge: ErrorPage; left?: ErrorPage; over?: ErrorPage }): App {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const routes = rooms.flatMap((room) => room.routes);
  const fromElsewhere = new Set(routes.flatMap(({ method, path, byMachine, anySite }) => (method === "POST" && (byMachine || anySite) ? [path] : [])));
  const nearest = nearestOf(routes);
  app.use(async (c, next) => {
    if (c.req.method === "POST") c.set("pagePath", nearest(c.req.path));
    if (c.req.method === "POST" && !fromElsewhere.has(c.req.path) && !fromOurPages(c, house)) c.res = answer(c, pages.notHere(house, c), 403);
    else if (pages.left && cameBack(c)) c.res = answer(c, pages.left(house, c), 200);
    else if (pages.over && (await isOver(c, house))) c.res = visitOver(c, pages.over(house, c));
    else await next();
    const { headers } = c.res;
    for (const [name, value] of answerHeaders) if (!headers.has(name)) headers.set(name, value);
    if (keptOut.has(c.res.status)) house.log.info({ method: c.req.method, route: c.req.routePath, status: c.res.status }, "kept out");
    house.log.debug({ method: c.req.method, route: c.req.routePath, status: c.res.status }, "answered");
    return undefined;
  });
  // Counted as it arrives: a body may say nothing of its length.
  const limited = bodyLimit({ maxSize: maxBodyBytes, onError: (c) => answer(c, pages.tooLarge(house, c), 413) });
  const takeFiles = new Set(routes.flatMap(({ path, takesFile }) => (takesFile ? [path] : [])));
  app.post("*", (c, next) => (takeFiles.has(c.req.path) ? next() : limited(c, next)));
  for (const room of rooms) app.route("/", room.hono);
  app.notFound((c) => answer(c, pages.notHere(house, c), 404));
  app.onError((error, c) => {
    // The route's pattern, never the address: addresses can carry a token.
    house.log.error({ route: c.req.routePath, error: nameOf(error) }, "a request failed");
    return answer(c, pages.ourFault(house, c), 500);
  });
  return { fetch: app.fetch, request: app.request, routes };
}

/** What may be logged of an error: its kind and place in our code, never its message (it could quote a parent). */
export function nameOf(error: unknown): { name: string; code?: string; at?: string | undefined } {
  if (!(error instanceof Error)) return { name: typeof error };
  const at = error.stack?.split("\n").find((line) => /\s+at /.test(line) && !line.includes("node_modules"));
  return { name: error.name, ...("code" in error ? { code: String(error.code) } : {}), at: at?.trim() };
}

/** Does somebody who left fast come upon a page of ours? Pages alone: what a page still asks for in the background is no coming back. */
const cameBack = (c: Door): boolean => c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate" && c.req.path !== "/exit" && readCookie(c, "left") !== undefined;

/** Was she signed in here, on a device that others use, and is no more? Leaving fast goes on as ever. */
async function isOver(c: Door, house: House): Promise<boolean> {
  if (!isShared(c) || /^\/(exit|assets\/.*)$/.test(c.req.path)) return false;
  const token = readCookie(c, "session");
  return isToken(token) && (await house.memberBySession(token, "look")) === undefined;
}

/** Whatever was asked: all that this browser keeps of us goes with the answer. */
function visitOver(c: Door, view: VNode): Response {
  forgetAll(c);
  const page = answer(c, view, 401);
  for (const [name, value] of c.res.headers) page.headers.append(name, value);
  return page;
}

function answer(_c: Door, view: VNode, status: number): Response {
  return new Response(asHtml(view), { status, headers: { ...pageHeaders, "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } });
}

/**
 * A form of another site can't post here: browsers say where a post comes from, and one that says nothing sends no cookie of ours across sites.
 * Safari before 16.4 says nothing, and under our referrer policy names the origin of our own forms "null" (Fetch, "append a request Origin header").
 */
function fromOurPages(c: Door, house: House): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  if (origin === undefined || origin === "null") return true;
  const own = house.environment.PUBLIC_URL ?? `http://${c.req.header("host") ?? ""}`;
  return URL.canParse(origin) && URL.canParse(own) && new URL(origin).host === new URL(own).host;
}
