import { z } from "zod";
import { waysToLeave } from "./rules.ts";

export const leaveForm = z.object({ words: z.string("wordsWrong").min(1, "wordsWrong").max(2000, "wordsWrong") });

/** The part of the address that says what becomes of her words. */
export const wayTyped = z.enum(waysToLeave);
