import { Button, Heading, Lead, LinkButton, Num, PlainList, Row, Soft, Stack, Strong, Tag, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { Line } from "../../../../../platform/ui/board.tsx";
import { Field, Form, Select } from "../../../../../platform/ui/fields.tsx";
import { FormColumn } from "../../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { dayName } from "../../in-words/rules.ts";
import type { Facilitator } from "../../types.ts";
import { mend, ToMend, type Again } from "../../views/mend.tsx";
import { say } from "../../words.ts";

/** Who leads groups, and who was trained on which day. */
export function TrainingPage({ staffed, staff, problems, typed }: Again & { readonly staffed: Staffed; readonly staff: readonly Facilitator[] }) {
  const { language } = staffed.visit;
  const t = say(language);
  const problem = mend(language, problems);
  return (
    <StaffPage staffed={staffed} title={t("training")} current="groups">
      <Stack gap={24}>
        <ToMend {...{ language, problems }} />
        <Title>{t("training")}</Title>
        <Lead>{t("trainingLead")}</Lead>
        {staff.length === 0 ? <Text>{t("trainingEmpty")}</Text> : null}
        <PlainList label={t("training")}>
          {staff.map(({ id, name, trainedOn }) => (
            <Line key={id} mark={!trainedOn}>
              <Row>
                <Strong>{name}</Strong>
                {trainedOn ? null : <Tag tone="lamp">{t("notYet")}</Tag>}
              </Row>
              {trainedOn ? (
                <Soft>
                  <Num>{t("trainedOn", { day: dayName(trainedOn, language) })}</Num>
                </Soft>
              ) : null}
            </Line>
          ))}
        </PlainList>
        {staff.length > 0 ? (
          <FormColumn>
            <Heading>{t("trainingRecord")}</Heading>
            <Form action="/evenings/training">
              <Select name="member" label={t("trainingWho")} problem={problem("member")} typed={typed} choices={[["", "–"], ...staff.map(({ id, name }) => [id, name] as const)]} />
              <Field name="on" type="date" label={t("trainingOn")} problem={problem("on")} typed={typed} required />
              <Button>{t("trainingSave")}</Button>
            </Form>
          </FormColumn>
        ) : null}
        <LinkButton href="/evenings" tone="quiet" icon="back">
          {t("backToGroups")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}
