import { plain } from "../../../platform/i18n/finding.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Piece } from "./types.ts";

export const longestSearch = 100;
/** What nobody types, and what would cost most to look for. */
export const mostWords = 8;
/** So much of a sentence is shown, and so much of it before the word that was looked for. */
const longestSentence = 220;
const beforeWord = 80;

/** What is looked for: words in small letters without their accents, each once. None: there is nothing to look for. */
export const wantedOf = (typed: string): string[] => [...new Set(plain(typed).split(" ").filter(Boolean))].slice(0, mostWords);

const begins = (word: string, wanted: readonly string[]): boolean => plain(word).split(" ").some((part) => wanted.some((one) => part.startsWith(one)));

/** The sentence in which most of the wanted words stand, in pieces. Without any of them (they are in the title) the first. */
export function sentenceAround(words: string, wanted: readonly string[], language: Language): Piece[] {
  const sentences = [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(words)].map(({ segment }) => piecesOf(segment.replaceAll(/\s+/gu, " ").trim(), wanted, language)).filter((pieces) => pieces.length > 0);
  const hits = (pieces: readonly Piece[]) => new Set(pieces.filter(({ found }) => found).flatMap(({ text }) => wanted.filter((one) => begins(text, [one])))).size;
  return shortened(sentences.reduce((best, one) => (hits(one) > hits(best) ? one : best), sentences[0] ?? []));
}

/** One piece for each run of what was looked for or was not. */
function piecesOf(sentence: string, wanted: readonly string[], language: Language): Piece[] {
  const pieces: Piece[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity: "word" }).segment(sentence)) {
    const found = isWordLike === true && begins(segment, wanted);
    const last = pieces.at(-1);
    if (last?.found === found) pieces[pieces.length - 1] = { text: last.text + segment, found };
    else pieces.push({ text: segment, found });
  }
  return pieces;
}

/** A long one begins a little before the first word that was looked for, and ends where there is room for no more. */
function shortened(pieces: readonly Piece[]): Piece[] {
  const short: Piece[] = [];
  let room = longestSentence;
  for (const [at, { text, found }] of pieces.entries()) {
    const from = at === 0 && !found && pieces.length > 1 && text.length > beforeWord ? `… ${text.slice(text.indexOf(" ", text.length - beforeWord) + 1)}` : text;
    short.push({ text: from.length > room ? `${from.slice(0, room).replace(/\s?\S*$/u, "")} …` : from, found });
    room -= from.length;
    if (room <= 0) break;
  }
  return short;
}
