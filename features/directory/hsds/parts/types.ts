import type { Instant } from "../../../../platform/time/time.ts";
import type { Claim } from "../../types.ts";
import type { Hsds, Noun } from "../forms.ts";

/** One record as the standard writes it, with its links and without what is nested in it; `owner` is the id of the record that it is nested in. */
export type Part<N extends Noun = Noun> = { readonly owner: string; readonly record: Hsds<N> };

/** Records of each noun that was asked for. */
export type Parts = { readonly [N in Noun]?: readonly Part<N>[] };

/** Whose records are wanted. All of them may be shown: nothing here is asked again whether it is hidden. */
export type Roots = {
  readonly services: readonly string[];
  /** Services at locations. */
  readonly places: readonly string[];
  readonly locations: readonly string[];
  readonly organizations: readonly string[];
};

/** A statement of a service, of now or of before. */
export type Stated = Claim & { readonly id: string; readonly supersededAt: Instant | undefined };
