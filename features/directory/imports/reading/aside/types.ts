import type { Limits } from "../../files/rules.ts";
import type { Shape } from "../../shapes/rules.ts";
import type { Read, Waiting } from "../../staging/gathering/commands.ts";
import type { Source, WholeReason } from "../../types.ts";

/** A file of an export, and what it holds. */
export type ShapedFile = { readonly name: string; readonly shape: Shape };

/** What a thread is told when it starts. `named`: all files of the export, in the order in which the stage numbers them. */
export type Errand = { readonly path: string; readonly named: readonly string[]; readonly tables: readonly ShapedFile[]; readonly limits: Limits; readonly source: Source; readonly now: string; readonly verbatim: boolean };

/** What it says: lines that wait to be written, and what was read by then; or why nothing of the whole is taken. After each of the first it waits for leave to go on. */
export type Told = { readonly waiting: readonly Waiting[]; readonly read: ReadonlyMap<string, Read>; readonly last: boolean } | { readonly refused: { readonly reason: WholeReason; readonly detail: string } };
