/** What a text may speak of. Found by words alone, so it orders a queue and shows help; it says nothing about a person. */
export type SignalKind = "selfHarm" | "planOrMeans" | "goodbye" | "psychosis" | "harmByOther" | "babyAtRisk" | "frighteningThoughts" | "despair";

/**
 * How soon somebody should read it.
 * P0: now, and the person on call is paged. P1: today. P2: frightening thoughts that nobody wants to follow: reassurance, no alarm. P3: in its turn.
 */
export type Priority = "P0" | "P1" | "P2" | "P3";

/** One thing that the rules found: what, by which rule, and the words that it stands on. */
export type Signal = { readonly kind: SignalKind; readonly level: "now" | "today" | "reassure"; readonly rule: string; readonly words: string };
export type Reading = { readonly priority: Priority; readonly signals: readonly Signal[] };

/** What may be said around words and change what they mean. */
export type Around = "negated" | "past" | "story" | "feared";

/**
 * A rule file of one language, to be read and signed by a clinician.
 * `plainer`: how people write a word in a hurry, and what is meant. `groups`: words that mean the same here, by a name.
 * `idioms`: ways of speaking that mean nothing by it. `around`: what makes the words after it negated, past, a story, or something feared.
 */
export type RuleFile = {
  readonly language: string;
  readonly plainer: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly idioms: readonly string[];
  readonly around: Readonly<Record<Around, readonly string[]>>;
  readonly rules: readonly RuleLine[];
};

/**
 * One rule. `find`: patterns, any of them. `except`: what must not be around them (left out: negated, past, story).
 * How a pattern is written: `patterns/rules.ts`.
 */
export type RuleLine = { readonly id: string; readonly kind: SignalKind; readonly level: Signal["level"]; readonly find: readonly string[]; readonly except?: readonly Around[] };
