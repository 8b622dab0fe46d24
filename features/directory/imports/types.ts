import type { SourceId } from "../types.ts";
import type { Shape } from "./shapes/rules.ts";
import type reasons from "./words/en.json";

export type ImportId = string & { readonly importId: unique symbol };

/** What a reading can be of. `airs` and `spreadsheet` are one table, a listing a row. */
export type SourceKind = "own" | "seed" | "tabular" | "spreadsheet" | "airs" | "api";
/** What files may come from: not the lines that the program brings, nor another directory's own answers. */
export const byFile: readonly SourceKind[] = ["tabular", "spreadsheet", "airs"];

/** Column of ours → heading of theirs. */
export type Mapping = Readonly<Record<string, string>>;

export type Source = {
  readonly id: SourceId;
  readonly name: string;
  readonly kind: SourceKind;
  /** Where its addresses and numbers are, when they do not say; two letters. */
  readonly country: string;
  readonly mapping: Mapping | undefined;
};

/** What is in a file that nobody has read in yet: tables of the standard, or one table whose columns are ours by `mapping`. `known`: nothing has to be asked about them. */
export type Looked =
  | { readonly kind: "tables"; readonly tables: readonly { readonly name: string; readonly shape: Shape | undefined; readonly bytes: number; /** Columns that the standard does not have. */ readonly unknown: readonly string[] }[] }
  | { readonly kind: "sheet"; readonly columns: readonly { readonly heading: string; readonly samples: readonly string[] }[]; readonly template: boolean; readonly mapping: Mapping; readonly known: boolean };

type KeysOf<Prefix extends string> = { [Key in keyof typeof reasons]: Key extends `${Prefix}${infer Reason}` ? Reason : never }[keyof typeof reasons];
/** Why a whole reading was refused, a row was, or something was noted of a row that came in: keys of words, after `whole_`, `row_` and `note_`. */
export type WholeReason = KeysOf<"whole_">;
export type RowReason = KeysOf<"row_">;
export type NoteReason = KeysOf<"note_">;

/** A reading that takes nothing: thrown where it is found, said to the person who asked for it. `detail` names the file, column or line. */
export class WholeRefused extends Error {
  readonly reason: WholeReason;
  readonly detail: string;
  constructor(reason: WholeReason, detail = "") {
    super(`${reason}: ${detail}`);
    this.reason = reason;
    // Names and words out of anybody's file: neither a table nor a page takes every letter.
    this.detail = detail.replaceAll("\0", "").toWellFormed();
  }
}

/** How the rows of one file fared; `rows` is the sum of the four fates. `notes`: how often something was noted of a row. `gone`: records that the source no longer has. */
export type FileCounts = { readonly rows: number; readonly taken: number; readonly merged: number; readonly unchanged: number; readonly refused: number; readonly notes: Readonly<Partial<Record<NoteReason, number>>>; readonly gone: number };
export type Counts = Readonly<Record<string, FileCounts>>;

export const fates = ["taken", "merged", "unchanged", "refused"] as const;
export type Fate = (typeof fates)[number];

/** What came of a reading. */
export type Account = {
  readonly importId: ImportId;
  readonly counts: Counts;
  readonly refused: { readonly reason: WholeReason; readonly detail: string } | undefined;
  /** Rows of the directory that were written: 0 where everything was known. */
  readonly written: number;
  readonly duplicates: number;
  readonly conflicts: number;
};
