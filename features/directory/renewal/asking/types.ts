import type { Instant } from "../../../../platform/time/time.ts";
import type { Kind, ServiceId } from "../../types.ts";
import type { OwnerAddress } from "../types.ts";

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
