import { z } from "zod";
import { readBy } from "../../../platform/http/form.ts";
import { languages } from "../../../platform/i18n/words.ts";
import { caseReasons, decisions, kindsInRooms, ruleIds, settlements, strikeKinds, subjectKinds, type CaseReason } from "../types.ts";
import { longestNote } from "./rules.ts";
import { phraseIds } from "./words.ts";

const ofOthers = caseReasons.filter((reason): reason is Exclude<CaseReason, "appeal"> => reason !== "appeal");

const instant = z.string().transform(readBy((text) => Temporal.Instant.from(text), "formLost"));

/** The payload of the job `open-case`. */
export const openingForm = z.object({
  subjectKind: z.enum(subjectKinds),
  subjectId: z.uuid(),
  reason: z.enum(ofOthers),
  priority: z.literal([0, 1, 2, 3]),
  why: z.array(z.string().regex(/^[\w.:-]{1,80}$/)).max(20),
  reportId: z.uuid().optional(),
  authorId: z.uuid().optional(),
  authorMark: z.string().regex(/^[0-9a-f]{64}$/).optional(),
  openingKey: z.uuid().optional(),
  askedAt: instant.optional(),
});

/** The payload of the job `settle-case`. */
export const settledForm = z.object({ subjectKind: z.enum(kindsInRooms), subjectId: z.uuid(), how: z.enum(settlements), by: z.uuid().optional(), at: instant });

const words = z.string().trim().max(longestNote, "problemTooLong").default("");
const someWords = words.pipe(z.string().min(1, "problemWords"));
const noneChosen = (typed: unknown): unknown => (typed === "" ? undefined : typed);
const orNone = <T extends string>(choices: readonly T[]) => z.preprocess(noneChosen, z.enum(choices, "problemChoice").optional());

// Each field has a name of its own, as several of these forms stand on one page.
export const decisionForm = z.object({ decision: z.enum(decisions, "problemChoice"), rule: orNone(ruleIds), phrase: orNone(phraseIds), postLanguage: z.enum(languages).catch("en"), note: words });
export const questionForm = z.object({ question: someWords });
export const opinionForm = z.object({ would: z.enum(decisions, "problemChoice"), opinion: words });
export const strikeForm = z.object({
  kind: z.enum(strikeKinds, "problemChoice"),
  strikeRule: z.enum(ruleIds, "problemChoice"),
  days: z.preprocess(noneChosen, z.string().regex(/^([1-9]|[12]\d|30)$/, "problemDays").transform(Number).optional()),
  strikeNote: words,
});
export const answerForm = z.object({ outcome: z.enum(["stands", "gave_way"], "problemChoice"), answer: someWords });
export const appealForm = z.object({ appeal: someWords });
