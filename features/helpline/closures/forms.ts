import { z } from "zod";
import { feelings, outcomes, reasons } from "../types.ts";
import { followUpProblem } from "./rules.ts";

/** A day as `<input type="date">` sends it; anything else is no day. */
const day = z.string().transform((text): Temporal.PlainDate | undefined => {
  try {
    return Temporal.PlainDate.from(text.trim(), { overflow: "reject" });
  } catch {
    return undefined;
  }
});

/** How a conversation ended. `today` is the network's day. */
export const closureForm = (today: Temporal.PlainDate) =>
  z
    .object({
      outcome: z.enum(outcomes, "outcomeMissing"),
      reasons: z.array(z.enum(reasons, "reasonUnknown")).transform((given) => [...new Set(given)]),
      followUp: z.literal("yes").optional().catch(undefined),
      followUpOn: day.optional(),
    })
    .superRefine(({ followUp, followUpOn }, context) => {
      const problem = followUp && followUpProblem(followUpOn, today);
      if (problem) context.addIssue({ code: "custom", path: ["followUpOn"], message: problem });
    })
    .transform(({ outcome, reasons: why, followUp, followUpOn }) => ({ outcome, reasons: why, followUpOn: followUp ? followUpOn : undefined }));

export type Closure = z.output<ReturnType<typeof closureForm>>;

export const debriefForm = z.object({
  how: z.enum(feelings, "howMissing"),
  words: z.string().max(8000, "problemTooLong").default(""),
  wantsTalk: z.literal("yes").optional().catch(undefined),
});
export type Debriefing = z.output<typeof debriefForm>;
