import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Stating } from "../claims/commands.ts";
import type { Accepting, Claim, Field, ServiceId } from "../types.ts";
import type { Hours, ServiceParts } from "../listing/types.ts";

/** On whose word a listing is changed: its owner's, who came by a link, or what a coordinator heard. */
export type Hand = { readonly serviceId: ServiceId; readonly stating: Stating; readonly linkHash?: Buffer };

export const ways = ["email", "text"] as const;
export type Way = (typeof ways)[number];

/** Where an owner is written to: an e-mail address, or a number in E.164. */
export type OwnerAddress = { readonly way: Way; readonly address: string; readonly language: Language };

/** One field of a listing as its owner sees it: whether anything of it is shown now, and what is claimed of it. */
export type ShownField = { readonly field: Field; readonly claim: Claim | undefined };

/** One number of the listing, as its owner may change it. */
export type OwnPhone = { readonly id: string; readonly number: string; readonly type: string | undefined; readonly extension: string | undefined };

/** All that an owner sees of her own listing. */
export type OwnListing = {
  readonly service: ServiceParts;
  readonly shown: readonly ShownField[];
  /** Whether they have room, as far as it is shown now. */
  readonly accepting: Accepting | undefined;
  readonly waitDays: number | undefined;
  /** Her own numbers, first those of the service. */
  readonly phones: readonly OwnPhone[];
  /** Hours that belong to this service alone, and may be changed. */
  readonly hours: readonly Hours[];
  readonly zone: string | undefined;
  readonly country: string | undefined;
  /** Names all of it; another value when anything shown has changed. */
  readonly version: string;
  /** Is it found? Not when it closed, was taken out, or is hidden. */
  readonly listed: boolean;
  /** The owner said that they closed, and nobody has looked yet. */
  readonly saidClosed: boolean;
  readonly hiddenAt: Instant | undefined;
};

/** What one weekday's hours are: undefined where they are closed. */
export type DayHours = { readonly opensAt: Temporal.PlainTime; readonly closesAt: Temporal.PlainTime } | undefined;

export type Due = { readonly serviceId: ServiceId; readonly name: string };
