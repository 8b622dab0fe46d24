import type { Visit } from "../../../../platform/http/visit.ts";
import { dayLong, zoneName, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Details, Heading, Lead, Link, LinkButton, Row, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Check, Form, Select } from "../../../../platform/ui/fields.tsx";
import { MeetingDay } from "../../../../platform/ui/meetings.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import type { GroupKind } from "../../types.ts";
import { say } from "../../words.ts";
import type { Found } from "../queries.ts";
import { byDay, isAnything } from "../rules.ts";
import { hours, type Sought } from "../types.ts";
import { MeetingLine } from "./meeting.tsx";

type Props = { visit: Visit; assets: Assets; kinds: readonly GroupKind[]; sought: Sought; found: Found; from: number; daysShown: number; zone: string; now: Instant; /** This device holds seats. */ seats: boolean };

/** What meets today and in the days after, in her own time. */
export function List({ visit, assets, kinds, sought, found, from, daysShown, zone, now, seats }: Props) {
  const { language } = visit;
  const t = say(language);
  const days = byDay(found.meetings, now, zone);
  return (
    <Page visit={visit} assets={assets} title={t("title")} under="groups">
      <Stack gap={24}>
        <Stack gap={16}>
          <Title>{t("title")}</Title>
          <Lead>{t("lead")}</Lead>
          {seats ? (
            <LinkButton href="/seats" icon="key" tone="plain">
              {t("mySeats")}
            </LinkButton>
          ) : null}
        </Stack>
        <Search {...{ language, kinds, sought }} />
        <Soft>{t(visit.zone ? "zoneLine" : "zoneUnsure", { zone: zoneName(zone, language, now) })}</Soft>
        {days.map(({ date, ahead, meetings }) => (
          <MeetingDay key={date.toString()} id={`day-${ahead}`} title={ahead === 0 ? t("today") : ahead === 1 ? t("tomorrow") : dayLong(date, language)}>
            {meetings.map((meeting) => (
              <MeetingLine key={meeting.session.id} {...{ visit, meeting, zone, now }} />
            ))}
          </MeetingDay>
        ))}
        {days.length === 0 ? <Nothing language={language} sought={sought} /> : null}
        <Further {...{ language, sought, from }} next={found.more ? Math.max(from + 1, days.at(-1)?.ahead ?? 0) : from + daysShown} />
        <Soft>{t("privacyLine")}</Soft>
        <Heading>{t("notNow")}</Heading>
        <Row>
          <LinkButton href="/message" icon="message" tone="plain">
            {t("talk")}
          </LinkButton>
          <LinkButton href="/find" icon="search" tone="plain">
            {t("nearYou")}
          </LinkButton>
        </Row>
      </Stack>
    </Page>
  );
}

function Search({ language, kinds, sought }: { language: Visit["language"]; kinds: readonly GroupKind[]; sought: Sought }) {
  const t = say(language);
  const any = (label: string): readonly [string, string] => ["", label];
  return (
    <Details summary={t("narrow")} open={!isAnything(sought)}>
      <Form action="/groups">
        <Select name="kind" label={t("kindLabel")} value={sought.kind ?? ""} choices={[any(t("anyKind")), ...kinds.map(({ id, name }) => [id, name[language]] as const)]} />
        <Select name="language" label={t("languageLabel")} value={sought.language ?? ""} choices={[any(t("anyLanguage")), ["en", t("in_en")], ["es", t("in_es")]]} />
        <Select name="hours" label={t("hoursLabel")} value={sought.hours ?? ""} choices={[any(t("anyHours")), ...hours.map((hour) => [hour, t(hour)] as const)]} />
        <Check name="voice" label={t("voiceOnly")} checked={sought.voiceOnly} />
        <Check name="open" label={t("openOnly")} checked={sought.open} />
        <Row>
          <Button icon="search">{t("show")}</Button>
          <Link href="/groups">{t("clear")}</Link>
        </Row>
      </Form>
    </Details>
  );
}

function Nothing({ language, sought }: { language: Visit["language"]; sought: Sought }) {
  const t = say(language);
  return (
    <Stack gap={8}>
      <Heading>{t("noneTitle")}</Heading>
      {isAnything(sought) ? null : <Text>{t("noneSought")}</Text>}
      <Text>{t("noneText")}</Text>
      <Text>{t("noneOthers")}</Text>
    </Stack>
  );
}

/** Other days, with what she looks for kept; a form, so that it stands in no address. `next`: so many days ahead it goes on, with a day again that the page could not bear whole. */
function Further({ language, sought, from, next }: { language: Visit["language"]; sought: Sought; from: number; next: number }) {
  const t = say(language);
  const fields = { kind: sought.kind ?? "", language: sought.language ?? "", hours: sought.hours ?? "", voice: sought.voiceOnly ? "yes" : "", open: sought.open ? "yes" : "" };
  return (
    <Row>
      {from > 0 ? <Link href="/groups">{t("earlier")}</Link> : null}
      {next < 56 ? (
        <form method="post" action="/groups">
          {Object.entries({ ...fields, from: String(next) }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button tone="plain">{t("later")}</Button>
        </form>
      ) : null}
    </Row>
  );
}
