import fc from "fast-check";
import ical, { type VEvent } from "node-ical";
import { RRuleTemporal } from "rrule-temporal";
import { tzlib_get_ical_block } from "timezones-ical-library";
import { convertIcsCalendar, type IcsEvent } from "ts-ics";
import { describe, expect, it, test } from "vitest";
import { meetingsOf } from "../../calendar/rules.ts";
import { weekdays, type Plan, type Rhythm, type Session, type Series, type SeatId } from "../../types.ts";
import { aSeries, aSession } from "../factory.ts";
import { groupsCalendar, seatsCalendar } from "./rules.ts";

const now = Temporal.Instant.from("2026-11-24T11:00:00Z");
const date = (text: string) => Temporal.PlainDate.from(text);
const time = (text: string) => Temporal.PlainTime.from(text);
const base = "https://lantern.example";

const calendar = (series: Series, sessions: readonly Session[] = []) => groupsCalendar([{ series, sessions }], { base, name: "Lantern Street", now });
const unfolded = (text: string) => text.replaceAll("\r\n ", "");
const linesOf = (text: string, name: string) => unfolded(text).split("\r\n").filter((line) => line.split(/[:;]/)[0] === name);

/** What an app shows between two days: node-ical reads it and opens the rules. */
function shownBy(text: string, from: string, to: string): { at: string; ends: string; status: string | undefined }[] {
  const [a, b] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  const events = Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === "VEVENT");
  const all = events.flatMap((event) => ical.expandRecurringEvent(event, { from: a, to: b }));
  return all
    .filter(({ start }) => start >= a && start < b)
    .map(({ start, end, event }) => ({ at: start.toISOString().replace(".000", ""), ends: end.toISOString().replace(".000", ""), status: event.status }))
    .sort((x, y) => (x.at < y.at ? -1 : 1));
}
const startsBy = (text: string, from: string, to: string) => shownBy(text, from, to).map(({ at }) => at);
const ours = (plan: Plan, from: string, to: string) => meetingsOf(plan, Temporal.Instant.from(`${from}T00:00Z`), Temporal.Instant.from(`${to}T00:00Z`)).map(({ starts }) => starts.toString());
/** The same by another library, which opens no rules for us: its events as they stand. */
const standing = (text: string): IcsEvent[] => convertIcsCalendar(undefined, text).events ?? [];

