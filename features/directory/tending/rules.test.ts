import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { clocksOf } from "../claims/rules.ts";
import { kinds, type Kind } from "../types.ts";
import { byRisk, mayBeRung, reasonsFor, riskOf } from "./rules.ts";
import type { Facts } from "./types.ts";

const start = Temporal.Instant.from("2026-11-26T03:00:00Z");
const day = (days: number) => start.add({ hours: days * 24 });

const facts = (kind: Kind, more: Partial<Facts> = {}): Facts => ({ kind, reports: [], conflict: false, inDoubtSince: undefined, ...clocksOf(kind, [{ statedAt: start, verifiedAt: start }], more.inDoubtSince), ...more });
const why = (some: Facts, days = 0) => reasonsFor(some, day(days));

describe("an entry is to be looked at", () => {
  it.each([
    ["not while it is confirmed", facts("provider"), 0, []],
    ["when its confirmation ends soon", facts("provider"), 77, ["ending"]],
    ["when it has ended", facts("provider"), 90, ["expired"]],
    ["when it is shown no more", facts("provider"), 180, ["hidden", "expired"]],
    ["when nobody ever confirmed it", facts("group", clocksOf("group", [{ statedAt: start, verifiedAt: undefined }], undefined)), 1, ["never"]],
    ["when somebody says it is wrong", facts("group", { reports: ["wrong"] }), 1, ["reported"]],
    ["when two could not reach it", facts("group", { reports: ["cannot_reach", "cannot_reach"], inDoubtSince: start }), 0.5, ["in_doubt"]],
    ["when somebody did not feel safe there", facts("group", { reports: ["unsafe"], inDoubtSince: start }), 0.5, ["unsafe"]],
  ] as const)("%s", (_, some, days, expected) => expect(why(some, days)).toEqual(expected));
});

it("a crisis line that nobody confirmed comes before a pantry that somebody reports", () => {
  const line = riskOf("crisis_line", ["never"]);
  const pantry = riskOf("resource", ["reported"]);
  expect([{ risk: pantry, facts: facts("resource") }, { risk: line, facts: facts("crisis_line") }].sort(byRisk)[0]?.risk).toBe(line);
});

it("what two people could not reach comes before what nobody has checked", () => {
  expect(riskOf("resource", ["in_doubt", "never"])).toBeGreaterThan(riskOf("crisis_line", ["never"]));
});

it("an emergency number is never rung to see whether it works", () => {
  const isEmergency = (dial: string) => dial === "911";
  expect(mayBeRung([{ dial: "911", country: "US" }], isEmergency)).toBe(false);
  expect(mayBeRung([{ dial: "988", country: "US" }], isEmergency)).toBe(true);
});

test("no reason makes an entry less urgent", () => {
  const some = fc.record({ kind: fc.constantFrom<Kind>(...kinds), days: fc.integer({ min: 0, max: 400 }), reported: fc.boolean() });
  fc.assert(
    fc.property(some, ({ kind, days, reported }) => {
      const calm = riskOf(kind, why(facts(kind), days));
      const loud = riskOf(kind, why(facts(kind, reported ? { reports: ["wrong"] } : { conflict: true }), days));
      return loud >= calm;
    }),
  );
});
