/** One word of a text, small and without accents, with the sentence it stands in and whether a pause comes before it. */
export type Token = { readonly word: string; readonly sentence: number; readonly pause: boolean };

/** Some words in a row; one that ends in `*` stands for every word that begins so. */
type Row = readonly string[];
type Part =
  | { readonly is: "words"; readonly rows: readonly Row[]; readonly mayMiss: boolean }
  | { readonly is: "not"; readonly rows: readonly Row[] }
  | { readonly is: "gap"; readonly most: number };
/** A pattern that is ready to be looked for: all of these in one sentence or in two that follow one another, in any order. */
export type Compiled = readonly (readonly Part[])[];

/** Where a pattern was found: from its first word to before `end`. */
export type Found = { readonly start: number; readonly end: number };

const rowOf = (text: string): Row => text.split(" ").filter(Boolean);

/**
 * Reads a pattern. What is parted by ` & ` may stand in any order, in one sentence or in neighbours. In each, the parts are parted by gaps (`~3`: up to three other words). A part is some words in a row, or several such rows
 * parted by `|`. A word may end in `*` (begins so) or `?` (may be missing, in a part without `|`); `<name>` is any row of that group.
 * A part that begins with `!` must not stand there. Throws where a group has no words: a rule file that says nothing by mistake must not be served.
 */
export function compile(pattern: string, groups: Readonly<Record<string, readonly string[]>>): Compiled {
  const rowsOf = (text: string): readonly Row[] => {
    const [, name] = /^<(.+)>$/.exec(text) ?? [];
    if (name === undefined) return [rowOf(text)];
    const group = groups[name];
    if (!group) throw new Error(`A rule names the group ${name}, which has no words.`);
    return group.map(rowOf);
  };
  const anyOf = (text: string) => text.split("|").flatMap((one) => rowsOf(one.trim()));
  const inARow = (text: string): Part[] => text.split(/ *(?=!)| *(~\d+) */).filter(Boolean).flatMap((part): Part[] => {
    if (part.startsWith("~")) return [{ is: "gap", most: Number(part.slice(1)) }];
    if (part.startsWith("!")) return [{ is: "not", rows: anyOf(part.slice(1)) }];
    if (part.includes("|")) return [{ is: "words", rows: anyOf(part), mayMiss: false }];
    return rowOf(part).map((word) => ({ is: "words", rows: rowsOf(word.replace(/\?$/, "")), mayMiss: word.endsWith("?") }));
  });
  return pattern.split(" & ").map(inARow);
}

const fits = (word: string, wanted: string): boolean => (wanted.endsWith("*") ? word.startsWith(wanted.slice(0, -1)) : word === wanted);

/** Does this row of words stand at `at`, within the sentence? */
const stands = (tokens: readonly Token[], at: number, row: Row, sentence: number): boolean => row.every((wanted, i) => tokens[at + i]?.sentence === sentence && fits(tokens[at + i]?.word ?? "", wanted));

/** The end of the rest of a pattern that begins at `at`; the shortest where it could end in several places. */
function endOf(tokens: readonly Token[], pattern: readonly Part[], part: number, at: number, sentence: number): number | undefined {
  const here = pattern[part];
  if (!here) return at;
  const next = (from: number) => endOf(tokens, pattern, part + 1, from, sentence);
  switch (here.is) {
    case "gap":
      for (let skipped = 0; skipped <= here.most; skipped++) {
        const end = next(at + skipped);
        if (end !== undefined) return end;
        if (tokens[at + skipped]?.sentence !== sentence) return undefined;
      }
      return undefined;
    case "not":
      return here.rows.some((row) => stands(tokens, at, row, sentence)) ? undefined : next(at);
    case "words":
      for (const row of here.rows) {
        const end = stands(tokens, at, row, sentence) ? next(at + row.length) : undefined;
        if (end !== undefined) return end;
      }
      return here.mayMiss ? next(at) : undefined;
  }
}

function placesOf(tokens: readonly Token[], pattern: readonly Part[]): Found[] {
  return tokens.flatMap(({ sentence }, start) => {
    const end = endOf(tokens, pattern, 0, start, sentence);
    return end !== undefined && end > start ? [{ start, end }] : [];
  });
}

/** Every place where the pattern stands, each from its own first word; of several in any order, the first one's places. */
export function find(tokens: readonly Token[], [first = [], ...others]: Compiled): Found[] {
  const places = placesOf(tokens, first);
  if (others.length === 0 || places.length === 0) return places;
  const rest = others.map((each) => placesOf(tokens, each));
  const sentenceOf = ({ start }: Found) => tokens[start]?.sentence ?? 0;
  return places.filter((place) => rest.every((each) => each.some((other) => Math.abs(sentenceOf(other) - sentenceOf(place)) <= 1 && (other.end <= place.start || other.start >= place.end))));
}

/**
 * The words of a text: small, without accents and apostrophes, hurried ways of writing made plain.
 * A full stop, a question or exclamation mark or a new line ends a sentence; a comma, colon or dash is a pause.
 */
export function tokensOf(text: string, plainer: Readonly<Record<string, string>>): Token[] {
  const tokens: Token[] = [];
  let [sentence, pause] = [0, false];
  const simple = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’‘`´]/g, "'");
  for (const [piece] of simple.matchAll(/[\p{L}\p{N}']+|[.!?¿¡\n…;]+|[,:()—–"“”«»-]+/gu)) {
    if (/^[.!?¿¡\n…;]/.test(piece)) sentence += 1;
    else if (!/^[\p{L}\p{N}']/u.test(piece)) pause = true;
    else
      for (const word of rowOf(plainer[piece] ?? plainer[piece.replaceAll("'", "")] ?? piece.replaceAll("'", ""))) {
        tokens.push({ word, sentence, pause });
        pause = false;
      }
  }
  return tokens;
}
