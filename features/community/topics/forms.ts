import { z } from "zod";
import { languages } from "../../../platform/i18n/words.ts";
import { longestPost, longestTitle } from "../rules.ts";
import { contentNotes, warmKinds } from "../types.ts";

export const words = z.string("wordsMissing").trim().min(1, "wordsMissing").max(longestPost, "tooLong");
const ticked = z.string().optional().transform((said) => said === "yes");
// What is chosen and not written is no reason to give anybody her words back.
const language = z.enum(languages).optional().catch(undefined);

export const topicForm = z.object({
  key: z.uuid("formLost"),
  title: z.string("titleMissing").trim().min(1, "titleMissing").max(longestTitle, "titleLong"),
  words,
  language,
  note: z.enum(contentNotes).optional().catch(undefined),
  unnamed: ticked,
  picture: ticked,
});
export const replyForm = z.object({ key: z.uuid("formLost"), words, unnamed: ticked, picture: ticked, quotes: z.uuid().optional().catch(undefined) });
/** `after`: the number of the last post that is on her page. */
export const newForm = z.object({ after: z.coerce.number().int().min(0).max(999_999_999) });
export const changeForm = z.object({ words });
export const warmForm = z.object({ kind: z.enum(warmKinds), does: z.enum(["yes", "no"]) });
