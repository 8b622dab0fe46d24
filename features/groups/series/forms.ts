import { z } from "zod";
import { plainDate, readBy, type Typed } from "../../../platform/http/form.ts";
import { isZone } from "../../../platform/time/time.ts";
import { cancelReasons, weekdays, type Plan } from "../types.ts";

import { everies, everyOf, rhythmFrom } from "./rules.ts";

/** A wall time as a form posts it. */
export const time = z
  .string("timeMissing")
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:00)?$/, "timeMissing")
  .transform((text) => Temporal.PlainTime.from(text));

/** Nothing at all where a field was left empty. */
export const orNothing = <S extends z.ZodType>(schema: S) => z.preprocess((typed) => (typeof typed === "string" && typed.trim() === "" ? undefined : typed), schema.optional());

/** Members as a form names them; who they are is asked afterwards. */
export const member = z.uuid("memberUnknown");

export const planFields = {
  every: z.enum(everies, "everyMissing"),
  days: z.array(z.enum(weekdays, "everyMissing")),
  starts: plainDate("startsMissing"),
  at: time,
  zone: z.string("zoneMissing").refine(isZone, "zoneMissing"),
  minutes: z.coerce.number("minutesWrong").int("minutesWrong").min(15, "minutesWrong").max(240, "minutesWrong"),
  until: orNothing(plainDate("untilWrong")),
  count: orNothing(z.coerce.number("countWrong").int("countWrong").min(1, "countWrong").max(500, "countWrong")),
};
type PlanTyped = z.output<z.ZodObject<typeof planFields>>;

/** A plan ends on a day or after so many times, not both. */
export function planProblems({ starts, until, count }: PlanTyped, c: z.RefinementCtx): void {
  const wrong = (path: string, message: string) => c.addIssue({ code: "custom", path: [path], message });
  if (until && count !== undefined) wrong("count", "endTwice");
  if (until && Temporal.PlainDate.compare(until, starts) < 0) wrong("until", "untilBefore");
}

export const planOf = ({ every, days, starts, at, zone, minutes, until, count }: PlanTyped): Plan => ({
  rhythm: rhythmFrom(every, starts, days),
  starts,
  at,
  zone,
  minutes,
  ...(until && every !== "once" ? { until } : {}),
  ...(count === undefined || every === "once" ? {} : { count }),
});

export const planForm = z.object(planFields).superRefine(planProblems).transform(planOf);

export const dayForm = z.object({ day: plainDate("dayMissing") });
export const skipForm = z.object({ reason: z.enum(["holiday", "facilitator", "other"], "reasonMissing") });
export const cancelForm = z.object({ reason: z.enum(cancelReasons, "reasonMissing") });
export const moveForm = z.object({ on: plainDate("dayMissing"), at: time });
export const endForm = z.object({ lastDay: orNothing(plainDate("untilWrong")), reason: z.string("endReasonMissing").trim().min(1, "endReasonMissing").max(500, "tooLong") });
export const pairForm = z.object({ first: member, second: member });
export const trainingForm = z.object({ member, on: plainDate("dayMissing") });

const seen = z.string("changedMeanwhile").transform(readBy((text) => Temporal.Instant.from(text), "changedMeanwhile"));
export const approveForm = z.object({ seen });
export const sendBackForm = z.object({ seen, said: z.string("saidMissing").trim().min(1, "saidMissing").max(2000, "tooLong") });

/** A plan as it was typed, for a form that is filled in already. */
export const planTyped = ({ rhythm, starts, at, zone, minutes, until, count }: Plan): Typed => ({
  every: [everyOf(rhythm) ?? ""],
  days: rhythm.every === "weeks" ? rhythm.days : [],
  starts: [starts.toString()],
  at: [at.toString().slice(0, 5)],
  zone: [zone],
  minutes: [String(minutes)],
  until: [until?.toString() ?? ""],
  count: [count === undefined ? "" : String(count)],
});
