import { ownName, type Language } from "../../../../platform/i18n/words.ts";
import { dayInWords, type Instant } from "../../../../platform/time/time.ts";
import { Button, Columns, Details, Heading, Lead, Link, LinkButton, Notice, Num, PlainList, Row, Soft, Stack, Strong, Tag, Text, Title, Unseen } from "../../../../platform/ui/basics.tsx";
import { Line } from "../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { PlaceLinks } from "../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import type { RoomKind, Series } from "../../types.ts";
import { planInWords, untilInWords, whenInWords } from "../in-words/rules.ts";
import { roomLacks, standingOf } from "../rules.ts";
import type { Coming, Evenings, Kept } from "../types.ts";
import { say, type SeriesKey } from "../words.ts";

type EveningsProps = { readonly staffed: Staffed; readonly evenings: Evenings; readonly now: Instant; /** How many a room of this kind bears. */ readonly bears: (kind: RoomKind) => number; /** What was just done, or why not. */ readonly said?: SeriesKey | undefined; readonly refused?: SeriesKey | undefined };
type At = { readonly staffed: Staffed; readonly now: Instant; readonly language: Language };

/** A facilitator's evenings, and a coordinator's groups: what waits for her first. */
export function EveningsPage({ staffed, evenings, now, bears, said, refused }: EveningsProps) {
  const { visit: { language }, member } = staffed;
  const t = say(language);
  const [coordinator, leads] = [member.roles.has("coordinator"), member.roles.has("facilitator")];
  const at: At = { staffed, now, language };
  const waits = evenings.proposals.filter((kept) => standingOf(kept) === "waits");
  const wanted = evenings.all.filter((meeting) => meeting.wanted);
  const back = evenings.proposals.filter((kept) => standingOf(kept) === "back");
  return (
    <StaffPage staffed={staffed} title={t("title")} current="groups">
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        {said ? <Notice tone="done">{t(said)}</Notice> : null}
        {refused ? <Notice tone="attention">{t(refused)}</Notice> : null}
        {leads && !evenings.trained ? <Notice>{t("untrainedYet")}</Notice> : null}
        <Columns>
          <Stack gap={24}>
            {coordinator ? <Proposals {...at} title={t("proposalsTitle")} proposals={waits} empty={t("proposalsEmpty")} /> : null}
            {wanted.length > 0 ? <Meetings {...at} title={t("wantedTitle")} meetings={wanted} /> : null}
            {evenings.toCover.length > 0 ? <Meetings {...at} title={t("toCoverTitle")} lead={t("toCoverLead")} meetings={evenings.toCover} act="cover" /> : null}
            {back.length > 0 ? <Proposals {...at} title={t(coordinator ? "backAll" : "backTitle")} proposals={back} /> : null}
            {leads ? <Meetings {...at} title={t("hersTitle")} meetings={evenings.hers} empty={t("hersEmpty")} act="own" /> : null}
            {!coordinator && waits.length > 0 ? <Proposals {...at} title={t("waitsTitle")} proposals={waits} /> : null}
            <Groups {...at} title={t(coordinator ? "groupsAll" : "groupsHers")} groups={evenings.groups} small={coordinator ? evenings.groups.filter((one) => roomLacks(one, bears(one.room)).length > 0) : []} />
            {coordinator ? <Meetings {...at} title={t("allTitle")} meetings={evenings.all} empty={t("allEmpty")} /> : null}
          </Stack>
          <Stack gap={16}>
            <LinkButton href="/evenings/propose" icon="group">
              {t("propose")}
            </LinkButton>
            <PlaceLinks
              label={t("more")}
              places={[
                ...(coordinator
                  ? [
                      { href: "/evenings/training", name: t("training") },
                      { href: "/evenings/health", name: t("health") },
                    ]
                  : []),
                { href: "/evenings/reports", name: t("reports") },
              ]}
            />
          </Stack>
        </Columns>
      </Stack>
    </StaffPage>
  );
}

function Proposals({ title, proposals, empty, staffed, language }: At & { title: string; proposals: readonly Kept[]; empty?: string }) {
  const t = say(language);
  return (
    <>
      <Heading>{title}</Heading>
      {proposals.length === 0 ? <Text>{empty}</Text> : null}
      <PlainList label={title}>
        {proposals.map((kept) => {
          const { series, proposedBy } = kept;
          const name = series.kind.name[language];
          const by = t("proposedBy", { name: proposedBy?.name ?? t("somebody"), day: dayInWords(series.proposedAt, staffed.member.zone, language) });
          return (
            <Line
              key={series.id}
              mark
              acts={
                <LinkButton href={`/evenings/series/${series.id}`} tone="plain">
                  <span aria-hidden="true">{t("look")}</span>
                  <Unseen>{t("lookNamed", { name })}</Unseen>
                </LinkButton>
              }
            >
              <Strong>{name}</Strong>
              <Soft>
                <Num>{by}</Num>
              </Soft>
            </Line>
          );
        })}
      </PlainList>
    </>
  );
}

