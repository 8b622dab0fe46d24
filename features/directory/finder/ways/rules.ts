import { searchOf, saidYes, type Ask } from "../rules.ts";

/** How many listings there are, and which share of them has each of the tokens that many have. What is not among them is in fewer than `least`: say, in a third of that. */
export type Shares = { readonly rows: number; readonly of: ReadonlyMap<string, number>; readonly least: number };

export const nothingKnown: Shares = { rows: 0, of: new Map(), least: 0.01 };

/**
 * How PostgreSQL is asked. `words`: the index of words finds all that have what is `asked`, each is checked for the rest, and they are sorted.
 * `nearest`: the index of places is walked from the nearest on, past what lacks a token, until there are enough.
 * Its own planner takes a walk for cheap and rows for dear: it decodes the list of a language that four in five speak in order to strike out
 * three of a hundred rows, and walks through a country for two that are everywhere.
 */
export type Way = { readonly by: "words"; readonly asked: string; readonly checked: string } | { readonly by: "nearest"; readonly asked: string };

// Microseconds, measured on two cores at 2.6 GHz: to read one row out of a list of the index of words, and out of the lists of all words that
// begin alike, which are laid together first; to fetch and check one row; to take one step from the nearest on.
const [listed, gathered, fetched, step] = [0.03, 0.15, 4, 0.25];

/** Three of four listings can be trusted, and only these are walked to; of those who said yes, about half said it lately enough. */
const [trusted, lately] = [0.75, 0.5];

type Part = { readonly share: number; readonly perRow: number; readonly ask: Pick<Ask, "words" | "facets" | "begun"> };

/** Each word, each group of facets: the rarest first. */
function partsOf({ words, facets, begun, accepting }: Ask, { of, least }: Shares): Part[] {
  const share = (tokens: Iterable<string>) => Math.min(1, [...tokens].reduce((sum, token) => sum + (of.get(token) ?? least / 3), 0));
  const beginning = (start: string) => of.keys().filter((token) => token.startsWith(start));
  const none = { words: [], facets: [], begun: undefined };
  return [
    ...words.map((word) => ({ share: share([word]), perRow: listed, ask: { ...none, words: [word] } })),
    ...(accepting ? [...facets, [saidYes]] : facets).map((some) => ({ share: share(some), perRow: listed, ask: { ...none, facets: [some] } })),
    ...(begun === undefined ? [] : [{ share: Math.max(least, share(beginning(begun))), perRow: gathered, ask: { ...none, begun } }]),
  ].sort((a, b) => a.share - b.share);
}

const together = (parts: readonly Part[]): string => parts.map(({ ask }) => searchOf(ask).tsquery).filter(Boolean).join(" & ");

/** The cheaper way to the first `limit`. Whatever `shares` says, both find the same. */
export function wayOf(ask: Ask, limit: number, shares: Shares): Way {
  const { rows } = shares;
  const parts = partsOf(ask, shares);
  const asked: Part[] = [];
  let [cost, left] = [0, rows];
  for (const part of parts) {
    const list = rows * part.share * part.perRow;
    if (asked.length > 0 && left * (1 - part.share) * fetched < list) break;
    asked.push(part);
    cost += list;
    left *= part.share;
  }
  const wanted = ask.accepting ? trusted * lately : trusted;
  const steps = Math.min(rows, limit / Math.max(parts.reduce((share, part) => share * part.share, wanted), 1e-9));
  // The index of places knows whole words alone: what she began is looked up in each row that has the rest.
  const begun = parts.find(({ ask }) => ask.begun !== undefined);
  const looked = begun ? limit / (begun.share * wanted) : 0;
  if (ask.near && (parts.length === 0 || steps * step + looked * fetched < cost + left * fetched)) return { by: "nearest", asked: together(parts) };
  return { by: "words", asked: together(asked), checked: together(parts.slice(asked.length)) };
}
