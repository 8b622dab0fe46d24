import type { Problems, Typed } from "../../../../platform/http/form.ts";
import { minutesBetween, type Instant } from "../../../../platform/time/time.ts";
import { Card, Lead, LinkButton, Num, PlainList, Row, Soft, Stack, Tag, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ErrorSummary } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { leftToOthers } from "../care/rules.ts";
import type { Handover, Mine, WishToTalk } from "../care/types.ts";
import { HandOver, Handovers, Rest, Wishes } from "../care/views/on-the-desk.tsx";
import type { Look } from "../looks/types.ts";
import { LooksWaiting } from "../looks/views/looks.tsx";
import type { CaseInQueue } from "../types.ts";
import { say, type DeskKey } from "../words.ts";
import { Priority, Why } from "./reasons.tsx";

type Props = { readonly staffed: Staffed; readonly waiting: readonly CaseInQueue[]; readonly mine: Mine; readonly handovers: readonly Handover[]; readonly wishes: readonly WishToTalk[]; readonly looks: readonly Look[]; readonly now: Instant; readonly problems?: Problems; readonly typed?: Typed };

/** What waits, with why, since when and who has it. */
export function QueuePage({ staffed, waiting, mine, handovers, wishes, looks, now, problems = {}, typed }: Props) {
  const t = say(staffed.visit.language);
  const problem = problems["handover"] ? t(problems["handover"] as DeskKey) : undefined;
  const left = waiting.filter(({ reasons, priority }) => leftToOthers(reasons.flatMap(({ why }) => why), priority, mine.topics));
  const shown = waiting.filter((one) => !left.includes(one));
  return (
    <StaffPage staffed={staffed} title={t("deskTitle")} current="safety" refresh={60}>
      <Stack gap={24}>
        <Row spread>
          <Title>{t("deskTitle")}</Title>
          <LinkButton href="/safety/mine" tone="plain" icon="heart">
            {t("mineLink")}
          </LinkButton>
        </Row>
        <ErrorSummary language={staffed.visit.language} problems={problem ? [["handover", problem]] : []} />
        <Rest {...{ staffed }} load={mine.load} />
        <Wishes {...{ staffed, wishes }} />
        <LooksWaiting {...{ staffed, looks }} />
        <Handovers {...{ staffed, handovers }} />
        {shown.length === 0 ? (
          <Lead>{t("deskEmpty")}</Lead>
        ) : (
          <>
            <Text>{t("deskLead")}</Text>
            <PlainList label={t("deskList")}>
              {shown.map((one) => (
                <li key={one.id}>
                  <Waiting {...{ staffed, one, now }} />
                </li>
              ))}
            </PlainList>
          </>
        )}
        {left.length > 0 ? <Soft>{t("leftToOthers", { count: left.length })}</Soft> : null}
        <HandOver {...{ staffed, typed }} problem={problem} />
      </Stack>
    </StaffPage>
  );
}

function Waiting({ staffed: { visit, member }, one, now }: { staffed: Staffed; one: CaseInQueue; now: Instant }) {
  const { language } = visit;
  const t = say(language);
  const holder = one.room?.claim ? one.room.claim.holder : one.holder;
  const has = holder === undefined ? undefined : holder.memberId === member.memberId ? t("youHaveIt") : t("nameHasIt", { name: holder.name });
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
      {one.room ? <Text>{one.room.where}</Text> : null}
      <Soft>
        <Num>{t("waitsFor", { minutes: Math.floor(minutesBetween(one.waitingSince, now)) })}</Num> · {has ?? t("nobodyHasIt")}
      </Soft>
    </Card>
  );
}