describe("a calendar app shows a group", () => {
  const rhythms: readonly (readonly [string, Rhythm])[] = [
    ["every week", { every: "weeks", weeks: 1, days: ["TU", "SU"] }],
    ["every second week, from its own week on", { every: "weeks", weeks: 2, days: ["MO", "SU"] }],
    ["on the third Thursday", { every: "month", nth: 3, weekday: "TH" }],
    ["on the last Friday", { every: "month", nth: -1, weekday: "FR" }],
    ["on the 31st, where there is one", { every: "month", day: 31 }],
    ["once", { every: "once" }],
  ];
  test.each(rhythms)("%s", (_, rhythm) => {
    const series = aSeries({ plan: { rhythm } });
    const shown = startsBy(calendar(series), "2026-11-01", "2027-12-31");
    expect(shown).toEqual(ours(series.plan, "2026-11-01", "2027-12-31"));
    expect(shown.length).toBeGreaterThan(0);
  });

  it("so many times, whatever is skipped, and to its last day", () => {
    const counted = aSeries({ plan: { count: 4, skipped: new Set(["2026-12-01"]) } });
    expect(startsBy(calendar(counted), "2026-11-01", "2028-01-01")).toEqual(ours(counted.plan, "2026-11-01", "2028-01-01"));
    expect(startsBy(calendar(counted), "2026-11-01", "2028-01-01")).toHaveLength(3);
    const until = aSeries({ plan: { until: date("2026-12-08") } });
    expect(startsBy(calendar(until), "2026-11-01", "2028-01-01")).toHaveLength(3);
  });

  it("not on a day that is skipped, even its first", () => {
    const series = aSeries({ plan: { skipped: new Set(["2026-11-24", "2026-12-22"]) } });
    expect(startsBy(calendar(series), "2026-11-20", "2027-01-01")).toEqual(["2026-12-02T03:00:00Z", "2026-12-09T03:00:00Z", "2026-12-16T03:00:00Z", "2026-12-30T03:00:00Z"]);
    expect(linesOf(calendar(series), "EXDATE")).toEqual(["EXDATE;TZID=America/Los_Angeles:20261222T190000"]);
  });

  it("where it was moved to, planned or written down, and not where it was", () => {
    const place = { on: date("2026-12-03"), at: time("10:30") };
    const series = aSeries({ plan: { moved: new Map([["2026-12-01", place]]) } });
    const written = aSession(series, "2026-12-01", { starts: Temporal.Instant.from("2026-12-03T18:30:00Z"), ends: Temporal.Instant.from("2026-12-03T20:00:00Z"), moved: true, sequence: 1, changedAt: now });
    for (const text of [calendar(series), calendar(series, [written])]) {
      expect(startsBy(text, "2026-11-30", "2026-12-10")).toEqual(["2026-12-03T18:30:00Z", "2026-12-09T03:00:00Z"]);
      expect(linesOf(text, "RECURRENCE-ID")).toEqual(["RECURRENCE-ID;TZID=America/Los_Angeles:20261201T190000"]);
      const [, moved] = standing(text);
      expect([moved?.uid, moved?.start.date.toISOString(), moved?.recurrenceId?.value.date.toISOString()]).toEqual([series.id, "2026-12-03T18:30:00.000Z", "2026-12-02T03:00:00.000Z"]);
    }
  });

  it("as it was written down, where that differs from the plan by now", () => {
    const series = aSeries();
    const longer = aSession(series, "2026-12-01", { ends: Temporal.Instant.from("2026-12-02T05:00:00Z"), sequence: 2, changedAt: now });
    expect(shownBy(calendar(series, [longer]), "2026-12-01", "2026-12-08")).toMatchObject([{ at: "2026-12-02T03:00:00Z", ends: "2026-12-02T05:00:00Z" }]);
  });

  it("as cancelled, under the same name, with a number that grew and the hour of the change", () => {
    const series = aSeries();
    const before = calendar(series, [aSession(series, "2026-12-01")]);
    const after = calendar(series, [aSession(series, "2026-12-01", { cancelledAt: now, cancelReason: "facilitator", sequence: 1, changedAt: now })]);
    expect(shownBy(before, "2026-12-01", "2026-12-08").map(({ status }) => status)).toEqual(["CONFIRMED"]);
    expect(shownBy(after, "2026-12-01", "2026-12-08")).toMatchObject([{ at: "2026-12-02T03:00:00Z", status: "CANCELLED" }]);
    const [[rule], [, cancelled]] = [standing(before), standing(after)];
    expect(cancelled).toMatchObject({ uid: series.id, status: "CANCELLED", summary: "Cancelled: Pregnancy and after birth" });
    expect(cancelled?.sequence).toBeGreaterThan(rule?.sequence ?? 0);
    expect([cancelled?.stamp.date.toISOString(), cancelled?.lastModified?.date.toISOString()]).toEqual(["2026-11-24T11:00:00.000Z", "2026-11-24T11:00:00.000Z"]);
    expect(shownBy(calendar(aSeries({ plan: { rhythm: { every: "once" } } }), [aSession(series, "2026-11-24", { cancelledAt: now, sequence: 1 })]), "2026-11-01", "2026-12-08")).toMatchObject([{ status: "CANCELLED" }]);
  });

  it("what met by an older plan stays where it was; what that plan only promised is gone", () => {
    const series = aSeries({ plan: { rhythm: { every: "weeks", weeks: 1, days: ["FR"] } } });
    const sessions = [aSession(series, "2026-11-17"), aSession(series, "2026-12-01", { cancelledAt: now, sequence: 1 })];
    expect(startsBy(calendar(series, sessions), "2026-11-10", "2026-12-05")).toEqual(["2026-11-18T03:00:00Z", "2026-11-28T03:00:00Z", "2026-12-05T03:00:00Z"].filter((at) => at < "2026-12-05"));
  });

  it("by one name for good", () => expect(linesOf(calendar(aSeries()), "UID")).toEqual(linesOf(groupsCalendar([{ series: aSeries({ plan: { at: time("08:00") } }), sessions: [] }], { base: "https://elsewhere.example", name: "x", now: now.add({ hours: 1000 }) }), "UID")));
});

