import type { Language } from "../../../../platform/i18n/words.ts";
import { say } from "../../words.ts";
import type { Shared } from "../types.ts";

/** The whole sentence that she says yes to: it is what is kept. */
export function sentenceOf(language: Language, { whom, what }: { readonly whom: string; readonly what: readonly Shared[] }): string {
  const t = say(language);
  return t("shareSentence", { what: new Intl.ListFormat(language).format(what.map((one) => t(`share_${one}`))), whom });
}
