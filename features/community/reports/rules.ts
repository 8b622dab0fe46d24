import type { Decision } from "../types.ts";
import type { Outcome, ReportReason } from "./types.ts";

/** So many reports of one member count in a day; after that they wait for the next. */
export const reportsADay = 10;
/** After so many in a row that were left as they were, hers are read after others'. */
export const leftInARow = 5;

/** How soon somebody should read it: 1 today, 2 soon, 3 in its turn. A worry for somebody is never put back. */
export function urgencyOf(reason: ReportReason, lately: readonly (Outcome | undefined)[]): 1 | 2 | 3 {
  if (reason === "worried") return 1;
  const decided = lately.flatMap((outcome) => outcome ?? []).slice(0, leftInARow);
  if (decided.length === leftInARow && decided.every((outcome) => outcome === "left")) return 3;
  if (reason === "method" || reason === "names") return 1;
  return reason === "hurts" || reason === "untrue" ? 2 : 3;
}

/** What a decision means for who reported the post; undefined: nothing was decided yet. */
export function outcomeOf(decision: Decision, reason: ReportReason): Outcome | undefined {
  if (decision === "hold") return undefined;
  if (reason === "worried") return "looked_after";
  if (decision === "remove") return "removed";
  return decision === "ask_to_change" ? "changed" : "left";
}
