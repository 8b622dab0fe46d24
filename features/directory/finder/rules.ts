import { acceptingAt, isHidden, isOver, isSunk, type ClocksInMs } from "../claims/now/rules.ts";
import { groups, isTerm, spoken, type Term } from "../taxonomy/rules.ts";
import type { Accepting, Card, Ending, Kind, Point, Until } from "../types.ts";

// Taking marks off costs more than all the rest, and most words have none.
// oxlint-disable-next-line no-control-regex
const marked = /[^\u0000-\u007f]/;

/** Letters without their marks, small; a plural falls together with its singular, in English and Spanish, on both sides of a search. */
export function fold(word: string): string {
  const plain = (marked.test(word) ? word.normalize("NFD").replace(/\p{M}/gu, "") : word).toLowerCase();
  if (plain.length < 4) return plain;
  const one = plain.endsWith("s") && !plain.endsWith("ss") ? plain.slice(0, -1) : plain;
  return one.length > 4 && one.endsWith("e") ? one.slice(0, -1) : one;
}

/** The folded words of a text, in order, without doubles. Anything between letters and digits separates. A longer word counts by its beginning: a database's lexeme has an end. */
export const wordsOf = (text: string): string[] => [...new Set([...new Set(text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])].map((word) => fold(word.length > longestWord ? [...word].slice(0, longestWord).join("") : word)).filter(Boolean))];

const longestWord = 64;

/** A facet never looks like a word: 'l_es', 'k_group', or a term of the taxonomy. */
export const languageFacet = (code: string): string => `l_${code.toLowerCase()}`;
export const kindFacet = (kind: Kind): string => `k_${kind}`;

/** A line, an online group: it has no place of its own, and is for all of an area. Of the areas of the United States: 'x_us', 'x_us-or'. */
export const anywhereIn = (area: string): string => `x_${area.toLowerCase()}`;
export const isAnywhere = (card: Card, at: Point | undefined): boolean => at === undefined && card.city === undefined && card.postalCode === undefined;

/** Not a facet. */
export const isWord = (token: string): boolean => token[1] !== "_";

/** What falls with no statement: words of its own texts, and what it is. */
const lastingOf = (kind: Kind, card: Card, more: string): string[] => [...wordsOf([card.name, card.organization, card.summary, more, card.city, card.postalCode].filter(Boolean).join(" ")), kindFacet(kind)];

const namesOf = new Map<Term, readonly string[]>();
/** The words that a term is called by. */
function namedBy(term: string): readonly string[] {
  if (!isTerm(term)) return [];
  const known = namesOf.get(term) ?? wordsOf(spoken(term));
  namesOf.set(term, known);
  return known;
}

/** The statement that a term falls with. */
export const endingOf = (term: string): Ending => (term[0] === "c" || term[0] === "i" ? term[0] : "w");

/** Of each token that falls with statements: which. It is there until the last of them is over. */
export type Fading = Readonly<Record<string, string>>;

/**
 * All that a listing is found by: words of its texts and of what its terms are called, and its facets; and which of them fall with what was said of
 * its languages, its cost, its insurance, or for whom and how it is. `more`: the whole description.
 */
export function foundBy(kind: Kind, card: Card, more = ""): { readonly tokens: string[]; readonly fading: Fading } {
  const lasting = new Set(lastingOf(kind, card, more));
  const fading = new Map<string, string>();
  const fallsWith = (token: string, ending: Ending) => {
    const before = fading.get(token) ?? "";
    if (!lasting.has(token) && !before.includes(ending)) fading.set(token, before + ending);
  };
  for (const term of card.terms) for (const token of [term, ...namedBy(term)]) fallsWith(token, endingOf(term));
  for (const code of card.languages) fallsWith(languageFacet(code), "l");
  return { tokens: [...lasting, ...fading.keys()], fading: Object.fromEntries(fading) };
}

/** What somebody looks for. Every word must be there, the last one perhaps half typed; of each group of facets one; and it may be asked that they have room. */
export type Ask = {
  readonly words: readonly string[];
  /** Half typed: any word that begins with it will do. */
  readonly begun: string | undefined;
  /** Each inner list: one of these. */
  readonly facets: readonly (readonly string[])[];
  readonly accepting: boolean;
  readonly near: Point | undefined;
  /** Metres on the ground from `near`; undefined: as far as need be. */
  readonly within: number | undefined;
  readonly country: string | undefined;
};

/** Most words that a search takes; the rest of a pasted text would only find nothing. */
const mostWords = 8;

/** Words as typed; without a space behind it the last is half typed. */
export function askFor(typed: string, rest: Omit<Ask, "words" | "begun"> & { readonly whole?: boolean }): Ask {
  const { whole, ...ask } = rest;
  const folded = wordsOf(typed).slice(0, mostWords);
  const begun = whole || /\s$/.test(typed) ? undefined : folded.at(-1);
  return { ...ask, words: begun === undefined ? folded : folded.slice(0, -1), begun };
}

const earthRadius = 6_378_168;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Beside the facets, of a listing whose last answer was that they have room: it narrows a search, and the clock decides. */
export const saidYes = "a_yes";

/** First letters of facets: 'l' begins 'l_es', so what is typed after it decides whether a word is meant. */
const facetLetters: ReadonlySet<string> = new Set(["a", "k", "l", "x", ...groups]);

/**
 * Words and facets as PostgreSQL searches them: each quoted, as data, in its tsquery; '' asks for nothing.
 * `beginning` is what a tsquery cannot ask: a word of this one first letter, which facets have too.
 */
