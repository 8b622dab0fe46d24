import { allLines, linesAsTheyStand } from "../rules.ts";
import type { LineRow, Standings } from "../types.ts";

/** What this process shows: facts for every page, also for the one that says sorry, so they are at hand and not asked for. */
let shown: { readonly lines: readonly LineRow[]; readonly version: number } = { lines: allLines(), version: 0 };

export const linesShown = (): typeof shown => shown;

/** From now on the help pages show lines as they stand. Where nothing is known of that, they show our list. */
export function showLinesAsTheyStand(standings: Standings): void {
  const lines = linesAsTheyStand(standings);
  if (JSON.stringify(lines) !== JSON.stringify(shown.lines)) shown = { lines, version: shown.version + 1 };
}
