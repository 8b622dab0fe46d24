import type { Instant } from "../../../platform/time/time.ts";

/** What was written to all seats of one meeting; no name where its writer left. */
export type Message = { readonly id: string; readonly name: string | undefined; readonly words: string; readonly at: Instant };
