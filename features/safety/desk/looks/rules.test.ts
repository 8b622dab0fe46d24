import fc from "fast-check";
import { expect, it, test } from "vitest";
import type { MemberId } from "../../../../platform/http/scope.ts";
import type { DecisionId } from "../../types.ts";
import { isOpen, mayAnswer, mayLook, mayReview, openedAlone, wordsClosed } from "./rules.ts";

const now = Temporal.Instant.from("2026-11-27T20:00:00Z");
const [wren, pilar] = ["wren", "pilar"] as unknown as [MemberId, MemberId];
const asked = { askedBy: wren, what: "words" as const, here: true, agreed: undefined, endsAt: undefined, reviewDueAt: undefined, wasRight: undefined };
const alone = { ...asked, ...openedAlone(now) };

it.each([
  [true, "remove", false],
  [false, "remove", true],
  [false, "approve", false],
  [false, undefined, false],
] as const)("with something waiting: %s, after %s, its words are closed: %s", (waiting, decision, closed) => {
  expect(wordsClosed({ waiting, last: decision && { id: "one" as DecisionId, decision, by: wren, at: now, struck: false } })).toBe(closed);
});

test("a look alone is over after half an hour, to the second", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 5000 }), (seconds) => isOpen(alone, now.add({ seconds })) === seconds < 1800));
});

test("nobody agrees to her own look, or reviews it", () => {
  expect([mayAnswer(asked, wren), mayAnswer(asked, pilar), mayAnswer({ ...asked, agreed: false }, pilar), mayAnswer(alone, pilar)]).toEqual([false, true, false, false]);
  expect([mayReview(alone, wren), mayReview(alone, pilar), mayReview({ ...alone, wasRight: true }, pilar), mayReview(asked, pilar)]).toEqual([false, true, false, false]);
});

it.each([
  [[], true, 0, undefined],
  [[asked], false, 0, "looksAlready"],
  [[asked], true, 0, undefined],
  [[alone], true, 0.4, "looksAlready"],
  [[alone], false, 0.4, "looksAlready"],
  [[alone], true, 1, undefined],
  [[alone], true, 73, "reviewOwed"],
  [[{ ...alone, wasRight: true }], true, 73, undefined],
  [[alone], false, 73, undefined],
  [[{ ...asked, here: false }], false, 0, undefined],
] as const)("with %j, alone: %s, after %s hours: %s", (hers, isAlone, hours, refused) => {
  expect(mayLook(hers, { what: "words", alone: isAlone }, now.add({ minutes: hours * 60 }))?.refused).toBe(refused);
});
