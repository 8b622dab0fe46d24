import { typedText, type Problems, type Typed } from "../../../../../platform/http/form.ts";
import { Button, Card, Columns, Lead, LinkButton, Num, PlainList, Row, Soft, Stack, Strong, Text, Title, Unseen } from "../../../../../platform/ui/basics.tsx";
import { Line } from "../../../../../platform/ui/board.tsx";
import { ActForm, ErrorSummary, Field, Form, Select } from "../../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { dayAndTime } from "../../../../../platform/time/time.ts";
import type { AuditRow } from "../../types.ts";
import { keyFor, say, type BoardKey } from "../../words.ts";

export type AuditProps = {
  readonly staffed: Staffed;
  readonly rows: readonly AuditRow[];
  /** Where the older ones begin; undefined on the last page. */
  readonly next: number | undefined;
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

/** Who did or opened what. */
export function AuditPage({ staffed, rows, next, members, problems = {}, typed }: AuditProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const problem = problems["conversation"] ? t(problems["conversation"] as BoardKey) : undefined;
  const older = { member: typedText(typed, "member"), conversation: typedText(typed, "conversation"), before: String(next) };
  return (
    <StaffPage staffed={staffed} title={t("auditTitle")} current="board">
      <Stack gap={24}>
        <Title>{t("auditTitle")}</Title>
        <Text>{t("auditIntro")}</Text>
        <ErrorSummary language={language} problems={problem ? [["conversation", problem]] : []} />
        <Card>
          <Form action="/board/audit">
            <Columns even>
              <Select name="member" label={t("auditMember")} typed={typed} choices={[["", t("auditEveryone")], ...members.map(({ id, name }) => [id, name] as const)]} />
              <Field name="conversation" label={t("auditConversation")} hint={t("auditConversationHint")} problem={problem} typed={typed} maxLength={40} />
            </Columns>
            <Row>
              <Button icon="search">{t("auditShow")}</Button>
              {typed ? (
                <LinkButton href="/board/audit" tone="quiet">
                  {t("auditAll")}
                </LinkButton>
              ) : null}
            </Row>
          </Form>
        </Card>
        {rows.length === 0 ? (
          <Lead>{t("auditEmpty")}</Lead>
        ) : (
          <PlainList label={t("auditCaption")}>
            {rows.map((row) => (
              <AuditLine key={row.id} {...{ staffed, row }} />
            ))}
          </PlainList>
        )}
        {next ? (
          <ActForm action="/board/audit" fields={older}>
            <Button tone="plain">{t("auditOlder")}</Button>
          </ActForm>
        ) : null}
        <LinkButton href="/board" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}

function AuditLine({ staffed: { visit, member: { zone } }, row }: { staffed: Staffed; row: AuditRow }) {
  const t = say(visit.language);
  const said = (kind: "act" | "kind" | "reason", name: string) => {
    const key = keyFor(kind, name);
    // A newer part of the program may write an act that has no sentence here yet: its own name is shown.
    return key ? t(key) : name.replaceAll("_", " ");
  };
  const { act, reason, name, subjectKind, conversationId, subjectName } = row;
  const only = conversationId ? (
    <ActForm action="/board/audit" fields={{ conversation: conversationId }}>
      <Button tone="quiet">
        <Num>{conversationId.slice(0, 8)}</Num>
        <Unseen>: {t("auditOnlyThis")}</Unseen>
      </Button>
    </ActForm>
  ) : null;
  return (
    <Line acts={only}>
      <Text>
        <Strong>{name ?? t("auditSystem")}</Strong> · {said("act", act)}
        {reason ? ` (${reason.split(" ").map((one) => said("reason", one)).join(", ")})` : null}
      </Text>
      <Soft>
        <Num>{dayAndTime(row.at, zone, visit.language)}</Num> · {said("kind", subjectKind)}
        {subjectName ? `: ${subjectName}` : null}
      </Soft>
    </Line>
  );
}
