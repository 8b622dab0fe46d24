import type { Language } from "../../../../../platform/i18n/words.ts";
import { dayInWords } from "../../../../../platform/time/time.ts";
import type { Network } from "../../../../network/types.ts";
import { complaintsGoTo } from "../../../rules.ts";
import { say, type PrivacyKey } from "../../../words.ts";
import { daysOf } from "../../in-words/rules.ts";
import type { NoticeSaid } from "../types.ts";

export type NoticePart = { readonly title: PrivacyKey; readonly lines: readonly string[] };

/**
 * A notice as it is read, part by part: what happened and when, what of hers, what was done, what she may do, whom to ask
 * (16 CFR 318.6; GDPR, art. 34). `zone`: of whoever reads it.
 */
export function partsInWords(language: Language, { breach, words }: NoticeSaid, network: Network | undefined, zone: string): readonly NoticePart[] {
  const t = say(language);
  const { happened, did, may } = words[language];
  const contact = network?.privacy.contact;
  return [
    { title: "toldHappened", lines: [t(`notice2_${breach.kind}`), happened, t("notice3", { ...daysOf(language, breach, zone), known: dayInWords(breach.knownAt, zone, language) })] },
    { title: "toldWhat", lines: [t("notice4", { classes: new Intl.ListFormat(language).format(breach.classes.map((id) => t(`name_${id}`))) }), t("toldMaybe")] },
    { title: "toldDid", lines: [t("toldSorry"), did] },
    { title: "toldMay", lines: [may, t("toldTalk")] },
    { title: "toldAsk", lines: [contact ? t("toldContact", { contact }) : t("askNoContact"), t(`complain_${complaintsGoTo(network?.country ?? "")}`)] },
  ];
}
