import { z } from "zod";
import { longestDraft, longestDraftTitle } from "./rules.ts";

const chosen = z.string().min(1).max(60).optional().catch(undefined);

/** Whatever stands in a form that is not sent yet. `key`: of that form. */
export const draftForm = z
  .object({ key: z.uuid().optional().catch(undefined), title: z.string().max(longestDraftTitle, "titleLong").optional(), words: z.string().max(longestDraft, "tooLong").optional(), language: chosen, note: chosen, unnamed: chosen, quotes: chosen })
  .transform(({ key, ...said }) => ({ key, said }));

export const dropForm = z.object({ place: z.uuid() });
