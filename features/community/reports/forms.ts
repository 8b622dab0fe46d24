import { z } from "zod";
import { longestWord } from "../hiding/rules.ts";
import { hides } from "../hiding/types.ts";
import { reportReasons } from "./types.ts";

export const reportForm = z.object({
  key: z.uuid("formLost"),
  reason: z.enum(reportReasons, "reasonMissing"),
  words: z.string().trim().max(1000, "tooLong").default(""),
  before: z.string().optional().transform((said) => said === "yes"),
});
export const hideForm = z.object({ what: z.enum(hides) });
export const showAgainForm = z.object({ kind: z.enum(["block", "mute", "alias", "topic", "word"]), id: z.string().regex(/^[0-9a-f-]{36}( [0-9a-f]{64})?$/) });
export const wordForm = z.object({ word: z.string("wordMissing").trim().min(2, "wordMissing").max(longestWord, "tooLong") });
