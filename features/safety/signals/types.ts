/** What a text may speak of. Found by words alone, so it orders a queue and shows help; it says nothing about a person. */
export type SignalKind = "selfHarm" | "psychosis" | "harmByOther" | "babyAtRisk" | "despair" | "frighteningThoughts";

/**
 * How soon somebody should read it.
 * P0: now, and the person on call is paged. P1: today. P2: frightening thoughts that nobody wants to follow: reassurance, no alarm. P3: in its turn.
 */
export type Priority = "P0" | "P1" | "P2" | "P3";

/** One thing that was found, and the words of the text that it stands on, as they were written. */
export type Signal = { readonly kind: SignalKind; readonly level: "now" | "today" | "reassure"; readonly words: readonly string[] };
export type Reading = { readonly priority: Priority; readonly signals: readonly Signal[] };

/** The four classes of sentences that the scorecard is learned from, in the order of its points. */
export const classes = ["urgent", "concern", "thoughts", "ordinary"] as const;
export type Class = (typeof classes)[number];
export type Sentence = { readonly text: string; readonly class: Class };

export type Language = "en" | "es";

/**
 * What is known of a language, to be read by people. `common`: its small words, by which it is told. `plainer`: how people write a word in a hurry, and what is meant.
 * `groups`: words that mean much the same here, by a name that both languages share; words are parted by commas, and one that ends in `*` stands for all that begin so.
 */
export type LanguageFile = { readonly common: string; readonly plainer: Readonly<Record<string, string>>; readonly groups: Readonly<Record<string, string>> };

/** What a phrase adds to each class, in whole points from -127 to 127. */
export type Points = readonly [urgent: number, concern: number, thoughts: number, ordinary: number];
export type PointsOf = (phrase: string) => Points | undefined;

/** From how many hundredths on a text is for now, by language. */
export type Line = Readonly<Record<Language, number>>;

/** What was learned: that line, and the points of phrases. How a phrase is written: `phrases/rules.ts`. */
export type Scorecard = { readonly now: Line; readonly pointsOf: PointsOf };
