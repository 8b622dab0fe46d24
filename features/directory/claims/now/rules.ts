import type { Accepting, Ending, Until } from "../../types.ts";

/*
 * What may be said of a listing at one moment. Moments are milliseconds since 1970 and not Temporal's instants,
 * since the same file runs on parents' phones, whose browsers may know no Temporal.
 */

/** A listing's clocks in milliseconds; `hiddenAt` is Infinity for what is never hidden, `verifiedAt` undefined for what nobody confirmed. */
export type ClocksInMs = { readonly verifiedAt: number | undefined; readonly freshUntil: number; readonly sinksAt: number; readonly hiddenAt: number };

/** Whether they have room, as it may be said now: a confirmed answer within its two weeks, and otherwise that we do not know. */
export const acceptingAt = (accepting: Accepting | undefined, until: number | undefined, now: number): Accepting | "unknown" => (accepting && until !== undefined && now < until ? accepting : "unknown");

/** Is what was said of it over, so that nothing of it is shown, and nothing found by it? */
export const isOver = (until: Until | undefined, ending: Ending, now: number): boolean => now >= (until?.[ending] ?? Infinity);

/** What one row of the list says. */
export type Mark = "verified" | "unconfirmed" | "expired" | "in_doubt";

/** The mark of a listing that is shown at all. */
export function markOf({ verifiedAt, freshUntil }: ClocksInMs, inDoubt: boolean, now: number): Mark {
  if (inDoubt) return "in_doubt";
  if (verifiedAt === undefined) return "unconfirmed";
  return now < freshUntil ? "verified" : "expired";
}

/** Goes below those that can be trusted. */
export const isSunk = ({ sinksAt }: Pick<ClocksInMs, "sinksAt">, now: number): boolean => now >= sinksAt;
/** Is shown no more. */
export const isHidden = ({ hiddenAt }: Pick<ClocksInMs, "hiddenAt">, now: number): boolean => now >= hiddenAt;
