import { expect, test } from "vitest";
import type { MemberId } from "../../../../platform/http/scope.ts";
import { mayAnswerReport, mayReadReport } from "./rules.ts";

const noor = "noor" as MemberId;
const debrief = { kind: "debrief", by: noor, wantsTalk: false, readAt: undefined } as const;
const asks = { ...debrief, wantsTalk: true } as const;
const incident = { ...debrief, kind: "incident" } as const;
const read = Temporal.Instant.from("2026-11-24T12:00:00Z");

test.each([
  ["her own debrief: she alone", debrief, { noor: true, tomas: false, lucia: false }],
  ["her wish to talk: a coordinator too", asks, { noor: true, tomas: false, lucia: true }],
  ["her wish to talk, once somebody took it on: hers again", { ...asks, readAt: read }, { noor: true, tomas: false, lucia: false }],
  ["what happened: who is a second reader", incident, { noor: false, tomas: false, lucia: true }],
  ["what happened, once it was read: nobody", { ...incident, readAt: read }, { noor: false, tomas: false, lucia: false }],
])("%s", (_what, report, readers) => {
  expect(Object.fromEntries(["noor", "tomas", "lucia"].map((id) => [id, mayReadReport(report, { id, second: id === "lucia" })]))).toEqual(readers);
});

test("nobody is the second reader of her own words", () => {
  expect([incident, asks].map((report) => mayAnswerReport(report, { id: noor, second: true }))).toEqual([false, false]);
  expect([incident, asks, debrief].map((report) => mayAnswerReport(report, { id: "lucia", second: true }))).toEqual([true, true, false]);
});
