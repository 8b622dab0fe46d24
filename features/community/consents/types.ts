import type { Instant } from "../../../platform/time/time.ts";

export type ConsentId = string & { readonly consentId: unique symbol };
export type Consent = { readonly id: ConsentId; readonly kind: "rules" | "collect" | "share"; readonly wording: string; readonly givenAt: Instant; readonly withdrawnAt: Instant | undefined };

/** What of hers may be given to somebody outside. */
export const shared = ["handle", "words", "reach"] as const;
export type Shared = (typeof shared)[number];