/** So many meetings are shown at once: a group of every evening would push all else away. */
const atOnce = 7;

function Meetings({ title, lead, meetings, empty, act, ...at }: At & { title: string; lead?: string; meetings: readonly Coming[]; empty?: string; act?: "cover" | "own" }) {
  const t = say(at.language);
  const [first, later] = [meetings.slice(0, atOnce), meetings.slice(atOnce)];
  const list = (label: string, some: readonly Coming[]) => (
    <PlainList label={label}>
      {some.map((meeting) => (
        <OneMeeting key={meeting.session.id} {...at} meeting={meeting} act={act} />
      ))}
    </PlainList>
  );
  const more = t("moreMeetings", { count: later.length });
  return (
    <>
      <Heading>{title}</Heading>
      {lead ? <Lead>{lead}</Lead> : null}
      {meetings.length === 0 ? <Text>{empty}</Text> : null}
      {first.length > 0 ? list(title, first) : null}
      {later.length > 0 ? <Details summary={more}>{list(more, later)}</Details> : null}
    </>
  );
}

function OneMeeting({ meeting, act, staffed: { member }, now, language }: At & { meeting: Coming; act: "cover" | "own" | undefined }) {
  const t = say(language);
  const { series, session, leaders, wanted } = meeting;
  const when = whenInWords(session, member.zone, language);
  const names = new Intl.ListFormat(language).format(leaders.map(({ name }) => name));
  return (
    <Line mark={wanted} acts={act ? <MeetingAct {...{ meeting, act, language, when }} me={member.memberId} begun={Temporal.Instant.compare(session.starts, now) <= 0} /> : null}>
      <Row>
        {act === "cover" ? <Strong>{series.kind.name[language]}</Strong> : <Link href={`/evenings/${session.id}`}>{series.kind.name[language]}</Link>}
        <Tag>{ownName[series.language]}</Tag>
        {wanted ? <Tag tone="lamp">{t("coverWanted")}</Tag> : null}
      </Row>
      <Text>
        <Num>{when}</Num>
      </Text>
      <Soft>
        <Num>{[untilInWords(now, session.starts, language), t("taken", { taken: session.seats - meeting.count.free, seats: session.seats }), names ? t("ledBy", { names }) : t("ledByNobody")].join(" · ")}</Num>
      </Soft>
    </Line>
  );
}

/** What she can say to a meeting from the list. */
function MeetingAct({ meeting: { session, series, absent }, act, me, begun, when, language }: { meeting: Coming; act: "cover" | "own"; me: string; begun: boolean; when: string; language: Language }) {
  if (begun) return null;
  const t = say(language);
  const what = act === "cover" ? "cover" : absent.some(({ id }) => id === me) ? "present" : "absent";
  return (
    <ActForm action={`/evenings/${session.id}/${what}`}>
      <Button tone={what === "absent" ? "quiet" : "primary"}>
        <span aria-hidden="true">{t(`do_${what}`)}</span>
        <Unseen>{t("doNamed", { act: t(`do_${what}`), name: series.kind.name[language], when })}</Unseen>
      </Button>
    </ActForm>
  );
}

function Groups({ title, groups, small, now, language }: At & { title: string; groups: readonly Series[]; /** Those that have more seats than their room. */ small: readonly Series[] }) {
  const t = say(language);
  return (
    <>
      <Heading>{title}</Heading>
      {groups.length === 0 ? <Text>{t("groupsEmpty")}</Text> : null}
      <PlainList label={title}>
        {groups.map((series) => (
          <Line key={series.id} mark={small.includes(series)}>
            <Row>
              <Link href={`/evenings/series/${series.id}`}>{series.kind.name[language]}</Link>
              <Tag>{ownName[series.language]}</Tag>
              {small.includes(series) ? <Tag tone="lamp">{t("roomSmall")}</Tag> : null}
            </Row>
            <Soft>
              <Num>{planInWords(series.plan, language, now)}</Num>
            </Soft>
          </Line>
        ))}
      </PlainList>
    </>
  );
}
