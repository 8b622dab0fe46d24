import type { Language } from "../../../../platform/i18n/words.ts";
import { dayInWords } from "../../../../platform/time/time.ts";
import type { Network } from "../../../network/types.ts";
import { complaintsGoTo } from "../../rules.ts";
import { say } from "../../words.ts";
import type { AffectedOne, Breach } from "../types.ts";

/** The list for the notice, with its head. */
export function affectedRows(language: Language, ones: readonly AffectedOne[]): readonly (readonly string[])[] {
  const t = say(language);
  const wayOf = ({ person, hasEmail }: AffectedOne) => t(person === "owner" ? "way_contact" : person !== "member" ? "way_link" : hasEmail ? "way_email" : "way_here");
  return [[t("affectedKind"), t("affectedId"), t("affectedName"), t("affectedWay")], ...ones.map((one) => [t(`person_${one.person}`), one.id, one.name ?? "", wayOf(one)])];
}

/** On which days it was, as a sentence of ours takes them; one day is said once. */
export function daysOf(language: Language, { from, until }: Pick<Breach, "from" | "until">, zone: string): { readonly from: string; readonly until: string; readonly sameDay: "yes" | "no" } {
  const day = (at: Breach["from"]) => dayInWords(at, zone, language);
  const days = { from: day(from), until: day(until.subtract({ seconds: 1 })) };
  return { ...days, sameDay: days.from === days.until ? "yes" : "no" };
}

/**
 * A notice to start from, in the order that the rules ask for: what happened and when, what it touched, what was done, what to do, whom to ask
 * (16 CFR 318.6; GDPR, art. 34).
 */
export function noticeIn(language: Language, breach: Breach, network: Network | undefined): readonly string[] {
  const t = say(language);
  const { kind, classes, knownAt } = breach;
  const zone = network?.zone ?? "UTC";
  const contact = network?.privacy.contact || t("noticeNoContact");
  return [
    t("notice1", { network: network?.name ?? "" }),
    t(`notice2_${kind}`),
    t("notice3", { ...daysOf(language, breach, zone), known: dayInWords(knownAt, zone, language) }),
    t("notice4", { classes: new Intl.ListFormat(language).format(classes.map((id) => t(`name_${id}`))) }),
    t("notice5"),
    t("notice6"),
    t("notice7"),
    t("notice8", { contact, complain: t(`complain_${complaintsGoTo(network?.country ?? "")}`) }),
  ];
}
