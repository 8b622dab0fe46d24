import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import { LinkButton, Notice, Row, Stack, Title } from "../../../../../platform/ui/basics.tsx";
import { Polite } from "../../../../../platform/ui/board.tsx";
import { ErrorSummary } from "../../../../../platform/ui/fields.tsx";
import { LiveSource } from "../../../../../platform/ui/live.tsx";
import { Beside } from "../../../../../platform/ui/worksheet.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { may } from "../../../policy.ts";
import { questions } from "../../types.ts";
import { say, type OnCallKey } from "../../words.ts";
import type { PageSheet } from "../queries.ts";
import { AnswersRead, Closing } from "./closing.tsx";
import { Disclosures } from "./disclosures.tsx";
import { HowToAnswer } from "./how-to-answer.tsx";
import { Steps } from "./steps.tsx";
import { Who } from "./who.tsx";

export type PageScreenProps = {
  readonly staffed: Staffed;
  readonly page: PageSheet;
  /** Said at the top: why what was sent was not done. */
  readonly notice?: OnCallKey | undefined;
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

const lookAgainSeconds = 20;

/** One page: what and when, who was asked, "I have it", how to answer, and the way to close it. Who has it and who was asked are live; without scripts the whole page looks again, while nobody has it and nothing is being filled in. */
export function PageScreen(props: PageScreenProps) {
  const { staffed, page, notice, problems = {} } = props;
  const { visit: { language }, member } = staffed;
  const t = say(language);
  const waits = !page.closedAt && !page.has;
  return (
    <StaffPage staffed={staffed} title={t("sheetTitle")} current="onCall" {...(page.closedAt ? {} : { scripts: ["live"] })} {...(waits ? { refresh: lookAgainSeconds } : {})}>
      {page.closedAt ? null : <LiveSource src={`/safety/pages/${page.id}/stream`} />}
      <Stack gap={24}>
        <Title>{t("sheetTitle")}</Title>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, questions.some((one) => one === field) ? t(`q_${field}` as OnCallKey) : t(key as OnCallKey)] as const)} />
        {notice ? <Notice tone="attention">{t(notice)}</Notice> : null}
        <Beside aside={<Polite><Who {...props} /></Polite>}>
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
