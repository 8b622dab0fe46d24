import { createHash } from "node:crypto";
import { isBefore, type Instant } from "../../../platform/time/time.ts";
import { acceptingAt } from "../claims/now/rules.ts";
import type { Stating } from "../claims/commands.ts";
import type { Hours, ServiceParts } from "../listing/types.ts";
import { isTerm } from "../taxonomy/rules.ts";
import type { OwnerScope } from "../../../platform/http/scope.ts";
import type { Accepting, Claim, Field, Kind, ServiceId } from "../types.ts";
import type { DayHours, Hand, ShownField } from "./types.ts";

/** Days for which a link opens its listing, any number of times. */
export const linkDays = 30;

/** What an owner's address (of a contact, of a link) and a link's token are sealed for. */
export const sealedFor = (id: string): string => `owner/${id}`;
export const tokenFor = (id: string): string => `token/${id}`;
export const linkId = (hash: Buffer): string => hash.toString("base64url");

export const byOwnerLink: Stating = { source: "the provider", method: "owner_link" };
/** Her own hand, who came by a link. */
export const byHerLink = ({ serviceId, linkHash }: OwnerScope): Hand => ({ serviceId: serviceId as ServiceId, stating: byOwnerLink, linkHash });
export const byOwnerText: Stating = { source: "the provider", method: "owner_text" };

/** Has it places to give? A line answers whoever calls, and a resource helps whoever comes. */
export const takesParents = (kind: Kind): boolean => kind === "group" || kind === "provider";

const letters: Readonly<Record<string, Field>> = { c: "cost", i: "insurance", p: "who", w: "who", t: "who", s: "about" };
/** Which field a term of the taxonomy belongs to. */
export const fieldOf = (term: string): Field => letters[term[0] ?? ""] ?? "about";

const hasTerm = ({ terms }: ServiceParts, field: Field): boolean => terms.some((term) => isTerm(term) && fieldOf(term) === field);

/** Is there anything of this field on the listing? */
function hasField(service: ServiceParts, field: Field): boolean {
  const somewhere = (has: (place: ServiceParts["places"][number]) => boolean) => service.places.some(has);
  switch (field) {
    case "about":
      return true;
    case "contact":
      return service.phones.length > 0 || somewhere(({ phones }) => phones.length > 0) || service.url !== undefined || service.email !== undefined;
    case "hours":
      return service.hours.length > 0 || somewhere(({ hours }) => hours.length > 0);
    case "place":
      return service.places.length > 0;
    case "languages":
      return service.languages.length > 0 || somewhere(({ languages }) => languages.length > 0);
    case "cost":
      return service.fees !== undefined || hasTerm(service, field);
    case "who":
    case "insurance":
      return hasTerm(service, field);
    default:
      return false;
  }
}

const order: readonly Field[] = ["about", "contact", "place", "hours", "languages", "who", "cost", "insurance", "accepting", "wait"];
const perishing = (field: Field): field is "accepting" | "wait" => field === "accepting" || field === "wait";

const inForce = (claim: Claim | undefined, now: Instant): claim is Claim => claim?.verifiedAt !== undefined && claim.expiresAt !== undefined && isBefore(now, claim.expiresAt);

/**
 * What an owner is asked about at `now`, in the order of the page: all that stands on her listing, also what is shown no more because
 * nobody confirmed it. An answer about room or waiting only within its two weeks, since nobody means an old one by "all of this".
 */
export function shownOf(service: ServiceParts, now: Instant): ShownField[] {
  return order.flatMap((field): ShownField[] => {
    const claim = service.claims.find((one) => one.field === field);
    const stands = perishing(field) ? inForce(claim, now) : hasField(service, field);
    return stands ? [{ field, claim }] : [];
  });
}

export function acceptingShown(service: ServiceParts, now: Instant): Accepting | undefined {
  const claim = service.claims.find(({ field }) => field === "accepting");
  const said = acceptingAt(claim?.verifiedAt ? (claim.value as Accepting) : undefined, claim?.expiresAt?.epochMilliseconds, now.epochMilliseconds);
  return said === "unknown" ? undefined : said;
}

export function waitShown(service: ServiceParts, now: Instant): number | undefined {
  const claim = service.claims.find(({ field }) => field === "wait");
  return inForce(claim, now) && /^\d+$/.test(claim.value) ? Number(claim.value) : undefined;
}

/** Names what an owner was shown, so that "all of this is right" is never said of something else. */
export function versionOf(service: ServiceParts, now: Instant): string {
  const { name, description, url, email, fees, phones, hours, languages, terms, places } = service;
  const shown = [name, description, url, email, fees, phones, hours, languages, terms, places, acceptingShown(service, now), waitShown(service, now), shownOf(service, now).map(({ field }) => field)];
  return createHash("sha256").update(JSON.stringify(shown)).digest("base64url").slice(0, 22);
}

/** What is claimed of a field whose value nobody reads: the listing itself says it. */
export const asShown = "as shown";

export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof weekdays)[number];

/** The hours of each weekday, if they are that simple: at most one span a day, with both its ends. Undefined where they are not. */
export function weekOf(hours: readonly Hours[]): Readonly<Record<Weekday, DayHours>> | undefined {
  const week = Object.fromEntries(weekdays.map((day) => [day, undefined])) as Record<Weekday, DayHours>;
  for (const { byday, opensAt, closesAt, description, ...more } of hours) {
    if (more.bymonthday !== undefined || more.interval > 1 || more.from !== undefined || more.to !== undefined) return undefined;
    if (!byday || !opensAt || !closesAt) {
      if (description) continue;
      return undefined;
    }
    for (const day of byday.split(",")) {
      const known = weekdays.find((one) => one === day.trim());
      if (!known || week[known]) return undefined;
      week[known] = { opensAt, closesAt };
    }
  }
  return week;
}

/** Days that are open at the same hours stand in one schedule: `byday` as HSDS writes it. */
export function schedulesOf(week: Readonly<Record<Weekday, DayHours>>): { readonly byday: string; readonly opensAt: Temporal.PlainTime; readonly closesAt: Temporal.PlainTime }[] {
  const spans = new Map<string, { days: Weekday[]; opensAt: Temporal.PlainTime; closesAt: Temporal.PlainTime }>();
  for (const day of weekdays) {
    const hours = week[day];
    if (!hours) continue;
    const key = `${hours.opensAt.toString()} ${hours.closesAt.toString()}`;
    const span = spans.get(key) ?? { days: [], ...hours };
    span.days.push(day);
    spans.set(key, span);
  }
  return [...spans.values()].map(({ days, ...span }) => ({ byday: days.join(","), ...span }));
}
