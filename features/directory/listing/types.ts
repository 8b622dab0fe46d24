import type { Instant } from "../../../platform/time/time.ts";
import type { AreaId, Claim, Dial, Kind, ServiceId } from "../types.ts";

export type Address = {
  readonly address_1: string;
  readonly address_2: string | null;
  readonly city: string;
  readonly state_province: string;
  readonly postal_code: string;
  readonly country: string;
};

/** One number of a listing. `dial` is undefined for one that could not be understood. */
export type Phone = { readonly number: string; readonly extension: string | undefined; readonly type: string | undefined; readonly description: string | undefined; readonly dial: Dial | undefined };

/** `fax`: whatever only a machine answers. */
export type PhoneUse = "voice" | "text" | "textphone" | "fax";

/** A span of wall time on days of a calendar (HSDS schedule, whose recurrence is RFC 5545's), as far as a parent is shown it. */
export type Hours = {
  /** 'WEEKLY' or 'MONTHLY'; weekly where nothing is said. */
  readonly freq?: string | undefined;
  /** 'MO,WE', or '2TU': the second Tuesday of a month. */
  readonly byday: string | undefined;
  /** Days of a month: '1,15'. */
  readonly bymonthday: string | undefined;
  /** Every so many weeks (or months, for an ordinal) from `dtstart` on. */
  readonly interval: number;
  readonly dtstart: Temporal.PlainDate | undefined;
  /** The first and the last day on which it holds. */
  readonly from: Temporal.PlainDate | undefined;
  readonly to: Temporal.PlainDate | undefined;
  readonly opensAt: Temporal.PlainTime | undefined;
  readonly closesAt: Temporal.PlainTime | undefined;
  readonly zone: string | undefined;
  readonly description: string | undefined;
};

/** Where a service can be found. `id` is the listing's: the service at location's. */
export type Place = {
  readonly id: string;
  readonly locationId: string;
  readonly virtual: boolean;
  readonly name: string | undefined;
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
  readonly zone: string | undefined;
  /** Where one can go. */
  readonly address: Address | undefined;
  /** Where letters go; it says in which region a place is that has no other, and is shown to nobody. */
  readonly mail: Address | undefined;
  readonly phones: readonly Phone[];
  readonly hours: readonly Hours[];
  readonly languages: readonly string[];
};

/** A service with all that is shown of it. */
export type ServiceParts = {
  readonly id: ServiceId;
  readonly kind: Kind;
  readonly status: string;
  readonly name: string;
  readonly alternateName: string | undefined;
  readonly organization: string | undefined;
  readonly description: string | undefined;
  readonly url: string | undefined;
  readonly email: string | undefined;
  readonly howToApply: string | undefined;
  readonly fees: string | undefined;
  readonly eligibility: string | undefined;
  /** Of its own or its organization's numbers; undefined where it has none. */
  readonly country: string | undefined;
  /** Where it serves, as far as we know those areas. */
  readonly areas: readonly AreaId[];
  readonly phones: readonly Phone[];
  readonly hours: readonly Hours[];
  readonly languages: readonly string[];
  /** Of our taxonomy. */
  readonly terms: readonly string[];
  readonly claims: readonly Claim[];
  readonly places: readonly Place[];
  readonly inDoubtSince: Instant | undefined;
  /** Somebody said that it is not safe, or its owner that they closed: hidden until a person has looked. */
  readonly awaySince: Instant | undefined;
  readonly mergedInto: ServiceId | undefined;
  readonly editedAt: Instant;
};

/** What is said of a service, and whether it is listed at all. */
export type StandingParts = Pick<ServiceParts, "kind" | "status" | "claims" | "inDoubtSince" | "awaySince" | "mergedInto">;
