import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { ConversationId } from "../../../../platform/http/scope.ts";
import { Button, Hush, Lead, LinkButton, Row, Soft, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../platform/ui/board.tsx";
import { Area, Check, Choices, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { feelings } from "../../types.ts";
import { say } from "../words.ts";

type Key = Parameters<ReturnType<typeof say>>[0];
type DebriefProps = { readonly staffed: Staffed; readonly id: ConversationId; readonly problems?: Problems | undefined; readonly typed?: Typed | undefined };

/** After a hard one: a minute for the volunteer. */
export function DebriefPage({ staffed, id, problems = {}, typed }: DebriefProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const problem = (field: string) => (problems[field] ? t(problems[field] as Key) : undefined);
  return (
    <StaffPage staffed={staffed} title={t("debriefTitle")} current="desk">
      <Measure>
        <Title>{t("debriefTitle")}</Title>
        <Lead>{t("debriefIntro")}</Lead>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as Key)] as const)} />
        <Form action={`/desk/debrief/${id}`}>
          <Choices name="how" label={t("how")} problem={problem("how")} typed={typed} choices={feelings.map((feeling) => [feeling, t(feeling)] as const)} />
          <Area name="words" label={t("words")} hint={t("wordsHint")} problem={problem("words")} typed={typed} />
          <Check name="wantsTalk" label={t("wantsTalk")} hint={t("wantsTalkHint")} checked={typed?.["wantsTalk"] !== undefined} />
          <Soft>{t("debriefPrivate")}</Soft>
          <Row>
            <Button>{t("keep")}</Button>
            <LinkButton href="/desk/thank-you" tone="quiet">
              {t("skip")}
            </LinkButton>
          </Row>
        </Form>
      </Measure>
    </StaffPage>
  );
}

/** Between two conversations. */
export function ThankYouPage({ staffed, talk }: { staffed: Staffed; talk: boolean }) {
  const t = say(staffed.visit.language);
  return (
    <StaffPage staffed={staffed} title={t("thanksTitle")} current="desk">
      <Measure>
        <Title>{t("thanksTitle")}</Title>
        <Lead>{t("thanksBody")}</Lead>
        {talk ? (
          <Hush>
            <Text>{t("thanksTalk")}</Text>
          </Hush>
        ) : null}
        <Text>{t("thanksPause")}</Text>
        <LinkButton href="/desk">{t("toDesk")}</LinkButton>
      </Measure>
    </StaffPage>
  );
}
