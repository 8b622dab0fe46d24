import type { Files } from "../files/queries.ts";
import { isTable, type Limits } from "../files/rules.ts";
import { flatCells, isTemplate, neededColumns, readFlat, suggest } from "../flat/rules.ts";
import { v5 } from "uuid";
import { knows, readRow } from "../records/older/rules.ts";
import { byWeek, deskFor, joins, unusedUnits } from "../records/rules.ts";
import type { Desk, Made, Reading, Row } from "../records/types.ts";
import { zoneOf } from "../../places/queries.ts";
import { linesOf, uncut } from "../rows/queries.ts";
import { headingsOf, readAlone, shapeOrder, type Shape } from "../shapes/rules.ts";
import { readAside } from "./aside/commands.ts";
import type { ShapedFile } from "./aside/types.ts";
import { firstLines, flatTable, isOurs, shapeHere } from "./queries.ts";
import { delimiterOf, isHeadingsAgain, refuseHeadings } from "./rules.ts";
import type { Stage } from "../staging/commands.ts";
import type { Gathering } from "../staging/gathering/commands.ts";
import { directoryNamespace, factId, facts } from "../../taxonomy/queries.ts";
import { weekdayOf } from "../cleaning/rules.ts";
import { WholeRefused, type Source } from "../types.ts";
import type { Instant } from "../../../../platform/time/time.ts";

const factById = new Map(facts.map((fact) => [factId(fact), fact]));

/** What rows of this source are read with. */
export const readingOf = (source: Source, now: Instant): Reading => ({
  sourceId: source.id,
  country: source.country,
  now,
  verbatim: false,
  zoneOf,
  madeId: (name) => v5(name, directoryNamespace),
  factOf: (termId) => factById.get(termId),
});

/** Where rows go, with a moment now and then in which what waits is written and others get their turn. */
export type Sink = Omit<Gathering, "take" | "hear"> & { readonly pause: () => Promise<void> };

/** Rows after which others get their turn. */
const stride = 250;

/** Reads every table of an export into the stage, in the order in which they need one another. */
export async function feed(files: Files, limits: Limits, source: Source, now: Instant, stage: Stage & Sink): Promise<{ readonly verbatim: boolean }> {
  const tables = files.names.filter(isTable);
  const shaped = new Map<Shape, string>();
  for (const name of tables) {
    const shape = await shapeHere(files, name, limits);
    if (!shape) continue;
    if (shaped.has(shape)) throw new WholeRefused("fileTwice", `${shaped.get(shape)}, ${name}`);
    shaped.set(shape, name);
  }
  const reading = readingOf(source, now);
  if (shaped.size === 0 || (tables.length === 1 && !shaped.has("service"))) {
    if (tables.length !== 1) throw new WholeRefused("noTables");
    await feedFlat(files, tables[0]!, limits, source, deskFor(reading), stage);
    return { verbatim: false };
  }
  if (!shaped.has("service") && !shaped.has("organization")) throw new WholeRefused("noServices");
  const verbatim = await isOurs(files, shaped.get("taxonomy"), limits);
  const desk = deskFor({ ...reading, verbatim });
  const ordered = shapeOrder.flatMap((shape): readonly ShapedFile[] => {
    const name = shaped.get(shape);
    return name === undefined ? [] : [{ name, shape }];
  });
  // Each file has its number in the stage before either thread says it.
  for (const { name } of ordered) stage.row(name, 0);
  const alone = ordered.filter(({ shape }) => readAlone.includes(shape));
  const aside = alone.reduce((sum, { name }) => sum + files.size(name), 0) >= limits.aside ? alone : [];
  await bothOf(
    (signal) => readAside({ path: files.path, named: stage.files, tables: aside, limits, source, now: now.toString(), verbatim }, stage, signal),
    (pause) => feedTables(files, ordered.filter((table) => !aside.includes(table)), limits, desk, { ...stage, pause }),
    stage.pause,
  );
  for (const { row, refused } of unusedUnits(desk)) stage.refuse(row.file, row.line, 1, refused);
  return { verbatim };
}

/** Two readings at once. What is wrong with one breaks the other off, and is heard when both have ended: nothing may be written any more then. */
async function bothOf(besides: (signal: AbortSignal) => Promise<void>, here: (pause: Sink["pause"]) => Promise<void>, pause: Sink["pause"]): Promise<void> {
  const breakOff = new AbortController();
  const first = (error: unknown): never => {
    breakOff.abort(error);
    throw error;
  };
  const pauseUnlessOff = async (): Promise<void> => {
    breakOff.signal.throwIfAborted();
    await pause();
  };
  await Promise.allSettled([besides(breakOff.signal).catch(first), here(pauseUnlessOff).catch(first)]);
  breakOff.signal.throwIfAborted();
}

