import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MemberId } from "../../../platform/http/scope.ts";
import { isBefore, minutesBetween, type Instant } from "../../../platform/time/time.ts";
import { answerWithinMinutes, askAgainMinutes, gapsIn, lineAt, longestShiftHours, mayAgree, mayClose, mayGive, nextStep, openQuestions } from "./rules.ts";
import { questions, ranks, type Answered, type Asks, type Disclosure, type Rank, type Roster, type Shift, type ShiftId, type Step } from "./types.ts";

const id = (name: string) => name as MemberId;
const at = (text: string) => Temporal.Instant.from(`2026-11-24T${text}:00Z`);
const shift = (name: string, rank: Rank, from: Instant, until: Instant): Shift => ({ id: `${name} ${from}` as ShiftId, memberId: id(name), rank, from, until });
const open = { acknowledged: false, closed: false };
const whole: Roster = { line: [{ memberId: id("ana"), rank: "first" }, { memberId: id("marco"), rank: "second" }, { memberId: id("judith"), rank: "lead" }], everyone: ["ana", "marco", "judith", "lucia"].map(id) };

/** Every step that is taken from `from` on while nobody answers, looked at exactly when each is due. */
function climb(roster: Roster, count: number, from = at("03:00")): Step[] {
  const steps: Step[] = [];
  for (let now = from; steps.length < count; now = steps.at(-1)?.dueAt ?? now) {
    const next = nextStep(open, steps, roster, now);
    if (!next || !("take" in next)) throw new Error("no step was due");
    steps.push(next.take);
  }
  return steps;
}
const told = (steps: readonly Step[]) => steps.map(({ asks, members, takenAt }) => [minutesBetween(steps[0]?.takenAt ?? takenAt, takenAt), asks, members.join(" ")]);

describe("the ladder", () => {
  test("asks the first, five minutes later the second, then the lead, then everybody, then says that nobody was reached, and asks everybody again", () => {
    expect(told(climb(whole, 7))).toEqual([
      [0, "first", "ana"],
      [5, "second", "marco"],
      [10, "lead", "judith"],
      [15, "everyone", "ana marco judith lucia"],
      [20, "nobody", ""],
      [35, "everyone", "ana marco judith lucia"],
      [50, "everyone", "ana marco judith lucia"],
    ]);
  });

  test("passes over a rung on which nobody stands, without waiting on it", () => {
    expect(told(climb({ ...whole, line: [{ memberId: id("judith"), rank: "lead" }] }, 3))).toEqual([[0, "lead", "judith"], [5, "everyone", "ana marco judith lucia"], [10, "nobody", ""]]);
    expect(told(climb({ ...whole, line: [] }, 2))).toEqual([[0, "everyone", "ana marco judith lucia"], [5, "nobody", ""]]);
    expect(told(climb({ line: [], everyone: [] }, 2))).toEqual([[0, "nobody", ""], [15, "everyone", ""]]);
  });

  test("asks two of one rank together, and nobody twice in her turn", () => {
    const line = [{ memberId: id("ana"), rank: "first" }, { memberId: id("lena"), rank: "first" }, { memberId: id("ana"), rank: "second" }] as const;
    expect(told(climb({ ...whole, line }, 2))).toEqual([[0, "first", "ana lena"], [5, "everyone", "ana marco judith lucia"]]);
  });

  test("waits until a step is due, and asks nobody any more once somebody has it or it is closed", () => {
    const steps = climb(whole, 2);
    expect(nextStep(open, steps, whole, at("03:09"))).toEqual({ waitUntil: at("03:10") });
    expect(nextStep({ acknowledged: true, closed: false }, steps, whole, at("09:00"))).toBeUndefined();
    expect(nextStep({ acknowledged: true, closed: true }, steps, whole, at("09:00"))).toBeUndefined();
  });
});

