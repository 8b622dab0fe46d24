import { createHash } from "node:crypto";
import english from "bip39/src/wordlists/english.json" with { type: "json" };
import spanish from "bip39/src/wordlists/spanish.json" with { type: "json" };
import { languages, type Language } from "../i18n/words.ts";

const lists: Record<Language, readonly string[]> = { en: english, es: spanish };
const bitsPerWord = 11;
const count = 6;

const plain = (word: string): string => word.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
const places = languages.map((language) => new Map(lists[language].map((word, place) => [plain(word), place])));

/** The 66 bits that six words carry for this token, as six numbers below 2048. */
function placesOf(token: string): number[] {
  const digest = createHash("sha256").update("six-words").update(token).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 9)) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: count }, (_, at) => Number((bits >> BigInt(at * bitsPerWord)) & 2047n));
}

/** The same for a token in every language; what the database's fingerprint is made of. */
export const codeBits = (token: string): string => placesOf(token).join(".");

/** Six everyday words that open what the token opens, from the BIP-39 list of her language (66 bits). */
export const sixWords = (token: string, language: Language): string => placesOf(token).map((place) => lists[language][place]).join(" ");

/**
 * Reads six words as typed: any case, with or without accents, commas or lines between. A few words stand in both
 * languages' lists at other places, so there may be a reading a language; none when the words are not ours.
 */
export function readSixWords(typed: string): string[] {
  const words = typed.slice(0, 200).split(/[\s,.;-]+/).filter(Boolean).map(plain);
  if (words.length !== count) return [];
  const readings = places.map((list) => words.map((word) => list.get(word)));
  return readings.filter((reading) => reading.every((place) => place !== undefined)).map((reading) => reading.join("."));
}

/** What was typed as six words of ours are written: small, one space between, accents as in the list. Undefined where they are not ours. */
export function asSixWords(typed: string): string | undefined {
  const words = typed.slice(0, 200).split(/[\s,.;-]+/).filter(Boolean).map(plain);
  if (words.length !== count) return undefined;
  const readings = languages.map((language, at) => words.map((word) => lists[language][places[at]?.get(word) ?? -1]));
  return readings.find((reading) => reading.every((word) => word !== undefined))?.join(" ");
}
