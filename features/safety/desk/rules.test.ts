import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { MemberId } from "../../../platform/http/scope.ts";
import { decisions, kindsInRooms, strikeKinds, type Decision, type DecisionId, type Priority } from "../types.ts";
import { appealUntil, byGravity, claimMinutes, decisionsPossible, givingWay, gravest, holderOf, mayAppeal, mayAskForOpinion, mayClaim, mayDecide, mayDecideAppeal, mayGiveOpinion, mayStrike, standingUnder } from "./rules.ts";
import type { CaseState, Refusal } from "./types.ts";

const now = Temporal.Instant.from("2026-11-27T20:00:00Z");
const [wren, pilar, judith] = ["wren", "pilar", "judith"] as unknown as [MemberId, MemberId, MemberId];
const state = (changed: Partial<CaseState> = {}): CaseState => ({ kind: "post", waiting: true, herOwn: false, claim: undefined, last: undefined, opinionAskedBy: undefined, opinionsBy: [], appealWaits: false, ...changed });
const decided = (decision: Decision, more: Partial<NonNullable<CaseState["last"]>> = {}): CaseState["last"] => ({ id: "one" as DecisionId, decision, by: wren, at: now, struck: false, ...more });
const why = (refusal: Refusal | undefined) => refusal?.refused;

const minutes = fc.integer({ min: 0, max: 60 });
const someone = fc.constantFrom(wren, pilar, judith);
const aDecision = fc.constantFrom(...decisions);
const aState = fc.record({
  kind: fc.constant("post" as const),
  waiting: fc.boolean(),
  herOwn: fc.boolean(),
  claim: fc.option(fc.record({ memberId: someone, seenAt: minutes.map((ago) => now.subtract({ minutes: ago })) }), { nil: undefined }),
  last: fc.option(fc.record({ decision: aDecision, by: someone, struck: fc.boolean(), ago: minutes }).map(({ ago, ...rest }) => ({ id: "one" as DecisionId, at: now.subtract({ minutes: ago }), ...rest })), { nil: undefined }),
  opinionAskedBy: fc.option(someone, { nil: undefined }),
  opinionsBy: fc.array(someone, { maxLength: 2 }),
  appealWaits: fc.boolean(),
});

describe("the queue", () => {
  it("puts the gravest first, and among equals whoever waits longest", () => {
    const row = (priority: Priority, ago: number) => ({ priority, waitingSince: now.subtract({ minutes: ago }) });
    expect([row(2, 90), row(0, 1), row(2, 100), row(3, 500), row(0, 2)].sort(byGravity)).toEqual([row(0, 2), row(0, 1), row(2, 100), row(2, 90), row(3, 500)]);
  });

  it("counts of several reasons the gravest", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom<Priority>(0, 1, 2, 3), { minLength: 1 }), (all) => gravest(all) === Math.min(...all)));
  });
});

describe("a claim", () => {
  it("is over a quarter of an hour after her last sign, and not before", () => {
    const claim = { memberId: wren, seenAt: now };
    expect(holderOf(claim, now.add({ minutes: claimMinutes }).subtract({ seconds: 1 }))).toBe(wren);
    expect(holderOf(claim, now.add({ minutes: claimMinutes }))).toBeUndefined();
  });

  it("keeps others out for as long as it holds, and never herself", () => {
    fc.assert(
      fc.property(aState, someone, (some, me) => {
        const holder = holderOf(some.claim, now);
        const refused = why(mayClaim(some, me, now));
        if (some.herOwn) return refused === "herOwn";
        if (!some.waiting) return refused === "nothingWaits";
        return refused === (holder !== undefined && holder !== me ? "someoneHasIt" : undefined);
      }),
    );
  });
});

describe("what another room acts on", () => {
  it.each(kindsInRooms)("is not decided here, nor asked of a colleague: %s", (kind) => {
    expect(decisionsPossible(state({ kind }))).toEqual([]);
    for (const decision of decisions) expect(why(mayDecide(state({ kind }), wren, { decision, rule: "kind", note: "why" }, now))).toBe("inItsRoom");
    expect(why(mayAskForOpinion(state({ kind }), wren, now))).toBe("inItsRoom");
  });

  it("is taken here, but for a concern, which is taken where it is worked on", () => {
    expect(kindsInRooms.map((kind) => why(mayClaim(state({ kind }), wren, now)))).toEqual([undefined, "inItsRoom", undefined]);
  });
});

