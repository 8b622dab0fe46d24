import type { Language } from "../../../../platform/i18n/words.ts";
import { Choices, Field, Select, type Choice } from "../../../../platform/ui/fields.tsx";
import { FieldRow } from "../../../../platform/ui/parts.tsx";
import { weekdays } from "../../types.ts";
import { weekdayInWords } from "../in-words/rules.ts";
import { everies } from "../rules.ts";
import { say } from "../words.ts";
import { mend, type Again } from "./mend.tsx";

const zones: readonly Choice[] = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])].map((zone) => [zone, zone.replaceAll("_", " ")] as const);

/** When a group meets: proposed, or changed from now on. `running`: it meets already. */
export function PlanFields({ language, problems, typed, zone, running }: Again & { language: Language; zone: string; running?: boolean }) {
  const t = say(language);
  const problem = mend(language, problems);
  return (
    <>
      <Choices name="every" label={t("every")} problem={problem("every")} typed={typed} value="week" choices={everies.map((every): Choice => (every === "week" || every === "second" ? [every, t(`every_${every}`)] : [every, t(`every_${every}`), t(`every_${every}Hint`)]))} />
      <Choices name="days" label={t("days")} hint={t("daysHint")} problem={problem("days")} typed={typed} choices={weekdays.map((day) => [day, weekdayInWords(day, language)] as const)} several />
      <FieldRow>
        <Field name="starts" type="date" label={t("starts")} hint={t(running ? "startsHintRunning" : "startsHint")} problem={problem("starts")} typed={typed} required />
        <Field name="at" type="time" label={t("at")} hint={t("atHint")} problem={problem("at")} typed={typed} value="19:00" required />
      </FieldRow>
      <Select name="zone" label={t("zone")} hint={t("zoneHint")} problem={problem("zone")} typed={typed} value={zone} choices={zones} />
      <Field name="minutes" type="number" inputmode="numeric" label={t("minutes")} hint={t("minutesHint")} problem={problem("minutes")} typed={typed} value="90" min={15} max={240} required />
      <FieldRow>
        <Field name="until" type="date" label={t("until")} hint={t("untilHint")} problem={problem("until")} typed={typed} />
        <Field name="count" type="number" inputmode="numeric" label={t("count")} hint={t("countHint")} problem={problem("count")} typed={typed} min={1} max={500} />
      </FieldRow>
    </>
  );
}
