import { dayAndTime } from "../../../../platform/time/time.ts";
import { Button, Card, Heading, Lead, Preline, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import type { Meeting } from "../../types.ts";
import type { Report } from "../queries.ts";
import { say } from "../words.ts";

/** What facilitators wrote down for a second reader, the oldest first. */
export function Reports({ staffed, reports, meetings }: { staffed: Staffed; reports: readonly Report[]; meetings: readonly Meeting[] }) {
  const { visit, member } = staffed;
  const { language } = visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("reportsTitle")} current="groups">
      <Measure>
        <Stack gap={24}>
          <Title>{t("reportsTitle")}</Title>
          <Lead>{t("reportsLead")}</Lead>
          {reports.length === 0 ? <Text>{t("reportsNone")}</Text> : null}
          {reports.map(({ id, by, name, writtenAt, session, words }) => {
            const meeting = meetings.find((one) => one.session.id === session);
            return (
              <Card key={id}>
                <Heading>{meeting ? t("reportOfGroup", { group: meeting.series.kind.name[language], when: dayAndTime(meeting.session.starts, member.zone, language) }) : t("reportsTitle")}</Heading>
                <Soft>{t("reportBy", { name, when: dayAndTime(writtenAt, member.zone, language) })}</Soft>
                <Preline>{words}</Preline>
                {by === member.memberId ? (
                  <Soft>{t("reportOwn")}</Soft>
                ) : (
                  <ActForm action={`/evenings/reports/${id}/read`}>
                    <Button icon="check">{t("reportRead")}</Button>
                  </ActForm>
                )}
              </Card>
            );
          })}
        </Stack>
      </Measure>
    </StaffPage>
  );
}
