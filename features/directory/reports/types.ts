import type { Instant } from "../../../platform/time/time.ts";

export const reportKinds = ["cannot_reach", "full", "wrong", "unsafe"] as const;
/** What a stranger can say. `closed` is the owner's own word, and no stranger's. */
export type ReportKind = (typeof reportKinds)[number];

/** What a coordinator found: it is right as shown, it was wrong and is mended, it was taken away, the report was not so. */
export const outcomes = ["confirmed", "corrected", "removed", "not_so"] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * What a provider's own word can answer. That somebody did not feel safe there is not for the provider to say:
 * one of ours looks into it, and says so.
 */
export const answeredByProvider = ["cannot_reach", "full", "wrong", "closed"] as const satisfies readonly (ReportKind | "closed")[];

/** An open report, as far as deciding needs it. */
export type OpenReport = {
  readonly kind: ReportKind | "closed";
  /** 16 bytes for her browser and 16 for her network: see `rules.ts`. */
  readonly byWhom: Buffer;
  readonly madeAt: Instant;
  /** False: beyond what one network may change in a day. */
  readonly counts: boolean;
};

/** A report as who looks after the listing reads it; never by whom. */
export type ReadReport = { readonly kind: ReportKind | "closed"; readonly madeAt: Instant; readonly note: string | undefined };

/** What reports say of a listing now. */
export type Trouble = {
  /** Since when it is in doubt, for whatever reason. */
  readonly inDoubtSince: Instant | undefined;
  /** Since when it is hidden until a person has looked: it is said to be unsafe, or closed by its owner. */
  readonly awaySince: Instant | undefined;
};

/** Why a coordinator is called. */
export const alarms = ["doubt", "unsafe", "closed"] as const;
export type Alarm = (typeof alarms)[number];
