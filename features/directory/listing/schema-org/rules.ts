import type { Instant } from "../../../../platform/time/time.ts";
import { acceptingAt, markOf } from "../../claims/now/rules.ts";
import { mayDial, telTo } from "../../finder/in-words/rules.ts";
import type { Kind } from "../../types.ts";
import { daysOf, isAllDay, type Weekday } from "../hours/rules.ts";
import { hoursOf, phonesOf, standingFor } from "../page/rules.ts";
import type { Here } from "../page/types.ts";
import { isClosedForNow, useOf } from "../rules.ts";
import type { Hours, Phone } from "../types.ts";

type Json = Readonly<Record<string, unknown>>;

const typeNames: Readonly<Record<Exclude<Kind, "provider">, string>> = { crisis_line: "crisis line", warmline: "warmline", group: "support group", resource: "practical help" };

/**
 * A listing in schema.org's words, for programs that read its page: only what the page shows at `now`, and what may be dialled in `country`.
 * Undefined while it is in doubt, since those words know no doubt. `page`: its address.
 */
export function schemaOrgOf(at: Here, page: string, country: string, now: Instant): Json | undefined {
  const { listing, service, place } = at;
  const ms = now.epochMilliseconds;
  const mark = markOf(listing, listing.inDoubt, ms);
  if (mark === "in_doubt") return undefined;
  const shows = (field: Parameters<typeof standingFor>[1]) => standingFor(service, field, now) !== undefined;
  const reviewed = mark === "verified" && listing.verifiedAt !== undefined ? Temporal.Instant.fromEpochMilliseconds(listing.verifiedAt).toString().slice(0, 10) : undefined;
  const numbers = phonesOf(at).filter(({ dial, type }) => mayDial(dial, country) && (useOf({ type }) === "voice" || isText({ type })));
  const known = {
    "@context": "https://schema.org",
    name: service.name,
    description: shows("about") ? service.description : undefined,
    mainEntityOfPage: { "@type": "WebPage", "@id": page, lastReviewed: reviewed },
  };
  const reach = { url: webAddress(service.url), languages: shows("languages") ? listing.card.languages : [], location: shows("place") ? placeOf(at) : undefined };
  const open = shows("hours") && !isClosedForNow(service) ? hoursOf(at).flatMap((hours) => openingOf(hours, place !== undefined && !place.virtual, now)) : [];
  return clean(service.kind === "provider" ? { ...known, ...clinic(at, numbers, reach, open, ms) } : { ...known, ...offered(at, typeNames[service.kind], numbers, reach, open) });
}

type Reach = { readonly url: string | undefined; readonly languages: readonly string[]; readonly location: Json | undefined };

/** Somebody who treats: whether new patients are taken is said only while that answer counts. */
function clinic({ listing, service }: Here, numbers: readonly Phone[], { url, languages, location }: Reach, open: readonly Json[], now: number): Json {
  const room = acceptingAt(listing.accepting, listing.acceptingUntil, now);
  return {
    "@type": "MedicalOrganization",
    parentOrganization: listing.card.organization ? { "@type": "Organization", name: listing.card.organization } : undefined,
    url,
    email: service.email,
    contactPoint: numbers.map((phone) => ({ ...contactPoint(phone), availableLanguage: languages })),
    location: location ? { ...location, openingHoursSpecification: open } : undefined,
    isAcceptingNewPatients: room === "yes" ? true : room === "no" ? false : undefined,
  };
}

/** A line, a group, a pantry: a service, and by which ways it is reached. */
function offered({ listing, service }: Here, serviceType: string, numbers: readonly Phone[], { url, languages, location }: Reach, open: readonly Json[]): Json {
  const channel = { "@type": "ServiceChannel", availableLanguage: languages };
  const channels = [
    ...numbers.map((phone) => ({ ...channel, [isText(phone) ? "serviceSmsNumber" : "servicePhone"]: contactPoint(phone) })),
    ...(url ? [{ ...channel, serviceUrl: url }] : []),
    ...(location ? [{ ...channel, serviceLocation: location }] : []),
  ];
  const provider = { "@type": "Organization", name: listing.card.organization ?? service.name, email: service.email };
  return { "@type": "Service", serviceType, provider, availableChannel: channels, hoursAvailable: open };
}

const isText = (phone: Pick<Phone, "type">): boolean => useOf(phone) === "text";
const contactPoint = ({ dial, extension }: Phone): Json => ({ "@type": "ContactPoint", telephone: dial && telTo(dial, extension).slice("tel:".length) });
const webAddress = (url: string | undefined): string | undefined => (url && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined);

function placeOf({ listing, place }: Here): Json | undefined {
  const { address } = place ?? {};
  if (!address || place?.virtual) return undefined;
  const geo = listing.at ? { "@type": "GeoCoordinates", ...listing.at } : undefined;
  const street = [address.address_1, address.address_2].filter(Boolean).join(", ");
  return { "@type": "Place", address: { "@type": "PostalAddress", streetAddress: street, addressLocality: address.city, addressRegion: address.state_province, postalCode: address.postal_code, addressCountry: address.country }, geo };
}

const dayNames: Readonly<Record<Weekday, string>> = { MO: "Monday", TU: "Tuesday", WE: "Wednesday", TH: "Thursday", FR: "Friday", SA: "Saturday", SU: "Sunday" };

/** Hours of each week. Those of every second one, or of a day of the month, have no words there; nor have times whose clock no place tells. */
function openingOf(hours: Hours, isSomewhere: boolean, now: Instant): Json[] {
  const days = daysOf(hours.byday ?? "");
  const isOver = hours.to !== undefined && Temporal.PlainDate.compare(hours.to, now.toZonedDateTimeISO(hours.zone ?? "UTC").toPlainDate()) < 0;
  if (isOver || hours.bymonthday || hours.interval > 1 || days.length === 0 || days.some(({ nth }) => nth !== undefined) || !hours.opensAt || !hours.closesAt) return [];
  if (!isSomewhere && !isAllDay(hours)) return [];
  const clock = (time: Temporal.PlainTime) => time.toString({ smallestUnit: "minute" });
  return [{ "@type": "OpeningHoursSpecification", dayOfWeek: days.map(({ weekday }) => `https://schema.org/${dayNames[weekday]}`), opens: clock(hours.opensAt), closes: clock(hours.closesAt), validFrom: hours.from?.toString(), validThrough: hours.to?.toString() }];
}

/** Without what nobody said. */
function clean(value: Json): Json {
  const said = Object.entries(value).map(([name, one]) => [name, Array.isArray(one) ? one.map((each: unknown) => (isObject(each) ? clean(each) : each)) : isObject(one) ? clean(one) : one] as const);
  return Object.fromEntries(said.filter(([, one]) => one !== undefined && one !== "" && one !== null && !(Array.isArray(one) && one.length === 0)));
}
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
