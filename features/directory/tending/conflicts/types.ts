import type { TableName } from "../../imports/tables/rules.ts";
import type { Field } from "../../types.ts";

/** Columns of one record, as they lie in its table. */
export type Values = Readonly<Record<string, unknown>>;

/** One record of which its source says something else. `ours`: the same columns as they are here; undefined where it is not here. */
export type Difference = { readonly table: TableName; readonly theirs: Values; readonly ours: Values | undefined };

/** What a source says of one field of a listing, beside what somebody here has said of it. */
export type Conflict = { readonly field: Field; readonly source: string; readonly differences: readonly Difference[] };
