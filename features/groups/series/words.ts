import { words } from "../../../platform/i18n/words.ts";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

export const say = words({ en, es });
export type SeriesKey = keyof typeof en;

/** What the page before did, as it was handed on; undefined for what is not ours. */
export const saidKey = (handed: string | undefined): SeriesKey | undefined => {
  const key = handed?.startsWith("groups_") ? `said_${handed.slice("groups_".length)}` : "";
  return Object.hasOwn(en, key) ? (key as SeriesKey) : undefined;
};
