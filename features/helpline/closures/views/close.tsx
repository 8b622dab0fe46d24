import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { ConversationId } from "../../../../platform/http/scope.ts";
import { Button, Card, LinkButton, Notice, Row, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../platform/ui/board.tsx";
import { Check, Choices, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { dayAndTime } from "../../../../platform/time/time.ts";
import { outcomes, reasons } from "../../types.ts";
import type { Closing } from "../queries.ts";
import { say } from "../words.ts";

export type CloseProps = {
  readonly staffed: Staffed;
  readonly id: ConversationId;
  readonly closing: Closing;
  readonly refused?: "noAnswerYet" | "concernOpen" | "notYours" | "closedBySomeone" | undefined;
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

type Key = Parameters<ReturnType<typeof say>>[0];

/** How it ended; one act that ends it and notes it. */
export function ClosePage({ staffed, id, closing, refused, problems = {}, typed }: CloseProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const problem = (field: string) => (problems[field] ? t(problems[field] as Key) : undefined);
  const first = refused ?? (closing.openConcern ? "concernOpen" : undefined);
  return (
    <StaffPage staffed={staffed} title={t("title")} current="desk">
      <Measure>
        <Title>{t("title")}</Title>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as Key)] as const)} />
        {first ? (
          <Notice tone="attention">
            <Text>{t(first)}</Text>
            {first === "concernOpen" ? <LinkButton href={`/desk/conversations/${id}/concern`}>{t("toConcern")}</LinkButton> : <LinkButton href="/desk">{t("toDesk")}</LinkButton>}
          </Notice>
        ) : (
          <Text>{t(closing.endedAt ? "introEnded" : "intro")}</Text>
        )}
        {refused && refused !== "concernOpen" ? null : (
          <Form action={`/desk/conversations/${id}/close`}>
            <Choices name="outcome" label={t("outcome")} problem={problem("outcome")} typed={typed} choices={outcomes.map((outcome) => [outcome, t(outcome)] as const)} />
            <Choices several name="reasons" label={t("reasons")} hint={t("reasonsHint")} problem={problem("reasons")} typed={typed} choices={reasons.map((reason) => [reason, t(reason)] as const)} />
            <FollowUp {...{ staffed, closing, typed }} problem={problem("followUpOn")} />
            <Row>
              <Button icon="check">{t(closing.endedAt ? "note" : "close")}</Button>
              {closing.endedAt ? null : (
                <LinkButton href={`/desk/conversations/${id}`} tone="quiet" icon="back">
                  {t("back")}
                </LinkButton>
              )}
            </Row>
          </Form>
        )}
      </Measure>
    </StaffPage>
  );
}

function FollowUp({ staffed: { visit, member: { zone } }, closing: { contact }, typed, problem }: Pick<CloseProps, "staffed" | "closing" | "typed"> & { problem: string | undefined }) {
  const t = say(visit.language);
  if (!contact) return <Soft>{t("followUpNeedsContact")}</Soft>;
  const hint = contact.dueAt ? `${t("followUpHint")} ${t("followUpReplaces", { time: dayAndTime(contact.dueAt, zone, visit.language) })}` : t("followUpHint");
  return (
    <Card>
      <Stack gap={8}>
        <Check name="followUp" label={t("followUp")} checked={typed?.["followUp"] !== undefined} />
        <Field name="followUpOn" type="date" label={t("followUpOn")} hint={hint} problem={problem} typed={typed} />
      </Stack>
    </Card>
  );
}