describe("a decision", () => {
  it.each<[Decision | undefined, readonly Decision[]]>([
    [undefined, ["approve", "ask_to_change", "remove", "hold"]],
    ["approve", ["approve", "ask_to_change", "remove", "hold"]],
    ["ask_to_change", ["approve", "ask_to_change", "remove", "hold"]],
    ["put_back", ["approve", "ask_to_change", "remove", "hold"]],
    ["hold", ["approve", "ask_to_change", "remove"]],
    ["remove", ["remove", "put_back"]],
  ])("after %s may be one of %j", (last, possible) => {
    const after = state({ last: last && decided(last) });
    expect(decisionsPossible(after)).toEqual(possible);
    expect(decisionsPossible({ ...after, waiting: false })).toEqual([]);
    expect(decisionsPossible({ ...after, appealWaits: true })).toEqual([]);
    expect(decisionsPossible({ ...after, opinionAskedBy: wren })).toEqual(possible.filter((one) => one === "hold"));
  });

  it("to remove names a rule, and to ask for a change says what", () => {
    expect(why(mayDecide(state(), wren, { decision: "remove" }, now))).toBe("needsRule");
    expect(why(mayDecide(state(), wren, { decision: "remove", rule: "kind" }, now))).toBeUndefined();
    expect(why(mayDecide(state(), wren, { decision: "ask_to_change" }, now))).toBe("needsNote");
    expect(why(mayDecide(state(), wren, { decision: "ask_to_change", note: "Please leave the name out." }, now))).toBeUndefined();
  });

  it("waits for the colleague who was asked, and for the appeal", () => {
    expect(why(mayDecide(state({ opinionAskedBy: wren }), wren, { decision: "approve" }, now))).toBe("opinionWaits");
    expect(why(mayDecide(state({ opinionAskedBy: wren }), wren, { decision: "hold" }, now))).toBeUndefined();
    expect(why(mayDecide(state({ last: decided("remove"), appealWaits: true }), pilar, { decision: "put_back" }, now))).toBe("appealFirst");
  });

  it("is never made by who wrote it, nor while another has it, nor where nothing waits", () => {
    fc.assert(
      fc.property(aState, someone, aDecision, (some, me, decision) => {
        const holder = holderOf(some.claim, now);
        const kept = some.herOwn || !some.waiting || (holder !== undefined && holder !== me);
        return !kept || mayDecide(some, me, { decision, rule: "kind", note: "why" }, now) !== undefined;
      }),
    );
  });
});

describe("a second opinion", () => {
  it("is asked for once at a time, by whoever may decide", () => {
    expect(why(mayAskForOpinion(state(), wren, now))).toBeUndefined();
    expect(why(mayAskForOpinion(state({ opinionAskedBy: pilar }), wren, now))).toBe("askedAlready");
    expect(why(mayAskForOpinion(state({ claim: { memberId: pilar, seenAt: now } }), wren, now))).toBe("someoneHasIt");
  });

  it("is given by another, and never by the author", () => {
    expect(why(mayGiveOpinion(state({ opinionAskedBy: wren }), pilar))).toBeUndefined();
    expect(why(mayGiveOpinion(state({ opinionAskedBy: wren }), wren))).toBe("youAsked");
    expect(why(mayGiveOpinion(state(), pilar))).toBe("noQuestion");
    expect(why(mayGiveOpinion(state({ opinionAskedBy: wren, herOwn: true }), pilar))).toBe("herOwn");
  });
});

