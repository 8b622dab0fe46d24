import { mayCloseConcern } from "../rules.ts";
import { worksheetAreas, type ConcernStep, type MemberId, type Refusal, type Worksheet, type WorksheetArea } from "../types.ts";

/** What still has no answer on the sheet, in the sheet's order. */
export function openParts(worksheet: Worksheet | undefined, step: ConcernStep | undefined): (WorksheetArea | "step")[] {
  const areas = worksheetAreas.filter((area) => worksheet?.answers[area] === undefined);
  return step === undefined ? [...areas, "step"] : areas;
}

/** A concern closes whole. Once the parent has erased the conversation there are no words to fill a sheet from: then a supervisor's eye is enough. */
export function mayClose(concern: { worksheet: Worksheet | undefined; step: ConcernStep | undefined; acknowledged: boolean; erased: boolean }): Refusal | undefined {
  if (concern.erased) return concern.acknowledged ? undefined : { refused: "notAcknowledged" };
  return mayCloseConcern(concern);
}

/** A second person looks: whoever raised it says "I have it" only where nobody else could. */
export function mayAcknowledge(memberId: MemberId, raisedBy: MemberId | undefined, others: readonly MemberId[]): boolean {
  return memberId !== raisedBy || others.every((id) => id === memberId);
}

/** Two sheets that say the same, so that a second tap is no second hand. */
export function sameSheet(a: { worksheet: Worksheet; step: ConcernStep | undefined }, b: { worksheet: Worksheet; step: ConcernStep | undefined }): boolean {
  return a.step === b.step && a.worksheet.words === b.worksheet.words && worksheetAreas.every((area) => a.worksheet.answers[area] === b.worksheet.answers[area]);
}
