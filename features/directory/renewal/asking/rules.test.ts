import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { ServiceId } from "../../types.ts";
import { chosen, daysBetween, isMorning, mayBeAsked, mostInALetter, mostUnanswered, nextDue } from "./rules.ts";
import type { Candidate } from "./types.ts";

const now = Temporal.Instant.from("2026-11-26T17:30:00Z");
const inDays = (days: number) => now.add({ hours: Math.round(days * 24) });
let count = 0;
const listing = (more: Partial<Candidate> = {}): Candidate => ({
  serviceId: `listing ${(count += 1)}` as ServiceId,
  kind: "group",
  standsUntil: inDays(5),
  roomUntil: undefined,
  zone: "America/Los_Angeles",
  unanswered: 0,
  askedAt: undefined,
  to: { way: "email", address: "moms@circle.example", language: "en" },
  ...more,
});
const asked = (...candidates: Candidate[]) => chosen(candidates, "America/Los_Angeles", now).map(({ serviceId }) => candidates.findIndex((one) => one.serviceId === serviceId));

describe("an owner is asked", () => {
  it("a week before what it stands on ends, and three days before her answer about room does", () => {
    expect(asked(listing({ standsUntil: inDays(6.9) }))).toEqual([0]);
    expect(asked(listing({ standsUntil: inDays(7.1) }))).toEqual([]);
    expect(asked(listing({ standsUntil: inDays(50), roomUntil: inDays(2.9) }))).toEqual([0]);
    expect(asked(listing({ standsUntil: inDays(50), roomUntil: inDays(3.1) }))).toEqual([]);
  });

  it("with what would be due before the next letter, the earliest first, and no more than a letter holds", () => {
    expect(asked(listing({ standsUntil: inDays(13) }), listing({ standsUntil: inDays(2) }), listing({ standsUntil: inDays(20) }))).toEqual([1, 0]);
    expect(asked(...Array.from({ length: 30 }, () => listing()))).toHaveLength(mostInALetter);
  });

  it("by text about one listing alone, the one that ends first", () => {
    const to = { way: "text", address: "+12135550123", language: "en" } as const;
    expect(asked(listing({ to, standsUntil: inDays(4) }), listing({ to, standsUntil: inDays(2) }))).toEqual([1]);
    expect(nextDue([listing({ to, standsUntil: inDays(12) }), listing({ to, standsUntil: inDays(40) })], now)?.standsUntil?.equals(inDays(12))).toBe(true);
  });

  it.each([
    ["2026-11-26T17:00:00Z", "America/Los_Angeles", true],
    ["2026-11-26T16:59:00Z", "America/Los_Angeles", false],
    ["2026-11-26T20:00:00Z", "America/Los_Angeles", false],
    ["2026-11-26T14:30:00Z", "America/New_York", true],
    ["2026-11-26T17:00:00Z", "no zone at all", true],
    ["2026-11-26T17:00:00Z", undefined, true],
  ])("in the morning where the listing is: %s in %s: %s", (at, zone, morning) => expect(isMorning(zone, "America/Los_Angeles", Temporal.Instant.from(at))).toBe(morning));

  it("no more after three times without an answer, and never twice in a week", () => {
    expect(mayBeAsked({ unanswered: mostUnanswered, askedAt: inDays(-300) }, now)).toBe(false);
    expect(mayBeAsked({ unanswered: 2, askedAt: inDays(-daysBetween) }, now)).toBe(true);
    expect(mayBeAsked({ unanswered: 0, askedAt: inDays(-daysBetween + 0.1) }, now)).toBe(false);
  });
});

test("over a year of mornings a silent owner is written to three times, a week apart, however many listings she has", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 5 }), (ends) => {
      const asks = ends.map(() => [] as number[]);
      const letters: number[] = [];
      for (let day = 0; day < 365; day++) {
        const at = inDays(day);
        const hers = ends.map((end, index) => listing({ serviceId: String(index) as ServiceId, standsUntil: inDays(end), unanswered: asks[index]?.length ?? 0, askedAt: asks[index]?.length ? inDays(asks[index]?.at(-1) ?? 0) : undefined }));
        const some = day - (letters.at(-1) ?? -99) >= daysBetween ? chosen(hers, "America/Los_Angeles", at) : [];
        if (some.length > 0) letters.push(day);
        for (const one of some) asks[Number(one.serviceId)]?.push(day);
      }
      expect(asks.every((one) => one.length <= mostUnanswered)).toBe(true);
      expect(letters.every((day, index) => index === 0 || day - (letters[index - 1] ?? 0) >= daysBetween)).toBe(true);
      expect(letters.length).toBeLessThanOrEqual(mostUnanswered * ends.length);
    }),
    { numRuns: 60 },
  );
});