describe("who is asked in turn", () => {
  const [ana, marco] = [shift("ana", "first", at("02:00"), at("10:00")), shift("marco", "second", at("02:00"), at("10:00"))];
  const all = new Set(["ana", "marco", "judith"].map(id));

  test("is who has a shift now, from its first moment to just before its last", () => {
    const names = (now: Instant) => lineAt([ana], all, [], now).map(({ memberId }) => memberId);
    expect([names(at("01:59")), names(at("02:00")), names(at("09:59")), names(at("10:00"))]).toEqual([[], ["ana"], ["ana"], []]);
  });

  test("is never one whose role has ended, though her shift has not", () => {
    expect(lineAt([ana, marco], new Set([id("marco")]), [], at("03:00"))).toEqual([{ memberId: "marco", rank: "second" }]);
  });

  test("are supervisors and then coordinators, one a rung, where nobody is on call", () => {
    const standIns = ["judith", "helga", "lucia", "olga"].map(id);
    expect(lineAt([ana], new Set([id("marco")]), standIns, at("03:00"))).toEqual([{ memberId: "judith", rank: "first" }, { memberId: "helga", rank: "second" }, { memberId: "lucia", rank: "lead" }]);
    expect(lineAt([], all, [id("judith")], at("03:00"))).toEqual([{ memberId: "judith", rank: "first" }]);
  });
});

describe("a gap in the roster", () => {
  const tell = (shifts: readonly Shift[]) => gapsIn(shifts, at("00:00"), at("12:00")).map(({ from, until, alone }) => `${from.toString().slice(11, 16)}–${until.toString().slice(11, 16)} ${alone ?? "nobody"}`);

  test("is each stretch in which one is alone or nobody is there", () => {
    expect(tell([])).toEqual(["00:00–12:00 nobody"]);
    expect(tell([shift("ana", "first", at("02:00"), at("10:00")), shift("marco", "second", at("04:00"), at("06:00"))])).toEqual(["00:00–02:00 nobody", "02:00–04:00 ana", "06:00–10:00 ana", "10:00–12:00 nobody"]);
  });

  test("is one stretch where one shift of hers follows another, and two shifts of one person are one person", () => {
    expect(tell([shift("ana", "first", at("00:00"), at("06:00")), shift("ana", "second", at("06:00"), at("12:00"))])).toEqual(["00:00–12:00 ana"]);
    expect(tell([shift("ana", "first", at("00:00"), at("12:00")), shift("ana", "lead", at("03:00"), at("05:00"))])).toEqual(["00:00–12:00 ana"]);
  });

  test("holds every moment with fewer than two people and no other", () => {
    const hour = fc.integer({ min: 0, max: 30 });
    const someShift = fc.record({ name: fc.constantFrom("ana", "marco", "lena"), from: hour, hours: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(someShift, { maxLength: 8 }), (made) => {
        const start = at("00:00");
        const shifts = made.map(({ name, from, hours }) => shift(name, "first", start.add({ hours: from - 4 }), start.add({ hours: from - 4 + hours })));
        const gaps = gapsIn(shifts, start, start.add({ hours: 24 }));
        for (let half = 0; half < 48; half++) {
          const now = start.add({ minutes: half * 30 + 1 });
          const there = new Set(shifts.filter(({ from, until }) => !isBefore(now, from) && isBefore(now, until)).map(({ memberId }) => memberId));
          const gap = gaps.filter(({ from, until }) => !isBefore(now, from) && isBefore(now, until));
          expect(gap.map(({ alone }) => alone)).toEqual(there.size > 1 ? [] : [[...there][0]]);
        }
      }),
    );
  });
});

