import { isBefore, type Instant } from "../../../platform/time/time.ts";
import type { Every } from "./types.ts";

const hours = { day: 24, week: 7 * 24 } as const;
/** A run that comes a little sooner than the one before tells her all the same, or each day's would be an hour later. */
const slackMinutes = 30;

/** So long is her device looked for: as long as the news is news. */
export const toldForSeconds = 12 * 3600;

/** Told for the last time before this she may be told again. */
export const toldBefore = (every: Every, now: Instant): Instant => now.subtract({ hours: hours[every] }).add({ minutes: slackMinutes });

/** Is it time to tell her again? `since`: when she was told, or asked to be. */
export const isDue = (every: Every, since: Instant, now: Instant): boolean => isBefore(since, toldBefore(every, now));
