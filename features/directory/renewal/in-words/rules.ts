import type { Language } from "../../../../platform/i18n/words.ts";
import { languageName } from "../../../../platform/i18n/names.ts";
import { dayInWords } from "../../../../platform/time/time.ts";
import type { Hours, Phone } from "../../listing/types.ts";
import { isTerm } from "../../taxonomy/rules.ts";
import { say as term } from "../../taxonomy/words.ts";
import type { Claim, Field } from "../../types.ts";
import { fieldOf, weekdays } from "../rules.ts";
import type { OwnListing } from "../types.ts";
import { say } from "../words.ts";

const locale = { en: "en-US", es: "es-419" } as const;

/** "Monday" of MO. 2026-06-01 is a Monday. */
export const dayName = (day: (typeof weekdays)[number], language: Language, width: "long" | "short" = "long"): string => {
  const name = new Temporal.PlainDate(2026, 6, 1 + weekdays.indexOf(day)).toLocaleString(locale[language], { weekday: width });
  return name.charAt(0).toLocaleUpperCase(locale[language]) + name.slice(1);
};

/** "Mon, Wed, 9:00 AM to 5:00 PM". */
function hoursText({ byday, opensAt, closesAt, description }: Hours, language: Language): string {
  const days = (byday ?? "").split(",").flatMap((code) => weekdays.find((day) => day === code.trim().slice(-2)) ?? []);
  const time = (at: Temporal.PlainTime | undefined) => at?.toLocaleString(locale[language], { hour: "numeric", minute: "2-digit" });
  const span = [time(opensAt), time(closesAt)].filter(Boolean).join(" – ");
  return [days.map((day) => dayName(day, language, "short")).join(", "), span, description].filter(Boolean).join(", ");
}

const phoneText = ({ number, extension }: Phone): string => (extension ? `${number} x${extension}` : number);

/** What is shown of a field, a line each. */
export function linesOf({ service, accepting, waitDays }: OwnListing, field: Field, language: Language): readonly string[] {
  const t = say(language);
  const some = (...texts: (string | undefined)[]) => [...new Set(texts.flatMap((text) => text ?? []))];
  const terms = service.terms.filter(isTerm).filter((one) => fieldOf(one) === field).map((one) => term(language)(one));
  switch (field) {
    case "about":
      return some(service.organization === service.name ? undefined : service.organization, service.description, terms.join(", ") || undefined);
    case "contact":
      return some(...[...service.phones, ...service.places.flatMap(({ phones }) => phones)].map(phoneText), service.url, service.email);
    case "place":
      return some(...service.places.map(({ address, name }) => (address ? [address.address_1, address.city, address.state_province, address.postal_code].filter(Boolean).join(", ") : name)));
    case "hours":
      return some(...[...service.hours, ...service.places.flatMap(({ hours }) => hours)].map((hours) => hoursText(hours, language) || undefined));
    case "languages":
      return [some(...service.languages, ...service.places.flatMap(({ languages }) => languages)).map((code) => languageName(code, language)).join(", ")];
    case "cost":
      return some(terms.join(", ") || undefined, service.fees);
    case "accepting":
      return accepting ? [t(`room_${accepting}`)] : [];
    case "wait":
      return waitDays === undefined ? [] : [t("waitDays", { days: waitDays })];
    default:
      return some(terms.join(", ") || undefined);
  }
}

/** Who says so, and since when. */
export function saidText(claim: Claim | undefined, zone: string, language: Language): string {
  const t = say(language);
  if (!claim) return t("said_nobody");
  if (!claim.verifiedAt) return claim.method === "import" || claim.method === "seed" ? t("said_source", { source: claim.source }) : t("said_nobody");
  const day = dayInWords(claim.verifiedAt, zone, language);
  return t(claim.method === "call" ? "said_call" : claim.method === "web_page" ? "said_page" : "said_owner", { day });
}
