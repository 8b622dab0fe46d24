import { words } from "../../../platform/i18n/words.ts";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

export const say = words({ en, es });
export type WordKey = keyof typeof en;

const isKey = (text: string): text is WordKey => Object.hasOwn(en, text);
/** Problems come as keys of sentences; anything else is told in the plainest way. */
export const asKey = (text: string): WordKey => (isKey(text) ? text : "problemAny");
