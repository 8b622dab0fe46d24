import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clocksOfBreach, manyPeople } from "./rules.ts";
import { breachSteps } from "./types.ts";

const knownAt = Temporal.Instant.from("2026-11-24T11:00:00Z");
const after = (hours: number) => knownAt.add({ hours });
const read = (country: string, people: number, steps: Parameters<typeof clocksOfBreach>[3], hours: number) => clocksOfBreach(country, people, knownAt, steps, after(hours)).map(({ law, stands }) => `${law} ${stands}`);

describe("the clocks of a breach", () => {
  it.each([
    ["DE", 3, ["gdpr"]],
    ["GB", 3, ["gdpr"]],
    ["MX", 3, ["gdpr"]],
    ["US", manyPeople - 1, ["state", "hbnr"]],
    ["US", manyPeople, ["state", "hbnr", "hbnrFtc", "hbnrMedia"]],
  ])("that run in %s with %i people are %j", (country, people, laws) => {
    expect(clocksOfBreach(country, people, knownAt, [], knownAt).map(({ law }) => law)).toEqual(laws);
  });

  it("of 72 hours are open to the last moment, then late, and done when the authority was told or nobody is at risk", () => {
    expect(read("DE", 1, [], 72)).toEqual(["gdpr open"]);
    expect(read("DE", 1, [], 73)).toEqual(["gdpr late"]);
    expect(read("DE", 1, [{ step: "authority_told", at: after(72) }], 900)).toEqual(["gdpr done"]);
    expect(read("DE", 1, [{ step: "no_risk", at: after(1) }], 900)).toEqual(["gdpr done"]);
    expect(read("DE", 1, [{ step: "authority_told", at: after(80) }], 900)).toEqual(["gdpr doneLate"]);
    expect(read("DE", 1, [{ step: "people_told", at: after(1) }], 80)).toEqual(["gdpr late"]);
  });

  it("of states end before the 60 days, and one notice answers both", () => {
    expect(read("US", 1, [], 30 * 24 + 1)).toEqual(["state late", "hbnr open"]);
    expect(read("US", 1, [{ step: "people_told", at: after(100) }], 9999)).toEqual(["state done", "hbnr done"]);
  });

  it("once done stay done, however late it gets", () => {
    fc.assert(
      fc.property(fc.constantFrom("US", "DE", "MX"), fc.nat(2000), fc.array(fc.record({ step: fc.constantFrom(...breachSteps), hours: fc.nat(3000) })), fc.nat(3000), fc.nat(3000), (country, people, taken, now, later) => {
        const steps = taken.map(({ step, hours }) => ({ step, at: after(hours) }));
        const [first, then] = [clocksOfBreach(country, people, knownAt, steps, after(now)), clocksOfBreach(country, people, knownAt, steps, after(now + later))];
        return first.every(({ stands }, nth) => (stands === "open" ? true : then[nth]?.stands === stands));
      }),
    );
  });
});
