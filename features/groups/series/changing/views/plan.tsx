import type { Typed } from "../../../../../platform/http/form.ts";
import { clockTime, dayAndTime, type Instant } from "../../../../../platform/time/time.ts";
import { Bullets, Button, Card, Heading, Lead, LinkButton, Num, Soft, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { Form } from "../../../../../platform/ui/fields.tsx";
import { FormColumn } from "../../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import type { Plan, Planned, Series } from "../../../types.ts";
import { planInWords, zoneLong } from "../../in-words/rules.ts";
import type { PlanChange } from "../../types.ts";
import { Dates } from "../../views/dates.tsx";
import { CarriedOn, ToMend, type Again } from "../../views/mend.tsx";
import { PlanFields } from "../../views/plan-fields.tsx";
import { say } from "../../words.ts";

type PlanProps = Again & { readonly staffed: Staffed; readonly series: Series; readonly now: Instant };

/** Another plan from now on. */
export function PlanPage({ staffed, series, now, problems, typed }: PlanProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const path = `/evenings/series/${series.id}`;
  return (
    <StaffPage staffed={staffed} title={t("planTitle")} current="groups">
      <FormColumn>
        <ToMend {...{ language, problems }} />
        <Title>{t("planTitle")}</Title>
        <Lead>{t("planLead")}</Lead>
        <Soft>
          <Num>{t("planNow", { plan: planInWords(series.plan, language, now) })}</Num>
        </Soft>
        <Form action={`${path}/plan/check`}>
          <PlanFields {...{ language, problems, typed }} zone={series.plan.zone} running />
          <Button>{t("toCheck")}</Button>
        </Form>
        <LinkButton href={path} tone="quiet" icon="back">
          {t("backToGroup")}
        </LinkButton>
      </FormColumn>
    </StaffPage>
  );
}

type PlanCheckProps = { readonly staffed: Staffed; readonly series: Series; readonly plan: Plan; readonly next: readonly Planned[]; readonly change: PlanChange; readonly typed: Typed; readonly now: Instant };

const sameDay = (a: Instant, b: Instant, zone: string): boolean => a.toZonedDateTimeISO(zone).toPlainDate().equals(b.toZonedDateTimeISO(zone).toPlainDate());

/** What becomes of the meetings that people know of, before it is so. */
export function PlanCheck({ staffed, series, plan, next, change: { moved, gone }, typed, now }: PlanCheckProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const path = `/evenings/series/${series.id}/plan`;
  return (
    <StaffPage staffed={staffed} title={t("planCheckTitle")} current="groups">
      <FormColumn>
        <Title>{t("planCheckTitle")}</Title>
        <Card>
          <Heading>{t("whenItMeets")}</Heading>
          <Dates {...{ plan, next, now, language }} />
        </Card>
        {moved.length + gone.length === 0 ? <Text>{t("planNothing")}</Text> : null}
        {moved.length > 0 ? (
          <Card>
            <Heading>{t("planMoved", { count: moved.length })}</Heading>
            <Bullets>
              {moved.map(({ from, to }) => (
                <li key={from.toString()}>
                  <Num>{t("fromTo", { from: dayAndTime(from, plan.zone, language), to: (sameDay(from, to, plan.zone) ? clockTime : dayAndTime)(to, plan.zone, language) })}</Num>
                </li>
              ))}
            </Bullets>
            <Soft>{t("planMovedText")}</Soft>
            <Soft>{t("timesIn", { zone: zoneLong(plan.zone, language, now) })}</Soft>
          </Card>
        ) : null}
        {gone.length > 0 ? (
          <Card>
            <Heading>{t("planGone", { count: gone.length })}</Heading>
            <Bullets>
              {gone.map((from) => (
                <li key={from.toString()}>
                  <Num>{dayAndTime(from, plan.zone, language)}</Num>
                </li>
              ))}
            </Bullets>
            <Soft>{t("planGoneText")}</Soft>
          </Card>
        ) : null}
        <Form action={path}>
          <CarriedOn typed={typed} />
          <Button>{t("planDo")}</Button>
        </Form>
        <Form action={`${path}/again`}>
          <CarriedOn typed={typed} />
          <Button tone="plain">{t("changeSomething")}</Button>
        </Form>
      </FormColumn>
    </StaffPage>
  );
}
