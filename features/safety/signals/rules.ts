import { formsOf, phrasesOf, shareKnown, tokensOf, type Span, type Token } from "./phrases/rules.ts";
import { languages, lexicons, oddsOf, urgencyOf, type Odds } from "./points/rules.ts";
import scorecard from "./scorecard.json" with { type: "json" };
import { classes, type Class, type Points, type Priority, type Reading, type Scorecard, type Signal, type SignalKind } from "./types.ts";

const learned = scorecard as unknown as Scorecard;

/** How many words are read at once, and how far on the next reading begins at least: one urgent sentence must not drown in a long post. */
const [most, onward] = [60, 15];

/** A text in pieces of at most sixty words. They overlap, and begin where a sentence does or, in a very long one, somewhere within. */
export function piecesOf(text: string): string[] {
  const words = text.split(/(?<=\s)(?=\S)/);
  const pieces: string[] = [];
  for (let from = 0; ; ) {
    pieces.push(words.slice(from, from + most).join(""));
    if (from + most >= words.length) return pieces;
    const begins = words.findIndex((_, at) => at >= from + onward && /[.!?…\n]\s*$/.test(words[at - 1] ?? ""));
    from = begins === -1 || begins > from + most - onward ? from + most - onward : begins;
  }
}

type Found = { readonly phrase: string; readonly points: Points; readonly spans: readonly Span[] };
type Scored = { readonly tokens: readonly Token[]; readonly found: readonly Found[]; readonly odds: Odds; readonly urgency: number; readonly now: boolean };

/** A piece as each language reads it that knows most of its words: both, where neither knows more. */
function readingsOf(piece: string, card: Scorecard): Scored[] {
  const read = languages.map((language) => {
    const tokens = tokensOf(piece, lexicons[language].plainer);
    const forms = formsOf(tokens, lexicons[language]);
    return { language, tokens, forms, share: shareKnown(tokens, forms, lexicons[language]) };
  });
  const best = Math.max(...read.map(({ share }) => share));
  return read.filter(({ share }) => share === best).map(({ tokens, forms, language }) => {
    const found = [...phrasesOf(tokens, forms)].flatMap(([phrase, spans]) => {
      const points = card.points[phrase];
      return points ? [{ phrase, points, spans }] : [];
    });
    const odds = oddsOf(found.map(({ points }) => points));
    const urgency = urgencyOf(odds);
    return { tokens, found, odds, urgency, now: urgency >= card.now[language] };
  });
}

/** What a group of words speaks of, where a text is for now. */
const kinds: Readonly<Record<string, SignalKind>> = {
  suicide: "selfHarm", gone: "selfHarm", goodbye: "selfHarm", letters: "selfHarm", giveaway: "selfHarm", pills: "selfHarm", stock: "selfHarm", swallowed: "selfHarm", rope: "selfHarm", height: "selfHarm", day: "selfHarm", plan: "selfHarm", selfharm: "selfHarm",
  voices: "psychosis", divine: "psychosis", device: "psychosis", chosen: "psychosis", watched: "psychosis", switched: "psychosis", nosleep: "psychosis", high: "psychosis", strange: "psychosis",
  threat: "harmByOther", trapped: "harmByOther", injured: "harmByOther", partner: "harmByOther", kin: "harmByOther", he: "harmByOther", gun: "harmByOther",
  shake: "babyAtRisk", snapnow: "babyAtRisk", alone: "babyAtRisk", itbaby: "babyAtRisk", smother: "babyAtRisk", baby: "babyAtRisk",
};

const kindOf = (phrase: string): SignalKind | undefined => [...phrase.matchAll(/<(\w+)>/g)].flatMap(([, group = ""]) => kinds[group] ?? []).at(0);

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
    const kind = kindOf(phrase);
    if (kind) sums.set(kind, (sums.get(kind) ?? 0) + gain);
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
  const readings = piecesOf(text).flatMap((piece) => readingsOf(piece, card)).toSorted((a, b) => b.urgency - a.urgency);
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
