import type { MemberId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { PocketListing } from "../finder/types.ts";
import type { AreaId } from "../types.ts";

/** A place that somebody can look after: a country, a region of it, or a part of a region by postal codes. */
export type Area = { readonly id: AreaId; readonly parent: AreaId | undefined; /** Of a part: what its coordinators call it. */ readonly called: Called };
export type Called = Readonly<Record<Language, string>>;

/** A part of a region (or of a country that has none), by how its postal codes begin: capitals and digits alone. */
export type Part = Area & { readonly parent: AreaId; readonly prefixes: readonly string[] };

/** One seat that is held. */
export type Seat = { readonly area: AreaId; readonly memberId: MemberId; readonly name: string; readonly since: Instant };

/** Who looks after an area. `of` is the area of the seat: the one asked for, or the nearest above it that has one. */
export type Seats = { readonly of: AreaId; readonly members: readonly { readonly memberId: MemberId; readonly since: Instant }[] };

/** What stands in an area now. */
export type AreaCount = { readonly id: AreaId; readonly shown: number; readonly verified: number; readonly seats: number };

type Shelf = { readonly listings: readonly PocketListing[]; readonly count: number };
/** What a place's page shows. */
export type Stands = { readonly lines: Shelf; readonly groups: Shelf; readonly others: Shelf; readonly seats: Seats | undefined; readonly parts: readonly Part[] };
