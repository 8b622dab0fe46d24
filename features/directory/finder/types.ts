import type { Term } from "../taxonomy/rules.ts";
import type { Card, Kind, Point } from "../types.ts";
import type { Found, Findable } from "./rules.ts";

/** A listing as the search page shows it, on the server and on her phone alike: its card and its clocks, no more. */
export type PocketListing = Findable & { readonly kind: Kind; readonly card: Card; readonly inDoubt: boolean };

/** What a person asks for, as she typed and ticked it. */
export type Wish = {
  readonly need: string;
  readonly place: string;
  /** Terms of the taxonomy and languages ('l_es'). */
  readonly facets: readonly string[];
  /** Only those that have said that they have room. */
  readonly room: boolean;
  /** Miles, or kilometres, by her country. */
  readonly reach: number;
};

/** Where her search stands. */
export type Spot = {
  readonly at: Point;
  /** Its region or country: 'US-TX', 'MX'. */
  readonly area: string;
  /** "Austin, TX"; undefined for where her phone is. */
  readonly label: string | undefined;
  /** Other towns of that name. */
  readonly others: readonly string[];
};

/** Some that were found, and how far it had to be gone for them. */
export type Group = {
  readonly found: readonly Found<PocketListing>[];
  /** Nothing was within her reach: these are the nearest beyond. */
  readonly farther: boolean;
  /** Nothing has all of her words: these are there without them. */
  readonly looser: boolean;
};

export type Answer = {
  readonly wish: Wish;
  /** Undefined: she named no place. */
  readonly spot: Spot | undefined;
  /** She named a place that we do not know. */
  readonly placeUnknown: boolean;
  readonly near: Group | undefined;
  /** Lines and what is online, for all of her country. */
  readonly anywhere: Group;
};

/** What the page hands to its script: her language's words, and where the packed files lie. */
export type FinderFacts = {
  readonly language: "en" | "es";
  readonly country: string;
  readonly words: Readonly<Record<string, string>>;
  readonly terms: Readonly<Record<Term, string>>;
  readonly files: { readonly postcodes?: string; readonly towns?: string };
};
