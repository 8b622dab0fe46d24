import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime, dayAndTime, weekdayName, zoneName, type Instant } from "../../../../platform/time/time.ts";
import { ruleOf } from "../../calendar/rules.ts";
import { weekdays, type Plan, type Rhythm, type Weekday } from "../../types.ts";
import { untilOf } from "../rules.ts";
import type { Lack } from "../types.ts";
import { say } from "../words.ts";

const locale: Record<Language, string> = { en: "en-US", es: "es-419" };

/** "Tuesday", "martes". */
export const weekdayInWords = (day: Weekday, language: Language): string => weekdayName(weekdays.indexOf(day) + 1, language);

/** "Tuesday, December 1, 2026": a day of a plan, which has no zone. */
export const dayName = (day: Temporal.PlainDate, language: Language): string => day.toLocaleString(locale[language], { weekday: "long", year: "numeric", month: "long", day: "numeric" });

/** "7:00 PM", as the wall of the plan's zone says. */
export const wallTime = (at: Temporal.PlainTime, language: Language): string => at.toLocaleString(locale[language], { hour: "numeric", minute: "2-digit" });

/** "Every week: Tuesday and Thursday"; "The third Tuesday of every month". */
export function rhythmInWords(rhythm: Rhythm, language: Language): string {
  const t = say(language);
  if (rhythm.every === "once") return t("rhythmOnce");
  if (rhythm.every === "month") return "day" in rhythm ? t("rhythmMonthDay", { day: rhythm.day }) : t("rhythmMonthWeekday", { nth: `n${rhythm.nth}`, weekday: weekdayInWords(rhythm.weekday, language) });
  if (rhythm.weeks === 1 && rhythm.days.length === weekdays.length) return t("rhythmDaily");
  const days = new Intl.ListFormat(locale[language]).format(rhythm.days.map((day) => weekdayInWords(day, language)));
  return t("rhythmWeeks", { weeks: rhythm.weeks, days });
}

/** "Pacific Time (America/Los Angeles)": the zone as people say it, and the place whose clock is meant. */
export const zoneLong = (zone: string, language: Language, now: Instant): string => `${zoneName(zone, language, now)} (${zone.replaceAll("_", " ")})`;

/** "Every week: Tuesday, 7:00 PM, Pacific Time". */
export const planInWords = ({ rhythm, at, zone }: Pick<Plan, "rhythm" | "at" | "zone">, language: Language, now: Instant): string => [rhythmInWords(rhythm, language), wallTime(at, language), zoneName(zone, language, now)].join(", ");

/** How long it goes on, where that was said. */
export function endInWords({ until, count, rhythm }: Plan, language: Language): string | undefined {
  const t = say(language);
  if (!ruleOf({ rhythm })) return undefined;
  if (count !== undefined) return t("endsCount", { count });
  return until && t("endsOn", { day: dayName(until, language) });
}

/** "in 3 h 20 min". */
export function untilInWords(now: Instant, starts: Instant, language: Language): string {
  const { until, ...values } = untilOf(now, starts);
  return say(language)(`until_${until}`, values);
}

/** "Tuesday, December 1, 7:00 PM to 8:30 PM, Pacific Time". */
export const whenInWords = ({ starts, ends }: { readonly starts: Instant; readonly ends: Instant }, zone: string, language: Language): string =>
  say(language)("whenFromTo", { from: dayAndTime(starts, zone, language), to: clockTime(ends, zone, language), zone: zoneName(zone, language, starts) });

export function lackInWords(lack: Lack, language: Language): string {
  const t = say(language);
  if (lack.lacks === "room") return t("lacks_room", { most: lack.most });
  return "name" in lack ? t(`lacks_${lack.lacks}`, { name: lack.name }) : t(`lacks_${lack.lacks}`);
}
