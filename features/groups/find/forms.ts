import { z } from "zod";
import { languages } from "../../../platform/i18n/words.ts";
import { hours, type Sought } from "./types.ts";

/** What was chosen; what is unknown is left out: nobody who is tired reads an error here. `from`: how many days ahead the list begins. */
export const soughtForm = z
  .object({
    kind: z.string().regex(/^[a-z][a-z-]{1,40}$/).optional().catch(undefined),
    language: z.enum(languages).optional().catch(undefined),
    hours: z.enum(hours).optional().catch(undefined),
    voice: z.string().optional(),
    open: z.string().optional(),
    from: z.coerce.number().int().min(0).max(55).catch(0).default(0),
  })
  .transform(({ kind, language, hours: hour, voice, open, from }): { sought: Sought; from: number } => ({ sought: { kind, language, hours: hour, voiceOnly: voice === "yes", open: open === "yes" }, from }));
