import type { MemberId } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";

export type PairingId = string & { readonly pairingId: unique symbol };
type Named = { readonly memberId: MemberId; readonly name: string };

/** One who was asked to sit with her. */
export type Asked = { readonly memberId: MemberId; readonly askedAt: Instant; readonly declined: boolean };

/** Two who sit with one case, or one who waits for a second. */
export type Pairing = {
  readonly with: Named;
  readonly joined: Named | undefined;
  readonly joinedAt: Instant | undefined;
  /** Who is asked now, and has not answered yet. */
  readonly asking: Named | undefined;
  /** It is over: the case is answered, or in other hands. */
  readonly ended: boolean;
};
