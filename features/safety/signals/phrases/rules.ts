import type { LanguageFile } from "../types.ts";

/** One word of a text: small and without accents, as it was written, and the sentence it stands in. */
export type Token = { readonly word: string; readonly said: string; readonly sentence: number };
/** From one word of a text to before another. */
export type Span = { readonly from: number; readonly to: number };

type Row = { readonly words: readonly string[]; readonly group: string };
/** A language file made ready, once. */
export type Lexicon = { readonly common: ReadonlySet<string>; readonly plainer: LanguageFile["plainer"]; readonly whole: ReadonlyMap<string, readonly Row[]>; readonly begun: ReadonlyMap<string, readonly Row[]>; readonly stem: RegExp };

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const listOf = (text: string): string[] => text.split(",").map((one) => plain(one).trim()).filter(Boolean);

/** Endings that change nothing here. */
const endings = {
  en: /(?<=...)(ing|ed|es|s|ly|er)$/,
  es: /(?<=...)(amos|emos|imos|ando|iendo|aron|ieron|aban|abas|aba|ado|ada|idos|idas|ido|ida|arme|arlo|arla|arle|erlo|erla|erme|irme|ar|er|ir|an|en|as|os|es|a|o|e|s)$/,
};

export function lexiconOf(language: keyof typeof endings, { common, plainer, groups }: LanguageFile): Lexicon {
  const [whole, begun] = [new Map<string, Row[]>(), new Map<string, Row[]>()];
  for (const [group, list] of Object.entries(groups))
    for (const entry of listOf(list)) {
      const words = entry.split(" ").flatMap((word) => (word.endsWith("*") ? [word] : (plainer[word] ?? word.replaceAll("'", "")).split(" ")));
      const [first = ""] = words;
      const [rows, key] = first.endsWith("*") ? [begun, first.slice(0, -1)] : [whole, first];
      rows.set(key, [...(rows.get(key) ?? []), { words, group }]);
    }
  return { common: new Set(listOf(common)), plainer, whole, begun, stem: endings[language] };
}

/**
 * The words of a text: small, without accents and apostrophes, hurried ways of writing made plain.
 * A full stop, a question or exclamation mark or a new line ends a sentence.
 */
export function tokensOf(text: string, plainer: LanguageFile["plainer"]): Token[] {
  const tokens: Token[] = [];
  let sentence = 0;
  for (const [piece] of text.normalize("NFC").replace(/[’‘`´]/g, "'").matchAll(/[\p{L}\p{M}\p{N}']+|\p{Extended_Pictographic}|[.!?¿¡\n…;]+/gu)) {
    if (/^[.!?¿¡\n…;]/.test(piece)) {
      sentence += 1;
      continue;
    }
    const small = plain(piece);
    const bare = small.replaceAll("'", "");
    const words = (plainer[small] ?? plainer[bare] ?? bare).split(" ").filter(Boolean);
    words.forEach((word, i) => tokens.push({ word, said: i === 0 ? piece : "", sentence }));
  }
  return tokens;
}

const fits = (word: string | undefined, wanted: string): boolean => word !== undefined && (wanted.endsWith("*") ? word.startsWith(wanted.slice(0, -1)) : word === wanted);

/** The groups whose words begin at `at`, and where they end. */
function groupsAt(tokens: readonly Token[], at: number, { whole, begun }: Lexicon): Map<string, number> {
  const { word = "", sentence } = tokens[at] ?? {};
  const rows = [...(whole.get(word) ?? [])];
  for (let length = 2; length <= word.length; length++) rows.push(...(begun.get(word.slice(0, length)) ?? []));
  const found = new Map<string, number>();
  for (const { words, group } of rows) if (words.every((wanted, i) => i === 0 || (tokens[at + i]?.sentence === sentence && fits(tokens[at + i]?.word, wanted)))) found.set(group, Math.max(found.get(group) ?? 0, at + words.length));
  return found;
}

const stemOf = (word: string, stem: RegExp): string => (word.length <= 3 ? word : word.replace(stem, ""));

/** How far apart two groups may stand and still be one phrase. */
const reach = 6;

/**
 * The phrases of a text, each where it stands first. A word without its ending: `pill`. A group of words: `<die>`. Two that follow one another: `want <die>`.
 * Two groups in one sentence with up to six words between: `<i> .. <die>`. Two groups anywhere in the text: `<baby> & <blade>`.
 */
export function phrasesOf(tokens: readonly Token[], lexicon: Lexicon): Map<string, readonly Span[]> {
  const phrases = new Map<string, readonly Span[]>();
  const add = (phrase: string, ...spans: readonly Span[]) => void (phrases.has(phrase) || phrases.set(phrase, spans));
  const groups = new Map<string, Span>();
  const forms = tokens.map(({ word }, at) => {
    const here = [...groupsAt(tokens, at, lexicon)].map(([group, to]) => ({ name: `<${group}>`, from: at, to, group: true }));
    for (const form of here) if (!groups.has(form.name)) groups.set(form.name, form);
    return [{ name: stemOf(word, lexicon.stem), from: at, to: at + 1, group: false }, ...here];
  });
  for (const here of forms)
    for (const form of here) {
      const { name, from, to } = form;
      const within = (at: number) => tokens[at]?.sentence === tokens[from]?.sentence;
      add(name, form);
      if (within(to)) for (const next of forms[to] ?? []) add(`${name} ${next.name}`, { from, to: next.to });
      if (form.group) for (let at = to + 1; at <= to + reach && within(at); at++) for (const next of forms[at] ?? []) if (next.group) add(`${name} .. ${next.name}`, { from, to: next.to });
    }
  const all = [...groups.keys()].sort();
  all.forEach((one, i) => all.slice(i + 1).forEach((other) => add(`${one} & ${other}`, groups.get(one)!, groups.get(other)!)));
  return phrases;
}

/** How much of a text is known as a language's own words, from 0 to 1. */
export function shareKnown(tokens: readonly Token[], lexicon: Lexicon): number {
  const known = tokens.filter(({ word }, at) => lexicon.common.has(word) || groupsAt(tokens, at, lexicon).size > 0);
  return known.length / (tokens.length || 1);
}