describe("the night on which the clocks change", () => {
  const nightly = (zone: string, at: string) => aSeries({ plan: { zone, at: time(at), starts: date("2026-09-01"), rhythm: { every: "weeks", weeks: 1, days: weekdays } } });
  const skipped: readonly (readonly [string, string, string, string])[] = [
    ["America/New_York", "02:30", "2027-03-14", "2027-03-14T07:30:00Z"],
    ["Europe/Madrid", "02:15", "2027-03-28", "2027-03-28T01:15:00Z"],
    ["Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03T15:45:00Z"],
    ["America/Santiago", "00:30", "2026-09-06", "2026-09-06T04:30:00Z"],
    ["Africa/Cairo", "00:30", "2027-04-30", "2027-04-29T22:30:00Z"],
  ];
  test.each(skipped)("in %s a group at %s on %s is left out of the rule and said alone, as a moment", (zone, at, day, moment) => {
    const text = calendar(nightly(zone, at));
    const basic = `${day.replaceAll("-", "")}`;
    expect(linesOf(text, "EXDATE").join()).toContain(`${basic}T${at.replace(":", "")}00`);
    const alone = standing(text).find(({ uid }) => uid.endsWith(`-${basic}`));
    expect(alone?.start.date.toISOString()).toBe(moment.replace("Z", ".000Z"));
    expect(linesOf(text, "DTSTART")).toContain(`DTSTART:${moment.replace(/[-:]/g, "")}`);
    expect(startsBy(text, "2026-08-30", "2027-08-30")).toEqual(ours(nightly(zone, at).plan, "2026-08-30", "2027-08-30"));
  });

  it("an hour that comes twice is the first of both, and a meeting across the change is as long as ever", () => {
    const [twice, across] = ["01:30", "00:15"].map((at) => calendar(nightly("America/New_York", at)));
    expect(shownBy(twice ?? "", "2026-11-01", "2026-11-02")).toMatchObject([{ at: "2026-11-01T05:30:00Z", ends: "2026-11-01T07:00:00Z" }]);
    expect(shownBy(across ?? "", "2026-11-01", "2026-11-02")).toMatchObject([{ at: "2026-11-01T04:15:00Z", ends: "2026-11-01T05:45:00Z" }]);
    expect(linesOf(across ?? "", "DTEND"), "as a moment").toContain("DTEND:20261101T054500Z");
    const began = calendar(aSeries({ plan: { ...nightly("America/New_York", "01:30").plan, starts: date("2026-11-01") } }));
    expect(shownBy(began, "2026-11-01", "2026-11-03").map(({ at, ends }) => [at, ends])).toEqual([["2026-11-01T05:30:00Z", "2026-11-01T07:00:00Z"], ["2026-11-02T06:30:00Z", "2026-11-02T08:00:00Z"]]);
  });

  it("a night whose hour comes twice is left out like any other", () => {
    const series = aSeries({ plan: { zone: "Africa/Cairo", at: time("23:30"), starts: date("2026-09-25"), minutes: 30, rhythm: { every: "month", nth: 4, weekday: "TH" }, skipped: new Set(["2027-10-28"]) } });
    expect(startsBy(calendar(series), "2026-08-25", "2028-08-25")).toEqual(ours(series.plan, "2026-08-25", "2028-08-25"));
  });

  it("a group whose first night it is begins that night", () => {
    const series = aSeries({ plan: { zone: "America/New_York", at: time("02:30"), starts: date("2027-03-14"), rhythm: { every: "weeks", weeks: 1, days: ["SU"] }, count: 2 } });
    expect(startsBy(calendar(series), "2027-01-01", "2028-01-01")).toEqual(["2027-03-14T07:30:00Z", "2027-03-21T06:30:00Z"]);
  });
});

