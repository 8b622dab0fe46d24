import { Button, Columns, Heading, Notice, Num, Soft, Stack, Text, Unseen } from "../../../../platform/ui/basics.tsx";
import { ActForm, Check, Choices, Field, Form } from "../../../../platform/ui/fields.tsx";
import { ActList, ActRow, FieldRow, RowHeading } from "../../../../platform/ui/parts.tsx";
import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime, zoneName, type Instant } from "../../../../platform/time/time.ts";
import type { ListedSpan } from "../../hours/queries.ts";
import { isOpen, nextOpening } from "../../hours/rules.ts";
import type { Exception } from "../../hours/types.ts";
import { mend } from "../../views/network-fields.tsx";
import { say } from "../../words.ts";
import { Frame, type SettingsProps } from "./frame.tsx";

type HoursProps = SettingsProps & { hours: readonly ListedSpan[]; exceptions: readonly Exception[]; now: Instant };
const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;

/** The usual week and the days that differ, each span with its removal, and what they make of this moment. */
export function HoursSettings(props: HoursProps) {
  const { visit, network, hours, exceptions, now } = props;
  const t = say(visit.language);
  return (
    <Frame {...props} part="settingsHours">
      <Text>{t("hoursLead")}</Text>
      <Soft>{t("hoursZone", { zone: zoneName(network.zone, visit.language, now) })}</Soft>
      <Moment {...props} />
      <Columns even>
        <Stack gap={24}>
          <Week hours={hours} language={visit.language} />
          <AddHours {...props} />
        </Stack>
        <Stack gap={24}>
          <Heading>{t("exceptionsHeading")}</Heading>
          <Text>{t("exceptionsLead")}</Text>
          <Exceptions exceptions={exceptions} language={visit.language} />
          <AddException {...props} />
        </Stack>
      </Columns>
    </Frame>
  );
}

function Moment({ visit: { language }, network: { zone }, hours, exceptions, now, refused }: HoursProps) {
  const t = say(language);
  if (refused) return <Notice tone="attention">{t(refused)}</Notice>;
  const next = nextOpening(hours, exceptions, zone, now);
  if (!next) return <Notice>{t("hoursNone")}</Notice>;
  return <Notice>{isOpen(hours, exceptions, zone, now) ? t("openNow") : <Num>{t("nextOpen", { time: dayAndTime(next, zone, language) })}</Num>}</Notice>;
}

type Times = { opens: Temporal.PlainTime; closes: Temporal.PlainTime };

function spanInWords({ opens, closes }: Times, language: Language): string {
  const time = (at: Temporal.PlainTime) => at.toLocaleString(language === "es" ? "es-419" : "en-US", { hour: "numeric", minute: "2-digit" });
  const overnight = Temporal.PlainTime.compare(closes, opens) <= 0;
  return say(language)(overnight ? "spanOvernight" : "span", { opens: time(opens), closes: time(closes) });
}

function Week({ hours, language }: { hours: readonly ListedSpan[]; language: Language }) {
  const t = say(language);
  if (hours.length === 0) return null;
  const days = weekdays.map((day) => ({ day: t(`day${day}`), spans: hours.filter(({ weekday }) => String(weekday) === day) })).filter(({ spans }) => spans.length > 0);
  return (
    <ActList label={t("settingsHours")}>
      {days.flatMap(({ day, spans }) => [
        <RowHeading key={day}>{day}</RowHeading>,
        ...spans.map((span) => {
          const words = spanInWords(span, language);
          return (
            <ActRow key={span.id} act={<Remove action={`/settings/hours/${span.id}/removal`} label={t("spanRemove", { day, span: words })} shown={t("remove")} />}>
              {words}
            </ActRow>
          );
        }),
      ])}
    </ActList>
  );
}

function Exceptions({ exceptions, language }: { exceptions: readonly Exception[]; language: Language }) {
  const t = say(language);
  if (exceptions.length === 0) return <Soft>{t("exceptionsNone")}</Soft>;
  const named = (day: Temporal.PlainDate) => day.toLocaleString(language === "es" ? "es-419" : "en-US", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return (
    <ActList label={t("exceptionsHeading")}>
      {exceptions.map(({ onDay, hours }) => (
        <ActRow key={onDay.toString()} act={<Remove action={`/settings/exceptions/${onDay}/removal`} label={t("exceptionRemove", { day: named(onDay) })} shown={t("remove")} />}>
          {named(onDay)}: {hours ? spanInWords(hours, language) : t("closedDay")}
        </ActRow>
      ))}
    </ActList>
  );
}

/** Says "Remove", and to a screen reader what. */
const Remove = ({ action, label, shown }: { action: string; label: string; shown: string }) => (
  <ActForm action={action}>
    <Button tone="quiet">
      <span aria-hidden="true">{shown}</span>
      <Unseen>{label}</Unseen>
    </Button>
  </ActForm>
);

function AddHours({ visit: { language }, typed, problems = {} }: HoursProps) {
  const t = say(language);
  const problem = mend(language, problems);
  return (
    <Form action="/settings/hours">
      <Heading>{t("hoursAdd")}</Heading>
      <Choices name="days" label={t("hoursDays")} problem={problem("days")} typed={typed} choices={weekdays.map((day) => [day, t(`day${day}`)] as const)} several />
      <FieldRow>
        <Field name="opens" label={t("opens")} type="time" problem={problem("opens")} typed={typed} />
        <Field name="closes" label={t("closes")} type="time" problem={problem("closes")} typed={typed} />
      </FieldRow>
      <Soft>{t("closesHint")}</Soft>
      <Button tone="plain">{t("hoursAddButton")}</Button>
    </Form>
  );
}

function AddException({ visit: { language }, typed, problems = {} }: HoursProps) {
  const t = say(language);
  const problem = mend(language, problems);
  return (
    <Form action="/settings/exceptions">
      <Field name="onDay" label={t("exceptionDay")} type="date" problem={problem("onDay")} typed={typed} />
      <Check name="closed" label={t("exceptionClosed")} hint={t("exceptionHint")} checked={typed?.["closed"] !== undefined} />
      <FieldRow>
        <Field name="exceptionOpens" label={t("opens")} type="time" problem={problem("exceptionOpens")} typed={typed} />
        <Field name="exceptionCloses" label={t("closes")} type="time" problem={problem("exceptionCloses")} typed={typed} />
      </FieldRow>
      <Button tone="plain">{t("exceptionButton")}</Button>
    </Form>
  );
}
