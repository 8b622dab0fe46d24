import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import { Button, Card, Facts, Hush, LinkButton, Notice, Num, Row, Soft, Stack, Strong, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { ActForm, ErrorSummary } from "../../../../../platform/ui/fields.tsx";
import { Beside } from "../../../../../platform/ui/worksheet.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { clockTime, dayAndTime } from "../../../../../platform/time/time.ts";
import { may } from "../../../policy.ts";
import { questions } from "../../types.ts";
import { kindIn, reasonIn, say, type OnCallKey } from "../../words.ts";
import type { PageSheet } from "../queries.ts";
import { AnswersRead, Closing } from "./closing.tsx";
import { Disclosures } from "./disclosures.tsx";
import { HowToAnswer } from "./how-to-answer.tsx";
import { Steps } from "./steps.tsx";

export type PageScreenProps = {
  readonly staffed: Staffed;
  readonly page: PageSheet;
  /** Said at the top: why what was sent was not done. */
  readonly notice?: OnCallKey | undefined;
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

const lookAgainSeconds = 20;

/** One page: what and when, who was asked, "I have it", how to answer, and the way to close it. Only while nobody has it the page looks again by itself: then nothing is being filled in. */
export function PageScreen(props: PageScreenProps) {
  const { staffed, page, notice, problems = {} } = props;
  const { visit: { language }, member } = staffed;
  const t = say(language);
  const waits = !page.closedAt && !page.has;
  return (
    <StaffPage staffed={staffed} title={t("sheetTitle")} current="safety" {...(waits ? { refresh: lookAgainSeconds } : {})}>
      <Stack gap={24}>
        <Title>{t("sheetTitle")}</Title>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, questions.some((one) => one === field) ? t(`q_${field}` as OnCallKey) : t(key as OnCallKey)] as const)} />
        {notice ? <Notice tone="attention">{t(notice)}</Notice> : null}
        <Beside aside={<Who {...props} />}>
          <Stack gap={24}>
            <HowToAnswer language={language} />
            {page.has && !page.closedAt && may("closePage", member.roles, page.standing) ? <Closing {...props} /> : null}
            {page.closedAt ? <AnswersRead {...props} /> : null}
            {page.has || page.disclosures.length > 0 ? <Disclosures {...props} /> : null}
            <Steps {...props} />
          </Stack>
        </Beside>
        <Row>
          <LinkButton href="/safety/pages" tone="quiet" icon="back">
            {t("toPages")}
          </LinkButton>
        </Row>
      </Stack>
    </StaffPage>
  );
}

/** What it is, who has it, and the two acts that decide that. */
function Who({ staffed: { visit: { language }, member }, page }: PageScreenProps) {
  const t = say(language);
  const rows = [
    [t("what"), kindIn(language, page.subjectKind)],
    [t("when"), <Num>{dayAndTime(page.raisedAt, member.zone, language)}</Num>],
  ] as const;
  return (
    <Card label={t("what")}>
      <State {...{ page, language, member }} />
      {page.closedAt || page.has ? null : (
        <ActForm action={`/safety/pages/${page.id}/have`}>
          <Stack gap={8}>
            <Button big icon="check">
              {t("iHaveIt")}
            </Button>
            <Soft>{t("iHaveItHint")}</Soft>
          </Stack>
        </ActForm>
      )}
      {page.path ? (
        <LinkButton href={page.path} tone="plain" icon="eye">
          {t("readIt")}
        </LinkButton>
      ) : null}
      <Facts rows={rows} />
      <Hush>
        <Text>{reasonIn(language, page.reason)}</Text>
        {page.reason === "worried" ? null : <Soft>{t("reasonWarning")}</Soft>}
      </Hush>
      {page.has && !page.closedAt && may("closePage", member.roles, page.standing) ? (
        <ActForm action={`/safety/pages/${page.id}/give-back`}>
          <Stack gap={8}>
            <Button tone="plain" icon="handover">
              {t("giveBack")}
            </Button>
            <Soft>{t("giveBackHint")}</Soft>
          </Stack>
        </ActForm>
      ) : null}
    </Card>
  );
}

function State({ page, language, member }: { page: PageSheet; language: Staffed["visit"]["language"]; member: Staffed["member"] }) {
  const t = say(language);
  const time = (at: PageSheet["raisedAt"]) => clockTime(at, member.zone, language);
  if (page.closedAt && page.outcome)
    return (
      <Notice tone="done">
        <Strong>{t(`outcome_${page.outcome}`)}</Strong>
        <Text>{t("closedBy", { name: page.closedBy ?? "", time: dayAndTime(page.closedAt, member.zone, language) })}</Text>
      </Notice>
    );
  if (page.has && page.hasSince) return <Notice tone="done">{page.standing.has ? t("youHaveIt", { time: time(page.hasSince) }) : t("hasIt", { name: page.has.name, time: time(page.hasSince) })}</Notice>;
  return (
    <Notice tone="attention">
      <Strong>{t(page.steps.some(({ asks }) => asks === "nobody") ? "stateNobody" : "nobodyHasIt")}</Strong>
      {page.nextAt ? (
        <Text>
          <Num>{t("nextAt", { time: time(page.nextAt) })}</Num>
        </Text>
      ) : null}
    </Notice>
  );
}
