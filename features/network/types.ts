import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";

/** 13: US law on children online (COPPA, 16 CFR 312). 16: the age of the GDPR, art. 8, where a country says no other. 18: the age of the UK Online Safety Act for a child. */
export const leastAges = [13, 16, 18] as const;
export type LeastAge = (typeof leastAges)[number];

/** What a network says of its own about what it keeps; an empty text says nothing. */
export type PrivacySaid = { readonly contact: string; readonly complainTo: string; readonly more: Readonly<Record<Language, string>> };

/** One installation: the peer-support service of one organisation. */
export type Network = {
  readonly name: string;
  readonly hostOrganisation: string;
  /** Two letters, ISO 3166. */
  readonly country: string;
  /** The zone in which its opening hours are meant. */
  readonly zone: string;
  readonly languages: readonly Language[];
  /** Days from the end of a conversation until its key is destroyed. */
  readonly conversationDays: number;
  /** Days from a call-back's end until the contact details go. */
  readonly contactDays: number;
  readonly auditDays: number;
  readonly privacy: PrivacySaid;
  /** From which age somebody takes a place in the forum; undefined asks nobody. */
  readonly leastAge: LeastAge | undefined;
  readonly setUpAt: Instant;
};
