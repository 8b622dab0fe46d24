import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { SeatId } from "../types.ts";
import { isOver, lobbyIsOpen, overtimeMinutes } from "../seats/rules.ts";
import { aloneSeconds, inTurn, isLeftAlone, refusalToOpen, stateOf } from "./rules.ts";
import type { Guest } from "./types.ts";

const starts = Temporal.Instant.from("2026-12-01T03:00:00Z");
const ends = starts.add({ minutes: 90 });
const times = { starts, ends, cancelledAt: undefined, openedAt: undefined, closedAt: undefined };
const at = (minutes: number) => starts.add({ minutes });

describe("the room", () => {
  test.each([
    ["closed", -16, times, 2],
    ["lobby", -15, times, 2],
    ["lobby", 5, { ...times, openedAt: at(0) }, 0],
    ["open", 5, { ...times, openedAt: at(0) }, 1],
    ["over", 90 + overtimeMinutes, { ...times, openedAt: at(0) }, 2],
    ["open", 90 + overtimeMinutes - 1, { ...times, openedAt: at(0) }, 2],
    ["lobby", 89, times, 2],
    ["over", 90, times, 2],
    ["over", 30, { ...times, openedAt: at(0), closedAt: at(29) }, 2],
    ["over", -60, { ...times, cancelledAt: at(-300) }, 0],
  ] as const)("is %s %i minutes after the start", (state, minutes, facts, here) => expect(stateOf(facts, here, at(minutes))).toBe(state));

  test("is over for her seat, its lobby and the room at the same moment", () => {
    const moment = fc.option(fc.integer({ min: -60, max: 150 }), { nil: undefined });
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 200 }), moment, moment, moment, (now, opened, closed, cancelled) => {
        const [openedAt, closedAt, cancelledAt] = [opened, closed, cancelled].map((minutes) => (minutes === undefined ? undefined : at(minutes)));
        const facts = { starts, ends, openedAt, closedAt, cancelledAt };
        const state = stateOf(facts, 2, at(now));
        expect(isOver(facts, at(now))).toBe(state === "over");
        expect(lobbyIsOpen(facts, at(now))).toBe(state === "lobby" || state === "open");
      }),
    );
  });

  test.each([
    ["needsTwo", { state: "lobby", here: 1, trained: 1 }],
    ["untrained", { state: "lobby", here: 2, trained: 1 }],
    ["notTime", { state: "closed", here: 2, trained: 2 }],
    ["over", { state: "over", here: 2, trained: 2 }],
    [undefined, { state: "lobby", here: 2, trained: 2 }],
  ] as const)("may be opened: %s", (refused, facts) => expect(refusalToOpen(facts)).toBe(refused));

  it("is left alone after a minute, and not before", () => {
    expect([aloneSeconds, aloneSeconds + 1].map((seconds) => isLeftAlone(at(1), at(0), at(1).add({ seconds })))).toEqual([false, true]);
    expect(isLeftAlone(undefined, at(0), at(2))).toBe(true);
  });
});

test("who has had fewest turns goes first, then who asked first; nobody is left out, and nobody is in twice", () => {
  const guest = fc.record({ turns: fc.nat(3), minutes: fc.option(fc.nat(20)), where: fc.constantFrom("lobby", "room", "side", "left") });
  fc.assert(
    fc.property(fc.array(guest, { maxLength: 12 }), (some) => {
      const guests = some.map(({ turns, minutes, where }, index): Guest => ({ id: `s${index}` as SeatId, alias: "Maya", where: where as Guest["where"], raisedAt: minutes === null ? undefined : at(minutes), calledAt: undefined, turns, passed: false, side: undefined, wantsTalk: false, marks: new Set(), into: undefined, hears: undefined, small: undefined }));
      const order = inTurn(guests);
      expect(new Set(order)).toEqual(new Set(guests.filter(({ raisedAt, where }) => raisedAt && ["room", "side"].includes(where))));
      for (const [index, next] of order.entries()) {
        const before = order[index - 1];
        if (before) expect(before.turns < next.turns || (before.turns === next.turns && Temporal.Instant.compare(before.raisedAt as Temporal.Instant, next.raisedAt as Temporal.Instant) <= 0)).toBe(true);
      }
    }),
  );
});
