import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { SeatId } from "../types.ts";
import { distinctAlias, keptMinutes, longestAlias, mayBeGiven, mostMissed, nextLook, offerEnds, once, phaseAt, refusalFor, settle, standbyMinutes } from "./rules.ts";
import type { Seat } from "./types.ts";

const starts = Temporal.Instant.from("2026-12-01T03:00:00Z");
const before = (minutes: number) => starts.subtract({ minutes });
const seat = (id: string, more: Partial<Seat> = {}): Seat => ({ id: id as SeatId, askedAt: before(5000), place: undefined, heldAt: undefined, offeredUntil: undefined, offersMissed: 0, standby: false, here: false, cameLately: 0, ...more });
const held = (id: string, place: number, more: Partial<Seat> = {}) => seat(id, { place, heldAt: before(4000), ...more });
const at = (minutesBefore: number, of: number, seats: readonly Seat[], asking?: string) => settle(seats, { starts, of, now: before(minutesBefore), released: false, asking: asking as SeatId | undefined }).map(({ seat: id, to }) => `${id} ${to}`);

describe("an offer stands shorter and shorter towards the start", () => {
  test.each([[72 * 60, 720], [30 * 60, 240], [10 * 60, 60], [120, 20], [40, 5], [12, 2]])("%i minutes before: %i minutes", (left, window) => expect(offerEnds(before(left), starts).since(before(left)).total("minutes")).toBe(window));
  it("never into the last ten minutes, and never longer than an earlier one", () => {
    fc.assert(
      fc.property(fc.integer({ min: standbyMinutes, max: 100_000 }), fc.integer({ min: 0, max: 5000 }), (left, more) => {
        const [near, far] = [offerEnds(before(left), starts).since(before(left)).total("minutes"), offerEnds(before(left + more), starts).since(before(left + more)).total("minutes")];
        expect(near).toBeLessThanOrEqual(left - standbyMinutes);
        expect(near).toBeLessThanOrEqual(far);
      }),
    );
  });
});

describe("whose turn it is", () => {
  it("who asks where a seat is free and nobody waits has it at once", () => expect(at(3000, 2, [held("a", 1), seat("b")], "b")).toEqual(["b held"]));
  it("who asks where others wait comes after them", () => expect(at(3000, 2, [held("a", 1), seat("b", { askedAt: before(4000) }), seat("c", { askedAt: before(3000) })], "c")).toEqual(["b offered"]));
  it("who came least lately goes before who has waited longer", () => expect(at(3000, 1, [seat("b", { cameLately: 3 }), seat("c", { askedAt: before(10) })])).toEqual(["c offered"]));
  it("who let an offer pass goes after who did not, and is asked again only so often", () => {
    expect(at(3000, 1, [seat("b", { place: 1, offeredUntil: before(3001) }), seat("c", { askedAt: before(10) })])).toEqual(["b missed_offer", "c offered"]);
    expect(at(3000, 1, [seat("b", { place: 1, offeredUntil: before(3001) })])).toEqual(["b missed_offer", "b offered"]);
    expect(at(3000, 1, [seat("b", { place: 1, offeredUntil: before(3001), offersMissed: mostMissed - 1 })])).toEqual(["b missed_offer"]);
  });
  it("in the last ten minutes a seat goes to who is here, at once", () => expect(at(5, 1, [seat("b"), seat("c", { standby: true, askedAt: before(9) })])).toEqual(["c held"]));
  it("a parent who is late keeps her seat a quarter of an hour; then it goes to who is here", () => {
    expect(at(-14, 1, [held("a", 1), seat("c", { standby: true })])).toEqual([]);
    expect(at(-15, 1, [held("a", 1), seat("c", { standby: true })])).toEqual(["a no_show", "c held"]);
  });
  it("who waits in the lobby has come, whether she was let in yet or not", () => expect(at(-15, 1, [held("a", 1, { here: true }), seat("c", { standby: true })])).toEqual([]));
  it("after that nothing is given any more", () => expect(settle([seat("c", { standby: true })], { starts, of: 1, now: before(-20), released: true })).toEqual([]));
});

test.each([
  ["cancelled", { cancelled: true }],
  ["over", { now: before(-keptMinutes) }],
  ["already", { already: true }],
  ["already", { already: true, now: before(-keptMinutes) }],
  ["removed", { removed: true, already: false }],
  ["over", { closed: true }],
  ["enoughAhead", { ahead: 3 }],
  [undefined, { ahead: 2 }],
] as const)("asking for a seat is refused: %s", (refused, more) => expect(refusalFor({ cancelled: false, closed: false, starts, already: false, ahead: 0, removed: false, now: before(60), ...more })).toBe(refused));

test("in any history of an evening no seat is given twice, none is idle while somebody would take it, and the rule has said all at once", () => {
  const act = fc.record({ what: fc.constantFrom("ask", "give back", "accept", "stand by", "come", "time passes"), who: fc.nat(9), minutes: fc.integer({ min: 0, max: 400 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(act, { maxLength: 60 }), (of, acts) => {
      let [now, released, seats, made] = [before(3000), false, [] as Seat[], 0];
      for (const { what, who, minutes } of acts) {
        const one = seats[who % Math.max(1, seats.length)];
        const change = (to: Partial<Seat>) => (seats = seats.map((each) => (each === one ? { ...each, ...to } : each)));
        const asking = what === "ask" ? (`s${++made}` as SeatId) : undefined;
        if (asking) seats = [...seats, seat(asking, { askedAt: now, cameLately: who % 3, standby: phaseAt(starts, now) === "standby" })];
        else if (what === "time passes") now = now.add({ minutes });
        else if (what === "give back") seats = seats.filter((each) => each !== one);
        else if (what === "accept" && one?.offeredUntil && !one.heldAt && Temporal.Instant.compare(now, one.offeredUntil) < 0) change({ heldAt: now, offeredUntil: undefined });
        else if (what === "stand by" && one && !one.heldAt) change({ standby: true });
        else if (what === "come" && one?.heldAt) change({ here: true });
        const facts = { starts, of, now, released };
        seats = once(seats, settle(seats, { ...facts, asking }), now);
        const phase = phaseAt(starts, now);
        if (phase === "over") released = true;
        const places = seats.flatMap(({ place }) => (place === undefined ? [] : [place]));
        expect(new Set(places).size).toBe(places.length);
        expect(places.every((place) => place >= 1 && place <= of)).toBe(true);
        expect(seats.every(({ place, heldAt, offeredUntil }) => (place !== undefined) === (heldAt !== undefined || offeredUntil !== undefined))).toBe(true);
        if (phase !== "over" && places.length < of) expect(seats.filter((each) => each.place === undefined && mayBeGiven(each, phase))).toEqual([]);
        expect(settle(seats, { ...facts, released })).toEqual([]);
        const offers = seats.some(({ heldAt, offeredUntil }) => !heldAt && offeredUntil);
        if (offers) expect(nextLook(seats, { starts, now, released })).toBeDefined();
      }
    }),
    { numRuns: 2000 },
  );
});

test("nobody in a room has another's name, however it is written, and nobody is refused for it", () => {
  expect([distinctAlias("River", []), distinctAlias("River", ["Kettle", "RÍVER"]), distinctAlias("Río", ["rio", "Rio 2"])]).toEqual(["River", "River 2", "Río 3"]);
  const long = "L".repeat(longestAlias);
  expect(distinctAlias(long, [long])).toBe(`${"L".repeat(longestAlias - 2)} 2`);
});
