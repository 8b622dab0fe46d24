import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

declare module "hono" {
  interface ContextVariableMap {
    /** In this answer she says whether others use this device. */
    shared?: boolean;
  }
}

const year = 60 * 60 * 24 * 365;

/** The cookies of the program. All are `__Host-` (this host alone, TLS or localhost alone) and HttpOnly unless a script must write one. */
const cookieNames = ["session", "conversation", "language", "light", "country", "quiet", "zone", "asked", "step", "mark", "keep", "seats", "person", "left", "shared"] as const;
export type CookieName = (typeof cookieNames)[number];

export const readCookie = (c: Context, name: CookieName): string | undefined => getCookie(c, name, "host");

/** Others use this device, as she said when she signed in: nothing of her visit stays on it. */
export const isShared = (c: Context): boolean => c.get("shared") ?? readCookie(c, "shared") !== undefined;

/** Says so, or takes it back, for this answer and those that come; until the browser closes. */
export function sayShared(c: Context, shared: boolean): void {
  c.set("shared", shared);
  if (shared) writeCookie(c, "shared", "1");
  else if (readCookie(c, "shared") !== undefined) dropCookie(c, "shared");
}

/** `maxAge` in seconds; left out, or on a device that others use, the cookie goes when the browser closes. */
export function writeCookie(c: Context, name: CookieName, value: string, maxAge?: number): void {
  setCookie(c, name, value, {
    prefix: "host",
    path: "/",
    secure: true,
    httpOnly: name !== "zone",
    sameSite: "Lax",
    ...(maxAge === undefined || (maxAge > 0 && isShared(c)) ? {} : { maxAge }),
  });
}

export const keepChoice = (c: Context, name: CookieName, value: string): void => writeCookie(c, name, value, year);

/** Whoever signs out or leaves: what this browser kept of our pages, and all that our scripts kept in it, goes. Cookies are dropped by name, since choices stay. */
export const forgetPages = (c: Context): void => c.header("clear-site-data", '"cache", "storage"');

/** The same, and each cookie with it: for a device that others use, and for who leaves for good. Dropped by name as well, where a browser does not know the word. */
export function forgetAll(c: Context): void {
  c.header("clear-site-data", '"cache", "cookies", "storage"');
  for (const name of cookieNames) if (readCookie(c, name) !== undefined) dropCookie(c, name);
}

export const dropCookie = (c: Context, name: CookieName): void => writeCookie(c, name, "", 0);
