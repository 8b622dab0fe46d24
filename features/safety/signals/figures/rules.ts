import printed from "../figures.json" with { type: "json" };
import type { Class, Language, Priority, Sentence } from "../types.ts";

/** Of a hundred sentences of each class, how many were read as "now"; and how many sentences stand behind it. */
export type Figures = { readonly sentences: number; readonly urgentFound: number; readonly urgentMissed: number; readonly urgentInTurn: number; readonly concernRaised: number; readonly thoughtsRaised: number; readonly ordinaryRaised: number };

const percent = (part: number, whole: number): number => Math.round((1000 * part) / (whole || 1)) / 10;

/** What a reader of texts finds and misses in these sentences. `urgentInTurn`: urgent ones that would wait like an ordinary post. */
export function figuresOf(sentences: readonly Sentence[], read: (text: string) => { readonly priority: Priority }): Figures {
  const of = (is: Class) => sentences.filter((one) => one.class === is).map(({ text }) => read(text).priority);
  const share = (is: Class, wanted: Priority) => percent(of(is).filter((priority) => priority === wanted).length, of(is).length);
  const urgentFound = share("urgent", "P0");
  return { sentences: sentences.length, urgentFound, urgentMissed: percent(100 - urgentFound, 100), urgentInTurn: share("urgent", "P3"), concernRaised: share("concern", "P0"), thoughtsRaised: share("thoughts", "P0"), ordinaryRaised: share("ordinary", "P0") };
}

/** What was measured on the open set, from which nothing was learned, by language: for the page that tells people how good this is. */
export const measured: Readonly<Record<Language, Figures>> = printed;
