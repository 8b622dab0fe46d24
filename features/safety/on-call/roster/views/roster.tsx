import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import { Bullets, Button, Card, Columns, Details, Heading, LinkButton, Notice, Num, Preline, Row, Soft, Stack, Text, Title, Unseen } from "../../../../../platform/ui/basics.tsx";
import { ActForm, ErrorSummary, Field, Form, Select } from "../../../../../platform/ui/fields.tsx";
import { ActList, ActRow, FieldRow } from "../../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { dayAndTime, zoneName, type Instant } from "../../../../../platform/time/time.ts";
import { may } from "../../../policy.ts";
import { ranks } from "../../types.ts";
import { say, type OnCallKey } from "../../words.ts";
import type { RosterSheet } from "../queries.ts";

export type RosterProps = {
  readonly staffed: Staffed;
  readonly roster: RosterSheet;
  /** Why a shift was not given. */
  readonly notice?: OnCallKey | undefined;
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

/** Who can be called now, where the days to come have gaps, every shift, and what is said where nobody is reached. */
export function RosterScreen(props: RosterProps) {
  const { staffed, roster, notice, problems = {} } = props;
  const { visit: { language }, member } = staffed;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("rosterTitle")} current="onCall">
      <Stack gap={24}>
        <Row spread>
          <Title>{t("rosterTitle")}</Title>
          <LinkButton href="/safety/pages" tone="plain" icon="bell">
            {t("toPages")}
          </LinkButton>
        </Row>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as OnCallKey)] as const)} />
        {notice ? <Notice tone="attention">{t(notice)}</Notice> : null}
        <Text>{t("rosterIntro")}</Text>
        <Soft>{t("timesIn", { zone: zoneName(member.zone, language, roster.now) })}</Soft>
        <Columns even>
          <Stack gap={24}>
            <Now {...props} />
            <Gaps {...props} />
            <Fallback {...props} />
          </Stack>
          <Stack gap={24}>
            <Heading>{t("shiftsTitle")}</Heading>
            <Shifts {...props} />
            {may("giveShift", member.roles) ? <Give {...props} /> : null}
          </Stack>
        </Columns>
      </Stack>
    </StaffPage>
  );
}

const timeIn = ({ visit: { language }, member }: Staffed) => (at: Instant) => dayAndTime(at, member.zone, language);

function Now({ staffed: { visit: { language } }, roster }: RosterProps) {
  const t = say(language);
  return (
    <Card>
      <Heading>{t("nowTitle")}</Heading>
      {roster.line.length === 0 ? <Notice tone="attention">{t("nowNobody")}</Notice> : roster.standIns ? <Notice tone="attention">{t("nowStandIns")}</Notice> : null}
      {roster.line.length === 0 ? null : (
        <Bullets>
          {ranks.flatMap((rank) => roster.line.filter((one) => one.rank === rank)).map(({ rank, memberId }) => (
            <li key={`${rank}${memberId}`}>{t("nowLine", { rank: t(`asks_${rank}`), name: roster.names.get(memberId) ?? "" })}</li>
          ))}
        </Bullets>
      )}
    </Card>
  );
}

function Gaps({ staffed, roster }: RosterProps) {
  const t = say(staffed.visit.language);
  const time = timeIn(staffed);
  return (
    <Card>
      <Heading>{t("gapsTitle")}</Heading>
      {roster.gaps.length === 0 ? (
        <Text>{t("gapsNone")}</Text>
      ) : (
        <Bullets>
          {roster.gaps.map(({ from, until, alone }) => (
            <li key={from.toString()}>
              <Num>{alone ? t("gapAlone", { name: roster.names.get(alone) ?? "", from: time(from), until: time(until) }) : t("gapNobody", { from: time(from), until: time(until) })}</Num>
            </li>
          ))}
        </Bullets>
      )}
    </Card>
  );
}

function Shifts({ staffed, roster }: RosterProps) {
  const t = say(staffed.visit.language);
  const time = timeIn(staffed);
  if (roster.shifts.length === 0) return <Text>{t("shiftsNone")}</Text>;
  return (
    <ActList label={t("shiftsTitle")}>
      {roster.shifts.map((shift) => {
        const name = roster.names.get(shift.memberId) ?? "";
        const end = may("giveShift", staffed.member.roles) ? (
          <ActForm action={`/safety/on-call/shifts/${shift.id}/end`}>
            <Button tone="quiet">
              <span aria-hidden="true">{t("shiftEnd")}</span>
              <Unseen>{t("shiftEndThis", { name, from: time(shift.from) })}</Unseen>
            </Button>
          </ActForm>
        ) : null;
        return (
          <ActRow key={shift.id} act={end}>
            {t("shiftLine", { name, rank: t(`rank_${shift.rank}`), from: time(shift.from), until: time(shift.until) })}
          </ActRow>
        );
      })}
    </ActList>
  );
}

function Give({ staffed: { visit: { language } }, roster, problems = {}, typed }: RosterProps) {
  const t = say(language);
  const problem = (field: string) => (problems[field] ? t(problems[field] as OnCallKey) : undefined);
  return (
    <Details summary={t("giveTitle")} open={typed !== undefined || roster.shifts.length === 0}>
      <Form action="/safety/on-call/shifts">
        <Select name="memberId" label={t("giveWho")} problem={problem("memberId")} typed={typed} choices={[["", t("chooseWho")], ...roster.candidates.map(({ id, name }) => [id, name] as const)]} />
        <Select name="rank" label={t("giveRank")} problem={problem("rank")} typed={typed} choices={ranks.map((rank) => [rank, t(`asks_${rank}`)] as const)} />
        {(["from", "until"] as const).map((end) => (
          <FieldRow key={end}>
            <Field name={`${end}Day`} type="date" label={t(`${end}Day`)} problem={problem(`${end}Day`)} typed={typed} />
            <Field name={`${end}Time`} type="time" label={t(`${end}Time`)} problem={problem(`${end}Time`)} typed={typed} />
          </FieldRow>
        ))}
        <Button>{t("give")}</Button>
      </Form>
    </Details>
  );
}

function Fallback({ staffed, roster: { fallback } }: RosterProps) {
  const { visit: { language }, member } = staffed;
  const t = say(language);
  return (
    <Card>
      <Heading>{t("fallbackTitle")}</Heading>
      <Text>{t("fallbackIntro")}</Text>
      <Preline>{fallback?.[language] ?? t("fallbackStandard")}</Preline>
      <Soft>{fallback ? t("fallbackBy", { name: fallback.writtenBy ?? "", time: timeIn(staffed)(fallback.writtenAt) }) : t("fallbackOurs")}</Soft>
      {may("writeFallback", member.roles) ? (
        <LinkButton href="/safety/on-call/fallback" tone="plain" icon="note">
          {t("fallbackEdit")}
        </LinkButton>
      ) : null}
    </Card>
  );
}
