import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { kinds, fields, type Accepting, type Kind } from "../types.ts";
import { acceptingAt, isHidden, isSunk, markOf } from "./now/rules.ts";
import { clocksOf, confirms, daysOf, expiryOf, inMs, isShown, standingOf, verifierOf } from "./rules.ts";

const start = Temporal.Instant.from("2026-11-26T03:00:00Z");
const ms = (days: number) => day(days).epochMilliseconds;
const day = (days: number) => start.add({ hours: Math.round(days * 24) });

describe("how long a confirmation lasts", () => {
  it.each([
    ["crisis_line", "contact", 30],
    ["warmline", "contact", 60],
    ["group", "hours", 60],
    ["provider", "about", 90],
    ["provider", "insurance", 90],
    ["group", "accepting", 14],
    ["provider", "wait", 14],
  ] as const)("of a %s's %s: %i days", (kind, field, days) => {
    expect(daysOf(kind, field)).toBe(days);
    expect(expiryOf(kind, field, start).equals(day(days))).toBe(true);
  });
});

it("a statement goes from verified to a badge, below others, and away at twice its time", () => {
  const claim = { field: "contact", statedAt: start, verifiedAt: start } as const;
  const at = (days: number) => standingOf("provider", claim, day(days));
  expect([0, 89.9, 90, 134.9, 135, 179.9, 180].map(at)).toEqual(["verified", "verified", "expired", "expired", "sunk", "sunk", "hidden"]);
});

it("what nobody confirmed is never better than unconfirmed, and goes away at twice its time too", () => {
  const claim = { field: "contact", statedAt: start, verifiedAt: undefined } as const;
  expect([0, 119].map((days) => standingOf("group", claim, day(days)))).toEqual(["unconfirmed", "unconfirmed"]);
  expect(standingOf("group", claim, day(120))).toBe("hidden");
});

it("a crisis line's number is never taken away", () => {
  expect(isShown("crisis_line", "contact", "hidden")).toBe(true);
  expect(isShown("crisis_line", "hours", "hidden")).toBe(false);
  expect(isShown("provider", "contact", "hidden")).toBe(false);
  expect(clocksOf("crisis_line", [{ statedAt: start, verifiedAt: undefined }], start).hiddenAt).toBeUndefined();
});

it("a listing stands on the older of its two statements, and on none is not shown", () => {
  const clocks = clocksOf("provider", [{ statedAt: start, verifiedAt: day(10) }, { statedAt: start, verifiedAt: start }], undefined);
  expect(clocks.verifiedAt?.equals(start)).toBe(true);
  expect(clocks.freshUntil.equals(day(90))).toBe(true);
  expect(isHidden(inMs(clocksOf("provider", [], undefined)), ms(0))).toBe(true);
  expect(clocksOf("provider", [{ statedAt: start, verifiedAt: start }, { statedAt: start, verifiedAt: undefined }], undefined).verifiedAt).toBeUndefined();
});

it("two people who could not reach it sink it at once and hide it a day later", () => {
  const doubt = day(3);
  const clocks = inMs(clocksOf("group", [{ statedAt: start, verifiedAt: start }], doubt));
  expect(markOf(clocks, true, ms(3))).toBe("in_doubt");
  expect(isSunk(clocks, ms(3))).toBe(true);
  expect(isHidden(clocks, ms(3.9))).toBe(false);
  expect(isHidden(clocks, ms(4))).toBe(true);
});

it("bringing in and editing confirm nothing", () => {
  expect((["import", "seed", "edit"] as const).some(confirms)).toBe(false);
  expect((["import", "seed", "edit"] as const).map((method) => verifierOf(method))).toEqual([undefined, undefined, undefined]);
  expect(verifierOf("owner_text")).toBe("owner");
  expect(verifierOf("call", "volunteer")).toBe("volunteer");
});

test("over 10,000 time travels in 400 days no expired 'accepting: yes' is said", () => {
  const moment = fc.integer({ min: 0, max: 400 * 24 * 60 });
  fc.assert(
    fc.property(fc.constantFrom<Kind>(...kinds), moment, moment, fc.constantFrom<Accepting>("yes", "no", "waitlist"), (kind, said, looked, accepting) => {
      const verifiedAt = start.add({ minutes: said });
      const now = start.add({ minutes: looked });
      const shown = acceptingAt(accepting, expiryOf(kind, "accepting", verifiedAt).epochMilliseconds, now.epochMilliseconds);
      const age = looked - said;
      return age >= 14 * 24 * 60 ? shown === "unknown" : shown === accepting;
    }),
    { numRuns: 10_000 },
  );
});

test("the order of the clocks never turns: badge, then below others, then away", () => {
  const instant = fc.integer({ min: 0, max: 400 * 24 }).map((hours) => start.add({ hours }));
  const claim = fc.record({ statedAt: instant, verifiedAt: fc.option(instant, { nil: undefined }) });
  fc.assert(
    fc.property(fc.constantFrom<Kind>(...kinds), fc.array(claim, { minLength: 1, maxLength: 2 }), fc.option(instant, { nil: undefined }), (kind, stands, doubt) => {
      const { freshUntil, sinksAt, hiddenAt } = clocksOf(kind, stands, doubt);
      return Temporal.Instant.compare(freshUntil, sinksAt) <= 0 && (hiddenAt === undefined || Temporal.Instant.compare(sinksAt, hiddenAt) <= 0);
    }),
  );
});

test("each field of each kind has an end", () => {
  for (const kind of kinds) for (const field of fields) expect(daysOf(kind, field)).toBeGreaterThan(0);
});