test("a shift ends after it begins, is no longer than three days, and stands beside no other of hers", () => {
  const hers = [shift("ana", "first", at("06:00"), at("10:00"))];
  expect(mayGive({ from: at("05:00"), until: at("05:00") }, [])).toEqual({ refused: "endsBeforeItBegins" });
  expect(mayGive({ from: at("05:00"), until: at("05:00").add({ hours: longestShiftHours, minutes: 1 }) }, [])).toEqual({ refused: "tooLong" });
  expect(mayGive({ from: at("05:00"), until: at("07:00") }, hers)).toEqual({ refused: "hasOneAlready" });
  expect(mayGive({ from: at("05:00"), until: at("06:00") }, hers)).toBeUndefined();
});

describe("closing", () => {
  const all = Object.fromEntries(questions.map((question) => [question, "done"])) as Answered;
  const asked: Disclosure = { id: "d" as Disclosure["id"], reason: "life_now", askedBy: id("ana"), agreedBy: undefined };

  test("needs somebody who had it and the whole list, question by question", () => {
    expect(mayClose({ acknowledged: false, answered: all, outcome: "talked", disclosures: [] })).toEqual({ refused: "nobodyHasIt" });
    expect(mayClose({ acknowledged: true, answered: all, outcome: "talked", disclosures: [] })).toBeUndefined();
    for (const question of questions) {
      const { [question]: _, ...others } = all;
      expect(openQuestions(others)).toEqual([question]);
      expect(mayClose({ acknowledged: true, answered: others, outcome: "talked", disclosures: [] })).toEqual({ refused: "checklistOpen" });
    }
  });

  test("says that we asked for help from outside only where two people decided it", () => {
    const closes = (disclosures: readonly Disclosure[]) => mayClose({ acknowledged: true, answered: all, outcome: "emergency_by_us", disclosures });
    expect(closes([])).toEqual({ refused: "needsTwo" });
    expect(closes([asked])).toEqual({ refused: "needsTwo" });
    expect(closes([{ ...asked, agreedBy: id("judith") }])).toBeUndefined();
    expect(mayAgree(asked, id("ana"))).toEqual({ refused: "sameOne" });
    expect(mayAgree(asked, id("judith"))).toBeUndefined();
  });
});

/** Nights around both changes of the clocks, and an ordinary one; shifts are meant in the wall time of their zone. */
const nights = ["2026-10-31", "2027-03-13", "2026-11-24"].map((day) => Temporal.PlainDate.from(day));
const zone = "America/Los_Angeles";

/** How somebody on the staff is that night: when her role ends, and after how many minutes she answers a call; undefined: never (asleep, push broken, no device). */
const somebody = fc.record({ supervises: fc.boolean(), roleEndsAfter: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }), answersAfter: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined, freq: 2 }) });
const aNight = fc.record({
  night: fc.constantFrom(...nights),
  hour: fc.integer({ min: 20, max: 31 }),
  minute: fc.integer({ min: 0, max: 59 }),
  staff: fc.array(somebody, { maxLength: 6 }),
  shifts: fc.array(fc.record({ who: fc.nat({ max: 5 }), rank: fc.constantFrom(...ranks), from: fc.integer({ min: 16, max: 30 }), hours: fc.integer({ min: 1, max: 10 }) }), { maxLength: 6 }),
  /** So many minutes late each look comes: a worker was killed, and came back. */
  late: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 8, maxLength: 8 }),
  /** Looks that come too early or twice: a job ran again. */
  hasty: fc.boolean(),
});