describe("a strike", () => {
  it("follows a decision that somebody lost by, once", () => {
    expect(why(mayStrike(state({ waiting: false, last: decided("remove") }), wren, { kind: "note" }))).toBeUndefined();
    for (const last of [undefined, "approve", "put_back"] as const) expect(why(mayStrike(state({ last: last && decided(last) }), wren, { kind: "note" })), last).toBe("noDecision");
    expect(why(mayStrike(state({ last: decided("remove", { struck: true }) }), wren, { kind: "note" }))).toBe("struckAlready");
    expect(why(mayStrike(state({ last: decided("remove"), herOwn: true }), wren, { kind: "note" }))).toBe("herOwn");
  });

  it.each([
    ["hold", undefined, "needsDays"],
    ["hold", 0, "needsDays"],
    ["hold", 31, "needsDays"],
    ["hold", 30, undefined],
    ["pause", 1, undefined],
    ["note", undefined, undefined],
  ] as const)("%s for %s days: %s", (kind, days, expected) => {
    expect(why(mayStrike(state({ last: decided("remove") }), wren, { kind, days }))).toBe(expected);
  });

  it("that asks somebody to leave takes two people", () => {
    const after = state({ last: decided("remove") });
    expect(why(mayStrike(after, wren, { kind: "leave" }))).toBe("needsColleague");
    expect(why(mayStrike({ ...after, opinionsBy: [wren] }, wren, { kind: "leave" }))).toBe("needsColleague");
    expect(why(mayStrike({ ...after, opinionsBy: [pilar] }, wren, { kind: "leave" }))).toBeUndefined();
  });

  test("is in force until it is over or lifted", () => {
    const strike = (kind: (typeof strikeKinds)[number], days?: number, liftedAt?: typeof now) => ({ kind, endsAt: days === undefined ? undefined : now.add({ hours: 24 * days }), liftedAt });
    expect(standingUnder([], now)).toEqual({ heldUntil: undefined, pausedUntil: undefined, left: false });
    expect(standingUnder([strike("hold", 3), strike("hold", 7), strike("pause", -1), strike("leave", undefined, now)], now)).toEqual({ heldUntil: now.add({ hours: 24 * 7 }), pausedUntil: undefined, left: false });
    expect(standingUnder([strike("leave"), strike("note")], now).left).toBe(true);
  });
});

describe("an appeal", () => {
  const removed = { decision: "remove", at: now, newest: true, appealed: false } as const;

  it.each([
    [removed, 0, undefined],
    [removed, 7 * 24, undefined],
    [removed, 7 * 24 + 1, "appealOver"],
    [{ ...removed, appealed: true }, 1, "appealedAlready"],
    [{ ...removed, newest: false }, 1, "notAppealable"],
    [{ ...removed, decision: "approve" as Decision }, 1, "notAppealable"],
    [{ ...removed, decision: "hold" as Decision }, 1, "notAppealable"],
    [{ ...removed, decision: "ask_to_change" as Decision }, 1, undefined],
  ] as const)("of %j after %i hours: %s", (what, hours, expected) => {
    expect(why(mayAppeal(what, now.add({ hours })))).toBe(expected);
  });

  it("is possible until exactly the moment that its author is told", () => {
    fc.assert(
      fc.property(fc.integer({ min: -3_000_000, max: 3_000_000 }), (seconds) => {
        const later = appealUntil(now).add({ seconds });
        return (mayAppeal(removed, later) === undefined) === seconds <= 0;
      }),
    );
  });

  it("is never answered by who decided, nor by its author", () => {
    fc.assert(
      fc.property(aState, someone, (some, me) => {
        const allowed = mayDecideAppeal(some, me, now) === undefined;
        return !allowed || (some.appealWaits && some.last?.by !== me && !some.herOwn);
      }),
    );
    expect(why(mayDecideAppeal(state({ last: decided("remove"), appealWaits: true }), pilar, now))).toBeUndefined();
    expect(why(mayDecideAppeal(state({ last: decided("remove"), appealWaits: true }), wren, now))).toBe("youDecided");
    expect(why(mayDecideAppeal(state({ last: decided("remove") }), pilar, now))).toBe("noAppeal");
  });

  it("that was given way to puts back what was removed", () => {
    expect(givingWay("remove")).toBe("put_back");
    expect(givingWay("ask_to_change")).toBe("approve");
  });
});
