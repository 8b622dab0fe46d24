import { words, type Language } from "../../../platform/i18n/words.ts";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

export const say = words({ en, es });
export type DeskKey = keyof typeof en;

/** A code of why something is here (`selfHarm`, `worried`, `read_first`), in words; one that has no sentence yet is shown by its own name. */
export function whyInWords(language: Language, code: string): string {
  const key = `why_${code}`;
  return Object.hasOwn(en, key) ? say(language)(key as DeskKey) : code.replaceAll("_", " ");
}

/** Sentences to begin with, each in the words as `phrase_…`. */
export const phraseIds = ["thank_you", "names_out", "method_out", "contact_out", "kinder", "own_doctor", "other_place"] as const;
export type PhraseOfDesk = (typeof phraseIds)[number];
