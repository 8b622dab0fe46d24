import { FactLines, type FactShown } from "../../../../../platform/ui/listing-page.tsx";
import { dayOf, languageNames, mayDial, type Speech } from "../../../finder/in-words/rules.ts";
import { isTerm, type Group } from "../../../taxonomy/rules.ts";
import type { Field } from "../../../types.ts";
import { lineWords, provenance, zoneLine, type Reader } from "../../in-words/rules.ts";
import { weekOf } from "../../hours/rules.ts";
import { useOf } from "../../rules.ts";
import type { Phone } from "../../types.ts";
import { say } from "../../words.ts";
import { addressOf, hoursOf, phonesOf, standingFor } from "../rules.ts";
import type { Credential, Here } from "../types.ts";

/** Everything that is known and may still be shown, with who says so, to a reader in `country`. What has no statement of its own stands on what was said of the whole. */
export function factsOf(at: Here, reader: Reader, speech: Speech, country: string): readonly FactShown[] {
  const { service, listing, credentials } = at;
  const t = say(reader.language);
  const fact = (field: Field, name: string, lines: readonly (string | undefined)[]): FactShown[] => {
    const claim = standingFor(service, field, reader.now);
    const said = lines.filter((line): line is string => Boolean(line));
    if (!claim || said.length === 0) return [];
    return [{ name, value: <FactLines lines={said} />, by: provenance(service.kind, claim, reader) }];
  };
  const terms = (...groups: Group[]) => [service.terms.filter(isTerm).filter((term) => groups.some((group) => term.startsWith(`${group}_`))).map(speech.term).join(", ")];
  const week = weekOf(hoursOf(at), listing.card.zone, reader.now.toZonedDateTimeISO(reader.zone ?? "UTC").toPlainDate());
  const address = addressOf(at, reader.now);
  return [
    ...fact("about", t("saysAbout"), [service.description]),
    ...fact("hours", t("saysHours"), [...week.map((line) => lineWords(line, reader)), zoneLine(week, reader)]),
    ...fact("place", t("saysPlace"), address ? [address.address_1, address.address_2 ?? undefined, [address.city, address.state_province, address.postal_code].filter(Boolean).join(", ")] : []),
    ...fact("who", t("saysWho"), terms("w")),
    ...fact("who", t("saysHelp"), terms("s")),
    ...fact("who", t("saysHow"), terms("t")),
    ...fact("languages", t("saysLanguages"), [languageNames(listing.card.languages, reader.language)]),
    ...fact("cost", t("saysCost"), [...terms("c"), service.fees]),
    ...fact("insurance", t("saysInsurance"), terms("i")),
    ...fact("who", t("saysGood"), terms("p")),
    ...fact("credential", t("saysCredential"), credentials.map((one) => credentialWords(one, reader))),
    ...fact("about", t("saysStart"), [service.howToApply]),
    ...fact("about", t("saysEligible"), [service.eligibility]),
    ...fact("contact", t("saysContact"), contactLines(at, reader, country)),
  ];
}

/** Numbers as they are read out, and their page; also what no phone can dial, but no short code of another country. */
function contactLines(at: Here, { language }: Reader, country: string): readonly (string | undefined)[] {
  const t = say(language);
  const labels = { voice: undefined, text: t("isText"), textphone: t("isTextphone"), fax: t("isFax") };
  const lineOf = ({ number, extension, dial, description, type }: Phone) => {
    if (!dial) return t("noDial", { number });
    return mayDial(dial, country) ? [extension ? `${dial.shown} ×${extension}` : dial.shown, labels[useOf({ type })], description].filter(Boolean).join(" · ") : undefined;
  };
  const numbers = phonesOf(at).map(lineOf);
  return [...numbers, at.service.email, at.service.url && /^https?:/.test(at.service.url) ? at.service.url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "") : undefined];
}

function credentialWords({ kind, number, issuer, checkedOn }: Credential, { language, now }: Reader): string {
  const t = say(language);
  const day = checkedOn && dayOf(checkedOn.toZonedDateTime("UTC").epochMilliseconds, "UTC", language, now.epochMilliseconds);
  return [t(`credential_${kind}`), number, issuer, day ? t("credentialChecked", { day }) : t("credentialUnchecked")].filter(Boolean).join(", ");
}
