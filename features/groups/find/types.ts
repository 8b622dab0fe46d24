import type { Language } from "../../../platform/i18n/words.ts";

export const hours = ["morning", "afternoon", "evening", "night"] as const;
/** In her own zone: 5 to 12, 12 to 17, 17 to 22, and the night. */
export type Hours = (typeof hours)[number];

/** What she looks for; nothing of it stands in an address. */
export type Sought = {
  readonly kind: string | undefined;
  readonly language: Language | undefined;
  readonly hours: Hours | undefined;
  /** Groups that are by voice alone. */
  readonly voiceOnly: boolean;
  /** Only where a seat is free. */
  readonly open: boolean;
};

export const anything: Sought = { kind: undefined, language: undefined, hours: undefined, voiceOnly: false, open: false };
