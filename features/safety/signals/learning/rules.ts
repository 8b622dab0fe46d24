import { createHash } from "node:crypto";
import { formsOf, phrasesOf, tokensOf } from "../phrases/rules.ts";
import { languages, lexicons, likely, oddsOf, pointsOf, urgencyOf } from "../points/rules.ts";
import { classes, type Class, type Language, type Points, type Scorecard, type Sentence } from "../types.ts";

/** One text to learn from: the numbers of the phrases that stand in it, and the number of its class. */
export type Example = { readonly phrases: readonly number[]; readonly class: number };
/** How it is learned. `passes` over all examples; `hold`: how strongly every weight is held towards nought; `weigh`: how much a mistake on each class costs. */
export type Learning = { readonly passes: number; readonly hold: number; readonly pace: number; readonly weigh: readonly number[] };

/**
 * Multinomial logistic regression, held towards nought (L2), by AdaGrad in the order in which the examples are given: the same examples make the same weights.
 * Returns the weights of all phrases in a row, as many for each as there are classes.
 */
export function weightsFrom(examples: readonly Example[], phrases: number, { passes, hold, pace, weigh }: Learning): Float64Array {
  const classes = weigh.length;
  const weights = new Float64Array(phrases * classes);
  const steps = new Float64Array(phrases * classes).fill(1e-6);
  const often = new Float64Array(phrases);
  for (const { phrases: here } of examples) for (const phrase of here) often[phrase]! += 1;
  const sums = new Float64Array(classes);
  for (let pass = 0; pass < passes; pass++)
    for (const { phrases: here, class: truth } of examples) {
      const each = 1 / Math.sqrt(here.length || 1);
      sums.fill(0);
      for (const phrase of here) for (let k = 0; k < classes; k++) sums[k]! += weights[phrase * classes + k]! * each;
      const off = likely([...sums]).map((p, k) => (p - (k === truth ? 1 : 0)) * weigh[truth]! * each);
      for (const phrase of here) {
        const held = hold / often[phrase]!;
        for (let k = 0, at = phrase * classes; k < classes; k++, at++) {
          const slope = off[k]! + held * weights[at]!;
          steps[at]! += slope * slope;
          weights[at]! -= (pace * slope) / Math.sqrt(steps[at]!);
        }
      }
    }
  return weights;
}

/** What is learned from: the phrases of each text, and its class. */
export type Lesson = { readonly phrases: readonly string[]; readonly class: Class };
/** `seen`: in how many texts a phrase must stand. `keep`: how many phrases the card has. */
export type Making = Learning & { readonly seen: number; readonly keep: number };

const numbered = (phrases: readonly string[]) => new Map(phrases.map((phrase, i) => [phrase, i]));
const examplesOf = (lessons: readonly Lesson[], numbers: ReadonlyMap<string, number>): Example[] =>
  lessons.map((lesson) => ({ phrases: lesson.phrases.flatMap((phrase) => numbers.get(phrase) ?? []), class: classes.indexOf(lesson.class) }));

/**
 * The points of the phrases that tell most, those first. Learned twice: from all phrases, to find those; then from those alone, so that the points fit what is left.
 * The same lessons in the same order make the same points.
 */
export function pointsFrom(lessons: readonly Lesson[], making: Making): Record<string, Points> {
  const often = new Map<string, number>();
  for (const { phrases } of lessons) for (const phrase of phrases) often.set(phrase, (often.get(phrase) ?? 0) + 1);
  const all = [...often].filter(([, times]) => times >= making.seen).map(([phrase]) => phrase);
  const learn = (phrases: readonly string[]) => weightsFrom(examplesOf(lessons, numbered(phrases)), phrases.length, making);
  const first = learn(all);
  const of = (weights: Float64Array, i: number) => [...weights.subarray(i * classes.length, (i + 1) * classes.length)];
  const telling = (i: number) => (Math.max(...of(first, i)) - Math.min(...of(first, i))) * Math.sqrt(often.get(all[i]!) ?? 0);
  const kept = all.map((phrase, i) => ({ phrase, tells: telling(i) })).toSorted((a, b) => b.tells - a.tells).slice(0, making.keep).map(({ phrase }) => phrase);
  const weights = learn(kept);
  const points = (i: number) => of(weights, i).map((weight) => Math.round(10 * weight) || 0) as unknown as Points;
  return Object.fromEntries(kept.flatMap((phrase, i) => (points(i).some((point) => point !== 0) ? [[phrase, points(i)]] : [])));
}

/** A sentence with what it is in. */
export type Spoken = Sentence & { readonly language: Language };

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Is it of the half that nobody looks at, and that nothing is learned from? By the last bit of its hash, so that no hand chooses. */
export const isHeldOut = ({ text }: Sentence): boolean => Number.parseInt(hashOf(text).slice(-1), 16) % 2 === 1;

/** How the shipped scorecard was made; each figure was chosen by cross-validation on sentences that were looked at (decisions/0025). */
export const making: Making = { passes: 6, hold: 0.005, pace: 0.3, weigh: [1, 1, 1, 1], seen: 2, keep: 20000 };

function lessonOf({ text, language, class: is }: Spoken): Lesson {
  const tokens = tokensOf(text, lexicons[language].plainer);
  return { phrases: [...phrasesOf(tokens, formsOf(tokens, lexicons[language])).keys()], class: is };
}

const urgencyBy = (points: Readonly<Record<string, Points>>, { phrases }: Lesson): number => urgencyOf(oddsOf(phrases.map((phrase) => pointsOf(phrase, points)).filter((own) => own !== undefined)));

/** What may be raised without need, of a hundred. */
export const limits = { ordinary: 2, thoughts: 3 } as const;

/** The lowest urgency that raises no more than the limits allow. */
function lineFor(scores: readonly { readonly class: Class; readonly urgency: number }[]): number {
  const raised = (is: Class, line: number) => {
    const all = scores.filter((one) => one.class === is);
    return (100 * all.filter(({ urgency }) => urgency >= line).length) / (all.length || 1);
  };
  const lines = Array.from({ length: 101 }, (_, i) => i);
  return lines.find((line) => raised("ordinary", line) <= limits.ordinary && raised("thoughts", line) <= limits.thoughts) ?? 100;
}

/** The sentences as lessons, in an order that no hand chose. */
function lessonsFrom(sentences: readonly Spoken[]): (Lesson & { readonly language: Language })[] {
  const placed = sentences.map((sentence) => ({ sentence, place: hashOf(`in this order: ${sentence.text}`) }));
  return placed.toSorted((a, b) => (a.place < b.place ? -1 : 1)).map(({ sentence }) => ({ ...lessonOf(sentence), language: sentence.language }));
}

const folds = 5;

/** From where on a text is for now: found on fifths of the sentences, each read by what the other four teach. */
export function nowFrom(sentences: readonly Spoken[], how: Making = making): Scorecard["now"] {
  const lessons = lessonsFrom(sentences);
  const tried = Array.from({ length: folds }, (_, fold) => {
    const points = pointsFrom(lessons.filter((_, i) => i % folds !== fold), how);
    return lessons.flatMap((lesson, i) => (i % folds === fold ? [{ class: lesson.class, language: lesson.language, urgency: urgencyBy(points, lesson) }] : []));
  }).flat();
  const [en = 100, es = 100] = languages.map((language) => lineFor(tried.filter((one) => one.language === language)));
  return { en, es };
}

/** What these sentences teach, each phrase with its points. */
export const pointsTaughtBy = (sentences: readonly Spoken[], how: Making = making): Scorecard["points"] => pointsFrom(lessonsFrom(sentences), how);
