import type { PostState } from "../types.ts";

/** What becomes of her words when she leaves: nothing of them stays, or they stay without her. */
export const waysToLeave = ["erase", "nameless"] as const;
export type WayToLeave = (typeof waysToLeave)[number];

/** Do the words of a post in this state stay? Only what others read already; what waits or was taken away goes with her. */
export const wordsStay = (how: WayToLeave, state: PostState): boolean => how === "nameless" && state === "shown";
