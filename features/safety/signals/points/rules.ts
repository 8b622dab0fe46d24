import english from "../language/en.json" with { type: "json" };
import spanish from "../language/es.json" with { type: "json" };
import { lexiconOf, type Lexicon } from "../phrases/rules.ts";
import { classes, type Class, type Language, type Points } from "../types.ts";

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

/** How likely each class is by these points: added up, and evened out for length. Ten points are one step of the scale. */
export function oddsOf(points: readonly Points[]): Odds {
  const evened = 10 * Math.sqrt(points.length || 1);
  const [urgent = 0, concern = 0, thoughts = 0, ordinary = 0] = likely(classes.map((_, k) => points.reduce((sum, each) => sum + each[k]!, 0) / evened));
  return { urgent, concern, thoughts, ordinary };
}

/**
 * How much speaks for "now", from 0 to 100, against what must not be raised: an ordinary post, and frightening thoughts that nobody wants.
 * Worry counts less against it, because a worried post that is read too soon harms nobody.
 */
export const urgencyOf = ({ urgent, concern, thoughts, ordinary }: Odds): number => (100 * urgent) / (urgent + thoughts + ordinary + 0.3 * concern);

/** The points of a phrase; asked so that a word such as "constructor" finds none. */
export const pointsOf = (phrase: string, points: Readonly<Record<string, Points>>): Points | undefined => (Object.hasOwn(points, phrase) ? points[phrase] : undefined);
