import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Hours } from "../types.ts";
import { lineWords } from "../in-words/rules.ts";
import { daysOf, isAllDay, isOn, openState, runsOf, spansAround, weekOf } from "./rules.ts";

const day = Temporal.PlainDate.from;
const at = Temporal.Instant.from;
const hours = (byday: string, opens: string | undefined, closes: string | undefined, more: Partial<Hours> = {}): Hours => ({ byday, bymonthday: undefined, interval: 1, dtstart: undefined, from: undefined, to: undefined, opensAt: opens ? Temporal.PlainTime.from(opens) : undefined, closesAt: closes ? Temporal.PlainTime.from(closes) : undefined, zone: undefined, description: undefined, ...more });
const everyDay = "MO,TU,WE,TH,FR,SA,SU";
const newYork = "America/New_York";

describe("on which days", () => {
  it("reads weekdays and ordinals as RFC 5545 writes them", () => expect(daysOf("MO, we,2TU,-1FR,XX,6MO")).toEqual([{ weekday: "MO" }, { weekday: "WE" }, { weekday: "TU", nth: 2 }, { weekday: "FR", nth: -1 }].map((one) => ({ nth: undefined, ...one }))));

  it.each([
    ["the second Tuesday", hours("2TU", "10:00", "11:00"), ["2026-12-08"], ["2026-12-01", "2026-12-15"]],
    ["the last Friday", hours("-1FR", "10:00", "11:00"), ["2026-12-25", "2027-01-29"], ["2026-12-18"]],
    ["every other Monday", hours("MO", "10:00", "11:00", { interval: 2, dtstart: day("2026-11-02") }), ["2026-11-02", "2026-11-16", "2026-11-30"], ["2026-11-09", "2026-11-23"]],
    ["the first and fifteenth", hours("", "10:00", "11:00", { bymonthday: "1,15" }), ["2026-12-01", "2026-12-15"], ["2026-12-02"]],
    ["the weekday of its first day, where no other is said", hours("", "10:00", "11:00", { dtstart: day("2026-12-01"), from: day("2026-12-01") }), ["2026-12-01", "2026-12-08"], ["2026-11-24", "2026-12-02"]],
    ["the day of the month of its first day", hours("", "10:00", "11:00", { freq: "MONTHLY", dtstart: day("2026-12-03"), from: day("2026-12-03") }), ["2026-12-03", "2027-01-03"], ["2026-12-10"]],
    ["the last day of a month", hours("", "10:00", "11:00", { bymonthday: "-1" }), ["2026-12-31", "2027-02-28"], ["2026-12-30"]],
    ["each of some dates", hours("", undefined, undefined, { from: day("2026-12-24"), to: day("2026-12-26") }), ["2026-12-24", "2026-12-25", "2026-12-26"], ["2026-12-23", "2026-12-27"]],
    ["nobody knows which", hours("", "10:00", "11:00"), [], ["2026-12-01", "2026-12-02"]],
    ["a season", hours("TU", "10:00", "11:00", { from: day("2026-12-01"), to: day("2026-12-22") }), ["2026-12-01", "2026-12-22"], ["2026-11-24", "2026-12-29"]],
  ])("%s", (_what, one, on, off) => {
    expect(on.map((date) => isOn(one, day(date)))).toEqual(on.map(() => true));
    expect(off.map((date) => isOn(one, day(date)))).toEqual(off.map(() => false));
  });
});