export function searchOf({ words, facets, begun }: Pick<Ask, "words" | "facets" | "begun">): { readonly tsquery: string; readonly beginning: string | undefined } {
  const beginning = begun && facetLetters.has(begun) ? begun : undefined;
  const all = [...words.map(quoted), ...facets.map((some) => `(${some.map(quoted).join(" | ")})`), ...(!begun || beginning ? [] : [`${quoted(begun)}:*`])];
  return { tsquery: all.join(" & "), beginning };
}

const quoted = (lexeme: string): string => `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** Metres along the ground (haversine on the sphere that PostgreSQL's earthdistance uses). */
export function metresBetween(a: Point, b: Point): number {
  const half = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** The same length as a straight line through the earth; no two points are further apart than its width. */
export const straight = (metres: number): number => (metres >= Math.PI * earthRadius ? 2 * earthRadius : 2 * earthRadius * Math.sin(metres / (2 * earthRadius)));

/** Two ways of reckoning a straight line through the earth differ by less than this many metres. */
export const rounding = 0.001;

/** Metres from the middle of the earth, along three axes: as earthdistance's `ll_to_earth`. */
export function onEarth({ latitude, longitude }: Point): [number, number, number] {
  const across = earthRadius * Math.cos(radians(latitude));
  return [across * Math.cos(radians(longitude)), across * Math.sin(radians(longitude)), earthRadius * Math.sin(radians(latitude))];
}

/** About a kilometre: a searcher's own point is rounded to it before anything else is done with it. */
export const roundPoint = ({ latitude, longitude }: Point): Point => ({ latitude: Math.round(latitude * 100) / 100, longitude: Math.round(longitude * 100) / 100 });

/** A set will do, and so will anything smaller that answers the same. */
export type Tokens = Iterable<string> & { has(token: string): boolean };

/** What searching needs of a listing; moments in milliseconds, so that a phone without Temporal can search too. */
export type Findable = ClocksInMs & {
  readonly id: string;
  readonly tokens: Tokens;
  readonly country: string | undefined;
  readonly at: Point | undefined;
  readonly accepting: Accepting | undefined;
  readonly acceptingUntil: number | undefined;
  readonly fading?: Fading | undefined;
  readonly until?: Until | undefined;
};

/** From when on something that it was found by is no more; Infinity where all of it stays. */
export const fadesFrom = ({ until, fading }: Findable): number => (fading && until ? Math.min(until.l ?? Infinity, until.c ?? Infinity, until.i ?? Infinity, until.w ?? Infinity) : Infinity);

function beginsOne(tokens: Tokens, begun: string, lasts: (token: string) => boolean): boolean {
  for (const token of tokens) if (token.startsWith(begun) && isWord(token) && lasts(token)) return true;
  return false;
}

const always = (): boolean => true;

/** Has it every word, one of each group of facets, and the beginning, in what was said of it and is not over? */
export function holds(listing: Findable, { words, facets, begun }: Ask, now: number): boolean {
  const { tokens, fading, until } = listing;
  // Asked without the clock first: it is the cheaper question, and most listings fall with it.
  if (!words.every((word) => tokens.has(word)) || !facets.every((some) => some.some((facet) => tokens.has(facet)))) return false;
  if (now < fadesFrom(listing)) return begun === undefined || beginsOne(tokens, begun, always);
  const lasts = (token: string): boolean => !fading || !Object.hasOwn(fading, token) || [...(fading[token] ?? "")].some((ending) => !isOver(until, ending as Ending, now));
  const has = (token: string): boolean => tokens.has(token) && lasts(token);
  return words.every(has) && facets.every((some) => some.some(has)) && (begun === undefined || beginsOne(tokens, begun, lasts));
}

/** Does it answer this search at `now`? */
export function matches(listing: Findable, ask: Ask, now: number): boolean {
  if (isHidden(listing, now)) return false;
  if (ask.country !== undefined && listing.country !== ask.country) return false;
  if (ask.accepting && acceptingAt(listing.accepting, listing.acceptingUntil, now) !== "yes") return false;
  if (!holds(listing, ask, now)) return false;
  return ask.within === undefined || (ask.near !== undefined && listing.at !== undefined && metresBetween(ask.near, listing.at) <= ask.within);
}

/** False for what nothing can answer, whatever is listed. */
export const isPossible = ({ words, facets, near, within }: Ask): boolean => !words.includes("") && facets.every((some) => some.length > 0) && (within === undefined || near !== undefined);

export type Found<L> = { readonly listing: L; readonly metres: number | undefined };

/** Those that can be trusted first, then the nearest; those with no place of their own (a line, an online group) after those that have one. */
export function inOrder<L extends Findable>(found: readonly Found<L>[], now: number): Found<L>[] {
  const rank = ({ listing }: Found<L>) => (isSunk(listing, now) ? 1 : 0);
  return [...found].sort((a, b) => rank(a) - rank(b) || (a.metres ?? Infinity) - (b.metres ?? Infinity) || (a.listing.id < b.listing.id ? -1 : 1));
}

/** Looks at every listing: right by its plainness, and fast enough for a region. Other ways of searching are tested against it. */
export function scan<L extends Findable>(listings: Iterable<L>, ask: Ask, now: number, limit = 20): Found<L>[] {
  const found: Found<L>[] = [];
  for (const listing of listings)
    if (matches(listing, ask, now)) found.push({ listing, metres: ask.near && listing.at ? metresBetween(ask.near, listing.at) : undefined });
  return inOrder(found, now).slice(0, limit);
}
