import type { Instant } from "../../../platform/time/time.ts";
import type { Part } from "../areas/types.ts";

/** How true a part of the directory was on one day. All but the last two count listings. */
export type Count = {
  readonly shown: number;
  /** Of those shown: somebody confirmed them in the last 30, and 90, days. */
  readonly verified30: number;
  readonly verified90: number;
  /** Of those shown and confirmed: half were confirmed within so many days. */
  readonly medianAgeDays: number | undefined;
  readonly inDoubt: number;
  /** Hidden, since nobody confirmed them for twice their time. */
  readonly hiddenExpired: number;
  /** Of those shown: nobody ever confirmed them. */
  readonly neverConfirmed: number;
  readonly openReports: number;
};

export type AreaCount = Count & { readonly area: string };

/** The last day that was counted. `trend`: the network day by day, the oldest first. */
export type Ledger = {
  readonly day: Temporal.PlainDate;
  readonly countedAt: Instant;
  readonly network: Count;
  /** Parts that were ended since are left out. */
  readonly areas: readonly AreaCount[];
  /** The parts that stand, for their names. */
  readonly parts: readonly Part[];
  readonly trend: readonly { readonly day: Temporal.PlainDate; readonly percent90: number | undefined }[];
};
