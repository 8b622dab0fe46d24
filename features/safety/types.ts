import type { Language } from "../../platform/i18n/words.ts";

/** Two capital letters (ISO 3166) of a place whose numbers we hold. */
export type Country = string & { readonly country: unique symbol };

/** How sure a number is: two sources or the line's own page (`high`), one public list (`medium`), an old or lone mention (`low`). */
export type Confidence = "high" | "medium" | "low";

/** Where to text, and the word to send first, where one is needed. */
export type TextTo = { readonly to: string; readonly word?: string };

/** Weekdays from `days[0]` to `days[1]` (1 is Monday), in the local time of the line. */
export type LineHours = { readonly days: readonly [number, number]; readonly from: string; readonly to: string };

export type LineNote =
  | "noteUs988"
  | "notePsi"
  | "noteMaternal"
  | "noteReplyHours"
  | "noteGroupsOnSite"
  | "noteNhs"
  | "noteMidwives"
  | "noteLoss"
  | "noteFrance"
  | "noteWashington"
  | "notePsiWorld"
  | "noteFind";

/** One line that a person can call, text or visit. */
export type Line = {
  readonly name: string;
  /** `crisis` lines are for danger; the others are for talking. */
  readonly kind: "crisis" | "perinatal" | "warmline";
  /** A part of its country, where it is for that part alone. */
  readonly region?: string;
  readonly phone?: string;
  readonly text?: TextTo;
  readonly textIn?: Partial<Record<Language, TextTo>>;
  readonly url?: string;
  /** Absent: nobody has confirmed them. */
  readonly hours?: "always" | readonly LineHours[];
  /** Codes of languages. */
  readonly languages: readonly string[];
  readonly interpreters?: boolean;
  readonly note?: LineNote;
  readonly source: string;
  readonly seenOn: string;
  readonly confidence: Confidence;
};

/** A line with the countries in which its number works ("XX": a directory for the whole world). */
export type LineRow = Line & { readonly country: string; readonly alsoIn?: readonly string[] };

/** How a line of our list stands by now, for who looks after it. Of one that nobody has changed there is none. */
export type Standing = {
  /** It closed, or was taken out. */
  readonly gone: boolean;
  /** People could not reach it, and nobody has looked yet. */
  readonly doubted: boolean;
  /** Its numbers, as they are written now. */
  readonly numbers: readonly string[];
  /** The first of them that is for calling. */
  readonly call: string | undefined;
};
export type Standings = ReadonlyMap<LineRow, Standing>;

/** A country's numbers as two sources give them; `disputed` where those differ on the ambulance. */
export type EmergencyRow = {
  readonly country: string;
  readonly ambulance: readonly string[];
  readonly police: readonly string[];
  readonly fire: readonly string[];
  readonly fallback: string;
  readonly agreedByBoth: readonly string[];
  readonly secondSource: readonly string[];
  readonly confidence: "high" | "disputed";
};

export type Emergency = {
  /** What to dial for an ambulance, the best first. */
  readonly ambulance: readonly string[];
  /** False where the sources disagree: the page then says to ask locally. */
  readonly certain: boolean;
  readonly police: readonly string[];
  readonly fire: readonly string[];
};

/** Everything that a country's page shows. */
export type Help = {
  /** Undefined for a place that we hold no numbers of. */
  readonly country: Country | undefined;
  readonly emergency: Emergency;
  readonly crisis: readonly Line[];
  /** For parents: lines to talk, not for danger. */
  readonly parents: readonly Line[];
  /** Directories that know lines of other places. */
  readonly elsewhere: readonly Line[];
};