test("in 1,000 nights with dead volunteers every call reaches somebody who has it, or the written fallback", () => {
  const ends: Record<string, number> = {};
  fc.assert(
    fc.property(aNight, ({ night, hour, minute, staff, shifts: made, late, hasty }) => {
      const wall = (hours: number, minutes = 0) => night.toPlainDateTime().add({ hours, minutes }).toZonedDateTime(zone).toInstant();
      const raisedAt = wall(hour, minute);
      const people = staff.map((one, index) => ({ ...one, memberId: id(`m${index}`), roleEndsAt: one.roleEndsAfter === undefined ? undefined : raisedAt.add({ minutes: one.roleEndsAfter }) }));
      const inForce = (now: Instant) => people.filter(({ roleEndsAt }) => !roleEndsAt || isBefore(now, roleEndsAt));
      const shifts = made.map(({ who, rank, from, hours }) => shift(`m${who}`, rank, wall(from), wall(from + hours)));
      const rosterAt = (now: Instant): Roster => {
        const everyone = inForce(now).map(({ memberId }) => memberId);
        return { line: lineAt(shifts, new Set(everyone), inForce(now).filter(({ supervises }) => supervises).map(({ memberId }) => memberId), now), everyone };
      };

      const steps: Step[] = [];
      let has: Instant | undefined;
      for (let now = raisedAt, look = 0; look < late.length; look++) {
        const next = nextStep(open, steps, rosterAt(now), now);
        expect(next, "an open page always has a next step").toBeDefined();
        if (!next || !("take" in next)) throw new Error("a step was due and not taken");
        steps.push(next.take);
        if (hasty) expect(nextStep(open, steps, rosterAt(now), now)).toEqual({ waitUntil: next.take.dueAt });
        const nextLook = next.take.dueAt.add({ minutes: late[look] ?? 0 });
        const answersAt = steps.flatMap(({ members, takenAt }) => people.filter(({ memberId, answersAfter }) => members.includes(memberId) && answersAfter !== undefined).map(({ answersAfter = 0, roleEndsAt }) => ({ when: takenAt.add({ minutes: answersAfter }), roleEndsAt })))
          .filter(({ when, roleEndsAt }) => !roleEndsAt || isBefore(when, roleEndsAt))
          .map(({ when }) => when)
          .sort((a, b) => Temporal.Instant.compare(a, b));
        if (answersAt[0] && isBefore(answersAt[0], nextLook)) {
          has = answersAt[0];
          break;
        }
        now = nextLook;
      }

      expect(steps.map(({ number }) => number), "numbered without a gap, none twice").toEqual(steps.map((_, index) => index + 1));
      const fallback = steps.find(({ asks }) => asks === "nobody");
      expect(has ?? fallback, "a human who has it, or the written fallback").toBeDefined();
      if (has) expect(nextStep({ acknowledged: true, closed: false }, steps, rosterAt(has), has.add({ minutes: 60 }))).toBeUndefined();
      const lateness = (count: number) => late.slice(0, count).reduce((sum, one) => sum + one, 0);
      for (const [index, step] of steps.entries()) {
        const roster = rosterAt(step.takenAt);
        const order: Asks[] = [...ranks, "everyone", "nobody"];
        if (!fallback || index <= steps.indexOf(fallback)) {
          expect(minutesBetween(raisedAt, step.takenAt), "five minutes a rung, whatever the clocks on the wall do").toBe(index * answerWithinMinutes + lateness(index));
          expect(index, "at most four rungs before it").toBeLessThanOrEqual(order.indexOf(step.asks));
        } else expect(minutesBetween(steps[index - 1]?.takenAt ?? raisedAt, step.takenAt)).toBe(askAgainMinutes + (late[index - 1] ?? 0));
        for (const member of step.members) expect(roster.everyone, "nobody whose role has ended").toContain(member);
        if (step.asks === "everyone") expect(step.members).toEqual(roster.everyone);
      }
      if (fallback && steps[0]?.asks !== "nobody") expect(steps.some(({ asks, number }) => asks === "everyone" && number < fallback.number) || rosterAt(fallback.takenAt).everyone.length === 0, "everybody was asked before").toBe(true);
      const end = has ? (fallback && isBefore(fallback.takenAt, has) ? "after the fallback" : "in time") : "fallback";
      ends[end] = (ends[end] ?? 0) + 1;
    }),
    { numRuns: 1000 },
  );
  for (const end of ["in time", "fallback", "after the fallback"]) expect(ends[end], end).toBeGreaterThan(20);
});
