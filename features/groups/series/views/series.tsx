import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime, dayInWords, type Instant } from "../../../../platform/time/time.ts";
import { Bullets, Button, Card, Columns, Details, Heading, Link, LinkButton, Notice, Num, PlainList, Preline, Row, Soft, Stack, Strong, Tag, Text, Title, Unseen } from "../../../../platform/ui/basics.tsx";
import { Line } from "../../../../platform/ui/board.tsx";
import { Area, Field, Form, Select } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import type { Planned } from "../../types.ts";
import { dayName, lackInWords } from "../in-words/rules.ts";
import { standingOf } from "../rules.ts";
import type { Facilitator, Kept, Lack, Written } from "../types.ts";
import { say, type SeriesKey } from "../words.ts";
import { About } from "./about.tsx";
import { Dates } from "./dates.tsx";
import { mend, ToMend, type Again } from "./mend.tsx";

export type SeriesProps = Again & {
  readonly staffed: Staffed;
  readonly kept: Kept;
  /** What is missing for a yes, or, where it meets, came to be missing. */
  readonly lacks: readonly Lack[];
  readonly next: readonly Planned[];
  readonly coming: readonly Written[];
  readonly staff: readonly Facilitator[];
  readonly now: Instant;
  /** She decides about it, and she leads it. */
  readonly decides: boolean;
  readonly leads: boolean;
  readonly said?: SeriesKey | undefined;
  readonly refused?: readonly string[] | undefined;
};

/** One group as those see it who look after it: proposed, meeting, or ended. */
export function SeriesPage(props: SeriesProps) {
  const { staffed, kept, said, refused = [], problems, now } = props;
  const { language } = staffed.visit;
  const t = say(language);
  const { series } = kept;
  const name = series.kind.name[language];
  const standing = standingOf(kept);
  return (
    <StaffPage staffed={staffed} title={name} current="groups">
      <Stack gap={24}>
        <ToMend {...{ language, problems }} />
        <Row spread>
          <Title>{name}</Title>
          <Tag tone={standing === "meets" ? "done" : standing === "ended" ? "plain" : "lamp"}>{t(`standing_${standing}`)}</Tag>
        </Row>
        {said ? <Notice tone="done">{t(said)}</Notice> : null}
        {refused.length > 0 ? (
          <Notice tone="attention">
            {refused.map((sentence) => (
              <Text key={sentence}>{sentence}</Text>
            ))}
          </Notice>
        ) : null}
        <Columns>
          <Stack gap={24}>
            {standing === "meets" ? <Meets {...props} /> : null}
            {standing === "waits" || standing === "back" ? <Proposed {...props} back={standing === "back"} /> : null}
            {standing === "ended" ? <Text>{t("endedText")}</Text> : null}
            {kept.answers.length > 0 ? <Answers {...props} /> : null}
          </Stack>
          <Stack gap={16}>
            <Card>
              <Heading>{t("whatItIs")}</Heading>
              <About of={series} kind={series.kind} facilitators={series.facilitators} {...{ language, now }} />
            </Card>
            {standing === "meets" && props.decides ? <Decisions {...props} /> : null}
            <LinkButton href="/evenings" tone="quiet" icon="back">
              {t("backToGroups")}
            </LinkButton>
          </Stack>
        </Columns>
      </Stack>
    </StaffPage>
  );
}

