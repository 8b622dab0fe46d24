import { z } from "zod";
import type { Typed } from "../../../platform/http/form.ts";
import { longestMessage } from "../rules.ts";
import { concernSteps, worksheetAnswers, worksheetAreas, type ConcernStep, type Worksheet, type WorksheetArea } from "../types.ts";

const answer = z.enum(worksheetAnswers, "problemChoice").optional();
const answers = Object.fromEntries(worksheetAreas.map((area) => [area, answer])) as Record<WorksheetArea, typeof answer>;

/** The sheet as it is sent, whole or half done. `version` names the saved sheet that was on the screen. */
export const sheetForm = z.object({
  ...answers,
  words: z.string().max(longestMessage, "problemTooLong").default(""),
  step: z.enum(concernSteps, "problemChoice").optional(),
  version: z.string().max(40).default(""),
});

export type Sheet = { readonly worksheet: Worksheet; readonly step: ConcernStep | undefined };
export type FilledSheet = Sheet & { readonly version: string };

export function sheetOf({ words, step, version, ...areas }: z.output<typeof sheetForm>): FilledSheet {
  const given = Object.fromEntries(worksheetAreas.flatMap((area) => (areas[area] ? [[area, areas[area]]] : []))) as Worksheet["answers"];
  return { worksheet: { answers: given, words }, step, version };
}

/** A saved sheet as the form shows it. */
export function typedOf({ worksheet, step }: { worksheet: Worksheet | undefined; step: ConcernStep | undefined }): Typed {
  const areas = worksheetAreas.flatMap((area) => (worksheet?.answers[area] ? [[area, [worksheet.answers[area]]]] : []));
  return { ...Object.fromEntries(areas), words: [worksheet?.words ?? ""], ...(step ? { step: [step] } : {}) };
}
