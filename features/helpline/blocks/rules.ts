import { isBefore, type Instant } from "../../../platform/time/time.ts";

/** A block lasts one of these, in hours, and then ends by itself. Nobody is shut out for good. */
export const blockHours = [1, 24] as const;
export type BlockHours = (typeof blockHours)[number];

/** Where a conversation was opened from is known this long; so long its opener may be blocked. */
export const originKeptHours = 24;

export const blockEnds = (madeAt: Instant, hours: BlockHours): Instant => madeAt.add({ hours });

export const originIsKept = (seenAt: Instant, now: Instant): boolean => isBefore(now, seenAt.add({ hours: originKeptHours }));

/** A block meets new conversations alone, until it ends or somebody lifts it. */
export const isInForce = (block: { readonly expiresAt: Instant; readonly liftedAt: Instant | undefined }, now: Instant): boolean => block.liftedAt === undefined && isBefore(now, block.expiresAt);
