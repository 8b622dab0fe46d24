import { formsOf, phrasesOf, smallWordsIn, tokensOf, type Span, type Token } from "./phrases/rules.ts";
import { languages, lexicons, oddsOf, pointsOf, urgencyOf, type Odds } from "./points/rules.ts";
import scorecard from "./scorecard.json" with { type: "json" };
import { classes, type Class, type Points, type Priority, type Reading, type Scorecard, type Signal, type SignalKind } from "./types.ts";

const learned = scorecard as unknown as Scorecard;

/** A text of more than `whole` words is read sentence by sentence as well, and in stretches of `most` words: one urgent sentence must not drown in a long post. */
const [whole, most, onward] = [60, 30, 20];
/** Fewer words than these say too little by themselves. */
const least = 6;

/** A short text whole; a long one in its sentences and in stretches that overlap, so that nothing is left out and what belongs together is also read together. */
export function piecesOf(text: string): string[] {
  const words = text.split(/(?<=\s)(?=\S)/);
  if (words.length <= whole) return [text];
  const stretches = Array.from({ length: Math.ceil((words.length - most) / onward) + 1 }, (_, i) => words.slice(i * onward, i * onward + most).join(""));
  const sentences = text.split(/(?<=[.!?…\n])\s/).filter((sentence) => sentence.trim().split(/\s+/).length >= least);
  return [...stretches, ...sentences];
}

type Found = { readonly phrase: string; readonly points: Points; readonly spans: readonly Span[] };
type Scored = { readonly tokens: readonly Token[]; readonly found: readonly Found[]; readonly odds: Odds; readonly urgency: number; readonly now: boolean };

/** A piece as each language reads it whose small words it has most of: both, where neither has more. */
function readingsOf(piece: string, card: Scorecard): Scored[] {
  const read = languages.map((language) => {
    const tokens = tokensOf(piece, lexicons[language].plainer);
    return { language, tokens, small: smallWordsIn(tokens, lexicons[language]) };
  });
  const most = Math.max(...read.map(({ small }) => small));
  return read.filter(({ small }) => small === most).map(({ tokens, language }) => {
    const forms = formsOf(tokens, lexicons[language]);
    const found = [...phrasesOf(tokens, forms)].flatMap(([phrase, spans]) => {
      const points = pointsOf(phrase, card.points);
      return points ? [{ phrase, points, spans }] : [];
    });
    const odds = oddsOf(found.map(({ points }) => points));
    const urgency = urgencyOf(odds);
    return { tokens, found, odds, urgency, now: urgency >= card.now[language] };
  });
}

/** What groups of words speak of, where a text is for now. */
const groupsOf: Readonly<Partial<Record<SignalKind, readonly string[]>>> = {
  selfHarm: ["suicide", "gone", "goodbye", "letters", "giveaway", "pills", "stock", "swallowed", "rope", "height", "day", "plan", "selfharm", "myself", "die"],
  psychosis: ["voices", "divine", "device", "chosen", "watched", "switched", "nosleep", "high", "strange"],
  harmByOther: ["threat", "trapped", "injured", "gun", "partner"],
  babyAtRisk: ["shake", "snapnow", "alone", "itbaby", "smother"],
};
const kinds: ReadonlyMap<string, SignalKind> = new Map(Object.entries(groupsOf).flatMap(([kind, groups]) => groups.map((group) => [group, kind as SignalKind])));
const kindsOf = (phrase: string): SignalKind[] => [...phrase.matchAll(/<(\w+)>/g)].flatMap(([, group = ""]) => kinds.get(group) ?? []);

type Telling = Found & { readonly gain: number };

/** The phrases that speak most for a class. */
function tellingOf({ found }: Scored, of: Class): Telling[] {
  const at = classes.indexOf(of);
  return found
    .map((one) => ({ ...one, gain: one.points[at]! - Math.max(...one.points.filter((_, k) => k !== at)) }))
    .filter(({ gain }) => gain > 0)
    .toSorted((a, b) => b.gain - a.gain)
    .slice(0, 8);
}

/** The words of these phrases as they were written, in their order; what stands side by side is one. */
function wordsOf(telling: readonly Telling[], tokens: readonly Token[]): string[] {
  const marked = new Set(telling.flatMap(({ spans }) => spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i))));
  const runs: string[][] = [];
  tokens.forEach(({ said, sentence }, at) => {
    if (!marked.has(at) || !said) return;
    const follows = at > 0 && tokens[at - 1]?.sentence === sentence && (marked.has(at - 1) || tokens[at - 1]?.said === "");
    if (follows && runs.length > 0) runs.at(-1)!.push(said);
    else runs.push([said]);
  });
  return runs.map((run) => run.join(" "));
}

/** What an urgent text speaks of most, by the groups that its points stand on. */
function kindIn(telling: readonly Telling[]): SignalKind {
  const sums = new Map<SignalKind, number>();
  for (const { phrase, gain } of telling) {
    for (const kind of kindsOf(phrase)) sums.set(kind, (sums.get(kind) ?? 0) + gain);
  }
  return [...sums].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? "despair";
}

const priorities: Readonly<Record<Class, Priority>> = { urgent: "P0", concern: "P1", thoughts: "P2", ordinary: "P3" };
const levels = { urgent: "now", concern: "today", thoughts: "reassure" } as const;

/** The class of what was read, short of "now": what is urgent by a little is a concern. */
const calmClassOf = ({ urgent, concern, thoughts, ordinary }: Odds): Class => (thoughts > Math.max(urgent + concern, ordinary) ? "thoughts" : urgent + concern > ordinary ? "concern" : "ordinary");

/**
 * What a text may speak of, by the words in it, and how soon somebody should read it.
 * It orders a queue and shows its author help. It hides nothing, is kept on nobody, and calls nobody.
 */
export function readBy(card: Scorecard, text: string): Reading {
  const readings = piecesOf(text).flatMap((piece) => readingsOf(piece, card)).filter(({ found }) => found.length > 0).toSorted((a, b) => b.urgency - a.urgency);
  const urgent = readings.find(({ now }) => now);
  const grave = readings.find(({ odds }) => calmClassOf(odds) === "concern") ?? readings.find(({ odds }) => calmClassOf(odds) === "thoughts");
  const telling = urgent ?? grave;
  if (!telling) return { priority: "P3", signals: [] };
  const of = urgent ? "urgent" : (calmClassOf(telling.odds) as "concern" | "thoughts");
  const found = tellingOf(telling, of);
  const kind = of === "urgent" ? kindIn(found) : of === "concern" ? "despair" : "frighteningThoughts";
  const signal: Signal = { kind, level: levels[of], words: wordsOf(found, telling.tokens) };
  return { priority: priorities[of], signals: [signal] };
}

export const read = (text: string): Reading => readBy(learned, text);
