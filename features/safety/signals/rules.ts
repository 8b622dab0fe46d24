import english from "./language/en.json" with { type: "json" };
import spanish from "./language/es.json" with { type: "json" };
import { compile, find, tokensOf, type Compiled, type Found, type Token } from "./patterns/rules.ts";
import type { Around, Priority, Reading, RuleFile, RuleLine, Signal } from "./types.ts";

type Ready = {
  readonly plainer: RuleFile["plainer"];
  readonly idioms: readonly Compiled[];
  readonly around: ReadonlyMap<Around, readonly Compiled[]>;
  readonly rules: readonly { readonly line: RuleLine; readonly patterns: readonly Compiled[] }[];
};

/** A rule file made ready, once. */
export function ready({ plainer, groups, idioms, around, rules }: RuleFile): Ready {
  const all = (patterns: readonly string[]) => patterns.map((pattern) => compile(pattern, groups));
  return {
    plainer,
    idioms: all(idioms),
    around: new Map(Object.entries(around).map(([kind, patterns]) => [kind as Around, all(patterns)])),
    rules: rules.map((line) => ({ line, patterns: all(line.find) })),
  };
}

/** Every language's rules read every text: nobody's language can be told from four words (franc-min took "I want to die" for Polish). */
const files: readonly Ready[] = [english, spanish].map((file) => ready(file as unknown as RuleFile));

const usual: readonly Around[] = ["negated", "past", "story"];
/** How many words before a finding may say no to it; a pause ends it. */
const negationReach = 4;

/** Is what was found said in a way that makes it something else? */
function isAround(kind: Around, { start, end }: Found, tokens: readonly Token[], places: readonly Found[]): boolean {
  const [sentence = 0, last = 0] = [tokens[start]?.sentence, tokens[end - 1]?.sentence];
  const sentenceOf = (place: Found) => tokens[place.start]?.sentence ?? 0;
  switch (kind) {
    case "negated":
      return places.some((place) => place.end <= start && sentenceOf(place) === sentence && start - place.end < negationReach && !tokens.slice(place.end, start + 1).some(({ pause }) => pause));
    case "past":
      return places.some((place) => sentenceOf(place) >= sentence && sentenceOf(place) <= last);
    case "story":
      return places.some((place) => sentenceOf(place) >= sentence - 1 && sentenceOf(place) <= last);
    case "feared":
      return places.some((place) => sentenceOf(place) >= sentence - 2 && sentenceOf(place) <= last + 2);
  }
}

function signalsBy({ plainer, idioms, around, rules }: Ready, text: string): Signal[] {
  const said = tokensOf(text, plainer);
  const idle = new Set(idioms.flatMap((idiom) => find(said, idiom)).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)));
  const tokens = said.map((token, at) => (idle.has(at) ? { ...token, word: "_" } : token));
  const places = new Map([...around].map(([kind, patterns]) => [kind, patterns.flatMap((pattern) => find(tokens, pattern))]));
  return rules.flatMap(({ line: { id, kind, level, except = usual }, patterns }) => {
    const found = patterns.flatMap((pattern) => find(tokens, pattern)).find((one) => !except.some((what) => isAround(what, one, tokens, places.get(what) ?? [])));
    return found ? [{ kind, level, rule: id, words: tokens.slice(found.start, found.end).map(({ word }) => word).join(" ") }] : [];
  });
}

/** What outweighs frightening thoughts, where both were said: somebody else's hand, and the wish to be dead. */
const outweighs = ({ kind, level }: Signal): boolean => level === "today" && (kind === "selfHarm" || kind === "harmByOther");

/** P0 where one thing is for now; reassurance where thoughts frighten and nothing graver was said; P1 where somebody should answer today. */
export function priorityOf(signals: readonly Signal[]): Priority {
  const has = (level: Signal["level"]) => signals.some((signal) => signal.level === level);
  if (has("now")) return "P0";
  if (has("reassure") && !signals.some(outweighs)) return "P2";
  return has("today") || has("reassure") ? "P1" : "P3";
}

/**
 * What a text may speak of, by the words in it, and how soon somebody should read it.
 * It orders a queue and shows its author help. It hides nothing, is kept on nobody, and calls nobody.
 */
export function read(text: string): Reading {
  const signals = files.flatMap((file) => signalsBy(file, text));
  return { priority: priorityOf(signals), signals };
}
