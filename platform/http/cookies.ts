import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

const year = 60 * 60 * 24 * 365;

/** The cookies of the program. All are `__Host-` (this host alone, TLS or localhost alone) and HttpOnly unless a script must write one. */
export type CookieName = "session" | "conversation" | "language" | "light" | "country" | "quiet" | "zone" | "asked" | "step" | "mark" | "keep" | "seats" | "person" | "left";

export const readCookie = (c: Context, name: CookieName): string | undefined => getCookie(c, name, "host");

/** `maxAge` in seconds; left out, the cookie goes when the browser closes. */
export function writeCookie(c: Context, name: CookieName, value: string, maxAge?: number): void {
  setCookie(c, name, value, {
    prefix: "host",
    path: "/",
    secure: true,
    httpOnly: name !== "zone",
    sameSite: "Lax",
    ...(maxAge === undefined ? {} : { maxAge }),
  });
}

export const keepChoice = (c: Context, name: CookieName, value: string): void => writeCookie(c, name, value, year);

/** Whoever signs out or leaves: what this browser kept of our pages, and all that our scripts kept in it, goes. Cookies are dropped by name, since choices stay. */
export const forgetPages = (c: Context): void => c.header("clear-site-data", '"cache", "storage"');

export const dropCookie = (c: Context, name: CookieName): void => writeCookie(c, name, "", 0);
