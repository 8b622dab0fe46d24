import type { Language } from "../../../../platform/i18n/words.ts";
import { languageNames } from "../../finder/in-words/rules.ts";
import { isTerm, type Group } from "../../taxonomy/rules.ts";
import { say as sayTerm } from "../../taxonomy/words.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { weekOf } from "../../listing/hours/rules.ts";
import { lineWords } from "../../listing/in-words/rules.ts";
import type { ServiceParts } from "../../listing/types.ts";
import type { Field } from "../../types.ts";
import { say } from "../words.ts";

const group = (service: ServiceParts, wanted: readonly Group[], language: Language): string =>
  service.terms
    .filter(isTerm)
    .filter((term) => wanted.some((letter) => term.startsWith(`${letter}_`)))
    .map((term) => sayTerm(language)(term))
    .join(", ");

const some = (...lines: (string | undefined)[]): readonly string[] => [...new Set(lines.flatMap((line) => line || []))];

/** What is shown of a service under each field, in lines, for reading out on the phone at `now`. Fields of which nothing is known are empty. */
export function readOut(service: ServiceParts, language: Language, now: Instant): Readonly<Record<Field, readonly string[]>> {
  const t = say(language);
  const claimed = (field: Field) => service.claims.find((claim) => claim.field === field)?.value ?? "";
  const accepting = claimed("accepting");
  const codes = [...new Set([...service.languages, ...service.places.flatMap(({ languages }) => languages)])];
  const zone = service.places.find((place) => place.zone)?.zone;
  // By their own clock: that is the one which is read out to them.
  const week = weekOf([...service.hours, ...service.places.flatMap(({ hours }) => hours)], zone, now.toZonedDateTimeISO(zone ?? "UTC").toPlainDate());
  const wait = claimed("wait");
  return {
    about: some(service.description ?? service.name),
    contact: some(...[...service.phones, ...service.places.flatMap(({ phones }) => phones)].map(({ number, extension }) => (extension ? `${number} x${extension}` : number)), service.email, service.url),
    hours: some(...week.map((line) => lineWords(line, { language, now, zone: undefined }))),
    place: some(...service.places.map(({ address }) => (address ? [address.address_1, address.city, address.state_province, address.postal_code].filter(Boolean).join(", ") : undefined))),
    languages: some(languageNames(codes, language)),
    who: some(group(service, ["w"], language), group(service, ["s"], language), group(service, ["p"], language)),
    cost: some(group(service, ["c"], language), service.fees),
    insurance: some(group(service, ["i"], language)),
    accepting: some(accepting === "yes" || accepting === "no" || accepting === "waitlist" ? t(`acc_${accepting}`) : undefined),
    wait: some(/^\d+$/.test(wait) ? t("waitDays", { days: Number(wait) }) : undefined),
    credential: [],
  };
}
