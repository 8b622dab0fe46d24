import type { LanguageFile } from "../types.ts";

/** One word of a text: small and without accents, as it was written, and the sentence it stands in. */
export type Token = { readonly word: string; readonly said: string; readonly sentence: number };
/** From one word of a text to before another. */
export type Span = { readonly from: number; readonly to: number };

type Row = { readonly words: readonly string[]; readonly group: string };
/** A language file made ready, once. */
export type Lexicon = { readonly common: ReadonlySet<string>; readonly plainer: LanguageFile["plainer"]; readonly whole: ReadonlyMap<string, readonly Row[]>; readonly begun: ReadonlyMap<string, readonly Row[]>; readonly stem: RegExp; readonly shortest: number };

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
  return { common: new Set(listOf(common)), plainer, whole, begun, stem: endings[language], shortest: Math.min(...[...begun.keys()].map(({ length }) => length)) };
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
    const meant = [small, bare].find((written) => Object.hasOwn(plainer, written));
    const words = (meant === undefined ? bare : (plainer[meant] ?? bare)).split(" ").filter(Boolean);
    words.forEach((word, i) => tokens.push({ word, said: i === 0 ? piece : "", sentence }));
  }
  return tokens;
}

const fits = (word: string | undefined, wanted: string): boolean => word !== undefined && (wanted.endsWith("*") ? word.startsWith(wanted.slice(0, -1)) : word === wanted);

/** The groups whose words begin at `at`, and where they end. */
function groupsAt(tokens: readonly Token[], at: number, { whole, begun, shortest }: Lexicon): Map<string, number> {
  const { word = "", sentence } = tokens[at] ?? {};
  const found = new Map<string, number>();
  const look = (rows: readonly Row[]) => {
    for (const { words, group } of rows) if (words.every((wanted, i) => i === 0 || (tokens[at + i]?.sentence === sentence && fits(tokens[at + i]?.word, wanted)))) found.set(group, Math.max(found.get(group) ?? 0, at + words.length));
  };
  look(whole.get(word) ?? []);
  for (let length = shortest; length <= word.length; length++) look(begun.get(word.slice(0, length)) ?? []);
  return found;
}

/** What stands at a place of a text: a word without its ending, or a group of words. */
type Form = Span & { readonly name: string; readonly group: boolean };
/** A text as one language reads it. */
export type Forms = readonly (readonly Form[])[];

export const formsOf = (tokens: readonly Token[], lexicon: Lexicon): Forms =>
  tokens.map(({ word }, at) => [
    { name: word.length <= 3 ? word : word.replace(lexicon.stem, ""), from: at, to: at + 1, group: false },
    ...[...groupsAt(tokens, at, lexicon)].map(([group, to]) => ({ name: `<${group}>`, from: at, to, group: true })),
  ]);

/** How many of these words are a language's own small words. */
export const smallWordsIn = (tokens: readonly Token[], { common }: Lexicon): number => tokens.filter(({ word }) => common.has(word)).length;

/** How far apart two groups may stand and still be one phrase. */
const reach = 6;

/** A text begins and ends with so many words. */
const [beginning, ending] = [3, 4];

/** The letters in a row within a word that count as a phrase, so that a form of a word that was never seen is half known. */
const [fewestLetters, mostLetters] = [3, 5];

/** Rows of letters of a word: `past~` begins it, `~illa` ends it, `~asti~` is inside. */
function lettersOf(word: string): string[] {
  const marked = `^${word}$`;
  const rows: string[] = [];
  for (let length = fewestLetters; length <= mostLetters; length++)
    for (let at = 0; at + length <= marked.length; at++) {
      const [begins, ends] = [at === 0, at + length === marked.length];
      if (!(begins && ends)) rows.push(`${begins ? "" : "~"}${marked.slice(at + Number(begins), at + length - Number(ends))}${ends ? "" : "~"}`);
    }
  return rows;
}

/** What else is seen of a text: its marks, and how long it is, in fives. */
const marks: readonly (readonly [string, RegExp])[] = [["(?)", /\?/], ["(!)", /!/], ["(quoted)", /["“”«»]/], ["(dots)", /\.\.\.|…/], ["(emoji)", /\p{Extended_Pictographic}/u]];
const longest = 40;
const marksOf = (text: string, words: number): string[] => [...marks.filter(([, look]) => look.test(text)).map(([name]) => name), `(from ${Math.min(longest, words - (words % 5))} words)`];

/** The three kinds of phrases. Each kind is learned by itself and has one voice in three, so that the many do not drown the few. */
export const kinds = ["words", "letters", "groups"] as const;
export type Kind = (typeof kinds)[number];
export const kindOf = (phrase: string): Kind => (phrase.includes("<") ? "groups" : phrase.includes("~") ? "letters" : "words");

/**
 * The phrases of a text, each where it stands first.
 * *Words*: one without its ending, `pill`; two that follow one another, `my pill`; what else is seen, `(?)`. *Letters*: rows of three to five inside a word.
 * *Groups* of words, `<die>`; one beside a word or a group, `want <die>`; two in one sentence with up to six words between, `<i> .. <die>`;
 * two anywhere in the text, `<baby> & <blade>`; one near the beginning or the end, `first <die>`, `last <die>`.
 */
export function phrasesOf(text: string, tokens: readonly Token[], forms: Forms): Map<string, readonly Span[]> {
  const phrases = new Map<string, readonly Span[]>();
  const add = (phrase: string, spans: readonly Span[]) => void (phrases.has(phrase) || phrases.set(phrase, spans));
  const groups = new Map<string, Span>();
  const begun = (at: number) => (at < beginning ? ["first"] : []).concat(at >= tokens.length - ending ? ["last"] : []);
  forms.forEach((here, place) => {
    const word = [{ from: place, to: place + 1 }];
    for (const row of lettersOf(tokens[place]!.word)) add(row, word);
    for (const form of here) {
      const { name, from, to } = form;
      const within = (at: number) => tokens[at]?.sentence === tokens[from]?.sentence;
      add(name, [form]);
      if (within(to)) for (const next of forms[to] ?? []) add(`${name} ${next.name}`, [{ from, to: next.to }]);
      if (!form.group) continue;
      if (!groups.has(name)) groups.set(name, form);
      for (const where of begun(place)) add(`${where} ${name}`, [form]);
      for (let at = to + 1; at <= to + reach && within(at); at++) for (const next of forms[at] ?? []) if (next.group) add(`${name} .. ${next.name}`, [form, next]);
    }
  });
  const all = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  all.forEach(([one, here], i) => all.slice(i + 1).forEach(([other, there]) => add(`${one} & ${other}`, [here, there])));
  for (const mark of tokens.length > 0 ? marksOf(text, tokens.length) : []) add(mark, []);
  return phrases;
}
