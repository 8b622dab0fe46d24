import type { Instant } from "../../../platform/time/time.ts";
import type { AreaId, Kind, ServiceId } from "../types.ts";
import type { ReportKind } from "../reports/types.ts";

/** Why a listing stands in the queue, the gravest first. */
export const reasons = ["unsafe", "in_doubt", "reported", "conflict", "hidden", "expired", "never", "ending"] as const;
export type Reason = (typeof reasons)[number];

/** What the queue knows of one service. */
export type Facts = {
  readonly kind: Kind;
  readonly verifiedAt: Instant | undefined;
  readonly freshUntil: Instant;
  readonly hiddenAt: Instant | undefined;
  readonly inDoubtSince: Instant | undefined;
  readonly reports: readonly ReportKind[];
  readonly conflict: boolean;
};

export type Due = { readonly serviceId: ServiceId; readonly name: string; readonly organization: string | undefined; readonly area: AreaId | undefined; readonly facts: Facts; readonly reasons: readonly Reason[]; readonly risk: number };
