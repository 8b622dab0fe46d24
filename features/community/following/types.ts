import type { Instant } from "../../../platform/time/time.ts";
import type { TopicId } from "../types.ts";

/** A topic that she follows in which others have written since she looked. */
export type News = { readonly id: TopicId; readonly title: string; readonly count: number; readonly lastAt: Instant };