const zones = ["America/New_York", "America/Phoenix", "America/Santiago", "America/St_Johns", "Europe/Madrid", "Europe/London", "Africa/Cairo", "Asia/Tehran", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham", "Antarctica/Troll"];
const hours = ["00:00", "00:30", "01:30", "02:00", "02:15", "02:30", "03:00", "10:00", "19:00", "23:30"];

describe("what another library opens is what we hold", () => {
  // Every zone at its change, each hour of the night, each rhythm, two years.
  const aRhythm: fc.Arbitrary<Rhythm> = fc.oneof(
    fc.record({ every: fc.constant("weeks" as const), weeks: fc.integer({ min: 1, max: 4 }), days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }) }),
    fc.record({ every: fc.constant("month" as const), day: fc.integer({ min: 1, max: 31 }) }),
    fc.record({ every: fc.constant("month" as const), nth: fc.constantFrom(1, 2, 3, 4, -1 as const), weekday: fc.constantFrom(...weekdays) }),
  );

  test("for any zone, hour and rhythm, with days skipped and moved, for two years", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.constantFrom(...hours), aRhythm, fc.integer({ min: 0, max: 40 }), fc.array(fc.nat(60), { maxLength: 4 }), fc.constantFrom(30, 90), (zone, at, rhythm, offset, picked, minutes) => {
        const bare = aSeries({ plan: { zone, at: time(at), rhythm, minutes, starts: date("2026-09-01").add({ days: offset }) } });
        const days = meetingsOf(bare.plan, now.subtract({ hours: 3000 }), now.add({ hours: 16_000 })).map(({ day }) => day);
        const some = [...new Set(picked.flatMap((index) => days[index] ?? []))];
        const series = aSeries({ plan: { ...bare.plan, skipped: new Set(some.slice(0, 2).map(String)), moved: new Map(some.slice(2).map((day) => [day.toString(), { on: day.add({ days: 1 }), at: time("02:30") }])) } });
        expect(startsBy(calendar(series), "2026-08-25", "2028-08-25")).toEqual(ours(series.plan, "2026-08-25", "2028-08-25"));
      }),
      { numRuns: 150 },
    );
  });

  test.each(zones)("in %s, every night at the hours of the change", (zone) => {
    for (const at of ["00:30", "02:15", "03:00"]) {
      const series = aSeries({ plan: { zone, at: time(at), starts: date("2026-12-01"), rhythm: { every: "weeks", weeks: 1, days: weekdays } } });
      expect(startsBy(calendar(series), "2026-11-20", "2028-11-20"), at).toEqual(ours(series.plan, "2026-11-20", "2028-11-20"));
    }
  });
});

