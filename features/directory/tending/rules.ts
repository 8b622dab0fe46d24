import { isBefore, type Instant } from "../../../platform/time/time.ts";
import type { Phone, ServiceParts } from "../listing/types.ts";
import type { Kind } from "../types.ts";
import { reasons, type Facts, type Reason } from "./types.ts";

/** How much harm a wrong entry does: a parent who rings a dead crisis line at night has nobody, one who rings a dead pantry has lost a call. */
const weight: Readonly<Record<Kind, number>> = { crisis_line: 8, warmline: 4, group: 3, provider: 2, resource: 1 };

/**
 * How likely the entry is wrong. From the field: of entries that a user reports most are; of ten directories' entries that nobody had checked,
 * 44 % had a wrong fact (PMC11260587); of those checked within their time few.
 */
const likely: Readonly<Record<Reason, number>> = { unsafe: 1, in_doubt: 0.9, reported: 0.7, conflict: 0.6, hidden: 0.6, never: 0.45, expired: 0.4, ending: 0.1 };

/** A confirmation that ends within so many days can be renewed now, before a badge says anything. */
const soonDays = 14;

/** Why this entry is to be looked at; none where it is confirmed for longer. */
export function reasonsFor(facts: Facts, now: Instant): readonly Reason[] {
  const { verifiedAt, freshUntil, hiddenAt, inDoubtSince, reports, conflict } = facts;
  const holds: Readonly<Record<Reason, boolean>> = {
    unsafe: reports.includes("unsafe"),
    in_doubt: inDoubtSince !== undefined && !reports.includes("unsafe"),
    reported: reports.length > 0 && inDoubtSince === undefined,
    conflict,
    hidden: hiddenAt !== undefined && !isBefore(now, hiddenAt),
    expired: verifiedAt !== undefined && !isBefore(now, freshUntil) && inDoubtSince === undefined,
    never: verifiedAt === undefined,
    ending: verifiedAt !== undefined && isBefore(now, freshUntil) && !isBefore(now.add({ hours: 24 * soonDays }), freshUntil),
  };
  return reasons.filter((reason) => holds[reason]);
}

/** Somebody out there has run into it already: that goes before what is only likely. */
const told: Partial<Readonly<Record<Reason, number>>> = { unsafe: 10, in_doubt: 5, reported: 2 };

/** Likely wrong times harm done, and more where people have told us; 0 for what needs no look. */
export const riskOf = (kind: Kind, why: readonly Reason[]): number => Math.max(0, ...why.map((reason) => likely[reason] * weight[kind] + (told[reason] ?? 0)));

/** An emergency number is never rung to see whether it works: it is looked up on the government's own page. */
export const mayBeRung = (dials: readonly { readonly dial: string; readonly country: string }[], isEmergency: (dial: string, country: string) => boolean): boolean => !dials.some(({ dial, country }) => isEmergency(dial, country));

/** How one number is told from others here: as it is dialled, or as it is written where nobody can dial it. */
export const numberKey = ({ number, dial }: Pick<Phone, "number" | "dial">): string => dial?.dial ?? number;

/** Every number that a listing shows, once: of the service, its organization and its places. */
export const numbersOf = ({ phones, places }: Pick<ServiceParts, "phones" | "places">): readonly Phone[] =>
  [...new Map([...phones, ...places.flatMap((place) => place.phones)].map((phone) => [numberKey(phone), phone])).values()];

/** The number that rang somebody else: the one that she names, or the only one that is shown. Refused while it could be any of several. */
export function wrongNumber(service: Pick<ServiceParts, "phones" | "places">, named: string | undefined): { readonly key: string | undefined } | { readonly refused: "numberMissing" } {
  const keys = numbersOf(service).map(numberKey);
  if (keys.length <= 1) return { key: keys[0] };
  return named !== undefined && keys.includes(named) ? { key: named } : { refused: "numberMissing" };
}

/** What she looks at first: the greatest risk, and of equals the one that has waited longest. */
export const byRisk = (a: { risk: number; facts: Facts }, b: { risk: number; facts: Facts }): number => b.risk - a.risk || Temporal.Instant.compare(a.facts.freshUntil, b.facts.freshUntil);

/** How a place stands: nothing there, entries that nobody looks after, somebody without a confirmed entry, or both. */
export type Cover = "nothing" | "unchecked" | "seat_only" | "covered";

export function coverOf(count: { readonly shown: number; readonly verified: number; readonly seats: number } | undefined): Cover {
  if (count && count.seats > 0) return count.verified > 0 ? "covered" : "seat_only";
  return count && count.shown > 0 ? "unchecked" : "nothing";
}
