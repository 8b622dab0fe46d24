import { readFileSync } from "node:fs";
import { classes, type Line, type Points, type Scorecard } from "../types.ts";
import { languages, packed } from "./rules.ts";

const file = new URL("../scorecard.tsv", import.meta.url);

/** The lines of a file, each made to text by itself, so that the whole never stands in memory as text. */
function* linesOf(bytes: Buffer): Generator<string> {
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf("\n", from);
    const end = to === -1 ? bytes.length : to;
    yield bytes.toString("utf8", from, end);
    from = end + 1;
  }
}

function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf("\n"); at !== -1; at = bytes.indexOf("\n", at + 1)) count += 1;
  return count;
}

function* rowsOf(lines: Iterable<string>): Generator<[phrase: string, points: Points]> {
  for (const line of lines) {
    const [phrase = "", ...points] = line.split("\t");
    yield [phrase, points.map(Number) as unknown as Points];
  }
}

/** A scorecard as text, to be read by people: the line of each language, the names of the columns, and each phrase with its points. */
export const textOf = (now: Line, points: ReadonlyMap<string, Points>): string =>
  [["for now from", ...languages.map((language) => `${language} ${now[language]}`)], ["phrase", ...classes], ...[...points].map(([phrase, row]) => [phrase, ...row])].map((cells) => `${cells.join("\t")}\n`).join("");

function cardIn(bytes: Buffer): Scorecard {
  const lines = linesOf(bytes);
  const [, ...cells]: string[] = (lines.next().value ?? "").split("\t");
  const now = new Map(cells.map((cell) => cell.split(" ")).map(([language, line]) => [language, Number(line)]));
  lines.next();
  return { now: { en: now.get("en") ?? 100, es: now.get("es") ?? 100 }, pointsOf: packed(rowsOf(lines), countOf(bytes)) };
}

let card: Scorecard | undefined;

/** The scorecard that was learned, read when it is first asked for. */
export const learned = (): Scorecard => (card ??= cardIn(readFileSync(file)));
