import type { Problems, Typed } from "../../../../platform/http/form.ts";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import { Button, Card, Details, Link, PlainList, Row, Soft, Strong, Tag, Text } from "../../../../platform/ui/basics.tsx";
import { Area, Choices, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { FieldRow } from "../../../../platform/ui/parts.tsx";
import type { Staffed } from "../../../../platform/ui/staff-page.tsx";
import { classIds } from "../../types.ts";
import { PaperPage } from "../../views/paper.tsx";
import { say, type PrivacyKey } from "../../words.ts";
import { breachKinds, type Breach } from "../types.ts";

type Props = { staffed: Staffed; breaches: readonly Breach[]; now: Instant; formKey: string; problems?: Problems; typed?: Typed };

/** All that was written down, and the way to write something down. */
export function Breaches(props: Props) {
  const { staffed, breaches, problems = {} } = props;
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <PaperPage staffed={staffed} paper="breachesTitle">
      <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as PrivacyKey)])} />
      {breaches.length === 0 ? (
        <Text>{t("breachesNone")}</Text>
      ) : (
        <PlainList label={t("breachesTitle")}>
          {breaches.map(({ id, kind, classes, knownAt, closed }) => (
            <li key={id}>
              <Card>
                <Row spread>
                  <Strong>
                    <Link href={`/privacy/breaches/${id}`}>{t(`kind_${kind}`)}</Link>
                  </Strong>
                  <Tag tone={closed ? "done" : "lamp"}>{t(closed ? "breachClosed" : "breachOpen")}</Tag>
                </Row>
                <Soft>
                  {dayAndTime(knownAt, staffed.member.zone, language)} · {new Intl.ListFormat(language).format(classes.map((one) => t(`name_${one}`)))}
                </Soft>
              </Card>
            </li>
          ))}
        </PlainList>
      )}
      <Details summary={t("breachNew")} open={Object.keys(problems).length > 0}>
        <NewBreach {...props} />
      </Details>
    </PaperPage>
  );
}

function NewBreach({ staffed: { visit, member }, now, formKey, problems = {}, typed }: Props) {
  const t = say(visit.language);
  const problem = (field: string) => problems[field] && t(problems[field] as PrivacyKey);
  const here = now.toZonedDateTimeISO(member.zone);
  const day = (name: "fromOn" | "untilOn" | "knownOn", label: PrivacyKey) => <Field name={name} label={t(label)} type="date" problem={problem(name)} typed={typed} value={here.toPlainDate().toString()} required />;
  return (
    <Form action="/privacy/breaches">
      <Carried name="key" value={formKey} />
      <Choices name="kind" label={t("breachKind")} problem={problem("kind")} typed={typed} choices={breachKinds.map((kind) => [kind, t(`kind_${kind}`)] as const)} />
      <FieldRow>
        {day("fromOn", "breachFrom")}
        {day("untilOn", "breachUntil")}
      </FieldRow>
      <FieldRow>
        {day("knownOn", "breachKnownOn")}
        <Field name="knownAt" label={t("breachKnownAt")} type="time" problem={problem("knownAt")} typed={typed} value={clockOf24(here)} required />
      </FieldRow>
      <Choices name="classes" label={t("breachClasses")} problem={problem("classes")} typed={typed} choices={classIds.map((id) => [id, t(`name_${id}`), t(`what_${id}`)] as const)} several />
      <Area name="what" label={t("breachWhat")} hint={t("breachWhatHint")} problem={problem("what")} typed={typed} required />
      <Button>{t("breachSave")}</Button>
    </Form>
  );
}

/** As a field of the type "time" takes it. */
const clockOf24 = (at: Temporal.ZonedDateTime): string => at.toPlainTime().toString({ smallestUnit: "minute" });
