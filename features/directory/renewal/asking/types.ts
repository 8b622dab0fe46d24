import type { Instant } from "../../../../platform/time/time.ts";
import type { Kind, ServiceId } from "../../types.ts";
import type { OwnerAddress } from "../types.ts";

/** Whoever keeps a listing, and how she took to being asked. */
export type Owner = {
  readonly serviceId: ServiceId;
  /** Undefined: nobody knows an address of hers. */
  readonly to: OwnerAddress | undefined;
  /** How often she was asked since anybody last confirmed it, without an answer; and when last. */
  readonly unanswered: number;
  readonly askedAt: Instant | undefined;
};

/** Whether a coordinator may have her asked now: `lately` she, or her address about another listing, was asked within the week. */
export type Standing = "open" | "noAddress" | "stopped" | "silent" | "lately";

export type OwnerNow = Owner & { readonly standing: Standing; /** When her address was last written to, for any listing. */ readonly lastAt: Instant | undefined };

/** A listing whose owner might be asked today. */
export type Candidate = {
  readonly serviceId: ServiceId;
  readonly kind: Kind;
  /** The earlier end of what it stands on, and of what its owner said of room. */
  readonly standsUntil: Instant | undefined;
  readonly roomUntil: Instant | undefined;
  readonly zone: string | undefined;
  /** How often she was asked since anybody last confirmed it, without an answer; and when last. */
  readonly unanswered: number;
  readonly askedAt: Instant | undefined;
  readonly to: OwnerAddress;
};
