import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOpen, nextOpening } from "./rules.ts";
import type { Exception, Span } from "./types.ts";

const at = (text: string) => Temporal.ZonedDateTime.from(text).toInstant();
const time = (text: string) => Temporal.PlainTime.from(text);
const span = (weekday: number, opens: string, closes: string): Span => ({ weekday, opens: time(opens), closes: time(closes) });
const every = (opens: string, closes: string): Span[] => [1, 2, 3, 4, 5, 6, 7].map((weekday) => span(weekday, opens, closes));
const losAngeles = "America/Los_Angeles";

describe("opening hours", () => {
  it.each([
    ["2026-11-23T07:59:59", false],
    ["2026-11-23T08:00", true],
    ["2026-11-23T11:59:59", true],
    ["2026-11-23T12:00", false],
    ["2026-11-23T15:00", true],
    ["2026-11-24T09:00", false],
  ])("a split Monday at %s is open: %s", (local, open) => {
    expect(isOpen([span(1, "08:00", "12:00"), span(1, "14:00", "22:00")], [], losAngeles, at(`${local}[${losAngeles}]`))).toBe(open);
  });

  it.each([
    ["2026-11-23T21:59", false],
    ["2026-11-23T22:00", true],
    ["2026-11-24T05:59", true],
    ["2026-11-24T06:00", false],
    ["2026-11-24T23:00", false],
  ])("a Monday night that ends on Tuesday at 6:00 is open at %s: %s", (local, open) => {
    expect(isOpen([span(1, "22:00", "06:00")], [], losAngeles, at(`${local}[${losAngeles}]`))).toBe(open);
  });

  it("that close when they open last a whole day", () => {
    expect(isOpen(every("00:00", "00:00"), [], losAngeles, at(`2026-11-23T03:07[${losAngeles}]`))).toBe(true);
  });

  it("give way to an exception of the day they begin on; the night before goes on", () => {
    const closed: Exception[] = [{ onDay: Temporal.PlainDate.from("2026-11-26"), hours: undefined }];
    const nights = every("20:00", "02:00");
    expect(isOpen(nights, closed, losAngeles, at(`2026-11-26T01:00[${losAngeles}]`))).toBe(true);
    expect(isOpen(nights, closed, losAngeles, at(`2026-11-26T21:00[${losAngeles}]`))).toBe(false);
    expect(isOpen(nights, closed, losAngeles, at(`2026-11-27T01:00[${losAngeles}]`))).toBe(false);
    const other: Exception[] = [{ onDay: Temporal.PlainDate.from("2026-11-26"), hours: { opens: time("10:00"), closes: time("12:00") } }];
    expect(isOpen(nights, other, losAngeles, at(`2026-11-26T11:00[${losAngeles}]`))).toBe(true);
  });
});

describe("the next opening", () => {
  const next = (hours: readonly Span[], from: string, exceptions: readonly Exception[] = []) => nextOpening(hours, exceptions, losAngeles, at(`${from}[${losAngeles}]`))?.toZonedDateTimeISO(losAngeles).toPlainDateTime().toString();

  it("is now while it is open, later today, or the next day that has hours", () => {
    expect(next(every("08:00", "12:00"), "2026-11-23T09:30")).toBe("2026-11-23T09:30:00");
    expect(next(every("08:00", "12:00"), "2026-11-23T03:00")).toBe("2026-11-23T08:00:00");
    expect(next([span(1, "08:00", "12:00")], "2026-11-23T12:00")).toBe("2026-11-30T08:00:00");
    expect(next([span(1, "22:00", "06:00")], "2026-11-24T03:00")).toBe("2026-11-24T03:00:00");
  });

  it("skips closed days, however many, and finds an opening that only an exception makes", () => {
    const closed = Array.from({ length: 40 }, (_, days) => ({ onDay: Temporal.PlainDate.from("2026-11-23").add({ days }), hours: undefined }));
    expect(next(every("08:00", "12:00"), "2026-11-23T03:00", closed)).toBe("2027-01-02T08:00:00");
    expect(next([], "2026-11-23T03:00", [{ onDay: Temporal.PlainDate.from("2027-06-01"), hours: { opens: time("09:00"), closes: time("10:00") } }])).toBe("2027-06-01T09:00:00");
    expect(next([], "2026-11-23T03:00")).toBeUndefined();
  });
});

