import type { Found } from "../../finder/rules.ts";
import type { PocketListing } from "../../finder/types.ts";
import type { Kind, ServiceId } from "../../types.ts";
import type { Place, ServiceParts } from "../types.ts";

export type Credential = { readonly kind: "pmh_c" | "licence" | "peer_specialist" | "lactation" | "doula" | "other"; readonly number: string | undefined; readonly issuer: string | undefined; readonly checkedOn: Temporal.PlainDate | undefined };

/** A listing that may be shown. */
export type Here = { readonly is: "here"; readonly listing: PocketListing; readonly service: ServiceParts; readonly place: Place | undefined; readonly area: string | undefined; readonly credentials: readonly Credential[] };

/** What stands at a listing's address. */
export type AtAddress =
  | Here
  /** Another record is the same, and is shown instead. */
  | { readonly is: "merged"; readonly to: string }
  /** Closed; stated by nobody any more, since its source is read no longer; not confirmed for so long, or out of reach, that it is not shown; or put away until a person has looked at what somebody said of it. */
  | { readonly is: "gone"; readonly why: "closed" | "unsaid" | "hidden" | "away"; readonly serviceId: ServiceId; readonly name: string; readonly kind: Kind; readonly others: readonly Found<PocketListing>[] };
