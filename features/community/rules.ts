import { isBefore, type Instant } from "../../platform/time/time.ts";
import { hasContact } from "./contacts/rules.ts";
import type { HeldReason, PostState, Space } from "./types.ts";

/** So many of her posts were shown before she is no newcomer any more. */
export const newcomersPosts = 3;
export const longestTitle = 120;
export const longestPost = 6000;
/** Kept for who was reported for what she changed since. */
export const versionDays = 30;
/** So long words can be changed after they were written; later a reply says more than a change that nobody reads. */
export const changeHours = 24;

type Said = { readonly opening: boolean; readonly words: string; readonly pictures: readonly { readonly shows: string }[] };
/** All of a post that is read before others see it, and by which it is judged: of a topic's first its title, too, and what its pictures show. */
export const wholeText = ({ opening, words, pictures }: Said, title: string): string => [...(opening ? [title] : []), words, ...pictures.map(({ shows }) => shows)].join("\n");

/** Why a post waits to be read before others see it; nothing: it is shown at once. `accepted`: her posts that were shown before. */
export function heldReasonsOf(mode: Space["mode"], accepted: number, text: string): HeldReason[] {
  const isNew = accepted < newcomersPosts;
  return [
    ...(mode === "read_first" ? ["read_first" as const] : []),
    ...(mode === "held_for_new" && isNew ? ["new" as const] : []),
    ...(isNew && hasContact(text) ? ["contact" as const] : []),
  ];
}

/** Of one post. */
export const mostPictures = 4;
export const longestShows = 200;

export type WriteRefusal = "paused" | "notJoined" | "topicGone" | "youPaused" | "askedToLeave";

/** Is a space open to who asks: for everyone, or joined by her? */
export const isOpenTo = ({ shared, joined }: Pick<Space, "shared" | "joined">): boolean => shared === undefined || joined;

/** Why nothing can be written in this space at `now`; undefined where she may. */
export function writeRefusal(space: Pick<Space, "pause" | "shared" | "joined">, now: Instant): WriteRefusal | undefined {
  if (space.pause && isBefore(now, space.pause.until)) return "paused";
  return isOpenTo(space) ? undefined : "notJoined";
}

/** May its author change the words of a post at `now`? Of one that a moderator asked to change, always. */
export const mayChange = ({ state, writtenAt }: { readonly state: PostState; readonly writtenAt: Instant }, now: Instant): boolean =>
  state === "asked" || ((state === "held" || state === "shown") && isBefore(now, writtenAt.add({ hours: changeHours })));

/** May she take it back? Whatever stands or waits. */
export const mayWithdraw = ({ state }: { readonly state: PostState }): boolean => state === "held" || state === "shown" || state === "asked";

/** How long reading takes now, in minutes: the middle of what waited lately; undefined where too little did to say so. */
export function readingMinutes(waits: readonly number[]): number | undefined {
  if (waits.length < 3) return undefined;
  const sorted = waits.toSorted((a, b) => a - b);
  return Math.max(1, Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0));
}
