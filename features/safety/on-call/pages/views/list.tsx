import { Details, Lead, LinkButton, Notice, Num, PlainList, Row, Soft, Stack, Strong, Tag, Text, Title, Unseen } from "../../../../../platform/ui/basics.tsx";
import { BoardPart, Line, Polite } from "../../../../../platform/ui/board.tsx";
import { LiveSource } from "../../../../../platform/ui/live.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { dayAndTime } from "../../../../../platform/time/time.ts";
import { may } from "../../../policy.ts";
import { kindIn, reasonIn, say } from "../../words.ts";
import type { PageLine } from "../queries.ts";
import type { Looking } from "../types.ts";

type ListProps = { readonly staffed: Staffed; readonly open: readonly PageLine[]; readonly closed: readonly PageLine[] };

const lookAgainSeconds = 30;

/** What is open now, those first that nobody has; then what was closed. Live while it is open, and again every half minute without scripts. */
export function PagesList({ staffed, open, closed }: ListProps) {
  const t = say(staffed.visit.language);
  return (
    <StaffPage staffed={staffed} title={t("pagesTitle")} current="onCall" scripts={["live"]} refresh={lookAgainSeconds}>
      <LiveSource src="/safety/pages/stream" />
      <Stack gap={24}>
        <Row spread>
          <Title>{t("pagesTitle")}</Title>
          {may("seeRoster", staffed.member.roles) ? (
            <LinkButton href="/safety/on-call" tone="plain" icon="clock">
              {t("toRoster")}
            </LinkButton>
          ) : null}
        </Row>
        <Text>{t("pagesIntro")}</Text>
        <Polite>
          <PagesNow {...{ staffed, open, closed }} />
        </Polite>
      </Stack>
    </StaffPage>
  );
}

/** What the stream replaces. */
export function PagesNow({ staffed, open, closed }: Omit<ListProps, "staffed"> & { readonly staffed: Looking }) {
  const t = say(staffed.visit.language);
  return (
    <BoardPart id="pages-now" label={t("pagesOpen")}>
      <Stack gap={24}>
        {open.length === 0 ? (
          <Lead>{t("pagesNone")}</Lead>
        ) : (
          <PlainList label={t("pagesOpen")}>
            {open.map((page) => (
              <PageRow key={page.id} {...{ staffed, page }} />
            ))}
          </PlainList>
        )}
        {closed.length === 0 ? null : (
          <Details summary={t("pagesClosed")}>
            <PlainList label={t("pagesClosed")}>
              {closed.map((page) => (
                <PageRow key={page.id} {...{ staffed, page }} />
              ))}
            </PlainList>
          </Details>
        )}
      </Stack>
    </BoardPart>
  );
}

function PageRow({ staffed: { visit: { language }, member }, page }: { staffed: Looking; page: PageLine }) {
  const t = say(language);
  const since = dayAndTime(page.raisedAt, member.zone, language);
  const what = kindIn(language, page.subjectKind);
  const waits = !page.closedAt && !page.has;
  return (
    <Line
      mark={waits}
      acts={
        <LinkButton href={`/safety/pages/${page.id}`} tone={waits ? "primary" : "plain"}>
          <span aria-hidden="true">{t("openPage")}</span>
          <Unseen>{t("openPageThis", { what, time: since })}</Unseen>
        </LinkButton>
      }
    >
      <Strong>{what}</Strong>
      <Soft>{reasonIn(language, page.reason)}</Soft>
      <Soft>
        <Num>{t("raisedAt", { time: since })}</Num>
      </Soft>
      <StandsHow {...{ page, language, zone: member.zone }} />
    </Line>
  );
}

function StandsHow({ page, language, zone }: { page: PageLine; language: Staffed["visit"]["language"]; zone: string }) {
  const t = say(language);
  if (page.outcome) return <Text>{t(`outcome_${page.outcome}`)}</Text>;
  if (page.has && page.hasSince) return <Text>{t("hasIt", { name: page.has.name, time: dayAndTime(page.hasSince, zone, language) })}</Text>;
  if (page.asks === "nobody") return <Notice tone="attention">{t("stateNobody")}</Notice>;
  return (
    <Row>
      <Tag tone="lamp">{t("nobodyHasIt")}</Tag>
    </Row>
  );
}
