import { minutesBetween, type Instant } from "../../../../platform/time/time.ts";
import { Card, Lead, LinkButton, Num, PlainList, Row, Soft, Stack, Tag, Text, Title } from "../../../../platform/ui/basics.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import type { CaseInQueue } from "../types.ts";
import { say } from "../words.ts";
import { Priority, Why } from "./reasons.tsx";

type Props = { readonly staffed: Staffed; readonly waiting: readonly CaseInQueue[]; readonly now: Instant };

/** What waits, with why, since when and who has it. */
export function QueuePage({ staffed, waiting, now }: Props) {
  const t = say(staffed.visit.language);
  return (
    <StaffPage staffed={staffed} title={t("deskTitle")} current="safety" refresh={60}>
      <Stack gap={24}>
        <Title>{t("deskTitle")}</Title>
        {waiting.length === 0 ? (
          <Lead>{t("deskEmpty")}</Lead>
        ) : (
          <>
            <Text>{t("deskLead")}</Text>
            <PlainList label={t("deskList")}>
              {waiting.map((one) => (
                <li key={one.id}>
                  <Waiting {...{ staffed, one, now }} />
                </li>
              ))}
            </PlainList>
          </>
        )}
      </Stack>
    </StaffPage>
  );
}

function Waiting({ staffed: { visit, member }, one, now }: { staffed: Staffed; one: CaseInQueue; now: Instant }) {
  const { language } = visit;
  const t = say(language);
  const has = one.holder === undefined ? undefined : one.holder.memberId === member.memberId ? t("youHaveIt") : t("nameHasIt", { name: one.holder.name });
  return (
    <Card>
      <Row spread>
        <Row>
          <Priority {...{ language }} priority={one.priority} />
          <Tag>{t(`subject_${one.subjectKind}`)}</Tag>
          {one.opinionAskedBy === undefined ? null : <Tag tone="lamp">{t("waitsForColleague")}</Tag>}
        </Row>
        <LinkButton href={`/safety/cases/${one.id}`} tone={has ? "plain" : "primary"}>
          {t("openCase")}
        </LinkButton>
      </Row>
      {one.reasons.map(({ reason, why }) => (
        <Why key={`${reason}${why.join()}`} {...{ language, reason, why }} />
      ))}
      <Soft>
        <Num>{t("waitsFor", { minutes: Math.floor(minutesBetween(one.waitingSince, now)) })}</Num> · {has ?? t("nobodyHasIt")}
      </Soft>
    </Card>
  );
}
