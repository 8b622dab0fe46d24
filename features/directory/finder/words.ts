import { words, type Language } from "../../../platform/i18n/words.ts";
import { say as sayTerm } from "../taxonomy/words.ts";
import type { Speech } from "./in-words/rules.ts";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

export const say = words({ en, es });

/** By language, for a page that hands some of them to its script. */
export const sentences = { en, es };
/** What the cards of listings are written with, on the server. */
export const speechIn = (language: Language): Speech => ({ language, t: say(language), term: sayTerm(language) });
