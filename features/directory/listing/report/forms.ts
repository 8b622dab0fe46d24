import { z } from "zod";
import { reportKinds } from "../../reports/types.ts";

export const mostLetters = 1000;

/** `one` tap sends the kind alone; the form may add words. */
export const reportForm = z.object({
  kind: z.enum(reportKinds, "kindMissing"),
  note: z.string().trim().max(mostLetters, "noteLong").optional(),
});
