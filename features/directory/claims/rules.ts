import { isBefore, type Instant } from "../../../platform/time/time.ts";
import { endings, type Claim, type Clocks, type Ending, type Field, type Kind, type Method, type Until, type Verifier } from "../types.ts";
import type { ClocksInMs } from "./now/rules.ts";

/** Days for which a confirmation lasts, by what the listing is. */
const daysByKind: Readonly<Record<Kind, number>> = { crisis_line: 30, warmline: 60, group: 60, provider: 90, resource: 90 };
/** What perishes faster or slower than its listing. A Senate study (2023) of "accepting" found 18 % of calls ending in an appointment. */
const daysByField: Partial<Readonly<Record<Field, number>>> = { accepting: 14, wait: 14, insurance: 90 };

/** Days for which this field of such a listing is taken as confirmed. */
export const daysOf = (kind: Kind, field: Field): number => daysByField[field] ?? daysByKind[kind];

/** `days` of 24 hours after `from`. */
const after = (from: Instant, days: number): Instant => from.add({ hours: Math.round(days * 24) });

/** Only a person of ours, the owner, or her own page with the same words confirms; bringing in and editing do not. */
export const confirms = (method: Method): boolean => method === "call" || method === "owner_link" || method === "owner_text" || method === "web_page";

/** When a confirmation made at `verifiedAt` ends. */
export const expiryOf = (kind: Kind, field: Field, verifiedAt: Instant): Instant => after(verifiedAt, daysOf(kind, field));

/**
 * How far a statement can be trusted at `now`:
 * `verified` – within its time; `unconfirmed` – nobody of ours has confirmed it;
 * `expired` – its time is over; `sunk` – at one and a half times it goes below others; `hidden` – at twice the time it is shown no more.
 */
export type Standing = "verified" | "unconfirmed" | "expired" | "sunk" | "hidden";

/** The statement that this field of a listing stands on: what has none of its own stands on what was said of the whole. */
export function claimFor(claims: readonly Claim[], field: Field): Claim | undefined {
  const whole = claims.find((one) => one.field === "about") ?? claims.find((one) => one.field === "contact");
  return claims.find((one) => one.field === field) ?? (whole && { ...whole, field });
}

/** From when a statement is shown no more. */
const hiddenFrom = (kind: Kind, { field, statedAt, verifiedAt }: Pick<Claim, "field" | "statedAt" | "verifiedAt">): Instant => after(verifiedAt ?? statedAt, 2 * daysOf(kind, field));

const fieldOf: Readonly<Record<Ending, Field>> = { l: "languages", c: "cost", i: "insurance", w: "who", a: "place" };

/** Until when what a card says of these may be shown; what nobody stated is not. */
export const untilOf = (kind: Kind, claims: readonly Claim[]): Until =>
  Object.fromEntries(
    endings.map((ending) => {
      const claim = claimFor(claims, fieldOf[ending]);
      return [ending, claim ? hiddenFrom(kind, claim).epochMilliseconds : 0];
    }),
  );

export function standingOf(kind: Kind, claim: Pick<Claim, "field" | "statedAt" | "verifiedAt">, now: Instant): Standing {
  const from = claim.verifiedAt ?? claim.statedAt;
  const days = daysOf(kind, claim.field);
  if (!isBefore(now, hiddenFrom(kind, claim))) return "hidden";
  if (!claim.verifiedAt) return "unconfirmed";
  if (isBefore(now, after(from, days))) return "verified";
  return isBefore(now, after(from, 1.5 * days)) ? "expired" : "sunk";
}

/** May the value be shown? With a badge unless it is `verified`. A crisis line's number is never taken away: its page puts the national numbers first. */
export const isShown = (kind: Kind, field: Field, standing: Standing): boolean => standing !== "hidden" || (kind === "crisis_line" && (field === "contact" || field === "about"));

/** A listing that two people could not reach leaves the usual results this many hours later, unless somebody confirms it. */
const doubtHours = 24;

/**
 * A listing stands on two statements: what it is, and how to reach it. The older one decides.
 * One in doubt sinks at once and is hidden a day later, or at once when it is said to be unsafe or closed. A crisis line sinks, and is never hidden.
 */
export function clocksOf(kind: Kind, stands: readonly Pick<Claim, "statedAt" | "verifiedAt">[], inDoubtSince: Instant | undefined, awaySince?: Instant): Clocks {
  const confirmed = stands.length > 0 && stands.every(({ verifiedAt }) => verifiedAt !== undefined);
  const oldest = stands.map(({ statedAt, verifiedAt }) => (confirmed ? (verifiedAt ?? statedAt) : statedAt)).sort((a, b) => Temporal.Instant.compare(a, b))[0];
  const from = oldest ?? Temporal.Instant.fromEpochMilliseconds(0);
  const days = daysByKind[kind];
  const freshUntil = confirmed ? after(from, days) : from;
  const sinksAt = earlier(confirmed ? after(from, 1.5 * days) : from, inDoubtSince);
  const hiddenAt = earlier(earlier(after(from, 2 * days), inDoubtSince?.add({ hours: doubtHours })), awaySince);
  return { verifiedAt: confirmed ? from : undefined, freshUntil: earlier(freshUntil, inDoubtSince), sinksAt, hiddenAt: kind === "crisis_line" ? undefined : hiddenAt };
}

const earlier = (a: Instant, b: Instant | undefined): Instant => (b && isBefore(b, a) ? b : a);

/** The same clocks as the phone counts them. */
export const inMs = ({ verifiedAt, freshUntil, sinksAt, hiddenAt }: Clocks): ClocksInMs => ({
  verifiedAt: verifiedAt?.epochMilliseconds,
  freshUntil: freshUntil.epochMilliseconds,
  sinksAt: sinksAt.epochMilliseconds,
  hiddenAt: hiddenAt?.epochMilliseconds ?? Infinity,
});

/** Who may stand for a statement that came by this method; undefined where nobody does. */
export function verifierOf(method: Method, by: "coordinator" | "volunteer" = "coordinator"): Verifier | undefined {
  if (method === "call") return by;
  if (method === "owner_link" || method === "owner_text") return "owner";
  return method === "web_page" ? "page" : undefined;
}
