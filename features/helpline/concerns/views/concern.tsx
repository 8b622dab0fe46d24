import { ActForm, ErrorSummary } from "../../../../platform/ui/fields.tsx";
import { Button, Card, Facts, Lead, Link, LinkButton, Notice, Num, Row, Soft, Stack, Strong, Text, Title } from "../../../../platform/ui/basics.tsx";
import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { ConversationId } from "../../../../platform/http/scope.ts";
import { Beside } from "../../../../platform/ui/worksheet.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { clockTime, dayAndTime } from "../../../../platform/time/time.ts";
import { may } from "../../policy.ts";
import type { Concern } from "../queries.ts";
import { say } from "../words.ts";
import { SheetRead } from "./sheet-read.tsx";
import { NotYet, SheetForm } from "./sheet-form.tsx";

export type ConcernProps = {
  readonly staffed: Staffed;
  readonly id: ConversationId;
  readonly concern: Concern | undefined;
  readonly erased: boolean;
  /** Said at the top: what was just done, or why it was not. */
  readonly notice?: "saved" | "nowRaised" | "someoneElseSaved" | "cantCloseYet" | undefined;
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

/** The concern of one conversation: who has it, the sheet, the way to close it. */
export function ConcernPage(props: ConcernProps) {
  const { staffed, id, concern, erased, notice, problems = {} } = props;
  const { language } = staffed.visit;
  const t = say(language);
  const open = concern && !concern.closedAt;
  return (
    <StaffPage staffed={staffed} title={t("title")} current="desk">
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as "problemChoice")] as const)} />
        {notice && notice !== "cantCloseYet" ? <Notice tone={notice === "saved" || notice === "nowRaised" ? "done" : "attention"}>{t(notice)}</Notice> : null}
        {open && !erased && notice === "cantCloseYet" ? <NotYet {...{ concern, language }} /> : null}
        {erased ? <Notice>{t("erased")}</Notice> : null}
        {open ? (
          <Beside aside={<Standing {...props} concern={concern} />}>{erased ? <Gone {...props} concern={concern} /> : <SheetForm {...props} concern={concern} />}</Beside>
        ) : (
          <Beside aside={concern ? <Standing {...props} concern={concern} /> : null}>
            <Stack gap={24}>
              {concern ? <SheetRead language={language} concern={concern} /> : null}
              {erased ? null : <Raise language={language} id={id} again={concern !== undefined} />}
            </Stack>
          </Beside>
        )}
        <Row>
          {erased ? null : (
            <LinkButton href={`/desk/conversations/${id}`} tone="quiet" icon="back">
              {t("backToConversation")}
            </LinkButton>
          )}
          <Link href="/help">{t("helpNumbers")}</Link>
        </Row>
      </Stack>
    </StaffPage>
  );
}

type Known = ConcernProps & { readonly concern: Concern };

function Standing({ staffed: { visit, member }, concern }: Known) {
  const t = say(visit.language);
  const time = (at: Concern["raisedAt"]) => clockTime(at, member.zone, visit.language);
  const day = (at: Concern["raisedAt"]) => dayAndTime(at, member.zone, visit.language);
  const asked = concern.pages.length === 0 ? t("pagedNobody") : concern.pages.map((page) => <Paged key={page.pagedAt.toString()}>{t("paged", { name: page.name, time: time(page.pagedAt) })}</Paged>);
  const rows = [
    [t("raisedLabel"), <Num>{day(concern.raisedAt)}</Num>],
    [t("pagedLabel"), asked],
  ] as const;
  const mayHaveIt = !concern.acknowledgedAt && !concern.closedAt && may("acknowledgeConcern", member.roles, false);
  return (
    <Card label={t("supervisorLabel")}>
      {concern.acknowledgedAt ? (
        <Notice tone="done">{t("hasIt", { name: concern.acknowledgedBy ?? "", time: time(concern.acknowledgedAt) })}</Notice>
      ) : concern.closedAt ? null : (
        <Notice tone="attention">
          <Strong>{t("nobodyHasIt")}</Strong>
          {concern.erased ? null : <Text>{t("nobodyHasItMore")}</Text>}
        </Notice>
      )}
      {mayHaveIt ? (
        <ActForm action={`/desk/concerns/${concern.id}/acknowledge`}>
          <Button icon="check">{t("iHaveIt")}</Button>
        </ActForm>
      ) : null}
      <Text>{concern.source === "parent_said" ? t("source_parent_said") : t("raisedBy", { name: concern.raisedBy ?? "" })}</Text>
      <Facts rows={concern.closedAt ? [...rows, [t("closedLabel"), <Num>{t("closedBy", { name: concern.closedBy ?? "", time: day(concern.closedAt) })}</Num>]] : rows} />
    </Card>
  );
}

const Paged = ({ children }: { children: string }) => (
  <div>
    <Num>{children}</Num>
  </div>
);

function Raise({ language, id, again }: { language: Staffed["visit"]["language"]; id: ConversationId; again: boolean }) {
  const t = say(language);
  return (
    <Card>
      {again ? null : <Lead>{t("intro")}</Lead>}
      <Text>{t("whatHappens")}</Text>
      <ActForm action={`/desk/conversations/${id}/concern/raise`}>
        <Button icon="bell" {...(again ? { tone: "plain" as const } : {})}>
          {t(again ? "raiseAgain" : "raise")}
        </Button>
      </ActForm>
    </Card>
  );
}

function Gone({ staffed, id, concern }: Known) {
  const t = say(staffed.visit.language);
  return (
    <Card>
      {concern.acknowledgedAt ? (
        <ActForm action={`/desk/conversations/${id}/concern/close`}>
          <Button tone="plain">{t("erasedClose")}</Button>
        </ActForm>
      ) : (
        <Soft>{t("erasedHow")}</Soft>
      )}
    </Card>
  );
}