type Change = { readonly at: number; readonly to: number };
const changes = new Map<string, readonly Change[]>();
/** Minutes from UTC by a zone's VTIMEZONE alone, its rules opened year by year. */
function offsetSaid(zone: string, at: Temporal.Instant): number | undefined {
  let known = changes.get(zone);
  if (!known) {
    const [block = ""] = tzlib_get_ical_block(zone);
    const minutes = (text = "") => (text.startsWith("-") ? -1 : 1) * (Number(text.slice(1, 3)) * 60 + Number(text.slice(3, 5)));
    const found = Array.from(block.matchAll(/BEGIN:(STANDARD|DAYLIGHT)\r\n(.*?)END:/gs), ([, , part = ""]) => {
      const said = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(part.replaceAll("\r", ""))?.[1];
      const [start = "", rule, to] = [said("DTSTART"), said("RRULE"), minutes(said("TZOFFSETTO"))];
      const utc = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime("UTC");
      const walls = rule ? new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:${start}\nRRULE:${rule}` }).between(utc("2025-01-01"), utc("2029-01-02"), true) : [utc(`${start.slice(0, 4)}-${start.slice(4, 6)}-${start.slice(6, 8)}`)];
      return walls.map((wall) => ({ at: wall.epochMilliseconds - minutes(said("TZOFFSETFROM")) * 60_000, to }));
    });
    changes.set(zone, (known = found.flat().sort((a, b) => a.at - b.at)));
  }
  return known.findLast((change) => change.at <= at.epochMilliseconds)?.to;
}

describe("as RFC 5545 asks", () => {
  const many = zones.map((zone, index) => ({ series: aSeries({ id: `7d2f6f0c-5b11-4a56-9a0d-6c1f2f0e6b${String(index).padStart(2, "0")}` as Series["id"], about: "🌙".repeat(60), plan: { zone, at: time("02:15") } }), sessions: [] }));
  const text = groupsCalendar(many, { base, name: "Lantern Street", now });

  it("no line is longer than 75 octets, and each ends with CRLF", () => {
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
    expect(text, "no character is cut in two").not.toContain("\ufffd");
  });

  it("each zone that is named has its VTIMEZONE, once; properties come before components; it asks to be looked at again", () => {
    const named = new Set(Array.from(unfolded(text).matchAll(/;TZID=([^:;]+)/g), ([, zone]) => zone));
    expect(linesOf(text, "TZID").map((line) => line.slice("TZID:".length)).sort()).toEqual([...named].sort());
    expect(named.size).toBe(zones.length);
    const head = text.slice(0, text.indexOf("BEGIN:VTIMEZONE"));
    expect(head).toContain("REFRESH-INTERVAL;VALUE=DURATION:PT8H\r\nX-PUBLISHED-TTL:PT8H\r\n");
  });

  it("every zone that somebody can choose has one, an alias that of its zone", () => {
    for (const zone of [...Intl.supportedValuesOf("timeZone"), "US/Pacific", "UTC", "America/Buenos_Aires"]) {
      const one = calendar(aSeries({ plan: { zone, rhythm: { every: "once" } } }));
      const [, tzid] = /DTSTART;TZID=([^:]+):/.exec(unfolded(one)) ?? [];
      expect(linesOf(one, "TZID"), zone).toEqual([`TZID:${tzid}`]);
    }
  });

  it("a zone's VTIMEZONE tells the time that we hold, every day to the end of 2028, but for a week of Jerusalem's", () => {
    const days = Array.from({ length: 765 }, (_, day) => Temporal.Instant.from("2026-11-27T12:00Z").add({ hours: 24 * day }));
    const differ = Intl.supportedValuesOf("timeZone").map((zone) => [zone, days.filter((at) => offsetSaid(zone, at) !== at.toZonedDateTimeISO(zone).offsetNanoseconds / 60e9).length]);
    expect(differ.filter(([, count]) => count !== 0)).toEqual([["Asia/Jerusalem", 7]]);
  });

  it("whatever facilitators wrote survives, and no line of it becomes one of the calendar's", () => {
    const wild = fc.string({ unit: fc.constantFrom("a", "\n", "\r\n", ",", ";", "\\", ":", "🌙", "é", "BEGIN:VEVENT", "END:VEVENT", "\0", "\u2028", '"', "^"), maxLength: 60 });
    fc.assert(
      fc.property(wild, wild, (about, name) => {
        const one = groupsCalendar([{ series: aSeries({ about: `x${about}x` }), sessions: [] }], { base, name, now });
        const kept = `x${about}x`.replace(/\r\n|\u2028/g, "\n").replaceAll("\0", "");
        // ts-ics looks for where an event begins and ends inside of words, too.
        if (!/BEGIN:|END:/.test(about + name)) expect(standing(one).map(({ description }) => description)).toEqual([kept]);
        const read = Object.values(ical.sync.parseICS(one)).find((each): each is VEvent => each?.type === "VEVENT");
        expect(read?.description).toBe(kept);
        expect(linesOf(one, "BEGIN")).toHaveLength(5);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a calendar of her own seats", () => {
  const series = aSeries({ about: "Bring tea.", room: "link" });
  const seat = (day: string, more: Partial<Session> = {}) => ({ id: `11111111-5b11-4a56-9a0d-${day.replaceAll("-", "")}0000` as SeatId, heldAt: Temporal.Instant.from("2026-11-20T08:00:00Z"), session: aSession(series, day, more), series });
  const seats = [seat("2026-11-24"), seat("2026-12-01", { cancelledAt: now, sequence: 3, changedAt: now })];

  it("says nothing of what it is unless she chose so: no name, no address, no zone, no seat, no words", () => {
    const text = seatsCalendar(seats, { base, plain: false, language: "en" });
    expect(standing(text).map(({ summary, class: how }) => [summary, how])).toEqual([["Appointment", "PRIVATE"], ["Cancelled: Appointment", "PRIVATE"]]);
    for (const telling of ["http", "lantern", "irth", "group", "tea", "Angeles", "11111111", series.id, "URL", "DESCRIPTION", "LOCATION"]) expect(unfolded(text), telling).not.toContain(telling);
    expect(linesOf(text, "X-WR-CALNAME")).toEqual(["X-WR-CALNAME:Appointments"]);
    expect(standing(seatsCalendar(seats, { base, plain: false, language: "es" })).map(({ summary }) => summary)).toEqual(["Cita", "Cancelada: Cita"]);
  });

  it("with the group's name and its public page once she chose so", () => {
    const text = seatsCalendar(seats, { base, plain: true, language: "es" });
    expect(standing(text)[0]).toMatchObject({ summary: "Embarazo y después del parto", url: `${base}/groups/${series.id}` });
    expect(unfolded(text)).not.toContain("11111111");
  });

  it("each seat is one moment under a name for good, cancelled with the number of its meeting", () => {
    const [a, b] = [false, true].map((plain) => standing(seatsCalendar(seats, { base, plain, language: "en" })));
    expect(a?.map(({ uid }) => uid)).toEqual(b?.map(({ uid }) => uid));
    expect(a?.map(({ start, status, sequence, stamp }) => [start.date.toISOString(), status, sequence ?? 0, stamp.date.toISOString()])).toEqual([
      ["2026-11-25T03:00:00.000Z", "CONFIRMED", 0, "2026-11-20T08:00:00.000Z"],
      ["2026-12-02T03:00:00.000Z", "CANCELLED", 3, "2026-11-24T11:00:00.000Z"],
    ]);
    expect(new Set(a?.map(({ uid }) => uid)).size).toBe(2);
  });
});