function Proposed({ staffed: { visit: { language }, member }, kept: { series, proposedBy }, lacks, next, now, decides, back, problems, typed }: SeriesProps & { back: boolean }) {
  const t = say(language);
  const path = `/evenings/series/${series.id}`;
  return (
    <>
      <Card>
        <Heading>{t("whenItMeets")}</Heading>
        <Dates {...{ next, now, language }} plan={series.plan} />
        <Soft>
          <Num>{t("proposedBy", { name: proposedBy?.name ?? t("somebody"), day: dayInWords(series.proposedAt, member.zone, language) })}</Num>
        </Soft>
      </Card>
      {lacks.length > 0 ? (
        <Notice>
          <Strong>{t("lacksTitle")}</Strong>
          <Bullets>
            {lacks.map((lack) => (
              <li key={JSON.stringify(lack)}>{lackInWords(lack, language)}</li>
            ))}
          </Bullets>
          {decides ? <Link href="/evenings/training">{t("training")}</Link> : null}
        </Notice>
      ) : null}
      {decides && !back ? (
        <>
          {lacks.length === 0 ? (
            <Form action={`${path}/approve`}>
              <Carried name="seen" value={series.proposedAt.toString()} />
              <Button icon="check">{t("approve")}</Button>
            </Form>
          ) : null}
          <Details summary={t("sendBack")} open={problems?.["said"] !== undefined}>
            <Form action={`${path}/send-back`}>
              <Carried name="seen" value={series.proposedAt.toString()} />
              <Area name="said" label={t("sayWhat")} hint={t("sayWhatHint")} problem={mend(language, problems)("said")} typed={typed} />
              <Button tone="plain">{t("sendBackDo")}</Button>
            </Form>
          </Details>
        </>
      ) : (
        <Text>{t(back ? "backText" : "waitsText")}</Text>
      )}
      <LinkButton href={`${path}/proposal`} tone="plain" icon="note">
        {t("changeProposal")}
      </LinkButton>
      {decides ? (
        <Details summary={t("putAside")} open={problems?.["reason"] !== undefined}>
          <Text>{t("putAsideText")}</Text>
          <Form action={`${path}/end`}>
            <Area name="reason" label={t("endReason")} hint={t("endReasonHint")} problem={mend(language, problems)("reason")} typed={typed} rows={2} />
            <Button tone="plain">{t("putAside")}</Button>
          </Form>
        </Details>
      ) : null}
    </>
  );
}

function Answers({ staffed: { visit: { language }, member }, kept: { answers } }: SeriesProps) {
  const t = say(language);
  return (
    <>
      <Heading>{t("answersTitle")}</Heading>
      <PlainList label={t("answersTitle")}>
        {answers.map(({ said, by, at }) => (
          <Line key={at.toString()}>
            <Preline>{said}</Preline>
            <Soft>
              {by ?? t("somebody")} · <Num>{dayAndTime(at, member.zone, language)}</Num>
            </Soft>
          </Line>
        ))}
      </PlainList>
    </>
  );
}

