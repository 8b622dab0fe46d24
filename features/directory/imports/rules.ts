import { fates, type Counts, type Fate } from "./types.ts";
import type { Instant } from "../../../platform/time/time.ts";

/** How far a reading is. `waits`: somebody has to look at the file and say that it may come in. */
export type Standing = "waits" | "reads" | "done" | "refused";

type Stands = { readonly finishedAt: Instant | undefined; readonly askedAt: Instant | undefined; readonly upload: string | undefined; readonly refused: string | undefined };
export const standingOf = ({ finishedAt, askedAt, upload, refused }: Stands): Standing => (finishedAt ? (refused ? "refused" : "done") : upload && !askedAt ? "waits" : "reads");

export type Totals = Readonly<Record<Fate | "rows" | "gone", number>>;

/** All files of a reading together. */
export function totalsOf(counts: Counts): Totals {
  const sum = (name: Fate | "rows" | "gone"): number => Object.values(counts).reduce((all, one) => all + (one[name] ?? 0), 0);
  return Object.fromEntries([...fates, "rows" as const, "gone" as const].map((name) => [name, sum(name)])) as Totals;
}

/** Refused rows that one page of an account shows. */
export const rowsAPage = 50;

/** The last part of what a browser calls a file, in plain letters: a name on any disk, never a way to another place. */
export function plainFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last.normalize("NFKD").replace(/[^\w.-]+/g, "_").replace(/^[._-]+/, "").slice(-100);
  return plain === "" ? "table.csv" : plain;
}
