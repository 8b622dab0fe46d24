import { z } from "zod";
import { plainDate, plainTime } from "../../../platform/http/form.ts";
import { classIds } from "../types.ts";
import { breachKinds, stepsByHand } from "./types.ts";

const days = { fromOn: plainDate("dayMissing"), untilOn: plainDate("dayMissing"), knownOn: plainDate("dayMissing"), knownAt: plainTime("timeMissing") };

/** What happened, when, when it was known, and what it touched. Days are those of who writes. */
export const breachForm = z
  .object({
    key: z.uuid("formLost"),
    kind: z.enum(breachKinds, "kindMissing"),
    classes: z.array(z.enum(classIds, "classesMissing"), "classesMissing").min(1, "classesMissing"),
    ...days,
    what: z.string("whatMissing").trim().min(1, "whatMissing").max(6000, "tooLong"),
  })
  .refine(({ fromOn, untilOn }) => Temporal.PlainDate.compare(fromOn, untilOn) <= 0, { error: "endsFirst", path: ["untilOn"] });

export const stepForm = z.object({ key: z.uuid("formLost"), step: z.enum(stepsByHand, "stepMissing"), words: z.string().trim().max(6000, "tooLong").default("") });
