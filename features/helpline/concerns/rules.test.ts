import fc from "fast-check";
import { expect, test } from "vitest";
import { concernSteps, worksheetAnswers, worksheetAreas, type MemberId, type Worksheet } from "../types.ts";
import { mayAcknowledge, mayClose, openParts, sameSheet } from "./rules.ts";

const whole: Worksheet = { answers: Object.fromEntries(worksheetAreas.map((area) => [area, "not_clear"])), words: "" };
const answers = fc.dictionary(fc.constantFrom(...worksheetAreas), fc.constantFrom(...worksheetAnswers));
const step = fc.option(fc.constantFrom(...concernSteps), { nil: undefined });

test("a concern closes exactly when nothing is open on its sheet and a supervisor has it", () => {
  fc.assert(
    fc.property(answers, step, fc.boolean(), (given, chosen, acknowledged) => {
      const worksheet = { answers: given, words: "" };
      const closes = mayClose({ worksheet, step: chosen, acknowledged, erased: false }) === undefined;
      expect(closes).toBe(openParts(worksheet, chosen).length === 0 && acknowledged);
    }),
  );
});

test("what is open is named in the order of the sheet, the step last", () => {
  expect(openParts({ answers: { desire: "no", buffers: "yes" }, words: "" }, undefined)).toEqual(["intent", "capability", "baby_safety", "psychosis_signs", "unwanted_thoughts", "step"]);
  expect(openParts(undefined, "stay_and_listen")).toEqual([...worksheetAreas]);
  expect(openParts(whole, "stay_and_listen")).toEqual([]);
});

test("a concern whose conversation is erased closes once a supervisor has seen it", () => {
  expect(mayClose({ worksheet: undefined, step: undefined, acknowledged: false, erased: true })).toEqual({ refused: "notAcknowledged" });
  expect(mayClose({ worksheet: undefined, step: undefined, acknowledged: true, erased: true })).toBeUndefined();
});

test("whoever raised it says 'I have it' only where nobody else could", () => {
  const [judith, lucia] = ["judith", "lucia"] as MemberId[] as [MemberId, MemberId];
  expect(mayAcknowledge(lucia, judith, [judith, lucia])).toBe(true);
  expect(mayAcknowledge(judith, judith, [judith, lucia])).toBe(false);
  expect(mayAcknowledge(judith, judith, [judith])).toBe(true);
  expect(mayAcknowledge(judith, undefined, [judith, lucia])).toBe(true);
});

test("two sheets are the same when every answer, the step and the words are", () => {
  expect(sameSheet({ worksheet: whole, step: undefined }, { worksheet: { ...whole }, step: undefined })).toBe(true);
  expect(sameSheet({ worksheet: whole, step: undefined }, { worksheet: { ...whole, words: "more" }, step: undefined })).toBe(false);
  expect(sameSheet({ worksheet: whole, step: undefined }, { worksheet: whole, step: "safety_plan" })).toBe(false);
  expect(sameSheet({ worksheet: whole, step: undefined }, { worksheet: { answers: { ...whole.answers, desire: "no" }, words: "" }, step: undefined })).toBe(false);
});
