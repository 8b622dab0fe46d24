import { z } from "zod";
import { answers, disclosureReasons, outcomes, questions, type Answered, type Outcome, type Question } from "../types.ts";

const answer = z.enum(answers, "problemChoice");
const list = Object.fromEntries(questions.map((question) => [question, answer])) as Record<Question, typeof answer>;

/** The whole checklist, and how it ended. */
export const closingForm = z.object({ ...list, outcome: z.enum(outcomes, "problemOutcome") });
export const disclosureForm = z.object({ reason: z.enum(disclosureReasons, "problemChoice") });

export const closingOf = ({ outcome, ...answered }: z.output<typeof closingForm>): { readonly answered: Answered; readonly outcome: Outcome } => ({ answered, outcome });
