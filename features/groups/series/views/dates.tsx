import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import { Bullets, Num, Notice, Soft, Strong, Text } from "../../../../platform/ui/basics.tsx";
import type { Plan, Planned } from "../../types.ts";
import { dayName, wallTime, zoneLong } from "../in-words/rules.ts";
import { oddNights, onTheClock, wallOf } from "../rules.ts";
import { say } from "../words.ts";

type DatesProps = { readonly plan: Plan; readonly next: readonly Planned[]; readonly now: Instant; readonly language: Language };

/** The next meetings of a plan in words, in its own zone, and the nights on which its hour is not what it says. */
export function Dates({ plan, next, now, language }: DatesProps) {
  const t = say(language);
  const odd = oddNights(plan, now).filter(({ day }) => !next.some((one) => one.day.equals(day)));
  return (
    <>
      <Strong>{t("nextTimes", { count: next.length })}</Strong>
      <Bullets>
        {next.map((one) => (
          <li key={one.day.toString()}>
            <Num>{dayAndTime(one.starts, plan.zone, language)}</Num>
            <Oddly {...{ plan, language }} day={one.day} starts={one.starts} />
          </li>
        ))}
      </Bullets>
      <Soft>{t("timesIn", { zone: zoneLong(plan.zone, language, now) })}</Soft>
      {odd.length > 0 ? (
        <Notice>
          <Text>{t("oddLater")}</Text>
          <Bullets>
            {odd.map(({ day, starts }) => (
              <li key={day.toString()}>
                <Num>{dayName(day, language)}</Num>
                <Oddly {...{ plan, language, day, starts }} />
              </li>
            ))}
          </Bullets>
        </Notice>
      ) : null}
    </>
  );
}

/** What the clocks do that night, where they do something to this hour. */
function Oddly({ plan, day, starts, language }: { plan: Plan; day: Temporal.PlainDate; starts: Instant; language: Language }) {
  const { on, at } = wallOf(plan, day);
  const clock = onTheClock(on, at, plan.zone);
  if (clock === "once") return null;
  const begins = starts.toZonedDateTimeISO(plan.zone).toPlainTime();
  return <Soft>{say(language)(`clock_${clock}`, { at: wallTime(at, language), begins: wallTime(begins, language) })}</Soft>;
}