function Meets({ staffed: { visit: { language } }, kept: { series }, lacks, coming, decides, leads, problems, typed }: SeriesProps) {
  const t = say(language);
  const path = `/evenings/series/${series.id}`;
  const { zone, skipped, moved } = series.plan;
  const written = new Set(coming.map(({ day }) => day.toString()));
  const later = [...(skipped ?? []), ...(moved?.keys() ?? [])].filter((day) => !written.has(day) && Temporal.PlainDate.compare(day, coming.at(-1)?.day ?? series.plan.starts) > 0).sort();
  return (
    <>
      {decides ? <RoomSmall {...{ language, lacks }} seats={series.seats} /> : null}
      <Heading>{t("comingTitle")}</Heading>
      {coming.length === 0 ? <Text>{t("comingEmpty")}</Text> : null}
      <PlainList label={t("comingTitle")}>
        {coming.map((session) => (
          <Line
            key={session.id}
            mark={!session.cancelledAt && session.leaders.length < 2}
            acts={
              decides || leads ? (
                <ToDay href={`${path}/days/${session.day.toString()}`} when={dayAndTime(session.starts, zone, language)} language={language} />
              ) : null
            }
          >
            <Row>
              <Link href={`/evenings/${session.id}`}>
                <Num>{dayAndTime(session.starts, zone, language)}</Num>
              </Link>
              {session.cancelledAt ? <Tag>{t("isOut")}</Tag> : null}
              {session.moved && !session.cancelledAt ? <Tag>{t("isMoved")}</Tag> : null}
              {session.shifted && !session.cancelledAt ? <Tag>{t("isShifted")}</Tag> : null}
            </Row>
            <Soft>{session.leaders.length === 0 ? t("ledByNobody") : t("ledBy", { names: new Intl.ListFormat(language).format(session.leaders.map(({ name }) => name)) })}</Soft>
          </Line>
        ))}
        {later.map((day) => (
          <Line
            key={day}
            acts={
              decides || leads ? <ToDay href={`${path}/days/${day}`} when={dayName(Temporal.PlainDate.from(day), language)} language={language} /> : null
            }
          >
            <Row>
              <Num>{dayName(Temporal.PlainDate.from(day), language)}</Num>
              <Tag>{t(skipped?.has(day) ? "isOut" : "isMoved")}</Tag>
            </Row>
          </Line>
        ))}
      </PlainList>
      {decides || leads ? (
        <Details summary={t("otherDay")} open={problems?.["day"] !== undefined}>
          <Form action={`${path}/days`}>
            <Field name="day" type="date" label={t("otherDayField")} hint={t("otherDayHint")} problem={mend(language, problems)("day")} typed={typed} required />
            <Button tone="plain">{t("toThatDay")}</Button>
          </Form>
        </Details>
      ) : null}
    </>
  );
}

/** A group that meets, in a room that became too small for its seats. */
function RoomSmall({ language, lacks, seats }: { language: Language; lacks: readonly Lack[]; seats: number }) {
  const t = say(language);
  const room = lacks.find((lack) => lack.lacks === "room");
  if (!room) return null;
  return (
    <Notice tone="attention">
      <Strong>{t("roomSmallNow", { seats, most: room.most })}</Strong>
      <Text>{t("roomSmallText")}</Text>
    </Notice>
  );
}

const ToDay = ({ href, when, language }: { href: string; when: string; language: Language }) => (
  <LinkButton href={href} tone="quiet">
    <span aria-hidden="true">{say(language)("changeDay")}</span>
    <Unseen>{say(language)("changeDayNamed", { when })}</Unseen>
  </LinkButton>
);

/** What a coordinator decides about a group that meets. */
function Decisions({ staffed: { visit: { language } }, kept: { series }, staff, problems, typed }: SeriesProps) {
  const t = say(language);
  const problem = mend(language, problems);
  const path = `/evenings/series/${series.id}`;
  const choices = [["", "–"] as const, ...staff.map(({ id, name, trainedOn }) => [id, trainedOn ? name : t("notTrained", { name })] as const)];
  const [first, second] = series.facilitators;
  return (
    <>
      <LinkButton href={`${path}/plan`} tone="plain" icon="clock">
        {t("changePlan")}
      </LinkButton>
      <Details summary={t("changePair")} open={problem("first") !== undefined || problem("second") !== undefined}>
        <Form action={`${path}/pair`}>
          <Select name="first" label={t("first")} problem={problem("first")} typed={typed} value={first?.id} choices={choices} />
          <Select name="second" label={t("second")} problem={problem("second")} typed={typed} value={second?.id} choices={choices} />
          <Button tone="plain">{t("pairSave")}</Button>
        </Form>
      </Details>
      <Details summary={t("end")} open={problem("lastDay") !== undefined || problem("reason") !== undefined}>
        <Text>{t("endText")}</Text>
        <Form action={`${path}/end`}>
          <Field name="lastDay" type="date" label={t("lastDay")} hint={t("lastDayHint")} problem={problem("lastDay")} typed={typed} />
          <Area name="reason" label={t("endReason")} hint={t("endReasonHint")} problem={problem("reason")} typed={typed} rows={2} />
          <Button tone="plain">{t("endDo")}</Button>
        </Form>
      </Details>
    </>
  );
}
