import { z } from "zod";
import { languages } from "../../../platform/i18n/words.ts";
import { longestMessage } from "../rules.ts";

export const shiftHours = [1, 2, 3, 4, 6, 8] as const;

export const shiftForm = z.object({
  languages: z.array(z.enum(languages, "problemLanguages")).min(1, "problemLanguages"),
  cap: z.coerce.number().int().min(1).max(5).catch(1),
  hours: z.coerce.number().pipe(z.literal(shiftHours)).catch(2),
});

export const noteForm = z.object({ key: z.uuid("problemForm"), words: z.string("messageEmpty").trim().min(1, "messageEmpty").max(longestMessage, "problemWordsLong") });

export const handoverForm = z.object({
  to: z.union([z.literal("queue"), z.uuid()]).catch("queue"),
  note: z.string("refusedNoteMissing").trim().min(1, "refusedNoteMissing").max(longestMessage, "problemWordsLong"),
});

/** One of the lines by its name, or a listing by its id. */
export const referralForm = z.object({ key: z.uuid("problemForm"), line: z.string().max(200).optional(), listing: z.uuid().optional() });

/** What she looks for in the directory; never in an address. What is longer than its field is cut, so that none of it is lost from her page. */
export const lookForm = z.object({ need: z.string().default("").transform((typed) => typed.trim().slice(0, 120)), place: z.string().default("").transform((typed) => typed.trim().slice(0, 80)) });
