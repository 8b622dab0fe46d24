import type { Instant } from "../../../../platform/time/time.ts";
import { claimFor, isShown, standingOf } from "../../claims/rules.ts";
import { markText, mayDial, type Speech } from "../../finder/in-words/rules.ts";
import { lineWords, type Reader } from "../in-words/rules.ts";
import { openState, weekOf, type OpenState } from "../hours/rules.ts";
import type { Claim, Field } from "../../types.ts";
import { isClosedForNow, useOf } from "../rules.ts";
import type { Address, Hours, Phone, PhoneUse } from "../types.ts";
import type { ToKeep } from "../vcard/rules.ts";
import { say } from "../words.ts";
import type { Here } from "./types.ts";

const inTurn: readonly PhoneUse[] = ["voice", "text", "textphone", "fax"];

/** Those for talking first, then those for texts; of each the place's own first, and each number once. */
export function phonesOf({ service, place }: Pick<Here, "service" | "place">): readonly Phone[] {
  const seen = new Set<string>();
  const all = [...(place?.phones ?? []), ...service.phones].filter((phone) => {
    const key = [phone.dial?.dial ?? phone.number, useOf(phone), phone.extension].join(" ");
    return !seen.has(key) && seen.add(key);
  });
  return inTurn.flatMap((use) => all.filter((phone) => useOf(phone) === use));
}

export const hoursOf = ({ service, place }: Pick<Here, "service" | "place">): readonly Hours[] => (place && place.hours.length > 0 ? place.hours : service.hours);

/** Where one can go, while that may be said. */
export const addressOf = ({ service, place }: Pick<Here, "service" | "place">, now: Instant): Address | undefined => (place && !place.virtual && standingFor(service, "place", now) ? place.address : undefined);

/** Whether it is open now, while its hours may be shown and it is not closed for a time. */
export const openStateOf = (at: Here, now: Instant): OpenState => (standingFor(at.service, "hours", now) && !isClosedForNow(at.service) ? openState(hoursOf(at), at.listing.card.zone, now) : { is: "unknown" });

/** The statement that this field of a listing stands on, while it may be shown. */
export function standingFor({ kind, claims }: Here["service"], field: Field, now: Instant): Claim | undefined {
  const claim = claimFor(claims, field);
  return claim && isShown(kind, field, standingOf(kind, claim, now)) ? claim : undefined;
}

/** What her address book gets: numbers that work where she is, and how sure we were on the day. */
export function toKeep(at: Here, reader: Reader, speech: Speech, country: string): ToKeep {
  const { listing, service } = at;
  const shows = (field: Field) => standingFor(service, field, reader.now) !== undefined;
  const address = addressOf(at, reader.now);
  const when = { now: reader.now.epochMilliseconds, zone: reader.zone ?? listing.card.zone ?? "UTC" };
  const week = weekOf(hoursOf(at), listing.card.zone, reader.now.toZonedDateTimeISO(when.zone).toPlainDate());
  const hours = (shows("hours") && !isClosedForNow(service) ? week : []).map((line) => lineWords(line, { ...reader, zone: undefined })).join("; ");
  return {
    uid: listing.id,
    name: service.name,
    organization: listing.card.organization,
    phones: phonesOf(at).filter(({ dial }) => !dial || mayDial(dial, country)),
    email: shows("contact") ? service.email : undefined,
    url: shows("contact") ? service.url : undefined,
    address,
    at: address && listing.at,
    notes: [...(isClosedForNow(service) ? [speech.t("cardClosedForNow")] : []), ...(hours ? [say(reader.language)("vcardHours", { hours })] : []), markText(listing, when, speech)],
  };
}
