import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { areIndependent, consequenceOf, isSamePerson, minutesApart, mostCounted, troubleOf, whoFrom } from "./rules.ts";
import { reportKinds, type OpenReport, type ReportKind } from "./types.ts";

const start = Temporal.Instant.from("2026-11-26T03:00:00Z");
const half = (name: string) => Buffer.from(name.padEnd(16).slice(0, 16));
const report = (browser: string, network: string, minutes = 0, more: Partial<OpenReport> = {}): OpenReport => ({ kind: "cannot_reach", byWhom: whoFrom(half(browser), half(network)), madeAt: start.add({ minutes }), counts: true, ...more });

describe("two reports are two people's", () => {
  it.each([
    ["from two browsers on two networks, in the same minute", report("a", "home"), report("b", "work", 1), true],
    ["never from one browser, however far it moved and however long it waited", report("a", "home"), report("a", "work", 6000), false],
    ["not from two browsers on one network within the hour", report("a", "home"), report("b", "home", minutesApart - 1), false],
    ["from two browsers on one network an hour apart", report("a", "home"), report("b", "home", minutesApart), true],
  ] as const)("%s", (_, one, other, two) => {
    expect(areIndependent(one, other)).toBe(two);
    expect(areIndependent(other, one)).toBe(two);
  });
});

describe("a listing", () => {
  const doubtAt = (...reports: OpenReport[]) => troubleOf(reports).inDoubtSince?.since(start).total("minutes");

  it("is in doubt from the second of two independent reports, whichever came between", () => {
    expect(doubtAt(report("a", "home"))).toBeUndefined();
    expect(doubtAt(report("a", "home"), report("a", "home", 3), report("b", "home", 9))).toBeUndefined();
    expect(doubtAt(report("a", "home"), report("b", "home", 9), report("c", "work", 12), report("d", "cafe", 20))).toBe(12);
  });

  it("is not in doubt by what is wrong or full, nor by what one network says beyond its day's share", () => {
    expect(doubtAt(report("a", "home", 0, { kind: "wrong" }), report("b", "work", 1, { kind: "full" }))).toBeUndefined();
    expect(doubtAt(report("a", "home"), report("b", "work", 1, { counts: false }))).toBeUndefined();
  });

  it("is in doubt and hidden by one word that it is not safe", () => {
    expect(troubleOf([report("a", "home", 4, { kind: "unsafe" })])).toEqual({ inDoubtSince: start.add({ minutes: 4 }), awaySince: start.add({ minutes: 4 }) });
  });
});

describe("a new report", () => {
  const unsafe = { kind: "unsafe" } as const;

  it("calls a coordinator when it begins a doubt, and not again", () => {
    const [one, two, three] = [report("a", "home"), report("b", "work", 1), report("c", "cafe", 2)];
    expect([consequenceOf(one, [], undefined), consequenceOf(two, [one], undefined), consequenceOf(three, [one, two], undefined)].map(({ alarm }) => alarm)).toEqual([undefined, "doubt", undefined]);
  });

  it("calls at once when it says unsafe, also of what is in doubt already", () => {
    const doubted = [report("a", "home"), report("b", "work", 1)];
    expect(consequenceOf(report("c", "cafe", 2, unsafe), doubted, undefined).alarm).toBe("unsafe");
    expect(consequenceOf(report("d", "train", 3, unsafe), [...doubted, report("c", "cafe", 2, unsafe)], undefined).alarm).toBeUndefined();
  });

  it.each([["yes", true], ["waitlist", true], ["no", false], [undefined, false]] as const)("that says full makes '%s' unknown: %s", (accepting, forgets) => {
    expect(consequenceOf(report("a", "home", 0, { kind: "full" }), [], accepting).forgetsAccepting).toBe(forgets);
    expect(consequenceOf(report("a", "home", 0, { kind: "wrong" }), [], accepting).forgetsAccepting).toBe(false);
  });

  it("of the same person and kind changes nothing", () => {
    const said = report("a", "home", 0, { kind: "full" });
    expect(consequenceOf(report("a", "work", 50, { kind: "full" }), [said], "yes")).toEqual({ again: true, alarm: undefined, forgetsAccepting: false });
  });
});

const anyReport = fc.record({ browser: fc.integer({ min: 0, max: 4 }), network: fc.integer({ min: 0, max: 2 }), minutes: fc.integer({ min: 0, max: 300 }), kind: fc.constantFrom<ReportKind>(...reportKinds), counts: fc.boolean() });
const asReport = ({ browser, network, minutes, ...more }: { browser: number; network: number; minutes: number; kind: ReportKind; counts: boolean }) => report(`b${browser}`, `n${network}`, minutes, more);

test("the order in which reports are read changes nothing, and one more never ends a doubt or makes it later", () => {
  fc.assert(
    fc.property(fc.array(anyReport, { maxLength: 12 }), anyReport, (some, more) => {
      const reports = some.map(asReport);
      const before = troubleOf(reports);
      expect(troubleOf(reports.toReversed())).toEqual(before);
      const after = troubleOf([...reports, asReport(more)]);
      if (before.inDoubtSince) expect(after.inDoubtSince && Temporal.Instant.compare(after.inDoubtSince, before.inDoubtSince)).toBeLessThanOrEqual(0);
    }),
  );
});

test("one browser never puts a listing in doubt with 'cannot reach', whatever it does", () => {
  fc.assert(
    fc.property(fc.array(anyReport, { maxLength: 12 }), (some) => {
      const reports = some.map((one) => asReport({ ...one, browser: 1, kind: "cannot_reach" }));
      expect(reports.every((one) => reports.every((other) => isSamePerson(one, other)))).toBe(true);
      expect(troubleOf(reports).inDoubtSince).toBeUndefined();
    }),
  );
});

test("one network, whatever its browsers, puts at most two listings in doubt and hides two in a day", () => {
  expect(mostCounted.cannot_reach / 2).toBeLessThanOrEqual(2);
  expect(mostCounted.unsafe).toBeLessThanOrEqual(2);
});
