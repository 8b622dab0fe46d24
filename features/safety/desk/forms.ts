import { z } from "zod";
import { caseReasons, decisions, ruleIds, strikeKinds, subjectKinds, type CaseReason } from "../types.ts";
import { longestNote, mostStrikeDays } from "./rules.ts";

const ofOthers = caseReasons.filter((reason): reason is Exclude<CaseReason, "appeal"> => reason !== "appeal");

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
});

const note = z.string().trim().max(longestNote, "problemTooLong").default("");
const orNone = <T extends readonly [string, ...string[]]>(choices: T) => z.union([z.enum(choices), z.literal("").transform(() => undefined)]).optional();

export const decisionForm = z.object({ decision: z.enum(decisions, "problemChoice"), rule: orNone(ruleIds), note });
export const questionForm = z.object({ question: note.pipe(z.string().min(1, "problemWords")) });
export const opinionForm = z.object({ would: z.enum(decisions, "problemChoice"), words: note });
export const strikeForm = z.object({
  kind: z.enum(strikeKinds, "problemChoice"),
  rule: z.enum(ruleIds, "problemChoice"),
  days: z.union([z.literal("").transform(() => undefined), z.coerce.number().int().min(1).max(mostStrikeDays)], "problemDays").optional(),
  note,
});
export const appealForm = z.object({ words: note.pipe(z.string().min(1, "problemWords")) });
export const answerForm = z.object({ outcome: z.enum(["stands", "gave_way"], "problemChoice"), words: note.pipe(z.string().min(1, "problemWords")) });
