import fc from "fast-check";
import { expect, test } from "vitest";
import * as rules from "./rules.ts";
import { worksheetAreas, type MemberId, type Worksheet } from "./types.ts";

const at = (time: string) => Temporal.Instant.from(`2026-11-24T${time}Z`);
const noon = at("12:00:00");
const shift = (changed: Partial<{ endsAt: Temporal.Instant; seenAt: Temporal.Instant; cap: number }> = {}) => ({ endsAt: at("14:00:00"), seenAt: noon, cap: 2, ...changed });

test("danger goes before who was left, who was left before who is new", () => {
  expect(rules.placeInQueue({ risk: true, returned: false })).toBe(0);
  expect(rules.placeInQueue({ risk: true, returned: true })).toBe(0);
  expect(rules.placeInQueue({ risk: false, returned: true })).toBe(1);
  expect(rules.placeInQueue({ risk: false, returned: false })).toBe(2);
});

test.each([
  ["a volunteer on duty with a place free", shift(), 1, undefined],
  ["a volunteer who is off duty", undefined, 0, "notOnDuty"],
  ["a volunteer whose shift is over", shift({ endsAt: noon }), 0, "notOnDuty"],
  ["a volunteer whose desk was gone for two minutes", shift({ seenAt: at("11:58:00") }), 0, "notOnDuty"],
  ["a volunteer who has as many as she chose", shift(), 2, "capReached"],
] as const)("%s asks to take one more", (_who, herShift, held, refused) => {
  expect(rules.mayTake(herShift, held, noon)?.refused).toBe(refused);
});

test.each([
  ["she answered and is here", { takenAt: at("11:50:00"), answeredAt: at("11:50:30") }, shift(), undefined],
  ["she took it 59 seconds ago", { takenAt: at("11:59:01"), answeredAt: undefined }, shift(), undefined],
  ["she took it 60 seconds ago and wrote nothing", { takenAt: at("11:59:00"), answeredAt: undefined }, shift(), "unanswered"],
  ["her shift is over, though she answered", { takenAt: at("11:50:00"), answeredAt: at("11:50:30") }, shift({ endsAt: noon }), "shift_ended"],
  ["her connection is gone, though she answered", { takenAt: at("11:50:00"), answeredAt: at("11:50:30") }, shift({ seenAt: at("11:58:00") }), "connection_gone"],
  ["she is off duty", { takenAt: at("11:50:00"), answeredAt: at("11:50:30") }, undefined, "shift_ended"],
] as const)("a claim where %s", (_how, claim, herShift, reason) => {
  expect(rules.whyReturned(claim, herShift, noon)).toBe(reason);
});

test("the wait is never promised shorter than the queue allows, and never by a place that does not exist", () => {
  const count = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(count, count, count, (places, held, ahead) => {
      const promise = rules.waitPromise({ places, held, ahead, opensAt: undefined });
      expect(promise.kind === "closed").toBe(places === 0);
      expect(promise.kind === "free").toBe(places > 0 && ahead < places - held);
      if (promise.kind === "wait") expect(promise.minutes % 5).toBe(0);
    }),
  );
});

test("one more waiting before her never makes the promise shorter", () => {
  const minutes = (places: number, held: number, ahead: number) => {
    const promise = rules.waitPromise({ places, held, ahead, opensAt: undefined });
    return promise.kind === "wait" ? promise.minutes : 0;
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.nat(10), fc.nat(50), (places, held, ahead) => {
      expect(minutes(places, held, ahead + 1)).toBeGreaterThanOrEqual(minutes(places, held, ahead));
    }),
  );
});

test("a promise goes to the coordinator who has the fewest", () => {
  expect(rules.ownerOfPromise([{ id: "lucia" as MemberId, open: 2 }, { id: "sam" as MemberId, open: 1 }])).toBe("sam");
  expect(rules.ownerOfPromise([])).toBeUndefined();
});

test("a promise that is made anew is due when it was or earlier, never later", () => {
  const at = Temporal.Instant.from("2026-11-24T11:00:00Z");
  fc.assert(
    fc.property(fc.option(fc.integer({ min: -1e6, max: 1e6 }), { nil: undefined }), fc.integer({ min: -1e6, max: 1e6 }), (open, next) => {
      const [openAt, nextAt] = [open === undefined ? undefined : at.add({ seconds: open }), at.add({ seconds: next })];
      const due = rules.dueAnew(openAt, nextAt);
      expect(Temporal.Instant.compare(due, nextAt)).toBeLessThanOrEqual(0);
      if (openAt) expect(Temporal.Instant.compare(due, openAt)).toBeLessThanOrEqual(0);
      expect([openAt, nextAt].some((one) => one?.equals(due))).toBe(true);
    }),
  );
});

test("a call-back is given up only after three tries", () => {
  const tries = (count: number) => Array.from({ length: count }, () => ({ reached: false }));
  expect(rules.mayCloseCallBack("three_tries", tries(2))?.refused).toBe("triesMissing");
  expect(rules.mayCloseCallBack("three_tries", tries(3))).toBeUndefined();
  expect(rules.mayCloseCallBack("declined", [])).toBeUndefined();
});

test("a concern closes only with every area answered, a step chosen and a supervisor who has it", () => {
  const whole = Object.fromEntries(worksheetAreas.map((area) => [area, "no"])) as Worksheet["answers"];
  const close = (answers: Worksheet["answers"], step: "safety_plan" | undefined, acknowledged: boolean) => rules.mayCloseConcern({ worksheet: { answers, words: "" }, step, acknowledged })?.refused;
  expect(close(whole, "safety_plan", true)).toBeUndefined();
  expect(close(whole, "safety_plan", false)).toBe("notAcknowledged");
  expect(close(whole, undefined, true)).toBe("worksheetHalfDone");
  for (const area of worksheetAreas) {
    const { [area]: _left, ...rest } = whole;
    expect(close(rest, "safety_plan", true)).toBe("worksheetHalfDone");
  }
});

test("paging asks everyone once before anyone twice, waits a minute between, and stops when someone has it", () => {
  const people = ["judith", "sam", "lee"] as MemberId[];
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), fc.integer({ min: 1, max: 9 }), (duty, rounds) => {
      const supervisors = people.map((id, index) => ({ id, onDuty: duty[index] ?? false }));
      const pages: { memberId: MemberId; pagedAt: Temporal.Instant; acknowledged: boolean }[] = [];
      for (let round = 0; round < rounds; round++) {
        const now = noon.add({ seconds: 60 * round });
        const next = rules.nextToPage(pages, supervisors, undefined, now);
        expect(next).toBeDefined();
        pages.push({ memberId: next as MemberId, pagedAt: now, acknowledged: false });
        expect(rules.nextToPage(pages, supervisors, undefined, now.add({ seconds: 59 }))).toBeUndefined();
      }
      const times = people.map((id) => pages.filter(({ memberId }) => memberId === id).length);
      expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
      const last = pages.at(-1);
      if (last) last.acknowledged = true;
      expect(rules.nextToPage(pages, supervisors, undefined, noon.add({ hours: 5 }))).toBeUndefined();
    }),
  );
});

test("the volunteer who raised a concern is not the one paged for it", () => {
  expect(rules.nextToPage([], [{ id: "ana" as MemberId, onDuty: true }], "ana" as MemberId, noon)).toBeUndefined();
});
