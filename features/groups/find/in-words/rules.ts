import type { Language } from "../../../../platform/i18n/words.ts";
import { clockOf, weekdayName } from "../../../../platform/time/time.ts";
import { weekdays, type Plan, type Weekday } from "../../types.ts";
import { say } from "../../words.ts";

const dayName = (weekday: Weekday, language: Language): string => weekdayName(weekdays.indexOf(weekday) + 1, language);

/** "Every week: Tuesday and Thursday, 7:00 PM." in the wall time of the group's own zone. */
export function rhythmWords({ rhythm, at }: Pick<Plan, "rhythm" | "at">, language: Language): string {
  const t = say(language);
  const often = () => {
    if (rhythm.every === "once") return t("rhythm_once");
    if (rhythm.every === "weeks") {
      const days = new Intl.ListFormat(language).format(rhythm.days.map((day) => dayName(day, language)));
      return rhythm.weeks === 1 ? t("rhythm_weekly", { days }) : t("rhythm_weeks", { weeks: rhythm.weeks, days });
    }
    if ("day" in rhythm) return t("rhythm_monthDay", { day: rhythm.day });
    return t("rhythm_monthNth", { nth: String(rhythm.nth), weekday: dayName(rhythm.weekday, language) });
  };
  return `${often()}, ${clockOf(at, language)}.`.replace("..", ".");
}
