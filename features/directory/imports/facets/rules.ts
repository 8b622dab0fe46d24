import { fold } from "../../finder/rules.ts";
import { isTerm, type Term } from "../../taxonomy/rules.ts";
import type { Kind } from "../../types.ts";
import crosswalk from "./crosswalk.json" with { type: "json" };

type Phrase<Sense> = { readonly rest: readonly string[]; readonly means: Sense };
type Phrases<Sense> = ReadonlyMap<string, readonly Phrase<Sense>[]>;

/** The words of a text, folded, in order, doubles kept. */
const inTurn = (text: string): string[] => (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map(fold);

/** By the first word of each phrase, so that a text is walked once however many phrases there are. */
function phrasesOf<Sense extends string>(senses: readonly (readonly [Sense, readonly string[]])[]): Phrases<Sense> {
  const all = new Map<string, Phrase<Sense>[]>();
  for (const [means, phrases] of senses)
    for (const phrase of phrases) {
      const [first = "", ...rest] = inTurn(phrase);
      all.set(first, [...(all.get(first) ?? []), { rest, means }]);
    }
  return all;
}

function found<Sense>(words: readonly string[], phrases: Phrases<Sense>): Sense[] {
  const senses: Sense[] = [];
  for (let at = 0; at < words.length; at++) {
    const some = phrases.get(words[at] ?? "");
    if (some) for (const { rest, means } of some) if (rest.every((next, step) => words[at + step + 1] === next)) senses.push(means);
  }
  return senses;
}

const pairs = (terms: object) => Object.entries(terms).filter((pair): pair is [Term, string[]] => isTerm(pair[0]));
const termPhrases = phrasesOf(pairs(crosswalk.terms));
const feePhrases = phrasesOf(pairs(crosswalk.free.terms));

/** Terms of ours that these words point to: of a name, a description, or what a term of the source's own list is called. */
export const termsIn = (text: string): ReadonlySet<Term> => new Set(found(inTurn(text), termPhrases));

/** And those that what is said of fees points to. */
export const termsInFees = (text: string): ReadonlySet<Term> => (text === "" ? none : new Set([...found(inTurn(text), feePhrases), ...found(inTurn(text), termPhrases)].filter((term) => /^[ci]_/.test(term))));
const none: ReadonlySet<Term> = new Set();

const { crisis_line, warmline, group, provider } = crosswalk.kinds;
const kindPhrases = phrasesOf<Kind>([["crisis_line", crisis_line], ["warmline", warmline], ["group", group], ["provider", provider]]);
const order: readonly Kind[] = ["crisis_line", "warmline", "group", "provider"];
const linePhrases = phrasesOf<"line" | "talk">([["line", crosswalk.lines.line], ["talk", crosswalk.lines.talk]]);

/** What a listing of this name is. */
export function kindOf(name: string): Kind {
  const words = inTurn(name);
  const named = new Set(found(words, kindPhrases));
  const line = new Set(found(words, linePhrases));
  if (!named.has("crisis_line") && line.has("line")) return line.has("talk") ? "warmline" : "resource";
  return order.find((kind) => named.has(kind)) ?? "resource";
}

/** A resource by its name whose terms say more: a group, or a provider. */
export const groupTerms: readonly Term[] = ["s_group"];
export const providerTerms = crosswalk.providerTerms as readonly Term[];
