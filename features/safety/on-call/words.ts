import { words, type Language } from "../../../platform/i18n/words.ts";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

export const say = words({ en, es });
export type OnCallKey = keyof typeof en;

const keyOf = (kind: "reason" | "kind", name: string): OnCallKey => (Object.hasOwn(en, `${kind}_${name}`) ? (`${kind}_${name}` as OnCallKey) : `${kind}_other`);
/** Why somebody is needed, and for what, in words; where we have none for it, that somebody should look. */
export const reasonIn = (language: Language, reason: string): string => say(language)(keyOf("reason", reason));
export const kindIn = (language: Language, kind: string): string => say(language)(keyOf("kind", kind));
