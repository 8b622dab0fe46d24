import { formsOf, kindOf, phrasesOf, smallWordsIn, tokensOf, type Span, type Token } from "./phrases/rules.ts";
import { languages, lexicons, oddsOf, urgencyOf, voiceOf, type Found, type Odds } from "./points/rules.ts";
import { classes, type Class, type Priority, type Reading, type Scorecard, type Signal, type SignalKind } from "./types.ts";

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

type Seen = Found & { readonly phrase: string; readonly spans: readonly Span[] };
type Scored = { readonly tokens: readonly Token[]; readonly found: readonly Seen[]; readonly odds: Odds; readonly urgency: number; readonly now: boolean };

/** A piece as each language reads it whose small words it has most of: both, where neither has more. */
function readingsOf(piece: string, card: Scorecard): Scored[] {
  const read = languages.map((language) => {
    const tokens = tokensOf(piece, lexicons[language].plainer);
    return { language, tokens, small: smallWordsIn(tokens, lexicons[language]) };
  });
  const most = Math.max(...read.map(({ small }) => small));
  return read.filter(({ small }) => small === most).map(({ tokens, language }) => {
    const forms = formsOf(tokens, lexicons[language]);
    const found: Seen[] = [];
    for (const [phrase, spans] of phrasesOf(piece, tokens, forms)) {
      const points = card.pointsOf(phrase);
      if (points) found.push({ phrase, kind: kindOf(phrase), points, spans });
    }
    const odds = oddsOf(found);
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
const subjects: ReadonlyMap<string, SignalKind> = new Map(Object.entries(groupsOf).flatMap(([kind, groups]) => groups.map((group) => [group, kind as SignalKind])));
const subjectsOf = (phrase: string): SignalKind[] => [...phrase.matchAll(/<(\w+)>/g)].flatMap(([, group = ""]) => subjects.get(group) ?? []);

type Telling = Seen & { readonly gain: number };

/** The phrases that speak for a class, and by how much more than for any other. */
function tellingOf({ found }: Scored, of: Class): Telling[] {
  const at = classes.indexOf(of);
  const voice = voiceOf(found);
  return found.map((one) => ({ ...one, gain: voice[one.kind] * (one.points[at]! - Math.max(...one.points.filter((_, k) => k !== at))) })).filter(({ gain }) => gain > 0);
}

/** So many words are shown, and none that says less than this share of what the most telling one says. */
const [mostShown, tellsEnough] = [12, 0.1];

/** A word that every text has says nothing when it is said back alone. */
const saysNothing = ({ word }: Token): boolean => languages.some((language) => lexicons[language].common.has(word));

/** The words that these phrases stand on most, as they were written; what stands side by side is one, and what says most comes first. */
function wordsOf(found: readonly Telling[], tokens: readonly Token[]): string[] {
  const weights = tokens.map(() => 0);
  for (const { spans, gain } of found) {
    const places = spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
    for (const place of places) weights[place]! += gain / places.length;
  }
  const inOrder = weights.toSorted((a, b) => b - a);
  const least = Math.max(inOrder[mostShown] ?? 0, (inOrder[0] ?? 0) * tellsEnough);
  const runs: number[][] = [];
  tokens.forEach(({ said, sentence }, at) => {
    const shown = (place: number) => weights[place]! > least;
    if (!shown(at) || !said) return;
    const follows = at > 0 && tokens[at - 1]?.sentence === sentence && (shown(at - 1) || tokens[at - 1]?.said === "");
    if (follows && runs.length > 0) runs.at(-1)!.push(at);
    else runs.push([at]);
  });
  const weightOf = (run: readonly number[]) => run.reduce((sum, at) => sum + weights[at]!, 0);
  const telling = runs.filter((run) => !run.every((at) => saysNothing(tokens[at]!)));
  return (telling.length > 0 ? telling : runs)
    .toSorted((a, b) => weightOf(b) - weightOf(a))
    .map((run) => run.map((at) => tokens[at]!.said).join(" "));
}

const [urgentAt, ordinaryAt] = [classes.indexOf("urgent"), classes.indexOf("ordinary")];

/** What an urgent text speaks of most, by its groups of words: each by how much more it is of urgent texts than of ordinary ones, since sad ones speak of the same. */
function subjectIn({ found }: Scored): SignalKind {
  const sums = new Map<SignalKind, number>();
  for (const { phrase, points } of found) {
    const gain = points[urgentAt]! - points[ordinaryAt]!;
    for (const kind of subjectsOf(phrase)) sums.set(kind, (sums.get(kind) ?? 0) + gain);
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
  const kind = of === "urgent" ? subjectIn(telling) : of === "concern" ? "despair" : "frighteningThoughts";
  const signal: Signal = { kind, level: levels[of], words: wordsOf(found, telling.tokens) };
  return { priority: priorities[of], signals: [signal] };
}
