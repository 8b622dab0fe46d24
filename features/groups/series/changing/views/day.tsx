import type { Instant } from "../../../../../platform/time/time.ts";
import { Button, Card, Heading, LinkButton, Notice, Num, Soft, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { ActForm, Choices, Field, Form } from "../../../../../platform/ui/fields.tsx";
import { FieldRow, FormColumn } from "../../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { cancelReasons, type Series, type Session } from "../../../types.ts";
import { dayName, planInWords, wallTime, whenInWords, zoneLong } from "../../in-words/rules.ts";
import { wallOf } from "../../rules.ts";
import type { Leading } from "../../types.ts";
import { mend, ToMend, type Again } from "../../views/mend.tsx";
import { say } from "../../words.ts";

type DayProps = Again & {
  readonly staffed: Staffed;
  readonly series: Series;
  readonly day: Temporal.PlainDate;
  /** Where the meeting of this day was written down already. */
  readonly session: (Session & Leading) | undefined;
  readonly now: Instant;
  readonly refused?: string | undefined;
};

const skipReasons = ["holiday", "facilitator", "other"] as const;

/** One meeting: elsewhere, left out, or back. */
export function DayPage({ staffed, series, day, session, now, refused, problems, typed }: DayProps) {
  const { visit: { language }, member } = staffed;
  const t = say(language);
  const { plan } = series;
  const problem = mend(language, problems);
  const [skipped, moved] = [plan.skipped?.has(day.toString()) === true, plan.moved?.has(day.toString()) === true];
  const out = skipped || session?.cancelledAt !== undefined;
  const path = `/evenings/series/${series.id}/days/${day.toString()}`;
  const { on, at } = wallOf(plan, day);
  const title = t("dayTitle", { name: series.kind.name[language], day: dayName(day, language) });
  return (
    <StaffPage staffed={staffed} title={title} current="groups">
      <FormColumn>
        <ToMend {...{ language, problems }} />
        <Title small>
          <Num>{title}</Num>
        </Title>
        {refused ? <Notice tone="attention">{refused}</Notice> : null}
        <Card>
          <Text>
            <Num>{session ? whenInWords(session, member.zone, language) : t("dayPlanned", { day: dayName(on, language), at: wallTime(at, language), zone: zoneLong(plan.zone, language, now) })}</Num>
          </Text>
          {out ? <Text>{t("dayOut")}</Text> : null}
          {moved ? <Text>{t("dayMoved", { day: dayName(day, language) })}</Text> : null}
          {session && !out ? <Soft>{session.leaders.length === 0 ? t("ledByNobody") : t("ledBy", { names: new Intl.ListFormat(language).format(session.leaders.map(({ name }) => name)) })}</Soft> : null}
          <Soft>
            <Num>{planInWords(plan, language, now)}</Num>
          </Soft>
        </Card>
        {session && !out ? (
          <LinkButton href={`/evenings/${session.id}/message`} tone="plain" icon="message">
            {t("writeToSeats")}
          </LinkButton>
        ) : null}
        {out || moved ? (
          <ActForm action={`${path}/back`}>
            <Button>{t(out ? "bringBack" : "moveBack")}</Button>
          </ActForm>
        ) : null}
        {out ? <Soft>{t("bringBackHint")}</Soft> : null}
        {out ? null : (
          <>
            <Heading>{t("moveTitle")}</Heading>
            <Text>{t("moveText")}</Text>
            <Form action={`${path}/move`}>
              <FieldRow>
                <Field name="on" type="date" label={t("moveOn")} problem={problem("on")} typed={typed} value={on.toString()} required />
                <Field name="at" type="time" label={t("moveAt")} problem={problem("at")} typed={typed} value={at.toString().slice(0, 5)} required />
              </FieldRow>
              <Soft>{t("timesIn", { zone: zoneLong(plan.zone, language, now) })}</Soft>
              <Button tone="plain">{t("moveDo")}</Button>
            </Form>
            <Heading>{t("outTitle")}</Heading>
            <Text>{t(session ? "outText" : "outTextLater")}</Text>
            <Form action={session ? `/evenings/${session.id}/cancel` : `${path}/skip`}>
              <Choices name="reason" label={t("reason")} problem={problem("reason")} typed={typed} choices={(session ? cancelReasons : skipReasons).map((one) => [one, t(`reason_${one}`)] as const)} />
              <Button tone="plain">{t("outDo")}</Button>
            </Form>
          </>
        )}
        <LinkButton href={`/evenings/series/${series.id}`} tone="quiet" icon="back">
          {t("backToGroup")}
        </LinkButton>
      </FormColumn>
    </StaffPage>
  );
}
