import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";

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
  readonly setUpAt: Instant;
};
