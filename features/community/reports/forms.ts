import { z } from "zod";
import { isId } from "../../../platform/http/ids.ts";
import { longestWord } from "../hiding/rules.ts";
import { hides } from "../hiding/types.ts";
import { reportReasons } from "./types.ts";

export const reportForm = z.object({
  key: z.uuid("formLost"),
  reason: z.enum(reportReasons, "reasonMissing"),
  words: z.string().trim().max(1000, "tooLong").default(""),
});
export const hideForm = z.object({ what: z.enum(hides) });
/** An alias is named by its topic and its mark, everything else by one id. */
export const showAgainForm = z.object({ kind: z.enum(["block", "mute", "alias", "topic", "word"]), id: z.string() }).refine(({ kind, id }) => isId(id.slice(0, 36)) && (kind === "alias" ? /^ [0-9a-f]{64}$/ : /^$/).test(id.slice(36)));
export const wordForm = z.object({ word: z.string("wordMissing").trim().min(2, "wordMissing").max(longestWord, "tooLong") });
