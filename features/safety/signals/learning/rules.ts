import { createHash } from "node:crypto";
import { formsOf, kindOf, kinds, phrasesOf, tokensOf, type Kind } from "../phrases/rules.ts";
import { heed, languages, lexicons, likely, oddsOf, urgencyOf } from "../points/rules.ts";
import { classes, type Class, type Language, type Line, type Points, type Sentence } from "../types.ts";

/** One text to learn from: the numbers of the phrases that stand in it, and the number of its class. */
export type Example = { readonly phrases: Uint32Array; readonly class: number };
/** How it is learned. `passes` over all examples; `hold`: how strongly every weight is held towards nought. */
export type Learning = { readonly passes: number; readonly hold: number; readonly pace: number };

/**
 * Multinomial logistic regression, held towards nought (L2), by AdaGrad in the order in which the examples are given: the same examples make the same weights.
 * Returns the weights of all phrases in a row, as many for each as there are classes.
 */
export function weightsFrom(examples: readonly Example[], phrases: number, { passes, hold, pace }: Learning): Float64Array {
  const many = classes.length;
  const weights = new Float64Array(phrases * many);
  const steps = new Float64Array(phrases * many).fill(1e-6);
  const often = new Float64Array(phrases);
  for (const { phrases: here } of examples) for (const phrase of here) often[phrase]! += 1;
  const sums = new Float64Array(many);
  for (let pass = 0; pass < passes; pass++)
    for (const { phrases: here, class: truth } of examples) {
      const each = 1 / Math.sqrt(here.length || 1);
      sums.fill(0);
      for (const phrase of here) for (let k = 0; k < many; k++) sums[k]! += weights[phrase * many + k]! * each;
      const off = Float64Array.from(likely([...sums]), (p, k) => (p - (k === truth ? 1 : 0)) * heed[truth]! * each);
      for (const phrase of here) {
        const held = hold / often[phrase]!;
        for (let k = 0, at = phrase * many; k < many; k++, at++) {
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

function examplesOf(lessons: readonly Lesson[], phrases: readonly string[]): Example[] {
  const numbers = new Map(phrases.map((phrase, i) => [phrase, i]));
  return lessons.map((lesson) => ({ phrases: Uint32Array.from(lesson.phrases.flatMap((phrase) => numbers.get(phrase) ?? [])), class: classes.indexOf(lesson.class) }));
}

const whole = (weight: number): number => Math.max(-127, Math.min(127, Math.round(10 * weight))) || 0;

/**
 * The points of the phrases that tell most, those first. Learned twice: from all phrases, to find those; then from those alone, so that the points fit what is left.
 * The same lessons in the same order make the same points.
 */
export function pointsFrom(lessons: readonly Lesson[], making: Making): Map<string, Points> {
  const often = new Map<string, number>();
  for (const { phrases } of lessons) for (const phrase of phrases) often.set(phrase, (often.get(phrase) ?? 0) + 1);
  const all = [...often].filter(([, times]) => times >= making.seen).map(([phrase]) => phrase);
  const learn = (phrases: readonly string[]) => weightsFrom(examplesOf(lessons, phrases), phrases.length, making);
  const first = learn(all);
  const of = (weights: Float64Array, i: number) => weights.subarray(i * classes.length, (i + 1) * classes.length);
  const telling = (i: number) => (Math.max(...of(first, i)) - Math.min(...of(first, i))) * Math.sqrt(often.get(all[i]!) ?? 0);
  const kept = all.map((phrase, i) => ({ phrase, tells: telling(i) })).toSorted((a, b) => b.tells - a.tells).slice(0, making.keep).map(({ phrase }) => phrase);
  const weights = learn(kept);
  return new Map(kept.map((phrase, i) => [phrase, Array.from(of(weights, i), whole) as unknown as Points]));
}

/** A sentence, its language, and the hand that wrote it: the name of its file without the language. */
export type Spoken = Sentence & { readonly language: Language; readonly hand: string };

/** How the shipped scorecard was made; each figure was chosen by leaving hands out (decisions/0028). `keep` is for each kind of phrases. */
export const making: Making = { passes: 6, hold: 0.005, pace: 0.3, seen: 2, keep: 60000 };

type Heard = { readonly phrases: Readonly<Record<Kind, readonly string[]>>; readonly class: Class; readonly language: Language; readonly hand: string };

function heard({ text, language, hand, class: is }: Spoken): Heard {
  const tokens = tokensOf(text, lexicons[language].plainer);
  const phrases = Map.groupBy(phrasesOf(text, tokens, formsOf(tokens, lexicons[language])).keys(), kindOf);
  const of = (kind: Kind) => phrases.get(kind) ?? [];
  return { phrases: { words: of("words"), letters: of("letters"), groups: of("groups") }, class: is, language, hand };
}

const placeOf = (text: string): string => createHash("sha256").update(`in this order: ${text}`).digest("hex");

/** The sentences in an order that no hand chose. */
const inOrder = (sentences: readonly Spoken[]): Heard[] =>
  sentences.map((sentence) => ({ sentence, place: placeOf(sentence.text) })).toSorted((a, b) => (a.place < b.place ? -1 : 1)).map(({ sentence }) => heard(sentence));

/** Each kind of phrases is learned by itself. */
const pointsOfAll = (lessons: readonly Heard[], how: Making): Map<string, Points> => new Map(kinds.flatMap((kind) => [...pointsFrom(lessons.map(({ phrases, class: is }) => ({ phrases: phrases[kind], class: is })), how)]));

const urgencyBy = (points: ReadonlyMap<string, Points>, { phrases }: Heard): number =>
  urgencyOf(oddsOf(kinds.flatMap((kind) => phrases[kind].map((phrase) => points.get(phrase)).filter((own) => own !== undefined).map((own) => ({ kind, points: own })))));

/**
 * What may be raised without need, of a hundred, in the mean of the hands. Their sentences were written to mislead (each second ordinary one holds
 * a deadly word): of what people write less is raised (decisions/0028 has each open set), and 2 and 3 are wanted.
 */
export const limits = { ordinary: 3, thoughts: 4.5 } as const;

/** A sentence, and how urgent it is by what the other hands teach. */
export type Tried = { readonly class: Class; readonly language: Language; readonly hand: string; readonly urgency: number };

const shareOver = (tried: readonly Tried[], is: Class, line: number): number => {
  const all = tried.filter((one) => one.class === is);
  return (100 * all.filter(({ urgency }) => urgency >= line).length) / (all.length || 1);
};

/** What a line raises of a class in the mean of the hands, each counted alike; from three hands on without the one of which most is raised, so that none moves the line alone. */
function raisedByHand(hands: readonly (readonly Tried[])[], is: Class, line: number): number {
  const shares = hands.map((tried) => shareOver(tried, is, line)).toSorted((a, b) => a - b);
  const counted = shares.length < 3 ? shares : shares.slice(0, -1);
  return counted.reduce((sum, share) => sum + share, 0) / (counted.length || 1);
}

/** The lowest line that raises no more than the limits allow, and what it finds. */
export function lineFor(tried: readonly Tried[], most: { readonly ordinary: number; readonly thoughts: number } = limits): { readonly line: number; readonly found: number } {
  const lines = Array.from({ length: 101 }, (_, i) => i);
  const hands = [...Map.groupBy(tried, ({ hand }) => hand).values()];
  const line = lines.find((at) => raisedByHand(hands, "ordinary", at) <= most.ordinary && raisedByHand(hands, "thoughts", at) <= most.thoughts) ?? 100;
  return { line, found: shareOver(tried, "urgent", line) };
}

/** Every sentence read by a card that nothing of its hand, in either language, was learned into. A stranger's sentences are read no better than this. */
export function triedByOthers(sentences: readonly Spoken[], how: Making = making): Tried[] {
  const lessons = inOrder(sentences);
  return [...new Set(lessons.map(({ hand }) => hand))].toSorted().flatMap((left) => {
    const points = pointsOfAll(lessons.filter(({ hand }) => hand !== left), how);
    return lessons.filter(({ hand }) => hand === left).map((lesson) => ({ class: lesson.class, language: lesson.language, hand: left, urgency: urgencyBy(points, lesson) }));
  });
}

/** From where on a text is for now. */
export const nowFrom = (tried: readonly Tried[]): Line => {
  const [en = 100, es = 100] = languages.map((language) => lineFor(tried.filter((one) => one.language === language)).line);
  return { en, es };
};

/** What these sentences teach, each phrase with its points: those first that tell most, by kind. */
export const pointsTaughtBy = (sentences: readonly Spoken[], how: Making = making): Map<string, Points> => pointsOfAll(inOrder(sentences), how);
