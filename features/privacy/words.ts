import { words } from "../../platform/i18n/words.ts";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

export const say = words({ en, es });
export type PrivacyKey = keyof typeof en;
