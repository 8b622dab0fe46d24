import { ICalCalendar, ICalCalendarMethod, ICalEventClass, ICalEventStatus, type ICalEventData } from "ical-generator";
import { tzlib_get_ical_block } from "timezones-ical-library";
import { v5 } from "uuid";
import type { Language } from "../../../../platform/i18n/words.ts";
import { isBefore, minutesBetween, type Instant } from "../../../../platform/time/time.ts";
import { startOf } from "../../calendar/rules.ts";
import type { Series, Session } from "../../types.ts";
import type { SeatSaid } from "../types.ts";
import { say } from "../words.ts";
import { isTwice, saidOf, type Single } from "./series/rules.ts";

export type GroupSaid = { readonly series: Series; readonly sessions: readonly Session[] };

/** Nights on which the clocks change are said for so long ahead. */
const yearsAhead = 2;
/** Calendars are asked to look this often; most look every 8 to 24 hours whatever is asked. */
const lookAgain = "PT8H";

/** The public calendar of these groups, by their names. `base`: our address; `name`: whose groups these are. Never where a room is. */
export function groupsCalendar(groups: readonly GroupSaid[], { base, name, now }: { readonly base: string; readonly name: string; readonly now: Instant }): string {
  return written(
    name,
    groups.flatMap((group) => eventsOf(group, base, now)),
  );
}

export type Look = { readonly base: string; readonly plain: boolean; readonly language: Language };

/**
 * One person's own seats, a moment each. Discreet unless she chose otherwise: then nothing in it says what it is, or where to look.
 * The group's zone is not said either.
 */
export function seatsCalendar(seats: readonly SeatSaid[], { base, plain, language }: Look): string {
  const t = say(language);
  return written(
    t(plain ? "calendarPlain" : "calendarDiscreet"),
    seats.map(({ id, heldAt, session, series }): ICalEventData => {
      const title = plain ? series.kind.name[language] : t("discreet");
      const changedAt = later(heldAt, session.changedAt);
      return {
        // Stands for the seat, and leads back to it nowhere.
        id: v5(id, "6c1f2f0e-6b8e-4a56-9a0d-3d2f6f0c5b11"),
        ...spanOf(session.starts, session.ends, undefined),
        ...statusOf(session, title, language),
        sequence: session.sequence,
        stamp: changedAt,
        lastModified: changedAt,
        class: ICalEventClass.PRIVATE,
        ...(plain ? { url: pageOf(base, series) } : {}),
      };
    }),
  );
}

export const pageOf = (base: string, { id }: Pick<Series, "id">): string => `${base}/groups/${id}`;

