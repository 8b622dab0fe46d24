import { longestPost, longestTitle } from "../rules.ts";
import type { Place, Said } from "./types.ts";

/** So long is kept what was not sent. */
export const draftDays = 30;
export const mostDrafts = 50;
/** More than can be sent: she may still want to cut it. */
export const longestDraft = 2 * longestPost;
export const longestDraftTitle = 2 * longestTitle;

export const placeId = (place: Place): string => ("spaceId" in place ? place.spaceId : place.topicId);

/** Is there anything of hers in it? A choice alone is none. */
export const isEmpty = ({ title = "", words = "" }: Said): boolean => `${title}${words}`.trim() === "";
