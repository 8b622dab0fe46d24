import type { SignedIn, StaffRole } from "../../platform/http/scope.ts";
import { isBefore, type Instant } from "../../platform/time/time.ts";
import type { HeldRole, Way } from "./types.ts";

export const longestHours = 7 * 24;
/** So long after its end a session, a link or an invitation is still listed. */
export const endedDays = 30;

/**
 * A session ends after 12 hours without a visit, and after seven days in any case; on a device that others use after half an hour, and after twelve.
 * A visit is written down at most once in `touchMinutes`.
 */
const lasting = {
  own: { idleMinutes: 12 * 60, longestHours, touchMinutes: 5 },
  shared: { idleMinutes: 30, longestHours: 12, touchMinutes: 1 },
} as const;

export const lastingOf = (shared: boolean): (typeof lasting)["own" | "shared"] => lasting[shared ? "shared" : "own"];

/** When a session made at `madeAt` and visited at `now` ends. */
export function sessionEnd(madeAt: Instant, now: Instant, shared: boolean): Instant {
  const { idleMinutes, longestHours: hours } = lastingOf(shared);
  const idle = now.add({ minutes: idleMinutes });
  const longest = madeAt.add({ hours });
  return isBefore(idle, longest) ? idle : longest;
}

export const inForce = (role: Pick<HeldRole, "expiresAt" | "endedAt">, now: Instant): boolean =>
  role.endedAt === undefined && (role.expiresAt === undefined || isBefore(now, role.expiresAt));

/** The roles in force at `now`, each once. */
export const rolesInForce = (held: readonly HeldRole[], now: Instant): ReadonlySet<StaffRole> => new Set(held.filter((role) => inForce(role, now)).map(({ role }) => role));

/** A way in that proves two things at once: the device and whose hand or face opened it. */
export const provesBoth = (way: Way, production: boolean): boolean => way === "passkey" || (way === "demo" && !production);

/** Where somebody lands who has just signed in. */
export function firstPage({ roles }: Pick<SignedIn, "roles">): string {
  if (roles.has("moderator")) return "/safety";
  if (roles.has("member")) return "/community";
  if (roles.has("volunteer")) return "/desk";
  return roles.has("supervisor") || roles.has("coordinator") ? "/board" : "/account";
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, "Android"],
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "Mac"],
  [/\bLinux\b/, "Linux"],
];

const nameIn = (table: typeof browsers, text: string): string => table.find(([sign]) => sign.test(text))?.[1] ?? "?";

/** "Firefox on Android", or "? on ?" where the browser does not say. Versions and models are left out. */
export function deviceOf(userAgent: string | undefined): string {
  const text = (userAgent ?? "").slice(0, 400);
  return `${nameIn(browsers, text)} on ${nameIn(systems, text)}`;
}
