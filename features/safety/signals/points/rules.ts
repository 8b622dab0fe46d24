import english from "../language/en.json" with { type: "json" };
import spanish from "../language/es.json" with { type: "json" };
import { kinds, lexiconOf, type Kind, type Lexicon } from "../phrases/rules.ts";
import { classes, type Class, type Language, type Points, type PointsOf } from "../types.ts";

export const lexicons: Readonly<Record<Language, Lexicon>> = { en: lexiconOf("en", english), es: lexiconOf("es", spanish) };
export const languages = Object.keys(lexicons) as Language[];

export type Odds = Readonly<Record<Class, number>>;

/** How likely each class is, from what was added up for it. */
export function likely(sums: readonly number[]): number[] {
  const most = Math.max(...sums);
  const grown = sums.map((sum) => Math.exp(sum - most));
  const all = grown.reduce((a, b) => a + b, 0);
  return grown.map((one) => one / all);
}

/** How much a sentence of each class counts when points are learned: worry less, so that they tell best what must be read now from what must not be raised. */
export const heed: Points = [1, 0.3, 1, 1];

/** A phrase that was found, and its points. */
export type Found = { readonly kind: Kind; readonly points: Points };

/** How much one phrase of each kind counts: each kind is evened out for how many were found of it. */
export function voiceOf(found: readonly Found[]): Readonly<Record<Kind, number>> {
  const often = { words: 0, letters: 0, groups: 0 };
  for (const { kind } of found) often[kind] += 1;
  const of = (kind: Kind) => 1 / Math.sqrt(often[kind] || 1);
  return { words: of("words"), letters: of("letters"), groups: of("groups") };
}

/** How likely each class is by these points: added up by kind, evened out, and the three kinds heard alike. Ten points are one step of the scale. What was heeded less is made up for. */
export function oddsOf(found: readonly Found[]): Odds {
  const voice = voiceOf(found);
  const sums = classes.map(() => 0);
  for (const { kind, points } of found) for (let k = 0; k < sums.length; k++) sums[k]! += (points[k]! * voice[kind]) / (10 * kinds.length);
  const [urgent = 0, concern = 0, thoughts = 0, ordinary = 0] = likely(sums.map((sum, k) => sum - Math.log(heed[k]!)));
  return { urgent, concern, thoughts, ordinary };
}

/**
 * How much speaks for "now", from 0 to 100, against what must not be raised: an ordinary post, and frightening thoughts that nobody wants.
 * Worry counts less against it, because a worried post that is read too soon harms nobody.
 */
export const urgencyOf = ({ urgent, concern, thoughts, ordinary }: Odds): number => (100 * urgent) / (urgent + thoughts + ordinary + 0.1 * concern);

/** A phrase as one of 2^53 numbers, never nought (after "cyrb53", public domain). Two of a hundred thousand phrases share one once in a million cards. */
function numberOf(phrase: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < phrase.length; at++) {
    const code = phrase.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0) || 1;
}

/**
 * The points of many phrases in two plain tables, 12 bytes a place: a phrase is asked for by its number, and its letters are not kept.
 * `most`: how many phrases there may be.
 */
export function packed(rows: Iterable<readonly [phrase: string, points: Points]>, most: number): PointsOf {
  const places = 2 ** Math.ceil(Math.log2(most * 1.3 + 1));
  const numbers = new Float64Array(places);
  const points = new Int8Array(places * classes.length);
  const placeOf = (number: number): number => {
    let place = number & (places - 1);
    while (numbers[place] !== 0 && numbers[place] !== number) place = (place + 1) & (places - 1);
    return place;
  };
  for (const [phrase, row] of rows) {
    const number = numberOf(phrase);
    const place = placeOf(number);
    numbers[place] = number;
    points.set(row, place * classes.length);
  }
  return (phrase) => {
    const at = placeOf(numberOf(phrase)) * classes.length;
    return numbers[at / classes.length] === 0 ? undefined : [points[at]!, points[at + 1]!, points[at + 2]!, points[at + 3]!];
  };
}
