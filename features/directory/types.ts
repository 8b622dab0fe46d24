import type { Instant } from "../../platform/time/time.ts";

export type ServiceId = string & { readonly serviceId: unique symbol };
/** A service at a location, or a service that has none. */
export type ListingId = string & { readonly listingId: unique symbol };
export type SourceId = string & { readonly sourceId: unique symbol };
/** 'US', 'US-TX', 'US-TX/north'. */
export type AreaId = string & { readonly areaId: unique symbol };

/** What a listing is; it decides how long a confirmation lasts. A `resource` gives practical help. */
export const kinds = ["crisis_line", "warmline", "group", "provider", "resource"] as const;
export type Kind = (typeof kinds)[number];

/** What can be stated of a service, each with its own source and its own two clocks. */
export const fields = ["about", "contact", "hours", "place", "languages", "who", "cost", "insurance", "accepting", "wait", "credential"] as const;
export type Field = (typeof fields)[number];

export const methods = ["call", "owner_link", "owner_text", "web_page", "import", "seed", "edit"] as const;
/** How it came to be known. `import`, `seed` and `edit` confirm nothing. */
export type Method = (typeof methods)[number];
/** Who stands for it: one of ours, the provider herself, or her own page read again with the same words on it. */
export type Verifier = "coordinator" | "volunteer" | "owner" | "page";

/** A stated fact about a listing. `verifiedAt` and `expiresAt` are there together or not at all. */
export type Claim = {
  readonly field: Field;
  readonly value: string;
  /** In words that may be shown. */
  readonly source: string;
  readonly method: Method;
  readonly statedAt: Instant;
  readonly verifiedAt: Instant | undefined;
  readonly verifiedRole: Verifier | undefined;
  readonly expiresAt: Instant | undefined;
};

export type Accepting = "yes" | "no" | "waitlist";

/** When one listing's confirmation ends and a badge says so, when it goes below others, and when it is shown no more (undefined: never). */
export type Clocks = {
  readonly verifiedAt: Instant | undefined;
  readonly freshUntil: Instant;
  readonly sinksAt: Instant;
  readonly hiddenAt: Instant | undefined;
};

/** A number as it is dialled. A short code works in `country` alone and has no international form. */
export type Dial = { readonly kind: "e164" | "short"; readonly dial: string; readonly shown: string; readonly country: string };

export type Point = { readonly latitude: number; readonly longitude: number };

/** Statements that can end before their listing does, as a card and its facets name them: languages, cost, insurance, who it is for and how, and the address. */
export const endings = ["l", "c", "i", "w", "a"] as const;
export type Ending = (typeof endings)[number];
/** Milliseconds since 1970 from which each is shown and found by no more; one that is left out does not end. */
export type Until = Partial<Readonly<Record<Ending, number>>>;

/** What the list, the map and the phone's own copy show of a listing; the rest is on its page. */
export type Card = {
  readonly name: string;
  readonly organization?: string;
  /** At most 280 characters. */
  readonly summary?: string;
  readonly phone?: Dial;
  readonly text?: Dial;
  /** A number that could not be understood, as its source wrote it. */
  readonly phoneAsWritten?: string;
  readonly url?: string;
  readonly street?: string;
  readonly city?: string;
  /** 'TX' */
  readonly region?: string;
  readonly postalCode?: string;
  /** IANA; for its hours. */
  readonly zone?: string;
  /** Codes of languages. */
  readonly languages: readonly string[];
  /** Our own taxonomy's terms: who it is for, specialties, cost, how to take part, peer facts. */
  readonly terms: readonly string[];
  /** Who says so: the source of its newest `contact` claim. */
  readonly source: string;
  /** How that on which its clocks stand was confirmed; none where nobody did. */
  readonly checkedHow?: Method;
  /** For `accepting` and `wait`: when somebody last said so. */
  readonly acceptingStatedAt?: string;
  /** It is closed for a time. */
  readonly closedForNow?: true;
  readonly waitDays?: number;
  /** Milliseconds since 1970, up to which that may be said. */
  readonly waitUntil?: number;
  readonly until?: Until;
};

/** One row that can be found. */
export type Listing = {
  readonly id: ListingId;
  readonly serviceId: ServiceId;
  readonly kind: Kind;
  readonly card: Card;
  readonly area: AreaId | undefined;
  readonly country: string | undefined;
  readonly at: Point | undefined;
  readonly accepting: Accepting | undefined;
  readonly acceptingUntil: Instant | undefined;
  readonly inDoubtSince: Instant | undefined;
} & Clocks;
