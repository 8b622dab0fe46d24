import { isBefore } from "../../../platform/time/time.ts";
import { homeOf } from "../finder/asks/rules.ts";
import { untilOf } from "../claims/rules.ts";
import type { AreaId, Card, Claim, Kind, Method } from "../types.ts";
import type { Phone, PhoneUse, Place, ServiceParts } from "./types.ts";

const summaryLength = 280;

/** The beginning of a text, cut at a word. */
export function summaryOf(text: string, length = summaryLength): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= length) return plain;
  const cut = plain.slice(0, length - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), length / 2))}…`;
}

/** The area of an address: a region of the United States, or a country. Undefined where the country is not said. */
export function areaOf(country: string | undefined, region: string | undefined): AreaId | undefined {
  const code = country?.trim().toUpperCase() ?? "";
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  const state = region?.trim().toUpperCase() ?? "";
  return (code === "US" && /^[A-Z]{2}$/.test(state) ? `US-${state}` : homeOf(code).area) as AreaId;
}

/** It is listed and below others, has no room and is not open. */
export const isClosedForNow = ({ status }: Pick<ServiceParts, "status">): boolean => status === "temporarily closed";

/** A listing a place; one without a place where there is none. */
export const placesOf = (service: ServiceParts): readonly { readonly id: string; readonly place: Place | undefined }[] =>
  service.places.length > 0 ? service.places.map((place) => ({ id: place.id, place })) : [{ id: service.id, place: undefined }];

const uses: Readonly<Record<string, PhoneUse>> = { text: "text", sms: "text", textphone: "textphone", tty: "textphone", tdd: "textphone", fax: "fax", pager: "fax", video: "fax" };

/** What a number is for. One that says nothing of it is for talking; nobody who needs help is sent to a machine's. */
export const useOf = ({ type }: Pick<Phone, "type">): PhoneUse => uses[type?.trim().toLowerCase() ?? ""] ?? "voice";

/** The number to show first: the place's own before the service's, one that can be dialled before one that can't. */
function firstOf(phones: readonly Phone[], wanted: PhoneUse): Phone | undefined {
  const some = phones.filter((phone) => useOf(phone) === wanted);
  return some.find(({ dial }) => dial !== undefined) ?? some[0];
}

/** What a listing stands on: what it is, and how to reach it. */
export const standsOn = (claims: readonly Claim[]): readonly Claim[] => claims.filter(({ field }) => field === "about" || field === "contact");

/** How the older of these was confirmed, as it is the one that the listing's clocks count from; undefined unless all were. */
function howChecked(stands: readonly Claim[]): Method | undefined {
  const [first, ...others] = stands;
  if (!first?.verifiedAt) return undefined;
  let oldest = { at: first.verifiedAt, method: first.method };
  for (const { verifiedAt, method } of others) {
    if (!verifiedAt) return undefined;
    if (isBefore(verifiedAt, oldest.at)) oldest = { at: verifiedAt, method };
  }
  return oldest.method;
}

/** What a card shows of who stands for it. */
export function standingOf(kind: Kind, claims: readonly Claim[]): Pick<Card, "source" | "checkedHow" | "acceptingStatedAt" | "waitDays" | "waitUntil" | "until"> {
  const contact = claims.find(({ field }) => field === "contact") ?? claims[0];
  const accepting = claims.find(({ field }) => field === "accepting");
  const wait = claims.find(({ field }) => field === "wait");
  const checkedHow = howChecked(standsOn(claims));
  return {
    source: contact?.source ?? "",
    ...(checkedHow ? { checkedHow } : {}),
    ...(accepting ? { acceptingStatedAt: accepting.statedAt.toString() } : {}),
    ...(wait?.verifiedAt && /^\d+$/.test(wait.value) ? { waitDays: Number(wait.value), waitUntil: wait.expiresAt?.epochMilliseconds ?? 0 } : {}),
    until: untilOf(kind, claims),
  };
}

/** What the list and the map show of a service at one of its places. */
export function cardOf(service: ServiceParts, place: Place | undefined, zone = place?.zone): Card {
  const phones = [...(place?.phones ?? []), ...service.phones];
  const phone = firstOf(phones, "voice");
  const text = firstOf(phones, "text")?.dial;
  const address = place?.virtual ? undefined : place?.address;
  return {
    name: service.name,
    ...(service.organization && service.organization !== service.name ? { organization: service.organization } : {}),
    ...(service.description ? { summary: summaryOf(service.description) } : {}),
    ...(phone?.dial ? { phone: phone.dial } : phone ? { phoneAsWritten: phone.number } : {}),
    ...(text ? { text } : {}),
    ...(service.url ? { url: service.url } : {}),
    ...(address?.address_1 ? { street: address.address_1 } : {}),
    ...(address?.city ? { city: address.city } : {}),
    ...(address?.state_province ? { region: address.state_province } : {}),
    ...(address?.postal_code ? { postalCode: address.postal_code } : {}),
    ...(zone ? { zone } : {}),
    ...(isClosedForNow(service) ? { closedForNow: true as const } : {}),
    languages: [...new Set([...service.languages, ...(place?.languages ?? [])])],
    terms: service.terms,
    ...standingOf(service.kind, service.claims),
  };
}
