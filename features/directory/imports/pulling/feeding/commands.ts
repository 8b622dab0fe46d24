import type { House } from "../../../../../platform/http/house.ts";
import type { Noun } from "../../../hsds/forms.ts";
import { keepMade, readingOf, type Sink } from "../../reading/commands.ts";
import { readRow } from "../../records/older/rules.ts";
import { deskFor, unusedUnits } from "../../records/rules.ts";
import type { Desk } from "../../records/types.ts";
import { shapeOrder } from "../../shapes/rules.ts";
import { tableOf } from "../../tables/rules.ts";
import type { ImportId, Source } from "../../types.ts";
import { pagesOf } from "../queries.ts";
import { isGone, rowsIn, type Answered } from "../rules.ts";

/** Under which name the rows of a noun are accounted for. Units lie in the capacities that count in them. */
const fileOf = (noun: Noun): string => (noun === "unit" ? "service_capacities" : tableOf(noun) === "carried" ? noun : tableOf(noun));
const rank = new Map(shapeOrder.map((shape, at) => [shape, at]));

/** Reads every page that was kept into the stage, each record as the rows that tables would have of it. */
export async function feedPages(house: House, id: ImportId, source: Source, stage: Sink): Promise<{ readonly verbatim: boolean }> {
  const seen = new Set<string>();
  const lines = new Map<string, number>();
  const lineIn = (file: string): number => {
    const line = (lines.get(file) ?? 0) + 1;
    lines.set(file, line);
    stage.row(file, 1);
    return line;
  };
  let desk: Desk | undefined;
  stage.row("services", 0);
  for await (const { ours, contents = [], gone = [] } of pagesOf(house.db, id)) {
    desk ??= deskFor({ ...readingOf(source, house.now()), verbatim: ours === true });
    for (const record of contents) readRecord(desk, record, seen, lineIn, stage);
    for (const one of gone) stage.gone("services", 0, { key: one, id: one, status: "defunct", weight: 0 });
    await stage.pause();
  }
  for (const { row, refused } of desk ? unusedUnits(desk) : []) stage.refuse(row.file, row.line, 1, refused);
  return { verbatim: desk?.reading.verbatim === true };
}

function readRecord(desk: Desk, record: Answered, seen: Set<string>, lineIn: (file: string) => number, stage: Sink): void {
  const key = String(record["id"]);
  if (isGone(record)) return stage.gone("services", lineIn("services"), { key, id: desk.idOf("service", key), status: String(record["status"]), weight: 1 });
  const rows = rowsIn(record, "service", seen).sort((a, b) => (rank.get(a.noun) ?? 0) - (rank.get(b.noun) ?? 0));
  for (const { noun, cells } of rows) {
    const file = fileOf(noun);
    const row = { file, line: lineIn(file), cells };
    keepMade(stage, noun, row, readRow(desk, noun, row), 1);
  }
}
