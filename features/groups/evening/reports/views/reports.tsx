import { dayAndTime } from "../../../../../platform/time/time.ts";
import { Button, Card, Heading, Lead, Preline, Soft, Stack, Strong, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import type { Meeting } from "../../../types.ts";
import { say } from "../../words.ts";
import { isWaiting, mayAnswerReport } from "../rules.ts";
import type { Report } from "../types.ts";

type Shown = { staffed: Staffed; meetings: readonly Meeting[]; id: string; second: boolean };

/** What was written after evenings: what waits for a second reader, for those who are one, and each writer's own. */
export function Reports({ reports, ...shown }: Shown & { reports: readonly Report[] }) {
  const { staffed, id, second } = shown;
  const t = say(staffed.visit.language);
  const waiting = second ? reports.filter(isWaiting) : [];
  const own = reports.filter(({ kind, by }) => kind === "debrief" && by === id);
  return (
    <StaffPage staffed={staffed} title={t("reportsTitle")} current="groups">
      <Measure>
        <Stack gap={24}>
          <Title>{t("reportsTitle")}</Title>
          {second ? (
            <>
              <Lead>{t("reportsLead")}</Lead>
              {waiting.length === 0 ? <Text>{t("reportsNone")}</Text> : null}
              {waiting.map((report) => (
                <Written key={report.id} {...shown} report={report} />
              ))}
            </>
          ) : null}
          {second && own.length === 0 ? null : (
            <>
              <Heading>{t("reportsOwn")}</Heading>
              <Soft>{t(own.length === 0 ? "reportsOwnNone" : "reportsOwnText")}</Soft>
              {own.filter((report) => !waiting.includes(report)).map((report) => (
                <Written key={report.id} {...shown} report={report} />
              ))}
            </>
          )}
        </Stack>
      </Measure>
    </StaffPage>
  );
}

function Written({ staffed: { visit: { language }, member }, meetings, report, ...reader }: Shown & { report: Report }) {
  const t = say(language);
  const { id, kind, by, name, bySeat, danger, writtenAt, session, wantsTalk, readAt, words } = report;
  const meeting = meetings.find((one) => one.session.id === session);
  const own = by === reader.id;
  return (
    <Card>
      <Heading>{meeting ? t("reportOfGroup", { group: meeting.series.kind.name[language], when: dayAndTime(meeting.session.starts, member.zone, language) }) : t("reportsTitle")}</Heading>
      <Soft>{t(bySeat ? "reportBySeat" : "reportBy", { name, when: dayAndTime(writtenAt, member.zone, language) })}</Soft>
      {danger ? <Strong>{t("reportDanger")}</Strong> : null}
      {wantsTalk && !own ? <Strong>{t("reportTalk", { name })}</Strong> : null}
      <Preline>{words}</Preline>
      {mayAnswerReport(report, reader) ? (
        <ActForm action={`/evenings/reports/${id}/read`}>
          <Button icon="check">{t(kind === "incident" ? "reportRead" : "reportTalkTake", { name })}</Button>
        </ActForm>
      ) : null}
      {own && kind === "incident" ? <Soft>{t("reportOwn")}</Soft> : null}
      {own && wantsTalk ? <Soft>{t(readAt ? "reportTalkTaken" : "reportTalkWaits")}</Soft> : null}
    </Card>
  );
}