describe("open now", () => {
  const office = [hours("MO,TU,WE,TH,FR", "09:00", "17:00")];

  it("until the end of the day, by the listing's own clock", () => {
    expect(openState(office, newYork, at("2026-11-27T15:00:00Z"))).toEqual({ is: "open", until: at("2026-11-27T22:00:00Z") });
    expect(openState(office, newYork, at("2026-11-27T22:00:00Z"))).toEqual({ is: "closed", opensAt: at("2026-11-30T14:00:00Z") });
  });

  it("over midnight, still on the morning after", () => {
    const night = [hours("SA", "20:00", "02:00")];
    expect(openState(night, newYork, at("2026-11-29T06:30:00Z"))).toEqual({ is: "open", until: at("2026-11-29T07:00:00Z") });
  });

  it("always, where each day touches the next", () => {
    expect(openState([hours(everyDay, "00:00", "00:00")], newYork, at("2026-11-27T15:00:00Z"))).toEqual({ is: "always" });
    expect(openState([hours(everyDay, "00:00", "23:59")], newYork, at("2026-11-27T04:59:30Z"))).toEqual({ is: "always" });
  });

  it("is not known without times, and not without a zone", () => {
    expect(openState([hours("MO", undefined, undefined, { description: "by appointment" })], newYork, at("2026-11-27T15:00:00Z"))).toEqual({ is: "unknown" });
    expect(openState(office, undefined, at("2026-11-27T15:00:00Z"))).toEqual({ is: "unknown" });
    expect(openState([], newYork, at("2026-11-27T15:00:00Z"))).toEqual({ is: "unknown" });
  });

  it("is not known where of some hours nobody said on which days, unless others say that it is open", () => {
    const [noDays, odd] = [hours("", "09:00", "17:00"), hours("Weekdays", "09:00", "17:00")];
    for (const some of [[noDays], [odd], [...office, noDays]]) expect(openState(some, newYork, at("2026-11-28T15:00:00Z"))).toEqual({ is: "unknown" });
    expect(openState([...office, noDays], newYork, at("2026-11-27T15:00:00Z")).is).toBe("open");
  });

  it("not on a day that is said to be closed", () => {
    const holiday = hours("", undefined, undefined, { from: day("2026-11-27"), to: day("2026-11-27") });
    expect(openState([...office, holiday], newYork, at("2026-11-27T15:00:00Z"))).toEqual({ is: "closed", opensAt: at("2026-11-30T14:00:00Z") });
    expect(openState([hours(everyDay, "00:00", "00:00"), holiday], newYork, at("2026-11-26T15:00:00Z"))).toEqual({ is: "open", until: at("2026-11-27T05:00:00Z") });
  });

  it("is closed for good when its season is over", () => expect(openState([hours("MO", "09:00", "10:00", { to: day("2026-01-01") })], newYork, at("2026-11-27T15:00:00Z"))).toEqual({ is: "closed", opensAt: undefined }));
});

describe("in the night when the clocks change", () => {
  // In New York clocks jump from 02:00 to 03:00 on 8 March 2026, and pass 01:00 to 02:00 twice on 1 November 2026.
  const night = [hours(everyDay, "22:00", "06:00")];

  it("a night shift is an hour shorter in spring and an hour longer in autumn", () => {
    const length = (now: string) => {
      const span = spansAround(night, newYork, at(now)).find(({ opens, closes }) => Temporal.Instant.compare(opens, at(now)) <= 0 && Temporal.Instant.compare(at(now), closes) < 0);
      return span?.opens.until(span.closes, { largestUnit: "hours" }).hours;
    };
    expect([length("2026-03-07T06:00:00Z"), length("2026-03-08T06:00:00Z"), length("2026-11-01T06:00:00Z")]).toEqual([8, 7, 9]);
  });

  it("a line that closes at half past one closes at the second half past one", () => {
    expect(openState([hours("SU", "00:00", "01:30")], newYork, at("2026-11-01T06:15:00Z"))).toEqual({ is: "open", until: at("2026-11-01T06:30:00Z") });
  });

  it("a line that opens in the hour that is not there opens as the hour is over", () => {
    const early = [hours("SU", "02:30", "05:00")];
    expect(openState(early, newYork, at("2026-03-08T07:00:00Z"))).toEqual({ is: "closed", opensAt: at("2026-03-08T07:30:00Z") });
    expect(openState(early, newYork, at("2026-03-08T07:30:00Z"))).toEqual({ is: "open", until: at("2026-03-08T09:00:00Z") });
  });
});

