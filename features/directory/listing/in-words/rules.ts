import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime, dayAndTime, zoneName, type Instant, weekdayName } from "../../../../platform/time/time.ts";
import { standingOf } from "../../claims/rules.ts";
import { dayOf } from "../../finder/in-words/rules.ts";
import type { Claim, Kind } from "../../types.ts";
import { isAllDay, nextOf, runsOf, type OpenState, type Weekday, type WeekLine } from "../hours/rules.ts";
import { say } from "../words.ts";

export type Reader = { readonly language: Language; readonly now: Instant; /** Hers, as her browser told it; undefined before it has. */ readonly zone: string | undefined };

/** Who says so and when, small beside each thing that is shown. */
export function provenance(kind: Kind, claim: Claim, { language, now, zone }: Reader): string {
  const t = say(language);
  const on = (at: Instant) => dayOf(at.epochMilliseconds, zone ?? "UTC", language, now.epochMilliseconds);
  const { method, source, statedAt, verifiedAt } = claim;
  if (verifiedAt) {
    if (standingOf(kind, claim, now) !== "verified") return t("notSince", { day: on(verifiedAt) });
    return t(method === "call" ? "byCall" : method === "web_page" ? "byPage" : "byOwner", { day: on(verifiedAt) });
  }
  return method === "edit" ? t("byEdit", { day: on(statedAt) }) : t("bySource", { source, day: on(statedAt) });
}

/** "Open now until 5:00 PM your time", with the day where it is not today's. */
export function openWords(state: OpenState, listingZone: string | undefined, { language, now, zone }: Reader): string | undefined {
  const t = say(language);
  if (state.is === "unknown") return undefined;
  if (state.is === "always") return t("openAlways");
  const at = state.is === "open" ? state.until : state.opensAt;
  if (!at) return t("closed");
  const shownIn = zone ?? listingZone ?? "UTC";
  const today = at.toZonedDateTimeISO(shownIn).toPlainDate().equals(now.toZonedDateTimeISO(shownIn).toPlainDate());
  const time = today ? clockTime(at, shownIn, language) : dayAndTime(at, shownIn, language);
  const open = state.is === "open";
  return zone ? t(open ? "openUntilYours" : "opensYours", { time }) : t(open ? "openUntil" : "opens", { time, zone: zoneName(shownIn, language, at) });
}

const locale = { en: "en-US", es: "es-419" } as const;
const numbers: Readonly<Record<Weekday, number>> = { MO: 1, TU: 2, WE: 3, TH: 4, FR: 5, SA: 6, SU: 7 };

/** "Monday". */
function weekday(day: Weekday, language: Language, capital = true): string {
  const name = weekdayName(numbers[day], language);
  return capital ? name.charAt(0).toLocaleUpperCase(language) + name.slice(1) : name;
}

/** "June 1". */
const dateWords = (day: Temporal.PlainDate, language: Language): string => day.toLocaleString(locale[language], { month: "long", day: "numeric" });

function dayWords({ days, monthly, monthDays, dated, from, to, every }: WeekLine, language: Language): string {
  const t = say(language);
  const date = (day: Temporal.PlainDate) => dateWords(day, language);
  if (dated && from && to) return from.equals(to) ? date(from) : t("dates", { first: date(from), last: date(to) });
  const season = [...(from ? [t("fromDate", { day: date(from) })] : []), ...(to ? [t("toDate", { day: date(to) })] : [])];
  if (days.length === 7 && every <= 1) return [t("everyDay"), ...season].join(", ");
  const weekly = runsOf(days).flatMap((run) => (run.length > 2 ? [t("days", { first: weekday(run[0] as Weekday, language), last: weekday(run.at(-1) as Weekday, language, language === "en") })] : run.map((day) => weekday(day, language))));
  const ordinal = (nth: number) => t(nth < 0 ? "nthLast" : (`nth${nth}` as "nth1"));
  const ofMonth = monthly.map(([nth, day]) => t("ofMonth", { nth: ordinal(nth), day: weekday(day, language, language === "en") }));
  const inMonth = monthDays.length > 0 ? [t("monthDays", { days: new Intl.ListFormat(locale[language], { type: "conjunction" }).format(monthDays.map((day) => (day < 0 ? t("lastDay") : String(day)))) })] : [];
  return [...weekly, ...ofMonth, ...inMonth, ...(every > 1 ? [t(monthly.length + monthDays.length > 0 ? "everyMonths" : "everyOther", { count: every })] : []), ...season].join(", ");
}

const clock = (time: Temporal.PlainTime, language: Language): string => time.toLocaleString(locale[language], { hour: "numeric", minute: "2-digit" });

/** One line of the week: its days, its times by its own clock, and by hers where that differs. */
export function lineWords(line: WeekLine, { language, now, zone }: Reader): string {
  const t = say(language);
  const { opensAt, closesAt } = line;
  const times = line.closed ? t("closedThen") : isAllDay(line) ? t("allDay") : opensAt && closesAt ? t("fromTo", { opens: clock(opensAt, language), closes: clock(closesAt, language) }) : "";
  const said = [dayWords(line, language), times].filter(Boolean).join(": ");
  const hers = opensAt && closesAt && zone && line.zone && !isAllDay(line) ? inHerTime(line, opensAt, closesAt, line.zone, { language, now, zone }) : undefined;
  return [said, ...(hers ? [`(${hers})`] : []), ...(line.description ? [line.description] : [])].join(" ");
}

function inHerTime(line: WeekLine, opensAt: Temporal.PlainTime, closesAt: Temporal.PlainTime, own: string, { language, now, zone }: Reader & { zone: string }): string | undefined {
  const [opens, closes] = [nextOf(line, opensAt, own, now), nextOf(line, closesAt, own, now)];
  if (opens.withTimeZone(zone).offsetNanoseconds === opens.offsetNanoseconds) return undefined;
  const hers = (at: Temporal.ZonedDateTime) => clockTime(at.toInstant(), zone, language);
  return say(language)("yourTime", { opens: hers(opens), closes: hers(closes) });
}

/** Whose clock the times are of; undefined where no line names one, or it is hers. */
export function zoneLine(lines: readonly WeekLine[], { language, now, zone }: Reader): string | undefined {
  const own = lines.find((line) => line.opensAt && line.zone)?.zone;
  return own && own !== zone ? say(language)("zoneIs", { zone: zoneName(own, language, now) }) : undefined;
}