describe("on the nights that the clocks change", () => {
  it("a span across the spring night is an hour shorter, across the autumn night an hour longer", () => {
    const hours = every("22:00", "06:00");
    const openMinutes = (from: string, to: string) => {
      let minutes = 0;
      const end = at(`${to}[${losAngeles}]`);
      for (let now = at(`${from}[${losAngeles}]`); Temporal.Instant.compare(now, end) < 0; now = now.add({ minutes: 5 })) if (isOpen(hours, [], losAngeles, now)) minutes += 5;
      return minutes;
    };
    expect(openMinutes("2027-03-13T12:00", "2027-03-14T12:00")).toBe(7 * 60);
    expect(openMinutes("2026-10-31T12:00", "2026-11-01T12:00")).toBe(9 * 60);
    expect(openMinutes("2026-11-23T12:00", "2026-11-24T12:00")).toBe(8 * 60);
  });

  it("a span inside the hour that is skipped takes place an hour later; one inside the hour that comes twice takes place once", () => {
    const early = every("02:15", "02:45");
    expect(nextOpening(early, [], losAngeles, at(`2027-03-14T01:00[${losAngeles}]`))?.toString()).toBe("2027-03-14T10:15:00Z");
    expect(isOpen(early, [], losAngeles, at(`2027-03-14T03:20[${losAngeles}]`))).toBe(true);
    const twice = every("01:15", "01:45");
    expect(isOpen(twice, [], losAngeles, Temporal.Instant.from("2026-11-01T08:30:00Z"))).toBe(true);
    expect(isOpen(twice, [], losAngeles, Temporal.Instant.from("2026-11-01T09:30:00Z"))).toBe(false);
  });

  const zones = [losAngeles, "Europe/London", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Asia/Kathmandu", "America/St_Johns"];
  // Around both changes of 2027 on either half of the earth.
  const changes = ["2027-03-14T07:00Z", "2027-03-28T01:00Z", "2027-04-03T15:00Z", "2027-04-04T03:00Z", "2027-09-05T04:00Z", "2027-10-02T15:30Z", "2027-10-31T01:00Z", "2027-11-07T09:00Z", "2027-04-29T22:00Z"];
  const anyTime = fc.integer({ min: 0, max: 95 }).map((quarter) => new Temporal.PlainTime(Math.floor(quarter / 4), (quarter % 4) * 15));
  const anySpan = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), opens: anyTime, closes: anyTime });
  const anyException = fc.record({ onDay: fc.integer({ min: 0, max: 9 }), hours: fc.option(fc.record({ opens: anyTime, closes: anyTime }), { nil: undefined }) });

  it("what is said to be the next opening is open, nothing between is, and the order of hours does not matter", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.constantFrom(...changes), fc.integer({ min: -3000, max: 3000 }), fc.array(anySpan, { maxLength: 6 }), fc.array(anyException, { maxLength: 3 }), (zone, change, minutes, hours, others) => {
        const from = Temporal.Instant.from(change).add({ minutes });
        const today = from.toZonedDateTimeISO(zone).toPlainDate();
        const exceptions: Exception[] = others.map(({ onDay, hours: span }) => ({ onDay: today.add({ days: onDay - 1 }), hours: span }));
        const next = nextOpening(hours, exceptions, zone, from);
        expect(nextOpening(hours.toReversed(), exceptions, zone, from)?.toString()).toBe(next?.toString());
        if (next) expect(isOpen(hours, exceptions, zone, next)).toBe(true);
        const until = next ?? from.add({ hours: 24 * 9 });
        const last = Temporal.Instant.compare(until, from.add({ hours: 24 * 9 })) < 0 ? until : from.add({ hours: 24 * 9 });
        for (let now = from; Temporal.Instant.compare(now, last) < 0; now = now.add({ minutes: 37 })) if (isOpen(hours, exceptions, zone, now)) throw new Error(`${now} is open, before ${next}`);
        expect(nextOpening(hours, exceptions, zone, until)?.toString()).toBe(next?.toString());
      }),
      { numRuns: 150 },
    );
  });
});
