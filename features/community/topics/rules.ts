import type { Post } from "../types.ts";

/** The number of what was shown last among these: its page is told of more than that. */
export const lastOf = (posts: readonly Pick<Post, "shownNumber">[]): number => Math.max(0, ...posts.map(({ shownNumber }) => shownNumber));

/** What has come to be read by others since that number. */
export const newSince = <P extends Pick<Post, "shownNumber" | "state">>(posts: readonly P[], after: number): P[] => posts.filter(({ shownNumber, state }) => state === "shown" && shownNumber > after);
