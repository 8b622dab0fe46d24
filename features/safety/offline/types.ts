import type { Language } from "../../../platform/i18n/words.ts";

/** The help pages of every country, as her phone keeps them for the day without a connection. */
export type OfflinePages = {
  /** By language: the list of countries, and country pages with tokens where they differ. All of those begin with `start` and end with `end`. */
  readonly pages: Record<Language, { readonly index: string; readonly start: string; readonly end: string; readonly countries: readonly string[] }>;
  /** By lower-case code: which page of `countries` each has, and what stands for its tokens. */
  readonly countries: Readonly<Record<string, { readonly page: number; readonly fill: Record<Language, readonly string[]> }>>;
};

/** What she chose, as the server knew it last. */
export type OfflineChoices = { readonly language: Language; readonly own: string; readonly exit: string };

export type WorkerSettings = {
  readonly version: string;
  readonly pages: string;
  readonly choices: string;
  /** The one page that puts itself by. */
  readonly finder: string;
  /** Style and script of the pages. */
  readonly files: readonly string[];
};
