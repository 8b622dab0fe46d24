import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Lead, Link, LinkButton, Notice, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { PlaceLinks } from "../../../../platform/ui/parts.tsx";
import type { Meeting } from "../../types.ts";
import { say } from "../../words.ts";
import type { OwnSeat } from "../queries.ts";

type Props = { visit: Visit; assets: Assets; mine: readonly { readonly seat: OwnSeat; readonly meeting: Meeting }[]; zone: string; /** The link that she opened is one no more. */ linkOver: boolean };

/** Every seat whose key this device holds, the next first. */
export function Mine({ visit, assets, mine, zone, linkOver }: Props) {
  const { language } = visit;
  const t = say(language);
  return (
    <Page visit={visit} assets={assets} title={t("mySeatsTitle")} under="groups">
      <Stack gap={24}>
        <Title>{t("mySeatsTitle")}</Title>
        {linkOver ? <Notice tone="attention">{t("linkOver")}</Notice> : null}
        {mine.length === 0 ? (
          <>
            <Lead>{t("noSeats")}</Lead>
            <Text>{t("noSeatsText")}</Text>
          </>
        ) : (
          <PlaceLinks
            label={t("mySeatsTitle")}
            places={mine.map(({ seat, meeting }) => ({
              href: `/seats/${seat.id}`,
              name: `${dayAndTime(meeting.session.starts, zone, language)}, ${meeting.series.kind.name[language]}`,
              more: t(seat.state === "offered" ? "state_offered" : seat.state === "waiting" ? "state_waiting" : "state_held"),
            }))}
          />
        )}
        {mine.length > 0 ? (
          <Text>
            <Link href="/groups/calendar">{t("inCalendar")}</Link>
          </Text>
        ) : null}
        <LinkButton href="/groups" icon="group" big>
          {t("allGroups")}
        </LinkButton>
        {mine.length > 0 ? (
          <ActForm action="/seats/forget">
            <Button tone="quiet">{t("forgetDevice")}</Button>
            <Soft>{t("forgetDeviceHint")}</Soft>
          </ActForm>
        ) : null}
      </Stack>
    </Page>
  );
}
