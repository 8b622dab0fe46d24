import { dropCookie, readCookie, writeCookie } from "./cookies.ts";
import type { Door } from "./room.ts";

const kinds = ["link", "invitation", "inviting", "helping", "codes", "said", "back"] as const;
/** What one page hands to the next without an address that could be kept, seen or sent on. */
export type Step = (typeof kinds)[number];

/** Hands `value` to the next page, for `seconds`. */
export const handOn = (c: Door, kind: Step, value: string, seconds = 300): void => writeCookie(c, "step", `${kind}.${value}`, seconds);

/** What the page before handed on, if it was of this kind. */
export function handed(c: Door, kind: Step): string | undefined {
  const value = readCookie(c, "step");
  return value?.startsWith(`${kind}.`) ? value.slice(kind.length + 1) : undefined;
}

/** The same, for showing it once. */
export function handedOnce(c: Door, kind: Step): string | undefined {
  const value = handed(c, kind);
  if (value !== undefined) dropCookie(c, "step");
  return value;
}
