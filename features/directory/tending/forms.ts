import { z } from "zod";
import { fields, type Field } from "../types.ts";

export const callOutcomes = ["all_right", "some_right", "no_answer", "wrong_number", "closed", "asked_to_leave"] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** What can be heard on the phone as right; room and waiting time are asked apart. */
export const hearable = fields.filter((field) => field !== "accepting" && field !== "wait");

/** What she found out about a report that it was not safe there: nothing yet, that it was not so, or that it is true. */
export const unsafeAnswers = ["open", "not_so", "removed"] as const;

const wait = z
  .string()
  .trim()
  .default("")
  .transform((text, context) => {
    if (text === "") return undefined;
    if (/^\d{1,3}$/.test(text)) return Number(text);
    context.addIssue({ code: "custom", message: "waitWrong" });
    return z.NEVER;
  });

/** How a call went. "Some of it" names at least one field. */
export const callForm = z
  .object({ outcome: z.enum(callOutcomes, "outcomeMissing"), confirmed: z.array(z.enum(hearable as [Field, ...Field[]])), accepting: z.enum(["yes", "waitlist", "no", "unasked"]).default("unasked"), waitDays: wait, number: z.string().max(80).optional(), unsafe: z.enum(unsafeAnswers).default("open") })
  .superRefine(({ outcome, confirmed }, context) => {
    if (outcome === "some_right" && confirmed.length === 0) context.addIssue({ code: "custom", message: "confirmMissing", path: ["confirmed"] });
  });
export type CallForm = z.output<typeof callForm>;

export const decisionForm = z.object({ keep: z.enum(["a", "b", "both"]) });
export type Decision = z.output<typeof decisionForm>["keep"];

export const seatForm = z.object({ area: z.string("seatUnknown").min(2, "seatUnknown").max(60, "seatUnknown"), member: z.uuid("seatUnknown") });
export const endSeatForm = z.object({ area: z.string().max(60), member: z.uuid() });
