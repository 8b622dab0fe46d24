import type { Instant } from "../../../../platform/time/time.ts";
import type { Noun } from "../../hsds/forms.ts";
import type { Fact } from "../../taxonomy/queries.ts";
import type { Term } from "../../taxonomy/rules.ts";
import type { Point } from "../../types.ts";
import type { TableName } from "../tables/rules.ts";
import type { NoteReason, RowReason } from "../types.ts";
import type { Values } from "./cells/rules.ts";

/** What holds for all rows of one reading, and what it asks of the rest of the program. */
export type Reading = {
  readonly sourceId: string;
  /** Of addresses and numbers that do not say; two letters. */
  readonly country: string;
  readonly now: Instant;
  /** It is an export of this program: nothing is cleaned, guessed or dialled anew. */
  readonly verbatim: boolean;
  readonly zoneOf: (point: Point) => string;
  /** The same id for the same name, on every machine. */
  readonly madeId: (name: string) => string;
  /** The fact that this term of ours stands for; undefined: it is another term. */
  readonly factOf: (termId: string) => Fact | undefined;
};

/** What later rows need of earlier ones: which places are in another country, which unit a capacity counts, what terms point to. */
export type Memory = {
  readonly places: Map<string, string>;
  readonly services: Map<string, string>;
  readonly units: Map<string, { readonly unit: Values; readonly row: Row; used: boolean }>;
  readonly meanings: Map<string, readonly Term[]>;
  readonly vocabularies: Set<string>;
};

export type Desk = { readonly reading: Reading; readonly memory: Memory; readonly idOf: (noun: Noun, key: string) => string };

export type Refusal = readonly [reason: RowReason, detail?: string];

/** One row of a file: cells by heading, empty ones left out. */
export type Row = { readonly file: string; readonly line: number; readonly cells: Readonly<Record<string, string>> };

/** A record to be written into one table. `weight`: how many rows of the file it stands for; 0 for what comes along with another. */
export type Staged = {
  readonly table: TableName;
  readonly id: string;
  /** As its source names it. */
  readonly key: string;
  readonly weight: number;
  readonly digest: string;
  /** In the order of the table's columns. */
  readonly values: readonly (string | null)[];
  readonly more: string;
  /** The organization as its source names it, to be looked for among its services where it is none. */
  readonly organizationKey?: string;
};

/** What a row says of a record that another row brings: it fares as that record does. `row`: where it stands, if it is another than the one that is being read. */
export type Said = { readonly table: TableName; readonly id: string; readonly what: Fact | "eligibility" | "unit"; readonly value: string; readonly weight: number; readonly row?: Row };

/** A term of ours that a service's own words, or those of a term on it, point to. */
export type Guess = { readonly serviceId: string; readonly term: Term };

export type Noted = { readonly reason: NoteReason; readonly detail: string };

export type RefusedRow = { readonly reason: RowReason; readonly detail: string; readonly key: string; readonly table?: TableName; readonly id?: string };

/** What one row is: records, or a refusal; never both, and never nothing. */
export type Made = { readonly staged: readonly Staged[]; readonly said: readonly Said[]; readonly guesses: readonly Guess[]; readonly noted: readonly Noted[]; readonly refused?: RefusedRow };

export const nothing: Made = { staged: [], said: [], guesses: [], noted: [] };
