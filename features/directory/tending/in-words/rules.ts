import { languageName } from "../../../../platform/i18n/names.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { isTerm, type Group } from "../../taxonomy/rules.ts";
import { say as sayTerm } from "../../taxonomy/words.ts";
import type { Hours, ServiceParts } from "../../listing/types.ts";
import type { Field } from "../../types.ts";
import { say } from "../words.ts";

const group = (service: ServiceParts, wanted: readonly Group[], language: Language): string =>
  service.terms
    .filter(isTerm)
    .filter((term) => wanted.some((letter) => term.startsWith(`${letter}_`)))
    .map((term) => sayTerm(language)(term))
    .join(", ");

const hours = ({ byday, opensAt, closesAt, description }: Hours): string =>
  description ?? [byday, opensAt && closesAt ? `${opensAt.toString({ smallestUnit: "minute" })}–${closesAt.toString({ smallestUnit: "minute" })}` : ""].filter(Boolean).join(" ");

/** What is shown of a service under each field, in a line, for reading out on the phone. Fields of which nothing is known are empty. */
export function readOut(service: ServiceParts, language: Language): Readonly<Record<Field, string>> {
  const t = say(language);
  const claimed = (field: Field) => service.claims.find((claim) => claim.field === field)?.value ?? "";
  const accepting = claimed("accepting");
  const codes = [...new Set([...service.languages, ...service.places.flatMap(({ languages }) => languages)])];
  return {
    about: [service.name, service.description].filter(Boolean).join(": "),
    contact: [...[...service.phones, ...service.places.flatMap(({ phones }) => phones)].map(({ number, extension }) => (extension ? `${number} x${extension}` : number)), service.email, service.url].filter(Boolean).join(" · "),
    hours: [...service.hours, ...service.places.flatMap((place) => place.hours)].map(hours).filter(Boolean).join("; "),
    place: service.places.map(({ address }) => (address ? [address.address_1, address.city, address.state_province, address.postal_code].filter(Boolean).join(", ") : "")).filter(Boolean).join("; "),
    languages: codes.map((code) => languageName(code, language)).join(", "),
    who: group(service, ["w", "s", "p"], language),
    cost: [group(service, ["c"], language), service.fees].filter(Boolean).join(". "),
    insurance: group(service, ["i"], language),
    accepting: accepting === "yes" || accepting === "no" || accepting === "waitlist" ? t(`acc_${accepting}`) : "",
    wait: claimed("wait"),
    credential: "",
  };
}
