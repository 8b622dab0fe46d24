import type { SignedIn } from "../../../../platform/http/scope.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import type { Problems, Typed } from "../../../../platform/http/form.ts";
import { minutesBetween, type Instant } from "../../../../platform/time/time.ts";
import { Card, Lead, LinkButton, Num, PlainList, Row, Soft, Stack, Tag, Text, Title } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Polite } from "../../../../platform/ui/board.tsx";
import { ErrorSummary } from "../../../../platform/ui/fields.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { leftToOthers } from "../care/rules.ts";
import type { Handover, Mine, Topic, WishToTalk } from "../care/types.ts";
import { HandOver, Handovers, Rest, Wishes } from "../care/views/on-the-desk.tsx";
import type { Look } from "../looks/types.ts";
import { LooksWaiting } from "../looks/views/looks.tsx";
import { SitsWith } from "../pairing/views/pairing.tsx";
import type { CaseInQueue } from "../types.ts";
import { say, type DeskKey } from "../words.ts";
import { Priority, Why } from "./reasons.tsx";

/** Who looks: as much of it as the live part of the page is shown with. */
type Looking = { readonly language: Language; readonly member: Pick<SignedIn, "memberId"> };

const lookAgainSeconds = 60;

type Props = { readonly staffed: Staffed; readonly waiting: readonly CaseInQueue[]; readonly mine: Mine; readonly handovers: readonly Handover[]; readonly wishes: readonly WishToTalk[]; readonly looks: readonly Look[]; readonly now: Instant; readonly problems?: Problems; readonly typed?: Typed };

/** What waits, with why, since when and who has it. Live while it is open, and again every minute without scripts. */
export function QueuePage({ staffed, waiting, mine, handovers, wishes, looks, now, problems = {}, typed }: Props) {
  const t = say(staffed.visit.language);
  const problem = problems["handover"] ? t(problems["handover"] as DeskKey) : undefined;
  return (
    <StaffPage staffed={staffed} title={t("deskTitle")} current="safety" scripts={["live"]} refresh={lookAgainSeconds}>
      <LiveSource src="/safety/stream" />
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
        <Polite>
          <QueueNow looking={{ language: staffed.visit.language, member: staffed.member }} {...{ waiting, now }} topics={mine.topics} />
        </Polite>
        <HandOver {...{ staffed, typed }} problem={problem} />
      </Stack>
    </StaffPage>
  );
}

/** What the stream replaces. */
export function QueueNow({ looking, waiting, topics, now }: { looking: Looking; waiting: readonly CaseInQueue[]; topics: readonly Topic[]; now: Instant }) {
  const t = say(looking.language);
  const left = waiting.filter(({ reasons, priority }) => leftToOthers(reasons.flatMap(({ why }) => why), priority, topics));
  const shown = waiting.filter((one) => !left.includes(one));
  const next = shown.find((one) => !holderOf(one));
  return (
    <BoardPart id="desk-now" label={t("deskList")}>
      {shown.length === 0 ? (
        <Lead>{t("deskEmpty")}</Lead>
      ) : (
        <>
          <Text>{t("deskLead")}</Text>
          <PlainList label={t("deskList")}>
            {shown.map((one) => (
              <li key={one.id} id={`case-${one.id}`}>
                <Waiting {...{ looking, one, now }} next={one === next} />
              </li>
            ))}
          </PlainList>
        </>
      )}
      {left.length > 0 ? <Soft>{t("leftToOthers", { count: left.length })}</Soft> : null}
    </BoardPart>
  );
}

const holderOf = ({ room, holder }: CaseInQueue): CaseInQueue["holder"] => (room?.claim ? room.claim.holder : holder);

/** `next`: the first that nobody has; its act is the one that stands out. */
function Waiting({ looking: { language, member }, one, now, next }: { looking: Looking; one: CaseInQueue; now: Instant; next: boolean }) {
  const t = say(language);
  const holder = holderOf(one);
  const has = holder === undefined ? undefined : holder.memberId === member.memberId ? t("youHaveIt") : t("nameHasIt", { name: holder.name });
  return (
    <Card>
      <Row spread>
        <Row>
          <Priority {...{ language }} priority={one.priority} />
          <Tag>{t(`subject_${one.subjectKind}`)}</Tag>
          {one.opinionAskedBy === undefined ? null : <Tag tone="lamp">{t("waitsForColleague")}</Tag>}
        </Row>
        <LinkButton href={`/safety/cases/${one.id}`} tone={next ? "primary" : "plain"}>
          {t("openCase")}
        </LinkButton>
      </Row>
      {one.reasons.map(({ reason, why }) => (
        <Why key={`${reason}${why.join()}`} {...{ language, reason, why }} />
      ))}
      {one.room ? <Text>{one.room.where}</Text> : null}
      <SitsWith {...{ language, member }} id={one.id} holder={holder?.memberId} pairing={one.pairing} />
      <Soft>
        <Num>{t("waitsFor", { minutes: Math.floor(minutesBetween(one.waitingSince, now)) })}</Num> · {has ?? t("nobodyHasIt")}
      </Soft>
    </Card>
  );
}
