import { IntlMessageFormat } from "intl-messageformat";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

/** The languages that every sentence of the program exists in. */
export const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/** How each language calls itself. */
export const ownName: Record<Language, string> = { en: "English", es: "Español" };

/** Reading direction; a right-to-left language added later turns every page, since styles use logical properties. */
export const direction: Record<Language, "ltr" | "rtl"> = { en: "ltr", es: "ltr" };

export type Values = Record<string, string | number>;
export type Say<Key extends string> = (key: Key, values?: Values) => string;

/** What every feature can say, whatever comes to its forms. */
const ofEach: Record<Language, Record<string, string>> = { en, es };

/**
 * Joins a feature's two dictionaries (ICU messages by key) into one function a language.
 * A key that a language lacks does not compile; a test compares the arguments of the two.
 */
export function words<Key extends string>(dictionaries: Record<Language, Record<Key, string>>): (language: Language) => Say<Key> {
  const said = Object.fromEntries(languages.map((language) => [language, sayIn<Key>(language, { ...ofEach[language], ...dictionaries[language] })])) as Record<
    Language,
    Say<Key>
  >;
  return (language) => said[language];
}

/** The one value of a sentence, where that is a count up to 99. */
function smallCount(values: Values): number | undefined {
  const [first, ...more] = Object.values(values);
  return more.length === 0 && typeof first === "number" && Number.isInteger(first) && first >= 0 && first < 100 ? first : undefined;
}

function sayIn<Key extends string>(language: Language, dictionary: Record<Key, string>): Say<Key> {
  const parsed = new Map<Key, IntlMessageFormat>();
  const counted = new Map<string, string>();
  const format = (key: Key, sentence: string, values: Values | undefined) => {
    let message = parsed.get(key);
    if (!message) parsed.set(key, (message = new IntlMessageFormat(sentence, language, undefined, { ignoreTag: true })));
    // "1:37 p.m." at the end of a sentence ends it, too.
    return String(message.format(values)).replace(/\.\.(?!\.)/g, ".");
  };
  return (key, values) => {
    const sentence = dictionary[key];
    if (!sentence.includes("{")) return sentence;
    // "3 answers" stands on every line of a list: a small count is said once.
    const count = values && smallCount(values);
    if (count === undefined) return format(key, sentence, values);
    const name = `${key} ${count}`;
    const said = counted.get(name) ?? format(key, sentence, values);
    counted.set(name, said);
    return said;
  };
}

/** The visitor's language: her own choice first, then what her browser asks for, then English. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | undefined): Language {
  if (isLanguage(chosen)) return chosen;
  for (const range of rangesOf(acceptLanguage)) {
    const base = range.split("-")[0]?.toLowerCase();
    if (isLanguage(base)) return base;
  }
  return "en";
}

/** A country guessed from `Accept-Language` alone (`es-MX` → `MX`); never from the network address. */
export function guessCountry(acceptLanguage: string | undefined): string | undefined {
  for (const range of rangesOf(acceptLanguage)) {
    const region = /^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?-([A-Za-z]{2})\b/.exec(range)?.[1];
    if (region) return region.toUpperCase();
  }
  return undefined;
}

function rangesOf(acceptLanguage: string | undefined): string[] {
  return (acceptLanguage ?? "")
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [range = "", quality] = part.trim().split(";q=");
      return { range, weight: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter(({ range }) => range !== "")
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range);
}
