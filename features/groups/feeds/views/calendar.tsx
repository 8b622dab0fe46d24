import type { Visit } from "../../../../platform/http/visit.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime, zoneName } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Bullets, Card, Heading, Lead, Link, LinkButton, Notice, Num, Row, Soft, Stack, Strong, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, Choices, Form } from "../../../../platform/ui/fields.tsx";
import { ToCopy } from "../../../../platform/ui/keys.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import type { CalendarShown, SeatSaid } from "../types.ts";
import { say } from "../words.ts";

type Said = "made" | "renewed" | "stopped" | "named";
type Props = {
  readonly visit: Visit;
  readonly assets: Assets;
  /** This browser holds the key of a seat. */
  readonly hasSeats: boolean;
  readonly calendar: CalendarShown | undefined;
  readonly said: Said | undefined;
};

/** One person's calendar link: to make, to take along, to stop. */
export function CalendarPage({ visit, assets, hasSeats, calendar, said }: Props) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("title")} under="groups">
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        {said ? (
          <Notice tone="done">
            <Text>{t(`said_${said}`)}</Text>
          </Notice>
        ) : null}
        {calendar ? <Made visit={visit} calendar={calendar} /> : hasSeats ? <ToMake language={visit.language} /> : <NoSeats language={visit.language} />}
        <Stack gap={8}>
          <Link href="/groups/calendar.ics">{t("allGroups")}</Link>
          <Soft>{t("allGroupsText")}</Soft>
        </Stack>
      </Stack>
    </Page>
  );
}

function NoSeats({ language }: { language: Language }) {
  const t = say(language);
  return (
    <>
      <Lead>{t("noSeats")}</Lead>
      <Text>{t("noSeatsWhere")}</Text>
      <LinkButton href="/groups" icon="group" big>
        {t("findGroup")}
      </LinkButton>
    </>
  );
}

function Titles({ language, chosen }: { language: Language; chosen: "discreet" | "plain" }) {
  const t = say(language);
  const choices = [["discreet", t("titleDiscreet"), t("titleDiscreetHint")], ["plain", t("titlePlain"), t("titlePlainHint")]] as const;
  return <Choices name="titles" label={t("seeTitles")} value={chosen} choices={choices} />;
}

function ToMake({ language }: { language: Language }) {
  const t = say(language);
  return (
    <>
      <Lead>{t("start")}</Lead>
      <Form action="/groups/calendar">
        <Titles language={language} chosen="discreet" />
        <Button icon="key" big>
          {t("make")}
        </Button>
      </Form>
      <Late language={language} />
    </>
  );
}

const Late = ({ language }: { language: Language }) => (
  <Notice>
    <Strong>{say(language)("late")}</Strong>
    <Text>{say(language)("lateText")}</Text>
  </Notice>
);

function Made({ visit, calendar }: { visit: Visit; calendar: CalendarShown }) {
  const { language } = visit;
  const t = say(language);
  const { addresses, seats, missing, plain } = calendar;
  return (
    <>
      <LinkButton href={addresses.webcal} big>
        {t("open")}
      </LinkButton>
      <ToCopy id="calendar-link" label={t("link")} value={addresses.https} copy={t("copy")} copied={t("copied")} />
      <Bullets>
        <li>{t("howApple")}</li>
        <li>{t("howGoogle")}</li>
        <li>{t("keepIt")}</li>
      </Bullets>
      <Late language={language} />
      <Card label={t("inIt")}>
        <Heading>{t("inIt")}</Heading>
        {seats.length > 0 ? <Bullets>{seats.map((seat) => <InIt key={seat.id} visit={visit} seat={seat} />)}</Bullets> : <Text>{t("nothingInIt")}</Text>}
        {missing > 0 ? (
          <ActForm action="/groups/calendar">
            <Text>{t("missing", { count: missing })}</Text>
            <Button tone="plain">{t("putIn", { count: missing })}</Button>
          </ActForm>
        ) : null}
      </Card>
      <Form action="/groups/calendar/titles">
        <Titles language={language} chosen={plain ? "plain" : "discreet"} />
        <Button tone="plain">{t("keepTitles")}</Button>
      </Form>
      <Stack>
        <Heading>{t("stopTitle")}</Heading>
        <Text>{t("stopText")}</Text>
        <Row>
          <ActForm action="/groups/calendar/renew">
            <Button tone="plain">{t("renew")}</Button>
          </ActForm>
          <ActForm action="/groups/calendar/stop">
            <Button tone="quiet">{t("stop")}</Button>
          </ActForm>
        </Row>
      </Stack>
    </>
  );
}

function InIt({ visit: { language, zone: hers }, seat: { session, series } }: { visit: Visit; seat: SeatSaid }) {
  const zone = hers ?? series.plan.zone;
  return (
    <li>
      <Num>{dayAndTime(session.starts, zone, language)}</Num> ({zoneName(zone, language, session.starts)}): {series.kind.name[language]}
      {session.cancelledAt ? <> – {say(language)("isCancelled")}</> : null}
    </li>
  );
}
