import { z } from "zod";

/** Until when she was told. */
export const knownForm = z.object({
  until: z.string().max(40).transform((text, context) => {
    try {
      return Temporal.Instant.from(text);
    } catch {
      context.addIssue({ code: "custom", message: "checkThis" });
      return z.NEVER;
    }
  }),
});
