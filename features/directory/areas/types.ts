import type { MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { PocketListing } from "../finder/types.ts";
import type { AreaId } from "../types.ts";

/** A place that somebody can look after: a country, a region of it, or a part of a region by postal codes. */
export type Area = { readonly id: AreaId; readonly parent: AreaId | undefined; readonly name: string };

/** One seat that is held. */
export type Seat = { readonly area: AreaId; readonly memberId: MemberId; readonly name: string; readonly since: Instant };

/** Who looks after an area. `of` is the area of the seat: the one asked for, or the nearest above it that has one. */
export type Seats = { readonly of: AreaId; readonly members: readonly { readonly memberId: MemberId; readonly since: Instant }[] };

/** What stands in an area now. */
export type AreaCount = { readonly id: AreaId; readonly shown: number; readonly verified: number; readonly seats: number };

type Shelf = { readonly listings: readonly PocketListing[]; readonly count: number };
/** What a place's page shows. */
export type Stands = { readonly lines: Shelf; readonly groups: Shelf; readonly others: Shelf; readonly seats: Seats | undefined };
