import type { Instant } from "../../../platform/time/time.ts";

export type BlockId = string & { readonly blockId: unique symbol };

export const blockReasons = ["abuse", "sexual", "again", "other"] as const;
export type BlockReason = (typeof blockReasons)[number];

/** A block that is in force. `by`: whoever decided it, while she is a member. */
export type Block = { readonly id: BlockId; readonly reason: BlockReason; readonly by: string | undefined; readonly until: Instant };

/** What the desk must know before it blocks: is there one already, and does anything still tell the browser from others? */
export type Blocking = { readonly block: Block | undefined; readonly known: boolean };
