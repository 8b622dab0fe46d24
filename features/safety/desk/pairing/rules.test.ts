import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberId } from "../../../../platform/http/scope.ts";
import { answerWithinMinutes, mayJoin, nextToAsk, wantsTwo } from "./rules.ts";
import type { Asked } from "./types.ts";

const now = Temporal.Instant.from("2026-11-27T20:00:00Z");
const [wren, pilar, judith] = ["wren", "pilar", "judith"] as unknown as [MemberId, MemberId, MemberId];
const asked = (memberId: MemberId, ago: number, declined = false): Asked => ({ memberId, askedAt: now.subtract({ minutes: ago }), declined });

describe("who is asked to sit with her", () => {
  it("is a second person for what is most urgent, and for nothing else", () => {
    expect(([0, 1, 2, 3] as const).map(wantsTwo)).toEqual([true, false, false, false]);
  });

  it("is one after the other, the next at once where one says no, and after five minutes where she says nothing", () => {
    expect(nextToAsk(false, [], [pilar, judith], now)).toEqual({ ask: pilar });
    expect(nextToAsk(false, [asked(pilar, 0)], [pilar, judith], now)).toEqual({ waitUntil: now.add({ minutes: answerWithinMinutes }) });
    expect(nextToAsk(false, [asked(pilar, 1, true)], [pilar, judith], now)).toEqual({ ask: judith });
    expect(nextToAsk(false, [asked(pilar, answerWithinMinutes)], [pilar, judith], now)).toEqual({ ask: judith });
  });

  it("is nobody where nobody is there, once all have been asked, and once somebody has joined", () => {
    expect(nextToAsk(false, [], [], now)).toBeUndefined();
    expect(nextToAsk(false, [asked(pilar, 6), asked(judith, 2, true)], [pilar, judith], now)).toBeUndefined();
    expect(nextToAsk(true, [asked(pilar, 1)], [pilar, judith], now)).toBeUndefined();
  });

  it("is nobody twice, and never two at once", () => {
    const someone = fc.constantFrom(wren, pilar, judith);
    fc.assert(
      fc.property(fc.array(fc.record({ memberId: someone, ago: fc.nat(20), declined: fc.boolean() })), fc.uniqueArray(someone), (rows, candidates) => {
        const before = rows.map(({ memberId, ago, declined }) => asked(memberId, ago, declined));
        const next = nextToAsk(false, before, candidates, now);
        if (!next || !("ask" in next)) return true;
        return !before.some(({ memberId }) => memberId === next.ask) && before.every(({ askedAt, declined }) => declined || now.since(askedAt).total("minutes") >= answerWithinMinutes);
      }),
    );
  });
});

describe("who may join", () => {
  it("is anybody but who has it, as long as nobody else has joined", () => {
    expect(mayJoin({ withMember: wren, joinedBy: undefined }, pilar)).toBeUndefined();
    expect(mayJoin({ withMember: wren, joinedBy: pilar }, pilar)).toBeUndefined();
    expect(mayJoin({ withMember: wren, joinedBy: pilar }, judith)).toEqual({ refused: "someoneSitsAlready" });
    expect(mayJoin({ withMember: wren, joinedBy: undefined }, wren)).toEqual({ refused: "youHaveItYourself" });
  });
});
