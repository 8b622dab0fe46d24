import type { Instant } from "../../../../platform/time/time.ts";
import type { Point } from "../../types.ts";

/** What may be asked of lists; each list takes some of it. Ids are UUIDs. */
export type Ask = {
  readonly search?: string | undefined;
  readonly taxonomy_term_id?: string | undefined;
  readonly taxonomy_id?: string | undefined;
  readonly organization_id?: string | undefined;
  readonly parent_id?: string | undefined;
  readonly top_only?: boolean | undefined;
  readonly modified_after?: Instant | undefined;
  readonly coverage?: Coverage | undefined;
};

/** A postal code, found: `metres` around it, or the services whose area it is in. */
export type Coverage = { readonly at: Point; readonly metres: number | undefined; readonly areas: readonly string[] };

/** Which rows of an answer: those after an id, or after so many, or one alone, or those of some ids. */
export type Window = { readonly after?: string; readonly skip?: number; readonly limit: number; readonly only?: string; readonly among?: readonly string[] };

/** One row of a list. `gone`: it was shown once and is no more; consumers that keep a copy let it go. */
export type Row = { readonly id: string; readonly gone: boolean };
