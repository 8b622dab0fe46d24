import { fitNames } from "../../../platform/i18n/segments.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { mayDial } from "../finder/in-words/rules.ts";
import type { Card, Dial } from "../types.ts";
import type { TextRow, Wish } from "./types.ts";

/** Segments that one answer takes. */
export const mostSegments = 2;
export const mostRows = 3;
/** Metres within which a listing is near. Those that are found from anywhere come after. */
export const nearMetres = 160_000;

// The words of carriers (CTIA, "Messaging principles and best practices", opt-out), and theirs in Spanish.
const stopWords: Readonly<Record<string, Language>> = { stop: "en", stopall: "en", "stop all": "en", unsubscribe: "en", cancel: "en", end: "en", quit: "en", revoke: "en", optout: "en", "opt out": "en", alto: "es", parar: "es", cancelar: "es", baja: "es", detener: "es" };
const startWords: Readonly<Record<string, Language>> = { start: "en", unstop: "en", empezar: "es", iniciar: "es", comenzar: "es" };
const helpWords: Readonly<Record<string, Language>> = { help: "en", info: "en", find: "en", ayuda: "es", informacion: "es", buscar: "es", auxilio: "es", socorro: "es" };
const answers: Readonly<Record<string, "right" | "full" | "closed">> = { "1": "right", yes: "right", si: "right", "2": "full", full: "full", lleno: "full", "3": "closed", closed: "closed", cerrado: "closed" };
const languageWords: Readonly<Record<string, Language>> = { es: "es", esp: "es", espanol: "es", spanish: "es", en: "en", eng: "en", english: "en", ingles: "en" };

/** Small letters without marks; every other sign is a space. */
const plain = (text: string): string =>
  text
    .slice(0, 400)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const known = <T>(words: Readonly<Record<string, T>>, word: string): T | undefined => (Object.hasOwn(words, word) ? words[word] : undefined);

/** A postal code has a digit in it, and one part or two. */
const isCode = (text: string): boolean => /^(?=.*\d)[a-z\d]{2,8}(?: [a-z\d]{2,5})?$/.test(text);

/** "HELP 78701 ES", "ayuda 78701", "78701", "1", "STOP": what is wanted, and in which language to answer. */
export function wishOf(text: string, otherwise: Language = "en"): Wish {
  const whole = plain(text);
  const [first = "", ...rest] = whole.split(" ");
  const stop = known(stopWords, whole);
  if (stop) return { wants: "stop", language: stop };
  const start = known(startWords, whole);
  if (start) return { wants: "start", language: start };
  const help = known(helpWords, first);
  const asked = known(languageWords, rest.at(-1) ?? "");
  const language = asked ?? help ?? otherwise;
  const place = (help ? rest : [first, ...rest]).slice(0, asked ? -1 : undefined).join(" ");
  if (help && place === "") return { wants: "about", language };
  const answer = known(answers, first);
  if (answer && (rest.length === 0 || known(answers, rest.join(" ")) === answer)) return { wants: "answer", answer, language: first === "si" || first === "lleno" || first === "cerrado" ? "es" : otherwise };
  return isCode(place) ? { wants: "search", postcode: place, language } : { wants: "unknown", language };
}

/** The number to give to somebody in this country. */
export const dialFor = ({ phone, text }: Card, country: string): Dial | undefined => [phone, text].find((dial) => mayDial(dial, country));

/**
 * Crisis line first, then the nearest: as many rows as fit with their names shortened, each number and day whole.
 * `after`: a last line that may go when there is no room for it.
 */
export function answerOf(crisis: string, rows: readonly TextRow[], after?: string): string {
  for (let count = Math.min(rows.length, mostRows); count >= 0; count--) {
    const some = rows.slice(0, count);
    const make = (more: readonly string[]) => (names: readonly string[]) => [crisis, ...some.map(({ phone, checked }, at) => `${at + 1} ${names[at] ?? ""} ${phone} ${checked}`.trim()), ...more].join("\n");
    const names = some.map(({ name }) => name);
    const text = (after ? fitNames(names, make([after]), mostSegments) : undefined) ?? fitNames(names, make([]), mostSegments);
    if (text !== undefined) return text;
  }
  return crisis;
}