function eventsOf({ series, sessions }: GroupSaid, base: string, now: Instant): ICalEventData[] {
  const { plan, language } = series;
  const { rule, instead, alone } = saidOf(plan, sessions, now.toZonedDateTimeISO(plan.zone).add({ years: yearsAhead }).toInstant());
  const since = series.approvedAt ?? series.proposedAt;
  const changedAt = sessions.filter(({ sequence }) => sequence > 0).reduce((last, { changedAt: at }) => later(last, at), since);
  // Grows with each change of any meeting, and a meeting's own with it: an app that goes by numbers takes the newer of each.
  const sequence = Math.max(0, Math.floor(minutesBetween(since, changedAt)));
  const title = series.kind.name[language];
  const about = { url: pageOf(base, series), ...(series.about ? { description: textOf(series.about) } : {}) };
  const zone = tzidOf(plan.zone);
  const wall = (day: Temporal.PlainDate) => startOf(day, plan.at, plan.zone).starts;
  const single = ({ starts, ends, session }: Single, where: string | undefined): ICalEventData => ({
    ...about,
    ...spanOf(starts, ends, where),
    ...statusOf(session, title, language),
    sequence: sequence + (session?.sequence ?? 0),
    stamp: session?.changedAt ?? changedAt,
    lastModified: session?.changedAt ?? changedAt,
  });
  // An hour that comes twice is left out as a moment, too: apps read its wall time as the first or as the second.
  const momentsTwice = (days: readonly Temporal.PlainDate[]) => days.map(wall).filter((at) => isTwice(at, plan.zone)).map((at) => at.toString({ smallestUnit: "second" }).replace(/[-:]/g, ""));
  const ruled = (first: Temporal.PlainDate, rrule: string | undefined, without: readonly Temporal.PlainDate[]): ICalEventData => ({
    ...single({ day: first, starts: wall(first), ends: wall(first).add({ minutes: plan.minutes }), session: undefined }, zone),
    ...(rrule ? { repeating: [`RRULE:${rrule}`, ...(without.length > 0 ? [`EXDATE;TZID=${zone}:${without.map((day) => basic(day.toPlainDateTime(plan.at))).join()}`] : []), ...momentsTwice(without).map((at) => `EXDATE:${at}`)].join("\n") } : {}),
  });
  const once = rule && !rule.rrule ? instead[0] : undefined;
  return [
    ...(rule ? [{ ...(once ? single(once, zone) : ruled(rule.first, rule.rrule, rule.without)), id: series.id }] : []),
    ...(once ? [] : instead.map((one) => ({ ...single(one, zone), id: series.id, recurrenceId: wall(one.day).toZonedDateTimeISO(plan.zone) }))),
    ...alone.map((one) => ({ ...single(one, undefined), id: `${series.id}-${basic(one.day)}` })),
  ];
}

/** Wall time of a zone or, without one, moments. */
const spanOf = (starts: Instant, ends: Instant, zone: string | undefined): Pick<ICalEventData, "start" | "end" | "timezone"> => (zone ? { start: starts.toZonedDateTimeISO(zone), end: ends.toZonedDateTimeISO(zone), timezone: zone } : { start: starts, end: ends });

/** Said in the title too: not every app shows the status. */
function statusOf(session: Session | undefined, title: string, language: Language): Pick<ICalEventData, "status" | "summary"> {
  const isCancelled = session?.cancelledAt !== undefined;
  return { summary: textOf(isCancelled ? say(language)("cancelled", { title }) : title), status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED };
}

const later = (a: Instant, b: Instant): Instant => (isBefore(a, b) ? b : a);
const basic = (at: Temporal.PlainDate | Temporal.PlainDateTime): string => at.toString().replace(/[-:]/g, "").replace(/(T\d{6}).*/, "$1");

/** A zone's VTIMEZONE, which RFC 5545 (3.6.5) asks for, and the name that it has there: an alias is called by its own zone's. */
function blockOf(zone: string): { readonly block: string | null; readonly tzid: string } {
  const [block, line] = tzlib_get_ical_block(zone);
  return { block: block?.startsWith("BEGIN:VTIMEZONE") ? block : null, tzid: line?.startsWith("TZID=") ? line.slice("TZID=".length) : zone };
}
const tzidOf = (zone: string): string => blockOf(zone).tzid;

/** Characters that no calendar may hold (RFC 5545, 3.1) are left out; whatever some reader takes for a line's end is one. */
const textOf = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n|[\r\u0085\u2028\u2029]/g, "\n")
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");

/** The library escapes an event's texts, and a calendar's name not. */
const escaped = (text: string): string => textOf(text).replace(/\s+/g, " ").replace(/[\\;,]/g, "\\$&");

function written(name: string, events: ICalEventData[]): string {
  const calendar = new ICalCalendar({ name: escaped(name), prodId: { company: "Small Hours", product: "Calendar" }, method: ICalCalendarMethod.PUBLISH, timezone: { name: null, generator: (zone) => blockOf(zone).block }, events });
  // The library writes these two after the first component, where RFC 5545 (3.4) has no more room for them.
  const twice = `REFRESH-INTERVAL;VALUE=DURATION:${lookAgain}\r\nX-PUBLISHED-TTL:${lookAgain}\r\n`;
  return `${calendar.toString().replace("METHOD:PUBLISH\r\n", `$&${twice}`)}\r\n`;
}
