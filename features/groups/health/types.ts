import type { Series } from "../types.ts";

/** A number as it may be shown. */
export type HealthNumber = { readonly count: number } | { readonly fewer: number };

export type Summed = { readonly part: number; readonly whole: number };

/** How a group did over the last weeks, all its meetings together; nobody's name. */
export type Health = {
  readonly series: Series;
  readonly met: number;
  readonly cancelled: number;
  readonly held: number;
  readonly came: number;
  readonly waited: number;
  readonly noShows: number;
  readonly cameBack: number;
};