test("at any minute around any change of any clock it is open exactly when its own clock says so", () => {
  // Changes of seven zones: by an hour, by half an hour, at midnight, southern, and a whole day left out.
  const changes = [
    ["America/New_York", "2026-03-08T07:00:00Z"],
    ["America/New_York", "2026-11-01T06:00:00Z"],
    ["Australia/Lord_Howe", "2026-04-04T15:00:00Z"],
    ["Africa/Cairo", "2026-04-23T22:00:00Z"],
    ["Europe/Dublin", "2026-10-25T01:00:00Z"],
    ["America/Santiago", "2026-09-06T04:00:00Z"],
    ["Asia/Kolkata", "2026-06-01T00:00:00Z"],
  ] as const;
  const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 15, 30, 59) }).map((wall) => Temporal.PlainTime.from(wall));
  const someDays = fc.subarray(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], { minLength: 1 }).map((list) => list.join(","));
  fc.assert(
    fc.property(fc.constantFrom(...changes), someDays, time, time, fc.integer({ min: -2000, max: 2000 }), ([zone, change], byday, opens, closes, minutes) => {
      const one = hours(byday, opens.toString(), closes.toString());
      const now = at(change).add({ minutes });
      const local = now.toZonedDateTimeISO(zone);
      // The oracle reads the clock on the wall: today's span, or yesterday's that goes on past midnight.
      const end = closes.toString() === "23:59:00" ? undefined : closes;
      const overnight = end !== undefined && Temporal.PlainTime.compare(end, opens) <= 0;
      const wall = local.toPlainTime();
      const since = Temporal.PlainTime.compare(wall, opens) >= 0;
      const before = end === undefined || Temporal.PlainTime.compare(wall, end) < 0;
      const today = isOn(one, local.toPlainDate()) && since && (overnight || before);
      const fromYesterday = overnight && isOn(one, local.toPlainDate().subtract({ days: 1 })) && before;
      // Only within an hour of the change do a clock's two passings and jumps make the wall say less than the calendar.
      if (Math.abs(minutes) <= 61) return;
      expect(openState([one], zone, now).is !== "closed").toBe(today || fromYesterday);
    }),
    { numRuns: 1500 },
  );
});

describe("how a week is listed", () => {
  it("days of the same times stand together, runs are named by their ends", () => {
    const week = weekOf([hours("MO,WE", "09:00", "17:00"), hours("TU", "09:00", "17:00"), hours("SA", "10:00", "12:00")], newYork, day("2026-11-27"));
    expect(week.map(({ days }) => runsOf(days))).toEqual([[["MO", "TU", "WE"]], [["SA"]]]);
    expect(runsOf(["SU", "MO", "TU", "FR"])).toEqual([["MO", "TU"], ["FR"], ["SU"]]);
  });

  it("days of a month, seasons and holidays stand apart from the days of each week", () => {
    const week = weekOf([hours("MO,TU,WE,TH,FR", "09:00", "17:00"), hours("", "09:00", "17:00", { bymonthday: "1,15" }), hours("SA", "09:00", "17:00", { from: day("2027-06-01") }), hours("", undefined, undefined, { from: day("2026-12-25"), to: day("2026-12-25") }), hours("SU", undefined, undefined), hours("", undefined, undefined, { from: day("2027-11-25"), to: day("2027-11-25") })], newYork, day("2026-11-27"));
    const said = (language: "en" | "es") => week.map((line) => lineWords(line, { language, now: at("2026-11-27T15:00:00Z"), zone: undefined }).replaceAll(/[\u00a0\u202f]/g, " "));
    expect(said("en")).toEqual(["Monday to Friday: 9:00 AM to 5:00 PM", "Saturday, from June 1: 9:00 AM to 5:00 PM", "On day 1 and 15 of the month: 9:00 AM to 5:00 PM", "December 25: closed"]);
    expect(said("es")).toEqual(["Lunes a viernes: 9:00 a.m. a 5:00 p.m.", "Sábado, desde el 1 de junio: 9:00 a.m. a 5:00 p.m.", "El día 1 y 15 del mes: 9:00 a.m. a 5:00 p.m.", "25 de diciembre: cerrado"]);
  });

  it("what is over is not listed", () => expect(weekOf([hours("MO", "09:00", "10:00", { to: day("2026-11-26") })], newYork, day("2026-11-27"))).toEqual([]));

  it("all day is said as that", () => expect([isAllDay(hours("MO", "00:00", "23:59")), isAllDay(hours("MO", "00:00", "00:00")), isAllDay(hours("MO", "09:00", "17:00"))]).toEqual([true, true, false]));
});
