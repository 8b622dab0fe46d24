import type { Problems, Typed } from "../../../../platform/http/form.ts";
import { languages } from "../../../../platform/i18n/words.ts";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import { Button, Card, Details, Facts, Heading, LinkButton, Notice, Num, PlainList, Preline, Row, Soft, Stack, Strong, Tag, Text } from "../../../../platform/ui/basics.tsx";
import { ActForm, Area, ErrorSummary, Form, Select } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import type { Staffed } from "../../../../platform/ui/staff-page.tsx";
import type { Network } from "../../../network/types.ts";
import { persons } from "../../trails/rules.ts";
import { PaperPage } from "../../views/paper.tsx";
import { say, type PrivacyKey } from "../../words.ts";
import { daysOf, noticeIn } from "../in-words/rules.ts";
import type { noticesOf } from "../notices/queries.ts";
import type { BreachClock } from "../rules.ts";
import { stepsByHand, type Affected, type WholeBreach } from "../types.ts";

type Props = { staffed: Staffed; breach: WholeBreach; affected: Affected; notices: Awaited<ReturnType<typeof noticesOf>>; clocks: readonly BreachClock[]; network: Network | undefined; formKey: string; problems?: Problems; typed?: Typed };

/** One breach: what happened, which clocks run, whom it touched, what was done, and a notice to start from. */
export function BreachPage(props: Props) {
  const { staffed, breach, notices, problems = {} } = props;
  const { language } = staffed.visit;
  const t = say(language);
  const asWritten = breach.asWritten && notices.asWritten;
  const time = (at: Instant) => dayAndTime(at, staffed.member.zone, language);
  return (
    <PaperPage staffed={staffed} paper="breachesTitle" back={["/privacy/breaches", "breachesBack"]}>
      <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as PrivacyKey)])} />
      <Card>
        <Heading>{t(`kind_${breach.kind}`)}</Heading>
        <Preline>{breach.what}</Preline>
        <Facts
          rows={[
            [t("breachClasses"), new Intl.ListFormat(language).format(breach.classes.map((id) => t(`name_${id}`)))],
            [t("breachWhen"), t("breachFromTo", daysOf(language, breach, staffed.member.zone))],
            [t("breachKnown"), time(breach.knownAt)],
          ]}
        />
        <Soft>{t("breachRecorded", { name: breach.recordedBy, at: time(breach.recordedAt) })}</Soft>
      </Card>
      <Notice tone={asWritten ? "calm" : "attention"}>{t(asWritten ? "breachAsWritten" : "breachNotAsWritten")}</Notice>
      <Clocks {...props} />
      <Whom {...props} />
      <Done {...props} />
      <Notices {...props} />
    </PaperPage>
  );
}

function Clocks({ staffed: { visit, member }, clocks }: Props) {
  const t = say(visit.language);
  return (
    <Card>
      <Heading>{t("clocksTitle")}</Heading>
      <Soft>{t("clocksLead")}</Soft>
      <PlainList label={t("clocksTitle")}>
        {clocks.map(({ law, stands, dueAt }) => (
          <li key={law}>
            <Stack gap={8}>
              <Text>{t(`law_${law}`)}</Text>
              <Tag tone={({ open: "lamp", late: "urgent", done: "done", doneLate: "plain" } as const)[stands]}>{t(`clock_${stands}`, { due: dayAndTime(dueAt, member.zone, visit.language) })}</Tag>
            </Stack>
          </li>
        ))}
      </PlainList>
    </Card>
  );
}

function Whom({ staffed: { visit }, breach, affected }: Props) {
  const t = say(visit.language);
  return (
    <Card>
      <Heading>{t("affectedTitle")}</Heading>
      <Soft>{t("affectedLead")}</Soft>
      <Facts rows={persons.map((person) => [t(`person_${person}`), <Num>{affected[person]}</Num>] as const)} />
      <ActForm action={`/privacy/breaches/${breach.id}/people`}>
        <Button tone="plain">{t("affectedFile")}</Button>
      </ActForm>
      <Soft>{t("affectedFileHint")}</Soft>
    </Card>
  );
}

function Done({ staffed: { visit, member }, breach, formKey, problems = {}, typed }: Props) {
  const t = say(visit.language);
  const problem = (field: string) => problems[field] && t(problems[field] as PrivacyKey);
  return (
    <Card>
      <Heading>{t("stepsTitle")}</Heading>
      {breach.steps.length === 0 ? <Text>{t("stepsNone")}</Text> : null}
      {breach.steps.map(({ id, step, words, by, at }) => (
        <Stack key={id} gap={8}>
          <Strong>{t(`step_${step}`)}</Strong>
          {words ? <Preline>{words}</Preline> : null}
          <Soft>
            {by} · {dayAndTime(at, member.zone, visit.language)}
          </Soft>
        </Stack>
      ))}
      <Form action={`/privacy/breaches/${breach.id}/steps`}>
        <Carried name="key" value={formKey} />
        <Select name="step" label={t("stepWhat")} problem={problem("step")} typed={typed} choices={stepsByHand.map((step) => [step, t(`step_${step}`)] as const)} />
        <Area name="words" label={t("stepWords")} problem={problem("words")} typed={typed} />
        <Button>{t("stepSave")}</Button>
      </Form>
    </Card>
  );
}

function Notices({ staffed: { visit, member }, breach, notices, network }: Props) {
  const t = say(visit.language);
  return (
    <Stack gap={24}>
      <Card>
        <Heading>{t("tellTitle")}</Heading>
        <Soft>{t("tellHere")}</Soft>
        {notices.told.map(({ id, by, at, people, read }) => (
          <Text key={id}>
            <Num>{t("tellTold", { at: dayAndTime(at, member.zone, visit.language), by, people, read })}</Num>
          </Text>
        ))}
        <Row>
          <LinkButton href={`/privacy/breaches/${breach.id}/notice`} tone="plain">
            {t("tellWrite")}
          </LinkButton>
        </Row>
      </Card>
      <Heading>{t("noticeTitle")}</Heading>
      <Soft>{t("noticeLead")}</Soft>
      {languages.map((language) => (
        <Details key={language} summary={t(`in_${language}`)}>
          <div lang={language}>
            <Preline>{noticeIn(language, breach, network).join("\n\n")}</Preline>
          </div>
        </Details>
      ))}
    </Stack>
  );
}
