import type { Visit } from "../../../../platform/http/visit.ts";
import { dayLong, zoneName, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Card, Heading, Lead, Link, Notice, Preline, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { MeetingDay } from "../../../../platform/ui/meetings.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { planInWords } from "../../series/in-words/rules.ts";
import type { Meeting, Series } from "../../types.ts";
import { say } from "../../words.ts";
import { MeetingLine } from "./meeting.tsx";

/** By voice, as it was measured: 80 to 97 kbit/s both ways. */
export const voiceMb = 40;
export const videoMb = 470;

type Props = { visit: Visit; assets: Assets; series: Series; meetings: readonly Meeting[]; zone: string; now: Instant; linkedData: object | undefined; /** Who holds the role now, and is trained. */ names: readonly string[] };

/** One group: whom it is for, what happens, who leads it, what is kept, and when it meets next. */
export function Group({ visit, assets, series, meetings, zone, now, linkedData, names }: Props) {
  const { language } = visit;
  const t = say(language);
  const { kind, plan } = series;
  return (
    <Page visit={visit} assets={assets} title={kind.name[language]} under="groups" linkedData={linkedData}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{kind.name[language]}</Title>
          <Lead>{kind.who[language]}</Lead>
          <Soft>{`${t(`in_${series.language}`)} · ${t("minutesLong", { minutes: plan.minutes })} · ${t(`camera_${series.camera}`)}`}</Soft>
        </Stack>
        {kind.notFor ? (
          <Notice>
            <Text>{kind.notFor[language]}</Text>
          </Notice>
        ) : null}
        <MeetingDay id="next" title={t("nextMeetings")}>
          {meetings.map((meeting) => (
            <MeetingLine key={meeting.session.id} {...{ visit, meeting, zone, now }} day={dayLong(meeting.session.starts.toZonedDateTimeISO(zone).toPlainDate(), language)} />
          ))}
        </MeetingDay>
        {meetings.length === 0 ? <Text>{t("noNext")}</Text> : null}
        <Soft>{`${t("zoneAbove", { zone: zoneName(zone, language, now) })} ${t("plan", { plan: planInWords(plan, language, now) })}`}</Soft>
        <What visit={visit} series={series} names={names} />
        {meetings.length === 0 ? null : (
          <Text>
            <Link href={`/groups/${series.id}/calendar.ics`}>{t("addCalendar")}</Link>
          </Text>
        )}
        <Text>
          <Link href="/groups">{t("allGroups")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}

function What({ visit: { language }, series, names: leaders }: { visit: Visit; series: Series; names: readonly string[] }) {
  const t = say(language);
  const names = new Intl.ListFormat(language).format(leaders);
  return (
    <>
      <Card>
        <Heading>{t("whatHappens")}</Heading>
        {series.about ? <Preline>{series.about}</Preline> : null}
        <Bullets>
          {(["happens1", "happens2", "happens3"] as const).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
          <li>{t(series.partners ? "partnersYes" : "partnersNo")}</li>
          <li>{t("data", { mb: voiceMb })}</li>
        </Bullets>
      </Card>
      {names ? (
        <Card>
          <Heading>{t("whoLeads")}</Heading>
          <Text>{t("leads", { names })}</Text>
        </Card>
      ) : null}
      <Card>
        <Heading>{t("rules")}</Heading>
        <Rules language={language} />
      </Card>
      <Card>
        <Heading>{t("kept")}</Heading>
        <Bullets>
          {(["kept1", "kept2", series.room === "link" ? "kept3_link" : "kept3", "kept4", "limits"] as const).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </Bullets>
      </Card>
    </>
  );
}

/** What all ask of each other; read before the seat, and again before the room. */
export function Rules({ language }: { language: Visit["language"] }) {
  const t = say(language);
  return (
    <Bullets>
      {(["rule1", "rule2", "rule3", "rule4"] as const).map((key) => (
        <li key={key}>{t(key)}</li>
      ))}
    </Bullets>
  );
}