/** Puts what a row has become where it is settled from; what is said of an earlier row goes to that one. */
export function keepMade(stage: Sink, shape: Shape, { file, line, cells }: Row, made: Made, weight: number): void {
  for (const one of made.staged) stage.put(file, line, one);
  for (const one of made.said) stage.say(one.row?.file ?? file, one.row?.line ?? line, one);
  for (const one of made.guesses) stage.guess(one, shape !== "service");
  for (const one of made.noted) stage.note(file, line, cells["id"] ?? "", one);
  if (made.refused) stage.refuse(file, line, weight, made.refused);
}

/** Reads these tables one after the other. */
export async function feedTables(files: Files, tables: readonly ShapedFile[], limits: Limits, desk: Desk, stage: Sink): Promise<void> {
  for (const { name, shape } of tables) await feedTable(files, name, shape, limits, desk, stage);
}

async function feedTable(files: Files, name: string, shape: Shape, limits: Limits, desk: Desk, stage: Sink): Promise<void> {
  let headings: readonly string[] | undefined;
  let week: { row: Row; day: string }[] = [];
  const keep = (row: Row, made: Made, weight: number): void => keepMade(stage, shape, row, made, weight);
  const endWeek = (): void => {
    if (week.length === 0) return;
    const { row, weight } = byWeek(week);
    keep(row, readRow(desk, "regular_schedule", row, weight), weight);
    week = [];
  };
  if (delimiterOf((await firstLines(files, name, limits, uncut))[0]?.cells[0] ?? "") !== ",") throw new WholeRefused("delimiterWrong", name);
  for await (const lines of linesOf(name, await files.read(name), limits)) {
    for (const [nth, { line, cells, whole }] of lines.entries()) {
      if (!headings) {
        headings = headingsOf(shape, cells);
        refuseHeadings(name, shape, headings);
        const unknown = headings.filter((heading) => !knows(shape, heading));
        for (const heading of unknown) stage.note(name, line, "", { reason: "columnUnknown", detail: heading });
        continue;
      }
      if (isHeadingsAgain(headings, cells)) throw new WholeRefused("headingsAgain", `${name}:${line}`);
      stage.row(name, 1);
      const row = { file: name, line, cells: cellsOf(headings, cells) };
      if (!whole) stage.refuse(name, line, 1, { reason: "columnsWrong", detail: String(cells.length), key: row.cells["id"] ?? "" });
      else if (shape === "regular_schedule") {
        const day = weekdayOf(row.cells["weekday"] ?? "");
        if (week[0] && (!joins(week[0].row, row) || week.some((one) => one.day === day))) endWeek();
        if (day) week.push({ row, day });
        else keep(row, readRow(desk, shape, row), 1);
      } else keep(row, readRow(desk, shape, row), 1);
      if (nth % stride === stride - 1) await stage.pause();
    }
    await stage.pause();
  }
  endWeek();
}

/** Cells that hold something, by their headings; nothing is taken of a column without one. */
function cellsOf(headings: readonly string[], cells: readonly string[]): Record<string, string> {
  const row: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [at, heading] of headings.entries()) {
    const cell = cells[at];
    if (cell !== undefined && cell !== "" && heading !== "") row[heading] = cell;
  }
  return row;
}

/** A table with one listing a row: our template, or a file whose columns the source's mapping names. Spreadsheets save it in several ways; all are read. */
async function feedFlat(files: Files, name: string, limits: Limits, source: Source, desk: Desk, stage: Sink): Promise<void> {
  const { open, delimiter, headings } = await flatTable(files, name, limits);
  const mapping = isTemplate(headings) ? suggest(headings) : (source.mapping ?? suggest(headings));
  const missing = neededColumns.find((column) => !headings.includes(mapping[column] ?? ""));
  if (missing) throw new WholeRefused("mappingMissing", mapping[missing] ?? missing);
  stage.row(name, 0);
  let first = true;
  for await (const lines of linesOf(name, await open(), limits, delimiter)) {
    for (const [nth, { line, cells, whole }] of lines.entries()) {
      if (first) {
        first = false;
        continue;
      }
      if (cells.every((cell) => cell.trim() === "")) continue;
      stage.row(name, 1);
      const flat = flatCells(mapping, headings, cells);
      if (!whole && cells.length > headings.length) stage.refuse(name, line, 1, { reason: "columnsWrong", detail: String(cells.length), key: flat.key ?? flat.name ?? "" });
      else {
        const made = readFlat(desk, flat, { file: name, line });
        for (const one of made.staged) stage.put(name, line, one);
        for (const one of made.guesses) stage.guess(one, true);
        for (const one of made.noted) stage.note(name, line, flat.key ?? flat.name ?? "", one);
        if (made.refused) stage.refuse(name, line, 1, made.refused);
      }
      if (nth % stride === stride - 1) await stage.pause();
    }
    await stage.pause();
  }
}
